import { ignoredBy, type IgnoreFile } from "./rules";
import type { FileEntry } from "./types";

/** What the lists of every kind of workspace have in common: limits, reasons, names, order. */

/** Larger files are left out unless they are included. */
export const MAX_FILE_BYTES = 512 * 1024 * 1024;
/** Folders nested deeper are left out. */
export const MAX_DEPTH = 64;
/** A walk lists no more entries; the folder in which it stops says so. */
export const MAX_ENTRIES = 200_000;
/** A `.gitignore` is read up to this size. */
export const MAX_IGNORE_FILE_BYTES = 1024 * 1024;

export const ESCAPED_NAME = "the name holds bytes that are no printable text; they are written as escapes";
export const TOO_LARGE = `larger than ${MAX_FILE_BYTES / 1024 / 1024} MiB`;
export const TOO_DEEP = `deeper than ${MAX_DEPTH} folders`;

/** What a server with `--write` keeps beside the notebooks. */
export const OWN_FOLDER = ".casebook";

/** A notebook on its way to the disk (`write-atomic.ts`): there for a moment, and never listed. */
export function isHalfWritten(name: string): boolean {
	return /^\.casebook-[0-9a-f]{16}\.tmp$/.test(name);
}

/** Why a name is left out, or null. `raw` is its path in the file system's own characters; a folder's ends with `/`. */
export function leftOutByName(name: string, raw: string, ignores: readonly IgnoreFile[]): string | null {
	if (name === ".git") return "version control data";
	if (name === "node_modules") return "installed packages";
	if (name === OWN_FOLDER) return "kept by Casebook: short links";
	const file = ignoredBy(ignores, raw);
	return file === null ? null : `named by ${file}`;
}

/** The entries of a walk as they are found. */
export class Listing {
	readonly entries: FileEntry[] = [];
	private readonly paths = new Set<string>();

	get full(): boolean {
		return this.entries.length >= MAX_ENTRIES;
	}

	serve(path: string, bytes: number, time: number, note: string | null): void {
		this.entries.push({ path, bytes, modified_at: isoTime(time), state: "served", note });
	}

	leaveOut(path: string, bytes: number, time: number, note: string): void {
		this.entries.push({ path, bytes, modified_at: isoTime(time), state: "left out", note });
	}

	/** Said of the folder (`""` or ending with `/`) in which a walk stops because the list is full. */
	stopAt(folder: string, advice: string): void {
		this.leaveOut(folder === "" ? "./" : folder, 0, 0, `only the first ${MAX_ENTRIES} files of the workspace are listed; ${advice}`);
	}

	/** Two names can be written alike once they are escaped; the second becomes `…~2`. */
	unique(path: string, end: string): string {
		let unique = `${path}${end}`;
		for (let n = 2; this.paths.has(unique); n++) unique = `${path}~${n}${end}`;
		this.paths.add(unique);
		return unique;
	}

	/** All entries in the order of a manifest. */
	sorted(): FileEntry[] {
		return this.entries.sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
	}
}

/** A file time as RFC 3339; what no calendar holds becomes its nearest end. */
export function isoTime(ms: number): string {
	const end = 8.64e15;
	return new Date(Math.min(end, Math.max(-end, Math.trunc(ms)))).toISOString();
}
