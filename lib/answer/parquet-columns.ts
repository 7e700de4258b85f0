import type { SchemaElement } from "hyparquet";
import type { Cell, ResultColumn } from "@/lib/engine/engine";
import { CasebookError } from "@/lib/model";
import { jsonValue } from "./export";

/** What Parquet's writer takes for a value; null is NULL. */
export type ParquetValue = null | boolean | number | bigint | string | Uint8Array;

/** How a result's column is written. */
export interface ParquetColumn {
	element: SchemaElement;
	value(cell: Cell): ParquetValue;
	/** the words for a column that Parquet holds as something else, such as `JSON text`; null where the type is the same */
	instead: string | null;
}

type Shape = Omit<SchemaElement, "name" | "repetition_type">;

const TEXT: Shape = { type: "BYTE_ARRAY", converted_type: "UTF8", logical_type: { type: "STRING" } };

/**
 * The Parquet column that holds exactly what a result's column holds. 64-bit integers, decimals and times keep every
 * digit; seconds are written as milliseconds, which Parquet has. Lists, structs and maps are JSON text; intervals and
 * unsigned 128-bit integers, which Parquet has no exact type for, are text.
 */
export function parquetColumn(column: ResultColumn, name: string): ParquetColumn {
	const make = (shape: Shape, value: ParquetColumn["value"], instead: string | null = null): ParquetColumn => ({ element: { name, repetition_type: "OPTIONAL", ...shape }, value, instead });
	if (column.kind === "nested") return make(TEXT, (cell) => (cell === null ? null : jsonValue(cell)), "JSON text");
	const integer = INTEGERS[column.type];
	if (integer !== undefined) return make(integer.shape, integer.wide ? wide : plain);
	const decimal = /^DECIMAL\((\d+),(\d+)\)$/.exec(column.type);
	if (decimal !== null) return decimalColumn(Number(decimal[1]), Number(decimal[2]), name, make);
	switch (column.type) {
		case "BOOLEAN":
			return make({ type: "BOOLEAN" }, plain);
		case "FLOAT":
			return make({ type: "FLOAT" }, plain);
		case "DOUBLE":
			return make({ type: "DOUBLE" }, plain);
		case "DATE":
			return make({ type: "INT32", converted_type: "DATE", logical_type: { type: "DATE" } }, (cell) => (cell === null ? null : Number(nanosOf(`${cell}`) / DAY)));
		case "TIME":
			return make({ type: "INT64", converted_type: "TIME_MICROS", logical_type: { type: "TIME", isAdjustedToUTC: false, unit: "MICROS" } }, (cell) => (cell === null ? null : clockOf(`${cell}`) / 1000n));
		case "TIME_NS":
			return make({ type: "INT64", logical_type: { type: "TIME", isAdjustedToUTC: false, unit: "NANOS" } }, (cell) => (cell === null ? null : clockOf(`${cell}`)));
		case "TIMESTAMP_S":
		case "TIMESTAMP_MS":
			return make({ type: "INT64", logical_type: { type: "TIMESTAMP", isAdjustedToUTC: false, unit: "MILLIS" } }, (cell) => (cell === null ? null : nanosOf(`${cell}`) / 1_000_000n));
		case "TIMESTAMP":
			return make({ type: "INT64", logical_type: { type: "TIMESTAMP", isAdjustedToUTC: false, unit: "MICROS" } }, (cell) => (cell === null ? null : nanosOf(`${cell}`) / 1000n));
		case "TIMESTAMP_NS":
			return make({ type: "INT64", logical_type: { type: "TIMESTAMP", isAdjustedToUTC: false, unit: "NANOS" } }, (cell) => (cell === null ? null : nanosOf(`${cell}`)));
		case "TIMESTAMPTZ":
			return make({ type: "INT64", converted_type: "TIMESTAMP_MICROS", logical_type: { type: "TIMESTAMP", isAdjustedToUTC: true, unit: "MICROS" } }, (cell) => (cell === null ? null : nanosOf(`${cell}`.replace(/\+00$/, "")) / 1000n));
		case "BLOB":
			return make({ type: "BYTE_ARRAY" }, (cell) => (cell === null ? null : bytesOfHex(`${cell}`)));
		case "VARCHAR":
			return make(TEXT, (cell) => (cell === null ? null : `${cell}`));
		default:
			return make(TEXT, (cell) => (cell === null ? null : `${cell}`), "text");
	}
}

