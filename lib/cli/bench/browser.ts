import { readFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import { createRequire } from "node:module";
import path from "node:path";
import { Readable } from "node:stream";
import { build } from "esbuild";
import type { Browser, Page } from "playwright";
import { DATA_HEADERS } from "@/lib/workspace/guard";
import { ServedFolder } from "@/lib/workspace/served";
import { launchBrowser } from "./app";
import type { Machine } from "./figure";
import type { BenchPage } from "./page";


/** A real browser on a page with the app's engine and its two workers, served by a small server of this process. */
export interface BenchBrowser {
	/** Calls a function of the page. */
	call<K extends keyof BenchPage>(name: K, ...args: Parameters<BenchPage[K]>): Promise<Awaited<ReturnType<BenchPage[K]>>>;
	/** process id of the tab, where the page and its workers are */
	tab(): Promise<number>;
	version: string;
	close(): Promise<void>;
}

/** Opens the browser on a folder. */
export async function openBrowser(machine: Machine, folder: string): Promise<BenchBrowser> {
	const server = await serve(machine.root, folder);
	const address = server.address();
	if (address === null || typeof address === "string") throw new Error("The bench's server has no port.");
	let browser: Browser;
	try {
		browser = await launchBrowser(machine);
	} catch (error) {
		server.close();
		throw error;
	}
	const page = await (await browser.newContext()).newPage();
	await page.goto(`http://127.0.0.1:${address.port}/`);
	return {
		version: browser.version(),
		call: (name, ...args) => page.evaluate(([method, values]) => ((globalThis as unknown as { bench: Record<string, (...all: unknown[]) => unknown> }).bench[method] as (...all: unknown[]) => unknown)(...values), [name, args] as [string, unknown[]]) as never,
		tab: () => tabProcess(browser, page),
		async close() {
			await browser.close();
			server.closeAllConnections();
			server.close();
		},
	};
}

async function tabProcess(browser: Browser, page: Page): Promise<number> {
	const session = await browser.newBrowserCDPSession();
	const { processInfo } = await session.send("SystemInfo.getProcessInfo");
	await session.detach();
	const tabs = processInfo.filter((info) => info.type === "renderer");
	// The page's own process has used more time than a spare one.
	const busiest = tabs.sort((a, b) => b.cpuTime - a.cpuTime)[0];
	if (!busiest) throw new Error(`No process shows ${page.url()}.`);
	return busiest.id;
}

async function serve(root: string, folder: string): Promise<Server> {
	const require = createRequire(import.meta.url);
	const dist = path.dirname(require.resolve("@duckdb/duckdb-wasm/dist/duckdb-eh.wasm"));
	const files = new Map<string, { type: string; bytes: Uint8Array }>([
		["/", { type: "text/html", bytes: new TextEncoder().encode('<!doctype html><meta charset="utf-8"><title>bench</title><script src="/page.js"></script>') }],
		["/page.js", { type: "text/javascript", bytes: await bundle(root, "lib/cli/bench/page.ts") }],
		["/parse.js", { type: "text/javascript", bytes: await bundle(root, "lib/load/parse-worker.ts") }],
		["/engine.js", { type: "text/javascript", bytes: Buffer.concat([await bundle(root, "lib/engine/engine-worker.ts"), await readFile(path.join(dist, "duckdb-browser-eh.worker.js"))]) }],
		["/engine.wasm", { type: "application/wasm", bytes: await readFile(path.join(dist, "duckdb-eh.wasm")) }],
	]);
	const served = new ServedFolder(folder, []);
	const server = createServer(async (request, response) => {
		try {
			const { pathname } = new URL(request.url ?? "/", "http://127.0.0.1");
			const file = files.get(pathname);
			if (file) response.writeHead(200, { "Content-Type": file.type }).end(file.bytes);
			else if (pathname === "/api/workspace") response.writeHead(200, { "Content-Type": "application/json" }).end(JSON.stringify(await served.manifest()));
			else if (pathname === "/api/workspace/batch") Readable.fromWeb((await served.batch(await textOf(request))) as never).pipe(response.writeHead(200, DATA_HEADERS));
			else response.writeHead(404).end();
		} catch (error) {
			response.writeHead(500).end(error instanceof Error ? error.message : String(error));
		}
	});
	await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
	return server;
}

async function textOf(request: AsyncIterable<Uint8Array>): Promise<string> {
	const chunks: Uint8Array[] = [];
	for await (const chunk of request) chunks.push(chunk);
	return Buffer.concat(chunks).toString("utf8");
}

/** As the app's own build bundles its worker. */
async function bundle(root: string, entry: string): Promise<Uint8Array> {
	const result = await build({ entryPoints: [path.join(root, entry)], bundle: true, write: false, minify: true, platform: "browser", conditions: ["worker"], format: "iife", target: "es2022", alias: { "@": root }, define: { "process.env.NODE_ENV": '"production"' }, legalComments: "none", logLevel: "silent" });
	return result.outputFiles[0]!.contents;
}
