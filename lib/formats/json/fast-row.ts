import type { BatchBuilder, ColumnBuilder } from "@/lib/model";
import { invalidUtf8At } from "../text/utf8";
import { BOOLEAN, DOUBLE, type FastNode, INTEGER, JSON_TEXT, LIST, recordNode, startsWith, STRUCT, TEXT, TIME } from "./fast-node";
import { readNumber } from "./fast-number";
import { readText } from "./fast-text";
import { readTime } from "./fast-time";
import type { Member } from "./plan";
import type { Shape } from "./schema";
import type { Tape } from "./tape";

const SPACE = 0x20;
const TAB = 0x09;
const LF = 0x0a;
const CR = 0x0d;
const QUOTE = 0x22;
const COMMA = 0x2c;
const COLON = 0x3a;
const OPEN = 0x7b;
const CLOSE = 0x7d;
const NO_BYTES: Uint8Array = new Uint8Array(0);

/** A text field that every record must have, and how it must begin. */
export interface Guard {
	field: string;
	prefix: string;
}

/**
 * Reads lines that look as the columns expect, straight from bytes into the columns: keys are compared with those that the
 * row before had, strings and numbers go to their buffers where they stand. A line with anything else in it leaves no
 * trace and is left to the general way.
 */
export class FastRows {
	private readonly root: FastNode;
	private readonly json: FastNode[];
	private readonly guard: { node: FastNode; index: number; prefix: Uint8Array } | null;
	private columns: readonly ColumnBuilder[] | null = null;
	private rows = 0;
	private gaps = false;
	/** the newline up to which the bytes are whole lines */
	private limit = 0;
	/** the bytes that are read, and the same for reading words */
	private bytes = NO_BYTES;
	private view: DataView = new DataView(NO_BYTES.buffer);

	constructor(root: Shape, members: readonly Member[], guard: Guard | null) {
		this.root = recordNode(root, members);
		this.json = this.root.children.filter((node) => node.kind === JSON_TEXT);
		const index = guard === null ? -1 : members.findIndex((member) => member.key === guard.field);
		this.guard = guard === null || index < 0 ? null : { index, node: this.root.children[index]!, prefix: new TextEncoder().encode(guard.prefix) };
	}

	/** Different keys of the row read last. */
	get seen(): number {
		return this.root.seen;
	}

	/**
	 * Reads the line at `at` into the builder's next row, all but the columns after the record's own, and returns the offset of the next
	 * line; -1 when it is not as expected. A newline must stand at `limit`.
	 */
	read(builder: BatchBuilder, bytes: Uint8Array, at: number, limit: number): number {
		// A batch that was finished has left the builder with other columns.
		if (builder.columns !== this.columns) this.bind(builder.columns);
		if (bytes !== this.bytes) {
			this.bytes = bytes;
			this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
		}
		this.limit = limit;
		this.rows++;
		this.gaps = false;
		if (bytes[at] === OPEN) {
			let end = this.object(this.root, bytes, at + 1, true);
			if (end >= 0) {
				if (bytes[end] === CR) end++;
				if (bytes[end] === LF && this.isGuarded()) return end + 1;
			}
		}
		builder.truncate(builder.numRows);
		return -1;
	}

	/** Appends the names that the row read last lacks to the elements of a list; false when it lacks none. */
	absent(names: ColumnBuilder): boolean {
		if (!this.gaps) return false;
		this.missing(this.root, names);
		return true;
	}

	/** The JSON text values of the row read last, with the tape of each. */
	eachJson(take: (field: string, tape: Tape) => void): void {
		for (const node of this.json) if (node.row === this.rows) take(node.name, node.tape!);
	}

	private bind(columns: readonly ColumnBuilder[]): void {
		this.columns = columns;
		for (const [i, node] of this.root.children.entries()) node.bind(columns[i]!);
	}

	private isGuarded(): boolean {
		if (this.guard === null) return true;
		const { node, index, prefix } = this.guard;
		const column = node.column!;
		const start = column.offsets[column.length - 1]!;
		return this.root.stamps[index] === this.root.stamp && column.size - start >= prefix.length && startsWith(column.bytes, start, prefix);
	}

	private missing(node: FastNode, names: ColumnBuilder): void {
		for (let i = 0; i < node.children.length; i++) {
			const child = node.children[i]!;
			if (node.stamps[i] !== node.stamp) names.appendUtf8(child.dotted!, 0, child.dotted!.length);
			else if (child.kind === STRUCT && child.row === this.rows) this.missing(child, names);
		}
	}

