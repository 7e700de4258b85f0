import type { QueryResult, Scan } from "./engine";

/** The scans of a plan, from the rows of `EXPLAIN (FORMAT json)`: one a table, with the sources of all its scans. */
export function scansOf(result: QueryResult): Scan[] {
	const scans = new Map<string, Set<string> | null>();
	for (const text of collect(result, (node) => (typeof node.extra_info?.Table === "string" ? [JSON.stringify([node.extra_info.Table, node.extra_info.Filters ?? ""])] : []))) {
		const [name, filters] = JSON.parse(text) as [string, string | string[]];
		const table = name.split(".").at(-1)!.replace(/^"|"$/g, "");
		const source = sourceIn(Array.isArray(filters) ? filters : filters.split("\n"));
		const known = scans.get(table);
		if (known === null) continue;
		if (source === null) scans.set(table, null);
		else scans.set(table, (known ?? new Set()).add(source));
	}
	return [...scans].map(([table, sources]) => ({ table, sources: sources === null ? null : [...sources].sort() })).sort((a, b) => (a.table < b.table ? -1 : 1));
}

/** The one source that a scan's filters let through: `source='logs/a.jsonl'`, alone or with other conditions. */
function sourceIn(filters: readonly string[]): string | null {
	for (const filter of filters) {
		const found = /^source='((?:[^']|'')*)'(?: AND [\s\S]*)?$/.exec(filter.trim());
		if (found) return found[1]!.replaceAll("''", "'");
	}
	return null;
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
