import assert from "node:assert/strict";
import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";
import { CasebookError } from "@/lib/model";
import { attachment, type Expected, guarded, ownAddress, pagePolicy, POSTS, refusal, refused } from "./guard";
import { cookieOf, isToken, lockedPage, tokenCookie, withoutToken } from "./guard-token";

const PORT = "4173";
const METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];
let root: string;

before(async () => {
	root = await mkdtemp(join(tmpdir(), "casebook-guard-"));
	await writeFile(join(root, "a.txt"), "alpha");
	process.env.CASEBOOK_ROOT = root;
	process.env.CASEBOOK_PORT = PORT;
	process.env.CASEBOOK_WRITE = "1";
});
after(() => rm(root, { recursive: true }));

const headersOf = (headers: Record<string, string>) => new Headers({ host: `127.0.0.1:${PORT}`, ...headers });
const ASKED = { api: true, post: false, port: PORT, host: null, token: null };
const status = (headers: Record<string, string>, method = "GET", expected: Partial<Expected> = {}, url = "/x") =>
	refusal({ method, url, headers: headersOf(headers) }, { ...ASKED, ...expected })?.status ?? null;

test("Host must be this machine with the server's own port", () => {
	for (const host of [`localhost:${PORT}`, `127.0.0.1:${PORT}`, `[::1]:${PORT}`, `LOCALHOST:${PORT}`]) assert.equal(status({ host }), null, host);
	const foreign = ["evil.example", `evil.example:${PORT}`, "localhost", "127.0.0.1", `127.0.0.1:${PORT}1`, "127.0.0.1:80", `127.0.0.2:${PORT}`, `0.0.0.0:${PORT}`, `localhost.:${PORT}`, `localhost.evil.example:${PORT}`, `evil.example#localhost:${PORT}`, `127.0.0.1:${PORT}@evil.example`, `2130706433:${PORT}`, `::1:${PORT}`, ""];
	for (const host of foreign) assert.equal(status({ host }), 403, host);
	assert.equal(refusal({ method: "GET", url: "/", headers: new Headers() }, { ...ASKED, api: false })?.status, 403);
	assert.equal(status({ host: "localhost" }, "GET", { port: "80" }), null);
});

test("without a port of its own, or with a host but no token, the server refuses everything", () => {
	assert.equal(status({}, "GET", { port: null }), 403);
	assert.equal(ownAddress({}).port, null);
	assert.equal(ownAddress({ CASEBOOK_PORT: "x" }).port, null);
	assert.deepEqual(ownAddress({ CASEBOOK_PORT: PORT, CASEBOOK_HOST: "", CASEBOOK_TOKEN: "" }), { port: PORT, host: null, token: null });
	assert.deepEqual(ownAddress({ CASEBOOK_PORT: PORT, CASEBOOK_HOST: "Lab-3.example", CASEBOOK_TOKEN: TOKEN }), { port: PORT, host: "lab-3.example", token: TOKEN });
	assert.equal(ownAddress({ CASEBOOK_PORT: PORT, CASEBOOK_HOST: "lab-3.example" }).port, null, "a host without a token is open to everybody");
});

const TOKEN = "0123456789abcdefghij-_.~";
const LAB = { host: "lab-3.example", token: TOKEN };
const own = { host: `lab-3.example:${PORT}` };
const cookie = `${tokenCookie(PORT)}=${TOKEN}`;

test("with --host, Host must be the name that was given, and this machine's names are refused", () => {
	for (const host of [`lab-3.example:${PORT}`, `LAB-3.Example:${PORT}`]) assert.equal(status({ host, cookie }, "GET", LAB), null, host);
	for (const host of [`localhost:${PORT}`, `127.0.0.1:${PORT}`, `[::1]:${PORT}`, "lab-3.example", "lab-3.example:80", `evil.example:${PORT}`, `x.lab-3.example:${PORT}`, `lab-3.example.:${PORT}`]) assert.equal(status({ host, cookie }, "GET", LAB), 403, host);
	assert.equal(status({ host: `[fd00::7]:${PORT}`, cookie }, "GET", { host: "[fd00::7]", token: TOKEN }), null);
	for (const host of [`localhost:${PORT}`, `[::1]:${PORT}`]) assert.equal(status({ host, cookie }, "GET", { host: "127.0.0.1", token: TOKEN }), null, host);
	assert.equal(status({ ...own, cookie, origin: `http://lab-3.example:${PORT}` }, "GET", LAB), null);
	assert.equal(status({ ...own, cookie, origin: `http://127.0.0.1:${PORT}` }, "GET", LAB), 403);
});

test("without the token nothing is answered, whatever the method; with it in the cookie or the address, everything is", () => {
	const wrong = [undefined, "", `${tokenCookie(PORT)}=`, `${tokenCookie(PORT)}=${TOKEN}x`, `${tokenCookie(PORT)}=${TOKEN.slice(1)}`, `${tokenCookie("80")}=${TOKEN}`, `x${cookie}`, TOKEN, `a=1; b=${TOKEN}`];
	for (const value of wrong) {
		for (const method of METHODS) assert.equal(status({ ...own, "content-type": "application/json", ...(value === undefined ? {} : { cookie: value }) }, method, { ...LAB, post: true }), 401, `${method} ${value}`);
	}
	for (const value of [cookie, `a=1; ${cookie}; b=2`, `a=1;${cookie}`]) assert.equal(status({ ...own, cookie: value }, "GET", LAB), null, value);
	for (const url of [`/?token=${TOKEN}`, `http://lab-3.example:${PORT}/probe?id=a&token=${TOKEN}`]) assert.equal(status(own, "GET", LAB, url), null, url);
	for (const url of ["/?token=", "/?token", `/?token=${TOKEN}1`, `/?Token=${TOKEN}`, `/#token=${TOKEN}`, `/token=${TOKEN}`]) assert.equal(status(own, "GET", LAB, url), 401, url);
	assert.equal(status({ ...own, host: "evil.example" }, "GET", LAB, `/?token=${TOKEN}`), 403);
	assert.equal(status({}, "GET", {}, "/?token=x"), null, "a server without a token knows none");
});

