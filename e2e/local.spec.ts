import { appendFileSync, cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, type Page, test } from "playwright/test";
import { SAMPLE_ANSWERS } from "@/lib/cli/sample/answers";
import { loaded, runSql, visit, watch } from "./support";

let folder: string;

/** A folder with the sample's session log and one report of a probe, and things that a workspace leaves out. */
test.beforeEach(() => {
	folder = path.join(mkdtempSync(path.join(tmpdir(), "casebook-local-")), "picked");
	cpSync("data/logs", path.join(folder, "logs"), { recursive: true });
	cpSync("data/baselines", path.join(folder, "baselines"), { recursive: true });
	mkdirSync(path.join(folder, "node_modules/m"), { recursive: true });
	writeFileSync(path.join(folder, "node_modules/m/i.jsonl"), '{"n":1}\n');
	writeFileSync(path.join(folder, ".gitignore"), "scratch/\n");
	mkdirSync(path.join(folder, "scratch"));
	writeFileSync(path.join(folder, "scratch/s.jsonl"), '{"n":1}\n');
});

test.afterEach(() => rmSync(path.dirname(folder), { recursive: true, force: true }));

/** The sidebar's title: what is open, and where it comes from. */
const title = (page: Page) => page.getByRole("complementary", { name: "Workspace" }).getByRole("button", { name: /served folder|stays on this machine/ });

test("a folder that was chosen and files that were dropped are read as the served folder is, one after the other", async ({ page }) => {
	// Several engines are opened one after the other.
	test.slow();
	const calm = watch(page);
	const posted: string[] = [];
	page.on("request", (request) => request.method() !== "GET" && posted.push(`${request.method()} ${new URL(request.url()).pathname}`));
	// Without the pickers that give handles: as over plain http, and in browsers that have none.
	await page.addInitScript(() => {
		Reflect.deleteProperty(window, "showDirectoryPicker");
		Reflect.deleteProperty(window, "showOpenFilePicker");
	});
	const grid = page.getByRole("grid", { name: "Result" });
	const hashes = async () => {
		await runSql(page, "SELECT path, sha256, lines, records FROM sources WHERE path LIKE 'logs/%' AND format IS NOT NULL ORDER BY path");
		await expect(grid).toContainText("logs/sessions.jsonl");
		return grid.textContent();
	};
	await page.goto("/sql");
	await loaded(page);
	await expect(title(page)).toContainText("data");
	await expect(title(page)).toContainText("served folder");
	const asServed = await hashes();
	await visit(page, "/sessions?daemon=gateway");
	const served = posted.length;

	// From the palette, by keyboard.
	await page.keyboard.press("Control+k");
	await page.getByRole("combobox").fill("open a folder");
	const chooser = page.waitForEvent("filechooser");
	await page.keyboard.press("Enter");
	await (await chooser).setFiles(folder);
	await expect(title(page)).toContainText("picked");
	await expect(page.getByRole("progressbar", { name: "Loading" })).toBeVisible();
	await loaded(page);
	await expect(title(page)).toContainText("chosen, stays on this machine");
	// The page stays; what named things of the old workspace goes.
	await expect(page).toHaveURL(/\/sessions$/);

	await visit(page, "/sources");
	const row = (name: string) => page.getByRole("row").filter({ hasText: name });
	await expect(row("scratch/")).toContainText("left out");
	await expect(row("node_modules/")).toContainText("left out");
	await expect(row("logs/sessions.jsonl")).toBeVisible();
	await visit(page, "/sql");
	await runSql(page, "SELECT daemon, COUNT(*) FROM sessions GROUP BY daemon ORDER BY daemon");
	for (const [daemon, count] of Object.entries(SAMPLE_ANSWERS.sessions.byDaemon)) await expect(grid.getByRole("row").filter({ hasText: daemon })).toContainText(String(count));
	expect(await hashes()).toBe(asServed);

	// A line of a chosen file is read from the file itself.
	await visit(page, "/source?path=baselines%2Faudit_baselines.jsonl&line=7");
	await expect(page.locator("main")).toContainText('"p3_accepted":"386"');

	// A file that changed since it was chosen is named, and can be chosen again.
	appendFileSync(path.join(folder, "logs/gateway.log"), "more\n");
	await page.keyboard.press("Control+k");
	await page.getByRole("combobox").fill("load the workspace again");
	await page.keyboard.press("Enter");
	await expect(page.getByText(/1 file changed or went away since it was chosen/)).toBeVisible({ timeout: 45_000 });
	await visit(page, "/sources");
	await expect(row("logs/gateway.log")).toContainText("failed");

	// Dropped over whatever page is there.
	await visit(page, "/source?path=logs%2Fsessions.jsonl");
	await drop(page, { "a.jsonl": '{"n":1}\n{"n":2}\n', "b.csv": "x,y\n1,2\n" });
	await expect(title(page)).toContainText("2 files");
	await expect(page.getByRole("progressbar", { name: "Loading" })).toBeVisible();
	await loaded(page);
	await expect(title(page)).toContainText("dropped, stays on this machine");
	await expect(page).toHaveURL(/\/sources$/);
	await expect(row("a.jsonl")).toContainText("ready");
	await expect(row("logs/sessions.jsonl")).toHaveCount(0);
	expect(posted.length, "nothing is sent for local files").toBe(served);

	// Back to the served folder by the list.
	await title(page).click();
	const dialog = page.getByRole("dialog", { name: "Open a workspace" });
	await expect(dialog.getByRole("listitem")).toHaveCount(3);
	await expect(dialog.getByRole("listitem").first()).toContainText("2 files");
	await dialog.getByRole("button", { name: /^data/ }).click();
	await expect(title(page)).toContainText("served folder");
	await expect(title(page)).toContainText("data", { timeout: 45_000 });

	// The list can be forgotten.
	await title(page).click();
	await dialog.getByRole("button", { name: "Forget picked" }).click();
	await expect(dialog.getByRole("listitem")).toHaveCount(2);
	await dialog.getByRole("button", { name: "Forget all" }).click();
	await expect(dialog.getByRole("listitem")).toHaveCount(0);
	calm();
});

