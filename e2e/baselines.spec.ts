import { readFileSync } from "node:fs";
import { expect, test } from "playwright/test";
import { pct } from "@/components/ui/format";
import { driftOf } from "@/lib/drift/rules";
import { loaded, visit, watch } from "./support";

interface Line {
	recorded_at: string;
	git_commit: string;
	runtime: string;
	metrics: { [metric: string]: number | string };
}

/** The sample's log as it lies there. A baseline with text among its numbers is a reject and on no page. */
const LOG = readFileSync("data/baselines/audit_baselines.jsonl", "utf8")
	.trim()
	.split("\n")
	.map((line) => JSON.parse(line) as Line)
	.filter((line) => Object.values(line.metrics).every((value) => typeof value === "number"));

test("any two baselines: the drift table says what the log says, at any tolerance", async ({ page }) => {
	const calm = watch(page);
	await page.goto("/baselines");
	await loaded(page);
	const table = page.getByRole("table", { name: "Drift" });
	const expectDrift = async (before: Line, after: Line, tolerance: number) => {
		await expect(table.locator("tbody tr")).toHaveCount(Object.keys(after.metrics).length);
		for (const [metric, value] of Object.entries(after.metrics)) {
			const [left, right] = [Number(before.metrics[metric]), Number(value)];
			const drift = driftOf(left, right, tolerance);
			const cells = table.getByRole("row").filter({ has: page.getByRole("link", { name: metric, exact: true }) }).getByRole("cell");
			await expect(cells.nth(2)).toHaveText(left.toLocaleString("en-US"));
			await expect(cells.nth(3)).toHaveText(right.toLocaleString("en-US"));
			await expect(cells.nth(5)).toHaveText(drift.change === 0 ? "0" : drift.changeRatio === null ? "from 0" : pct(drift.changeRatio, 1, true));
			await expect(cells.nth(6)).toHaveText(drift.reason);
			await expect(cells.nth(0).getByRole("img")).toHaveAccessibleName(drift.verdict ?? "");
		}
	};

	// The last two without a choice; then the first against the last but one.
	await expectDrift(LOG.at(-2)!, LOG.at(-1)!, 0.2);
	await page.getByRole("combobox", { name: "Before" }).selectOption({ index: LOG.length - 1 });
	await page.getByRole("combobox", { name: "After" }).selectOption({ index: 1 });
	await expect(page).toHaveURL(new RegExp(`before=${LOG[0]!.recorded_at}&after=${LOG.at(-2)!.recorded_at}`));
	await expectDrift(LOG[0]!, LOG.at(-2)!, 0.2);

	// The address moves the line, and the page says so.
	await visit(page, "/baselines?tolerance=0.3&metric=p3_rejected");
	await expect(page.locator("main")).toContainText("more than 30 % warns on this page");
	await expectDrift(LOG.at(-2)!, LOG.at(-1)!, 0.3);

	// The chosen metric with its values, and the lines that a change rests on.
	await page.locator("#metric summary").click();
	const values = page.locator("#metric tbody tr");
	await expect(values).toHaveCount(LOG.length);
	await expect(values.first()).toContainText(String(LOG.at(-1)!.metrics.p3_rejected));
	await table.getByRole("row").filter({ hasText: "p3_rejected" }).getByRole("button", { name: "+17", exact: true }).click();
	const drawer = page.getByRole("complementary", { name: /Evidence/ }).or(page.getByRole("dialog", { name: /Evidence/ }));
	await expect(drawer).toContainText("FROM drift(");
	await expect(drawer).toContainText("audit_baselines.jsonl:9");
	await expect(drawer).toContainText("1 of 2");
	const place = page.url();
	await page.keyboard.press("]");
	await expect(drawer).toContainText("audit_baselines.jsonl:8");
	expect(page.url(), "the keys belong to the drawer while it is open").toBe(place);
	await page.keyboard.press("Escape");
	await expect(drawer).toHaveCount(0);

	// What the address names and nothing has; the keys.
	await visit(page, "/baselines?after=2031-01-01");
	await expect(page.locator("main")).toContainText("after=2031-01-01 names no baseline");
	await page.keyboard.press("[");
	await expect(page).toHaveURL(new RegExp(`before=${LOG.at(-3)!.recorded_at}&after=${LOG.at(-2)!.recorded_at}|after=${LOG.at(-2)!.recorded_at}&before=${LOG.at(-3)!.recorded_at}`));
	await page.keyboard.press("g");
	await page.keyboard.press("o");
	await expect(page.getByRole("heading", { name: "Broken now" })).toBeVisible();
	await expect(page.locator("#broken")).toContainText("4ebd25e");
	await page.keyboard.press("g");
	await page.keyboard.press("b");
	await expect(page).toHaveURL(/\/baselines$/);
	calm();
});
