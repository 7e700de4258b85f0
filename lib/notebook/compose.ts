import { MAX_SQL, needsOf, runningOrder, sqlOf } from "./graph";
import { tokens } from "./lexer";
import type { Cell } from "./types";

export type InputValue = string | number | boolean | null;

/** A statement with more cells in front of it would be more than the engine's planner bears. */
export const MAX_NEEDED = 100;

/**
 * The one statement that runs a cell: the cells that it needs are common table expressions in front, parameters are literals. It
 * stands alone, so it can be opened in SQL and gives the same answer there. Throws RangeError for a parameter without an
 * input, more than `MAX_NEEDED` cells or `MAX_SQL` characters, CellCycle for a circle.
 */
export function composeSql(cells: readonly Cell[], name: string, inputs: { readonly [name: string]: InputValue }): string {
	const cell = cells.find((one) => one.name === name);
	const own = cell ? sqlOf(cell) : null;
	if (!cell || own === null) throw new RangeError(`${name} is no cell with SQL`);
	if (own.length > MAX_SQL) throw new RangeError(`The SQL of the cell ${name} is longer than ${MAX_SQL} characters, which is not run.`);
	const needs = needsOf(cells);
	const wanted = new Set<string>();
	const gather = (of: string) => {
		for (const need of needs.get(of)?.cells ?? []) {
			if (wanted.has(need)) continue;
			wanted.add(need);
			if (wanted.size > MAX_NEEDED) throw new RangeError(`The cell ${name} needs more than ${MAX_NEEDED} other cells, which is not run. Join some of them.`);
			gather(need);
		}
	};
	gather(name);
	const order = runningOrder(cells).filter((one) => wanted.has(one.name) && one.name !== name);
	const main = bindInputs(withoutEnd(own), inputs, name);
	if (order.length === 0) return main;
	const parts = order.map((one) => `${quoted(one.name)} AS (\n${bindInputs(withoutEnd(sqlOf(one)!), inputs, one.name)}\n)`);
	// Parentheses keep the cell's own WITH, ORDER BY and LIMIT what they are.
	return `WITH ${parts.join(",\n")}\n(\n${main}\n)`;
}

/** Parameters written in as literals; what looks like one inside text or a comment stays. */
export function bindInputs(sql: string, inputs: { readonly [name: string]: InputValue }, cell: string): string {
	const byName = new Map(Object.entries(inputs).map(([name, value]) => [name.toLowerCase(), value]));
	let out = "";
	let at = 0;
	for (const token of tokens(sql)) {
		if (token.kind !== "parameter") continue;
		const value = byName.get(token.text.toLowerCase());
		if (value === undefined) throw new RangeError(`The cell ${cell} uses $${token.text}, and no input has that name.`);
		out += sql.slice(at, token.start) + literalOf(value);
		at = token.end;
	}
	return out + sql.slice(at);
}

function literalOf(value: InputValue): string {
	if (value === null) return "NULL";
	if (typeof value === "string") return `'${value.replaceAll("'", "''")}'`;
	if (typeof value === "number" && !Number.isFinite(value)) throw new RangeError(`${value} is no number that SQL can hold`);
	return String(value);
}

/** Without the semicolons at the end, which would close the parentheses around it; a comment at the end keeps its newline. */
function withoutEnd(sql: string): string {
	const all = tokens(sql);
	let end = all.length;
	while (end > 0 && all[end - 1]!.text === ";" && all[end - 1]!.kind === "sign") end--;
	return end === 0 ? "" : sql.slice(0, all[end - 1]!.end);
}

function quoted(name: string): string {
	return `"${name.replaceAll('"', '""')}"`;
}