function plain(cell: Cell): ParquetValue {
	return cell === null || typeof cell === "object" ? null : cell;
}

function wide(cell: Cell): ParquetValue {
	return cell === null ? null : typeof cell === "bigint" ? cell : BigInt(`${cell}`);
}

// By the older annotation alone: hyparquet-writer 0.17 writes the bit width of the newer one in a wrong size, and DuckDB then refuses the file.
const INTEGERS: { [type: string]: { shape: Shape; wide: boolean } | undefined } = {
	TINYINT: { shape: { type: "INT32", converted_type: "INT_8" }, wide: false },
	SMALLINT: { shape: { type: "INT32", converted_type: "INT_16" }, wide: false },
	INTEGER: { shape: { type: "INT32", converted_type: "INT_32" }, wide: false },
	BIGINT: { shape: { type: "INT64", converted_type: "INT_64" }, wide: true },
	UTINYINT: { shape: { type: "INT32", converted_type: "UINT_8" }, wide: false },
	USMALLINT: { shape: { type: "INT32", converted_type: "UINT_16" }, wide: false },
	UINTEGER: { shape: { type: "INT32", converted_type: "UINT_32" }, wide: false },
	UBIGINT: { shape: { type: "INT64", converted_type: "UINT_64" }, wide: true },
};

/** Parquet's decimals have at most 38 digits; the engine's 128-bit integers arrive as such decimals and can have 39. */
const DIGITS = 10n ** 38n;

function decimalColumn(precision: number, scale: number, name: string, make: (shape: Shape, value: ParquetColumn["value"]) => ParquetColumn): ParquetColumn {
	const type = precision <= 9 ? "INT32" : precision <= 18 ? "INT64" : "FIXED_LEN_BYTE_ARRAY";
	const shape: Shape = { type, converted_type: "DECIMAL", precision, scale, logical_type: { type: "DECIMAL", precision, scale }, ...(type === "FIXED_LEN_BYTE_ARRAY" ? { type_length: 16 } : {}) };
	return make(shape, (cell) => {
		if (cell === null) return null;
		const unscaled = BigInt(`${cell}`.replace(".", ""));
		if (unscaled >= DIGITS || unscaled <= -DIGITS) throw new CasebookError({ kind: "limit", what: "digits of a Parquet decimal", limit: "38", message: `${name} has a value of 39 digits (${cell}); a Parquet decimal holds 38. Cast the column to VARCHAR in the query, or export as CSV or JSON.` });
		return unscaled;
	});
}

const DAY = 86_400_000_000_000n;

/** Nanoseconds since 1970 of a cell's text: `2026-05-02`, `2026-05-02 12:58:41.123456789`, or `day 99999999` where the calendar ends. */
export function nanosOf(text: string): bigint {
	const far = /^day (-?\d+)(?: (.*))?$/.exec(text);
	if (far !== null) return BigInt(far[1]!) * DAY + (far[2] === undefined ? 0n : clockOf(far[2]));
	const end = text.indexOf(" ");
	const date = Date.parse(`${end < 0 ? text : text.slice(0, end)}T00:00:00Z`);
	if (Number.isNaN(date)) throw new RangeError(`"${text}" is not a time`);
	return BigInt(date) * 1_000_000n + (end < 0 ? 0n : clockOf(text.slice(end + 1)));
}

/** Nanoseconds of `12:58:41.123456789`. */
function clockOf(text: string): bigint {
	const match = /^(\d+):(\d\d):(\d\d)(?:\.(\d{1,9}))?$/.exec(text);
	if (match === null) throw new RangeError(`"${text}" is not a time of day`);
	const seconds = Number(match[1]) * 3600 + Number(match[2]) * 60 + Number(match[3]);
	return BigInt(seconds) * 1_000_000_000n + BigInt((match[4] ?? "").padEnd(9, "0"));
}

function bytesOfHex(text: string): Uint8Array {
	const hex = text.slice(2);
	return Uint8Array.from({ length: hex.length / 2 }, (_, i) => Number.parseInt(hex.slice(2 * i, 2 * i + 2), 16));
}
