import type { Cell, QueryResult } from "@/lib/engine/engine";

export interface Sort {
	/** 0-based */
	column: number;
	descending: boolean;
}

/** Up to this many rows are sorted here; more are sorted by the engine, which runs the query again. */
export const SORT_HERE = 20_000;

/** Whether the column's order can be told from its cells: nested values and intervals only the engine can order. */
export function sortsHere(result: QueryResult, column: number): boolean {
	const { kind, type } = result.columns[column]!;
	return result.numRows <= SORT_HERE && kind !== "nested" && type !== "INTERVAL";
}

/** The next state of a header that is pressed: ascending, descending, the query's own order. */
export function nextSort(sort: Sort | null, column: number): Sort | null {
	if (sort?.column !== column) return { column, descending: false };
	return sort.descending ? null : { column, descending: true };
}

/**
 * The rows in the order of a column, as the engine orders them: NULL last both ways, NaN above every number, text by
 * code point; equal rows keep their order. Not for columns that `sortsHere` refuses.
 */
export function sortOrder(result: QueryResult, sort: Sort): Uint32Array {
	const { kind } = result.columns[sort.column]!;
	const keys: Key[] = new Array(result.numRows);
	let astral = false;
	for (let row = 0; row < keys.length; row++) {
		const key = keyOf(result.cell(row, sort.column), kind === "number");
		if (typeof key === "string" && !astral) astral = /[\ud800-\udfff]/.test(key);
		keys[row] = key;
	}
	const compare = astral ? byCodePoint : byUnit;
	const order = Uint32Array.from(keys, (_, row) => row);
	const sign = sort.descending ? -1 : 1;
	return order.sort((a, b) => {
		const left = keys[a]!;
		const right = keys[b]!;
		if (left === null || right === null) return left === right ? a - b : left === null ? 1 : -1;
		return sign * compare(left, right) || a - b;
	});
}

type Key = null | number | bigint | string | boolean;

function keyOf(cell: Cell, number: boolean): Key {
	if (cell === null || typeof cell === "object") return null;
	// Decimals and wide integers come as digits; one column has one scale, so the digits alone order them.
	if (number && typeof cell === "string") return BigInt(cell.replace(".", ""));
	return cell;
}

function byUnit(a: NonNullable<Key>, b: NonNullable<Key>): number {
	if (a < b) return -1;
	if (a > b) return 1;
	if (typeof a === "number" && typeof b === "number") return Number(Number.isNaN(a)) - Number(Number.isNaN(b));
	return 0;
}

/** UTF-16 puts the pairs of astral characters below U+E000; UTF-8, which the engine orders by, does not. */
function byCodePoint(a: NonNullable<Key>, b: NonNullable<Key>): number {
	if (typeof a !== "string" || typeof b !== "string") return byUnit(a, b);
	const end = Math.min(a.length, b.length);
	for (let i = 0; i < end; i++) {
		const left = a.charCodeAt(i);
		const right = b.charCodeAt(i);
		if (left !== right) return lifted(left) - lifted(right);
	}
	return a.length - b.length;
}

function lifted(unit: number): number {
	if (unit >= 0xe000) return unit - 0x800;
	return unit >= 0xd800 ? unit + 0x2000 : unit;
}
