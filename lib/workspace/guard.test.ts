import assert from "node:assert/strict";
import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";
import { CasebookError } from "@/lib/model";
import { attachment, guarded, ownPort, pagePolicy, refusal } from "./guard";

const PORT = "4173";
const METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];
let root: string;

before(async () => {
	root = await mkdtemp(join(tmpdir(), "casebook-guard-"));
	await writeFile(join(root, "a.txt"), "alpha");
	process.env.CASEBOOK_ROOT = root;
	process.env.CASEBOOK_PORT = PORT;
});
after(() => rm(root, { recursive: true }));

const headersOf = (headers: Record<string, string>) => new Headers({ host: `127.0.0.1:${PORT}`, ...headers });
const status = (headers: Record<string, string>, method = "GET", expected: { port?: string | null; api?: boolean; post?: boolean } = {}) =>
	refusal({ method, headers: headersOf(headers) }, { port: PORT, api: true, post: false, ...expected })?.status ?? null;

test("Host must be this machine with the server's own port", () => {
	for (const host of [`localhost:${PORT}`, `127.0.0.1:${PORT}`, `[::1]:${PORT}`, `LOCALHOST:${PORT}`]) assert.equal(status({ host }), null, host);
	const foreign = ["evil.example", `evil.example:${PORT}`, "localhost", "127.0.0.1", `127.0.0.1:${PORT}1`, "127.0.0.1:80", `127.0.0.2:${PORT}`, `0.0.0.0:${PORT}`, `localhost.:${PORT}`, `localhost.evil.example:${PORT}`, `evil.example#localhost:${PORT}`, `127.0.0.1:${PORT}@evil.example`, `2130706433:${PORT}`, `::1:${PORT}`, ""];
	for (const host of foreign) assert.equal(status({ host }), 403, host);
	assert.equal(refusal({ method: "GET", headers: new Headers() }, { port: PORT, api: false, post: false })?.status, 403);
	assert.equal(status({ host: "localhost" }, "GET", { port: "80" }), null);
});

test("without a port of its own the server refuses everything", () => {
	assert.equal(status({}, "GET", { port: null }), 403);
	assert.equal(ownPort({}), null);
	assert.equal(ownPort({ CASEBOOK_PORT: "x" }), null);
	assert.equal(ownPort({ CASEBOOK_PORT: PORT }), PORT);
});

test("a foreign Origin is refused, the own one is not", () => {
	assert.equal(status({ origin: `http://127.0.0.1:${PORT}` }), null);
	for (const origin of ["http://evil.example", "null", `https://127.0.0.1:${PORT}`, `http://localhost:${PORT}`, "http://127.0.0.1", `http://127.0.0.1:${PORT}.evil.example`, ""]) assert.equal(status({ origin }), 403, origin);
});

test("another site may not cause a request for data; it may link to pages", () => {
	for (const site of ["cross-site", "same-site"]) {
		assert.equal(status({ "sec-fetch-site": site }), 403);
		assert.equal(status({ "sec-fetch-site": site }, "GET", { api: false }), null);
	}
	for (const site of ["same-origin", "none"]) assert.equal(status({ "sec-fetch-site": site }), null);
});

