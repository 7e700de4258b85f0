import type { SharedNotebook, SharedResult } from "./codec";
import { readFrontMatter } from "./front-matter";
import type { Notebook, Pin } from "./types";
import { toMarkdown } from "./parse";

/** What leaves with a link, as the dialog lists it. */
export interface Leaving {
	characters: number;
	cells: readonly string[];
	/** paths and hashes of the sources that the pins name */
	sources: readonly string[];
	results: readonly { cell: string; rows: number }[];
	/** front matter that travels with the text */
	head: readonly string[];
}

/** Front matter that a link carries; anything else of it stays at home. */
const TRAVELS = ["casebook", "title", "team", "tolerance"];
/** Results with more rows or characters are not embedded. */
export const SMALL_ROWS = 50;
const SMALL_CHARACTERS = 20_000;

/** The notebook as a link carries it: text, cells, pins and the results that were chosen. Front matter of others' making stays at home. */
export function sharedOf(notebook: Notebook, pinnedAt: string, pins: { [cell: string]: Pin }, results: { [cell: string]: SharedResult }): SharedNotebook {
	const { head } = readFrontMatter(notebook.head);
	const lines = ["casebook: 1", ...(notebook.title === null ? [] : [`title: ${JSON.stringify(notebook.title)}`]), ...(notebook.team === null ? [] : [`team: ${JSON.stringify(notebook.team)}`]), ...(notebook.tolerance === null ? [] : [`tolerance: ${JSON.stringify(notebook.tolerance)}`])];
	const body = toMarkdown(notebook).slice(head.length);
	return { markdown: `---\n${lines.join("\n")}\n---\n${body}`, pinnedAt, pins, results: Object.fromEntries(Object.entries(results).filter(([, result]) => isSmall(result))) };
}

export function isSmall(result: SharedResult): boolean {
	return result.rows.length <= SMALL_ROWS && JSON.stringify(result).length <= SMALL_CHARACTERS;
}

/** What of it the reader of the dialog sees listed: everything that is in it. */
export function leavingOf(shared: SharedNotebook, cells: readonly string[]): Leaving {
	return {
		characters: shared.markdown.length,
		cells,
		sources: [...new Set(Object.values(shared.pins).flatMap((pin) => Object.keys(pin.sources)))].sort(),
		results: Object.entries(shared.results).map(([cell, result]) => ({ cell, rows: result.rows.length })),
		head: TRAVELS.filter((key) => new RegExp(`^${key}:`, "m").test(shared.markdown.slice(0, shared.markdown.indexOf("\n---\n", 4)))),
	};
}
