import type { SchemaElement } from "hyparquet";
import { BOOLEAN, type ColumnType, DOUBLE, INT64, TEXT, TIMESTAMP_NS, type Value } from "@/lib/model";
import { isFaithful } from "../numbers";
import { halfOf } from "../tensor/statistics";
import { invalidUtf8At, showBytes } from "../text/utf8";
import { clockText, dateText, timestampText } from "./times";

const INT64_MAX = 9223372036854775807n;

/** What the raw values of a leaf mean. */
export type Meaning =
	| { kind: "boolean" | "int64" | "uint64" | "double" | "half" | "date" | "text" | "uuid" | "bytes" | "blob" | "int96" }
	| { kind: "decimal"; scale: number; precision: number }
	/** `unit`: nanoseconds a step; not `utc` is a time of no zone */
	| { kind: "time"; unit: bigint }
	| { kind: "timestamp"; unit: bigint; utc: boolean };

const UNITS: Record<string, bigint> = { MILLIS: 1_000_000n, MICROS: 1000n, NANOS: 1n };

/** The meaning of a leaf, from its annotations; what is annotated in a way that is not known is raw. */
export function meaningOf(element: SchemaElement): Meaning {
	const { type, converted_type: old, logical_type: logical } = element;
	if (old === "DECIMAL" || logical?.type === "DECIMAL") return { kind: "decimal", scale: element.scale ?? 0, precision: element.precision ?? 38 };
	if (logical?.type === "TIMESTAMP") return { kind: "timestamp", unit: UNITS[logical.unit]!, utc: logical.isAdjustedToUTC };
	if (old === "TIMESTAMP_MILLIS" || old === "TIMESTAMP_MICROS") return { kind: "timestamp", unit: UNITS[old.slice(10)]!, utc: true };
	if (logical?.type === "TIME") return { kind: "time", unit: UNITS[logical.unit]! };
	if (old === "TIME_MILLIS" || old === "TIME_MICROS") return { kind: "time", unit: UNITS[old.slice(5)]! };
	if (old === "DATE" || logical?.type === "DATE") return { kind: "date" };
	if (logical?.type === "UUID") return { kind: "uuid" };
	if (logical?.type === "FLOAT16") return { kind: "half" };
	switch (type) {
		case "BOOLEAN":
			return { kind: "boolean" };
		case "INT32":
		case "INT64":
			return old?.startsWith("UINT_") || (logical?.type === "INTEGER" && !logical.isSigned) ? { kind: "uint64" } : { kind: "int64" };
		case "INT96":
			return { kind: "int96" };
		case "FLOAT":
		case "DOUBLE":
			return { kind: "double" };
		case "FIXED_LEN_BYTE_ARRAY":
			return { kind: "bytes" };
		default:
			if (old === "UTF8" || old === "ENUM" || old === "JSON" || logical?.type === "STRING" || logical?.type === "ENUM" || logical?.type === "JSON") return { kind: "text" };
			return old === "BSON" || logical?.type === "BSON" ? { kind: "bytes" } : { kind: "blob" };
	}
}

/** A leaf of the schema: what its values mean, and what a look at all of them has shown. */
export class Leaf {
	/** some value does not fit the column that the meaning asks for, so that the column is text (of a blob: hexadecimal) */
	wide = false;
	/** texts that are not UTF-8 */
	broken = 0;
	private readonly unsigned32: boolean;

	constructor(
		readonly meaning: Meaning,
		element: SchemaElement,
	) {
		this.unsigned32 = element.type === "INT32" && meaning.kind === "uint64";
	}

	/** Whether the column's type depends on the values. */
	get needsLook(): boolean {
		const { meaning } = this;
		if (meaning.kind === "decimal") return meaning.precision > 15;
		return meaning.kind === "uint64" || meaning.kind === "timestamp" || meaning.kind === "int96" || meaning.kind === "blob";
	}

	/** Widens by one raw value. */
	look(raw: unknown): void {
		if (this.wide || raw === null || raw === undefined) return;
		const { meaning } = this;
		if (meaning.kind === "uint64") this.wide = this.unsigned(raw) > INT64_MAX;
		else if (meaning.kind === "timestamp" || meaning.kind === "int96") this.wide = !inNanoseconds(this.nanoseconds(raw));
		else if (meaning.kind === "blob") this.wide = raw instanceof Uint8Array && (raw.includes(0) || invalidUtf8At(raw, 0, raw.length) >= 0);
		else if (meaning.kind === "decimal") this.wide = meaning.scale > 0 ? !isFaithful(decimalText(integerOf(raw), meaning.scale)) : !inInt64(integerOf(raw));
	}

