/** Column types and their builders. A finished column is laid out as Arrow lays it out, so that it enters the engine without a copy per value. */

export type ColumnType =
	| { kind: "text" }
	| { kind: "int64" }
	| { kind: "double" }
	| { kind: "boolean" }
	/** nanoseconds since 1970-01-01 UTC, as bigint */
	| { kind: "timestamp_ns" }
	| { kind: "list"; of: ColumnType }
	| { kind: "struct"; fields: Field[] }
	/** keys are text */
	| { kind: "map"; of: ColumnType };

export interface Field {
	name: string;
	type: ColumnType;
}

export const TEXT: ColumnType = { kind: "text" };
export const INT64: ColumnType = { kind: "int64" };
export const DOUBLE: ColumnType = { kind: "double" };
export const BOOLEAN: ColumnType = { kind: "boolean" };
export const TIMESTAMP_NS: ColumnType = { kind: "timestamp_ns" };
export const TEXT_LIST: ColumnType = { kind: "list", of: TEXT };

/** A value on its way into a column. `undefined` inside a struct counts as null; int64 takes number (safe integers) or bigint. */
export type Value = null | undefined | boolean | number | bigint | string | readonly Value[] | { readonly [key: string]: Value };

/** A finished column. `validity` is a little-endian bitmap (1 = present), absent where nothing is null. */
export interface Column {
	type: ColumnType;
	length: number;
	nulls: number;
	validity: Uint8Array | null;
	/** int64, timestamp_ns: BigInt64Array · double: Float64Array · boolean: bitmap */
	values: BigInt64Array | Float64Array | Uint8Array | null;
	/** text, list, map: length + 1 entries */
	offsets: Int32Array | null;
	/** text: UTF-8 */
	bytes: Uint8Array | null;
	/** list: one · struct: one per field · map: keys and values */
	children: Column[];
}

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** Appends values one at a time and hands over an Arrow-shaped column. Grows by doubling. */
export class ColumnBuilder {
	readonly type: ColumnType;
	length = 0;
	private nulls = 0;
	private validity = new Uint8Array(16);
	private values: BigInt64Array | Float64Array | Uint8Array | null = null;
	private offsets: Int32Array | null = null;
	private bytes: Uint8Array | null = null;
	private size = 0;
	private readonly children: ColumnBuilder[] = [];

	constructor(type: ColumnType) {
		this.type = type;
		switch (type.kind) {
			case "int64":
			case "timestamp_ns":
				this.values = new BigInt64Array(64);
				break;
			case "double":
				this.values = new Float64Array(64);
				break;
			case "boolean":
				this.values = new Uint8Array(16);
				break;
			case "text":
				this.offsets = new Int32Array(65);
				this.bytes = new Uint8Array(256);
				break;
			case "list":
				this.offsets = new Int32Array(65);
				this.children.push(new ColumnBuilder(type.of));
				break;
			case "map":
				this.offsets = new Int32Array(65);
				this.children.push(new ColumnBuilder(TEXT), new ColumnBuilder(type.of));
				break;
			case "struct":
				for (const field of type.fields) this.children.push(new ColumnBuilder(field.type));
		}
	}

	/** Bytes of text held so far; callers use it to bound the size of a batch. */
	get textBytes(): number {
		return this.size + this.children.reduce((sum, child) => sum + child.textBytes, 0);
	}

	/** The builder of a list's elements, a struct's field or a map's keys (0) and values (1). */
	child(index: number): ColumnBuilder {
		const child = this.children[index];
		if (!child) throw new RangeError(`no child ${index} in a ${this.type.kind} column`);
		return child;
	}

	appendNull(): void {
		this.mark(false);
		switch (this.type.kind) {
			case "struct":
				for (const child of this.children) child.appendNull();
				break;
			case "text":
				this.closeOffsets(this.size);
				break;
			case "list":
			case "map":
				this.closeOffsets(this.child(0).length);
		}
		this.length++;
	}

	/** Appends `bytes[start, end)` as text without decoding; the caller has checked that it is UTF-8. */
	appendUtf8(bytes: Uint8Array, start: number, end: number): void {
		this.mark(true);
		const size = end - start;
		this.reserveBytes(size);
		(this.bytes as Uint8Array).set(size === bytes.length ? bytes : bytes.subarray(start, end), this.size);
		this.size += size;
		this.closeOffsets(this.size);
		this.length++;
	}

	/** Ends a list or map whose elements were appended to `child(…)`. */
	closeList(): void {
		this.mark(true);
		this.closeOffsets(this.child(0).length);
		this.length++;
	}

