import { createServer, type IncomingHttpHeaders, request } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, type Page, test } from "playwright/test";

const WASM = "/duckdb/1.32.0/duckdb-eh.wasm";
const WORKER = "/duckdb/1.32.0/duckdb-browser-eh.worker.js";

interface Answer {
	status: number;
	headers: IncomingHttpHeaders;
	body: string;
}

/** One request exactly as written: the path is not normalised, and every header can be set. */
function ask(baseURL: string | undefined, path: string, headers: Record<string, string> = {}, method = "GET", body?: string): Promise<Answer> {
	const { hostname, port, host } = new URL(baseURL!);
	return new Promise((done, failed) => {
		const asking = request({ hostname, port, path, method, headers: { host, ...headers } }, (response) => {
			const pieces: Buffer[] = [];
			response.on("data", (piece: Buffer) => pieces.push(piece));
			response.on("error", failed);
			response.on("end", () => done({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(pieces).toString("latin1") }));
		});
		asking.on("error", failed);
		asking.end(body);
	});
}

interface Entry {
	path: string;
	bytes: number;
	state: string;
}

async function firstFile(baseURL: string | undefined): Promise<Entry> {
	const { files } = JSON.parse((await ask(baseURL, "/api/workspace")).body) as { files: Entry[] };
	const file = files.find((entry) => entry.state === "served" && entry.bytes > 0);
	expect(file, "the sample workspace holds a file").toBeDefined();
	return file!;
}

