import { splitStatements } from "@/lib/engine/statements";

const WRAPS = new Set(["FROM", "SELECT", "WITH", "VALUES", "TABLE", "PIVOT", "UNPIVOT", "DESCRIBE", "SUMMARIZE", "SHOW"]);

/** The last statement of a script, where its rows can be selected from; null where it is another, such as EXPLAIN. */
export function selectable(script: string): string | null {
	const last = splitStatements(script).at(-1);
	return last === undefined || !WRAPS.has(last.word) ? null : last.sql;
}

/**
 * The last statement of a script, ordered by a column (0-based): the engine sorts what is too large to sort here. NULL
 * comes last both ways. Null where that statement is none whose rows can be selected from, such as EXPLAIN.
 */
export function orderedBy(script: string, column: number, descending: boolean): string | null {
	const sql = selectable(script);
	if (sql === null) return null;
	// The line break ends a comment that the statement may end with.
	return `SELECT * FROM (\n${sql}\n) ORDER BY ${column + 1} ${descending ? "DESC" : "ASC"} NULLS LAST`;
}
