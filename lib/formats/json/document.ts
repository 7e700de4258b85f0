import { type Batch, emptyAccount, joinBytes, type LineAccount, type Parser, type ParserEnd, type Reject } from "@/lib/model";
import { rejectOf } from "../reject";
import { fileOffset, showBytes, type WholeText, wholeText } from "../text/utf8";
import { skipSpace } from "./bytes";
import { membersIn } from "./members";
import { openRecord, Shredder } from "./shred";
import { repeatedKeys } from "./plan";
import { Filling, MAX_COLUMNS, Shape, TOO_MUCH } from "./schema";
import { stringOf } from "./strings";
import { ARRAY, OBJECT, Tape } from "./tape";

/** A whole JSON file, parsed. */
export class JsonDocument {
	readonly tape = new Tape();
	readonly lines: LineIndex;
	readonly text: WholeText;

	constructor(text: WholeText) {
		this.text = text;
		this.lines = new LineIndex(text.bytes);
	}

	/** The line of a token's first byte, from 1. */
	lineOf(token: number): number {
		return this.lines.lineAt(this.tape.start(token));
	}

	/** Offset of a token in the file as it is stored. */
	offsetOf(token: number): number {
		return fileOffset(this.text, this.tape.start(token));
	}

	/** The reject of the whole document, for a reason that stands at `at`. */
	reject(at: number, reason: string): Reject {
		// What is missing at the end of a file is missing in its last line.
		const line = Math.min(this.lines.lineAt(at), Math.max(1, this.lines.count));
		return rejectOf(line, fileOffset(this.text, at), reason, showBytes(this.text.bytes));
	}
}

/** Where lines start. */
export class LineIndex {
	private readonly starts: number[] = [0];
	private readonly bytes: Uint8Array;

	constructor(bytes: Uint8Array) {
		this.bytes = bytes;
		for (let at = bytes.indexOf(0x0a); at >= 0; at = bytes.indexOf(0x0a, at + 1)) this.starts.push(at + 1);
	}

	/** Lines of the file; nothing after the last newline is no line. */
	get count(): number {
		return this.starts[this.starts.length - 1] === this.bytes.length ? this.starts.length - 1 : this.starts.length;
	}

	lineAt(at: number): number {
		let low = 0;
		let high = this.starts.length;
		while (high - low > 1) {
			const middle = (low + high) >> 1;
			if (this.starts[middle]! <= at) low = middle;
			else high = middle;
		}
		return low + 1;
	}

	/** `line 4, column 7`, counted in characters from 1. */
	place(at: number): string {
		const line = this.lineAt(at);
		return `line ${line}, column ${showBytes(this.bytes, this.starts[line - 1], at).length + 1}`;
	}

	isBlank(line: number): boolean {
		const end = this.starts[line] ?? this.bytes.length;
		return skipSpace(this.bytes, this.starts[line - 1]!, end) >= end;
	}
}

/** What a format makes of a document. A reject here is a document that is JSON but not the format's. */
export interface DocumentRead {
	batches: Batch[];
	notes: string[];
	reject?: Reject;
	/** which lines became records; without it all that are not blank */
	isRecordLine?: (line: number) => boolean;
}

/** A parser of JSON files: it keeps the bytes, and `read` is called at the end with the parsed document. */
export function documentParser(read: (document: JsonDocument) => DocumentRead): Parser {
	const chunks: Uint8Array[] = [];
	return {
		push(bytes) {
			chunks.push(bytes);
			return [];
		},
		end: () => readWhole(wholeText(joinBytes(chunks)), read),
	};
}

function readWhole(text: WholeText, read: (document: JsonDocument) => DocumentRead): ParserEnd {
	const document = new JsonDocument(text);
	const { lines, tape } = document;
	const account = emptyAccount();
	account.lines = lines.count;
	const refuse = (reject: Reject): ParserEnd => {
		account.rejects = account.lines;
		return { batches: [], rejects: [reject], account, notes: [] };
	};
	if (text.invalidAt >= 0) return refuse(rejectOf(null, text.invalidAt, `invalid ${text.encoding === "utf-8" ? "UTF-8" : "UTF-16"} at byte ${text.invalidAt}`, showBytes(text.bytes)));
	const problem = tape.parse(text.bytes, 0, text.bytes.length);
	if (problem !== null) {
		const place = lines.place(problem.offset);
		const described = problem.describe((at) => lines.place(at));
		return refuse(document.reject(problem.offset, `not JSON: ${described.includes(place) ? described : `${described} (the file ends at ${place})`}`));
	}
	const result = read(document);
	if (result.reject) return refuse(result.reject);
	countLines(account, lines, result.isRecordLine);
	const notes = [...result.notes];
	if (tape.loneSurrogates > 0) notes.push(`lone surrogates keep their escape as text in ${tape.loneSurrogates} string${tape.loneSurrogates === 1 ? "" : "s"}`);
	return { batches: result.batches, rejects: [], account, notes };
}

function countLines(account: LineAccount, lines: LineIndex, isRecordLine?: (line: number) => boolean): void {
	for (let line = 1; line <= account.lines; line++) {
		if (isRecordLine?.(line)) account.records++;
		else if (lines.isBlank(line)) account.blanks++;
		else if (isRecordLine) account.other++;
		else account.records++;
	}
}

/**
 * The rows of a document as the table `json`: an array is a row an element, anything else one row. `line` is where the
 * element starts.
 */
export function documentRows(document: JsonDocument, source: string): DocumentRead {
	const { tape } = document;
	const notes: string[] = [];
	const root = new Shape(null, MAX_COLUMNS);
	const records: number[] = [];
	if (tape.kind(0) === ARRAY) for (let item = 1; item < tape.next(0); item = tape.next(item)) records.push(item);
	else records.push(0);

	const filling = new Filling();
	for (const token of records) {
		if ((root.flags & TOO_MUCH) !== 0 || !openRecord(root, tape, token)) continue;
		filling.count(root, tape.kind(token) === OBJECT);
		root.mergeSlots(tape, 0);
	}
	const repeated = repeatedKeys(root);
	if (repeated > 0) notes.push(`${repeated} time${repeated === 1 ? "" : "s"} an object repeats a key; the last value counts`);
	if (records.length === 0) return { batches: [], notes: ["the array is empty"], isRecordLine: () => false };

	const covered = new Set<number>();
	const shredder = new Shredder({ table: "json", source, root, sparse: filling.isSparse(root), notes });
	for (const token of records) {
		const line = document.lineOf(token);
		for (let n = line; n <= document.lines.lineAt(tape.end(token) - 1); n++) covered.add(n);
		shredder.row(tape, token, line, document.offsetOf(token));
	}
	return { batches: shredder.finish(), notes, isRecordLine: (line) => covered.has(line) };
}

/** The members of an object by key, the last of a repeated one; empty for anything else. */
export function membersByName(tape: Tape, token: number): Map<string, number> {
	const members = new Map<string, number>();
	if (token >= 0 && tape.kind(token) === OBJECT) for (const [key, value] of membersIn(tape, token)) members.set(stringOf(tape, key), value);
	return members;
}
