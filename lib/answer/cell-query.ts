import { literal, type NamedQuery, type Params } from "@/lib/tables/query";
import type { CellRun } from "./notebook";

/**
 * A cell's statement as a query with evidence: its own lines where its rows carry `source` and `line`, else the sources that it could
 * read. Null for a cell that has not run.
 */
export function cellQuery(run: CellRun): NamedQuery<Params, unknown> | null {
	if (run.result === null) return null;
	const names = run.result.columns.map((column) => column.name);
	const paths = Object.keys(run.sources);
	const carries = names.includes("source") && names.includes("line");
	return {
		name: `cell ${run.cell.name}`,
		describe: run.cell.title ?? `the cell ${run.cell.name}`,
		sql: run.sql,
		rows: carries ? `SELECT source, line FROM (${run.sql}\n)` : paths.length === 0 ? "SELECT NULL::VARCHAR AS source, NULL::BIGINT AS line WHERE false" : `SELECT unnest([${paths.map(literal).join(", ")}]::VARCHAR[]) AS source, NULL::BIGINT AS line`,
		read: () => null,
		foreign: true,
	};
}
