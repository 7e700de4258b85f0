import type { DigestCell, DigestTable } from "./digest";
import { parseTolerance } from "./digest";
import type { Cell } from "./types";

/** What a check expects of its rows. */
export type Expectation = { kind: "no rows" } | { kind: "true" } | { kind: "equals"; value: string; tolerance: string | null };

export interface CheckResult {
	passed: boolean;
	/** in words, such as `no rows`, `count = 7` */
	expected: string;
	found: string;
	/** rows of the result that break it, by number; at most `OFFENDING` */
	offending: readonly number[];
}

const OFFENDING = 20;

/** The `expect=` of a check's fence. Without one: no rows. Throws RangeError with what it can be. */
export function expectationOf(cell: Cell, notebookTolerance: string | null): Expectation {
	const text = cell.attributes.find(([name]) => name === "expect")?.[1] ?? "no rows";
	const tolerance = cell.attributes.find(([name]) => name === "tolerance")?.[1] ?? notebookTolerance;
	if (/^(no rows|none|empty)$/i.test(text.trim())) return { kind: "no rows" };
	if (/^(true|one true)$/i.test(text.trim())) return { kind: "true" };
	const equals = /^(?:=|equals\s)\s*([\s\S]+)$/i.exec(text.trim());
	if (equals) {
		if (tolerance !== null && parseTolerance(tolerance) === null) throw new RangeError(`The check ${cell.name} has the tolerance ${JSON.stringify(tolerance)}; it can be abs:0.01 or rel:1e-6.`);
		return { kind: "equals", value: equals[1]!, tolerance };
	}
	throw new RangeError(`The check ${cell.name} expects ${JSON.stringify(text)}; it can be "no rows", "true" or "= 7".`);
}

/**
 * Holds a check's rows against what it expects. A result without rows is never "true" or "equals": nothing was compared.
 */
export function checkRows(expectation: Expectation, table: DigestTable): CheckResult {
	const { numRows } = table;
	switch (expectation.kind) {
		case "no rows":
			return { passed: numRows === 0, expected: "no rows", found: numRows === 0 ? "no rows" : `${numRows} ${numRows === 1 ? "row" : "rows"}`, offending: firstRows(numRows) };
		case "true": {
			if (numRows !== 1 || table.columns.length !== 1) return { passed: false, expected: "one row that is true", found: `${numRows} rows of ${table.columns.length} columns`, offending: firstRows(numRows) };
			const cell = table.cell(0, 0);
			return { passed: cell === true, expected: "true", found: shownCell(cell), offending: cell === true ? [] : [0] };
		}
		case "equals": {
			const name = table.columns[0]?.name ?? "value";
			const expected = `${name} = ${expectation.value}${expectation.tolerance === null ? "" : ` within ${expectation.tolerance}`}`;
			if (numRows !== 1 || table.columns.length === 0) return { passed: false, expected, found: `${numRows} rows`, offending: firstRows(numRows) };
			const cell = table.cell(0, 0);
			const passed = equalsWithin(cell, expectation);
			return { passed, expected, found: shownCell(cell), offending: passed ? [] : [0] };
		}
	}
}

function equalsWithin(cell: DigestCell, { value, tolerance }: { value: string; tolerance: string | null }): boolean {
	if (cell === null) return /^null$/i.test(value);
	const wanted = Number(value);
	const given = typeof cell === "number" || typeof cell === "bigint" ? Number(cell) : typeof cell === "string" && cell.trim() !== "" ? Number(cell) : Number.NaN;
	if (value.trim() === "" || Number.isNaN(wanted) || Number.isNaN(given)) return shownCell(cell) === unquoted(value);
	const within = tolerance === null ? null : parseTolerance(tolerance);
	if (typeof cell === "bigint" && /^-?\d+$/.test(value.trim()) && within === null) return cell === BigInt(value.trim());
	const difference = wanted === given ? 0 : Math.abs(given - wanted);
	if (within === null) return difference === 0;
	return within.kind === "abs" ? difference <= within.size : difference <= within.size * Math.abs(wanted);
}

function unquoted(text: string): string {
	return /^'.*'$/s.test(text) ? text.slice(1, -1).replaceAll("''", "'") : text;
}

/** A cell as text, with every digit; null is the word. */
export function shownCell(cell: DigestCell): string {
	if (cell === null || cell === undefined) return "null";
	if (typeof cell === "object") return JSON.stringify(cell, (_, value: unknown) => (typeof value === "bigint" ? String(value) : value));
	return String(cell);
}

function firstRows(count: number): number[] {
	return Array.from({ length: Math.min(count, OFFENDING) }, (_, row) => row);
}
