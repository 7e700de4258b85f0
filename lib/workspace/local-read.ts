import { CasebookError } from "@/lib/model";
import { isoTime } from "./listing";
import { errorWord, isNamed } from "./local-tree";
import type { LocalEntry } from "./local-walk";
import { checkCancelled, NOT_IN_WORKSPACE } from "./range";
import { CHUNK_BYTES, type StreamEvent } from "./types";

/** An incremental sha256; `digest` is hex, and `init` starts anew. */
export interface Hasher {
	init(): void;
	update(bytes: Uint8Array): void;
	digest(): string;
}

/** Files up to this size are read at once and ahead of their turn. */
const SMALL_BYTES = 256 * 1024;
/** How many files are begun ahead of their turn: a browser takes about a millisecond for each, most of it in waiting. */
const AHEAD = 32;

/** A file whose turn is near: opened, and read where it is small. */
type Begun = { entry: LocalEntry; file: File; whole: Uint8Array | null } | { entry: LocalEntry | undefined; problem: unknown };

/**
 * Streams files of a walk, with the hash of the bytes. Of each as many bytes are read as it had when it was opened. A
 * file behind a handle that is written to meanwhile is opened again and read on, and `changed` says so; one that was
 * chosen without a handle cannot be, so it is an error, told to `onStale` too.
 */
export async function* readLocal(files: ReadonlyMap<string, LocalEntry>, paths: readonly string[], hasher: Hasher, onStale: (path: string) => void, signal?: AbortSignal): AsyncGenerator<StreamEvent> {
	const ahead: Promise<Begun>[] = [];
	let next = 0;
	for (const path of paths) {
		checkCancelled(signal);
		for (; next < paths.length && ahead.length < AHEAD; next++) ahead.push(begin(files.get(paths[next]!)));
		const begun = await ahead.shift()!;
		const { entry } = begun;
		if (entry === undefined) {
			yield { type: "error", path, message: NOT_IN_WORKSPACE };
			continue;
		}
		try {
			if ("problem" in begun) throw begun.problem;
			yield* readOne(path, begun, hasher, signal);
		} catch (error) {
			if (error instanceof CasebookError) throw error;
			if (!entry.node.again && isGone(error)) onStale(path);
			yield { type: "error", path, message: whyNot(error, entry.node.again) };
		}
	}
}

/** Never rejects, so that a file ahead of its turn can fail unseen until then. */
async function begin(entry: LocalEntry | undefined): Promise<Begun> {
	if (entry === undefined) return { entry, problem: null };
	try {
		for (let again = entry.node.again; ; again = false) {
			const file = await entry.node.open();
			try {
				return { entry, file, whole: file.size <= SMALL_BYTES ? new Uint8Array(await file.arrayBuffer()) : null };
			} catch (problem) {
				// It was written to between the two: once more.
				if (!again) throw problem;
			}
		}
	} catch (problem) {
		return { entry, problem };
	}
}

async function* readOne(path: string, begun: Extract<Begun, { file: File }>, hasher: Hasher, signal: AbortSignal | undefined): AsyncGenerator<StreamEvent> {
	const { entry, whole } = begun;
	let { file } = begun;
	const { size } = file;
	yield { type: "start", path, bytes: size, modifiedAt: isoTime(file.lastModified) };
	hasher.init();
	let sent = 0;
	let triedAt = -1;
	let reopened = false;
	const piece = () => {
		const read = slice(file, sent, Math.min(size, sent + CHUNK_BYTES));
		// It is awaited in its turn; until then a failure of it is no one's.
		read.catch(() => undefined);
		return read;
	};
	let coming = whole === null ? piece() : Promise.resolve(whole);
	while (sent < size) {
		checkCancelled(signal);
		let chunk: Uint8Array;
		try {
			chunk = await coming;
		} catch (error) {
			if (!entry.node.again || triedAt === sent) throw error;
			triedAt = sent;
			reopened = true;
			file = await entry.node.open();
			coming = piece();
			continue;
		}
		if (chunk.length === 0) break;
		hasher.update(chunk);
		sent += chunk.length;
		if (sent < size) coming = piece();
		yield { type: "data", path, chunk };
	}
	yield { type: "end", path, sha256: hasher.digest(), bytes: sent, changed: reopened || sent !== entry.bytes || file.lastModified !== entry.modified };
}

export async function slice(file: File, from: number, to: number): Promise<Uint8Array> {
	return new Uint8Array(await file.slice(from, to).arrayBuffer());
}

/** Whether an error says that the bytes of a chosen file are no longer those that were chosen. */
function isGone(error: unknown): boolean {
	return isNamed(error, "NotReadableError") || isNamed(error, "NotFoundError");
}

/** Why a file cannot be read, as a sentence about it; `again` says whether the disk was asked for it anew. */
export function whyNot(error: unknown, again: boolean): string {
	if (isNamed(error, "NotAllowedError") || isNamed(error, "SecurityError")) return "The browser does not allow reading it any more. Load the workspace again and allow it.";
	if (!isGone(error)) return `It cannot be read (${errorWord(error)}).`;
	if (!again) return "It changed or went away since it was chosen. Choose it again to read it as it is.";
	return isNamed(error, "NotFoundError") ? "It is not there any more." : "It cannot be read: it is locked, or it changes faster than it can be read. Load the workspace again.";
}