	/** The object whose brace was read; `isRecord` for the record itself, which has no column. */
	private object(node: FastNode, bytes: Uint8Array, from: number, isRecord: boolean): number {
		const { children, stamps, follower, keys } = node;
		const { view } = this;
		const stamp = ++node.stamp;
		let seen = 0;
		let before = children.length;
		let at = skip(bytes, from);
		if (bytes[at] !== CLOSE) {
			for (;;) {
				if (bytes[at] !== QUOTE) return -1;
				let child = follower[before]!;
				let next = child < 0 ? -1 : keys[child]!.after(view, at);
				if (next < 0) {
					child = node.find(bytes, at);
					if (child < 0) return -1;
					follower[before] = child;
					next = skip(bytes, at + keys[child]!.bytes.length);
					if (bytes[next++] !== COLON) return -1;
				}
				// Of a repeated key the last value counts: that takes the whole record at once.
				if (stamps[child] === stamp) return -1;
				stamps[child] = stamp;
				seen++;
				at = this.value(children[child]!, bytes, skip(bytes, next));
				if (at < 0) return -1;
				at = skip(bytes, at);
				const mark = bytes[at]!;
				if (mark === CLOSE) break;
				if (mark !== COMMA) return -1;
				at = skip(bytes, at + 1);
				before = child;
			}
		}
		node.seen = seen;
		node.row = this.rows;
		if (seen < children.length) {
			if (node.dotted !== null) this.gaps = true;
			for (let i = 0; i < children.length; i++) if (stamps[i] !== stamp) children[i]!.column!.appendNull();
		}
		if (!isRecord) node.column!.closeStruct();
		return at + 1;
	}

	private value(node: FastNode, bytes: Uint8Array, at: number): number {
		const byte = bytes[at]!;
		if (byte === 0x6e) {
			if (bytes[at + 1] !== 0x75 || bytes[at + 2] !== 0x6c || bytes[at + 3] !== 0x6c) return -1;
			node.column!.appendNull();
			return at + 4;
		}
		switch (node.kind) {
			case TEXT:
				return byte === QUOTE ? readText(node, bytes, this.view, at, this.limit) : -1;
			case INTEGER:
			case DOUBLE:
				return readNumber(node, bytes, at);
			case TIME:
				return byte === QUOTE ? readTime(node, bytes, at) : -1;
			case BOOLEAN:
				return this.boolean(node, bytes, at);
			case LIST:
				return byte === 0x5b ? this.list(node, bytes, at + 1) : -1;
			case STRUCT:
				return byte === OPEN ? this.object(node, bytes, at + 1, false) : -1;
			case JSON_TEXT:
				return this.jsonText(node, bytes, at);
			default:
				return -1;
		}
	}

	private boolean(node: FastNode, bytes: Uint8Array, at: number): number {
		const isTrue = bytes[at] === 0x74 && bytes[at + 1] === 0x72 && bytes[at + 2] === 0x75 && bytes[at + 3] === 0x65;
		if (!isTrue && !(bytes[at] === 0x66 && bytes[at + 1] === 0x61 && bytes[at + 2] === 0x6c && bytes[at + 3] === 0x73 && bytes[at + 4] === 0x65)) return -1;
		node.column!.appendBoolean(isTrue);
		return isTrue ? at + 4 : at + 5;
	}

	private list(node: FastNode, bytes: Uint8Array, from: number): number {
		const of = node.children[0]!;
		let at = skip(bytes, from);
		if (bytes[at] !== 0x5d) {
			for (;;) {
				at = this.value(of, bytes, at);
				if (at < 0) return -1;
				at = skip(bytes, at);
				const mark = bytes[at]!;
				if (mark === 0x5d) break;
				if (mark !== COMMA) return -1;
				at = skip(bytes, at + 1);
			}
		}
		node.column!.closeList();
		return at + 1;
	}

	private jsonText(node: FastNode, bytes: Uint8Array, at: number): number {
		const tape = node.tape!;
		if (!tape.parseValue(bytes, at, bytes.indexOf(LF, at)) || tape.loneSurrogates > 0) return -1;
		const end = tape.end(0);
		if (invalidUtf8At(bytes, at, end) >= 0) return -1;
		node.column!.appendUtf8(bytes, at, end);
		node.row = this.rows;
		return end;
	}
}

/** Past spaces and tabs; a newline ends the line and is none of them. */
function skip(bytes: Uint8Array, from: number): number {
	let at = from;
	while (bytes[at] === SPACE || bytes[at] === TAB) at++;
	return at;
}
