import type { Engine } from "@/lib/engine/engine";
import { openEngine } from "@/lib/engine/open";
import type { Emit } from "@/lib/load/events";
import { loadInWorker } from "@/lib/load/load-in-worker";
import { Loader } from "@/lib/load/loader";

/** What the bench's page does; `browser.ts` calls it from outside. The workers and the engine are those of the app. */
export interface BenchPage {
	/** Opens an engine, or a fresh one in the place of the last. */
	open(): Promise<void>;
	/** Makes the tables anew and loads the served folder; milliseconds of the load. */
	load(): Promise<number>;
	/** Opens an engine and loads the served folder as the app does: reading begins while the engine opens. */
	cold(): Promise<void>;
	/** The first value of a query's first row. */
	ask(sql: string): Promise<string | null>;
	/** Drops all tables and views of sources. */
	drop(): Promise<void>;
}

let engine: Engine | null = null;

function opened(): Engine {
	if (engine === null) throw new Error("The page has no engine yet.");
	return engine;
}

async function names(sql: string): Promise<string[]> {
	const result = await opened().query(sql);
	await result.complete;
	return Array.from({ length: result.numRows }, (_, row) => result.text(row, 0) ?? "");
}

async function read(take: Emit): Promise<void> {
	await loadInWorker(`${location.origin}/parse.js`, { kind: "served", origin: location.origin }, take, new AbortController().signal);
}

const page: BenchPage = {
	async open() {
		await engine?.close();
		engine = await openEngine({ worker: `${location.origin}/engine.js`, wasm: `${location.origin}/engine.wasm` });
	},
	async load() {
		const loader = await Loader.prepare(opened());
		const start = performance.now();
		await read((event) => loader.take(event));
		return performance.now() - start;
	},
	async cold() {
		const opening = page.open().then(() => Loader.prepare(opened()));
		await read(async (event) => (await opening).take(event));
	},
	async ask(sql) {
		return (await names(sql))[0] ?? null;
	},
	async drop() {
		const views = await names("SELECT view_name FROM duckdb_views() WHERE database_name = 'ws' AND NOT internal");
		const tables = await names("SELECT table_name FROM duckdb_tables() WHERE database_name = 'ws'");
		const quoted = (name: string) => `"${name.replaceAll('"', '""')}"`;
		await opened().define([...views.map((name) => `DROP VIEW ws.main.${quoted(name)};`), ...tables.map((name) => `DROP TABLE ws.main.${quoted(name)};`)].join("\n"));
	},
};

Object.assign(globalThis, { bench: page });
