import type { ColumnBuilder } from "@/lib/model";
import type { Member, Plan } from "./plan";
import { SAW_TEXT, type Shape } from "./schema";
import { Tape } from "./tape";

/** What the fast path takes at a place. Null is taken everywhere; what is `REST` else goes the general way. */
export const REST = 0;
export const TEXT = 1;
export const INTEGER = 2;
export const DOUBLE = 3;
export const BOOLEAN = 4;
export const TIME = 5;
export const LIST = 6;
export const STRUCT = 7;
export const JSON_TEXT = 8;

const encoder = new TextEncoder();
const NO_BYTES = new Uint8Array(0);
const COLON = 0x3a;
const WORD = 4;

/** A key as a file has it that escapes nothing. */
export class FastKey {
	/** with its quotes; empty where the key must be escaped */
	readonly bytes: Uint8Array;
	/** with the colon behind it, as whole words, and its last four bytes as one that may overlap those */
	private readonly words: Int32Array;
	private readonly tail: number;
	private readonly tailAt: number;

	constructor(key: string) {
		this.bytes = rawKey(key);
		const view = new DataView(Uint8Array.of(...this.bytes, COLON, 0, 0, 0).buffer);
		const size = this.bytes.length + 1;
		this.words = Int32Array.from({ length: size >> 2 }, (_, i) => view.getInt32(i * WORD, true));
		this.tailAt = size - WORD;
		this.tail = this.tailAt < 0 ? 0 : view.getInt32(this.tailAt, true);
	}

	/** Where the value may begin when the key and its colon stand at `at`, with nothing between; else -1. */
	after(view: DataView, at: number): number {
		const { words, tailAt } = this;
		const end = at + tailAt + WORD;
		if (tailAt < 0 || end > view.byteLength) return -1;
		for (let i = 0; i < words.length; i++) if (view.getInt32(at + i * WORD, true) !== words[i]) return -1;
		return view.getInt32(at + tailAt, true) === this.tail ? end : -1;
	}
}

/**
 * A place of the records, ready to read: its column, and for objects the keys as they stand in the file with the key
 * that came after each in the row before. Of one class for all kinds, which keeps the row reader's code fast.
 */
export class FastNode {
	readonly kind: number;
	readonly shape: Shape;
	/** column of the record, or field of a struct */
	readonly name: string;
	/** what `absent` calls it; null inside lists */
	readonly dotted: Uint8Array | null;
	column: ColumnBuilder | null = null;
	/** a list's element; a struct's fields, in the order of their columns */
	readonly children: FastNode[];
	/** by child */
	readonly keys: readonly FastKey[];
	/** by child, and last for the beginning: the child whose key came next, or -1 */
	readonly follower: Int32Array;
	/** by child: the object in which its key was seen last */
	readonly stamps: Int32Array;
	/** objects read so far */
	stamp = 0;
	/** keys of the object read last */
	seen = 0;
	/** the row in which the value was there, for structs outside lists and for JSON text */
	row = -1;
	readonly tape: Tape | null;
	private written: Uint8Array = NO_BYTES;
	private words: DataView = new DataView(NO_BYTES.buffer);

	constructor(kind: number, shape: Shape, name: string, dotted: string | null, children: FastNode[], keys: readonly string[]) {
		this.kind = kind;
		this.shape = shape;
		this.name = name;
		this.dotted = dotted === null ? null : encoder.encode(dotted);
		this.children = children;
		this.keys = keys.map((key) => new FastKey(key));
		this.follower = new Int32Array(children.length + 1).fill(-1);
		this.stamps = new Int32Array(children.length);
		this.tape = kind === JSON_TEXT ? new Tape() : null;
	}

	/** Writes words into the bytes of the node's column. */
	writer(bytes: Uint8Array): DataView {
		if (bytes !== this.written) {
			this.written = bytes;
			this.words = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
		}
		return this.words;
	}

	bind(column: ColumnBuilder): void {
		this.column = column;
		if (this.kind !== LIST && this.kind !== STRUCT) return;
		for (const [i, child] of this.children.entries()) child.bind(column.child(i));
	}

	/** The child whose key stands at `at`, quote and all, or -1. */
	find(bytes: Uint8Array, at: number): number {
		for (let i = 0; i < this.keys.length; i++) if (startsWith(bytes, at, this.keys[i]!.bytes)) return i;
		return -1;
	}
}

/** The root of a file's records, from the columns that its shape gives. */
export function recordNode(root: Shape, members: readonly Member[]): FastNode {
	return new FastNode(STRUCT, root, "", "", members.map((member) => nodeOf(member.plan, root.fields[member.at]!, member.name, member.name, true)), members.map((member) => member.key));
}

function nodeOf(plan: Plan, shape: Shape, name: string, dotted: string | null, isColumn: boolean): FastNode {
	const leaf = (kind: number) => new FastNode(kind, shape, name, dotted, [], []);
	switch (plan.kind) {
		case "text":
			// A column of times beside numbers, or of nothing but null, would widen by a text: the general way sees to that.
			return leaf(shape.declared === "text" || shape.flags & SAW_TEXT ? TEXT : REST);
		case "int64":
			return leaf(INTEGER);
		case "double":
			return leaf(DOUBLE);
		case "boolean":
			return leaf(BOOLEAN);
		case "time":
			return leaf(TIME);
		case "json":
			// What is inside a promised JSON column widens nothing.
			return leaf(isColumn && shape.declared === "json" ? JSON_TEXT : REST);
		case "map":
			return leaf(REST);
		case "list":
			if (plan.hasJson) return leaf(REST);
			return new FastNode(LIST, shape, name, dotted, [nodeOf(plan.of, shape.element, name, null, false)], []);
		case "struct": {
			if (plan.hasJson) return leaf(REST);
			const children = plan.members.map((member) => nodeOf(member.plan, shape.fields[member.at]!, member.name, dotted === null ? null : `${dotted}.${member.name}`, false));
			return new FastNode(STRUCT, shape, name, dotted, children, plan.members.map((member) => member.key));
		}
	}
}

/** The key with its quotes, as a file has it that escapes nothing; empty when it must be escaped. */
function rawKey(key: string): Uint8Array {
	const bytes = encoder.encode(`"${key}"`);
	return bytes.some((byte, i) => byte < 0x20 || byte === 0x5c || (byte === 0x22 && i > 0 && i < bytes.length - 1)) ? new Uint8Array(0) : bytes;
}

/** Whether `wanted`, which is not empty, stands at `at`. */
export function startsWith(bytes: Uint8Array, at: number, wanted: Uint8Array): boolean {
	const size = wanted.length;
	if (size === 0) return false;
	for (let i = 0; i < size; i++) if (bytes[at + i] !== wanted[i]) return false;
	return true;
}
