import { classifyNumber } from "../numbers";
import { timeOfBytes } from "../times";
import { KeyTable } from "./keys";
import { stringOf } from "./strings";
import { ARRAY, FALSE, NULL, NUMBER, OBJECT, STRING, type Tape, TRUE } from "./tape";

/** What has been seen at one place of the records of a file. The low five bits are those of `numbers.ts`. */
export const NUMBERS = 31;
export const SAW_NULL = 32;
export const SAW_BOOLEAN = 64;
/** a string that is an RFC 3339 time with a zone */
export const SAW_TIME = 128;
export const SAW_TEXT = 256;
export const SAW_OBJECT = 512;
export const SAW_EMPTY_OBJECT = 1024;
export const SAW_ARRAY = 2048;
/** nested too deep or too many keys: stays JSON text */
export const TOO_MUCH = 4096;

/** A container this deep inside its column stays JSON text. */
export const MAX_DEPTH = 16;
/** An object with more distinct keys than this over a file is a dictionary, not a struct. */
export const MAX_KEYS = 200;
/** Columns of one file; beyond it every record is one JSON text. */
export const MAX_COLUMNS = 1000;

/** A file with more columns than this, of which the records lack most, is one JSON text a record too. */
const SPARSE_COLUMNS = 64;

/** Counts how much of a table without promised fields would be filled, because `absent` names every gap. */
export class Filling {
	private records = 0;
	private filled = 0;

	/** Counts the record that `root` opened last. */
	count(root: Shape, isObject: boolean): void {
		this.add(isObject ? root.opened : 1);
	}

	/** Counts a record with so many different keys. */
	add(keys: number): void {
		this.records++;
		this.filled += keys;
	}

	/** Whether the records lack more than half of more than 64 columns. */
	isSparse(root: Shape): boolean {
		const columns = root.fields.filter((field) => field.exists).length;
		return columns > SPARSE_COLUMNS && this.filled * 2 < this.records * columns;
	}
}

/** The type that a format promises for a field, whatever the records hold. `number` is int64 or double. */
export type Declared = "text" | "int64" | "number" | "boolean" | "time" | "json" | "numbers by name" | "list" | "struct";

/** How often any place of a file has widened. */
export interface Widening {
	changes: number;
}

/**
 * The merged type of one place: a column, a struct's field, or a list's elements. A type only ever widens:
 * null < boolean, integer < double < text, time < text; objects merge by key and arrays by their elements.
 */
export class Shape {
	flags = 0;
	/** how many objects repeated a key */
	repeated = 0;
	/** how many different keys the object opened last has */
	opened = 0;
	declared: Declared | null;
	/** shared by all places of a file */
	readonly widening: Widening;
	readonly keys = new KeyTable();
	readonly fields: Shape[] = [];
	private elementShape: Shape | null = null;
	private maxKeys: number;
	private slots = new Int32Array(8);
	private stamps = new Int32Array(8);
	private stamp = 0;

	constructor(declared: Declared | null = null, maxKeys = MAX_KEYS, widening: Widening = { changes: 0 }) {
		this.declared = declared;
		this.maxKeys = maxKeys;
		this.widening = widening;
	}

	/** The shape of an array's elements. */
	get element(): Shape {
		this.elementShape ??= new Shape(null, MAX_KEYS, this.widening);
		return this.elementShape;
	}

	/** Promises a field, in this place of the order, and returns its shape. A place with promises has no limit of keys: it must stay a struct. */
	declare(name: string, type: Declared): Shape {
		this.maxKeys = Number.POSITIVE_INFINITY;
		const at = this.keys.add(name);
		const field = new Shape(type, MAX_KEYS, this.widening);
		this.fields[at] = field;
		return field;
	}

	/** Forgets what `repeated` has counted, here and inside: the file is read again. */
	recount(): void {
		this.repeated = 0;
		this.elementShape?.recount();
		for (const field of this.fields) field.recount();
	}

	/** Whether the place occurred in any record, or was promised. */
	get exists(): boolean {
		return this.flags !== 0 || this.declared !== null;
	}

