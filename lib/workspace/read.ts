import { createHash } from "node:crypto";
import { type FileHandle, stat } from "node:fs/promises";
import { CasebookError } from "@/lib/model";
import { isoTime } from "./listing";
import { asFileError, openInside } from "./open";
import { checkCancelled, checkRange, NOT_IN_WORKSPACE, notInWorkspace } from "./range";
import { CHUNK_BYTES, type FileRange, type StreamEvent } from "./types";
import type { Located, Snapshot } from "./walk";

/**
 * Streams files of a snapshot; only its exact paths are answered. Of each file as many bytes are read as it had when
 * it was opened, so that a log that is being written to comes to an end; `changed` says that there is more or other.
 */
export async function* readFiles(snapshot: Snapshot, paths: readonly string[], signal?: AbortSignal): AsyncGenerator<StreamEvent> {
	for (const path of paths) {
		checkCancelled(signal);
		const file = snapshot.files.get(path);
		if (file === undefined) yield { type: "error", path, message: NOT_IN_WORKSPACE };
		else yield* readFile(snapshot, path, file, signal);
	}
}

async function* readFile(snapshot: Snapshot, path: string, file: Located, signal?: AbortSignal): AsyncGenerator<StreamEvent> {
	let handle: FileHandle | undefined;
	try {
		try {
			handle = await openInside(snapshot.root, file);
			const opened = await handle.stat({ bigint: true });
			const size = Number(opened.size);
			yield { type: "start", path, bytes: size, modifiedAt: isoTime(Number(opened.mtimeMs)) };
			const hash = createHash("sha256");
			let sent = 0;
			while (sent < size) {
				checkCancelled(signal);
				const chunk = await readChunk(handle, sent, Math.min(CHUNK_BYTES, size - sent));
				if (chunk.length === 0) break;
				hash.update(chunk);
				sent += chunk.length;
				yield { type: "data", path, chunk };
			}
			yield { type: "end", path, sha256: hash.digest("hex"), bytes: sent, changed: sent !== file.bytes || (await isOther(file)) };
		} finally {
			await handle?.close();
		}
	} catch (error) {
		if (error instanceof CasebookError) throw error;
		yield { type: "error", path, message: asFileError(error).message };
	}
}

/** Whether what the path names by now, if anything, has another size or time than the walk saw. */
async function isOther(file: Located): Promise<boolean> {
	try {
		const now = await stat(file.absolute, { bigint: true });
		return Number(now.size) !== file.bytes || now.mtimeNs !== file.mtimeNs;
	} catch {
		return true;
	}
}

/** Bytes `[from, to)` of a file of the snapshot. Throws CasebookError: `refused`, `limit` or `source`. */
export async function readRange(snapshot: Snapshot, path: string, from: number, to: number): Promise<FileRange> {
	checkRange(path, from, to);
	const opened = await openFile(snapshot, path);
	try {
		const bytes = await readChunk(opened.handle, from, Math.max(0, Math.min(to, opened.size) - from));
		return { bytes, modifiedAt: opened.modifiedAt, size: opened.size };
	} catch (error) {
		throw new CasebookError({ kind: "source", path, message: `${path}: ${asFileError(error).message}` }, error);
	} finally {
		await opened.handle.close();
	}
}

/** Opens a file of the snapshot; the caller closes the handle. Throws CasebookError: `refused` or `source`. */
export async function openFile(snapshot: Snapshot, path: string): Promise<{ handle: FileHandle; size: number; modifiedAt: string }> {
	const file = snapshot.files.get(path);
	if (file === undefined) throw notInWorkspace(path);
	let handle: FileHandle | undefined;
	try {
		handle = await openInside(snapshot.root, file);
		const stats = await handle.stat();
		return { handle, size: stats.size, modifiedAt: isoTime(stats.mtimeMs) };
	} catch (error) {
		await handle?.close();
		throw new CasebookError({ kind: "source", path, message: `${path}: ${asFileError(error).message}` }, error);
	}
}

/** A fresh buffer with up to `length` bytes from `position`; shorter only at the file's end. */
export async function readChunk(handle: FileHandle, position: number, length: number): Promise<Uint8Array> {
	const buffer = new Uint8Array(length);
	let size = 0;
	while (size < length) {
		const { bytesRead } = await handle.read(buffer, size, length - size, position + size);
		if (bytesRead === 0) break;
		size += bytesRead;
	}
	return size === length ? buffer : buffer.subarray(0, size);
}
