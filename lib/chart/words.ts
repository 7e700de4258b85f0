import type { ChartRows } from "./marks";
import { MOST_CATEGORIES, MOST_COLOURS, MOST_MARKS } from "./plan";
import type { Aggregate, ChartData, ChartMark, ChartPlan } from "./types";

const num = (value: number) => value.toLocaleString("en-US");
const rowsOf = (count: number) => `${num(count)} row${count === 1 ? "" : "s"}`;

export const AGGREGATE_WORDS: { [aggregate in Aggregate]: string } = { none: "each row", count: "number of rows", sum: "sum", mean: "mean", median: "median", min: "least", max: "greatest" };

/** What the value axis measures: `mean of duration_ms`, `rows`. */
export function valueName(plan: ChartPlan): string {
	const { aggregate } = plan.choice;
	if (plan.mode === "histogram" || aggregate === "count" || plan.y === null) return "rows";
	if (aggregate === "none") return plan.mode === "buckets" ? `mean of ${plan.y.name}` : plan.y.name;
	return `${AGGREGATE_WORDS[aggregate]} of ${plan.y.name}`;
}

/** What is drawn, in a few words: the chart's name. */
export function chartName(plan: ChartPlan): string {
	const colour = plan.colour === null || plan.mode === "fields" || plan.mode === "histogram" ? "" : `, by ${plan.colour.name}`;
	if (plan.mode === "histogram") return `Rows by ${plan.x.name}`;
	if (plan.mode === "fields") return `${plan.y?.name ?? ""} over ${plan.x.name}, rows counted`;
	const name = valueName(plan);
	return `${name.charAt(0).toUpperCase()}${name.slice(1)} ${plan.categories ? "by" : "over"} ${plan.x.name}${colour}`;
}

/** What was drawn, what was aggregated and what is not there, in sentences. `rows` is the number of rows of the query; null where that is not known. */
export function chartWords(plan: ChartPlan, data: ChartData, rows: number | null): string[] {
	const out: string[] = [];
	const all = rows === null ? "rows" : rowsOf(rows);
	const { marks, missing, of, colours } = data;
	switch (plan.mode) {
		case "rows":
			out.push(plan.categories ? `${num(marks.length)} marks, one a row.` : `${num(marks.length)} points, one a row.`);
			break;
		case "largest":
			out.push(`Too many rows to draw each (${rows === null ? "more than the page holds" : all}); these are the ${num(marks.length)} with the largest ${plan.y?.name ?? "value"}.`);
			break;
		case "groups":
			out.push(`All ${all} are in the ${valueName(plan)}, computed by the engine.`);
			break;
		case "buckets":
			out.push(`${plan.choice.aggregate === "none" ? `Too many rows to draw each, so each point is the ${valueName(plan)}` : `Each point is the ${plan.choice.aggregate === "count" ? "number of rows" : valueName(plan)}`} of a step of ${stepWords(plan, data)}; all ${all} are in it.`);
			break;
		case "fields":
			out.push(`More than ${num(MOST_MARKS)} rows are not drawn one by one: all ${all} are counted in ${num(marks.length)} fields; a larger point is more rows.`);
			if (plan.colour !== null) out.push(`${plan.colour.name} is not shown in counts.`);
			break;
		case "histogram":
			out.push(`All ${all} in steps of ${stepWords(plan, data)}.`);
			break;
		default: {
			const never: never = plan.mode;
			return never;
		}
	}
	if (plan.x.kind === "time" && !plan.categories) out.push("Times as recorded, UTC where they carry a zone.");
	if (plan.categories && of > MOST_CATEGORIES && plan.mode !== "largest") out.push(`The ${num(MOST_CATEGORIES)} largest of ${num(of)} categories.`);
	if (colours.of > colours.drawn.length) out.push(`${num(MOST_COLOURS)} of ${num(colours.of)} values of ${plan.colour?.name ?? "the colour"} are drawn, those of most rows.`);
	if (plan.mode === "histogram") {
		const none = marks.find((mark) => mark.x === null);
		if (none !== undefined) out.push(`${rowsOf(none.n ?? 0)} without a number.`);
	} else if (missing > 0) out.push(`${rowsOf(missing)} without a place${plan.choice.kind === "line" ? "; a gap is a gap" : " are not drawn"}.`);
	return out;
}

/** The width of a step, in the unit a person would use. */
function stepWords(plan: ChartPlan, data: ChartData): string {
	const one = data.marks.find((mark) => mark.x2 !== null && typeof mark.x === "number");
	if (one === undefined || typeof one.x !== "number" || one.x2 === null) return "1";
	const width = one.x2 - one.x;
	if (plan.x.kind !== "time") return String(Number(width.toPrecision(6)));
	for (const [unit, size] of [["day", 86_400_000], ["hour", 3_600_000], ["minute", 60_000], ["second", 1000]] as const) {
		const many = width / size;
		if (many >= 1) return `${num(Math.round(many))} ${unit}${Math.round(many) === 1 ? "" : "s"}`;
	}
	return `${Number(width.toPrecision(6))} ms`;
}

/** A mark's cells, as the table beside the drawing shows them: values of the rows with every digit, steps by their ends. */
export function markCells(plan: ChartPlan, mark: ChartMark, rows: ChartRows): { x: string; colour: string | null; y: string; n: string | null } {
	const { parts, mode } = plan;
	const exact = (column: number | null) => (column === null ? null : rows.text(mark.row, column));
	const x = mark.x === null ? "no number" : mark.x2 === null ? (exact(parts.x) ?? "null") : `${place(plan, mark.x)} to ${place(plan, mark.x2)}`;
	const y = mode === "fields" ? `${mark.y} to ${mark.y2}` : mode === "histogram" ? num(mark.n ?? 0) : (exact(parts.y) ?? "null");
	return { x, colour: mark.colour, y, n: mark.n === null || mode === "histogram" ? null : num(mark.n) };
}

/** A place on a scale: a number, or a time in UTC without what is zero. */
function place(plan: ChartPlan, value: string | number): string {
	if (plan.x.kind !== "time" || typeof value !== "number") return String(typeof value === "number" ? Number(value.toPrecision(12)) : value);
	const date = new Date(value);
	if (Number.isNaN(date.getTime())) return String(value);
	return date.toISOString().replace("T", " ").replace("Z", "").replace(/\.000$/, "").replace(/:00$/, "").replace(/ 00:00$/, "");
}

/** A mark in one line, for the read-out. */
export function markWords(plan: ChartPlan, mark: ChartMark, rows: ChartRows): string {
	const cells = markCells(plan, mark, rows);
	const value = plan.mode === "histogram" ? `${rowsOf(mark.n ?? 0)}` : `${plan.mode === "fields" ? (plan.y?.name ?? "y") : valueName(plan)} ${cells.y}`;
	return [`${plan.x.name} ${cells.x}`, ...(cells.colour === null ? [] : [`${plan.colour?.name ?? "colour"} ${cells.colour}`]), value, ...(cells.n === null || valueName(plan) === "rows" ? [] : [rowsOf(mark.n ?? 0)])].join(" · ");
}