test("a folder behind a handle is read again as it is, and comes back from the list after the page was loaded anew", async ({ page }) => {
	test.slow();
	const calm = watch(page);
	// The browser's own private folder gives the same handles as its picker, which no test can press.
	const write = (text: string) =>
		page.evaluate(async (content) => {
			const top = await navigator.storage.getDirectory();
			const root = await top.getDirectoryHandle("investigation", { create: true });
			const logs = await root.getDirectoryHandle("logs", { create: true });
			const stream = await (await logs.getFileHandle("a.jsonl", { create: true })).createWritable();
			await stream.write(content);
			await stream.close();
			Reflect.set(window, "showDirectoryPicker", async () => root);
		}, text);
	const row = page.getByRole("row").filter({ hasText: "logs/a.jsonl" });
	await page.goto("/sources");
	await write('{"n":1}\n');
	await title(page).click();
	const dialog = page.getByRole("dialog", { name: "Open a workspace" });
	await dialog.getByRole("button", { name: "Open a folder…" }).click();
	await expect(title(page)).toContainText("investigation");
	await expect(row).toContainText("ready", { timeout: 45_000 });
	await expect(title(page)).toContainText("1 file, 1 record");
	await write('{"n":1}\n{"n":2}\n');
	await page.keyboard.press("Control+k");
	await page.getByRole("combobox").fill("load the workspace again");
	await page.keyboard.press("Enter");
	await expect(title(page)).toContainText("1 file, 2 records", { timeout: 45_000 });

	await page.goto("/sources?state=ready");
	await expect(title(page)).toContainText("served folder");
	await title(page).click();
	await dialog.getByRole("button", { name: /^investigation.*folder, chosen/ }).click();
	await expect(page).toHaveURL(/\/sources$/);
	await expect(row).toContainText("ready", { timeout: 45_000 });
	await expect(title(page)).toContainText("investigation");
	calm();
});

/** Drags files over the page and drops them, as a browser does. */
async function drop(page: Page, files: Record<string, string>): Promise<void> {
	const transfer = await page.evaluateHandle((given) => {
		const data = new DataTransfer();
		for (const [name, text] of Object.entries(given)) data.items.add(new File([text], name));
		return data;
	}, files);
	const send = (type: string) => page.locator("main").dispatchEvent(type, { dataTransfer: transfer });
	await send("dragenter");
	await send("dragover");
	await expect(page.getByText("Drop to open these 2 as the workspace")).toBeVisible();
	// Esc takes it back; the next drag counts again.
	await page.keyboard.press("Escape");
	await expect(page.getByText("Drop to open")).toHaveCount(0);
	await send("dragenter");
	await expect(page.getByText("Drop to open these 2 as the workspace")).toBeVisible();
	await send("drop");
}
