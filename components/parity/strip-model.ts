import { VERDICTS, type Verdict } from "@/lib/model";

/** The most rows a strip draws; more cases are binned in order. */
export const MAX_ROWS = 40;

/** A row of the strip: the cases `from` (included) to `to` (excluded). */
export interface StripRow {
	from: number;
	to: number;
}

/** One row a case up to `max` cases; above that `max` rows of nearly equal size, in the cases' own order. */
export function rowsOfCases(cases: number, max: number = MAX_ROWS): StripRow[] {
	const rows = Math.min(cases, max);
	return Array.from({ length: rows }, (_, i) => ({ from: Math.floor((i * cases) / rows), to: Math.floor(((i + 1) * cases) / rows) }));
}

export type VerdictAt = (caseIndex: number, runIndex: number) => Verdict | null;

/** What a bin shows: its worst verdict. Null where the run has none of its cases. */
export function worstOf(row: StripRow, run: number, verdict: VerdictAt): Verdict | null {
	let worst = VERDICTS.length;
	for (let i = row.from; i < row.to; i++) {
		const found = verdict(i, run);
		if (found !== null) worst = Math.min(worst, VERDICTS.indexOf(found));
	}
	return VERDICTS[worst] ?? null;
}

/** How many of each verdict a bin holds, worst first; cases the run lacks are not counted. */
export function tally(row: StripRow, run: number, verdict: VerdictAt): { verdict: Verdict; count: number }[] {
	const counts = new Map<Verdict, number>();
	for (let i = row.from; i < row.to; i++) {
		const found = verdict(i, run);
		if (found !== null) counts.set(found, (counts.get(found) ?? 0) + 1);
	}
	return VERDICTS.filter((word) => counts.has(word)).map((word) => ({ verdict: word, count: counts.get(word) ?? 0 }));
}

/**
 * Where the cursor runs: the row of the first case that fails; the number of rows (the floor) where cases were compared
 * and none fails; null where nothing was compared, which breaks the line.
 */
export function cursorRow(rows: readonly StripRow[], cases: number, run: number, verdict: VerdictAt): number | null {
	let compared = false;
	for (let i = 0; i < cases; i++) {
		const found = verdict(i, run);
		if (found === "fail") return rows.findIndex((row) => i < row.to);
		if (found === "pass") compared = true;
	}
	return compared ? rows.length : null;
}

/** The step line over runs of `step` px: `y` gives the height of a run, null a break. */
export function stepPath(heights: readonly (number | null)[], step: number, left = 0): string {
	let path = "";
	let broken = true;
	heights.forEach((y, i) => {
		if (y === null) {
			broken = true;
			return;
		}
		path += `${broken ? `M${left + i * step} ` : "V"}${y}H${left + (i + 1) * step}`;
		broken = false;
	});
	return path;
}

/** More runs than these are cells of the page only where they are in view. */
export const ALL_RUNS = 160;
/** Runs come and go in blocks of so many: scrolling by a few changes nothing. */
const BLOCK = 8;

/** A column of the grid, or the place of those that are out of view. `from` included, `to` excluded. */
export interface Columns {
	kind: "run" | "gap";
	from: number;
	to: number;
}

/**
 * The columns that the grid has while `[left, left + width)` px of the runs is in view: those, a block around them, and the
 * one that the keyboard is on, which must not vanish under it.
 */
export function columnsInView(runs: number, step: number, left: number, width: number, roving: number): Columns[] {
	const block = (px: number) => Math.floor(px / step / BLOCK) * BLOCK;
	const from = runs <= ALL_RUNS ? 0 : Math.max(0, Math.min(runs - 1, block(left) - BLOCK));
	const to = runs <= ALL_RUNS ? runs : Math.min(runs, block(left + width) + 2 * BLOCK);
	const wanted = Array.from({ length: Math.max(0, to - from) }, (_, i) => from + i);
	if (roving >= 0 && roving < runs && (roving < from || roving >= to)) wanted.push(roving);
	const columns: Columns[] = [];
	let next = 0;
	for (const run of wanted.sort((a, b) => a - b)) {
		if (run > next) columns.push({ kind: "gap", from: next, to: run });
		columns.push({ kind: "run", from: run, to: run + 1 });
		next = run + 1;
	}
	if (next < runs) columns.push({ kind: "gap", from: next, to: runs });
	return columns;
}

/** Runs of one day that stand together. `from` included, `to` excluded. */
export interface DayGroup {
	label: string;
	/** the day alone */
	short: string;
	/** the month alone; empty where the time is not known */
	month: string;
	from: number;
	to: number;
}

/** Groups neighbouring runs by their day's text (`Oct 5`); null is a run whose time is not known. */
export function dayGroups(days: readonly (string | null)[]): DayGroup[] {
	const groups: DayGroup[] = [];
	days.forEach((day, i) => {
		const label = day ?? "no time";
		const last = groups.at(-1);
		if (last && last.label === label) last.to = i + 1;
		else groups.push({ label, short: day === null ? "?" : (/\d+/.exec(day)?.[0] ?? ""), month: day === null ? "" : (day.split(" ")[0] ?? ""), from: i, to: i + 1 });
	});
	return groups;
}

/** All marks of one verdict as one path, each centred on a point of a 12 px box. Rings and hatches are stroked, the rest filled. */
export function marksPath(verdict: Verdict, points: readonly { x: number; y: number }[]): string {
	switch (verdict) {
		case "pass":
			return points.map(({ x, y }) => `M${x - 4} ${y}a4 4 0 1 0 8 0a4 4 0 1 0 -8 0Z`).join("");
		case "fail":
			return points.map(({ x, y }) => `M${x} ${y - 5.4}l5.4 5.4-5.4 5.4-5.4-5.4Z`).join("");
		case "unmatched":
			return points.map(({ x, y }) => `M${x - 3.6} ${y}a3.6 3.6 0 1 0 7.2 0a3.6 3.6 0 1 0 -7.2 0Z`).join("");
		case "incomparable":
			return points.map(({ x, y }) => `M${x - 4} ${y - 4}h8v8h-8ZM${x - 4} ${y}l4-4M${x - 4} ${y + 4}l8-8M${x} ${y + 4}l4-4`).join("");
		case "skipped":
			return points.map(({ x, y }) => `M${x - 3.5} ${y}h7`).join("");
	}
}
