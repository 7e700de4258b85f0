import { tsvLine } from "@/lib/answer/export";
import type { QueryResult } from "@/lib/engine/engine";
import { slices } from "@/lib/answer/slices";

/** More rows than this are for a file, not for the clipboard. */
export const MOST_COPIED = 50_000;

/** Rows from `first` to `last` as they are displayed, tabs between cells, a line break after each but the last. Written in slices, so that the page stays usable. */
export async function copyRows(result: QueryResult, order: Uint32Array | null, first: number, last: number): Promise<string> {
	const lines: string[] = [];
	const pause = slices();
	for (let index = first; index <= last; index++) {
		const row = order?.[index] ?? index;
		lines.push(tsvLine(result.columns.map((_, column) => result.text(row, column))));
		await pause();
	}
	return lines.join("\n");
}
