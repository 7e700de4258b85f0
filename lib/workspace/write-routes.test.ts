import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";
import { encodeLink } from "@/lib/notebook/codec";
import type { Handler } from "./guard";
import { MAX_NOTEBOOK_BYTES } from "./write-path";
import { fetchLink, keepLink, mayWrite, saveNotebook } from "./save-client";

const PORT = "4173";
const OWN = `http://127.0.0.1:${PORT}`;
const OPENED = "---\ncasebook: 1\n---\n\nOne\n";
const sha = (text: string) => createHash("sha256").update(text).digest("hex");
let root: string;
let routes: { [path: string]: { [method: string]: Handler } };

before(async () => {
	root = mkdtempSync(join(tmpdir(), "casebook-write-routes-"));
	writeFileSync(join(root, "a.md"), OPENED);
	Object.assign(process.env, { CASEBOOK_ROOT: root, CASEBOOK_PORT: PORT, CASEBOOK_WRITE: "1" });
	const load = async (name: string) => (await import(pathToFileURL(resolve(`app/api/workspace/${name}/route.ts`)).href)) as { [method: string]: Handler };
	routes = { "/api/workspace/save": await load("save"), "/api/workspace/links": await load("links") };
});
after(() => rmSync(root, { recursive: true }));

/** What a page's `fetch` sends, answered by the route handlers. */
const page: typeof fetch = async (input, init) => {
	const url = new URL(String(input));
	const headers = new Headers(init?.headers);
	for (const [name, value] of Object.entries({ host: url.host, "sec-fetch-site": "same-origin", ...(init?.method === "POST" ? { origin: OWN } : {}) })) headers.set(name, value);
	return routes[url.pathname]![init?.method ?? "GET"]!(new Request(url, { ...init, headers }));
};

const post = (path: string, headers: Record<string, string>, body: string) => routes[path.split("?")[0]!]!.POST!(new Request(`${OWN}${path}`, { method: "POST", headers: { host: `127.0.0.1:${PORT}`, origin: OWN, ...headers }, body }));
const SAVE = "/api/workspace/save?path=a.md";
const MARKDOWN = { "content-type": "text/markdown" };

test("a page saves, hears of another version with its text, and saves over exactly that", async () => {
	assert.equal(await mayWrite(OWN, page), true);
	const save = (text: string, base: string | null, path = "a.md") => saveNotebook(OWN, page, { path, text, base });
	assert.deepEqual(await save("---\ncasebook: 1\n---\n\nTwo ü\n", OPENED), { state: "saved" });
	assert.equal(readFileSync(join(root, "a.md"), "utf8"), "---\ncasebook: 1\n---\n\nTwo ü\n");
	const theirs = "\ufeff---\ncasebook: 1\n---\n\nTheirs\n";
	writeFileSync(join(root, "a.md"), theirs);
	assert.deepEqual(await save(OPENED, "---\ncasebook: 1\n---\n\nTwo ü\n"), { state: "other version", text: theirs });
	assert.equal(readFileSync(join(root, "a.md"), "utf8"), theirs);
	assert.deepEqual(await save(OPENED, theirs), { state: "saved" });
	assert.deepEqual(await save("---\ncasebook: 1\n---\n", null), { state: "other version", text: OPENED });
	assert.deepEqual(await save(OPENED, null, "new folder/b.md"), { state: "saved" });
	assert.deepEqual(await save("---\ncasebook: 1\n---\n", OPENED, "gone.md"), { state: "other version", text: null });
	await assert.rejects(save("# none", OPENED), /it is no notebook/);
	await assert.rejects(save(OPENED, null, "../x.md"), /leads out of its folder/);
	assert.equal(readFileSync(join(root, "new folder/b.md"), "utf8"), OPENED);
});

