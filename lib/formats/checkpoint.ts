import { type Batch, type Column, ColumnBuilder, DOUBLE, joinBytes, type Parser, type ParserEnd, readValue, type Reject } from "@/lib/model";
import { rewriteLine, type ShapeText, withWords, wordValue } from "./checkpoint/rewrite";
import { checkRecord, kindWord } from "./json/check";
import { jsonLog } from "./json/log";
import { memberOf } from "./json/members";
import type { Shape } from "./json/schema";
import { excerptOf, stringOf } from "./json/strings";
import { ARRAY, NULL, NUMBER, STRING, type Tape } from "./json/tape";
import { declareFields, type LogFields, notAnObject } from "./log-fields";
import { isFaithful } from "./numbers";
import { byteOrderMark, showBytes } from "./text/utf8";

const FIELDS: LogFields = [
	["checkpoint", "text"],
	["producer", "text"],
	["token_idx", "int64"],
	["dtype", "text"],
	["shape", "list"],
	["values", "list"],
	["ts", "time"],
];
const LF = 0x0a;
const DIGITS_NOTE = '"values" holds numbers with more digits than a double; the source lines have them all';

/**
 * A checkpoint log: one object with `checkpoint` and `values` a line, into the table `checkpoints`. `team` is the column
 * `producer`; a shape may be a list or text such as `"[1,151936]"`; among the values bare `NaN`, `Infinity` and
 * `-Infinity`, or the same as strings, are the numbers that they name. A null value stays null.
 */
export function checkpointLog(path: string): Parser {
	return new CheckpointLog(jsonLog(path, { table: "checkpoints", declare, check, arrange }));
}

class CheckpointLog implements Parser {
	/** bytes of a line whose end has not come */
	private pieces: Uint8Array[] = [];
	private lines = 0;
	private readonly shapes = new Map<number, ShapeText>();
	/** some value has more digits than a double */
	private losesDigits = false;
	/** UTF-16 is passed on as it is: its bytes are not those that are looked for */
	private wide: boolean | null = null;

	constructor(private readonly log: Parser) {}

	push(bytes: Uint8Array): Batch[] {
		const last = bytes.lastIndexOf(LF);
		if (this.wide === true) return this.batches(this.log.push(bytes));
		if (last < 0) {
			this.pieces.push(bytes);
			return [];
		}
		const whole = joinBytes([...this.pieces, bytes.subarray(0, last + 1)]);
		this.pieces = last + 1 < bytes.length ? [bytes.subarray(last + 1)] : [];
		return this.pass(whole);
	}

	end(): ParserEnd {
		const first = this.pieces.length > 0 ? this.pass(joinBytes(this.pieces)) : [];
		const end = this.log.end();
		// The whole file is read once more, through the same rewriting.
		if (end.restart) return { ...end, restart: new CheckpointLog(end.restart) };
		const batches = [...first, ...this.batches(end.batches)];
		const notes = end.notes.filter((note) => !note.startsWith('"values[]" is text'));
		if (this.losesDigits) notes.push(DIGITS_NOTE);
		return { batches, rejects: end.rejects.map((reject) => this.asWritten(reject)), account: end.account, notes };
	}

	private pass(bytes: Uint8Array): Batch[] {
		this.wide ??= byteOrderMark(bytes).encoding !== "utf-8";
		return this.batches(this.log.push(this.wide ? bytes : this.rewrite(bytes)));
	}

	/** Whole lines, rewritten; a copy only where something is. */
	private rewrite(bytes: Uint8Array): Uint8Array {
		let out: Uint8Array | null = null;
		for (let start = 0; start < bytes.length; ) {
			const newline = bytes.indexOf(LF, start);
			const end = newline < 0 ? bytes.length : newline;
			this.lines++;
			const from = this.lines === 1 ? start + byteOrderMark(bytes).length : start;
			const rewritten = rewriteLine(bytes, from, end);
			if (rewritten !== null) {
				out ??= bytes.slice();
				out.set(rewritten.line, from);
				if (rewritten.shape !== null) this.shapes.set(this.lines, rewritten.shape);
			}
			start = end + 1;
		}
		return out ?? bytes;
	}

