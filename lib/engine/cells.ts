import { type Data, type DataType, type Decimal, type Dictionary, type FixedSizeList, type Float, type Int, Precision, type Time, type Timestamp, TimeUnit, Type, type Vector } from "apache-arrow";
import type { Cell, ResultColumn } from "./engine";

const decoder = new TextDecoder();

function isNull(data: Data, index: number): boolean {
	const bitmap = data.nullBitmap;
	if (!bitmap || bitmap.length === 0 || data.nullCount === 0) return false;
	const at = data.offset + index;
	return ((bitmap[at >> 3] ?? 0) & (1 << (at & 7))) === 0;
}

/**
 * One value of an Arrow column, exact. Arrow's own getters lose digits of 64-bit times, give decimals unscaled
 * and intervals as zero, so the buffers are read here.
 */
export function readCell(data: Data, index: number): Cell {
	if (data.typeId === Type.Null || isNull(data, index)) return null;
	const type = data.type as DataType;
	switch (type.typeId) {
		case Type.Bool: {
			const at = data.offset + index;
			return (((data.values as Uint8Array)[at >> 3] ?? 0) & (1 << (at & 7))) !== 0;
		}
		case Type.Int: {
			const value = (data.values as Int32Array | BigInt64Array)[index]!;
			return (type as Int).bitWidth === 64 ? BigInt(value) : Number(value);
		}
		case Type.Float:
			return (type as Float).precision === Precision.SINGLE ? singleOf((data.values as Float32Array)[index]!) : Number((data.values as Float64Array)[index]!);
		case Type.Utf8:
			return decoder.decode((data.values as Uint8Array).subarray(data.valueOffsets[index], data.valueOffsets[index + 1]));
		case Type.Binary:
			return hex((data.values as Uint8Array).subarray(data.valueOffsets[index], data.valueOffsets[index + 1]));
		case Type.FixedSizeBinary: {
			const width = (data.values as Uint8Array).length / Math.max(1, data.length);
			return littleEndian((data.values as Uint8Array).subarray(index * width, (index + 1) * width)).toString();
		}
		case Type.Decimal:
			return decimalText(wide(data.values as Uint32Array, index), (type as Decimal).scale);
		case Type.Date: {
			const days = (data.values as Int32Array).length >= data.length * 2 ? Number(new BigInt64Array((data.values as Int32Array).buffer, (data.values as Int32Array).byteOffset, data.length)[index]!) / 86_400_000 : (data.values as Int32Array)[index]!;
			return timeText(BigInt(Math.trunc(days)) * 86_400_000_000_000n, true);
		}
		case Type.Time:
			return clockText(BigInt((data.values as BigInt64Array | Int32Array)[index]!) * scaleOf((type as Time).unit));
		case Type.Timestamp: {
			const text = timeText(BigInt((data.values as BigInt64Array)[index]!) * scaleOf((type as Timestamp).unit), false);
			return (type as Timestamp).timezone ? `${text}+00` : text;
		}
		case Type.Interval: {
			const words = data.values as Int32Array;
			const nanos = (BigInt(words[index * 4 + 3]!) << 32n) | BigInt(words[index * 4 + 2]! >>> 0);
			return intervalText(words[index * 4]!, words[index * 4 + 1]!, nanos);
		}
		case Type.Dictionary: {
			const key = Number((data.values as Int32Array)[index]!);
			return fromVector(data.dictionary as Vector<(Dictionary)["dictionary"]>, key);
		}
		case Type.List: {
			const out: Cell[] = [];
			for (let i = data.valueOffsets[index]!; i < data.valueOffsets[index + 1]!; i++) out.push(readCell(data.children[0]!, i));
			return out;
		}
		case Type.FixedSizeList: {
			const size = (type as FixedSizeList).listSize;
			return Array.from({ length: size }, (_, i) => readCell(data.children[0]!, index * size + i));
		}
		case Type.Struct:
			return Object.fromEntries((type.children ?? []).map((field, i) => [field.name, readCell(data.children[i]!, index)]));
		case Type.Map: {
			const [keys, values] = data.children[0]!.children as [Data, Data];
			const entries: [string, Cell][] = [];
			for (let i = data.valueOffsets[index]!; i < data.valueOffsets[index + 1]!; i++) entries.push([cellText(readCell(keys, i)) ?? "", readCell(values, i)]);
			return Object.fromEntries(entries);
		}
		case Type.Union: {
			const id = (data.typeIds as Int8Array)[index]!;
			const at = (type as unknown as { typeIdToChildIndex: number[] }).typeIdToChildIndex[id] ?? id;
			return readCell(data.children[at]!, index);
		}
		default:
			return String((data.values as ArrayLike<unknown> | undefined)?.[index] ?? "");
	}
}