/** Something of every kind that the server answers: pages, data, Next's own files, the engine, workers, nothing. */
async function everything(baseURL: string | undefined): Promise<string[]> {
	const script = /\/_next\/static\/[^"\\]+\.js/.exec((await ask(baseURL, "/")).body)?.[0];
	expect(script, "the page names one of Next's scripts").toBeDefined();
	const path = encodeURIComponent((await firstFile(baseURL)).path);
	return ["/", "/no-such-page", "/sources/", script!, "/_next/static/nothing.js", "/_next/image?url=%2Fx&w=64&q=75", WASM, WORKER, "/workers/parse.js", "/favicon.ico", "/api/workspace", `/api/workspace/bytes?path=${path}&from=0&to=10`, `/api/workspace/raw?path=${path}`, "/api/workspace/batch", "/api/nothing"];
}

test("every kind of request is refused for a foreign Host or Origin", async ({ baseURL }) => {
	const { port } = new URL(baseURL!);
	for (const path of await everything(baseURL)) {
		const foreign: Record<string, string>[] = [{ host: "evil.example" }, { host: `evil.example:${port}` }, { host: "127.0.0.1" }, { host: "127.0.0.1:1" }, { origin: "http://evil.example" }, { origin: "null" }, { origin: "http://127.0.0.1:1" }];
		for (const headers of foreign) {
			const { status, body } = await ask(baseURL, path, headers);
			expect(status, `${path} ${JSON.stringify(headers)}`).toBe(403);
			expect(body.trim().split("\n"), path).toHaveLength(1);
		}
	}
});

test("localhost and [::1] are own names", async ({ baseURL }) => {
	const { port } = new URL(baseURL!);
	for (const host of [`localhost:${port}`, `[::1]:${port}`, `127.0.0.1:${port}`]) {
		expect((await ask(baseURL, "/", { host })).status, host).toBe(200);
		expect((await ask(baseURL, "/api/workspace", { host, origin: `http://${host}` })).status, host).toBe(200);
	}
});

test("only reading is answered, data not to other sites, and CORS never", async ({ baseURL }) => {
	for (const path of await everything(baseURL)) {
		for (const method of ["PUT", "DELETE", "PATCH", "OPTIONS"]) expect((await ask(baseURL, path, {}, method)).status, `${method} ${path}`).toBe(405);
		if (path !== "/api/workspace/batch") expect((await ask(baseURL, path, { "content-type": "application/json" }, "POST", "{}")).status, `POST ${path}`).toBe(405);
		const { headers } = await ask(baseURL, path, { "access-control-request-method": "GET" });
		expect(Object.keys(headers).filter((name) => name.startsWith("access-control-")), path).toEqual([]);
		expect(headers["x-content-type-options"], path).toBe("nosniff");
		expect(headers["cross-origin-resource-policy"], path).toBe("same-origin");
		expect(headers["x-powered-by"], path).toBeUndefined();
		if (path.startsWith("/api/")) for (const site of ["cross-site", "same-site"]) expect((await ask(baseURL, path, { "sec-fetch-site": site })).status, path).toBe(403);
	}
	expect((await ask(baseURL, "/api/workspace/batch", { "content-type": "text/plain" }, "POST", '{"paths":[]}')).status).toBe(415);
	// Nothing is written on a server without --write, whoever asks.
	for (const [path, type] of [["save?path=a.md", "text/markdown"], ["links", "application/json"]]) {
		const { status, body } = await ask(baseURL, `/api/workspace/${path}`, { "content-type": type!, origin: baseURL!, "if-none-match": "*" }, "POST", "---\ncasebook: 1\n---\n");
		expect([status, body.includes("started without --write")], path).toEqual([403, true]);
	}
});

test("nothing outside the folder is served, however it is written", async ({ baseURL }) => {
	const tries = ["..%2fpackage.json", "%2e%2e%2fpackage.json", "../package.json", "..%5cpackage.json", "%2fetc%2fpasswd", "a%00.txt", "%00", "%c0%ae%c0%ae/package.json", "sub%2f..%2f..%2fpackage.json", "", "."];
	for (const path of tries) {
		for (const route of [`/api/workspace/raw?path=${path}`, `/api/workspace/bytes?path=${path}&from=0&to=10`]) expect((await ask(baseURL, route)).status, route).toBe(404);
		const { status, body } = await ask(baseURL, "/api/workspace/batch", { "content-type": "application/json" }, "POST", JSON.stringify({ paths: [decoded(path)] }));
		expect([status, body.includes("It is not in the workspace.")], path).toEqual([200, true]);
	}
	for (const path of ["/../package.json", "/..%2fpackage.json", "/duckdb/../../package.json", "/duckdb/..%2f..%2fpackage.json", "/_next/static/..%2f..%2f..%2fpackage.json", "/package.json", "/data/", "//etc/passwd"]) {
		const { status, body } = await ask(baseURL, path);
		expect([301, 302, 307, 308, 400, 404], path).toContain(status);
		expect(body, path).not.toContain('"@duckdb/duckdb-wasm"');
	}
});

function decoded(path: string): string {
	try {
		return decodeURIComponent(path);
	} catch {
		return path;
	}
}

test("a raw file is a download and never a document of this origin", async ({ baseURL }) => {
	const file = await firstFile(baseURL);
	const path = encodeURIComponent(file.path);
	const raw = await ask(baseURL, `/api/workspace/raw?path=${path}`);
	expect(raw.status).toBe(200);
	expect(raw.body).toHaveLength(file.bytes);
	expect(raw.headers["content-disposition"]).toMatch(/^attachment; /);
	expect(raw.headers["content-type"]).toBe("application/octet-stream");
	expect(raw.headers["content-security-policy"]).toBe("sandbox; default-src 'none'");
	const part = await ask(baseURL, `/api/workspace/bytes?path=${path}&from=1&to=5`);
	expect(part.body).toBe(raw.body.slice(1, 5));
	expect(part.headers["x-casebook-bytes"]).toBe(String(file.bytes));
	expect((await ask(baseURL, `/api/workspace/bytes?path=${path}&from=0&to=${9 * 1024 * 1024}`)).status).toBe(413);
});

test("pages and workers carry their policies, with a fresh nonce a page", async ({ baseURL }) => {
	const nonces = new Set<string>();
	for (const path of ["/", "/", "/no-such-page"]) {
		const { headers, body } = await ask(baseURL, path);
		const policy = String(headers["content-security-policy"]);
		const nonce = /'nonce-([^']+)'/.exec(policy)?.[1];
		expect(policy).toBe(`default-src 'none'; script-src 'self' 'nonce-${nonce}' 'wasm-unsafe-eval'; style-src-elem 'self' 'nonce-${nonce}'; style-src-attr 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`);
		expect(headers["referrer-policy"]).toBe("no-referrer");
		expect(headers["cross-origin-opener-policy"]).toBe("same-origin");
		if (path === "/") expect(body.match(/<script[^>]*>/g)?.every((tag) => tag.includes(`nonce="${nonce}"`)), "every script carries the nonce").toBe(true);
		nonces.add(nonce!);
	}
	expect(nonces.size).toBe(3);
	for (const path of [WASM, WORKER, "/workers/parse.js", "/_next/static/nothing.js"]) {
		expect((await ask(baseURL, path)).headers["content-security-policy"], path).toBe("default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'");
	}
	// Over plain http to another host a browser takes no brotli.
	for (const [accepted, encoding] of [["gzip, deflate, br, zstd", "br"], ["gzip, deflate", "gzip"]] as const) {
		const { headers } = await ask(baseURL, WASM, { "accept-encoding": accepted });
		expect([headers["content-encoding"], headers["content-type"], headers["cache-control"]]).toEqual([encoding, "application/wasm", "public, max-age=31536000, immutable"]);
		expect(headers.vary).toMatch(/accept-encoding/i);
	}
});

