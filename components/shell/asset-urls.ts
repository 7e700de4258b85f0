/** Where the engine and the reader are served from. The engine's path carries its version, so that it can be kept for ever. */
export const ENGINE_VERSION = "1.32.0";

const origin = typeof location === "undefined" ? "" : location.origin;

export const ENGINE_URLS = {
	worker: `${origin}/duckdb/${ENGINE_VERSION}/duckdb-browser-eh.worker.js`,
	wasm: `${origin}/duckdb/${ENGINE_VERSION}/duckdb-eh.wasm`,
};

export const PARSE_WORKER_URL = `${origin}/workers/parse.js`;
