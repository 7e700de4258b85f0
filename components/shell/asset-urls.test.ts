import assert from "node:assert/strict";
import { before, test } from "node:test";

let urls: typeof import("./asset-urls");

before(async () => {
	// What a build for a path below the root of a host replaces.
	process.env.CASEBOOK_BASE = "/lab/casebook";
	process.env.CASEBOOK_STATIC = "1";
	urls = await import("./asset-urls");
});

test("a page's path is the same under every base, with and without a slash at its end", () => {
	const cases: [address: string, path: string][] = [
		["/lab/casebook", "/"],
		["/lab/casebook/", "/"],
		["/lab/casebook/session/", "/session"],
		["/lab/casebook/session", "/session"],
		["/lab/casebookish", "/lab/casebookish"],
		["/", "/"],
		["/sessions", "/sessions"],
	];
	for (const [address, path] of cases) assert.equal(urls.pagePath(address), path, address);
	assert.equal(urls.historyPath("/session?id=1"), "/lab/casebook/session?id=1");
});

test("on a static copy a worker's script that the host lacks is named", async () => {
	assert.equal(urls.IS_STATIC, true);
	const { fetch } = globalThis;
	globalThis.fetch = async () => new Response("", { status: 404 });
	try {
		await assert.rejects(urls.parseWorkerUrl(), /\/workers\/parse\.js cannot be fetched \(the host answers 404\)/);
		globalThis.fetch = async () => new Response("postMessage(1)");
		assert.match(await urls.parseWorkerUrl(), /^blob:/, "it is asked for again after a failure");
	} finally {
		globalThis.fetch = fetch;
	}
});
