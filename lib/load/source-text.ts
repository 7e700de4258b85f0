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

/** What is remembered of a loaded source to show its text. */
export interface SourceInfo {
	path: string;
	bytes: number;
	sha256: string | null;
	loadedAt: string;
	index: LineIndex | null;
	encoding: SourceText["encoding"];
	/** false for files whose bytes are no text */
	text: boolean;
}

/**
 * Lines [from, from + count) of a source, by range reads of at most 8 MiB: the index leads to within 256 lines of
 * the place. Throws CasebookError when the file is no text, is gone, or a line is longer than can be shown.
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
	const chunks: Uint8Array[] = [];
	let size = info.bytes;
	for (let at = start; at < end; at += MAX_RANGE_BYTES) {
		const range = await workspace.bytes(info.path, at, Math.min(end, at + MAX_RANGE_BYTES), signal);
		chunks.push(range.bytes);
		size = range.size;
		if (range.bytes.length === 0) break;
	}
	const text = new TextDecoder(encoding, { ignoreBOM: false }).decode(joinBytes(chunks));
	const lines = text.split("\n").map((line) => (line.endsWith("\r") ? line.slice(0, -1) : line));
	const skip = first - 1 - entry * LINES_PER_ENTRY;
	return { first, lines: lines.slice(skip, skip + Math.max(0, last - first + 1)), total, changed: size !== info.bytes, encoding };
}

