"use client";

import { useEffect, useMemo, useState } from "react";
import type { Engine, QueryResult } from "@/lib/engine/engine";
import { type ChartChoice, type ChartColumn, type ChartData, type ChartPlan, type ChartRows, defaultChoice, fitChoice, MOST_MARKS, marksOf, planOf } from "@/lib/chart";
import type { Failure } from "@/lib/model";
import { endOf, type Run } from "./use-runs";
import { selectable } from "./wrap";

export interface Charted {
	/** the choice in force: the reader's, fitted to the columns, or the one that the result suggests; null where nothing can be drawn */
	choice: ChartChoice | null;
	plan: ChartPlan | null;
	/** the marks of the plan; null while they are asked for */
	drawn: { plan: ChartPlan; data: ChartData; rows: ChartRows } | null;
	failure: Failure | null;
}

/** The marks of a run's rows: read from the rows themselves where they are few, else asked of the engine, which reads them all. */
export function useChart(engine: Engine | null, slot: number, run: Run, result: QueryResult, asked: ChartChoice | null): Charted {
	const ready = run.state === "done";
	const choice = useMemo(() => {
		if (!ready) return null;
		const suggested = () => defaultChoice(result.columns, (columns) => (run.cut ? null : repeats(result, columns)));
		// What was chosen for another query's columns says nothing about these.
		return asked === null || result.columns.every((column) => column.name !== asked.x) ? suggested() : fitChoice(asked, result.columns);
	}, [ready, result, run.cut, asked]);
	const inner = useMemo(() => selectable(run.sql), [run.sql]);
	const plan = useMemo(() => (choice === null ? null : planOf(choice, result.columns, inner, result.numRows, !run.cut)), [choice, result, inner, run.cut]);
	const own = useMemo(() => (plan !== null && plan.sql === null ? { plan, data: marksOf(plan, result), rows: result } : null), [plan, result]);
	const [there, setThere] = useState<{ plan: ChartPlan; drawn: Charted["drawn"]; failure: Failure | null } | null>(null);

	useEffect(() => {
		if (plan === null || plan.sql === null || engine === null) return;
		if (inner === null) {
			setThere({ plan, drawn: null, failure: { kind: "limit", what: "rows that are drawn one by one", limit: MOST_MARKS.toLocaleString("en-US"), message: "The rows of this statement cannot be counted by another query. Write them into a table with CREATE TABLE … AS and select from that." } });
			return;
		}
		const abort = new AbortController();
		engine
			.query(plan.sql, { role: "user", tab: slot, signal: abort.signal })
			.then(async (rows) => {
				await rows.complete;
				if (!abort.signal.aborted) setThere({ plan, drawn: { plan, data: marksOf(plan, rows), rows }, failure: null });
			})
			.catch((error: unknown) => {
				if (!abort.signal.aborted) setThere({ plan, drawn: null, failure: endOf(error, abort.signal) });
			});
		return () => abort.abort();
	}, [engine, slot, plan, inner]);

	const answered = there !== null && there.plan === plan ? there : null;
	return { choice, plan, drawn: own ?? answered?.drawn ?? null, failure: own === null ? (answered?.failure ?? null) : null };
}

/** Whether the values of some columns, taken together, occur in more than one row; null where there are too many rows to look. */
function repeats(result: QueryResult, columns: readonly ChartColumn[]): boolean | null {
	if (result.numRows > MOST_MARKS) return null;
	const at = columns.map((column) => result.columns.findIndex((one) => one.name === column.name));
	const seen = new Set<string>();
	for (let row = 0; row < result.numRows; row++) seen.add(JSON.stringify(at.map((column) => result.text(row, column))));
	return seen.size < result.numRows;
}
