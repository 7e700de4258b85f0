import { appendFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, type Page, test } from "playwright/test";
import { opening, PLAIN, running } from "./hostile";
import { loaded, serve, visit, watch } from "./support";

const NOTEBOOK = `---
casebook: 1
title: Two logs
secret: stays at home
---

# Two logs

There are {{ a_rows.n }} sessions of a and {{ b_rows.n }} of b.

\`\`\`sql name=a_rows
SELECT count(*) AS n FROM 'logs/a.jsonl'
\`\`\`

\`\`\`sql name=b_rows
SELECT count(*) AS n FROM 'logs/b.jsonl'
\`\`\`

\`\`\`check name=both expect="true"
SELECT (SELECT n FROM a_rows) > 0 AND (SELECT n FROM b_rows) > 0 AS both
\`\`\`

\`\`\`check name=as_many expect="= 2"
SELECT n FROM a_rows
\`\`\`
`;

const row = (id: string) => `${JSON.stringify({ schema: "session.iterate.v1", session_id: id, timestamp: "2026-05-01T10:00:00Z", daemon: "d", iterations: 0, attempts: [], final_verdict: "accepted" })}\n`;
const banner = (page: Page) => page.getByRole("status", { name: "Verification" });
const cell = (page: Page, name: string) => page.locator(`#cell-${name}`);

let folder: string;

test.beforeEach(() => {
	folder = mkdtempSync(path.join(tmpdir(), "casebook-notebook-"));
	mkdirSync(path.join(folder, "logs"));
	mkdirSync(path.join(folder, "notebooks"));
	writeFileSync(path.join(folder, "logs/a.jsonl"), row("1") + row("2"));
	writeFileSync(path.join(folder, "logs/b.jsonl"), row("3"));
	writeFileSync(path.join(folder, "notebooks/two.md"), NOTEBOOK);
});
test.afterEach(() => rmSync(folder, { recursive: true, force: true }));

test("a notebook is run, shared as a link, and proves itself in a fresh browser: reproduced, changed, cannot be checked", async ({ browser, page }) => {
	// Three engines are opened, one of them in a second browser context.
	test.slow();
	const server = await serve(folder);
	try {
		const calm = watch(page);
		await page.goto(`${server.url}/notebooks`);
		await loaded(page);
		await page.getByRole("link", { name: "Two logs" }).click();
		// Opening runs nothing.
		await expect(banner(page)).toContainText("Not run yet");
		await expect(page.locator("article")).toContainText("There are a_rows.n sessions");
		await banner(page).getByRole("button", { name: "Run and verify" }).click();
		await expect(banner(page)).toContainText("2 of 2 checks pass");
		await expect(page.locator("article")).toContainText("There are 2 sessions of a and 1 of b.");
		// A figure leads to its evidence.
		await page.locator("article").getByRole("button", { name: "2", exact: true }).first().click();
		await expect(page.getByRole("dialog", { name: "Evidence" })).toContainText("logs/a.jsonl");
		await page.keyboard.press("Escape");

		await page.getByRole("button", { name: "Share" }).click();
		const dialog = page.getByRole("dialog", { name: "Share this notebook" });
		await expect(dialog).toContainText("Path and sha256 of 2 sources");
		await expect(dialog).toContainText("Other lines of it stay here");
		const link = await dialog.getByRole("textbox", { name: "Link" }).inputValue();
		calm();

		const stranger = await browser.newContext();
		const reader = await stranger.newPage();
		const readerCalm = watch(reader);
		const asked: string[] = [];
		reader.on("request", (request) => asked.push(request.url()));
		await reader.goto(link);
		await loaded(reader);
		await expect(banner(reader)).toContainText("Not run yet");
		await expect(cell(reader, "a_rows")).toContainText("SELECT count(*) AS n FROM 'logs/a.jsonl'");
		await expect(reader.locator("body")).not.toContainText("stays at home");
		expect(await reader.evaluate(() => Object.keys(localStorage).concat(Object.keys(sessionStorage)))).toEqual([]);
		await banner(reader).getByRole("button", { name: "Run and verify" }).click();
		await expect(banner(reader)).toContainText("Reproduced 4 of 4");
		expect(asked.filter((url) => url.includes("c1."))).toEqual([]);

		// One more line in one log: the cells that count it change, with what hangs on them, and the others do not.
		appendFileSync(path.join(folder, "logs/a.jsonl"), row("4"));
		await reader.reload();
		await loaded(reader);
		await expect(banner(reader)).toContainText("1 here, with other bytes");
		await banner(reader).getByRole("button", { name: "Run and verify" }).click();
		await expect(banner(reader)).toContainText("Changed 2 of 4");
		await expect(cell(reader, "a_rows")).toContainText("changed: 2 → 3 (logs/a.jsonl differs)");
		await expect(cell(reader, "as_many")).toContainText("expected n = 2, found 3");
		await expect(cell(reader, "both")).toContainText("reproduced on changed sources");
		await expect(banner(reader)).toContainText("reproduced 1 of 4");

		rmSync(path.join(folder, "logs/b.jsonl"));
		await reader.reload();
		await loaded(reader);
		await expect(banner(reader)).toContainText("1 missing here");
		await banner(reader).getByRole("button", { name: "Run and verify" }).click();
		await expect(banner(reader)).toContainText("cannot be checked 2 of 4");
		await expect(cell(reader, "both")).toContainText("It needs the cell b_rows, which did not run.");
		readerCalm();
		await stranger.close();
	} finally {
		await server.stop();
	}
});

