import { type Column, type ColumnType, TEXT, type Value } from "./column";

const encoder = new TextEncoder();
const NO_INTS = new Int32Array(0);
const NO_BYTES = new Uint8Array(0);
const NO_DOUBLES = new Float64Array(0);
const NO_BIGS = new BigInt64Array(0);
/** Small arrays live on the heap of the machine, which thousands of small files feel. */
const ROOM = 8;
const TEXT_ROOM = 64;
const LOW = 4294967296;

/**
 * Appends values one at a time and hands over an Arrow-shaped column. Grows by doubling. `truncate` takes rows back,
 * `reset` starts again in the same memory. A field that a type has no use for is an empty array, so that the fast
 * writers see one shape of object.
 */
export class ColumnBuilder {
	readonly type: ColumnType;
	length = 0;
	/** text: its UTF-8 so far is `bytes[0, size)` */
	size = 0;
	bytes: Uint8Array = NO_BYTES;
	/** text, list, map */
	offsets: Int32Array = NO_INTS;
	private nulls = 0;
	/** written only once there is a null */
	private validity: Uint8Array = NO_BYTES;
	/** int64 and times, twice: as they are, and as low and high halves */
	private bigs: BigInt64Array = NO_BIGS;
	private halves: Int32Array = NO_INTS;
	private doubles: Float64Array = NO_DOUBLES;
	private bits: Uint8Array = NO_BYTES;
	private readonly children: ColumnBuilder[] = [];
	private room = 0;

	constructor(type: ColumnType) {
		this.type = type;
		switch (type.kind) {
			case "text":
				this.bytes = new Uint8Array(TEXT_ROOM);
				break;
			case "list":
				this.children.push(new ColumnBuilder(type.of));
				break;
			case "map":
				this.children.push(new ColumnBuilder(TEXT), new ColumnBuilder(type.of));
				break;
			case "struct":
				for (const field of type.fields) this.children.push(new ColumnBuilder(field.type));
		}
		this.grow(ROOM);
	}

	/** Bytes of text held so far; callers use it to bound the size of a batch. */
	get textBytes(): number {
		let sum = this.size;
		for (const child of this.children) sum += child.textBytes;
		return sum;
	}

	/** The builder of a list's elements, a struct's field or a map's keys (0) and values (1). */
	child(index: number): ColumnBuilder {
		const child = this.children[index];
		if (!child) throw new RangeError(`no child ${index} in a ${this.type.kind} column`);
		return child;
	}

	appendNull(): void {
		const at = this.length;
		if (at >= this.room) this.grow(this.room * 2);
		if (this.nulls++ === 0) this.validity.fill(255, 0, (at >> 3) + 1);
		this.validity[at >> 3]! &= ~(1 << (at & 7));
		switch (this.type.kind) {
			case "struct":
				for (const child of this.children) child.appendNull();
				break;
			case "text":
				this.offsets[at + 1] = this.size;
				break;
			case "list":
			case "map":
				this.offsets[at + 1] = this.child(0).length;
		}
		this.length++;
	}

	/** Appends `bytes[start, end)` as text without decoding; the caller has checked that it is UTF-8. */
	appendUtf8(bytes: Uint8Array, start: number, end: number): void {
		const size = end - start;
		this.reserve(size);
		if (size < 24) for (let i = start; i < end; i++) this.bytes[this.size++] = bytes[i]!;
		else {
			this.bytes.set(size === bytes.length ? bytes : bytes.subarray(start, end), this.size);
			this.size += size;
		}
		this.endText(this.size);
	}

	/** Makes room for `extra` more bytes of text after `size`; `bytes` may be another array afterwards. */
	reserve(extra: number): void {
		if (this.size + extra > this.bytes.length) {
			const next = new Uint8Array(Math.max(this.bytes.length * 2, this.size + extra));
			next.set(this.bytes.subarray(0, this.size));
			this.bytes = next;
		}
	}

	/** Ends a text whose bytes were written into `bytes` from `size` up to `end`. */
	endText(end: number): void {
		this.size = end;
		this.mark();
		this.offsets[++this.length] = end;
	}

	/** Ends a list or map whose elements were appended to `child(…)`. */
	closeList(): void {
		this.mark();
		this.offsets[++this.length] = this.children[0]!.length;
	}

	/** Ends a struct row whose fields were each appended once to `child(…)`. */
	closeStruct(): void {
		this.mark();
		this.length++;
	}

	/** Appends a safe integer to an int64 column. */
	appendInteger(value: number): void {
		this.appendHalves(value | 0, Math.floor(value / LOW));
	}

