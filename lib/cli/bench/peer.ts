import { execFile } from "node:child_process";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";

/** As far as the bench uses it. */
export interface NativeConnection {
	run(sql: string): Promise<unknown>;
	runAndReadAll(sql: string): Promise<{ getRows(): unknown[][] }>;
	closeSync(): void;
}
export interface NativeInstance {
	connect(): Promise<NativeConnection>;
	closeSync(): void;
}
interface NativeModule {
	DuckDBInstance: { create(path: string): Promise<NativeInstance> };
}

const NAME: string = "@duckdb/node-api";
/** the release of DuckDB that the engine in the browser is */
const VERSION = "1.4.3-r.3";

/**
 * Native DuckDB. It is no dependency of Casebook, which never runs it: the bench fetches it once, into the system's temporary
 * folder. Throws when that cannot be done.
 */
export async function nativeDuckDb(): Promise<NativeModule> {
	const folder = path.join(tmpdir(), `casebook-bench-peer-${VERSION}`);
	const load = async () => (await import(pathToFileURL(createRequire(path.join(folder, "package.json")).resolve(NAME)).href)) as NativeModule;
	try {
		return await load();
	} catch {
		process.stderr.write(`  … fetching ${NAME} ${VERSION} for the comparison\n`);
		await promisify(execFile)("npm", ["install", "--no-save", "--no-package-lock", "--no-audit", "--no-fund", "--prefix", folder, `${NAME}@${VERSION}`], { cwd: tmpdir() });
		return load();
	}
}
