import { join } from "node:path";
import { leftOutByName, MAX_IGNORE_FILE_BYTES } from "./listing";
import { readSmallFile } from "./open";
import { type IgnoreFile, Includes, parseIgnoreFile } from "./rules";

/**
 * Why the walk of a folder would leave a file out that is saved under this path, or null: `.git`, `node_modules` and what `.gitignore` files name, unless
 * it is included. The same rules in the same order as `walk.ts`, for one path that need not exist yet.
 *
 * @param root real path of the folder
 */
export async function leftOutWhere(root: string, path: string, include: readonly string[]): Promise<string | null> {
	const includes = new Includes(include);
	const names = path.split("/");
	let ignores: readonly IgnoreFile[] = [];
	let raw = "";
	let reason: string | null = null;
	for (const [at, name] of names.entries()) {
		const isFolder = at < names.length - 1;
		if (reason === null) ignores = await withIgnoreFile(ignores, root, raw);
		raw += isFolder ? `${name}/` : name;
		const included = includes.names(raw);
		const rule = included ? null : leftOutByName(name, raw, ignores);
		if (included) reason = null;
		else if (rule !== null) reason ??= rule;
		if (reason !== null && isFolder && !includes.mayReachInto(name)) return reason;
	}
	return reason;
}

async function withIgnoreFile(ignores: readonly IgnoreFile[], root: string, folder: string): Promise<readonly IgnoreFile[]> {
	try {
		const bytes = await readSmallFile(Buffer.from(join(root, folder, ".gitignore")), MAX_IGNORE_FILE_BYTES);
		return [...ignores, parseIgnoreFile(folder, bytes.toString("utf8").replace(/^\ufeff/, ""))];
	} catch {
		// There is none, or none that can be read: the walk takes it for absent, too.
		return ignores;
	}
}
