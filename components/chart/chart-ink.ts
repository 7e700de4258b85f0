import type { ChartInk } from "@/lib/chart";

/** The page's colours as the browser resolves them in the theme in force, read from an element that uses each role. */
export function readInk(near: HTMLElement): ChartInk {
	const probe = document.createElement("span");
	probe.hidden = true;
	near.append(probe);
	const style = getComputedStyle(probe);
	const colour = (role: string) => {
		probe.style.color = `var(--${role})`;
		return style.color;
	};
	const face = (role: string) => {
		probe.style.fontFamily = `var(--${role})`;
		return style.fontFamily;
	};
	const ink: ChartInk = {
		ink1: colour("ink-1"),
		ink2: colour("ink-2"),
		ink3: colour("ink-3"),
		rule: colour("rule"),
		ruleStrong: colour("rule-strong"),
		surface: colour("surface-0"),
		focus: colour("focus"),
		series: [1, 2, 3, 4, 5, 6].map((n) => colour(`chart-${n}`)),
		fontUi: face("font-ui"),
		fontMono: face("font-mono"),
	};
	probe.remove();
	return ink;
}
