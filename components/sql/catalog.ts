import { defineQuery } from "@/lib/tables/query";
import type { SchemaColumn } from "@/lib/tables/sources";

export interface CatalogColumn {
	name: string;
	type: string;
	describe: string | null;
}

export interface CatalogTable {
	name: string;
	/** a view named after a file */
	file: boolean;
	describe: string | null;
	columns: CatalogColumn[];
}

/** The schema's rows by table, in their order. */
export function catalogOf(rows: readonly SchemaColumn[]): CatalogTable[] {
	const tables = new Map<string, CatalogTable>();
	for (const row of rows) {
		let table = tables.get(row.table);
		if (table === undefined) {
			table = { name: row.table, file: row.file, describe: row.tableDescribe, columns: [] };
			tables.set(row.table, table);
		}
		table.columns.push({ name: row.column, type: row.type, describe: row.describe });
	}
	return [...tables.values()];
}

/** The tables in whose name, or in one of whose columns, every word occurs; a table that matches by its columns keeps those only. */
export function searchCatalog(tables: readonly CatalogTable[], search: string): CatalogTable[] {
	const words = search.toLowerCase().split(/\s+/).filter(Boolean);
	if (words.length === 0) return [...tables];
	const has = (text: string) => words.every((word) => text.toLowerCase().includes(word));
	const out: CatalogTable[] = [];
	for (const table of tables) {
		if (has(table.name)) out.push(table);
		else {
			const columns = table.columns.filter((column) => has(`${table.name}.${column.name}`));
			if (columns.length > 0) out.push({ ...table, columns });
		}
	}
	return out;
}

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