/** The shortest decimal that gives a 32-bit float back: 0.1 and not 0.10000000149011612. */
function singleOf(value: number): number {
	for (let digits = 6; digits < 9; digits++) {
		const short = Number(value.toPrecision(digits));
		if (Math.fround(short) === value) return short;
	}
	return value;
}

function fromVector(vector: Vector, index: number): Cell {
	let at = index;
	for (const data of vector.data) {
		if (at < data.length) return readCell(data, at);
		at -= data.length;
	}
	return null;
}

function hex(bytes: Uint8Array): string {
	return `\\x${Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("")}`;
}

function littleEndian(bytes: Uint8Array): bigint {
	let value = 0n;
	for (let i = bytes.length - 1; i >= 0; i--) value = (value << 8n) | BigInt(bytes[i]!);
	return value;
}

function wide(words: Uint32Array, index: number): bigint {
	let value = 0n;
	for (let i = 3; i >= 0; i--) value = (value << 32n) | BigInt(words[index * 4 + i]! >>> 0);
	return BigInt.asIntN(128, value);
}

function decimalText(unscaled: bigint, scale: number): string {
	if (scale === 0) return unscaled.toString();
	const digits = (unscaled < 0n ? -unscaled : unscaled).toString().padStart(scale + 1, "0");
	return `${unscaled < 0n ? "-" : ""}${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
}

function scaleOf(unit: TimeUnit): bigint {
	switch (unit) {
		case TimeUnit.SECOND:
			return 1_000_000_000n;
		case TimeUnit.MILLISECOND:
			return 1_000_000n;
		case TimeUnit.MICROSECOND:
			return 1_000n;
		default:
			return 1n;
	}
}

const DAY = 86_400_000_000_000n;

/** Nanoseconds since 1970 as `2026-05-02 12:58:41.123456789`, the fraction without trailing zeros; or the date alone. */
export function timeText(nanos: bigint, dateOnly: boolean): string {
	let days = nanos / DAY;
	let rest = nanos % DAY;
	if (rest < 0n) {
		rest += DAY;
		days -= 1n;
	}
	const date = new Date(Number(days) * 86_400_000);
	const day = Number.isNaN(date.getTime()) ? `day ${days}` : date.toISOString().slice(0, -14);
	return dateOnly ? day : `${day} ${clockText(rest)}`;
}

function clockText(nanos: bigint): string {
	const seconds = Number(nanos / 1_000_000_000n);
	const fraction = (nanos % 1_000_000_000n).toString().padStart(9, "0").replace(/0+$/, "");
	const clock = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60].map((part) => String(part).padStart(2, "0")).join(":");
	return fraction ? `${clock}.${fraction}` : clock;
}

function intervalText(months: number, days: number, nanos: bigint): string {
	const parts: string[] = [];
	const years = Math.trunc(months / 12);
	if (years) parts.push(`${years} year${Math.abs(years) === 1 ? "" : "s"}`);
	if (months % 12) parts.push(`${months % 12} month${Math.abs(months % 12) === 1 ? "" : "s"}`);
	if (days) parts.push(`${days} day${Math.abs(days) === 1 ? "" : "s"}`);
	if (nanos !== 0n || parts.length === 0) parts.push(nanos < 0n ? `-${clockText(-nanos)}` : clockText(nanos));
	return parts.join(" ");
}

/** A double as the engine prints it: the shortest digits that give it back, with `.0` where it is whole. */
export function doubleText(value: number): string {
	if (Number.isNaN(value)) return "NaN";
	if (!Number.isFinite(value)) return value > 0 ? "Infinity" : "-Infinity";
	if (Object.is(value, -0)) return "-0.0";
	const text = String(value);
	return /^-?\d+$/.test(text) ? `${text}.0` : text;
}

/** A cell as text, with every digit; nested values in JSON notation; null for NULL. */
export function cellText(cell: Cell, double = false): string | null {
	if (cell === null) return null;
	if (typeof cell === "string") return cell;
	if (typeof cell === "number") return double ? doubleText(cell) : String(cell);
	if (typeof cell === "object") return jsonText(cell);
	return String(cell);
}

function jsonText(cell: Cell): string {
	if (cell === null) return "null";
	if (Array.isArray(cell)) return `[${cell.map(jsonText).join(", ")}]`;
	if (typeof cell === "object") return `{${Object.entries(cell).map(([key, value]) => `${JSON.stringify(key)}: ${jsonText(value)}`).join(", ")}}`;
	if (typeof cell === "string") return JSON.stringify(cell);
	return String(cell);
}

/** Name and kind of a result column's type. */
export function describeType(type: DataType): Pick<ResultColumn, "type" | "kind"> {
	switch (type.typeId) {
		case Type.Bool:
			return { type: "BOOLEAN", kind: "boolean" };
		case Type.Int: {
			const { bitWidth, isSigned } = type as Int;
			const name = { 8: "TINYINT", 16: "SMALLINT", 32: "INTEGER", 64: "BIGINT" }[bitWidth as 8 | 16 | 32 | 64];
			return { type: `${isSigned ? "" : "U"}${name}`, kind: "number" };
		}
		case Type.Float:
			return { type: (type as Float).precision === Precision.DOUBLE ? "DOUBLE" : "FLOAT", kind: "number" };
		case Type.Decimal:
			return { type: `DECIMAL(${(type as Decimal).precision},${(type as Decimal).scale})`, kind: "number" };
		case Type.FixedSizeBinary:
			return { type: "UHUGEINT", kind: "number" };
		case Type.Date:
			return { type: "DATE", kind: "time" };
		case Type.Time:
			return { type: (type as Time).unit === TimeUnit.NANOSECOND ? "TIME_NS" : "TIME", kind: "time" };
		case Type.Timestamp: {
			const suffix = { [TimeUnit.SECOND]: "_S", [TimeUnit.MILLISECOND]: "_MS", [TimeUnit.MICROSECOND]: "", [TimeUnit.NANOSECOND]: "_NS" }[(type as Timestamp).unit];
			return { type: (type as Timestamp).timezone ? "TIMESTAMPTZ" : `TIMESTAMP${suffix}`, kind: "time" };
		}
		case Type.Interval:
			return { type: "INTERVAL", kind: "text" };
		case Type.Binary:
			return { type: "BLOB", kind: "text" };
		case Type.List:
			return { type: `${describeType((type.children ?? [])[0]!.type).type}[]`, kind: "nested" };
		case Type.FixedSizeList:
			return { type: `${describeType((type.children ?? [])[0]!.type).type}[${(type as FixedSizeList).listSize}]`, kind: "nested" };
		case Type.Struct:
			return { type: `STRUCT(${(type.children ?? []).map((field) => `${field.name} ${describeType(field.type).type}`).join(", ")})`, kind: "nested" };
		case Type.Map: {
			const entry = (type.children ?? [])[0]!.type.children ?? [];
			return { type: `MAP(${entry.map((field: { type: DataType }) => describeType(field.type).type).join(", ")})`, kind: "nested" };
		}
		case Type.Union:
			return { type: "UNION", kind: "nested" };
		default:
			return { type: "VARCHAR", kind: "text" };
	}
}