test("isToken takes words of any length; cookieOf takes any header", () => {
	for (const word of [null, "", "x", TOKEN.repeat(100), TOKEN.toUpperCase(), `${TOKEN} `]) assert.equal(isToken(word, TOKEN), false);
	assert.equal(isToken(TOKEN, TOKEN), true);
	assert.equal(cookieOf("a=b=c; d", "a"), "b=c");
	assert.equal(cookieOf("a; b=", "b"), "");
	assert.equal(cookieOf(";;=;", "a"), null);
	assert.equal(cookieOf(null, "a"), null);
});

test("a page's address with the token leads to the same address without it, with the cookie", () => {
	const origin = `http://lab-3.example:${PORT}`;
	const go = (path: string, token: string | null = TOKEN) => withoutToken(new URL(path, "http://0.0.0.0:1"), origin, { port: PORT, host: "lab-3.example", token });
	for (const [path, target] of [[`/?token=${TOKEN}`, "/"], [`/probe?id=a%26b&token=${TOKEN}&run=1`, "/probe?id=a%26b&run=1"], [`http://0.0.0.0:1//evil.example/?token=${TOKEN}`, "/evil.example/"], ["/?token=old", "/"]] as const) {
		const answer = go(path)!;
		assert.equal(answer.status, 303);
		assert.equal(answer.headers.get("location"), `${origin}${target}`);
		assert.equal(answer.headers.get("set-cookie"), `casebook-token-${PORT}=${TOKEN}; Path=/; HttpOnly; SameSite=Strict`);
		assert.equal(answer.headers.get("cache-control"), "no-store");
	}
	assert.equal(go("/probe?id=1"), null);
	assert.equal(go("/?token=x", null), null);
});

test("who comes without the token sees a sentence, in a tab with a way on, and no markup of anybody", async () => {
	const no = refusal({ method: "GET", url: "/", headers: headersOf(own) }, { ...ASKED, ...LAB, api: false })!;
	const text = await refused(no).text();
	assert.match(text, /^This Casebook answers only to .*\n$/);
	const page = refused(no, true);
	assert.equal(page.status, 401);
	assert.match(page.headers.get("content-security-policy")!, /^default-src 'none'; .*frame-ancestors 'none'$/);
	assert.match(await page.text(), /This Casebook answers only to .*<a href="">/);
	assert.doesNotMatch(lockedPage("<script>&"), /<script>|&(?!#)/);
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

test("a POST that changes the folder has to come from the server's own page, in a type that no form can send", () => {
	const save = (headers: Record<string, string>) => status(headers, "POST", { post: true, write: true, type: "text/markdown" });
	const own = { origin: `http://127.0.0.1:${PORT}` };
	assert.equal(save({ ...own, "content-type": "text/markdown" }), null);
	assert.equal(save({ ...own, "content-type": "Text/Markdown; charset=utf-8", "sec-fetch-site": "same-origin" }), null);
	assert.equal(save({ "content-type": "text/markdown", "sec-fetch-site": "same-origin" }), null);
	assert.equal(save({ "content-type": "text/markdown" }), 403, "nobody says where it comes from");
	for (const site of ["none", "same-site", "cross-site"]) assert.equal(save({ "content-type": "text/markdown", "sec-fetch-site": site }), 403, site);
	for (const origin of ["http://evil.example", "null", `http://localhost:${PORT}`]) assert.equal(save({ origin, "content-type": "text/markdown" }), 403, origin);
	for (const type of ["", "text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "application/json", "text/plain; text/markdown", "text/markdownx"]) assert.equal(save({ ...own, "content-type": type }), 415, type);
	assert.equal(status({ ...own, "content-type": "text/markdown" }, "PUT", { post: true, write: true, type: "text/markdown" }), 405);
	assert.deepEqual(Object.entries(POSTS).flatMap(([path, { write }]) => (write ? [path] : [])), ["/api/workspace/save", "/api/workspace/links"]);
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

test("every method of every route handler refuses a foreign Host, a foreign Origin, another site and who lacks the token", async () => {
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
			const posts = POSTS[`/${dirname(path.slice(app.length + 1)).replaceAll("\\", "/")}`];
			if (method === "POST") assert.ok(posts, `the proxy knows that ${path} takes POST`);
			const answer = async (headers: Record<string, string>): Promise<Response> => {
				const init: RequestInit = { method, headers: headersOf({ "content-type": posts?.type ?? "application/json", ...(posts?.write ? { "sec-fetch-site": "same-origin" } : {}), ...headers }) };
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
			process.env.CASEBOOK_TOKEN = TOKEN;
			for (const brought of ["", `${cookie}x`]) {
				const response = await answer({ cookie: brought });
				assert.equal(response.status, 401, `${what} without the token`);
				assert.doesNotMatch(await response.text(), /alpha/, what);
			}
			const letIn = await answer({ cookie });
			assert.notEqual(letIn.status, 401, `${what} with the token`);
			await letIn.body?.cancel();
			process.env.CASEBOOK_TOKEN = "";
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
