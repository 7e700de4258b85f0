"use client";

import { useEffect, useMemo, useState } from "react";
import { nextSort, SORT_HERE, type Sort, sortOrder, sortsHere } from "@/components/grid/sort";
import { num } from "@/components/ui/format";
import type { Engine, QueryResult } from "@/lib/engine/engine";
import type { Failure } from "@/lib/model";
import { MOST_ROWS, whole } from "./limits";
import { endOf, type Run } from "./use-runs";
import { orderedBy } from "./wrap";

export interface Sorted {
	result: QueryResult;
	order: Uint32Array | null;
	sort: Sort | null;
	/** more rows exist than these */
	cut: boolean;
	/** the engine is sorting */
	busy: boolean;
	failure: Failure | null;
	/** the query whose rows are shown */
	sql: string;
	/** null while rows cannot be sorted */
	onSort: ((column: number) => void) | null;
}

/**
 * The rows of a run in the order that the reader asks for: sorted here where they are few, by the engine, which runs
 * the query again, where they are many or only it knows their order.
 */
export function useSort(engine: Engine | null, slot: number, run: Run, result: QueryResult): Sorted {
	const [sort, setSort] = useState<Sort | null>(null);
	const [there, setThere] = useState<{ sort: Sort; sql: string; result: QueryResult | null; cut: boolean; failure: Failure | null } | null>(null);
	const here = sort !== null && result.done && !run.cut && sortsHere(result, sort.column);
	const order = useMemo(() => (here && sort !== null ? sortOrder(result, sort) : null), [here, sort, result]);

	useEffect(() => {
		if (sort === null || here || engine === null) {
			setThere(null);
			return;
		}
		const sql = orderedBy(run.sql, sort.column, sort.descending);
		if (sql === null) {
			setThere({ sort, sql: run.sql, result: null, cut: false, failure: { kind: "limit", what: "rows that are sorted in the page", limit: num(SORT_HERE), message: "This statement cannot be sorted by the engine either. Write the rows into a table with CREATE TABLE … AS and select from that." } });
			return;
		}
		const abort = new AbortController();
		const full = new AbortController();
		// Another order of many rows makes room for the next.
		setThere({ sort, sql, result: null, cut: false, failure: null });
		engine
			.query(sql, { role: "user", tab: slot, signal: AbortSignal.any([abort.signal, full.signal]), maxRows: MOST_ROWS })
			.then(async (sorted) => {
				const { cut } = await whole(sorted, () => full.abort());
				if (!abort.signal.aborted) setThere({ sort, sql, result: sorted, cut, failure: null });
			})
			.catch((error: unknown) => {
				if (!abort.signal.aborted) setThere({ sort, sql, result: null, cut: false, failure: endOf(error, abort.signal) });
			});
		return () => abort.abort();
	}, [engine, slot, run.sql, sort, here]);

	const sortedThere = there !== null && there.result !== null && there.sort === sort;
	return {
		result: sortedThere && there.result !== null ? there.result : result,
		order,
		cut: sortedThere ? there.cut : run.cut,
		sort,
		busy: sort !== null && !here && !sortedThere && (there?.failure ?? null) === null,
		failure: there?.failure ?? null,
		sql: sortedThere ? there.sql : run.sql,
		onSort: result.done ? (column) => setSort((old) => nextSort(old, column)) : null,
	};
}
