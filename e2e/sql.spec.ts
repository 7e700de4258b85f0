import { readFile } from "node:fs/promises";
import { parquetMetadata, parquetReadObjects } from "hyparquet";
import { expect, test } from "playwright/test";
import { loaded, runSql, watch } from "./support";

test("five million rows: every way of scrolling reaches every row", async ({ page }) => {
	const clean = watch(page);
	await page.goto("/sql");
	await loaded(page);
	await runSql(page, "SELECT range AS n, 'row ' || range AS word FROM range(5000000)");
	await expect(page.locator(".sq-facts")).toContainText("5,000,000 rows in", { timeout: 90_000 });
	const grid = page.getByRole("grid", { name: "Result" });
	const shown = () => grid.locator(".g-row").evaluateAll((rows) => rows.map((row) => Number((row as HTMLElement).dataset.index)).sort((a, b) => a - b));
	const at = () => page.evaluate(() => Number(document.activeElement?.closest<HTMLElement>("[data-index]")?.dataset.index ?? -1));

	await grid.getByRole("gridcell", { name: "row 0", exact: true }).click();
	await page.keyboard.press("Control+End");
	expect(await at()).toBe(4_999_999);
	await expect(grid.getByText("row 4999999", { exact: true })).toBeInViewport();
	await page.keyboard.press("ArrowUp");
	expect(await at()).toBe(4_999_998);

	// The thumb into the middle, where a pixel of it is many rows; then the wheel, which passes each of them.
	await grid.evaluate((element) => {
		element.scrollTop = element.scrollHeight / 2;
	});
	await expect.poll(async () => (await shown())[0]).toBeGreaterThan(2_000_000);
	const seen = new Set(await shown());
	const first = Math.min(...seen);
	await grid.hover();
	for (let notch = 0; notch < 12; notch++) {
		const before = Math.max(...seen);
		await page.mouse.wheel(0, 240);
		await expect.poll(async () => Math.max(...(await shown()))).toBeGreaterThan(before);
		for (const row of await shown()) seen.add(row);
	}
	const last = Math.max(...seen);
	expect(last - first).toBeGreaterThan(80);
	expect(seen.size).toBe(last - first + 1);

	await grid.evaluate((element) => {
		element.scrollTop = element.scrollHeight;
	});
	await expect(grid.getByText("row 4999999", { exact: true })).toBeInViewport();
	clean();
});

test("a result is drawn, its table says the same, and Parquet keeps its types", async ({ page }) => {
	const clean = watch(page);
	await page.goto("/sql");
	await loaded(page);
	await runSql(page, "SELECT 'group ' || (range % 4) AS name, range AS n, (range / 8)::DECIMAL(18,3) AS price, TIMESTAMP_NS '2026-05-02 12:58:41.123456789' AS at FROM range(10000)");
	await page.getByRole("group", { name: "View of the result" }).getByRole("button", { name: "Chart", exact: true }).click();
	await page.getByRole("combobox", { name: "Kind" }).selectOption("bars");
	await page.getByRole("combobox", { name: "x", exact: true }).selectOption("name");
	await page.getByRole("combobox", { name: "y", exact: true }).selectOption("n");
	await page.getByRole("combobox", { name: "Aggregate" }).selectOption("sum");
	const chart = page.getByRole("group", { name: /^Sum of n by name/ });
	await expect(chart.locator("svg.marks")).toBeVisible();
	await expect(page.getByText("All 10,000 rows are in the sum of n, computed by the engine.")).toBeVisible();
	await chart.focus();
	await page.keyboard.press("ArrowRight");
	await expect(page.locator(".vc-readout")).toHaveText("name group 3 · sum of n 12502500 · 2,500 rows");
	await page.getByText("Show as table").click();
	await expect(page.getByRole("table", { name: "Sum of n by name" }).getByRole("row")).toHaveCount(5);
	await page.getByText("Show the query of these figures").click();
	await expect(page.getByRole("button", { name: "Open in a tab" })).toBeVisible();

	await page.getByRole("button", { name: "Export", exact: true }).click();
	const coming = page.waitForEvent("download");
	await page.getByRole("menuitem", { name: "Parquet" }).click();
	const file = new Uint8Array(await readFile(await (await coming).path())).buffer;
	const metadata = parquetMetadata(file);
	expect(metadata.schema.slice(1).map(({ name, type }) => `${name} ${type}`)).toEqual(["name BYTE_ARRAY", "n INT64", "price INT64", "at INT64"]);
	const rows = await parquetReadObjects({ file, columns: ["name", "n"] });
	expect(rows).toHaveLength(10_000);
	expect(rows[9999]).toEqual({ name: "group 3", n: 9999n });
	clean();
});
