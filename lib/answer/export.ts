import type { Cell, QueryResult } from "@/lib/engine/engine";

export type ExportFormat = "csv" | "json" | "jsonl";

export interface ExportOptions {
	/** rows of a complete result in this order instead of their own (the grid's sort) */
	order?: ArrayLike<number>;
	/** column names instead of the result's own, by position */
	names?: readonly string[];
	/** how many rows make one chunk; 2,000 by default */
	chunkRows?: number;
}

export const EXPORT_TYPES: { [format in ExportFormat]: string } = {
	csv: "text/csv;charset=utf-8",
	json: "application/json",
	jsonl: "application/x-ndjson",
};

/**
 * A result as text, in chunks of rows, values exact. Works while the result still streams: it waits for rows and ends
 * with the last one. Throws what the stream threw.
 *
 * - csv: RFC 4180 with CRLF and a header; NULL is empty, the empty string is `""`
 * - json: one array of objects; jsonl: one object a line
 *
 * Integers of any size and decimals are JSON numbers with all their digits; NaN and the infinities, which JSON has
 * no number for, are strings. A decimal inside a nested value is a string.
 */
export async function* exportChunks(result: QueryResult, format: ExportFormat, options: ExportOptions = {}): AsyncGenerator<string, void, undefined> {
	const names = options.names ?? result.columns.map((column) => column.name);
	const line = format === "csv" ? (row: number) => csvLine(result, row) : jsonLine(result, names);
	const chunkRows = options.chunkRows ?? 2000;
	if (format === "csv") yield `${names.map(csvField).join(",")}\r\n`;
	let written = 0;
	for (;;) {
		await rowsAfter(result, written);
		const total = options.order?.length ?? result.numRows;
		if (written >= total) break;
		const end = Math.min(total, written + chunkRows);
		let text = "";
		for (let at = written; at < end; at++) {
			const row = options.order?.[at] ?? at;
			if (format === "json") text += at === 0 ? `[\n${line(row)}` : `,\n${line(row)}`;
			else text += line(row);
			if (format === "jsonl") text += "\n";
		}
		written = end;
		yield text;
	}
	await result.complete;
	if (format === "json") yield written === 0 ? "[]\n" : "\n]\n";
}

/** Resolves when there are more than `written` rows or there will be none. */
export function rowsAfter(result: QueryResult, written: number): Promise<void> {
	if (result.numRows > written || result.done) return Promise.resolve();
	return new Promise((resolve) => {
		const stop = result.onGrow(() => {
			if (result.numRows <= written && !result.done) return;
			stop();
			resolve();
		});
	});
}

function csvLine(result: QueryResult, row: number): string {
	let text = "";
	for (let column = 0; column < result.columns.length; column++) {
		const value = result.text(row, column);
		text += (column === 0 ? "" : ",") + (value === null ? "" : csvField(value));
	}
	return `${text}\r\n`;
}

/** One field as RFC 4180 writes it. The empty string is quoted, so that it differs from NULL. */
export function csvField(text: string): string {
	return text === "" || /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Rows as text for a spreadsheet: tabs between cells; a cell that holds a tab, a quote or a line break is quoted. */
export function tsvLine(texts: readonly (string | null)[]): string {
	return texts.map((text) => (text !== null && /["\t\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : (text ?? ""))).join("\t");
}

function jsonLine(result: QueryResult, names: readonly string[]): (row: number) => string {
	const keys = uniqueNames(names).map((name) => JSON.stringify(name));
	const numeric = result.columns.map((column) => column.kind === "number");
	return (row) => {
		let text = "{";
		for (let column = 0; column < keys.length; column++) {
			const cell = result.cell(row, column);
			// A decimal or a wide integer comes as its digits.
			const value = numeric[column] && typeof cell === "string" && /^-?\d+(\.\d+)?$/.test(cell) ? cell : jsonValue(cell);
			text += `${column === 0 ? "" : ","}${keys[column]}:${value}`;
		}
		return `${text}}`;
	};
}

/** A cell as JSON text. `indent` writes nested values over several lines. */
export function jsonValue(cell: Cell, indent = "", depth = ""): string {
	if (cell === null) return "null";
	switch (typeof cell) {
		case "bigint":
		case "boolean":
			return String(cell);
		case "number":
			if (Object.is(cell, -0)) return "-0.0";
			return Number.isFinite(cell) ? String(cell) : JSON.stringify(String(cell));
		case "string":
			return JSON.stringify(cell);
		default: {
			const list = Array.isArray(cell);
			const inner = depth + indent;
			const parts = list ? cell.map((value) => jsonValue(value, indent, inner)) : Object.entries(cell).map(([key, value]) => `${JSON.stringify(key)}:${indent === "" ? "" : " "}${jsonValue(value, indent, inner)}`);
			const [open, close] = list ? ["[", "]"] : ["{", "}"];
			if (parts.length === 0) return open + close;
			return indent === "" ? `${open}${parts.join(",")}${close}` : `${open}\n${parts.map((part) => inner + part).join(",\n")}\n${depth}${close}`;
		}
	}
}

/** Names that differ: an object has no two keys of one name, so a second `a` becomes `a_1`, as the engine does it. */
export function uniqueNames(names: readonly string[]): string[] {
	const used = new Set(names);
	const seen = new Set<string>();
	return names.map((name) => {
		let own = name;
		for (let i = 1; seen.has(own) || (own !== name && used.has(own)); i++) own = `${name}_${i}`;
		seen.add(own);
		return own;
	});
}
