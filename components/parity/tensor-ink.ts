import type { PaintInks } from "@/lib/parity/tensor-paint";

export interface TensorInks extends PaintInks {
	/** for marks over the cells */
	over: string;
}

/** The page's colours of what lies on no scale, as the browser resolves them in the theme in force. */
export function tensorInks(near: HTMLElement): TensorInks {
	const probe = document.createElement("span");
	probe.hidden = true;
	near.append(probe);
	const canvas = document.createElement("canvas");
	canvas.width = canvas.height = 1;
	const context = canvas.getContext("2d", { willReadFrequently: true });
	const textOf = (role: string) => {
		probe.style.color = `var(--${role})`;
		return getComputedStyle(probe).color;
	};
	const rgb = (role: string): number[] => {
		if (context === null) return [128, 128, 128];
		context.fillStyle = textOf(role);
		context.fillRect(0, 0, 1, 1);
		return [...context.getImageData(0, 0, 1, 1).data.subarray(0, 3)];
	};
	const inks = { same: rgb("surface-2"), broken: rgb("verdict-fail"), bothOpen: rgb("verdict-skipped"), over: textOf("surface-0") };
	probe.remove();
	return inks;
}
