/** Column types. A finished column is laid out as Arrow lays it out, so that it enters the engine without a copy per value. */

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

const decoder = new TextDecoder();

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
