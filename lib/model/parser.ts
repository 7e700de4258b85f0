import type { Batch } from "./batch";

/** The formats that are read. `known` names a format of FORMATS that this version lists without reading it. */
export type FormatId =
	| "session log"
	| "audit baselines"
	| "checkpoint log"
	| "subject audit log"
	| "replay runs"
	| "evidence rows"
	| "trace log"
	| "keyed rows (json)"
	| "tensor"
	| "chrome trace"
	| "parquet"
	| "jsonl"
	| "parity report (csv)"
	| "parity report (json)"
	| "factor comparison"
	| "image comparison"
	| "benchmark results"
	| "test output"
	| "test output (json)"
	| "checksum list"
	| "junit"
	| "markdown"
	| "csv"
	| "tsv"
	| "json"
	| "text";

/** What became of a file. */
export type SourceState = "ready" | "partial" | "known, not yet read" | "left out" | "unrecognised" | "failed";

/** A line or document that could not be read. */
export interface Reject {
	/** 1-based; null where the format has no lines */
	line: number | null;
	/** of the line's first byte */
	byteOffset: number | null;
	/** what is wrong and where, without the file name: `"timestamp" is not an RFC 3339 time ("yesterday")` */
	reason: string;
	/** the text as it stands in the file, at most `RAW_LIMIT` characters */
	raw: string;
}

/** Longer raw text is cut in `rejects`, and the reason says so; the source page shows the whole line. */
export const RAW_LIMIT = 1_000_000;

/** Where each line of a file went: lines = records + rejects + blanks + comments + other + pending. */
export interface LineAccount {
	lines: number;
	/** lines that became records; a record of several lines counts them all */
	records: number;
	rejects: number;
	blanks: number;
	comments: number;
	/** lines that are read as something else: a CSV's header, a document's text */
	other: number;
	/** a last line without newline that is not complete yet */
	pending: number;
}

export function emptyAccount(): LineAccount {
	return { lines: 0, records: 0, rejects: 0, blanks: 0, comments: 0, other: 0, pending: 0 };
}

/** Whether every line is accounted for. */
export function addsUp(account: LineAccount): boolean {
	const { lines, records, rejects, blanks, comments, other, pending } = account;
	return lines === records + rejects + blanks + comments + other + pending;
}

export interface ParserEnd {
	batches: Batch[];
	rejects: Reject[];
	account: LineAccount;
	/** facts about the file that a reader should know, such as "text was repaired" or "a key was renamed" */
	notes: string[];
	/**
	 * A parser for the same bytes from their beginning: what was learnt at the end makes all batches so far void. Nothing
	 * else of this object counts then.
	 */
	restart?: Parser;
}

/** A resumable reader of one file. Nothing it is given is dropped silently. */
export interface Parser {
	/** Takes the next bytes of the file, in any division. Batches may come at any time. */
	push(bytes: Uint8Array): Batch[];
	/** True after a `push` whose bytes may be overwritten. Where it is missing or false they must stay as they are. */
	readonly isDone?: boolean;
	/**
	 * Set where the parser finds the beginning of every line anyway, so that nobody else looks for them: the offset of line 1 + i × `LINES_PER_START`,
	 * as far as it has read, from the file's beginning. Its account then counts every line.
	 */
	readonly lineStarts?: readonly number[] | null;
	/** Where a format can only be read asynchronously: awaited once, after the last bytes and before `end`. Errors are the file's. */
	prepare?(): Promise<void>;
	/** No more bytes. Called once. */
	end(): ParserEnd;
}

/** `Parser.lineStarts` has the start of the first of so many lines. */
export const LINES_PER_START = 256;

/** Makes the parser of a file; `path` is its path inside the workspace, with `/`. */
export type ParserFactory = (path: string) => Parser;
