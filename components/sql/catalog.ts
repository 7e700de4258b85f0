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
