import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { expect, type Page, test } from "playwright/test";
import { loaded, visit, watch } from "./support";

const axeSource = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const PAGES = ["/", "/parity", "/probe?id=reports%2Fscaling%2Fmetrics.json", "/baselines", "/baselines?before=2026-04-15&metric=p3_accepted&tolerance=0.05", "/bundles", "/bundle?path=reports/scaling/20260504T101836Z", "/sessions", "/session?id=unified-check-001", "/sql", "/notebooks", "/notebook?path=notebooks/status.md", "/notebook?path=notebooks/status.md&edit=1", "/probe?id=tensors%2Ftensors", "/teams", "/team?id=Hidden%20states", "/sources", "/source?path=logs%2Fsessions.jsonl&line=42"];

interface Violation {
	id: string;
	nodes: { target: string[]; failureSummary?: string }[];
}

const FULL = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
const NARROW = { type: "rule" as const, values: ["color-contrast", "target-size", "scrollable-region-focusable", "link-in-text-block", "aria-hidden-focus"] };

async function violations(page: Page, place: string, runOnly: string[] | { type: "rule"; values: string[] }): Promise<string[]> {
	const found = await page.evaluate(async (only) => {
		const { axe } = window as unknown as { axe: { run(options: object): Promise<{ violations: Violation[] }> } };
		return (await axe.run({ runOnly: only })).violations;
	}, runOnly);
	return found.map(({ id, nodes }) => `${place} ${id}: ${nodes.map((node) => `${node.target.join(" ")} ${node.failureSummary ?? ""}`).join(" | ")}`);
}

for (const width of [1440, 390]) {
	// Everything in the light theme at full width; in the dark one and in a narrow window what these can change.
	test(`no page has a fault of accessibility, ${width} px`, async ({ browser, baseURL }) => {
		test.setTimeout(240_000);
		const context = await browser.newContext({ colorScheme: "light", viewport: { width, height: 900 }, reducedMotion: "reduce", ...(baseURL ? { baseURL } : {}) });
		const page = await context.newPage();
		const calm = watch(page);
		await page.goto("/");
		await loaded(page);
		for (const place of PAGES) {
			await visit(page, place);
			await expect(page.locator("main")).not.toBeEmpty();
			await expect(page.locator("main"), `${place} is still being read`).not.toContainText(/(Reading|Asking|Opening)[^.]*…/);
			await page.evaluate(axeSource);
			expect(await violations(page, place, width === 390 ? NARROW : FULL)).toEqual([]);
			if (width !== 390) {
				await page.emulateMedia({ colorScheme: "dark" });
				expect(await violations(page, `${place} (dark)`, { type: "rule", values: ["color-contrast"] })).toEqual([]);
				await page.emulateMedia({ colorScheme: "light" });
			}
			const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
			expect(overflow, `${place} scrolls sideways`).toBeLessThanOrEqual(0);
		}
		calm();
		await context.close();
	});
}
