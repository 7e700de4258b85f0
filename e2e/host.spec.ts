import { type IncomingHttpHeaders, request } from "node:http";
import { expect, test } from "playwright/test";
import { loaded, type OwnServer, serve } from "./support";

/** A name of another host, which the browser of these tests looks for on this machine: over plain http no secure context. */
const HOST = "casebook.test";
let server: OwnServer;
let port: string;
let token: string;

test.beforeAll(async () => {
	server = await serve("data", "--host", HOST);
	const printed = new URL(server.printed);
	({ port } = printed);
	token = printed.searchParams.get("token") ?? "";
});
test.afterAll(() => server?.stop());

interface Answer {
	status: number;
	headers: IncomingHttpHeaders;
	body: string;
}

function ask(path: string, headers: Record<string, string> = {}, method = "GET", body?: string): Promise<Answer> {
	return new Promise((done, failed) => {
		const asking = request({ hostname: "127.0.0.1", port, path, method, headers: { host: `${HOST}:${port}`, ...headers } }, (response) => {
			const pieces: Buffer[] = [];
			response.on("data", (piece: Buffer) => pieces.push(piece));
			response.on("error", failed);
			response.on("end", () => done({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(pieces).toString("latin1") }));
		});
		asking.on("error", failed);
		asking.end(body);
	});
}

test("nothing answers without the token, and the token becomes a cookie", async () => {
	expect(server.printed).toBe(`http://${HOST}:${port}/?token=${token}`);
	expect(token).toMatch(/^[\w-]{32}$/);
	const cookie = `casebook-token-${port}=${token}`;
	const script = /\/_next\/static\/[^"\\]+\.js/.exec((await ask("/", { cookie })).body)?.[0];
	expect(script, "the page names one of Next's scripts").toBeDefined();
	const everything = ["/", "/sources?state=partial", "/no-such-page", "/parity/", script!, "/_next/static/nothing.js", "/_next/image?url=%2Fx&w=64&q=75", "/duckdb/1.32.0/duckdb-eh.wasm", "/duckdb/1.32.0/duckdb-browser-eh.worker.js", "/workers/parse.js", "/icon.svg", "/favicon.ico", "/api/workspace", "/api/workspace/bytes?path=README.md&from=0&to=10", "/api/workspace/raw?path=README.md", "/api/nothing"];
	for (const path of everything) {
		const without: Record<string, string>[] = [{}, { cookie: `${cookie}x` }, { cookie: "casebook-token=1", accept: "text/html" }];
		for (const headers of without) {
			const { status, body } = await ask(path, headers);
			expect(status, `${path} ${JSON.stringify(headers)}`).toBe(401);
			expect(body, path).toContain("Open that address in this browser once.");
			expect(body.length, path).toBeLessThan(600);
		}
		for (const host of [`127.0.0.1:${port}`, `localhost:${port}`, HOST, `evil.example:${port}`]) expect((await ask(path, { host, cookie })).status, `${path} ${host}`).toBe(403);
		expect([401, 403], path).not.toContain((await ask(path, { cookie })).status);
	}
	expect((await ask("/api/workspace/batch", { "content-type": "application/json" }, "POST", '{"paths":["README.md"]}')).status).toBe(401);
	expect((await ask("/api/workspace/batch", { "content-type": "application/json", cookie, origin: `http://127.0.0.1:${port}` }, "POST", '{"paths":[]}')).status).toBe(403);

	expect((await ask("/?token=wrong-but-long-enough")).status).toBe(401);
	const { status, headers } = await ask(`/sources?state=partial&token=${token}`);
	expect(status).toBe(303);
	expect(new URL(headers.location!, `http://${HOST}:${port}`).href).toBe(`http://${HOST}:${port}/sources?state=partial`);
	expect(headers["set-cookie"]).toEqual([`${cookie}; Path=/; HttpOnly; SameSite=Strict`]);
	expect(new URL((await ask("/sources/?state=partial", { cookie })).headers.location!, `http://${HOST}:${port}`).href).toBe(`http://${HOST}:${port}/sources?state=partial`);
});

test("over plain http to another host the overview fills, copying works, and the page says what is held back", async ({ page, browser }) => {
	const problems: string[] = [];
	page.on("pageerror", (error) => problems.push(error.message));
	page.on("console", (message) => {
		if (message.type() === "error" && !/Cross-Origin-Opener-Policy/.test(message.text())) problems.push(message.text());
	});
	await page.goto(server.printed);
	await expect(page).toHaveURL(`http://${HOST}:${port}/`);
	await loaded(page);
	expect(await page.evaluate(() => [window.isSecureContext, "clipboard" in navigator, document.cookie.includes("token")])).toEqual([false, false, false]);
	await expect(page.locator("main")).toContainText("4 rejects");
	await expect(page.getByRole("complementary", { name: "Workspace" })).toContainText("Plain http: chosen folders are not remembered");

	await page.getByRole("button", { name: /4\b.*rejects|rejects.*4\b|^4$/ }).first().click();
	const drawer = page.getByRole("dialog", { name: /Evidence/ });
	await expect(drawer).toContainText("baselines/audit_baselines.jsonl:7");
	await drawer.getByRole("button", { name: "Copy", exact: true }).click();
	await expect(page.getByText("Evidence copied")).toBeVisible();
	await page.keyboard.press("Control+k");
	const box = page.getByRole("combobox");
	await expect(box).toBeFocused();
	await page.keyboard.press("Control+v");
	await expect(box).toHaveValue(/FROM rejects/);

	const stranger = await (await browser.newContext()).newPage();
	const answer = await stranger.goto(`http://${HOST}:${port}/sources`);
	expect(answer?.status()).toBe(401);
	await expect(stranger.locator("body")).toContainText("This Casebook answers only to those who open it with the address that it printed");
	await stranger.context().close();
	expect(problems).toEqual([]);
});