	/**
	 * Takes an object's members apart: after it `slot(i)` is the value of key i. Of a repeated key the last wins, as in
	 * `JSON.parse`. False when the object has more keys than a struct may have. `counts` is false for a record that was
	 * opened before, so that its repeated keys are not counted twice.
	 */
	open(tape: Tape, token: number, counts = true): boolean {
		const stamp = this.fresh();
		this.opened = 0;
		let hint = 0;
		let key = token + 1;
		for (let n = tape.count(token); n > 0; n--) {
			let at = this.keys.findToken(tape, key, hint);
			if (at < 0) at = this.addKey(tape, key);
			if (at < 0) return false;
			if (this.stamps[at] !== stamp) this.opened++;
			else if (counts) this.repeated++;
			this.put(at, key + 1);
			hint = at + 1;
			key = tape.next(key + 1);
		}
		return true;
	}

	/** Starts an empty set of slots; for records that are not objects. */
	fresh(): number {
		this.stamp++;
		return this.stamp;
	}

	slot(at: number): number {
		return this.stamps[at] === this.stamp ? this.slots[at]! : -1;
	}

	put(at: number, token: number): void {
		if (at >= this.slots.length) {
			this.slots = grown(this.slots, at);
			this.stamps = grown(this.stamps, at);
		}
		this.stamps[at] = this.stamp;
		this.slots[at] = token;
	}

	clear(at: number): void {
		this.stamps[at] = 0;
	}

	/** The index of a named field, added if it is new. */
	field(name: string): number {
		const at = this.keys.add(name);
		this.fields[at] ??= new Shape(null, MAX_KEYS, this.widening);
		return at;
	}

	/** Widens this place by a value. `depth` counts the containers around it inside its column. */
	merge(tape: Tape, token: number, depth = 0): void {
		switch (tape.kind(token)) {
			case NULL:
				this.widen(SAW_NULL);
				return;
			case FALSE:
			case TRUE:
				this.widen(SAW_BOOLEAN);
				return;
			case NUMBER:
				this.widen(classifyNumber(tape.bytes, tape.start(token), tape.end(token)));
				return;
			case STRING:
				if (this.flags & SAW_TEXT) return;
				this.widen(!tape.isEscaped(token) && timeOfBytes(tape.bytes, tape.start(token) + 1, tape.end(token) - 1) !== null ? SAW_TIME : SAW_TEXT);
				return;
			case ARRAY:
				this.widen(SAW_ARRAY);
				if (this.declared === "json" || this.stops(depth, tape.count(token))) return;
				for (let item = token + 1; item < tape.next(token); item = tape.next(item)) this.element.merge(tape, item, depth + 1);
				return;
			case OBJECT:
				this.widen(tape.count(token) === 0 ? SAW_EMPTY_OBJECT : SAW_OBJECT);
				if (this.declared === "json" || this.stops(depth, tape.count(token))) return;
				if (this.open(tape, token)) this.mergeSlots(tape, depth + 1);
		}
	}

	/** Widens the fields by the values that `open` found. */
	mergeSlots(tape: Tape, depth: number): void {
		for (let at = 0; at < this.keys.size; at++) {
			const value = this.slot(at);
			if (value >= 0) this.fields[at]!.merge(tape, value, depth);
		}
	}

	private widen(flags: number): void {
		if ((this.flags | flags) === this.flags) return;
		this.flags |= flags;
		this.widening.changes++;
	}

	private stops(depth: number, children: number): boolean {
		if (this.flags & TOO_MUCH) return true;
		if (depth < MAX_DEPTH || children === 0) return false;
		this.widen(TOO_MUCH);
		return true;
	}

	private addKey(tape: Tape, key: number): number {
		if (this.keys.size >= this.maxKeys) {
			this.widen(TOO_MUCH);
			return -1;
		}
		return this.field(stringOf(tape, key));
	}
}

function grown(old: Int32Array<ArrayBuffer>, at: number): Int32Array<ArrayBuffer> {
	const next = new Int32Array(Math.max(old.length * 2, at + 1));
	next.set(old);
	return next;
}