test("each refusal has its status", async () => {
	writeFileSync(join(root, "a.md"), OPENED);
	writeFileSync(join(root, "README.md"), "# Read me");
	const version = { "if-match": `"${sha(OPENED)}"` };
	const status = async (path: string, headers: Record<string, string>, body = OPENED) => {
		const answer = await post(path, headers, body);
		assert.notEqual(((await answer.json()) as { error?: string }).error ?? "", "", "an error is said in words");
		return answer.status;
	};
	assert.equal(await status(SAVE, MARKDOWN), 428);
	assert.equal(await status(SAVE, { ...MARKDOWN, "if-match": "*" }), 400);
	assert.equal(await status(SAVE, { ...MARKDOWN, "if-match": `"${sha("x")}"` }, `${OPENED}!`), 412);
	assert.equal(await status("/api/workspace/save?path=README.md", { ...MARKDOWN, "if-match": `"${sha("# Read me")}"` }), 409);
	assert.equal(await status("/api/workspace/save?path=a.txt", { ...MARKDOWN, ...version }), 400);
	assert.equal(await status("/api/workspace/save", { ...MARKDOWN, ...version }), 400);
	assert.equal(await status(SAVE, { ...MARKDOWN, ...version }, OPENED + "x".repeat(MAX_NOTEBOOK_BYTES)), 413);
	assert.equal((await post(SAVE, { "content-type": "text/plain", ...version }, OPENED)).status, 415);
	assert.equal((await post(SAVE, { ...MARKDOWN, ...version, origin: "http://evil.example" }, OPENED)).status, 403);
	assert.equal(readFileSync(join(root, "a.md"), "utf8"), OPENED);
	assert.equal(readFileSync(join(root, "README.md"), "utf8"), "# Read me");
});

test("a link is kept, fetched and held against its id; what does not open as a notebook is not kept", async () => {
	const text = encodeLink({ markdown: OPENED, pinnedAt: null, pins: {}, results: {} });
	const id = await keepLink(OWN, page, text);
	assert.equal(id, sha(text));
	assert.equal(await fetchLink(OWN, page, id), text);
	const json = { "content-type": "application/json" };
	for (const link of ["", "hello", "c2.00000000.AA", "c1.00000000.AA", `${text}A`]) await assert.rejects(keepLink(OWN, page, link), /link/i, link);
	for (const body of ["", "{}", "[]", '{"link": 1}', "c1"]) assert.equal((await post("/api/workspace/links", json, body)).status, 400, body);
	assert.deepEqual(readdirSync(join(root, ".casebook/links")), [`${id}.txt`]);
	writeFileSync(join(root, ".casebook/links", `${id}.txt`), encodeLink({ markdown: `${OPENED}other`, pinnedAt: null, pins: {}, results: {} }));
	await assert.rejects(fetchLink(OWN, page, id), /is not what its id says/);
	await assert.rejects(fetchLink(OWN, page, "0".repeat(64)), /keeps no link whose id begins with/);
	await assert.rejects(fetchLink(OWN, page, "../../etc/passwd"), /no id of a short link/);
});

test("without --write nothing is written and kept links still open", async () => {
	const text = encodeLink({ markdown: OPENED, pinnedAt: null, pins: {}, results: {} });
	const id = await keepLink(OWN, page, text);
	const before = readFileSync(join(root, "a.md"), "utf8");
	process.env.CASEBOOK_WRITE = "";
	// The folder is one object of the process; a server that was started so makes it so.
	Reflect.deleteProperty(globalThis, Symbol.for("casebook.served-folder"));
	assert.equal(await mayWrite(OWN, page), false);
	assert.equal((await post(SAVE, { ...MARKDOWN, "if-match": `"${sha(before)}"` }, `${OPENED}!`)).status, 403);
	assert.equal((await post("/api/workspace/links", { "content-type": "application/json" }, JSON.stringify({ link: text }))).status, 403);
	await assert.rejects(saveNotebook(OWN, page, { path: "a.md", text: `${OPENED}!`, base: before }), /started without --write/);
	await assert.rejects(keepLink(OWN, page, text), /started without --write/);
	assert.equal(await fetchLink(OWN, page, id), text);
	assert.equal(readFileSync(join(root, "a.md"), "utf8"), before);
});
