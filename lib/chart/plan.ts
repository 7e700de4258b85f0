import { drawable, isScale } from "./choose";
import type { ChartChoice, ChartColumn, ChartMode, ChartParts, ChartPlan } from "./types";

/** More rows than this are not drawn one by one: the engine counts or aggregates them all. */
export const MOST_MARKS = 2000;
/** So many categories are drawn, the largest. */
export const MOST_CATEGORIES = 40;
/** So many colours can be told apart. */
export const MOST_COLOURS = 6;
const STEPS_OF_LINE = 200;
const STEPS_OF_HISTOGRAM = 40;
const FIELDS_X = 60;
const FIELDS_Y = 30;

const NO_PARTS: ChartParts = { x: 0, y: null, colour: null, rows: null, stepX: null, stepY: null, of: null };

/**
 * How a choice is drawn. `sql` is the statement whose rows are meant, `rows` their number; `whole` says that all of
 * them are in the page. The choice has to fit the columns (`fitChoice`).
 */
export function planOf(choice: ChartChoice, columns: readonly ChartColumn[], sql: string | null, rows: number, whole: boolean): ChartPlan {
	const at = (name: string | null) => columns.findIndex((column) => column.name === name && drawable([column]).length > 0);
	const [x, y, colour] = [at(choice.x), at(choice.y), at(choice.colour)];
	const xColumn = columns[x]!;
	const categories = choice.kind === "bars" || !isScale(xColumn);
	const plan = (mode: ChartMode, asked: string | null, parts: ChartParts): ChartPlan => ({ mode, choice, x: xColumn, y: columns[y] ?? null, colour: columns[colour] ?? null, sql: asked, parts, categories });
	const from = `FROM (\n${sql}\n) AS result(${columns.map((_, i) => `c${i}`).join(", ")})`;
	if (choice.kind === "histogram") return plan("histogram", histogramSql(from, x, xColumn), { ...NO_PARTS, x: 0, rows: 1, stepX: 2 });
	if (choice.aggregate === "none") {
		const own: ChartParts = { ...NO_PARTS, x, y, colour: colour < 0 ? null : colour };
		if (whole && rows <= MOST_MARKS) return plan("rows", null, own);
		if (categories) return plan("largest", largestSql(from, x, y, colour), { ...NO_PARTS, x: 0, y: 1, colour: colour < 0 ? null : 2, of: 3 });
		if (choice.kind === "points") return plan("fields", fieldsSql(from, x, xColumn, y), { ...NO_PARTS, x: 0, y: 1, rows: 2, stepX: 3, stepY: 4 });
	}
	// A line of more rows than can be drawn shows the mean of each step.
	const aggregate = choice.aggregate === "none" ? "mean" : choice.aggregate;
	const value = aggregate === "count" ? "count(*)" : `${FUNCTIONS[aggregate]}(c${y})`;
	const parts: ChartParts = { ...NO_PARTS, x: 0, y: 1, colour: colour < 0 ? null : 2, rows: 3 };
	if (categories) return plan("groups", groupsSql(from, x, value, colour), { ...parts, of: 4 });
	return plan("buckets", bucketsSql(from, x, xColumn, value, colour), { ...parts, stepX: 4 });
}

const FUNCTIONS = { sum: "sum", mean: "avg", median: "median", min: "min", max: "max" } as const;

/** A scale's value as a double: seconds since 1970 for times. */
function scaleValue(index: number, column: ChartColumn): string {
	return column.kind === "time" ? `epoch_us(c${index}::TIMESTAMP) / 1e6` : `c${index}::DOUBLE`;
}

/** Steps of a clock and a calendar, in seconds. */
const CLOCK = [1e-6, 1e-5, 1e-4, 0.001, 0.01, 0.1, 1, 5, 15, 60, 300, 900, 3600, 10_800, 21_600, 43_200, 86_400, 604_800, 2_592_000, 31_536_000, 315_360_000, 3_153_600_000, 31_536_000_000];

