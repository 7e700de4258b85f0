import { existsSync } from "node:fs";
import path from "node:path";
import { expect, test } from "playwright/test";
import { loaded, runSql, serve, visit, watch } from "./support";

const REAL = path.resolve("../shared/real");

test("real files that no one prepared open with their known answers", async ({ page }) => {
	test.skip(!existsSync(REAL), "../shared/real is not here");
	const calm = watch(page);
	const server = await serve(REAL);
	try {
		await page.goto(`${server.url}/parity`);
		await loaded(page);
		const row = (name: string) => page.getByRole("row").filter({ has: page.getByRole("link", { name, exact: true }) });
		await expect(row("hidden-states/expected_parity_report.csv")).toContainText("0/14");
		await expect(row("hidden-states/expected_parity_report.csv")).toContainText("94");
		await expect(row("scaling-trace/metrics.json")).toContainText("7/9");
		await expect(row("scaling-trace/metrics.json")).toContainText("I_before_scaling");
		await expect(row("junit/pytest.junit.xml")).toContainText("540/548");
		await expect(row("junit/pytest_empty.xml")).toContainText("0/0");
		await expect(row("junit/pytest_empty.xml").getByLabel(/pass$/)).toHaveCount(0);
		await visit(page, "/sql");
		await runSql(page, "SELECT count(*) AS tokens, max(max_abs_diff) AS worst FROM 'hidden-states/expected_parity_report.csv'");
		await expect(page.getByRole("grid", { name: "Result" })).toContainText("1009864000000000000");
		calm();
	} finally {
		await server.stop();
	}
});