test("only GET and HEAD, and POST of JSON where it is taken", () => {
	assert.equal(status({}, "HEAD"), null);
	for (const method of ["POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"]) assert.equal(status({}, method), 405, method);
	assert.equal(status({ "content-type": "application/json" }, "POST", { post: true }), null);
	assert.equal(status({ "content-type": "application/json; charset=utf-8" }, "POST", { post: true }), null);
	for (const type of ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", "text/plain; application/json", "application/jsonp"]) assert.equal(status({ "content-type": type }, "POST", { post: true }), 415, type);
	assert.equal(status({}, "POST", { post: true }), 415);
});

test("guarded: what a handler throws becomes an answer, and every answer is data", async () => {
	const ask = (handler: () => Promise<Response>, method = "GET") => guarded(handler)(new Request(`http://127.0.0.1:${PORT}/api/x`, { method, headers: headersOf({}) }));
	const thrown = (error: unknown) => ask(() => Promise.reject(error));
	assert.equal((await thrown(new CasebookError({ kind: "limit", what: "x", limit: "1", message: "too much" }))).status, 413);
	assert.equal((await thrown(new CasebookError({ kind: "refused", rule: "only files of the workspace", message: "no" }))).status, 404);
	assert.equal((await thrown(new CasebookError({ kind: "refused", rule: "range", message: "no" }))).status, 400);
	const broken = await thrown(new Error("boom"));
	assert.deepEqual([broken.status, await broken.json()], [500, { error: "boom" }]);
	const good = await ask(async () => new Response("<script>", { headers: { "content-type": "text/html" } }));
	assert.equal(good.headers.get("content-security-policy"), "sandbox; default-src 'none'");
	assert.equal(good.headers.get("x-content-type-options"), "nosniff");
	assert.equal(await (await ask(async () => new Response("body"), "HEAD")).text(), "");
});

test("a download's name cannot end its header, and arrives exactly", () => {
	for (const name of ["a b.txt", 'quote".txt', "größe.jsonl", "semi;colon.txt", "back\\slash", "new\r\nline: x", "it's (1)*.txt", "\ud800.txt"]) {
		const value = attachment(name);
		assert.match(value, /^attachment; filename="[\w.\- ]*"; filename\*=UTF-8''[\w.\-~%]*$/, name);
		assert.equal(decodeURIComponent(value.split("''")[1]!), name.toWellFormed());
	}
});

test("the policy of pages lets nothing in from elsewhere", () => {
	const policy = pagePolicy("abc=");
	assert.match(policy, /^default-src 'none'; script-src 'self' 'nonce-abc=' 'wasm-unsafe-eval'; /);
	assert.doesNotMatch(policy, /https?:|\*|'unsafe-eval'|script-src[^;]*unsafe-inline/);
});

/** Every route handler of the application, found on disk: a new one is asked too. */
async function routes(folder: string): Promise<string[]> {
	const found: string[] = [];
	for (const entry of await readdir(folder, { withFileTypes: true })) {
		const path = join(folder, entry.name);
		if (entry.isDirectory()) found.push(...(await routes(path)));
		else if (/^route\.(ts|tsx|js|mjs)$/.test(entry.name)) found.push(path);
	}
	return found;
}

test("every method of every route handler refuses a foreign Host, a foreign Origin and another site", async () => {
	const app = resolve(process.cwd(), "app");
	const found = await routes(app);
	assert.ok(found.length >= 4, "the routes of the served workspace are found");
	let asked = 0;
	for (const path of found) {
		const module = (await import(pathToFileURL(path).href)) as Record<string, unknown>;
		for (const method of METHODS) {
			const handler = module[method];
			if (handler === undefined) continue;
			assert.ok(typeof handler === "function", `${path} ${method}`);
			const answer = async (headers: Record<string, string>): Promise<Response> => {
				const init: RequestInit = { method, headers: headersOf({ "content-type": "application/json", ...headers }) };
				if (method !== "GET" && method !== "HEAD") init.body = JSON.stringify({ paths: ["a.txt"] });
				return (handler as (request: Request) => Promise<Response>)(new Request(`http://127.0.0.1:${PORT}/api?path=a.txt&from=0&to=5`, init));
			};
			const what = `${method} ${path.slice(app.length)}`;
			const foreign: Record<string, string>[] = [{ host: "evil.example" }, { host: `evil.example:${PORT}` }, { origin: "http://evil.example" }, { origin: "null" }, { "sec-fetch-site": "cross-site" }];
			for (const bad of foreign) {
				const response = await answer(bad);
				assert.equal(response.status, 403, `${what} ${JSON.stringify(bad)}`);
				assert.doesNotMatch(await response.text(), /alpha/, what);
			}
			const good = await answer({});
			assert.notEqual(good.status, 403, `${what} answers its own page`);
			assert.equal(good.headers.get("x-content-type-options"), "nosniff", what);
			assert.match(good.headers.get("content-security-policy") ?? "", /^sandbox/, what);
			for (const name of good.headers.keys()) assert.doesNotMatch(name, /^access-control-/, what);
			await good.body?.cancel();
			asked++;
		}
	}
	assert.ok(asked >= found.length);
});