/** A round step, as SQL over the least (`low`) and the greatest value (`high`): 1, 2 or 5 times a power of ten, or a step of a clock. */
function stepSql(column: ChartColumn, steps: number, low: string, high: string): string {
	const raw = `((${high}) - (${low})) / ${steps}`;
	if (column.kind === "time") return `coalesce(list_filter(${listOf(CLOCK)}, s -> s >= ${raw})[1], ${CLOCK.at(-1)})`;
	const power = `power(10, floor(log10(${raw})))`;
	const whole = /INT/.test(column.type);
	const round = `${power} * CASE WHEN ${raw} <= ${power} THEN 1 WHEN ${raw} <= 2 * ${power} THEN 2 WHEN ${raw} <= 5 * ${power} THEN 5 ELSE 10 END`;
	return `CASE WHEN ${raw} > 0 THEN ${whole ? `greatest(1, ${round})` : round} ELSE 1 END`;
}

function listOf(values: readonly number[]): string {
	return `[${values.map((value) => `${value}::DOUBLE`).join(", ")}]`;
}

function histogramSql(from: string, x: number, column: ChartColumn): string {
	return `WITH v AS (SELECT ${scaleValue(x, column)} AS v ${from}),
s AS (SELECT ${stepSql(column, STEPS_OF_HISTOGRAM, "min(v)", "max(v)")} AS step FROM v WHERE isfinite(v))
SELECT CASE WHEN isfinite(v) THEN floor(v / step) * step END AS x, count(*) AS rows, any_value(step) AS step FROM v, s GROUP BY 1 ORDER BY 1 NULLS LAST`;
}

function bucketsSql(from: string, x: number, column: ChartColumn, value: string, colour: number): string {
	return `WITH v AS (SELECT ${scaleValue(x, column)} AS v, * ${from}),
s AS (SELECT ${stepSql(column, STEPS_OF_LINE, "min(v)", "max(v)")} AS step FROM v WHERE isfinite(v))
SELECT CASE WHEN isfinite(v) THEN floor(v / step) * step END AS x, ${value} AS y, ${colour < 0 ? "NULL" : `c${colour}`} AS colour, count(*) AS rows, any_value(step) AS step FROM v, s GROUP BY 1, 3 ORDER BY 1 NULLS LAST`;
}

function fieldsSql(from: string, x: number, column: ChartColumn, y: number): string {
	return `WITH v AS (SELECT ${scaleValue(x, column)} AS x, c${y}::DOUBLE AS y ${from}),
s AS (SELECT ${stepSql(column, FIELDS_X, "min(x)", "max(x)")} AS dx, ${stepSql({ name: "", type: "DOUBLE", kind: "number" }, FIELDS_Y, "min(y)", "max(y)")} AS dy FROM v WHERE isfinite(x) AND isfinite(y))
SELECT CASE WHEN isfinite(x) AND isfinite(y) THEN floor(x / dx) * dx END AS x, CASE WHEN isfinite(x) AND isfinite(y) THEN floor(y / dy) * dy END AS y, count(*) AS rows, any_value(dx) AS dx, any_value(dy) AS dy FROM v, s GROUP BY 1, 2 ORDER BY 1 NULLS LAST, 2`;
}

function groupsSql(from: string, x: number, value: string, colour: number): string {
	const by = colour < 0 ? "NULL" : `c${colour}`;
	return `WITH g AS (SELECT c${x}::VARCHAR AS x, ${value} AS y, ${by} AS colour, count(*) AS rows ${from} GROUP BY 1, 3),
top AS (SELECT x, max(y) AS most, count(*) OVER () AS of FROM g GROUP BY x ORDER BY most DESC NULLS LAST, x LIMIT ${MOST_CATEGORIES})
SELECT g.x, g.y, g.colour, g.rows, top.of FROM g JOIN top ON g.x IS NOT DISTINCT FROM top.x ORDER BY top.most DESC NULLS LAST, g.x, g.colour`;
}

function largestSql(from: string, x: number, y: number, colour: number): string {
	return `SELECT c${x}::VARCHAR AS x, c${y} AS y, ${colour < 0 ? "NULL" : `c${colour}`} AS colour, count(*) OVER () AS of ${from} ORDER BY c${y} DESC NULLS LAST LIMIT ${MOST_CATEGORIES}`;
}
