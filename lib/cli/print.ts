import { once } from "node:events";
import type { Writable } from "node:stream";
import type { Cell, QueryResult } from "@/lib/engine/engine";

export const FORMATS = ["table", "csv", "jsonl", "md"] as const;
export type Format = (typeof FORMATS)[number];

async function write(out: Writable, text: string): Promise<void> {
	if (!out.write(text)) await once(out, "drain");
}

/** Rows of a result in a format, with every digit; NULL is an empty CSV cell, `null` in JSONL and `null` in a table. */
export async function printResult(result: QueryResult, format: Format, out: Writable): Promise<void> {
	switch (format) {
		case "csv":
			await write(out, `${result.columns.map((column) => csvCell(column.name)).join(",")}\n`);
			return stream(result, (row) => write(out, `${result.columns.map((_, c) => csvCell(result.text(row, c))).join(",")}\n`));
		case "jsonl":
			return stream(result, (row) => write(out, `{${result.columns.map((column, c) => `${JSON.stringify(column.name)}:${json(result.cell(row, c), isExact(column.type))}`).join(",")}}\n`));
		case "md":
			await write(out, `| ${result.columns.map((column) => mdCell(column.name)).join(" | ")} |\n|${result.columns.map((column) => (column.kind === "number" ? "---:" : "---")).join("|")}|\n`);
			return stream(result, (row) => write(out, `| ${result.columns.map((_, c) => mdCell(result.text(row, c))).join(" | ")} |\n`));
		case "table":
			await result.complete;
			return printTable(result, out);
	}
}

/** Rows as an aligned table; numbers to the right. */
export async function printTable(result: QueryResult, out: Writable): Promise<void> {
	const cells = Array.from({ length: result.numRows }, (_, row) => result.columns.map((_, c) => (result.text(row, c) ?? "null").replace(/[\n\r\t]/g, " ")));
	const widths = result.columns.map((column, c) => Math.max(column.name.length, ...cells.map((row) => row[c]!.length)));
	const line = (row: readonly string[]) => row.map((cell, c) => (result.columns[c]!.kind === "number" ? cell.padStart(widths[c]!) : cell.padEnd(widths[c]!))).join("  ").trimEnd();
	await write(out, `${line(result.columns.map((column) => column.name))}\n${widths.map((width) => "-".repeat(width)).join("  ")}\n`);
	for (const row of cells) await write(out, `${line(row)}\n`);
}

/** Calls back for each row as it arrives. */
async function stream(result: QueryResult, each: (row: number) => Promise<void>): Promise<void> {
	let row = 0;
	for (;;) {
		while (row < result.numRows) await each(row++);
		if (result.done) break;
		await new Promise<void>((resolve) => {
			const stop = result.onGrow(() => {
				stop();
				resolve();
			});
		});
	}
	await result.complete;
}

function csvCell(text: string | null): string {
	if (text === null) return "";
	return text === "" || /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function mdCell(text: string | null): string {
	return text === null ? "*null*" : text.replaceAll("\\", "\\\\").replaceAll("|", "\\|").replace(/[\n\r]+/g, " ");
}

function isExact(type: string): boolean {
	return type.startsWith("DECIMAL") || type === "UHUGEINT";
}

/** A cell as JSON; 64-bit integers and decimals as digits, NaN and infinities as text, since JSON has no word for them. */
function json(cell: Cell, exact = false): string {
	if (typeof cell === "bigint") return cell.toString();
	if (typeof cell === "number") return Number.isFinite(cell) ? (Object.is(cell, -0) ? "-0" : String(cell)) : JSON.stringify(String(cell));
	if (exact && typeof cell === "string") return cell;
	if (Array.isArray(cell)) return `[${cell.map((item) => json(item)).join(",")}]`;
	if (typeof cell === "object" && cell !== null) return `{${Object.entries(cell).map(([key, value]) => `${JSON.stringify(key)}:${json(value)}`).join(",")}}`;
	return JSON.stringify(cell);
}
