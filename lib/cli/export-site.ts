import { cp, mkdir, readdir, readFile, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import { CasebookError } from "@/lib/model";
import { folderWorkspace } from "@/lib/workspace/folder";
import { writeStaticWorkspace } from "@/lib/workspace/static-write";
import { clearOut, takeOut } from "./export-out";
import { buildSite } from "./setup/site.mjs";
import { withPolicy } from "./site-html";

export interface SiteOptions {
	/** the path under which the copy will be hosted: empty, or such as `/casebook` */
	base: string;
	/** globs of what is brought back, as for `serve` */
	include: readonly string[];
}

export interface SiteOutcome {
	/** files of the workspace that were copied, and their bytes */
	files: number;
	bytes: number;
	leftOut: number;
	/** files that could not be read; the list of the copy says why */
	failed: { path: string; message: string }[];
}

/** Entries of the copy's root that do not come from the build. */
const OWN = ["duckdb", "workers", "workspace", ".nojekyll"];

/**
 * Writes the app and the workspace `root` as files that any host can serve. `out` must be empty, absent, or an earlier
 * export, which is replaced. Nothing is written unless all that can be checked before is right. Throws with a sentence.
 */
export async function exportSite(root: string, out: string, options: SiteOptions): Promise<SiteOutcome> {
	await takeOut(root, out, options.include);
	const { files, beside, nonce } = await buildSite(options.base);
	await clearOut(out, [...(await readdir(files)), ...OWN]);
	for (const name of await readdir(files, { recursive: true })) {
		const from = path.join(files, name);
		if (!(await stat(from)).isFile()) continue;
		const to = path.join(out, name);
		await mkdir(path.dirname(to), { recursive: true });
		if (name.endsWith(".html")) await writeFile(to, withPolicy(await readFile(from, "utf8"), nonce));
		else await cp(from, to);
	}
	for (const { at, from } of beside) {
		await mkdir(path.dirname(path.join(out, at)), { recursive: true });
		await cp(from, path.join(out, at));
	}
	// One large host leaves out folders whose names begin with an underscore, unless this file is there.
	await writeFile(path.join(out, ".nojekyll"), "");
	return writeStaticWorkspace(folderWorkspace(root, { include: options.include }), path.join(out, "workspace"));
}

/** `--base` as it is used: with a slash before and none after; empty for the root. Throws with a sentence. */
export function baseOf(text: string): string {
	const base = text.replace(/\/+$/, "");
	if (base === "") return "";
	if (!/^(\/[\w.~-]+)+$/.test(base) || /\/\.{1,2}(\/|$)/.test(base)) throw new CasebookError({ kind: "refused", rule: "--base", message: `--base ${text}: a base is a path such as /casebook, of letters, digits and . _ ~ - only.` });
	return base;
}
