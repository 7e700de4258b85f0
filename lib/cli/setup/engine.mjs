import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { readFile, readdir, rm } from "node:fs/promises";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip as gzipCompress } from "node:zlib";
import { inRoot, kept, Stop, sha256Of, textOf, writeWhole } from "./base.mjs";

/** The engine that Casebook is tested with. Its npm packages were tampered with once, hence the hashes. */
export const ENGINE_VERSION = "1.32.0";
const DIST = ["node_modules", "@duckdb", "duckdb-wasm", "dist"];
const SERVED = {
	"duckdb-eh.wasm": "4c221bfa59c11f24dbd750e70c90b9252eca6eec5633936e6a2ec766e55fd879",
	"duckdb-browser-eh.worker.js": "f8ab72b6b90b3ad83077d47426d4a99d5d9a4c7e07cba1a2be37d655adc7c1ab",
};
/** What the command line runs. */
const IN_NODE = {
	"duckdb-node-blocking.cjs": "d28dc07e305ca0699537d00adcebdfdb835318705f7745f3cbba579e8c3b0096",
	"duckdb-node-eh.worker.cjs": "b46d6569cd5801a9a6e977af8dc79be27fa956066a723903766ca3d30ba6dca6",
};

/**
 * Puts the engine's files into `public/duckdb/<version>/`, compressed once, after making sure that they are the ones
 * that were tested. `headers()` in next.config.mjs says that they are brotli and never change. Over plain http to another
 * host browsers take gzip only, which lies in `gzip/` beside them; proxy.ts chooses.
 */
export async function provideEngine() {
	await checked(IN_NODE);
	await checked(SERVED);
	const folder = inRoot("public", "duckdb");
	const note = kept("engine.json");
	const known = parsed(await textOf(note));
	const made = {};
	for (const [name, sha256] of Object.entries(SERVED)) {
		for (const [key, compressed] of [[name, brotli], [`gzip/${name}`, gzip]]) {
			const target = inRoot("public", "duckdb", ENGINE_VERSION, ...key.split("/"));
			if (known[key]?.of !== sha256 || !existsSync(target) || (await sha256Of(target)) !== known[key].sha256) {
				const small = await compressed(await readFile(inRoot(...DIST, name)));
				await writeWhole(target, small);
				made[key] = { of: sha256, sha256: createHash("sha256").update(small).digest("hex") };
			} else made[key] = known[key];
		}
	}
	if (JSON.stringify(made) !== JSON.stringify(known)) await writeWhole(note, JSON.stringify(made));
	for (const version of await readdir(folder)) if (version !== ENGINE_VERSION) await rm(inRoot("public", "duckdb", version), { recursive: true });
}

/** The engine's files for the browser: `at` (from the root of the app), and where they lie whole and compressed. */
export function engineFiles() {
	return Object.keys(SERVED).map((name) => ({ at: `duckdb/${ENGINE_VERSION}/${name}`, whole: inRoot(...DIST, name), brotli: inRoot("public", "duckdb", ENGINE_VERSION, name), gzip: inRoot("public", "duckdb", ENGINE_VERSION, "gzip", name) }));
}

async function checked(files) {
	for (const [name, sha256] of Object.entries(files)) {
		const path = inRoot(...DIST, name);
		if (!existsSync(path)) throw new Stop(`${name} of @duckdb/duckdb-wasm is missing. Remove node_modules and start again.`);
		const found = await sha256Of(path);
		if (found !== sha256) {
			throw new Stop(`${name} of @duckdb/duckdb-wasm is not the file of ${ENGINE_VERSION} that Casebook was tested with (sha256 ${found}, expected ${sha256}). Remove node_modules and start again; if it stays so, do not run it.`);
		}
	}
}

const brotliOf = promisify(brotliCompress);
const gzip = promisify(gzipCompress);

function brotli(bytes) {
	return brotliOf(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 5, [constants.BROTLI_PARAM_LGWIN]: 22, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } });
}

function parsed(text) {
	try {
		return JSON.parse(text ?? "{}");
	} catch {
		return {};
	}
}
