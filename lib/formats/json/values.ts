import { type Batch, BatchBuilder, type Field, INT64, TEXT } from "@/lib/model";
import { stringBytes, stringOf } from "./strings";
import { ARRAY, FALSE, NULL, NUMBER, OBJECT, STRING, type Tape, TRUE } from "./tape";

export const JSON_VALUES_FIELDS: Field[] = [
	{ name: "field", type: TEXT },
	{ name: "path", type: TEXT },
	{ name: "type", type: TEXT },
	{ name: "text", type: TEXT },
	{ name: "source", type: TEXT },
	{ name: "line", type: INT64 },
];

/** Scalars nested deeper are not listed one by one: their paths alone would outgrow the file. */
export const MAX_PATH_DEPTH = 1000;
const ROWS = 50_000;

/**
 * Collects `json_values`: one row a scalar, empty object or empty array inside a JSON column. `field` is the column,
 * `path` the JSON Pointer of the scalar inside the column's value (empty where the value is the scalar). `text` is NULL
 * for null and for what is empty.
 */
export class JsonValues {
	/** values with parts deeper than `MAX_PATH_DEPTH` */
	cut = 0;
	private readonly builder = new BatchBuilder("json_values", JSON_VALUES_FIELDS);
	private readonly source: Uint8Array;
	private done: Batch[] = [];

	constructor(source: string) {
		this.source = new TextEncoder().encode(source);
	}

	/** Lists all that is inside the token. Does not recurse. */
	add(field: string, path: string, tape: Tape, token: number, line: number | null): void {
		const stop = tape.next(token);
		// Open containers: what is left of each, and where the path of its parent ends.
		const stack: { object: boolean; left: number; index: number; base: string }[] = [];
		let at = token;
		let deep = false;
		let here = path;
		while (at < stop) {
			const kind = tape.kind(at);
			const children = kind === OBJECT || kind === ARRAY ? tape.count(at) : 0;
			if (children > 0 && stack.length < MAX_PATH_DEPTH) {
				stack.push({ object: kind === OBJECT, left: children, index: 0, base: here });
				at++;
			} else {
				if (children > 0) deep = true;
				else this.row(field, here, tape, at, line);
				at = tape.next(at);
			}
			while (stack.length > 0 && stack[stack.length - 1]!.left === 0) stack.pop();
			const top = stack[stack.length - 1];
			if (!top) break;
			top.left--;
			if (top.object) {
				here = `${top.base}/${escapePointer(stringOf(tape, at))}`;
				at++;
			} else here = `${top.base}/${top.index++}`;
		}
		if (deep) this.cut++;
	}

	/** The batches that are full. */
	take(): Batch[] {
		const { done } = this;
		this.done = [];
		return done;
	}

	finish(): Batch[] {
		if (this.builder.numRows > 0) this.done.push(this.builder.finish());
		return this.take();
	}

	private row(field: string, path: string, tape: Tape, token: number, line: number | null): void {
		const kind = tape.kind(token);
		this.builder.column(0).append(field);
		this.builder.column(1).append(path);
		this.builder.column(2).append(typeWord(kind));
		const text = this.builder.column(3);
		if (kind === STRING) {
			const { bytes, start, end } = stringBytes(tape, token);
			text.appendUtf8(bytes, start, end);
		} else if (kind === NUMBER || kind === TRUE || kind === FALSE) text.appendUtf8(tape.bytes, tape.start(token), tape.end(token));
		else text.appendNull();
		this.builder.column(4).appendUtf8(this.source, 0, this.source.length);
		this.builder.column(5).append(line);
		this.builder.endRow();
		if (this.builder.numRows >= ROWS) this.done.push(this.builder.finish());
	}
}

function typeWord(kind: number): string {
	switch (kind) {
		case NULL:
			return "null";
		case FALSE:
			return "false";
		case TRUE:
			return "true";
		case NUMBER:
			return "number";
		case STRING:
			return "string";
		case OBJECT:
			return "empty object";
		default:
			return "empty array";
	}
}

/** A key as a part of a JSON Pointer. */
export function escapePointer(key: string): string {
	return key.replace(/~/g, "~0").replace(/\//g, "~1");
}
