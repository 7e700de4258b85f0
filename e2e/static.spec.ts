import { execFile } from "node:child_process";
import { createReadStream, statSync } from "node:fs";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { extname, join } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "playwright/test";
import { loaded, runSql } from "./support";

const TYPES: Record<string, string> = { ".html": "text/html", ".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml", ".json": "application/json", ".txt": "text/plain", ".woff2": "font/woff2" };
/** The path under which the copy is hosted, as on a host that gives each project a folder. */
const BASE = "/lab/casebook";
let out: string;
let host: Server;
let origin: string;

/** A plain host: files under BASE, folders by their index, no header but a type, no ranges, no type for WebAssembly. */
function plainHost(folder: string): Server {
	return createServer((asked, answer) => {
		const { pathname, search } = new URL(asked.url ?? "/", "http://host");
		let file = join(folder, decodeURIComponent(pathname.slice(BASE.length)));
		const found = pathname.startsWith(`${BASE}/`) ? statSync(file, { throwIfNoEntry: false }) : undefined;
		if (found?.isDirectory() && !pathname.endsWith("/")) return answer.writeHead(301, { location: `${pathname}/${search}` }).end();
		if (found?.isDirectory()) file = join(file, "index.html");
		if (found === undefined || statSync(file, { throwIfNoEntry: false }) === undefined) return answer.writeHead(404).end("nothing");
		answer.writeHead(200, { "content-type": TYPES[extname(file)] ?? "application/octet-stream" });
		return createReadStream(file).pipe(answer);
	});
}

test.beforeAll(async () => {
	test.setTimeout(180_000);
	out = await mkdtemp(join(tmpdir(), "casebook-site-"));
	await promisify(execFile)(process.execPath, ["lib/cli/casebook.mjs", "export-site", "data", out, "--base", BASE]);
	host = plainHost(out);
	await new Promise<void>((done) => host.listen(0, "127.0.0.1", done));
	origin = `http://127.0.0.1:${(host.address() as AddressInfo).port}`;
});
test.afterAll(async () => {
	host?.closeAllConnections();
	host?.close();
	if (out) await rm(out, { recursive: true, force: true });
});

test("a static copy on a plain host shows what the server shows, under its own policy", async ({ page, baseURL }) => {
	const foreign: string[] = [];
	const faults: string[] = [];
	page.context().on("request", (request) => {
		const url = new URL(request.url());
		if (!["data:", "blob:"].includes(url.protocol) && (url.origin !== origin || !url.pathname.startsWith(`${BASE}/`))) foreign.push(request.url());
	});
	page.on("pageerror", (error) => faults.push(error.message));
	page.on("console", (message) => {
		if (message.type() === "error") faults.push(message.text());
	});

	await page.goto(`${origin}${BASE}/`);
	await loaded(page);
	const overview = async () => (await page.locator(".sumline").first().textContent())?.replaceAll(/\s+/g, " ");
	await expect(page.locator("main")).toContainText("4 rejects");
	const row = page.getByRole("row").filter({ has: page.getByRole("link", { name: "extract_json", exact: true }) });
	await expect(row).toContainText("10/12");
	await expect.poll(overview).toMatch(/pass throughout.* accepted.* rejects in /);
	const copied = await overview();
	await expect(page.getByRole("complementary", { name: "Workspace" })).toContainText("static copy");

	// SQL, the editor styled under the page's policy.
	await page.getByRole("link", { name: "SQL", exact: true }).first().click();
	await expect(page).toHaveURL(`${origin}${BASE}/sql/`);
	await runSql(page, "SELECT count(*) AS rejected FROM rejects");
	await expect(page.getByRole("grid", { name: "Result" })).toContainText("4");
	expect(await page.locator(".cm-editor").evaluate((element) => getComputedStyle(element).display)).toBe("flex");

	// A session chosen in the list keeps the base in its address; a line of a source, read from the files beside the page.
	await page.getByRole("link", { name: /^Sessions/ }).first().click();
	await expect(page).toHaveURL(`${origin}${BASE}/sessions/`);
	await expect(page.getByText("match of").first()).toBeVisible();
	// The key goes through the rows, which are read beside the count.
	await expect(page.locator("main tbody tr").first()).toBeVisible();
	await page.keyboard.press("j");
	await expect(page).toHaveURL(new RegExp(`^${origin}${BASE}/session/?\\?`));
	await page.getByRole("link", { name: /^Sources/ }).first().click();
	await page.getByRole("link", { name: "logs/sessions.jsonl" }).first().click();
	await expect(page).toHaveURL(`${origin}${BASE}/source/?path=logs/sessions.jsonl`);
	await expect(page.locator("main")).toContainText('"session_id"');

	expect(faults).toEqual([]);
	expect(foreign).toEqual([]);

	// A worker may do what the page may, and no worker runs without the page's policy.
	const broken = await page.evaluate(async (script) => {
		const said = (target: EventTarget) => new Promise<string>((done) => target.addEventListener("securitypolicyviolation", (event) => done((event as SecurityPolicyViolationEvent).effectiveDirective), { once: true }));
		const inWorker = `addEventListener("securitypolicyviolation", (event) => postMessage(event.effectiveDirective)); fetch("https://example.invalid/").then(() => postMessage("sent"), () => {});`;
		const worker = new Worker(URL.createObjectURL(new Blob([inWorker])));
		const first = await new Promise((done) => {
			worker.onmessage = ({ data }) => done(data);
		});
		const second = said(document);
		try {
			new Worker(script);
		} catch {
			// Some versions throw as well.
		}
		return [first, await second];
	}, `${BASE}/workers/parse.js`);
	expect(broken).toEqual(["connect-src", "worker-src"]);

	await page.goto(baseURL!);
	await loaded(page);
	await expect(row).toContainText("10/12");
	await expect.poll(overview).toBe(copied);
});

test("every page of a static copy carries its policy first, and no file has a name of the workspace", async () => {
	for (const page of ["index.html", "404.html", "sql/index.html", "source/index.html"]) {
		expect(await readFile(join(out, page), "utf8"), page).toMatch(/^<!DOCTYPE html><html[^>]*><head><meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'self' 'sha256-/);
	}
	const list = JSON.parse(await readFile(join(out, "workspace", "manifest.json"), "utf8")) as { files: { path: string; state: string; sha256: string | null }[] };
	expect(list.files.filter((file) => file.state === "left out").every((file) => file.sha256 === null)).toBe(true);
	expect(statSync(join(out, "workspace", "files", `${list.files.find((file) => file.sha256 !== null)?.sha256}.bin`)).isFile()).toBe(true);
});
