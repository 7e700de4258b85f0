import { randomBytes } from "node:crypto";
import { type BigIntStats, constants } from "node:fs";
import { type FileHandle, link, lstat, mkdir, open, realpath, rename, rm, rmdir } from "node:fs/promises";
import { join } from "node:path";
import { CasebookError } from "@/lib/model";
import { errorCode, isInside, openedPath } from "./open";

/** The calls that put bytes on a disk; a test makes one of them fail. */
export interface Disk {
	write(handle: FileHandle, bytes: Uint8Array): Promise<void>;
	rename(from: string, to: string): Promise<void>;
	link(from: string, to: string): Promise<void>;
}

export const DISK: Disk = { write: (handle, bytes) => handle.writeFile(bytes), rename, link };

/** The file that is there already, as it was when it was looked at. */
export interface Before {
	stats: BigIntStats;
}

const NEW_FILE = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | (constants.O_NOFOLLOW ?? 0);

/**
 * Puts bytes under a name, whole or not at all: they are written to a hidden file beside it, and that takes the name when it is on
 * the disk. `before` is the file that is replaced, null for one that must not be there yet. False where the name holds another file
 * than that by now; nothing is changed then. Throws as the system does, and leaves nothing behind.
 *
 * @param root real path of the folder that all of it must lie in
 * @param folder a folder as `folderInside` gives it
 */
export async function putWhole(root: string, folder: string, name: string, bytes: Uint8Array, before: Before | null, disk: Disk): Promise<boolean> {
	const part = join(folder, `.casebook-${randomBytes(8).toString("hex")}.tmp`);
	const target = join(folder, name);
	const handle = await open(part, NEW_FILE, 0o666);
	try {
		try {
			await checkOpened(root, part, handle);
			await disk.write(handle, bytes);
			if (before !== null) await takeAfter(handle, before.stats);
			await handle.sync();
		} finally {
			await handle.close();
		}
		if (!(await isStill(target, before))) return false;
		if (before !== null) await disk.rename(part, target);
		else if (!(await createFrom(part, target, disk))) return false;
	} finally {
		await rm(part, { force: true });
	}
	await syncFolder(folder);
	return true;
}

/** The folder above may have become a link between looking and opening. */
async function checkOpened(root: string, part: string, handle: FileHandle): Promise<void> {
	const opened = await openedPath(handle, Buffer.from(part), await handle.stat({ bigint: true }));
	if (opened === null || !isInside(Buffer.from(root), opened)) throw new CasebookError({ kind: "refused", rule: "save", message: "The folder was exchanged while it was written to; nothing was saved. Try again." });
}

/** The new file has the rights of the old one, and its owner where the system lets us. */
async function takeAfter(handle: FileHandle, { mode, uid, gid }: BigIntStats): Promise<void> {
	const own = await handle.stat({ bigint: true });
	if (own.uid !== uid || own.gid !== gid) {
		// Only an administrator may give a file away.
		await handle.chown(Number(uid), Number(gid)).catch(() => undefined);
	}
	await handle.chmod(Number(mode & 0o7777n));
}

async function isStill(target: string, before: Before | null): Promise<boolean> {
	const now = await lstat(target, { bigint: true }).catch((error: unknown) => {
		if (errorCode(error) === "ENOENT") return null;
		throw error;
	});
	if (now === null || before === null) return now === null && before === null;
	const { stats } = before;
	return now.isFile() && now.ino === stats.ino && now.dev === stats.dev && now.size === stats.size && now.mtimeNs === stats.mtimeNs;
}

/** Gives a file a name that nobody has. A link never replaces; a file system without links is looked at again and renamed. */
async function createFrom(part: string, target: string, disk: Disk): Promise<boolean> {
	try {
		await disk.link(part, target);
		return true;
	} catch (error) {
		const code = errorCode(error);
		if (code === "EEXIST") return false;
		if (!["EPERM", "ENOSYS", "ENOTSUP", "EOPNOTSUPP", "EMLINK"].includes(code)) throw error;
		if (!(await isStill(target, null))) return false;
		await disk.rename(part, target);
		return true;
	}
}

async function syncFolder(folder: string): Promise<void> {
	try {
		const handle = await open(folder, constants.O_RDONLY);
		await handle.sync().finally(() => handle.close());
	} catch {
		// Not every system opens folders; the file itself is on the disk.
	}
}

/**
 * The folder at `names` below `root`, made where it is not there. No link is followed on the way. Throws CasebookError (`refused`) where
 * a name is a link or no folder, else as the system does; `undo` takes away what was made, as far as it is empty.
 */
export async function folderInside(root: string, names: readonly string[]): Promise<{ folder: string; undo: () => Promise<void> }> {
	const made: string[] = [];
	const undo = async () => {
		for (const folder of made.reverse()) await rmdir(folder).catch(() => undefined);
	};
	let folder = root;
	try {
		for (const [at, name] of names.entries()) {
			folder = join(folder, name);
			const found = await lstat(folder).catch((error: unknown) => {
				if (errorCode(error) === "ENOENT") return null;
				throw error;
			});
			if (found === null) {
				await mkdir(folder);
				made.push(folder);
			} else if (!found.isDirectory()) {
				const path = names.slice(0, at + 1).join("/");
				throw new CasebookError({ kind: "refused", rule: "save", message: `${path} is ${found.isSymbolicLink() ? "a link" : "no folder"}; nothing is saved through it.` });
			}
		}
		if (names.length > 0 && !isInside(Buffer.from(root), await realpath(folder, "buffer"))) throw new CasebookError({ kind: "refused", rule: "save", message: `${names.join("/")} leads out of the folder; nothing is saved there.` });
		return { folder, undo };
	} catch (error) {
		await undo();
		throw error;
	}
}

/** What the system said, as a sentence of what to do. A CasebookError stays what it is. */
export function notSaved(path: string, error: unknown): CasebookError {
	if (error instanceof CasebookError) return error;
	const code = errorCode(error);
	const refused = (why: string) => new CasebookError({ kind: "refused", rule: "no place to save", message: `${path} was not saved, and what was there is as it was: ${why}` }, error);
	switch (code) {
		case "ENOSPC":
		case "EDQUOT":
			return refused("the disk has no room left. Make room and save again, or download it.");
		case "EACCES":
		case "EPERM":
		case "EROFS":
			return refused("the file or its folder is read-only for Casebook. Change that, or download it.");
		case "ENAMETOOLONG":
			return refused("its name is too long for this disk.");
		case "ELOOP":
			return refused("a name on its way is a link.");
		case "ENOENT":
		case "ENOTDIR":
			return refused("its folder went away meanwhile. Save again.");
		default:
			return refused(`the system says ${code}.`);
	}
}
