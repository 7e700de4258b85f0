import { showBytes } from "../text/utf8";
import { LineIndex } from "../json/document";

const QUOTE = 0x22;
const LF = 0x0a;
const CR = 0x0d;
const HASH = 0x23;

/** A cell: its content (unquoted), and whether it stood in quotes. */
export interface Cell {
	text: string;
	quoted: boolean;
}

export interface CsvRow {
	cells: Cell[];
	/** the lines that it takes, from 1 */
	line: number;
	lines: number;
	/** offset of its first byte, in the bytes that were read */
	start: number;
	end: number;
	/** false for a last row without newline */
	terminated: boolean;
}

export interface CsvFault {
	line: number;
	lines: number;
	start: number;
	reason: string;
	raw: string;
}

export interface CsvRead {
	rows: CsvRow[];
	comments: { text: string; line: number }[];
	faults: CsvFault[];
	blanks: number;
	lines: LineIndex;
}

/**
 * Takes CSV apart as RFC 4180 says: quotes around cells, doubled quotes inside them, newlines inside quotes, LF or CRLF.
 * A line that starts with `#` between rows is a comment. A quote that never closes is a fault that names the line where it
 * opened and takes the rest of the file.
 */
export function readCsv(bytes: Uint8Array, delimiter: number): CsvRead {
	const lines = new LineIndex(bytes);
	const out: CsvRead = { rows: [], comments: [], faults: [], blanks: 0, lines };
	let at = 0;
	let line = 1;
	while (at < bytes.length) {
		const next = lineEnd(bytes, at);
		if (bytes[at] === HASH) {
			out.comments.push({ text: showBytes(bytes, at + 1, trimCr(bytes, at, next)).trim(), line });
			at = next + 1;
			line++;
			continue;
		}
		if (isBlank(bytes, at, next)) {
			out.blanks++;
			at = next + 1;
			line++;
			continue;
		}
		const read = readRow(bytes, at, delimiter);
		if (read.fault !== null) {
			const closes = read.end < bytes.length;
			const lineCount = closes ? lines.lineAt(read.end) - line + 1 : lines.count - line + 1;
			const reason = read.fault === "open" ? `the quote opened in line ${lines.lineAt(read.at)} never closes` : `text follows a closing quote at ${lines.place(read.at)}`;
			out.faults.push({ line, lines: lineCount, start: at, reason, raw: showBytes(bytes, at, read.end) });
			at = read.end + 1;
			line += lineCount;
			continue;
		}
		const rowLines = lines.lineAt(Math.max(at, read.end - 1)) - line + 1;
		out.rows.push({ cells: read.cells, line, lines: rowLines, start: at, end: read.end, terminated: read.end < bytes.length });
		at = read.end + 1;
		line += rowLines;
	}
	return out;
}

interface RowRead {
	cells: Cell[];
	/** offset of the newline that ends the row, or the file's end */
	end: number;
	fault: "open" | "after quote" | null;
	/** where the fault is */
	at: number;
}

function readRow(bytes: Uint8Array, from: number, delimiter: number): RowRead {
	const cells: Cell[] = [];
	let at = from;
	for (;;) {
		if (bytes[at] === QUOTE) {
			const opened = at++;
			const parts: string[] = [];
			let start = at;
			for (;;) {
				at = bytes.indexOf(QUOTE, at);
				if (at < 0) return { cells, end: bytes.length, fault: "open", at: opened };
				if (bytes[at + 1] !== QUOTE) break;
				parts.push(showBytes(bytes, start, at + 1));
				at += 2;
				start = at;
			}
			parts.push(showBytes(bytes, start, at));
			cells.push({ text: parts.join(""), quoted: true });
			at++;
			if (bytes[at] === CR && bytes[at + 1] === LF) at++;
			if (at < bytes.length && bytes[at] !== delimiter && bytes[at] !== LF) return { cells, end: lineEnd(bytes, at), fault: "after quote", at };
		} else {
			const start = at;
			while (at < bytes.length && bytes[at] !== delimiter && bytes[at] !== LF) at++;
			const end = at < bytes.length && bytes[at] === LF ? trimCr(bytes, start, at) : at;
			cells.push({ text: showBytes(bytes, start, end), quoted: false });
		}
		if (at >= bytes.length || bytes[at] === LF) return { cells, end: at, fault: null, at };
		at++;
	}
}

function lineEnd(bytes: Uint8Array, at: number): number {
	const end = bytes.indexOf(LF, at);
	return end < 0 ? bytes.length : end;
}

function trimCr(bytes: Uint8Array, start: number, end: number): number {
	return end > start && bytes[end - 1] === CR ? end - 1 : end;
}

function isBlank(bytes: Uint8Array, start: number, end: number): boolean {
	for (let i = start; i < end; i++) if (bytes[i] !== 0x20 && bytes[i] !== CR) return false;
	return true;
}