	/** A rejected line as the file has it. */
	private asWritten(reject: Reject): Reject {
		const shape = reject.line === null ? undefined : this.shapes.get(reject.line);
		let raw = reject.raw;
		if (shape !== undefined) {
			const bytes = new TextEncoder().encode(raw);
			if (shape.at + shape.text.length <= bytes.length) bytes.set(shape.text, shape.at);
			raw = showBytes(bytes);
		}
		return { ...reject, raw: withWords(raw), reason: withWords(reject.reason) };
	}

	private batches(batches: readonly Batch[]): Batch[] {
		return batches.map((batch) => (batch.table === "checkpoints" ? this.withDoubles(batch) : batch));
	}

	/** The batch with its `values` as lists of doubles, whatever the file's digits made of them. */
	private withDoubles(batch: Batch): Batch {
		const at = batch.fields.findIndex((field) => field.name === "values");
		const column = batch.columns[at];
		if (column?.type.kind !== "list" || column.type.of.kind === "double") return batch;
		const type = { kind: "list" as const, of: DOUBLE };
		const columns = batch.columns.slice();
		columns[at] = { ...column, type, children: [this.doubles(column.children[0]!)] };
		const fields = batch.fields.slice();
		fields[at] = { name: "values", type };
		return { ...batch, fields, columns };
	}

	private doubles(column: Column): Column {
		const builder = new ColumnBuilder(DOUBLE);
		for (let row = 0; row < column.length; row++) {
			const value = readValue(column, row);
			const word = typeof value === "string" ? wordValue(value) : null;
			if (value === null) builder.appendNull();
			else builder.append(word ?? Number(value));
			if (typeof value === "string" && word === null) this.losesDigits ||= !isFaithful(value);
			else if (typeof value === "bigint") this.losesDigits ||= BigInt(Number(value)) !== value;
		}
		return builder.finish();
	}
}

function declare(root: Shape): void {
	declareFields(root, FIELDS);
	root.fields[root.keys.find("shape")]!.element.declared = "int64";
}

function check(tape: Tape, root: Shape): string | null {
	const reason = notAnObject(tape, "a checkpoint");
	if (reason !== null) return reason;
	const checkpoint = memberOf(tape, 0, "checkpoint");
	if (checkpoint < 0) return '"checkpoint" is missing: a line of a checkpoint log names where its values were taken';
	const team = memberOf(tape, 0, "team");
	if (team >= 0 && memberOf(tape, 0, "producer") < 0 && tape.kind(team) !== STRING && tape.kind(team) !== NULL) return `"team" is ${kindWord(tape.kind(team))}, not text (${excerptOf(tape, team)})`;
	return checkRecord(root, tape, 0) ?? checkValues(tape, memberOf(tape, 0, "values"));
}

function checkValues(tape: Tape, values: number): string | null {
	if (values < 0 || tape.kind(values) !== ARRAY) return null;
	let index = 0;
	for (let item = values + 1; item < tape.next(values); item = tape.next(item)) {
		const kind = tape.kind(item);
		if (kind !== NUMBER && kind !== NULL && (kind !== STRING || wordValue(stringOf(tape, item)) === null)) return `values[${index}] is ${kindWord(kind)}, not a number (${excerptOf(tape, item)})`;
		index++;
	}
	return null;
}

function arrange(_tape: Tape, _token: number, root: Shape): void {
	const producer = root.keys.find("producer");
	const team = root.keys.find("team");
	if (team < 0 || root.slot(team) < 0 || root.slot(producer) >= 0) return;
	root.put(producer, root.slot(team));
	root.clear(team);
}
