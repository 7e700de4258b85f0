import type { Engine, QueryResult } from "@/lib/engine/engine";
import { CasebookError } from "@/lib/model";
import { bind, type NamedQuery, type Params, type RowReader } from "@/lib/tables/query";
import { slices } from "./slices";

export interface Answer<R> {
	rows: R[];
	/** the query as it ran, parameters written in */
	sql: string;
	elapsedMs: number;
	result: QueryResult;
}

/** Rows that are read before the clock is looked at. */
const ROWS_A_LOOK = 512;

/** Asks a named query and reads its rows, many of them in slices, so that the page stays awake. Throws CasebookError. */
export async function ask<P extends Params, R>(engine: Engine, query: NamedQuery<P, R>, params: P, signal?: AbortSignal): Promise<Answer<R>> {
	const sql = bind(query.sql, params);
	const result = await engine.query(sql, { role: "page", ...(signal ? { signal } : {}) });
	await result.complete;
	const at = new Map(result.columns.map((column, index) => [column.name, index]));
	const rows: R[] = [];
	const pause = slices();
	for (let row = 0; row < result.numRows; row++) {
		if (row % ROWS_A_LOOK === ROWS_A_LOOK - 1) await pause();
		if (signal?.aborted) throw new CasebookError({ kind: "cancelled", message: "Cancelled." });
		rows.push(query.read(reader(result, at, row, query.name)));
	}
	return { rows, sql, elapsedMs: result.elapsedMs, result };
}

function reader(result: QueryResult, at: ReadonlyMap<string, number>, row: number, query: string): RowReader {
	const cell = (column: string) => {
		const index = at.get(column);
		if (index === undefined) throw new CasebookError({ kind: "query", sql: query, message: `The query ${query} has no column ${column}.`, candidates: [...at.keys()] });
		return { value: result.cell(row, index), index };
	};
	const need = <T>(value: T | null, column: string): T => {
		if (value === null) throw new CasebookError({ kind: "query", sql: query, message: `${column} of the query ${query} is NULL in row ${row + 1}.`, candidates: [] });
		return value;
	};
	const textOrNull = (column: string) => result.text(row, cell(column).index);
	const numberOrNull = (column: string) => {
		const { value } = cell(column);
		return value === null ? null : Number(value);
	};
	return {
		textOrNull,
		numberOrNull,
		text: (column) => need(textOrNull(column), column),
		number: (column) => need(numberOrNull(column), column),
		boolean: (column) => need(cell(column).value, column) === true,
		list: (column) => (cell(column).value ?? []) as readonly unknown[],
	};
}
