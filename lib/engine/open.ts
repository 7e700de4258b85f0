import { CasebookError } from "@/lib/model";
import { type BrowserEngineUrls, browserDriver } from "./driver-browser";
import { openDuckDb } from "./duckdb-wasm";
import type { Engine } from "./engine";

/** The one place that chooses an engine for the browser. Fails with `engine-lost` when it cannot start. */
export async function openEngine(urls: BrowserEngineUrls): Promise<Engine> {
	try {
		return await openDuckDb(await browserDriver(urls));
	} catch (error) {
		throw new CasebookError({ kind: "engine-lost", message: `The engine could not start: ${error instanceof Error ? error.message : String(error)}` }, error);
	}
}
