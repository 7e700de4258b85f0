import type { CatalogTable } from "./catalog";
import { quoted, quotedPath } from "./names";

export interface Word {
	word: string;
	kind: string;
	describe: string | null;
}

export interface Suggestion {
	label: string;
	/** what is written instead of the label */
	apply?: string;
	kind: "table" | "file" | "column" | "function" | "keyword";
	/** the type of a column, what a table is */
	detail?: string;
	info?: string;
	boost: number;
}

export interface Suggestions {
	/** where the text that is being completed starts */
	from: number;
	options: Suggestion[];
}

const NAME = `(?:[A-Za-z_][\\w]*|"(?:[^"]|"")*"|'(?:[^']|'')*')`;
const SOURCES = new RegExp(`\\b(?:from|join|update|into|table|describe|summarize)\\s+(?:read_\\w+\\s*\\(\\s*)?(${NAME})(?:[^,()]*?\\))?(?:\\s+(?:as\\s+)?(${NAME}))?|,\\s*(${NAME})\\s+(?:as\\s+)?([A-Za-z_]\\w*)(?=\\s*(?:,|where|group|order|limit|$))`, "gi");
const NO_ALIAS = /^(where|group|order|limit|having|join|left|right|inner|full|cross|natural|on|using|union|except|intersect|qualify|window|asof|positional|semi|anti|sample|offset|set|values|select|pivot|unpivot)$/i;

function plain(name: string): string {
	const quote = name[0];
	if (quote === '"') return name.slice(1, -1).replaceAll('""', '"');
	if (quote === "'") return name.slice(1, -1).replaceAll("''", "'");
	return name;
}

/** The tables that a statement reads, by the names it gives them. A file is found by its path, its end or its file name. */
export function tablesIn(statement: string, tables: readonly CatalogTable[]): Map<string, CatalogTable> {
	const found = new Map<string, CatalogTable>();
	for (const match of statement.matchAll(SOURCES)) {
		const name = plain(match[1] ?? match[3] ?? "");
		const table = tables.find((candidate) => candidate.name === name) ?? tables.find((candidate) => candidate.file && candidate.name.endsWith(`/${name}`));
		if (table === undefined) continue;
		found.set(name, table);
		const alias = match[2] ?? match[4];
		if (alias !== undefined && !NO_ALIAS.test(alias)) found.set(plain(alias), table);
	}
	return found;
}

/** The statement around a position, cut at the semicolons before and after it. */
function statementAt(sql: string, position: number): string {
	const start = sql.lastIndexOf(";", position - 1) + 1;
	const end = sql.indexOf(";", position);
	return sql.slice(start, end < 0 ? undefined : end);
}

function columnsOf(table: CatalogTable, boost: number): Suggestion[] {
	return table.columns.map((column) => ({ label: column.name, apply: quoted(column.name), kind: "column", detail: column.type.length > 28 ? `${column.type.slice(0, 27)}…` : column.type, info: column.describe ?? undefined, boost }) satisfies Suggestion);
}

/**
 * What can stand at a position: after `name.` the columns of that table; inside a string the paths of files; else
 * columns of the tables that the statement reads, tables, files, functions and keywords. Null where nothing was begun
 * and `explicit` is false.
 */
export function suggest(sql: string, position: number, tables: readonly CatalogTable[], words: readonly Word[], explicit: boolean): Suggestions | null {
	const before = sql.slice(0, position);
	const line = before.slice(before.lastIndexOf("\n") + 1);
	const open = openString(line);
	if (open !== null) {
		const files = tables.filter((table) => table.file);
		return { from: position - open.length, options: files.map((table) => ({ label: table.name, apply: table.name.replaceAll("'", "''"), kind: "file", boost: 0 })) };
	}
	const inScope = tablesIn(statementAt(sql, position), tables);
	const member = new RegExp(`(${NAME})\\.(\\w*)$`).exec(line);
	if (member !== null) {
		const table = inScope.get(plain(member[1]!)) ?? tables.find((candidate) => candidate.name === plain(member[1]!));
		return table === undefined ? null : { from: position - member[2]!.length, options: columnsOf(table, 0) };
	}
	const word = /\w*$/.exec(line)![0];
	// After AS comes a name of the writer's own.
	if (!explicit && (word === "" || /\bas\s+\w*$/i.test(line))) return null;
	if (/^\d/.test(word)) return null;
	const options: Suggestion[] = [];
	const seen = new Set<string>();
	for (const table of new Set(inScope.values())) {
		for (const column of columnsOf(table, 20)) {
			if (seen.has(column.label)) continue;
			seen.add(column.label);
			options.push(column);
		}
	}
	const sourceNext = /\b(from|join|describe|summarize|table|into|update)\s+\w*$/i.test(line);
	for (const table of tables) {
		options.push(
			table.file
				? { label: table.name, apply: quotedPath(table.name), kind: "file", boost: sourceNext ? 15 : -20 }
				: { label: table.name, apply: quoted(table.name), kind: "table", info: table.describe ?? undefined, boost: sourceNext ? 30 : 5 },
		);
	}
	if (inScope.size === 0) {
		for (const table of tables) {
			if (table.file) continue;
			for (const column of columnsOf(table, 0)) {
				if (seen.has(column.label)) continue;
				seen.add(column.label);
				options.push(column);
			}
		}
	}
	for (const { word: name, kind, describe } of words) {
		if (kind === "keyword") options.push({ label: name, kind: "keyword", boost: -5 });
		else if (!name.startsWith("_")) options.push({ label: name, kind: "function", detail: kind === "table function" ? "table" : undefined, info: describe ?? undefined, boost: kind === "table function" ? (sourceNext ? 10 : -30) : -8 });
	}
	return { from: position - word.length, options };
}

/** The text of a string that the line leaves open; null where it leaves none. */
function openString(line: string): string | null {
	let open: number | null = null;
	for (let i = 0; i < line.length; i++) {
		if (open === null && line.startsWith("--", i)) return null;
		if (open === null && line[i] === '"') {
			const end = line.indexOf('"', i + 1);
			if (end < 0) return null;
			i = end;
		} else if (line[i] === "'") open = open === null ? i : null;
	}
	return open === null ? null : line.slice(open + 1);
}
