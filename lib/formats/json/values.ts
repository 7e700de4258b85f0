import { type Batch, BatchBuilder, type Field, INT64, TEXT } from "@/lib/model";
import { stringBytes } from "./strings";
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
const SLASH = 0x2f;
const TILDE = 0x7e;
const ZERO = 0x30;

const encoder = new TextEncoder();

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
	/** the columns' names, as UTF-8 */
	private readonly fields = new Map<string, Uint8Array>();
	/** the pointer under way is `pointer[0, size)`: it is written for every value, and text would be made for each */
	private pointer = new Uint8Array(256);
	private size = 0;
	private done: Batch[] = [];

	constructor(source: string) {
		this.source = encoder.encode(source);
	}

	/** Lists all that is inside the token. Does not recurse. */
	add(field: string, path: string, tape: Tape, token: number, line: number | null): void {
		const stop = tape.next(token);
		// Open containers: what is left of each, and where its own pointer ends.
		const stack: { object: boolean; left: number; index: number; base: number }[] = [];
		const name = this.nameOf(field);
		let at = token;
		let deep = false;
		this.size = 0;
		if (path !== "") this.append(encoder.encode(path));
		while (at < stop) {
			const kind = tape.kind(at);
			const children = kind === OBJECT || kind === ARRAY ? tape.count(at) : 0;
			if (children > 0 && stack.length < MAX_PATH_DEPTH) {
				stack.push({ object: kind === OBJECT, left: children, index: 0, base: this.size });
				at++;
			} else {
				if (children > 0) deep = true;
				else this.row(name, tape, at, line);
				at = tape.next(at);
			}
			while (stack.length > 0 && stack[stack.length - 1]!.left === 0) stack.pop();
			const top = stack[stack.length - 1];
			if (!top) break;
			top.left--;
			this.size = top.base;
			if (top.object) this.appendKey(tape, at++);
			else this.appendIndex(top.index++);
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

	private nameOf(field: string): Uint8Array {
		let name = this.fields.get(field);
		if (name === undefined) {
			name = encoder.encode(field);
			this.fields.set(field, name);
		}
		return name;
	}

	private reserve(extra: number): void {
		if (this.size + extra <= this.pointer.length) return;
		const next = new Uint8Array(Math.max(this.pointer.length * 2, this.size + extra));
		next.set(this.pointer.subarray(0, this.size));
		this.pointer = next;
	}

	private append(bytes: Uint8Array): void {
		this.reserve(bytes.length);
		this.pointer.set(bytes, this.size);
		this.size += bytes.length;
	}

	/** As `escapePointer` does it. */
	private appendKey(tape: Tape, token: number): void {
		const { bytes, start, end } = stringBytes(tape, token);
		this.reserve(1 + (end - start) * 2);
		const { pointer } = this;
		pointer[this.size++] = SLASH;
		for (let i = start; i < end; i++) {
			const byte = bytes[i]!;
			if (byte === TILDE || byte === SLASH) {
				pointer[this.size++] = TILDE;
				pointer[this.size++] = byte === TILDE ? ZERO : ZERO + 1;
			} else pointer[this.size++] = byte;
		}
	}

	private appendIndex(index: number): void {
		if (index > 9) {
			this.append(encoder.encode(`/${index}`));
			return;
		}
		this.reserve(2);
		this.pointer[this.size++] = SLASH;
		this.pointer[this.size++] = ZERO + index;
	}

	/** One scalar or empty container, which the pointer under way leads to. */
	private row(field: Uint8Array, tape: Tape, token: number, line: number | null): void {
		const kind = tape.kind(token);
		const word = TYPE_WORDS.get(kind) ?? EMPTY_ARRAY;
		this.builder.column(0).appendUtf8(field, 0, field.length);
		this.builder.column(1).appendUtf8(this.pointer, 0, this.size);
		this.builder.column(2).appendUtf8(word, 0, word.length);
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

const EMPTY_ARRAY = encoder.encode("empty array");
const TYPE_WORDS = new Map([
	[NULL, encoder.encode("null")],
	[FALSE, encoder.encode("false")],
	[TRUE, encoder.encode("true")],
	[NUMBER, encoder.encode("number")],
	[STRING, encoder.encode("string")],
	[OBJECT, encoder.encode("empty object")],
]);

/** A key as a part of a JSON Pointer. */
export function escapePointer(key: string): string {
	return key.replace(/~/g, "~0").replace(/\//g, "~1");
}
