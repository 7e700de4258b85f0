import { createHash } from "node:crypto";
import { constants } from "node:fs";
import { access, lstat, open, realpath } from "node:fs/promises";
import { join } from "node:path";
import { CasebookError } from "@/lib/model";
import { type Before, DISK, type Disk, folderInside, notSaved, putWhole } from "./write-atomic";
import { type Expected, MAX_NOTEBOOK_BYTES, savePathProblem } from "./write-path";
import { leftOutWhere } from "./write-rules";
import { errorCode } from "./open";

/** A notebook that somebody wants in the folder. */
export interface Wanted {
	path: string;
	bytes: Uint8Array;
	expected: Expected;
	/** whether a text is a notebook: nothing else is written, and nothing else is replaced */
	isNotebook: (text: string) => boolean;
}

/** `sha256` in hex. `other version`: the file is not what was expected, and this is what it is; null where there is none. */
export type Saved = { state: "saved"; sha256: string; isNew: boolean } | { state: "other version"; sha256: string | null; text: string | null };

/** A file that changes more often while it is saved is left alone. */
const LOOKS = 5;
const READ = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

/**
 * Saves a notebook into a folder, whole or not at all, and only over the version that was expected. Saving what is there already is
 * a save. Throws CasebookError: `limit`, or `refused` with a sentence; the file is as it was then.
 */
export async function saveNotebook(folder: string, include: readonly string[], wanted: Wanted, disk: Disk = DISK): Promise<Saved> {
	const { path, bytes, isNotebook } = wanted;
	const problem = savePathProblem(path);
	if (problem !== null) throw refused("save", problem);
	if (bytes.length > MAX_NOTEBOOK_BYTES) throw new CasebookError({ kind: "limit", what: "bytes of a notebook", limit: String(MAX_NOTEBOOK_BYTES), message: `${path} would be ${bytes.length} bytes; a notebook that is saved has at most ${MAX_NOTEBOOK_BYTES}.` });
	const text = textOf(bytes);
	if (text === null || !isNotebook(text)) throw refused("save", `${path} was not saved: it is no notebook. Its front matter has to say casebook: 1.`);
	try {
		const root = await realpath(folder);
		const leftOut = await leftOutWhere(root, path, include);
		if (leftOut !== null) throw refused("save", `${path} was not saved: Casebook leaves it out (${leftOut}) and could not read it again. Choose another place.`);
		const names = path.split("/");
		const place = await folderInside(root, names.slice(0, -1));
		let saved: Saved | undefined;
		try {
			saved = await put(root, place.folder, names.at(-1)!, wanted, disk);
			return saved;
		} finally {
			if (saved?.state !== "saved") await place.undo();
		}
	} catch (error) {
		throw notSaved(path, error);
	}
}

async function put(root: string, folder: string, name: string, { path, bytes, expected, isNotebook }: Wanted, disk: Disk): Promise<Saved> {
	const mine = sha256(bytes);
	// A second look where the file became another between looking and replacing it; the answer then says what it is.
	for (let look = 0; look < LOOKS; look++) {
		const there = await lookAt(join(folder, name), path, isNotebook);
		if (there?.sha256 === mine) return { state: "saved", sha256: mine, isNew: false };
		const fits = expected.kind === "new" ? there === null : there?.sha256 === expected.sha256;
		if (!fits) return { state: "other version", sha256: there?.sha256 ?? null, text: there?.text ?? null };
		if (there !== null) await access(join(folder, name), constants.W_OK);
		if (await putWhole(root, folder, name, bytes, there, disk)) return { state: "saved", sha256: mine, isNew: there === null };
	}
	throw refused("no place to save", `${path} was not saved: another program changes it all the time. Save again when it has ended.`);
}

interface There extends Before {
	sha256: string;
	text: string;
}

/** The notebook that is there, or null. Throws CasebookError (`refused`) where something else is. */
async function lookAt(target: string, path: string, isNotebook: (text: string) => boolean): Promise<There | null> {
	const found = await lstat(target).catch(() => null);
	if (found?.isSymbolicLink()) throw refused("save", `${path} is a link; nothing is saved through it.`);
	const handle = await open(target, READ).catch((error: unknown) => {
		if (errorCode(error) === "ENOENT") return null;
		if (errorCode(error) === "ELOOP" || errorCode(error) === "EMLINK") throw refused("save", `${path} is a link; nothing is saved through it.`);
		throw error;
	});
	if (handle === null) return null;
	try {
		const stats = await handle.stat({ bigint: true });
		if (!stats.isFile()) throw refused("not saved over", `${path} is no file; nothing was saved over it.`);
		if (Number(stats.size) > MAX_NOTEBOOK_BYTES) throw refused("not saved over", `${path} in the folder is ${stats.size} bytes, more than a notebook has; nothing was saved over it.`);
		const bytes = await handle.readFile();
		const text = textOf(bytes);
		if (text === null || !isNotebook(text)) throw refused("not saved over", `${path} in the folder is ${text === null ? "no UTF-8 text" : "no notebook"}; nothing was saved over it. Choose another name.`);
		return { stats, sha256: sha256(bytes), text };
	} finally {
		await handle.close();
	}
}

function textOf(bytes: Uint8Array): string | null {
	try {
		return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
	} catch {
		return null;
	}
}

function sha256(bytes: Uint8Array): string {
	return createHash("sha256").update(bytes).digest("hex");
}

function refused(rule: string, message: string): CasebookError {
	return new CasebookError({ kind: "refused", rule, message });
}
