import { parse as parseYaml } from "yaml";
import { parametersOf, tokens } from "./lexer";
import { MAX_SETTINGS } from "./parse";
import type { Cell } from "./types";

/** A statement with more characters is nothing that people wrote, and is not run. */
export const MAX_SQL = 200_000;

/** Words after which a name stands for a table. */
const BEFORE_TABLE = new Set(["from", "join", "table", "pivot", "unpivot", "summarize", "describe", "in"]);

/** What a cell needs: other cells by the names in its SQL, and inputs by its parameters. */
export interface CellNeeds {
	cells: string[];
	inputs: string[];
}

/** Why cells cannot be put in an order: the names that stand in a circle, in its order. */
export class CellCycle extends Error {
	constructor(readonly names: readonly string[]) {
		super(`The cells ${names.join(", ")} need one another in a circle (${[...names, names[0]].join(" → ")}). Take one of the references out.`);
	}
}

/** The SQL of a cell: its body, an input's `query`, nothing of a chart. */
export function sqlOf(cell: Cell): string | null {
	if (cell.kind === "sql" || cell.kind === "check") return cell.body;
	if (cell.kind === "input") {
		const query = settingsOf(cell).query;
		return typeof query === "string" ? query : null;
	}
	return null;
}

const SETTINGS = new WeakMap<Cell, { readonly [name: string]: unknown }>();

/** What the body of a chart or input says, as name → value. A body that is no mapping, or longer than `MAX_SETTINGS`, says nothing. */
export function settingsOf(cell: Cell): { readonly [name: string]: unknown } {
	const known = SETTINGS.get(cell) ?? readSettings(cell);
	SETTINGS.set(cell, known);
	return known;
}

function readSettings(cell: Cell): { [name: string]: unknown } {
	const out: { [name: string]: unknown } = Object.create(null);
	if (cell.body.length > MAX_SETTINGS) return out;
	let value: unknown;
	try {
		value = parseYaml(cell.body, { schema: "core", maxAliasCount: 0 });
	} catch {
		return out;
	}
	if (typeof value === "object" && value !== null && !Array.isArray(value)) for (const [name, one] of Object.entries(value)) out[name] = one;
	return out;
}

/**
 * What each cell needs. A name counts where a table can stand: after FROM, JOIN, a comma of a FROM list and the like. A name that a
 * cell's own WITH defines is its own. Names compare without case, as the engine's do.
 */
export function needsOf(cells: readonly Cell[]): ReadonlyMap<string, CellNeeds> {
	const before = NEEDS.get(cells) ?? readNeeds(cells);
	NEEDS.set(cells, before);
	return before;
}

/** Each cell's statement asks for them, and a notebook's cells do not change. */
const NEEDS = new WeakMap<readonly Cell[], ReadonlyMap<string, CellNeeds>>();
const ORDERS = new WeakMap<readonly Cell[], readonly Cell[]>();

function readNeeds(cells: readonly Cell[]): Map<string, CellNeeds> {
	const known = new Map(cells.filter((cell) => cell.kind === "sql" || cell.kind === "check").map((cell) => [cell.name.toLowerCase(), cell.name]));
	const inputs = new Map(cells.filter((cell) => cell.kind === "input").map((cell) => [cell.name.toLowerCase(), cell.name]));
	return new Map(
		cells.map((cell) => {
			if (cell.kind === "chart") {
				const from = settingsOf(cell).from;
				const name = typeof from === "string" ? known.get(from.toLowerCase()) : undefined;
				return [cell.name, { cells: name === undefined ? [] : [name], inputs: [] }];
			}
			const sql = sqlOf(cell);
			if (sql === null || sql.length > MAX_SQL) return [cell.name, { cells: [], inputs: [] }];
			const own = namesOfWith(sql);
			const tables = tableNames(sql).filter((name) => !own.has(name));
			const needs = [...new Set(tables.flatMap((name) => known.get(name) ?? []))];
			return [cell.name, { cells: needs, inputs: [...new Set(parametersOf(sql).flatMap((name) => inputs.get(name.toLowerCase()) ?? []))] }];
		}),
	);
}

