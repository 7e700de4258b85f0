import { GzipStream } from "@/lib/formats/gzip";
import { CasebookError, joinBytes } from "@/lib/model";
import { MAX_RANGE_BYTES, type Workspace } from "@/lib/workspace/types";
import { type LineIndex, LINES_PER_ENTRY } from "./line-index";

export interface SourceText {
	/** 1-based number of the first line */
	first: number;
	lines: string[];
	/** lines of the whole file, as it was loaded */
	total: number;
	/** the file's size differs from what was loaded: the text may not be what the tables rest on */
	changed: boolean;
	encoding: "utf-8" | "utf-16le" | "utf-16be";
}

/** Lines of a compressed file are reached by unpacking it from its start, so only in this much of what it holds. */
export const MAX_UNPACKED_TEXT = 512 * 1024 * 1024;
/** Compressed bytes that are asked for at once, and that are unpacked without a pause. */
const GZIP_RANGE = 1024 * 1024;
const GZIP_STEP = 128 * 1024;

/** What is remembered of a loaded source to show its text. */
export interface SourceInfo {
	path: string;
	/** of the file as it is stored */
	bytes: number;
	sha256: string | null;
	loadedAt: string;
	index: LineIndex | null;
	encoding: SourceText["encoding"];
	/** false for files whose bytes are no text */
	text: boolean;
	/** the file is compressed: `index` and `encoding` are those of the text inside */
	gzip: boolean;
}

/**
 * Lines [from, from + count) of a source, by range reads of at most 8 MiB: the index leads to within 256 lines of
 * the place. A gzip file is unpacked from its start, up to `MAX_UNPACKED_TEXT`. Throws CasebookError when the file is no
 * text, is gone, or the place cannot be reached.
 */
export async function readLines(workspace: Workspace, info: SourceInfo, from: number, count: number, signal?: AbortSignal): Promise<SourceText> {
	if (!info.text || !info.index) throw new CasebookError({ kind: "source", path: info.path, message: `${info.path} is not text, so there are no lines to show.` });
	const { index, encoding } = info;
	const total = index.lines;
	const first = Math.max(1, Math.min(from, Math.max(1, total)));
	const last = Math.min(total, first + count - 1);
	// A line index of UTF-16 would count stray 0x0A bytes; such files are small, so they are read from the start.
	const entry = encoding === "utf-8" ? Math.floor((first - 1) / LINES_PER_ENTRY) : 0;
	const start = index.offsets[entry] ?? 0;
	const endEntry = encoding === "utf-8" ? Math.ceil(last / LINES_PER_ENTRY) : index.offsets.length;
	const end = index.offsets[endEntry] ?? index.bytes;
	const { bytes, size } = await (info.gzip ? unpackedRange : storedRange)(workspace, info, start, end, signal);
	const text = new TextDecoder(encoding, { ignoreBOM: false }).decode(bytes);
	const lines = text.split("\n").map((line) => (line.endsWith("\r") ? line.slice(0, -1) : line));
	const skip = first - 1 - entry * LINES_PER_ENTRY;
	return { first, lines: lines.slice(skip, skip + Math.max(0, last - first + 1)), total, changed: size !== info.bytes, encoding };
}

interface Range {
	bytes: Uint8Array;
	/** of the stored file, as it is now */
	size: number;
}

async function storedRange(workspace: Workspace, info: SourceInfo, start: number, end: number, signal?: AbortSignal): Promise<Range> {
	const chunks: Uint8Array[] = [];
	let size = info.bytes;
	for (let at = start; at < end; at += MAX_RANGE_BYTES) {
		const range = await workspace.bytes(info.path, at, Math.min(end, at + MAX_RANGE_BYTES), signal);
		chunks.push(range.bytes);
		size = range.size;
		if (range.bytes.length === 0) break;
	}
	return { bytes: joinBytes(chunks), size };
}

/** Bytes `[start, end)` of what a gzip file holds; where the file breaks off before, as far as it goes. */
async function unpackedRange(workspace: Workspace, info: SourceInfo, start: number, end: number, signal?: AbortSignal): Promise<Range> {
	if (end > MAX_UNPACKED_TEXT) {
		const limit = `the first ${MAX_UNPACKED_TEXT / 1024 / 1024} MiB of its text`;
		throw new CasebookError({ kind: "limit", what: info.path, limit, message: `Limit: of a compressed file ${limit} can be shown, and this place is after them. Unpack ${info.path} to see it.` });
	}
	const chunks: Uint8Array[] = [];
	let at = 0;
	const gzip = new GzipStream((piece) => {
		const [from, to] = [Math.max(0, start - at), Math.min(piece.length, end - at)];
		if (from < to) chunks.push(piece.subarray(from, to));
		at += piece.length;
	});
	let size = info.bytes;
	for (let read = 0; read < info.bytes && at < end && gzip.fault === null; read += GZIP_RANGE) {
		const range = await workspace.bytes(info.path, read, Math.min(info.bytes, read + GZIP_RANGE), signal);
		size = range.size;
		if (range.bytes.length === 0) break;
		for (let step = 0; step < range.bytes.length && at < end; step += GZIP_STEP) {
			gzip.push(range.bytes.subarray(step, step + GZIP_STEP));
			// Unpacking happens on the page's thread: what waits there goes first.
			await new Promise((resolve) => setTimeout(resolve));
			signal?.throwIfAborted();
		}
	}
	return { bytes: joinBytes(chunks), size };
}