test("with --write a notebook is saved over the version that was opened, and its link has a short address", async ({ browser, page }) => {
	// Two cold pages.
	test.slow();
	const server = await serve(folder, "--write");
	try {
		// The browser itself notes each answer that is no success.
		const calm = watch(page, /the server responded with a status of 412/);
		const file = path.join(folder, "notebooks/two.md");
		const saved = () => readFileSync(file, "utf8");
		const write = async (text: string) => {
			await page.getByRole("region", { name: /^Text # Two logs/ }).focus();
			await page.keyboard.press("Enter");
			await page.keyboard.press("Control+End");
			await page.keyboard.type(text);
		};
		await page.goto(`${server.url}/notebook?path=notebooks/two.md&edit=1`);
		await loaded(page);
		await expect(page.getByRole("button", { name: "Save", exact: true })).toBeDisabled();
		await write(" First.");
		await page.keyboard.press("Control+s");
		await expect(page.getByText("Saved into the folder")).toBeVisible();
		expect(saved()).toBe(NOTEBOOK.replace("of b.\n", "of b. First.\n"));
		// Writing goes on in the same place.
		await page.keyboard.type(" Second.");
		writeFileSync(file, NOTEBOOK.replace("There are", "By hand: there are"));
		await page.getByRole("button", { name: "Save", exact: true }).click();
		const both = page.getByRole("region", { name: "The file is not the one that your draft began from" });
		await expect(both).toContainText("First. Second.");
		await expect(both).toContainText("By hand: there are");
		expect(saved()).toContain("By hand");
		await both.getByRole("button", { name: "Save over the file’s" }).click();
		await expect(page.getByText("No change yet")).toBeVisible();
		expect(saved()).toBe(NOTEBOOK.replace("of b.\n", "of b. First. Second.\n"));
		expect(await page.evaluate(() => Object.keys(localStorage))).toEqual([]);

		await page.getByRole("button", { name: "Stop editing" }).click();
		await expect(page.locator("article")).toContainText("First. Second.");
		await banner(page).getByRole("button", { name: "Run and verify" }).click();
		await expect(banner(page)).toContainText("2 of 2 checks pass");
		await page.getByRole("button", { name: "Share" }).click();
		await page.getByRole("button", { name: "Make a short link" }).click();
		const link = await page.getByRole("textbox", { name: "Short link" }).inputValue();
		expect(link).toMatch(new RegExp(`^${server.url}/n\\?id=[0-9a-f]{64}$`));
		const kept = `.casebook/links/${link.slice(-64)}.txt`;
		expect(await page.getByRole("textbox", { name: "Link", exact: true }).inputValue()).toBe(`${server.url}/n#${readFileSync(path.join(folder, kept), "utf8")}`);
		calm();

		const stranger = await browser.newContext();
		const reader = await stranger.newPage();
		const readerCalm = watch(reader);
		await reader.goto(link);
		await loaded(reader);
		await expect(banner(reader)).toContainText("Not run yet");
		await expect(reader.locator("article")).toContainText("First. Second.");
		await expect(reader.locator("body")).not.toContainText("stays at home");
		await banner(reader).getByRole("button", { name: "Run and verify" }).click();
		await expect(banner(reader)).toContainText("Reproduced 4 of 4");
		expect(await reader.evaluate(() => Object.keys(localStorage).concat(Object.keys(sessionStorage)))).toEqual([]);
		readerCalm();
		writeFileSync(path.join(folder, kept), "c1.00000000.AA");
		await visit(reader, `/n?id=${"0".repeat(64)}`);
		await expect(reader.getByRole("alert").first()).toContainText("keeps no link whose id begins with 000000000000");
		await visit(reader, `/n?id=${link.slice(-64)}`);
		await expect(reader.getByRole("alert").first()).toContainText("is not what its id says");
		await stranger.close();

		// The proxy lets nobody else save.
		const ask = (headers: Record<string, string>) => fetch(`${server.url}/api/workspace/save?path=notebooks/two.md`, { method: "POST", headers: { "if-none-match": "*", ...headers }, body: NOTEBOOK }).then((answer) => answer.status);
		expect(await ask({ "content-type": "text/markdown", origin: "http://evil.example" })).toBe(403);
		expect(await ask({ "content-type": "text/markdown" })).toBe(403);
		expect(await ask({ "content-type": "text/plain", origin: server.url })).toBe(415);
		expect(await ask({ "content-type": "text/markdown", origin: server.url })).toBe(412);
		expect(saved()).toContain("First. Second.");
	} finally {
		await server.stop();
	}
});

test("hostile notebooks and links are text, one sentence, or nothing: no request, no dialog, no storage, no standstill", async ({ page }) => {
	// Some hundred notebooks are opened in one page; each is shown within a moment.
	test.slow();
	const calm = watch(page);
	page.on("dialog", () => {
		throw new Error("a dialog was opened");
	});
	const { encodeLink } = await import("@/lib/notebook/codec");
	const { HOSTILE_PROSE } = await import("@/lib/notebook/hostile/prose");
	const { HOSTILE_CELLS } = await import("@/lib/notebook/hostile/cells");
	const { COSTLY_SQL, ENDLESS_SQL, HOSTILE_SQL } = await import("@/lib/notebook/hostile/sql");
	const { hostileLinks } = await import("@/lib/notebook/hostile/links");
	const { hostileText } = await import("@/lib/notebook/hostile/types");
	type Hostile = (typeof HOSTILE_SQL)[number];
	const link = (markdown: string) => encodeLink({ markdown, pinnedAt: null, pins: {}, results: {} });
	await page.goto(`/n#${link(PLAIN)}`);
	await loaded(page);
	const asked: string[] = [];
	page.on("request", (request) => asked.push(request.url()));

	const faults: string[] = [];
	const opens = async (hash: string, from: string) => page.evaluate(opening, { hash, from });
	// On request the cells run. What wants out fails, each with its reason; what harms nobody has a result.
	const runs = ({ idea, markdown, refused }: Hostile) => HOSTILE_SQL.some((one) => one.idea === idea) || markdown.includes("```chart") || idea.startsWith("an input") || (refused === undefined && COSTLY_SQL.some((one) => one.idea === idea));
	for (const hostile of [...HOSTILE_PROSE, ...HOSTILE_CELLS, ...HOSTILE_SQL, ...COSTLY_SQL, ...ENDLESS_SQL]) {
		const { idea, shows, refused } = hostile;
		const opened = await opens(link(hostileText(hostile)), "nothing");
		for (const fault of opened.faults) faults.push(`${idea}: ${fault}`);
		if (shows !== undefined && !opened.text.includes(shows)) faults.push(`${idea}: does not show ${JSON.stringify(shows)}`);
		if (!runs(hostile)) continue;
		const ran = await page.evaluate(running);
		for (const fault of ran.faults) faults.push(`${idea}, run: ${fault}`);
		if (refused && JSON.stringify(ran.failed) !== JSON.stringify(refused)) faults.push(`${idea}: failed ${ran.failed.join()}, not ${refused.join()}`);
	}
	for (const { idea, link: hash } of hostileLinks()) for (const fault of (await opens(hash, link(PLAIN))).faults) faults.push(`${idea}: ${fault}`);
	expect(faults).toEqual([]);
	// Nothing was asked of anybody, but the page's own code, and its icon with every address.
	expect(asked.filter((url) => !/^\/(_next\/static\/|icon\.svg$)/.test(new URL(url).pathname))).toEqual([]);

	// What never ends, and does not hear that it is cancelled, costs the engine; the next one knows the workspace again.
	await opens(link(hostileText(ENDLESS_SQL.at(-1)!)), "nothing");
	await banner(page).getByRole("button", { name: "Run and verify" }).click();
	await banner(page).getByRole("button", { name: "Cancel" }).click();
	await expect(page.getByText("The engine was restarted")).toBeVisible();
	await loaded(page);
	await opens(link("---\ncasebook: 1\n---\n\n```sql name=still\nSELECT count(*) AS n FROM sessions\n```\n"), "nothing");
	await banner(page).getByRole("button", { name: "Run and verify" }).click();
	await expect(cell(page, "still").getByRole("table")).toContainText("739");
	expect(await page.evaluate(() => Object.keys(localStorage).concat(Object.keys(sessionStorage)))).toEqual([]);
	calm();
});

test("a notebook is written by keyboard, kept as a draft, and compared with a file that changed meanwhile", async ({ page }) => {
	// Two cold pages.
	test.slow();
	const calm = watch(page);
	await page.goto("/notebooks");
	await loaded(page);
	await page.getByRole("button", { name: "New notebook" }).click();
	await page.getByLabel("Title").fill("Cutover of day 2");
	await page.keyboard.press("Enter");
	const piece = (name: string | RegExp) => page.getByRole("region", { name });
	await piece("Text # Cutover of day 2, 1 of 1").focus();
	await page.keyboard.press("b");
	await page.getByRole("menuitem", { name: "SQL" }).click();
	await page.keyboard.type("SELECT daemon, count(*) AS n FROM sessions GROUP BY daemon");
	await page.keyboard.press("Shift+Enter");
	await expect(piece("SQL cell query, 2 of 2")).toBeFocused();
	await expect(piece("SQL cell query, 2 of 2")).toContainText("497");
	await page.keyboard.press("b");
	await page.getByRole("menuitem", { name: "Check" }).click();
	await page.getByLabel("Expected").fill("= 739");
	await page.getByRole("textbox", { name: "SQL" }).fill("SELECT sum(n) AS n FROM query");
	await page.keyboard.press("Escape");
	await expect(piece("Check check, 3 of 3")).toBeFocused();
	await expect(page.getByRole("button", { name: "Run 1 changed" })).toBeVisible();
	await page.keyboard.press("Shift+Enter");
	await expect(piece("Check check, 3 of 3")).toContainText("found 739");

	await page.keyboard.press("Alt+ArrowUp");
	await expect(piece("Check check, 2 of 3")).toBeFocused();
	await page.keyboard.press("Delete");
	await expect(piece("SQL cell query, 2 of 2")).toBeFocused();
	await page.keyboard.press("Control+z");
	await page.keyboard.press("Control+z");
	await expect(piece("Check check, 3 of 3")).toBeFocused();

	await page.reload();
	await expect(piece("Check check, 3 of 3")).toBeVisible({ timeout: 60_000 });
	const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "Download" }).click()]);
	expect(download.suggestedFilename()).toBe("cutover-of-day-2.md");
	expect(readFileSync(await download.path(), "utf8")).toBe('---\ncasebook: 1\ntitle: "Cutover of day 2"\n---\n\n# Cutover of day 2\n\n```sql name=query\nSELECT daemon, count(*) AS n FROM sessions GROUP BY daemon\n```\n\n```check name=check expect="= 739"\nSELECT sum(n) AS n FROM query\n```\n');

	await loaded(page);
	await visit(page, "/notebooks");
	await expect(page.getByRole("region", { name: "Drafts in this browser" })).toContainText("notebooks/cutover-of-day-2.md");
	// A draft that began from an older file than the folder's.
	await page.evaluate(() => localStorage.setItem('casebook.draft:["data","notebooks/drift.md"]', JSON.stringify({ markdown: "---\ncasebook: 1\n---\n\nMine\n", base: "older", at: "2026-05-02T12:00:00.000Z" })));
	await visit(page, "/notebook?path=notebooks/drift.md&edit=1");
	await expect(page.getByRole("region", { name: "The file is not the one that your draft began from" })).toContainText("Mine");
	await page.getByRole("button", { name: "Take the file’s" }).click();
	await expect(piece(/^Check /).first()).toBeVisible();
	await expect(page.getByText("No change yet")).toBeVisible();

	await visit(page, "/baselines");
	await page.getByRole("button", { name: "Add to notebook" }).click();
	const dialog = page.getByRole("dialog", { name: "Add to notebook" });
	await dialog.getByLabel("Notebook").selectOption("notebooks/cutover-of-day-2.md");
	await dialog.getByRole("button", { name: "Add the cell" }).click();
	await dialog.getByRole("link", { name: "Open it" }).click();
	await page.getByRole("button", { name: "Run all" }).click();
	await expect(piece("SQL cell drift, 4 of 4")).toContainText("p3_rejected");
	calm();
});
