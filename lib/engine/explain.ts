import type { QueryResult } from "./engine";

/** Tables that a plan scans, from the rows of `EXPLAIN (FORMAT json)`. */
export function scannedTables(result: QueryResult): string[] {
	const names = new Set<string>();
	for (let row = 0; row < result.numRows; row++) {
		for (let column = 0; column < result.columns.length; column++) {
			const text = result.text(row, column);
			if (text?.trimStart().startsWith("[")) visit(JSON.parse(text) as unknown, names);
		}
	}
	return [...names].sort();
}

function visit(node: unknown, names: Set<string>): void {
	if (Array.isArray(node)) {
		for (const child of node) visit(child, names);
		return;
	}
	if (typeof node !== "object" || node === null) return;
	const { extra_info: info, children } = node as { extra_info?: Record<string, unknown>; children?: unknown };
	const table = info?.Table;
	if (typeof table === "string") names.add(table.split(".").at(-1)!.replace(/^"|"$/g, ""));
	visit(children, names);
}