	/** Ends a struct row whose fields were each appended once to `child(…)`. */
	closeStruct(): void {
		this.mark(true);
		this.length++;
	}

	append(value: Value): void {
		if (value === null || value === undefined) {
			this.appendNull();
			return;
		}
		switch (this.type.kind) {
			case "text": {
				const text = String(value);
				this.mark(true);
				this.reserveBytes(text.length * 3);
				const { written } = encoder.encodeInto(text, (this.bytes as Uint8Array).subarray(this.size));
				this.size += written;
				this.closeOffsets(this.size);
				break;
			}
			case "int64":
			case "timestamp_ns":
				this.mark(true);
				(this.values as BigInt64Array)[this.length] = typeof value === "bigint" ? value : BigInt(value as number);
				break;
			case "double":
				this.mark(true);
				(this.values as Float64Array)[this.length] = Number(value);
				break;
			case "boolean":
				this.mark(true);
				if (value) (this.values as Uint8Array)[this.length >> 3]! |= 1 << (this.length & 7);
				break;
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
				return;
			}
		}
		this.length++;
	}

	/** The column so far. The builder must not be used afterwards. */
	finish(): Column {
		const { length } = this;
		const bits = (length + 7) >> 3;
		const kind = this.type.kind;
		const values = this.values === null ? null : kind === "boolean" ? (this.values as Uint8Array).subarray(0, bits) : this.values.subarray(0, length);
		return {
			type: this.type,
			length,
			nulls: this.nulls,
			validity: this.nulls === 0 ? null : this.validity.subarray(0, bits),
			values,
			offsets: this.offsets?.subarray(0, length + 1) ?? null,
			bytes: this.bytes?.subarray(0, this.size) ?? null,
			children: this.children.map((child) => child.finish()),
		};
	}

	private mark(present: boolean): void {
		const at = this.length;
		if (at >> 3 >= this.validity.length) this.validity = grown(this.validity, this.validity.length * 2);
		if (present) this.validity[at >> 3]! |= 1 << (at & 7);
		else this.nulls++;
		if (this.values !== null) {
			const room = this.type.kind === "boolean" ? this.values.length * 8 : this.values.length;
			if (at >= room) this.values = grown(this.values, this.values.length * 2);
		}
		if (this.offsets !== null && at + 1 >= this.offsets.length) this.offsets = grown(this.offsets, this.offsets.length * 2);
	}

	private closeOffsets(end: number): void {
		(this.offsets as Int32Array)[this.length + 1] = end;
	}

	private reserveBytes(extra: number): void {
		const bytes = this.bytes as Uint8Array;
		if (this.size + extra <= bytes.length) return;
		let size = bytes.length * 2;
		while (size < this.size + extra) size *= 2;
		this.bytes = grown(bytes, size);
	}
}

function grown<T extends Uint8Array | Int32Array | Float64Array | BigInt64Array>(old: T, size: number): T {
	const next = new (old.constructor as new (size: number) => T)(size);
	next.set(old as never);
	return next;
}

/** Reads one value back. Text comes as string, int64 and timestamp_ns as bigint, list as array, struct and map as object. */
export function readValue(column: Column, row: number): Value {
	if (column.validity !== null && !((column.validity[row >> 3] ?? 0) & (1 << (row & 7)))) return null;
	switch (column.type.kind) {
		case "text":
			return decoder.decode((column.bytes as Uint8Array).subarray(column.offsets![row], column.offsets![row + 1]));
		case "int64":
		case "timestamp_ns":
		case "double":
			return (column.values as BigInt64Array | Float64Array)[row];
		case "boolean":
			return (((column.values as Uint8Array)[row >> 3] ?? 0) & (1 << (row & 7))) !== 0;
		case "list": {
			const out: Value[] = [];
			for (let i = column.offsets![row]!; i < column.offsets![row + 1]!; i++) out.push(readValue(column.children[0]!, i));
			return out;
		}
		case "map": {
			const out: Record<string, Value> = Object.create(null);
			for (let i = column.offsets![row]!; i < column.offsets![row + 1]!; i++) out[readValue(column.children[0]!, i) as string] = readValue(column.children[1]!, i);
			return out;
		}
		case "struct": {
			const out: Record<string, Value> = Object.create(null);
			column.type.fields.forEach((field, i) => {
				out[field.name] = readValue(column.children[i]!, row);
			});
			return out;
		}
	}
}
