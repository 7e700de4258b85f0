import { quote } from "@/lib/model";
import { defineQuery, type NamedQuery } from "./query";

/** What the engine itself knows by name, for completion. */
export const sqlWords = defineQuery<Record<string, never>, { word: string; kind: string; describe: string | null }>({
	name: "sql-words",
	describe: "functions and keywords of the engine",
	sql: `SELECT function_name AS word, CASE WHEN bool_or(function_type IN ('table', 'table_macro')) THEN 'table function' ELSE 'function' END AS kind, any_value(description) AS describe
FROM duckdb_functions() WHERE function_type IN ('scalar', 'aggregate', 'macro', 'table', 'table_macro') AND regexp_full_match(function_name, '[a-z][a-z0-9_]*') GROUP BY function_name
UNION ALL SELECT upper(keyword_name), 'keyword', NULL FROM duckdb_keywords()
ORDER BY kind, word`,
	rows: "SELECT path AS source, NULL::BIGINT AS line FROM sources",
	read: (row) => ({ word: row.text("word"), kind: row.text("kind"), describe: row.textOrNull("describe") }),
});

/** Rows of each table that holds rows itself; views are not counted, because counting one may read everything. */
export const tableSizes = defineQuery<Record<string, never>, { table: string; rows: number }>({
	name: "table-sizes",
	describe: "rows by table",
	sql: `SELECT table_name AS "table", estimated_size AS rows FROM duckdb_tables() WHERE database_name = 'ws' AND schema_name = 'main'`,
	rows: "SELECT path AS source, NULL::BIGINT AS line FROM sources",
	read: (row) => ({ table: row.text("table"), rows: row.number("rows") }),
});

/** What is in a column: its rows, NULLs and distinct values, and the heights of a small histogram. */
export interface ColumnFacts {
	rows: number;
	nulls: number;
	distinct: number;
	/** rows by step from the least to the greatest value, or by value from the most frequent; of at most `BARS` */
	bars: number[];
	/** whether the bars are steps of a scale and not single values */
	steps: boolean;
}

const BARS = 12;

/**
 * The facts of one column of a table or view of the workspace. Every row is counted, so it is asked for one table at a
 * time. `scale` says that values lie on a scale (numbers and times): more than a few are then counted in steps.
 */
export function columnFacts(table: string, column: string, scale: "number" | "time" | null): NamedQuery<Record<string, never>, ColumnFacts> {
	const value = scale === null ? "NULL::DOUBLE" : scale === "time" ? "epoch_us(v::TIMESTAMP)::DOUBLE" : "v::DOUBLE";
	return {
		name: "column-facts",
		describe: `what is in ${table}.${column}`,
		sql: `WITH g AS (SELECT ${quote(column)} AS v, count(*) AS n FROM ${quote(table)} GROUP BY 1),
f AS (SELECT coalesce(sum(n), 0)::BIGINT AS rows, coalesce(sum(n) FILTER (WHERE v IS NULL), 0)::BIGINT AS nulls, count(v) AS "distinct" FROM g),
s AS (SELECT ${value} AS x, n FROM g),
e AS (SELECT min(x) AS low, max(x) AS high FROM s WHERE isfinite(x)),
b AS (SELECT least(${BARS - 1}, floor((x - low) / (high - low) * ${BARS}))::INTEGER AS bar, sum(n)::BIGINT AS n FROM s, e WHERE isfinite(x) AND high > low GROUP BY 1),
v AS (SELECT n FROM g WHERE v IS NOT NULL ORDER BY n DESC LIMIT ${BARS})
SELECT rows, nulls, "distinct", "distinct" > ${BARS} AND EXISTS (FROM b) AS steps,
CASE WHEN "distinct" > ${BARS} AND EXISTS (FROM b) THEN (SELECT list(coalesce(b.n, 0) ORDER BY i) FROM range(${BARS}) AS r(i) LEFT JOIN b ON b.bar = i) ELSE (SELECT list(n ORDER BY n DESC) FROM v) END AS bars
FROM f`,
		rows: "SELECT path AS source, NULL::BIGINT AS line FROM sources",
		read: (row) => ({ rows: row.number("rows"), nulls: row.number("nulls"), distinct: row.number("distinct"), steps: row.boolean("steps"), bars: row.list("bars").map(Number) }),
	};
}
