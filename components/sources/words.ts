import type { SourceState } from "@/lib/model";
import type { SourceRow } from "@/lib/tables/sources";

export const STATES: readonly SourceState[] = ["ready", "partial", "known, not yet read", "left out", "unrecognised", "failed"];

/** What became of one file, in a sentence; a file that was read whole needs none. */
export function fileSays(row: Pick<SourceRow, "state" | "rejects" | "pending">): string | null {
	if (row.state === "ready") return null;
	if (row.state !== "partial") return stateSays(row.state);
	if (row.rejects > 0) return `Read, except for ${row.rejects === 1 ? "its reject" : "its rejects"}.`;
	return row.pending ? "Read, except for a last line that is not complete yet." : stateSays("partial");
}

/** What a state means, in one sentence. */
export function stateSays(state: SourceState): string {
	switch (state) {
		case "ready":
			return "Read to the end.";
		case "partial":
			return "Read in part: the rest is under rejects, or the note says why.";
		case "known, not yet read":
			return "The format is known, but this version does not read it.";
		case "left out":
			return "Not read, by a rule of the workspace; the note says which.";
		case "unrecognised":
			return "No format claims it, so nothing of it is in a table.";
		case "failed":
			return "It could not be read; the note says why.";
	}
}

/**
 * The values of a filter that stand on the page and those that go into its menu. The chosen one always stands, first where
 * it is not among the first; a single value is never put away alone.
 */
export function facetParts(options: readonly (readonly [string, number])[], value: string | null, most: number): { shown: (readonly [string, number])[]; rest: (readonly [string, number])[] } {
	const chosen = value === null ? undefined : (options.find(([option]) => option === value) ?? ([value, 0] as const));
	const cut = options.length <= most + 1 ? options.length : most;
	const head = options.slice(0, cut);
	const shown = chosen === undefined || head.some(([option]) => option === chosen[0]) ? head : [chosen, ...head];
	return { shown, rest: options.slice(cut).filter(([option]) => option !== value) };
}

export type LineKind = "records" | "rejects" | "blanks" | "comments" | "other" | "pending";
const KINDS: readonly LineKind[] = ["records", "rejects", "blanks", "comments", "other", "pending"];
const ONE: { [kind in LineKind]: string } = { records: "record", rejects: "reject", blanks: "blank", comments: "comment", other: "other", pending: "pending" };

export interface LineSum {
	lines: number;
	parts: { kind: LineKind; count: number; word: string }[];
	/** whether the parts make the whole */
	holds: boolean;
}

type Counted = { [kind in LineKind]: number | null } & { lines: number | null };

/** How lines add up; null where the format has no lines. Records and rejects are always said, other kinds where there are any. */
export function lineSum(row: Counted): LineSum | null {
	if (row.lines === null) return null;
	const parts = KINDS.map((kind) => ({ kind, count: row[kind] ?? 0, word: row[kind] === 1 ? ONE[kind] : kind }));
	return { lines: row.lines, parts: parts.filter((part) => part.count > 0 || part.kind === "records" || part.kind === "rejects"), holds: parts.reduce((sum, part) => sum + part.count, 0) === row.lines };
}

/** A parameter that names a line: from 1; null where it is no line number. */
export function lineNumber(text: string | null): number | null {
	return text !== null && /^[1-9]\d{0,14}$/.test(text) ? Number(text) : null;
}

/** The query that shows a file's rows. */
export function fileQuery(row: Pick<SourceRow, "path">): string {
	return `FROM '${row.path.replaceAll("'", "''")}' LIMIT 100`;
}

/** The nearest line of a sorted list after (1) or before (−1) a line; the list's end goes on at its other end. */
export function nextLine(lines: readonly number[], from: number | null, by: 1 | -1): number | null {
	if (lines.length === 0) return null;
	if (by === 1) return lines.find((line) => line > (from ?? 0)) ?? lines[0]!;
	return lines.findLast((line) => line < (from ?? Number.POSITIVE_INFINITY)) ?? lines.at(-1)!;
}
