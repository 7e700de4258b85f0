import { AGGREGATES, type ChartChoice, type ChartColumn, KINDS } from "./types";

/** Whether the values of a column stand one beside the other. */
export function isCategory(column: ChartColumn): boolean {
	return column.kind === "text" || column.kind === "boolean" || (column.kind === "time" && column.type.startsWith("TIME") && !column.type.startsWith("TIMESTAMP"));
}

/** Whether the values of a column lie on a scale. */
export function isScale(column: ChartColumn): boolean {
	return column.kind === "number" || (column.kind === "time" && !isCategory(column));
}

/** Columns that can be on an axis: everything but lists, structs and maps. */
export function drawable(columns: readonly ChartColumn[]): ChartColumn[] {
	const seen = new Set<string>();
	// Of several columns of one name the first is meant.
	return columns.filter((column) => {
		if (column.kind === "nested" || seen.has(column.name)) return false;
		seen.add(column.name);
		return true;
	});
}

/**
 * What a result is drawn as before anybody asks: time × number a line, category × number bars, number × number points,
 * a single number a histogram. `repeats` tells whether a category (with a second one) occurs in more than one row; null
 * where that is not known. Null where no column can be drawn.
 */
export function defaultChoice(columns: readonly ChartColumn[], repeats: (columns: readonly ChartColumn[]) => boolean | null): ChartChoice | null {
	const all = drawable(columns);
	const time = all.find((column) => column.kind === "time" && isScale(column));
	const categories = all.filter(isCategory);
	const numbers = all.filter((column) => column.kind === "number" && !isPlace(column));
	const number = numbers[0];
	if (time !== undefined && number !== undefined) {
		const colour = categories.find((column) => repeats([time]) === true && repeats([time, column]) === false);
		return { kind: "line", x: time.name, y: number.name, colour: colour?.name ?? null, aggregate: "none" };
	}
	const [first, second] = categories;
	if (first !== undefined) {
		if (number === undefined) return { kind: "bars", x: first.name, y: null, colour: null, aggregate: "count" };
		if (repeats([first]) === false) return { kind: "bars", x: first.name, y: number.name, colour: null, aggregate: "none" };
		if (second !== undefined && repeats([first, second]) === false) return { kind: "points", x: second.name, y: number.name, colour: first.name, aggregate: "none" };
		return { kind: "bars", x: first.name, y: number.name, colour: null, aggregate: "mean" };
	}
	if (numbers.length >= 2) return { kind: "points", x: numbers[0]!.name, y: numbers[1]!.name, colour: null, aggregate: "none" };
	const only = number ?? time ?? all[0];
	if (only === undefined) return null;
	return isScale(only) ? { kind: "histogram", x: only.name, y: null, colour: null, aggregate: "count" } : { kind: "bars", x: only.name, y: null, colour: null, aggregate: "count" };
}

/** Columns that say where a row came from are no quantity. */
function isPlace(column: ChartColumn): boolean {
	return /^(line|byte_offset|row_?id)$/i.test(column.name);
}

/** A choice made to fit the columns: names that are gone and kinds that cannot be are replaced. Null where nothing can be drawn. */
export function fitChoice(choice: ChartChoice, columns: readonly ChartColumn[]): ChartChoice | null {
	const all = drawable(columns);
	const named = (name: string | null) => all.find((column) => column.name === name);
	const x = named(choice.x) ?? all[0];
	if (x === undefined) return null;
	const numbers = all.filter((column) => column.kind === "number");
	let { kind, aggregate } = choice;
	if (kind === "histogram" && !isScale(x)) kind = "bars";
	if (kind === "line" && !isScale(x)) kind = "points";
	if (kind === "histogram") return { kind, x: x.name, y: null, colour: null, aggregate: "count" };
	const y = aggregate === "count" ? undefined : (numbers.find((column) => column.name === choice.y) ?? numbers.find((column) => column !== x) ?? numbers[0]);
	if (y === undefined) aggregate = "count";
	const colour = named(choice.colour);
	return { kind, x: x.name, y: y?.name ?? null, colour: colour === undefined || colour === x ? null : colour.name, aggregate };
}

/** A choice that was kept as text, where it is one. */
export function isChoice(value: unknown): value is ChartChoice {
	if (typeof value !== "object" || value === null) return false;
	const { kind, x, y, colour, aggregate } = value as Record<string, unknown>;
	return KINDS.some((one) => one === kind) && AGGREGATES.some((one) => one === aggregate) && typeof x === "string" && (y === null || typeof y === "string") && (colour === null || typeof colour === "string");
}
