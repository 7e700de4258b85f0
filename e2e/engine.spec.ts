import { expect, type Page, test } from "playwright/test";
import { loaded, runSql, watch } from "./support";

async function openSql(page: Page): Promise<void> {
	await page.goto("/sql");
	await loaded(page);
	await expect(page.getByRole("textbox", { name: "SQL" })).toBeVisible();
}

const REFUSED = [
	"SELECT * FROM read_csv('https://127.0.0.1:9/leak?x=1')",
	"COPY sessions TO 'https://127.0.0.1:9/leak.csv'",
	"ATTACH 'https://127.0.0.1:9/x.db' AS remote",
	"INSTALL httpfs",
	"LOAD json",
	"SET enable_external_access = true",
	"PRAGMA enable_external_access = true",
	"CREATE MACRO leak() AS TABLE SELECT * FROM read_csv('https://127.0.0.1:9/leak'); FROM leak()",
	"SELECT * FROM query('SELECT * FROM read_csv(''https://127.0.0.1:9/leak'')')",
	"SELECT '{\"a\":1}'::JSON",
	"DROP TABLE ws.main.sources",
	"DETACH ws",
];

test("SQL reaches nothing outside and changes no source, and the page works on", async ({ page }) => {
	const requests: string[] = [];
	page.context().on("request", (request) => requests.push(request.url()));
	await openSql(page);
	const before = requests.length;
	for (const sql of REFUSED) {
		await runSql(page, sql);
		await expect(page.getByRole("alert").first(), sql).toBeVisible();
		await runSql(page, "SELECT count(*) > 100 AS whole FROM sources");
		await expect(page.getByRole("grid", { name: "Result" }), sql).toContainText("true");
	}
	// The page's own code, icon and links; anything else would have come from SQL.
	expect(requests.slice(before).filter((url) => !/\/_next\/|[?&]_rsc=|\/icon\.svg/.test(url))).toEqual([]);
});

test("the engine's own worker cannot fetch another host", async ({ page, baseURL }) => {
	await page.goto("/");
	const outcome = await page.evaluate(async (origin) => {
		const worker = new Worker(`${origin}/workers/parse.js`);
		const answer = new Promise((resolve) => {
			worker.onmessage = ({ data }) => resolve(data);
		});
		worker.postMessage({ type: "read", from: { kind: "served", origin: "http://127.0.0.2:9" } });
		return answer;
	}, baseURL);
	expect(outcome).toMatchObject({ type: "failed" });
});

test("a cross join without keys is cancelled, the engine starts again and the page works on", async ({ page }) => {
	const calm = watch(page);
	await openSql(page);
	await runSql(page, "SELECT sum(a.range * b.range) FROM range(10000000) a, range(10000000) b");
	const cancel = page.getByRole("button", { name: "Cancel", exact: true });
	await expect(cancel).toBeVisible();
	await cancel.click();
	await expect(page.getByRole("button", { name: "Run", exact: true })).toBeVisible();
	// The statement may end by itself or cost the engine; then another is opened and filled, and a query works again.
	await expect(async () => {
		await loaded(page);
		await runSql(page, "SELECT count(*) AS sessions FROM sessions");
		await expect(page.getByRole("grid", { name: "Result" })).toContainText("739", { timeout: 3000 });
	}).toPass({ timeout: 45_000 });
	calm();
});

test("a query beyond the engine's memory is said, and the next one works", async ({ page }) => {
	// Filling 2 GB takes as long as the machine is busy with the tests beside it.
	test.slow();
	await openSql(page);
	await runSql(page, "SELECT list(range::VARCHAR || repeat('x', 1000)) FROM range(20000000)");
	await expect(page.getByRole("alert").first()).toContainText("more memory", { timeout: 120_000 });
	await runSql(page, "SELECT 1 + 1 AS two");
	await expect(page.getByRole("grid", { name: "Result" })).toContainText("2");
});

test("an error stands at its place and offers what was meant", async ({ page }) => {
	await openSql(page);
	await runSql(page, "SELECT count(*)\nFROM sessions\nWHERE final_verdit = 'accepted'");
	const error = page.getByRole("alert").first();
	await expect(error).toContainText("final_verdit");
	await expect(error).toContainText(/[Ll]ine 3/);
	await expect(page.locator(".cm-lintRange-error")).toHaveText("final_verdit");
	await error.getByRole("button", { name: "final_verdict" }).click();
	await page.getByRole("button", { name: "Run", exact: true }).click();
	await expect(page.getByRole("grid", { name: "Result" })).toContainText("608");
});

test("zero, null, absent and empty look different, and every digit shows", async ({ page }) => {
	await openSql(page);
	await runSql(page, "SELECT 0 AS zero, NULL AS nothing, '' AS empty, 9007199254740993 AS big, 1.2340::DECIMAL(9,4) AS exact, TIMESTAMP_NS '2026-05-02 12:58:41.123456789' AS moment");
	const cells = page.getByRole("grid", { name: "Result" }).getByRole("gridcell");
	await expect(cells.filter({ hasText: /^0$/ })).toHaveCount(1);
	await expect(cells.filter({ hasText: /^null$/ })).toHaveCount(1);
	await expect(cells.filter({ hasText: "9007199254740993" })).toHaveCount(1);
	await expect(cells.filter({ hasText: "1.2340" })).toHaveCount(1);
	await expect(cells.filter({ hasText: "2026-05-02 12:58:41.123456789" })).toHaveCount(1);
});
