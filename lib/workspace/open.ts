import { type BigIntStats, constants } from "node:fs";
import { type FileHandle, open, readlink, realpath, stat } from "node:fs/promises";

/** Not all systems have them; 0 changes nothing there. */
const NO_FOLLOW = constants.O_NOFOLLOW ?? 0;
/** Opening a named pipe would wait for a writer. */
const NON_BLOCKING = constants.O_NONBLOCK ?? 0;
const FLAGS = constants.O_RDONLY | NO_FOLLOW | NON_BLOCKING;

/** Why one file cannot be read; the message is a sentence about the file, without its name. */
export class FileError extends Error {
	override name = "FileError";
}

/**
 * Opens a file that a walk listed, and makes sure of what was opened: between the walk and now a folder above it
 * may have become a link, or the file a link, a pipe or a device. `stats` are those of what was opened. The caller closes
 * the handle. Throws FileError.
 */
export async function openInside(root: Buffer, file: { absolute: Buffer; link: boolean }): Promise<{ handle: FileHandle; stats: BigIntStats }> {
	let handle: FileHandle | undefined;
	try {
		const real = await realpath(file.absolute, "buffer");
		if (!isInside(root, real)) throw new FileError("It is a link that leaves the folder now.");
		if (!file.link && !real.equals(file.absolute)) throw new FileError("It is a link now.");
		handle = await open(real, FLAGS);
		const stats = await handle.stat({ bigint: true });
		if (!stats.isFile()) throw new FileError("It is not a file any more.");
		const opened = await openedPath(handle, real, stats);
		if (opened === null || !isInside(root, opened)) throw new FileError("It was exchanged while it was opened.");
		return { handle, stats };
	} catch (error) {
		await handle?.close();
		throw asFileError(error);
	}
}

/** The path that a handle is open on: from the kernel where it tells, else by looking whether the path still is the same file. */
export async function openedPath(handle: FileHandle, path: Buffer, stats: { dev: bigint; ino: bigint }): Promise<Buffer | null> {
	if (process.platform === "linux") {
		try {
			return await readlink(`/proc/self/fd/${handle.fd}`, "buffer");
		} catch {
			// no /proc here
		}
	}
	const real = await realpath(path, "buffer");
	const now = await stat(real, { bigint: true });
	return now.dev === stats.dev && now.ino === stats.ino ? real : null;
}

/** Why a file cannot be opened (such as `EACCES`), or null. */
export async function probe(path: Buffer): Promise<string | null> {
	try {
		await (await open(path, FLAGS)).close();
		return null;
	} catch (error) {
		return errorCode(error);
	}
}

/** The first `limit` bytes of a regular file; links are not followed. Throws as `open` does, or FileError. */
export async function readSmallFile(path: Buffer, limit: number): Promise<Buffer> {
	const handle = await open(path, FLAGS);
	try {
		const stats = await handle.stat();
		if (!stats.isFile()) throw new FileError("It is not a file.");
		const buffer = Buffer.alloc(Math.min(stats.size, limit));
		let size = 0;
		while (size < buffer.length) {
			const { bytesRead } = await handle.read(buffer, size, buffer.length - size, size);
			if (bytesRead === 0) break;
			size += bytesRead;
		}
		return buffer.subarray(0, size);
	} finally {
		await handle.close();
	}
}

/** The system's word for an error, such as `ENOENT`. */
export function errorCode(error: unknown): string {
	if (typeof error === "object" && error !== null && "code" in error && typeof error.code === "string") return error.code;
	return error instanceof Error ? error.message : String(error);
}

export function asFileError(error: unknown): FileError {
	if (error instanceof FileError) return error;
	const code = errorCode(error);
	const message = code === "ENOENT" || code === "ENOTDIR" ? "It is not there any more." : code === "ELOOP" ? "It is a link now." : `It cannot be read (${code}).`;
	return new FileError(message, { cause: error });
}

/** Whether a real path is strictly below a real folder. */
export function isInside(root: Buffer, path: Buffer): boolean {
	const slash = 0x2f;
	if (root.length === 1) return path.length > 1;
	return path.length > root.length + 1 && path[root.length] === slash && path.subarray(0, root.length).equals(root);
}
