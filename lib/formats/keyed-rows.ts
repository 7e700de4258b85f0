import type { Batch, Parser } from "@/lib/model";
import { documentParser, type DocumentRead, documentRows, type JsonDocument, membersByName } from "./json/document";
import { itemsIn, membersIn } from "./json/members";
import { numberOf, plainText, sourceOf, stringOf } from "./json/strings";
import { ARRAY, NULL, NUMBER, OBJECT, STRING, type Tape } from "./json/tape";
import { TraceRows } from "./trace-log";
import { sideOfPath } from "./trace/sides";

const ORDINAL = /(^|_)(tic|idx|index|step|iteration|iter|token|layer|row|no|n|i)$/i;
const SIDE_NAMES: readonly string[] = ["side", "implementation", "producer"];

/** The list of a document that holds keyed rows: its key, its token, and the field that numbers its rows. */
export interface KeyedList {
	list: number;
	ordinal: string;
}

/**
 * The keyed rows of a document (as far as it was read): a list of two or more objects under one key whose first field is a whole
 * number named like a counter, different in each, and whose other fields are mostly numbers. Null where there is none.
 */
export function keyedListOf(tape: Tape): KeyedList | null {
	for (const list of membersByName(tape, 0).values()) {
		if (tape.kind(list) !== ARRAY) continue;
		const ordinal = counterOf(tape, list);
		if (ordinal !== null) return { list, ordinal };
	}
	return null;
}

function counterOf(tape: Tape, list: number): string | null {
	let name: string | null = null;
	const seen = new Set<string>();
	let numbers = 0;
	let others = 0;
	for (const item of itemsIn(tape, list)) {
		// The head of a large file cuts its last row.
		if (tape.kind(item) !== OBJECT || tape.count(item) < 2) return null;
		const [[key, value] = [-1, -1], ...rest] = [...membersIn(tape, item)];
		if (key < 0 || tape.kind(value) !== NUMBER || tape.isDecimal(value) || (name !== null && stringOf(tape, key) !== name)) return null;
		name = stringOf(tape, key);
		seen.add(sourceOf(tape, value));
		for (const [, field] of rest) {
			if (tape.kind(field) === NUMBER || (tape.kind(field) === ARRAY && tape.count(field) > 0 && tape.kind(field + 1) === NUMBER)) numbers++;
			else others++;
		}
		if (seen.size >= 20) break;
	}
	return name !== null && ORDINAL.test(name) && seen.size >= 2 && numbers > others ? name : null;
}

/**
 * A JSON document with keyed rows, such as the `per_phi_entries` beside a trace: it is the table `json`, and each field of each row is a
 * value of `trace_values`, with the key `<field>` and the ordinal `phi_tic=0`. The side is the document's own, else that of the file's name.
 */
export function keyedRows(path: string): Parser {
	return documentParser((document) => read(document, path));
}

function read(document: JsonDocument, path: string): DocumentRead {
	const rows = documentRows(document, path);
	const keyed = keyedListOf(document.tape);
	if (keyed === null) return { ...rows, notes: [...rows.notes, "its rows are not numbered to the end, so they are not read as values of a trace"] };
	const { batches, without } = traceRows(document, path, keyed);
	const notes = without === 0 ? rows.notes : [...rows.notes, `${without} of its rows lack a number "${keyed.ordinal}", so they are only in the document's own table`];
	return { ...rows, batches: [...rows.batches, ...batches], notes };
}

function traceRows(document: JsonDocument, path: string, { list, ordinal }: KeyedList): { batches: Batch[]; without: number } {
	const { tape } = document;
	const rows = new TraceRows(path);
	const side = documentSide(tape) ?? sideOfPath(path);
	let without = 0;
	for (const item of itemsIn(tape, list)) {
		const members = membersByName(tape, item);
		const number = members.get(ordinal);
		if (number === undefined || tape.kind(number) !== NUMBER) {
			without++;
			continue;
		}
		for (const [key, value] of members) {
			if (key === ordinal) continue;
			rows.add({ side, key, ordinal: `${ordinal}=${sourceOf(tape, number)}`, numbers: numbersIn(tape, value), text: tape.kind(value) === NULL ? null : plainText(tape, value), line: document.lineOf(value), byteOffset: null });
		}
	}
	return { batches: rows.finish(), without };
}

function documentSide(tape: Tape): string | null {
	const members = membersByName(tape, 0);
	for (const name of SIDE_NAMES) {
		const token = members.get(name);
		if (token !== undefined && tape.kind(token) === STRING) return stringOf(tape, token).toLowerCase();
	}
	return null;
}

/** The numbers of a value: one, or those of a list of numbers. */
function numbersIn(tape: Tape, token: number): number[] | null {
	if (tape.kind(token) === NUMBER) return [numberOf(tape, token)!];
	if (tape.kind(token) !== ARRAY || tape.count(token) === 0) return null;
	const numbers: number[] = [];
	for (const item of itemsIn(tape, token)) {
		if (tape.kind(item) !== NUMBER) return null;
		numbers.push(numberOf(tape, item)!);
	}
	return numbers;
}
