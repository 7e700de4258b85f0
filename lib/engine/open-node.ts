import { nodeDriver } from "./driver-node";
import { openDuckDb } from "./duckdb-wasm";
import type { Engine } from "./engine";

/** The same engine for the command line and for tests. Kept apart from `open.ts` so that no browser bundle meets Node's modules. */
export async function openNodeEngine(): Promise<Engine> {
	return openDuckDb(await nodeDriver());
}
