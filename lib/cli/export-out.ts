import { mkdir, readdir, readFile, realpath, rm, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import { CasebookError } from "@/lib/model";
import { leftOutByName } from "@/lib/workspace/listing";
import { type IgnoreFile, parseIgnoreFile } from "@/lib/workspace/rules";

/** Says which entries of a folder an export wrote, so that the next one replaces those and nothing else. */
export const MARKER = "casebook-export.json";
const FORMAT = "casebook.site.v1";

function refused(message: string): CasebookError {
	return new CasebookError({ kind: "refused", rule: "export target", message });
}

/**
 * Makes sure that an export may be written to `out`, and writes nothing: it is absent, empty, or an earlier export, and
 * it is no part of the workspace `root` unless a `.gitignore` leaves it out. Throws a CasebookError (`refused`).
 */
export async function takeOut(root: string, out: string, include: readonly string[]): Promise<void> {
	const names = await namesIn(out);
	if (names.length > 0 && !names.includes(MARKER)) throw refused(`${out} holds ${names.sort()[0]}${names.length > 1 ? ` and ${names.length - 1} more` : ""}, which no export wrote. Name an empty folder, a new one, or one of an earlier export.`);
	const folder = await realpath(root);
	const target = await realOf(out);
	if (isBelow(target, folder) || target === folder) throw refused(`${out} holds the workspace that is to be exported. Name another folder for the copy.`);
	if (!isBelow(folder, target)) return;
	const parts = path.relative(folder, target).split(path.sep);
	if (include.length === 0 && (await isLeftOut(folder, parts))) return;
	throw refused(`${out} lies in the workspace, which would hold its own copy from then on. Name a folder outside it${include.length === 0 ? ", or one that its .gitignore names" : ""}.`);
}

/**
 * Removes what an earlier export wrote and notes what the new one will write at the top of `out`. Throws a CasebookError
 * (`refused`) where something else has one of those names, and then removes nothing.
 */
export async function clearOut(out: string, entries: readonly string[]): Promise<void> {
	await mkdir(out, { recursive: true });
	const old = await entriesOf(out);
	const foreign = (await namesIn(out)).find((name) => entries.includes(name) && !old.includes(name));
	if (foreign !== undefined) throw refused(`${path.join(out, foreign)} was not written by the earlier export there, and the new one needs the name. Move it away.`);
	await note(out, [...new Set([...old, ...entries])]);
	for (const name of old) await rm(path.join(out, name), { recursive: true, force: true });
	await note(out, entries);
}

async function note(out: string, entries: readonly string[]): Promise<void> {
	await writeFile(path.join(out, MARKER), `${JSON.stringify({ format: FORMAT, entries: [...entries].sort() }, null, "\t")}\n`);
}

async function entriesOf(out: string): Promise<string[]> {
	const text = await readFile(path.join(out, MARKER), "utf8").catch(() => null);
	if (text === null) return [];
	let value: unknown;
	try {
		value = JSON.parse(text);
	} catch {
		value = null;
	}
	const entries = typeof value === "object" && value !== null && "format" in value && value.format === FORMAT && "entries" in value ? value.entries : null;
	const isName = (name: unknown) => typeof name === "string" && name !== "" && name !== "." && name !== ".." && !/[\\/]/.test(name);
	if (!Array.isArray(entries) || !entries.every(isName)) throw refused(`${path.join(out, MARKER)} is not what an export writes. Name another folder, or remove the earlier export yourself.`);
	return entries as string[];
}

async function namesIn(folder: string): Promise<string[]> {
	try {
		return await readdir(folder);
	} catch (error) {
		const { code } = error as NodeJS.ErrnoException;
		if (code === "ENOENT") return [];
		throw code === "ENOTDIR" ? refused(`${folder} is a file. Name a folder for the copy.`) : error;
	}
}

/** The real path of a folder, also where its last parts are not there yet. */
async function realOf(folder: string): Promise<string> {
	const found = await stat(folder).catch(() => null);
	if (found !== null) return realpath(folder);
	return path.join(await realOf(path.dirname(folder)), path.basename(folder));
}

function isBelow(folder: string, target: string): boolean {
	return target.startsWith(folder.endsWith(path.sep) ? folder : `${folder}${path.sep}`);
}

/** Whether the walk of the workspace would leave out the folder, or one above it. */
async function isLeftOut(root: string, parts: readonly string[]): Promise<boolean> {
	const ignores: IgnoreFile[] = [];
	let raw = "";
	for (const name of parts) {
		const text = await readFile(path.join(root, raw, ".gitignore"), "utf8").catch(() => null);
		if (text !== null) ignores.push(parseIgnoreFile(raw, text));
		raw += `${name}/`;
		if (leftOutByName(name, raw, ignores) !== null) return true;
	}
	return false;
}
