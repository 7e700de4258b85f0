import { createHash, randomBytes } from "node:crypto";
import { appendFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { type IncomingMessage, request } from "node:http";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, test } from "playwright/test";
import { FrameDecoder } from "@/lib/workspace/frames";
import { loaded, type OwnServer, serve, visit, watch } from "./support";

let folder: string;
let server: OwnServer | null = null;

test.beforeEach(() => {
	folder = mkdtempSync(path.join(tmpdir(), "casebook-faults-"));
	mkdirSync(path.join(folder, "logs"));
	writeFileSync(path.join(folder, "logs/a.jsonl"), '{"n":1}\n{"n":2}\n');
	writeFileSync(path.join(folder, "logs/b.jsonl"), '{"n":3}\nnot json\n{"n":4');
});

test.afterEach(async () => {
	await server?.stop();
	server = null;
	rmSync(folder, { recursive: true, force: true });
});

test("a broken line and a line that is still being written stop nothing", async ({ page }) => {
	const calm = watch(page);
	server = await serve(folder);
	await page.goto(`${server.url}/source?path=logs%2Fb.jsonl`);
	await loaded(page);
	await expect(page.locator("main")).toContainText("not json");
	await visit(page, "/sources");
	await expect(page.getByRole("row").filter({ hasText: "logs/b.jsonl" })).toContainText("partial");
	await expect(page.getByRole("row").filter({ hasText: "logs/a.jsonl" })).toContainText("ready");
	calm();
});

test("a file that vanishes before it is read is named, the others load", async ({ page }) => {
	server = await serve(folder);
	await page.route("**/api/workspace/batch", async (route) => {
		rmSync(path.join(folder, "logs/a.jsonl"), { force: true });
		await route.continue();
	});
	await page.goto(`${server.url}/sources`);
	await loaded(page);
	await expect(page.getByRole("row").filter({ hasText: "logs/a.jsonl" })).toContainText("failed");
	await expect(page.getByRole("row").filter({ hasText: "logs/b.jsonl" })).toContainText("partial");
});

test("a file that grows after the list was made is read as it is, and the page says that it changed", async ({ page }) => {
	server = await serve(folder);
	await page.route("**/api/workspace/batch", async (route) => {
		appendFileSync(path.join(folder, "logs/a.jsonl"), '{"n":5}\n');
		await route.continue();
	});
	await page.goto(`${server.url}/source?path=logs%2Fa.jsonl`);
	await loaded(page);
	await expect(page.locator("main")).toContainText("changed while it was read");
});

test("a server that dies while it sends leaves a clear message and a working page", async ({ page }) => {
	server = await serve(folder);
	const own = server;
	await page.route("**/api/workspace/batch", async (route) => {
		// Reading begins while the engine opens, and the engine comes from the same server.
		await page.waitForFunction(() => document.documentElement.dataset.loadPhase !== "opening");
		await own.stop();
		await route.continue();
	});
	await page.goto(`${server.url}/sources`);
	await loaded(page);
	await expect(page.getByRole("row").filter({ hasText: "logs/a.jsonl" })).toContainText("failed");
	await expect(page.locator("main")).toContainText("server stopped answering");
});

test("an empty folder says what would fill each page", async ({ page }) => {
	const calm = watch(page);
	rmSync(path.join(folder, "logs"), { recursive: true });
	server = await serve(folder);
	await page.goto(server.url);
	await loaded(page);
	for (const place of ["/", "/parity", "/sessions", "/teams", "/sources"]) {
		await visit(page, place);
		await expect(page.locator("main"), place).toContainText(/[Nn]o |none|not/);
	}
	calm();
});

test("any line of a large log is there at once", async ({ page }) => {
	const lines = 400_000;
	const chunk = Array.from({ length: 1000 }, (_, i) => `line ${String(i).padStart(4, "0")} ${"x".repeat(80)}`);
	for (let i = 0; i < lines / 1000; i++) appendFileSync(path.join(folder, "logs/big.log"), `${chunk.map((text) => `${i} ${text}`).join("\n")}\n`);
	server = await serve(folder);
	await page.goto(`${server.url}/source?path=logs%2Fbig.log&line=345678`);
	await loaded(page);
	await expect(page.locator("main")).toContainText("345 line 0677");
	await visit(page, `/source?path=logs%2Fbig.log&line=${lines}`);
	await expect(page.locator("main")).toContainText("399 line 0999");
});

test("loading shows how far it is, can be cancelled, and can be started again", async ({ page }) => {
	const calm = watch(page);
	server = await serve(folder);
	let release = () => {};
	const held = new Promise<void>((resolve) => {
		release = resolve;
	});
	await page.route("**/api/workspace/batch", async (route) => {
		await held;
		await route.continue().catch(() => {});
	});
	await page.goto(server.url);
	await expect(page.getByRole("progressbar", { name: "Loading" })).toBeVisible();
	await page.getByRole("button", { name: /^Cancel/ }).first().click();
	await expect(page.locator("html")).toHaveAttribute("data-load-phase", "cancelled");
	await expect(page.getByRole("progressbar", { name: "Loading" })).toHaveCount(0);
	release();
	await page.getByRole("button", { name: /Load again/ }).first().click();
	await loaded(page);
	await expect(page.locator("main")).toContainText("1 reject");
	calm();
});

test("an engine that dies is opened again, the workspace loads again and the page says so", async ({ page }) => {
	server = await serve(folder);
	await page.goto(`${server.url}/sources`);
	await loaded(page);
	const engine = page.workers().find((worker) => worker.url().includes("duckdb"));
	expect(engine).toBeDefined();
	await engine!.evaluate(() => {
		setTimeout(() => {
			throw new Error("killed by a test");
		}, 0);
	});
	await expect(page.getByText(/engine was restarted/).first()).toBeVisible({ timeout: 30_000 });
	await loaded(page);
	await expect(page.getByRole("row").filter({ hasText: "logs/a.jsonl" })).toContainText("ready");
});

test("a reader that is slower than the server gets every byte of a large file", async () => {
	// The server reads into memory that it uses again: nothing may be overwritten that has not left yet.
	const bytes = randomBytes(24 * 1024 * 1024);
	writeFileSync(path.join(folder, "large.bin"), bytes);
	server = await serve(folder);
	expect((await fetch(`${server.url}/api/workspace`)).status).toBe(200);
	const { url } = server;
	const response = await new Promise<IncomingMessage>((resolve, reject) => {
		request(`${url}/api/workspace/batch`, { method: "POST", headers: { "content-type": "application/json" } }, resolve).on("error", reject).end(JSON.stringify({ paths: ["large.bin"] }));
	});
	const decoder = new FrameDecoder();
	const hash = createHash("sha256");
	let said = "";
	for await (const piece of response) {
		for (const event of decoder.push(piece as Buffer)) {
			if (event.type === "data") hash.update(event.chunk);
			if (event.type === "end") said = event.sha256;
		}
		// Slow by design: until the next piece is asked for the connection fills, and the server has to wait.
		await new Promise((resolve) => setTimeout(resolve, 4));
	}
	expect(said).toBe(createHash("sha256").update(bytes).digest("hex"));
	expect(hash.digest("hex")).toBe(said);
});
