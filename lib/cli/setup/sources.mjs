import { createHash } from "node:crypto";
import { readFile, readdir } from "node:fs/promises";
import { join } from "node:path";
import { ROOT } from "./base.mjs";

/** What the built application consists of. */
const PARTS = ["app", "components", "lib", "public", "package-lock.json", "next.config.mjs", "proxy.ts", "tsconfig.json"];
/** Not part of it: tests and their fixtures, the command line, what a start itself puts into `public`. */
const SKIPPED = /(^|\/)(fixtures|\..*)(\/|$)|\.test\.tsx?$|\.md$|^lib\/cli(\/|$)|^public\/(duckdb|workers)(\/|$)/;

/** Whether a file or folder of the repository can be part of the built application. */
export function isSource(path) {
	return !SKIPPED.test(path);
}

/** One hash over the names and bytes of everything that a build reads. */
export async function sourceHash() {
	const paths = [];
	for (const part of PARTS) await collect(part, paths);
	const hash = createHash("sha256").update(process.versions.node.split(".")[0]);
	for (const path of paths.sort()) hash.update(`\0${path}\0`).update(await readFile(join(ROOT, path)));
	return hash.digest("hex");
}

async function collect(path, into) {
	if (!isSource(path)) return;
	let entries;
	try {
		entries = await readdir(join(ROOT, path), { withFileTypes: true });
	} catch (error) {
		if (error.code === "ENOTDIR") into.push(path);
		else if (error.code !== "ENOENT") throw error;
		return;
	}
	for (const entry of entries) {
		const below = `${path}/${entry.name}`;
		if (entry.isDirectory()) await collect(below, into);
		else if (entry.isFile() && isSource(below)) into.push(below);
	}
}