function tableNames(sql: string): string[] {
	const all = tokens(sql);
	const out: string[] = [];
	/** by depth: whether a comma goes on with tables */
	const inFrom: boolean[] = [];
	all.forEach((token, at) => {
		const { depth } = token;
		inFrom.length = depth + 1;
		const before = all[at - 1];
		if (token.kind === "name" && /^(where|group|order|having|limit|qualify|window|union|except|intersect|select|on|using|offset|set|values)$/.test(token.text)) inFrom[depth] = false;
		if (token.kind === "name" && (token.text === "from" || token.text === "join")) inFrom[depth] = true;
		if (token.kind !== "name" && token.kind !== "quoted") return;
		const opens = before === undefined ? false : (before.kind === "name" && BEFORE_TABLE.has(before.text)) || (before.text === "," && before.kind === "sign" && inFrom[depth] === true) || (before.text === "(" && before.kind === "sign" && all[at - 2]?.kind === "name" && BEFORE_TABLE.has(all[at - 2]!.text));
		if (opens && all[at + 1]?.text !== "." && all[at + 1]?.text !== "(") out.push(token.text.toLowerCase());
	});
	return out;
}

/** Names that the statement's own WITH clauses define, at any depth. */
function namesOfWith(sql: string): Set<string> {
	const all = tokens(sql);
	const out = new Set<string>();
	all.forEach((token, at) => {
		if (token.kind !== "name" && token.kind !== "quoted") return;
		let next = at + 1;
		if (all[next]?.text === "(") {
			const { depth } = all[next]!;
			next++;
			while (next < all.length && !(all[next]!.text === ")" && all[next]!.depth === depth)) next++;
			next++;
		}
		if (all[next]?.text !== "as") return;
		next++;
		if (all[next]?.text === "not") next++;
		if (all[next]?.text === "materialized") next++;
		const before = all[at - 1];
		if (all[next]?.text === "(" && (before?.text === "with" || before?.text === "recursive" || before?.text === ",")) out.add(token.text.toLowerCase());
	});
	return out;
}

/** The cells in an order in which each comes after what it needs, else in the order of the file. Throws CellCycle. */
export function runningOrder(cells: readonly Cell[]): readonly Cell[] {
	const before = ORDERS.get(cells) ?? readOrder(cells);
	ORDERS.set(cells, before);
	return before;
}

function readOrder(cells: readonly Cell[]): Cell[] {
	const needs = needsOf(cells);
	const byName = new Map(cells.map((cell) => [cell.name, cell]));
	const done = new Set<string>();
	const out: Cell[] = [];
	const visit = (name: string, path: readonly string[]) => {
		if (done.has(name)) return;
		const circle = path.indexOf(name);
		if (circle >= 0) throw new CellCycle(path.slice(circle));
		const cell = byName.get(name)!;
		const { cells: first, inputs } = needs.get(name)!;
		for (const need of [...inputs, ...first]) visit(need, [...path, name]);
		done.add(name);
		out.push(cell);
	};
	for (const cell of cells) visit(cell.name, []);
	return out;
}

/** The names of cells that need one of `changed`, directly or through others, with `changed` themselves. */
export function affectedBy(cells: readonly Cell[], changed: readonly string[]): Set<string> {
	const needs = needsOf(cells);
	const out = new Set(changed);
	for (let grew = true; grew; ) {
		grew = false;
		for (const [name, { cells: first, inputs }] of needs) {
			if (out.has(name) || ![...first, ...inputs].some((need) => out.has(need))) continue;
			out.add(name);
			grew = true;
		}
	}
	return out;
}

/**
 * The cells whose last runs say nothing of them any more: those that never ran, that were changed since, and what depends on them.
 *
 * @param ran by name, each cell as it was when it ran
 */
export function staleCells(cells: readonly Cell[], ran: ReadonlyMap<string, Cell>): Set<string> {
	const words = (cell: Cell) => JSON.stringify([cell.kind, cell.attributes, cell.body]);
	const changed = cells.filter((cell) => {
		const before = ran.get(cell.name);
		return before === undefined || words(before) !== words(cell);
	});
	// A cell that is gone leaves those that needed it with an unknown name.
	const gone = [...ran.keys()].filter((name) => !cells.some((cell) => cell.name === name));
	const needed = gone.length === 0 ? [] : cells.filter((cell) => gone.some((name) => new RegExp(`\\b${name}\\b`, "i").test(`${cell.body} ${cell.attributes.map(([, value]) => value).join(" ")}`)));
	return affectedBy(cells, [...changed, ...needed].map((cell) => cell.name));
}
