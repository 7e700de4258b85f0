import type { QueryResult } from "./engine";

/** Tables that a plan scans, from the rows of `EXPLAIN (FORMAT json)`. */
export function scannedTables(result: QueryResult): string[] {
	return collect(result, (node) => {
		const table = node.extra_info?.Table;
		return typeof table === "string" ? [table.split(".").at(-1)!.replace(/^"|"$/g, "")] : [];
	});
}

/** Names of a plan's operators and of the functions that they call. */
export function operatorNames(result: QueryResult): string[] {
	return collect(result, (node) => [node.name, node.extra_info?.Function].filter((name): name is string => typeof name === "string"));
}

interface PlanNode {
	name?: unknown;
	extra_info?: Record<string, unknown>;
	children?: unknown;
}

function collect(result: QueryResult, read: (node: PlanNode) => string[]): string[] {
	const names = new Set<string>();
	for (let row = 0; row < result.numRows; row++) {
		for (let column = 0; column < result.columns.length; column++) {
			const text = result.text(row, column);
			if (text?.trimStart().startsWith("[")) visit(JSON.parse(text) as unknown, (node) => {
				for (const name of read(node)) names.add(name);
			});
		}
	}
	return [...names].sort();
}

function visit(node: unknown, take: (node: PlanNode) => void): void {
	if (Array.isArray(node)) {
		for (const child of node) visit(child, take);
		return;
	}
	if (typeof node !== "object" || node === null) return;
	take(node as PlanNode);
	visit((node as PlanNode).children, take);
}