	get type(): ColumnType {
		if (this.wide) return TEXT;
		switch (this.meaning.kind) {
			case "boolean":
				return BOOLEAN;
			case "int64":
			case "uint64":
				return INT64;
			case "double":
			case "half":
				return DOUBLE;
			case "decimal":
				return this.meaning.scale > 0 ? DOUBLE : INT64;
			case "timestamp":
			case "int96":
				return TIMESTAMP_NS;
			default:
				return TEXT;
		}
	}

	/** The value that a raw one means, for a column of `type`. */
	value(raw: unknown): Value {
		if (raw === null || raw === undefined) return null;
		const { meaning } = this;
		switch (meaning.kind) {
			case "boolean":
				return raw === true;
			case "int64":
				return typeof raw === "bigint" ? raw : Number(raw);
			case "uint64": {
				const value = this.unsigned(raw);
				return this.wide ? String(value) : value;
			}
			case "double":
				return Number(raw);
			case "half":
				return raw instanceof Uint8Array ? halfOf(raw[0]! | (raw[1]! << 8)) : null;
			case "decimal": {
				const text = decimalText(integerOf(raw), meaning.scale);
				if (this.wide) return text;
				return meaning.scale > 0 ? Number(text) : BigInt(text);
			}
			case "date":
				return dateText(Number(raw));
			case "time":
				return clockText(integerOf(raw) * meaning.unit);
			case "timestamp":
			case "int96": {
				const nanoseconds = this.nanoseconds(raw);
				return this.wide ? timestampText(nanoseconds, !("utc" in meaning) || meaning.utc) : nanoseconds;
			}
			case "uuid":
				return raw instanceof Uint8Array ? hex(raw).replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-") : String(raw);
			case "bytes":
				return raw instanceof Uint8Array ? hex(raw) : String(raw);
			case "blob":
			case "text":
				if (!(raw instanceof Uint8Array)) return String(raw);
				if (this.wide) return hex(raw);
				if (invalidUtf8At(raw, 0, raw.length) >= 0) this.broken++;
				return showBytes(raw);
		}
	}

	/** What a reader should know of the column; `name` is its dotted name. */
	notes(name: string): string[] {
		const { meaning, wide } = this;
		const notes: string[] = [];
		if (meaning.kind === "date" || meaning.kind === "time") notes.push(`"${name}" holds ${meaning.kind}s, as text`);
		if (meaning.kind === "bytes" || (meaning.kind === "blob" && wide)) notes.push(`"${name}" holds bytes, as hexadecimal text`);
		if (meaning.kind === "timestamp" && !meaning.utc && !wide) notes.push(`"${name}" holds times without a zone, shown as if they were UTC`);
		if (wide && (meaning.kind === "timestamp" || meaning.kind === "int96")) notes.push(`"${name}" is text, because some of its times are outside what 64 bits of nanoseconds hold`);
		if (wide && (meaning.kind === "decimal" || meaning.kind === "uint64")) notes.push(`"${name}" is text, because a number type would change its digits`);
		if (this.broken > 0) notes.push(`"${name}" has ${this.broken} text${this.broken === 1 ? "" : "s"} that are not UTF-8; what is broken shows as U+FFFD`);
		return notes;
	}

	private unsigned(raw: unknown): bigint {
		const value = integerOf(raw);
		return value >= 0n ? value : value + (this.unsigned32 ? 2n ** 32n : 2n ** 64n);
	}

	private nanoseconds(raw: unknown): bigint {
		return integerOf(raw) * (this.meaning.kind === "timestamp" ? this.meaning.unit : 1n);
	}
}

function inInt64(value: bigint): boolean {
	return value <= INT64_MAX && value >= -INT64_MAX - 1n;
}

function inNanoseconds(value: bigint): boolean {
	return value < INT64_MAX && value > -INT64_MAX;
}

/** The integer of a raw value: a number, a bigint, or big-endian two's complement bytes. */
function integerOf(raw: unknown): bigint {
	if (typeof raw === "bigint") return raw;
	if (raw instanceof Uint8Array) {
		let value = 0n;
		for (const byte of raw) value = (value << 8n) | BigInt(byte);
		return raw.length > 0 && raw[0]! >= 0x80 ? value - (1n << BigInt(raw.length * 8)) : value;
	}
	return BigInt(Number(raw));
}

/** `-0.05` of -5 and scale 2. */
function decimalText(value: bigint, scale: number): string {
	if (scale <= 0) return String(value * 10n ** BigInt(-scale));
	const digits = String(value < 0n ? -value : value).padStart(scale + 1, "0");
	return `${value < 0n ? "-" : ""}${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
}

function hex(bytes: Uint8Array): string {
	let text = "";
	for (const byte of bytes) text += byte.toString(16).padStart(2, "0");
	return text;
}
