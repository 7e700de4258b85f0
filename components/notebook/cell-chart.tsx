"use client";

import { useEffect, useMemo, useState } from "react";
import { VegaChart } from "@/components/chart/vega-chart";
import { useWorkspace } from "@/components/shell/workspace-provider";
import { ErrorBox } from "@/components/ui";
import { cellChoice } from "@/lib/answer/notebook-chart";
import { type ChartData, type ChartPlan, type ChartRows, chartWords, marksOf, planOf } from "@/lib/chart";
import type { QueryResult } from "@/lib/engine/engine";
import { type Failure, failureOf } from "@/lib/model";
import type { Cell } from "@/lib/notebook/types";

interface Drawn {
	plan: ChartPlan;
	data: ChartData;
	rows: ChartRows;
}

/** A chart cell over the rows of the cell that it names. */
export function CellChart({ cell, result, sql }: { cell: Cell; result: QueryResult; sql: string }) {
	const { engine } = useWorkspace();
	const choice = useMemo(() => cellChoice(cell, result.columns), [cell, result]);
	const plan = useMemo(() => (choice === null ? null : planOf(choice, result.columns, sql, result.numRows, true)), [choice, result, sql]);
	const own = useMemo<Drawn | null>(() => (plan !== null && plan.sql === null ? { plan, data: marksOf(plan, result), rows: result } : null), [plan, result]);
	const [asked, setAsked] = useState<{ plan: ChartPlan; drawn: Drawn | null; failure: Failure | null } | null>(null);
	useEffect(() => {
		if (plan === null || plan.sql === null || !engine) return;
		const abort = new AbortController();
		engine
			.query(plan.sql, { role: "check", signal: abort.signal })
			.then(async (rows) => {
				await rows.complete;
				if (!abort.signal.aborted) setAsked({ plan, drawn: { plan, data: marksOf(plan, rows), rows }, failure: null });
			})
			.catch((error: unknown) => {
				if (!abort.signal.aborted) setAsked({ plan, drawn: null, failure: failureOf(error) });
			});
		return () => abort.abort();
	}, [engine, plan]);
	if (result.numRows === 0) return <p className="i2 small">No rows, so there is nothing to draw.</p>;
	if (choice === null) return <p className="i2 small">Lists, structs and maps cannot be drawn. Select a number, a time or a text.</p>;
	const answer = asked !== null && asked.plan === plan ? asked : null;
	const drawn = own ?? answer?.drawn ?? null;
	if (answer?.failure) return <ErrorBox failure={answer.failure} />;
	if (drawn === null) return <p className="waiting">Counting…</p>;
	return (
		<>
			<VegaChart plan={drawn.plan} data={drawn.data} rows={drawn.rows} />
			<p className="small i3">{chartWords(drawn.plan, drawn.data, result.numRows).join(" ")}</p>
		</>
	);
}
