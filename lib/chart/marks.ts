import { MOST_CATEGORIES, MOST_COLOURS } from "./plan";
import type { ChartData, ChartMark, ChartPlan } from "./types";

/** The rows that marks are read from: a result, as far as a chart needs it. */
export interface ChartRows {
	readonly numRows: number;
	cell(row: number, column: number): unknown;
	text(row: number, column: number): string | null;
}

/** The marks of a plan, read from its rows. Marks without a place are counted, and so is what is not drawn. */
export function marksOf(plan: ChartPlan, rows: ChartRows): ChartData {
	const { parts, mode } = plan;
	const seconds = plan.x.kind === "time" && parts.stepX !== null;
	const found: ChartMark[] = [];
	let missing = 0;
	for (let row = 0; row < rows.numRows; row++) {
		const x = plan.categories ? (rows.text(row, parts.x) ?? NULL_NAME) : scaled(rows, row, parts.x, plan.x.kind === "time", seconds);
		const n = parts.rows === null ? null : Number(rows.cell(row, parts.rows));
		const y = mode === "histogram" ? n : parts.y === null ? null : finite(rows.cell(row, parts.y));
		// Rows without a value are a bar of their own in a histogram; elsewhere a line shows its gap.
		if ((x === null && mode !== "histogram") || (y === null && plan.choice.kind !== "line")) {
			missing += n ?? 1;
			continue;
		}
		if (y === null) missing += n ?? 1;
		const stepX = parts.stepX === null ? null : Number(rows.cell(row, parts.stepX)) * (seconds ? 1000 : 1);
		const stepY = parts.stepY === null ? null : Number(rows.cell(row, parts.stepY));
		found.push({
			i: 0,
			x,
			x2: stepX === null || typeof x !== "number" ? null : x + stepX,
			y,
			y2: stepY === null || y === null ? null : y + stepY,
			colour: parts.colour === null ? null : (rows.text(row, parts.colour) ?? NULL_NAME),
			n,
			last: false,
			row,
		});
	}
	const colours = coloursOf(found, parts.colour !== null);
	const drawn = new Set(colours.drawn);
	let marks = parts.colour === null ? found : found.filter((mark) => mark.colour !== null && drawn.has(mark.colour));
	let of = parts.of === null || rows.numRows === 0 ? marks.length : Number(rows.cell(0, parts.of));
	if (plan.categories) {
		if (mode === "rows") {
			const names = byLargest(marks, plan.choice.kind);
			of = names.length;
			const first = new Map(names.slice(0, MOST_CATEGORIES).map((name, i) => [name, i]));
			marks = marks.filter((mark) => first.has(String(mark.x))).sort((a, b) => first.get(String(a.x))! - first.get(String(b.x))!);
		}
	} else if (mode === "rows") marks.sort((a, b) => Number(a.x) - Number(b.x));
	if (plan.choice.kind === "line") markEnds(marks);
	for (const [i, mark] of marks.entries()) mark.i = i;
	return { marks, missing, of, colours };
}

/** How NULL is named among categories. */
export const NULL_NAME = "null";

function finite(cell: unknown): number | null {
	if (cell === null || cell === undefined) return null;
	const value = Number(cell);
	return Number.isFinite(value) ? value : null;
}

function scaled(rows: ChartRows, row: number, column: number, time: boolean, seconds: boolean): number | null {
	if (!time) return finite(rows.cell(row, column));
	if (seconds) {
		const value = finite(rows.cell(row, column));
		return value === null ? null : value * 1000;
	}
	const text = rows.text(row, column);
	return text === null ? null : millis(text);
}

/** Milliseconds since 1970 of `2026-05-02 12:58:41.123456789`; what is finer is not drawn. Null beyond the calendar. */
function millis(text: string): number | null {
	const match = /^([+-]?\d+-\d\d-\d\d)(?: (\d\d:\d\d:\d\d(?:\.\d{1,3})?))?/.exec(text);
	if (match === null) return null;
	const value = Date.parse(`${match[1]}T${match[2] ?? "00:00:00"}Z`);
	return Number.isNaN(value) ? null : value;
}

/** The colours of most rows, in the order of their names. */
function coloursOf(marks: readonly ChartMark[], any: boolean): { drawn: string[]; of: number } {
	if (!any) return { drawn: [], of: 0 };
	const rows = new Map<string, number>();
	for (const { colour, n } of marks) if (colour !== null) rows.set(colour, (rows.get(colour) ?? 0) + (n ?? 1));
	const largest = [...rows].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).slice(0, MOST_COLOURS);
	return { drawn: largest.map(([name]) => name).sort(), of: rows.size };
}

/** Categories from the largest value to the smallest; for points in the order in which they come. */
function byLargest(marks: readonly ChartMark[], kind: string): string[] {
	const most = new Map<string, number>();
	for (const { x, y } of marks) most.set(String(x), Math.max(most.get(String(x)) ?? Number.NEGATIVE_INFINITY, y ?? Number.NEGATIVE_INFINITY));
	const names = [...most.keys()];
	return kind === "bars" ? names.sort((a, b) => most.get(b)! - most.get(a)!) : names;
}

/** Marks the end of each line. */
function markEnds(marks: readonly ChartMark[]): void {
	const ends = new Map<string | null, ChartMark>();
	for (const mark of marks) if (mark.y !== null) ends.set(mark.colour, mark);
	for (const mark of ends.values()) mark.last = true;
}