/** Everything that a page asks for and complains about. */
function watched(page: Page): { hosts: Set<string>; problems: string[] } {
	const seen = { hosts: new Set<string>(), problems: [] as string[] };
	page.on("request", (asked) => {
		const { protocol, host } = new URL(asked.url());
		if (protocol !== "data:" && protocol !== "blob:") seen.hosts.add(host);
	});
	page.on("pageerror", (error) => seen.problems.push(error.message));
	page.on("console", (message) => {
		if (/Content Security Policy/i.test(message.text())) seen.problems.push(message.text());
	});
	return seen;
}

test("the overview loads under its policy and asks no other host", async ({ page, baseURL }) => {
	const seen = watched(page);
	await page.goto("/", { waitUntil: "load" });
	// Next marks the root once React has taken the page over; a page whose scripts are blocked never gets there.
	await page.waitForFunction(() => Object.keys(document).some((key) => key.startsWith("__reactContainer")));
	expect([...seen.hosts]).toEqual([new URL(baseURL!).host]);
	expect(seen.problems).toEqual([]);
});

test("the browser gets the engine's own bytes, and its own requests pass the guards", async ({ page }) => {
	await page.goto("/");
	const got = await page.evaluate(async (wasm) => {
		const bytes = new Uint8Array(await (await fetch(wasm)).arrayBuffer());
		const batch = await fetch("/api/workspace/batch", { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify({ paths: ["nothing"] }) });
		return { magic: [...bytes.subarray(0, 4)], bytes: bytes.length, batch: batch.status };
	}, WASM);
	expect(got).toEqual({ magic: [0, 0x61, 0x73, 0x6d], bytes: 34_242_586, batch: 200 });
});

test("a page of another origin reads and causes nothing", async ({ page, baseURL }) => {
	const foreign = createServer((_, response) => response.writeHead(200, { "content-type": "text/html" }).end("<!doctype html><title>foreign</title>"));
	await new Promise<void>((done) => foreign.listen(0, "127.0.0.1", done));
	try {
		await page.goto(`http://127.0.0.1:${(foreign.address() as AddressInfo).port}/`);
		const outcome = await page.evaluate(async (base) => {
			const tried: Record<string, string> = {};
			const say = (name: string, work: Promise<Response>) => work.then((response) => `${response.type} ${response.status}`, () => "failed").then((text) => { tried[name] = text; });
			await say("cors", fetch(`${base}/api/workspace`));
			await say("no-cors", fetch(`${base}/api/workspace`, { mode: "no-cors" }));
			await say("post", fetch(`${base}/api/workspace/batch`, { method: "POST", mode: "no-cors", body: '{"paths":[]}' }));
			for (const tag of ["script", "img"] as const) {
				tried[tag] = await new Promise((done) => {
					const element = document.createElement(tag);
					element.onload = () => done("loaded");
					element.onerror = () => done("failed");
					element.src = `${base}/workers/parse.js`;
					document.head.append(element);
				});
			}
			return tried;
		}, baseURL!);
		expect(outcome).toEqual({ cors: "failed", "no-cors": "failed", post: "failed", script: "failed", img: "failed" });
	} finally {
		foreign.closeAllConnections();
		foreign.close();
	}
});
