import { createSHA256 } from "hash-wasm";
import { isOrdered } from "./lexer";

/** A cell of a result, as an engine hands it out. */
export type DigestCell = null | boolean | number | bigint | string | readonly DigestCell[] | { readonly [key: string]: DigestCell };

export interface DigestTable {
	/** `kind` tells numbers that are handed out as text (decimals) from text */
	columns: readonly { name: string; kind: string }[];
	numRows: number;
	cell(row: number, column: number): DigestCell;
}

/** Numbers are compared at so many significant digits where the cell sets no tolerance. */
export const DIGITS = 12;

/** `abs:0.01` rounds to multiples of it, `rel:1e-6` to so many significant digits. */
export interface DigestTolerance {
	kind: "abs" | "rel";
	size: number;
}

/** Reads `abs:0.01`, `rel:1e-6` or a bare number (relative). Null where it is neither or not positive. */
export function parseTolerance(text: string): DigestTolerance | null {
	const found = /^\s*(?:(abs|rel):)?\s*(\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)\s*$/.exec(text);
	const size = found ? Number(found[2]) : 0;
	return found && size > 0 && Number.isFinite(size) ? { kind: (found[1] as "abs" | "rel" | undefined) ?? "rel", size } : null;
}

/**
 * SHA-256 (hex) of a result. Two results have one digest when they have the same column names and the same rows; in the same order
 * only where the query orders them. Numbers count by value, at 12 significant digits or at the tolerance, so 1 and 1.0 and a
 * sum that comes as a decimal are one; values that lie on both sides of a rounding step differ however near they are.
 */
export async function digestOf(table: DigestTable, sql: string, tolerance: DigestTolerance | null = null): Promise<string> {
	const rows: string[] = [];
	for (let row = 0; row < table.numRows; row++) rows.push(table.columns.map((column, at) => canonical(table.cell(row, at), column.kind === "number", tolerance)).join(","));
	// By code units, which are the same everywhere; a locale's order is not.
	if (!isOrdered(sql)) rows.sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
	const hash = await createSHA256();
	hash.update(`casebook digest 1\n${JSON.stringify(table.columns.map((column) => column.name))}\n`);
	for (const row of rows) hash.update(`${row}\n`);
	return hash.digest("hex");
}

function canonical(cell: DigestCell, isNumber: boolean, tolerance: DigestTolerance | null): string {
	if (cell === null || cell === undefined) return "null";
	if (typeof cell === "boolean") return String(cell);
	if (typeof cell === "number") return canonicalNumber(cell, tolerance);
	if (typeof cell === "bigint") return tolerance === null ? String(cell) : canonicalNumber(Number(cell), tolerance);
	if (typeof cell === "string") return isNumber ? canonicalDecimal(cell, tolerance) : JSON.stringify(cell);
	if (Array.isArray(cell)) return `[${cell.map((item: DigestCell) => canonical(item, isNumber && typeof item !== "string", tolerance)).join(",")}]`;
	const members = Object.entries(cell as { readonly [key: string]: DigestCell });
	return `{${members.map(([key, value]) => `${JSON.stringify(key)}:${canonical(value, false, tolerance)}`).join(",")}}`;
}

function canonicalNumber(value: number, tolerance: DigestTolerance | null): string {
	if (!Number.isFinite(value)) return Number.isNaN(value) ? "nan" : value > 0 ? "inf" : "-inf";
	if (tolerance?.kind === "abs") {
		const steps = Math.round(value / tolerance.size);
		return `${steps === 0 ? 0 : steps}x`;
	}
	if (tolerance === null && Number.isSafeInteger(value)) return String(value === 0 ? 0 : value);
	const digits = tolerance === null ? DIGITS : Math.min(17, Math.max(1, Math.round(-Math.log10(tolerance.size))));
	const rounded = Number(value.toPrecision(digits));
	return Number.isSafeInteger(rounded) ? String(rounded === 0 ? 0 : rounded) : rounded.toExponential();
}

/** An exact decimal or a wide integer: whole ones keep every digit; others are numbers like any other. */
function canonicalDecimal(text: string, tolerance: DigestTolerance | null): string {
	const whole = /^(-?)0*(\d+?)(?:\.0*)?$/.exec(text);
	if (tolerance === null && whole) return whole[2] === "0" ? "0" : `${whole[1]}${whole[2]}`;
	const value = Number(text);
	return Number.isNaN(value) ? JSON.stringify(text) : canonicalNumber(value, tolerance);
}
