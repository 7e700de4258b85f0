import { type Batch, BatchBuilder, BOOLEAN, type ColumnType, DOUBLE, emptyAccount, type Field, INT64, type LineAccount, type Reject, TEXT, TIMESTAMP_NS, type Value } from "@/lib/model";
import { columnNames } from "../names";
import { classifyNumber, numberColumn } from "../numbers";
import { rejectOf } from "../reject";
import { fileOffset, invalidUtf8At, showBytes, type WholeText } from "../text/utf8";
import { timeOf } from "../times";
import { type Cell, type CsvRead, type CsvRow, readCsv } from "./read";

const ROWS = 50_000;
const BYTES = 16 * 1024 * 1024;
const NUMBER = /^-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?$/;
const OWN = ["source", "line", "byte_offset"];
const encoder = new TextEncoder();

/** A CSV file as a table. */
export interface CsvTable {
	/** the header's cells, or column0 … without one */
	header: string[];
	/** the line of the header, or null */
	headerLine: number | null;
	/** rows with as many cells as the header */
	rows: CsvRow[];
	comments: CsvRead["comments"];
	rejects: Reject[];
	account: LineAccount;
	notes: string[];
	text: WholeText;
}

/**
 * Reads a whole file. The first row is a header when none of its cells is a number, a time or a truth value, no two
 * are the same, and at most one is empty. Rows of another width are rejects; a last row without newline that is too short is pending.
 */
export function csvTable(text: WholeText, delimiter: number): CsvTable {
	const { bytes } = text;
	const read = readCsv(bytes, delimiter);
	const account = emptyAccount();
	account.lines = read.lines.count;
	account.comments = read.comments.length;
	account.blanks = read.blanks;
	const table: CsvTable = { header: [], headerLine: null, rows: [], comments: read.comments, rejects: [], account, notes: [], text };
	for (const fault of read.faults) {
		account.rejects += fault.lines;
		table.rejects.push(rejectOf(fault.line, fileOffset(text, fault.start), fault.reason, fault.raw));
	}
	const first = read.rows[0];
	if (first) {
		const named = isHeader(first);
		table.header = named ? first.cells.map((cell) => cell.text) : first.cells.map((_, i) => `column${i}`);
		table.headerLine = named ? first.line : null;
		if (named) account.other += first.lines;
		for (const row of named ? read.rows.slice(1) : read.rows) place(table, row, first);
	}
	table.rejects.sort((a, b) => (a.line ?? 0) - (b.line ?? 0));
	return table;
}

function place(table: CsvTable, row: CsvRow, first: CsvRow): void {
	const { account, text } = table;
	const width = table.header.length;
	const refuse = (reason: string) => {
		account.rejects += row.lines;
		table.rejects.push(rejectOf(row.line, fileOffset(text, row.start), reason, showBytes(text.bytes, row.start, row.end).replace(/\r$/, "")));
	};
	const invalid = invalidIn(text, row);
	if (invalid >= 0) refuse(`invalid ${text.encoding === "utf-8" ? "UTF-8" : "UTF-16"} at byte ${invalid}`);
	else if (row.cells.length === width) {
		account.records += row.lines;
		table.rows.push(row);
	} else if (!row.terminated && row.cells.length < width) {
		account.pending += row.lines;
		table.notes.push(`line ${row.line}, the last, has no newline and is not complete yet`);
	} else refuse(`${count(row.cells.length)} where ${table.headerLine === null ? `the first row, line ${first.line},` : `the header, line ${table.headerLine},`} has ${width}`);
}

/** Offset in the file of the first invalid byte of a row, or -1. */
function invalidIn(text: WholeText, row: CsvRow): number {
	if (text.invalidAt < 0) return -1;
	if (text.encoding !== "utf-8") return text.invalidAt >= fileOffset(text, row.start) && text.invalidAt < fileOffset(text, row.end) ? text.invalidAt : -1;
	const at = invalidUtf8At(text.bytes, row.start, row.end);
	return at < 0 ? -1 : fileOffset(text, at);
}

function count(cells: number): string {
	return cells === 1 ? "1 cell" : `${cells} cells`;
}

/**
 * A row of values has a number, a time or a truth value in it; a header has none. It may leave a cell empty (an index
 * column, a trailing comma) when the others tell at least two columns apart.
 */
function isHeader(row: CsvRow): boolean {
	const seen = new Set<string>();
	let empty = 0;
	for (const { text } of row.cells) {
		const cell = text.trim();
		if (cell === "") {
			empty++;
			continue;
		}
		if (NUMBER.test(cell) || /^(true|false)$/i.test(cell) || timeOf(cell) !== null || seen.has(text)) return false;
		seen.add(text);
	}
	return empty === 0 || (empty === 1 && seen.size > 1);
}

/** The batches of the table `csv`: the columns with the types that fit all rows, then `source`, `line`, `byte_offset`. */
export function csvBatches(table: CsvTable, source: string): Batch[] {
	const { names, notes } = columnNames(table.header, OWN);
	table.notes.push(...notes);
	const readers = names.map((name, i) => columnReader(table, i, name));
	const fields: Field[] = [...names.map((name, i) => ({ name, type: readers[i]!.type })), { name: "source", type: TEXT }, { name: "line", type: INT64 }, { name: "byte_offset", type: INT64 }];
	const builder = new BatchBuilder("csv", fields);
	const batches: Batch[] = [];
	let size = 0;
	for (const row of table.rows) {
		row.cells.forEach((cell, i) => {
			builder.column(i).append(isNull(cell) ? null : readers[i]!.read(cell.text));
		});
		builder.column(names.length).append(source);
		builder.column(names.length + 1).append(row.line);
		builder.column(names.length + 2).append(fileOffset(table.text, row.start));
		builder.endRow();
		size += row.end - row.start;
		if (builder.numRows < ROWS && size < BYTES) continue;
		batches.push(builder.finish());
		size = 0;
	}
	if (builder.numRows > 0) batches.push(builder.finish());
	return batches;
}

/** An empty cell is NULL; an empty pair of quotes is the empty text. */
function isNull(cell: Cell): boolean {
	return cell.text === "" && !cell.quoted;
}

interface ColumnReader {
	type: ColumnType;
	read(text: string): Value;
}

const AS_TEXT: ColumnReader = { type: TEXT, read: (text) => text };

function columnReader(table: CsvTable, at: number, name: string): ColumnReader {
	let bits = 0;
	let numbers = true;
	let booleans = true;
	let times = true;
	let any = false;
	for (const row of table.rows) {
		const cell = row.cells[at]!;
		if (isNull(cell)) continue;
		any = true;
		if (numbers) {
			if (NUMBER.test(cell.text)) {
				const bytes = encoder.encode(cell.text);
				bits |= classifyNumber(bytes, 0, bytes.length);
			} else numbers = false;
		}
		booleans &&= cell.text === "true" || cell.text === "false";
		times &&= timeOf(cell.text) !== null;
		if (!numbers && !booleans && !times) return AS_TEXT;
	}
	if (!any) return AS_TEXT;
	if (booleans) return { type: BOOLEAN, read: (text) => text === "true" };
	if (times) return { type: TIMESTAMP_NS, read: timeOf };
	switch (numberColumn(bits)) {
		case "int64":
			return { type: INT64, read: (text) => BigInt(text) };
		case "double":
			return { type: DOUBLE, read: Number };
		case "digits":
			table.notes.push(`"${name}" is text, because a number type would change its digits`);
			return AS_TEXT;
	}
}
