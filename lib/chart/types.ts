/** A column of a result, as far as a chart needs to know it. */
export interface ChartColumn {
	name: string;
	/** the engine's type name, such as `BIGINT` or `TIMESTAMP_NS` */
	type: string;
	kind: "number" | "text" | "boolean" | "time" | "nested";
}

export const KINDS = ["line", "points", "bars", "histogram"] as const;
export type ChartKind = (typeof KINDS)[number];

export const AGGREGATES = ["none", "count", "sum", "mean", "median", "min", "max"] as const;
/** how rows of one place become one mark; `none`: each row is a mark */
export type Aggregate = (typeof AGGREGATES)[number];

/** What a reader asks to see. Columns by name, so that the choice outlives another run of the query. */
export interface ChartChoice {
	kind: ChartKind;
	x: string;
	/** null where rows are counted */
	y: string | null;
	colour: string | null;
	aggregate: Aggregate;
}

/** How the marks come about: each row one, or the engine counts and aggregates all rows. */
export type ChartMode =
	/** each row a mark, in the result's own rows */
	| "rows"
	/** the largest rows of more than can be drawn */
	| "largest"
	/** one mark a category */
	| "groups"
	/** one mark a step of x */
	| "buckets"
	/** rows counted in fields of x and y */
	| "fields"
	/** rows counted in steps of x */
	| "histogram";

/** The columns of the query of a chart, by position; null where it has none of these. */
export interface ChartParts {
	x: number;
	y: number | null;
	colour: number | null;
	/** rows behind the mark */
	rows: number | null;
	/** width of a step of x, height of a step of y, in their units; seconds for times */
	stepX: number | null;
	stepY: number | null;
	/** how many marks there are in all, of which the largest are drawn */
	of: number | null;
}

export interface ChartPlan {
	mode: ChartMode;
	choice: ChartChoice;
	x: ChartColumn;
	y: ChartColumn | null;
	colour: ChartColumn | null;
	/** the query that gives the marks; null where they are the result's own rows */
	sql: string | null;
	parts: ChartParts;
	/** whether x is categories, one beside the other, and not a scale */
	categories: boolean;
}

/** One mark. */
export interface ChartMark {
	/** position in the drawing's order, from 0 */
	i: number;
	/** a category's name, a number, or milliseconds since 1970; null only in a histogram: rows without a value */
	x: string | number | null;
	/** where the step ends; null where x is no step */
	x2: number | null;
	y: number | null;
	y2: number | null;
	colour: string | null;
	/** rows behind it */
	n: number | null;
	/** whether it ends its line, where its name stands */
	last: boolean;
	/** row of the result that it was read from */
	row: number;
}

/** Marks with what they leave out. */
export interface ChartData {
	marks: ChartMark[];
	/** rows or groups without x or y, which have no place */
	missing: number;
	/** marks or categories that were found; more than `marks` where the largest are drawn */
	of: number;
	/** colours that were found; at most six are drawn */
	colours: { drawn: string[]; of: number };
}
