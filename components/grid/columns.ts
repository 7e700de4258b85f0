import type { QueryResult } from "@/lib/engine/engine";

/** The engine's type in the one word a column head has room for; the whole type is in its title. */
export function shortType(type: string): string {
	if (/\[\d*\]$/.test(type)) return "list";
	const base = /^[A-Z_]+/.exec(type)?.[0] ?? type;
	if (base === "VARCHAR") return "text";
	if (base === "BOOLEAN") return "bool";
	if (/^U?(TINY|SMALL|BIG|HUGE)?INT(EGER)?$/.test(base)) return "int";
	if (base === "FLOAT" || base === "DOUBLE") return "double";
	if (base.startsWith("TIMESTAMP")) return "time";
	return base.toLowerCase();
}

export const MIN_WIDTH = 48;
export const MAX_WIDTH = 2000;
const WIDEST_AT_FIRST = 380;
/** the width of a character of the 12 px mono, and of the padding, the sort mark and the rule */
const CHAR = 7.21;
const PADDING = 20;
const SAMPLE = 120;

/** Widths that fit the heads and the first rows, in pixels. */
export function firstWidths(result: QueryResult): number[] {
	const rows = Math.min(result.numRows, SAMPLE);
	// With many columns a few rows have to do.
	const step = Math.max(1, Math.ceil((rows * result.columns.length) / 4000));
	return result.columns.map((column, index) => {
		let longest = 4;
		for (let row = 0; row < rows; row += step) longest = Math.max(longest, lengthOf(result.text(row, index)));
		const head = (column.name.length + 1) * CHAR + shortType(column.type).length * 6 + 18;
		return Math.round(Math.min(WIDEST_AT_FIRST, Math.max(72, head + PADDING, (longest + 2) * CHAR + PADDING)));
	});
}

function lengthOf(text: string | null): number {
	if (text === null) return 4;
	const end = text.indexOf("\n");
	return end < 0 ? text.length : end + 2;
}

/** The width of the column that counts the rows. */
export function countWidth(rows: number): number {
	return Math.round(Math.max(2, String(rows).length) * CHAR + 24);
}

/** Which columns name a source and its line, for the links; null where the result has no such column. */
export function placeColumns(result: QueryResult): { source: number; line: number | null } | null {
	const source = result.columns.findIndex((column) => column.name === "source" && column.kind === "text");
	if (source < 0) return null;
	const line = result.columns.findIndex((column) => column.name === "line" && column.kind === "number");
	return { source, line: line < 0 ? null : line };
}
