import { expect, test } from "playwright/test";
import { SAMPLE_ANSWERS } from "@/lib/cli/sample/answers";
import { loaded, runSql, visit, watch } from "./support";

test("a newcomer's first ten minutes", async ({ page }) => {
	const calm = watch(page);

	await page.goto("/");
	await loaded(page);
	await expect(page.getByRole("heading", { name: "data", level: 1 })).toBeVisible();

	// The overview answers what is broken and since when, without a click.
	const row = page.getByRole("row").filter({ has: page.getByRole("link", { name: "extract_json", exact: true }) });
	await expect(row).toContainText("10/12");
	await expect(row).toContainText("nested_fence");
	await expect(page.locator("main")).toContainText("4 rejects");

	// A probe, its first divergence, its cases.
	await row.getByRole("link", { name: "extract_json", exact: true }).click();
	await expect(page).toHaveURL(/\/probe\?id=extract_json/);
	await expect(page.getByRole("heading", { name: /extract_json/, level: 1 })).toBeVisible();
	await expect(page.getByRole("grid").first()).toBeVisible();
	await expect(page.locator("main")).toContainText("nested_fence");

	// The seed's own query, as it is written.
	await page.getByRole("link", { name: "SQL", exact: true }).first().click();
	await runSql(page, "SELECT daemon, COUNT(*) FROM read_json_auto('sessions.jsonl', format='nd') GROUP BY daemon ORDER BY daemon");
	const grid = page.getByRole("grid", { name: "Result" });
	for (const [daemon, count] of Object.entries(SAMPLE_ANSWERS.sessions.byDaemon)) {
		await expect(grid.getByRole("row").filter({ hasText: daemon })).toContainText(String(count));
	}

	// A figure's evidence, and the line that it rests on.
	await page.getByRole("link", { name: "Overview", exact: true }).first().click();
	await page.getByRole("button", { name: /4\b.*rejects|rejects.*4\b|^4$/ }).first().click();
	const drawer = page.getByRole("complementary", { name: /Evidence/ }).or(page.getByRole("dialog", { name: /Evidence/ }));
	await expect(drawer).toContainText("FROM rejects");
	await expect(drawer).toContainText("baselines/audit_baselines.jsonl:7");
	await expect(drawer).toContainText("p3_accepted");
	await drawer.getByRole("link", { name: /audit_baselines\.jsonl:7/ }).first().click();
	await expect(page).toHaveURL(/\/source\?path=baselines(%2F|\/)audit_baselines\.jsonl&line=7/);
	await expect(page.locator("main")).toContainText('"p3_accepted":"386"');
	calm();
});

test("a query that comes with a link is shown and does not run until Run is pressed", async ({ page }) => {
	const calm = watch(page);
	await page.goto(`/sql#q=${encodeURIComponent("SELECT 6 * 7 AS answer")}`);
	await loaded(page);
	await expect(page.getByRole("textbox", { name: "SQL" })).toContainText("6 * 7");
	await expect(page.locator("main")).toContainText("has not run");
	await expect(page.getByRole("grid", { name: "Result" })).toHaveCount(0);
	await page.getByRole("button", { name: "Run", exact: true }).click();
	await expect(page.getByRole("grid", { name: "Result" })).toContainText("42");
	calm();
});

test("every page says what it shows, and names parameters that it does not know", async ({ page }) => {
	const calm = watch(page);
	const pages: [url: string, text: string | RegExp][] = [
		["/parity?status=fail&odd=1", "odd"],
		["/probe?id=subject_audit", "subject_audit"],
		["/probe?id=no_such_probe", "no_such_probe"],
		["/sessions?daemon=validatord&verdict=infra_error", /validatord/],
		["/session?id=unified-check-001", "unified-check-001"],
		["/teams", "Hidden states"],
		["/team?id=Hidden%20states", /Blocker|blocker/],
		["/sources?state=unrecognised", "heatmap.pkl"],
		["/source?path=logs%2Fsessions.jsonl&line=469", "469"],
	];
	await page.goto("/");
	await loaded(page);
	for (const [url, text] of pages) {
		await visit(page, url);
		await expect(page.locator("main"), url).toContainText(text);
	}
	calm();
});

test("the palette leads everywhere by keyboard", async ({ page }) => {
	await page.goto("/");
	await loaded(page);
	await page.keyboard.press("Control+k");
	const box = page.getByRole("combobox");
	await expect(box).toBeFocused();
	await page.keyboard.insertText("first divergence of extract_json");
	await expect(page.getByRole("option", { name: /First divergence of extract_json/ })).toBeVisible();
	await page.keyboard.press("Enter");
	await expect(page).toHaveURL(/\/probe\?id=extract_json&case=nested_fence/);
	await page.keyboard.press("g");
	await page.keyboard.press("s");
	await expect(page).toHaveURL(/\/sessions/);
});