	/** Appends an int64 or a time by the low and the high 32 bits. */
	appendHalves(low: number, high: number): void {
		this.mark();
		const at = this.length++ * 2;
		this.halves[at] = low;
		this.halves[at + 1] = high;
	}

	appendDouble(value: number): void {
		this.mark();
		this.doubles[this.length++] = value;
	}

	appendBoolean(value: boolean): void {
		this.mark();
		const at = this.length++;
		if (value) this.bits[at >> 3]! |= 1 << (at & 7);
		else this.bits[at >> 3]! &= ~(1 << (at & 7));
	}

	append(value: Value): void {
		if (value === null || value === undefined) {
			this.appendNull();
			return;
		}
		switch (this.type.kind) {
			case "text": {
				const text = String(value);
				this.reserve(text.length * 3);
				const { written } = encoder.encodeInto(text, this.bytes.subarray(this.size));
				this.endText(this.size + written);
				return;
			}
			case "int64":
			case "timestamp_ns":
				if (typeof value === "bigint") {
					this.mark();
					this.bigs[this.length++] = value;
				} else if (Number.isSafeInteger(value)) this.appendInteger(value as number);
				else throw new RangeError(`${String(value)} is no safe integer`);
				return;
			case "double":
				this.appendDouble(Number(value));
				return;
			case "boolean":
				this.appendBoolean(Boolean(value));
				return;
			case "list":
				for (const item of value as readonly Value[]) this.child(0).append(item);
				this.closeList();
				return;
			case "map":
				for (const [key, item] of Object.entries(value as object)) {
					this.child(0).append(key);
					this.child(1).append(item);
				}
				this.closeList();
				return;
			case "struct": {
				const record = value as { readonly [key: string]: Value };
				this.type.fields.forEach((field, i) => {
					this.child(i).append(Object.hasOwn(record, field.name) ? record[field.name] : null);
				});
				this.closeStruct();
			}
		}
	}

	/** Takes back all rows from `length` on, and what was appended to children for a row that never ended. */
	truncate(length: number): void {
		for (let at = length; this.nulls > 0 && at < this.length; at++) if (!(this.validity[at >> 3]! & (1 << (at & 7)))) this.nulls--;
		if (this.length > length) this.length = length;
		if (this.type.kind === "text") this.size = this.offsets[this.length]!;
		const inside = this.type.kind === "struct" ? this.length : (this.offsets[this.length] ?? 0);
		for (const child of this.children) child.truncate(inside);
	}

	/** Starts again, empty, in the same memory. What `finish` gave is void then. */
	reset(): void {
		this.length = 0;
		this.size = 0;
		this.nulls = 0;
		for (const child of this.children) child.reset();
	}

	/** The column so far, as views of the builder's memory: nothing more may be appended until `reset`. */
	finish(): Column {
		const { length } = this;
		const bits = (length + 7) >> 3;
		return {
			type: this.type,
			length,
			nulls: this.nulls,
			validity: this.nulls === 0 ? null : this.validity.subarray(0, bits),
			values: this.valuesOf(length, bits),
			offsets: this.offsets.length === 0 ? null : this.offsets.subarray(0, length + 1),
			bytes: this.type.kind === "text" ? this.bytes.subarray(0, this.size) : null,
			children: this.children.map((child) => child.finish()),
		};
	}

	private valuesOf(length: number, bits: number): Column["values"] {
		switch (this.type.kind) {
			case "int64":
			case "timestamp_ns":
				return this.bigs.subarray(0, length);
			case "double":
				return this.doubles.subarray(0, length);
			case "boolean":
				return this.bits.subarray(0, bits);
			default:
				return null;
		}
	}

	/** Notes that the next value is there. */
	private mark(): void {
		const at = this.length;
		if (at >= this.room) this.grow(this.room * 2);
		if (this.nulls > 0) this.validity[at >> 3]! |= 1 << (at & 7);
	}

	private grow(room: number): void {
		this.room = room;
		this.validity = copied(this.validity, new Uint8Array((room + 7) >> 3));
		switch (this.type.kind) {
			case "int64":
			case "timestamp_ns":
				this.bigs = copied(this.bigs, new BigInt64Array(room));
				this.halves = new Int32Array(this.bigs.buffer);
				return;
			case "double":
				this.doubles = copied(this.doubles, new Float64Array(room));
				return;
			case "boolean":
				this.bits = copied(this.bits, new Uint8Array((room + 7) >> 3));
				return;
			case "text":
			case "list":
			case "map":
				this.offsets = copied(this.offsets, new Int32Array(room + 1));
		}
	}
}

function copied<T extends Uint8Array | Int32Array | Float64Array | BigInt64Array>(from: T, to: T): T {
	to.set(from as never);
	return to;
}
