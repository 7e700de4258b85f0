import { createHash } from "node:crypto";
import { type FileHandle, stat } from "node:fs/promises";
import { CasebookError } from "@/lib/model";
import { isoTime } from "./listing";
import { asFileError, openInside } from "./open";
import { checkCancelled, checkRange, NOT_IN_WORKSPACE, notInWorkspace } from "./range";
import { CHUNK_BYTES, type FileRange, type StreamEvent } from "./types";
import type { Located, Snapshot } from "./walk";

/** So many small files are opened and read while those before them are handed on: opening one is seven calls that each wait for the disk. */
const AHEAD_FILES = 16;
/** The most that a file may hold to be read ahead. */
const AHEAD_BYTES = 256 * 1024;

/** So many pieces of a large file are never under way at once: a server has one read, one held and one on its way to the socket. */
const RING = 8;

/**
 * Memory for the pieces of large files, used in turn: fresh memory for each costs a server more than reading them. For a consumer that is done with
 * a piece before it has asked for `RING` more, as one is that writes to a socket and waits until it has taken them.
 */
export class PieceRing {
	private readonly pieces: Uint8Array<ArrayBuffer>[] = [];
	private turn = 0;

	/** Memory for a piece of `CHUNK_BYTES`. */
	next(): Uint8Array<ArrayBuffer> {
		const at = this.turn++ % RING;
		this.pieces[at] ??= new Uint8Array(CHUNK_BYTES);
		return this.pieces[at];
	}
}

/**
 * Streams files of a snapshot; only its exact paths are answered. Of each file as many bytes are read as it had when
 * it was opened, so that a log that is being written to comes to an end; `changed` says that there is more or other. With a
 * `ring` whole pieces lie in its memory.
 */
export async function* readFiles(snapshot: Snapshot, paths: readonly string[], signal?: AbortSignal, ring?: PieceRing): AsyncGenerator<StreamEvent> {
	const ahead: Promise<Begun>[] = [];
	let next = 0;
	try {
		while (next < paths.length || ahead.length > 0) {
			checkCancelled(signal);
			for (; next < paths.length && ahead.length < AHEAD_FILES; next++) ahead.push(begin(snapshot, paths[next]!, signal, ring));
			const { events, rest } = await ahead.shift()!;
			try {
				yield* events;
				if (rest !== null) yield* rest;
			} finally {
				// A reader that goes away between two events leaves the file open otherwise.
				await rest?.return(undefined);
			}
		}
	} finally {
		for (const begun of ahead) void begun.then(({ rest }) => rest?.return(undefined), () => undefined);
	}
}

/** A file's first events, and what gives the others; a small file has all of them at once. */
interface Begun {
	events: StreamEvent[];
	rest: AsyncGenerator<StreamEvent> | null;
}

function begin(snapshot: Snapshot, path: string, signal: AbortSignal | undefined, ring: PieceRing | undefined): Promise<Begun> {
	const file = snapshot.files.get(path);
	if (file === undefined) return Promise.resolve({ events: [{ type: "error", path, message: NOT_IN_WORKSPACE }], rest: null });
	if (file.bytes > AHEAD_BYTES) return Promise.resolve({ events: [], rest: readFile(snapshot, path, file, signal, ring) });
	// What is read ahead waits for its turn: the ring comes round before that, where a file has grown to whole pieces.
	const begun = readAhead(readFile(snapshot, path, file, signal));
	// It is waited for in its turn; until then a cancelled reading is no unheard error.
	begun.catch(() => undefined);
	return begun;
}

async function readAhead(rest: AsyncGenerator<StreamEvent>): Promise<Begun> {
	const events: StreamEvent[] = [];
	for (let bytes = 0; bytes <= AHEAD_BYTES; ) {
		const { done, value } = await rest.next();
		if (done) return { events, rest: null };
		events.push(value);
		// The file may have grown since it was listed.
		if (value.type === "data") bytes += value.chunk.length;
	}
	return { events, rest };
}

async function* readFile(snapshot: Snapshot, path: string, file: Located, signal?: AbortSignal, ring?: PieceRing): AsyncGenerator<StreamEvent> {
	let handle: FileHandle | undefined;
	try {
		try {
			const opened = await openInside(snapshot.root, file);
			handle = opened.handle;
			const size = Number(opened.stats.size);
			yield { type: "start", path, bytes: size, modifiedAt: isoTime(Number(opened.stats.mtimeMs)) };
			const hash = createHash("sha256");
			let sent = 0;
			while (sent < size) {
				checkCancelled(signal);
				const length = Math.min(CHUNK_BYTES, size - sent);
				const chunk = await readChunk(handle, sent, length, length === CHUNK_BYTES ? ring?.next() : undefined);
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
		const opened = await openInside(snapshot.root, file);
		handle = opened.handle;
		return { handle, size: Number(opened.stats.size), modifiedAt: isoTime(Number(opened.stats.mtimeMs)) };
	} catch (error) {
		await handle?.close();
		throw new CasebookError({ kind: "source", path, message: `${path}: ${asFileError(error).message}` }, error);
	}
}

/** A buffer with up to `length` bytes from `position`, fresh unless one of that length is given; shorter only at the file's end. */
export async function readChunk(handle: FileHandle, position: number, length: number, buffer = new Uint8Array(length)): Promise<Uint8Array> {
	let size = 0;
	while (size < length) {
		const { bytesRead } = await handle.read(buffer, size, length - size, position + size);
		if (bytesRead === 0) break;
		size += bytesRead;
	}
	return size === length ? buffer : buffer.subarray(0, size);
}
