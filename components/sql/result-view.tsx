"use client";

import { useEffect, useState } from "react";
import { ResultGrid } from "@/components/grid/result-grid";
import { useRowCount } from "@/components/grid/use-rows";
import { AddToNotebook } from "@/components/notebook/add-to-notebook";
import { Progress, Seg } from "@/components/ui/bits";
import { fileName } from "@/components/ui/download";
import { ErrorBox } from "@/components/ui/error-box";
import { count, duration, num } from "@/components/ui/format";
import { Menu } from "@/components/ui/menu";
import type { ChartChoice } from "@/lib/chart";
import type { Engine, QueryResult } from "@/lib/engine/engine";
import { ChartView } from "./chart-view";
import { MOST_BYTES, MOST_ROWS } from "./limits";
import { type Exporting, type FileFormat, writtenText } from "./use-export";
import type { Run } from "./use-runs";
import { useSort } from "./use-sort";

/** A query that takes longer shows its progress. */
const PATIENCE = 300;

export interface ResultViewProps {
	engine: Engine | null;
	slot: number;
	name: string;
	run: Run;
	/** one sentence about the workspace that a reader of this result should know */
	note: string | null;
	exporting: Exporting;
	onCandidate: (candidate: string) => void;
	/** a table or a chart, with what the reader chose to see in it */
	view: "table" | "chart";
	chart: ChartChoice | null;
	onView: (view: "table" | "chart") => void;
	onChart: (choice: ChartChoice) => void;
	/** opens a query in a tab of its own */
	onOpen: (sql: string) => void;
}

/** What a run came to: its progress, its failure, its rows. The rows of the run before stay until the new ones come. */
export function ResultView(props: ResultViewProps) {
	const { run, note, onCandidate } = props;
	const seen = run.result === null && run.state === "running" ? run.before : run;
	return (
		<>
			{run.state === "running" && <RunProgress run={run} />}
			{run.failure !== null && (
				<div className="sq-error">
					<ErrorBox failure={run.failure} sql={run.sql} onCandidate={onCandidate} />
					{note !== null && <p className="sq-quiet">{note}</p>}
				</div>
			)}
			{seen !== null && seen.result !== null && <Rows {...props} key={seen.id} run={seen} result={seen.result} note={run.failure === null ? note : null} />}
		</>
	);
}

function Rows({ engine, slot, name, run, result, note, exporting, view, chart, onView, onChart, onOpen }: ResultViewProps & { result: QueryResult }) {
	const sorted = useSort(engine, slot, run, result);
	const rows = useRowCount(sorted.result);
	const write = (format: FileFormat) => exporting.start({ result: sorted.result, cut: sorted.cut, order: sorted.order, sql: sorted.sql, slot, fileName: fileName(name, "result") }, format);
	return (
		<section className="sq-result" aria-label="Result of the query">
			<div className="sq-bar">
				<span role="status" className="sq-facts">
					{run.state === "running" ? (
						<span className="i2">The rows are coming.</span>
					) : (
						<>
							<b className="m">{count(rows, "row")}</b> <span className="i2">{run.state === "done" ? <>in <span className="m">{duration(result.elapsedMs)}</span></> : "until it stopped"}</span>
						</>
					)}
				</span>
				{sorted.cut && (
					<span className="warn-ink small">
						The first {num(rows)} rows; there are more. The page holds at most {num(MOST_ROWS)} rows and {num(MOST_BYTES / 1e6)} MB; an export writes them all.
					</span>
				)}
				{sorted.busy && <span className="i3 small">The engine sorts them.</span>}
				{note !== null && <span className="i3 small">{note}</span>}
				<span className="grow" />
				{exporting.written !== null && (
					<>
						<span className="i3 small">{writtenText(exporting.written)}</span>
						<button type="button" className="btn quiet slim" onClick={exporting.stop}>
							Stop the export
						</button>
					</>
				)}
				<Seg
					label="View of the result"
					value={view}
					onChange={onView}
					options={[
						{ value: "table", label: "Table" },
						{ value: "chart", label: "Chart" },
					]}
				/>
				{run.state === "done" && <AddToNotebook sql={run.sql} name={name} title={name} buttonClass="btn quiet slim" />}
				<Menu
					label="Export"
					align="end"
					disabled={!result.done || exporting.written !== null}
					items={[
						{ label: "CSV", icon: "export", onSelect: () => write("csv") },
						{ label: "JSON", icon: "export", onSelect: () => write("json") },
						{ label: "JSONL", icon: "export", onSelect: () => write("jsonl") },
						{ label: "Parquet", icon: "export", onSelect: () => write("parquet") },
					]}
				/>
			</div>
			{sorted.failure !== null && (
				<div className="sq-error">
					<ErrorBox failure={sorted.failure} />
				</div>
			)}
			{view === "chart" ? <ChartView engine={engine} slot={slot} run={run} result={result} asked={chart} onChoice={onChart} onOpen={onOpen} /> : <ResultGrid result={sorted.result} order={sorted.order} sort={sorted.sort} onSort={sorted.onSort} />}
			{view === "table" && run.state === "done" && rows === 0 && <p className="sq-quiet">The query ran and found no rows.</p>}
		</section>
	);
}

/** Rows and seconds of a running query, once it takes longer than a blink. */
function RunProgress({ run }: { run: Run }) {
	const [elapsed, setElapsed] = useState(0);
	const rows = useRowCount(run.result);
	useEffect(() => {
		setElapsed(0);
		const timer = setInterval(() => setElapsed(performance.now() - run.startedAt), 100);
		return () => clearInterval(timer);
	}, [run.startedAt]);
	if (elapsed < PATIENCE) return null;
	const seconds = Math.floor(elapsed / 1000);
	return (
		<div className="sq-progress">
			<Progress value={null} label="Query" text={`${count(rows, "row")} so far`} />
			<span className="i2 small">
				{count(rows, "row")} so far <span className="m">{(elapsed / 1000).toFixed(1)} s</span>
			</span>
			{/* Spoken at most once in two seconds. */}
			<span className="sr" role="status">
				{seconds >= 2 ? `The query runs for ${seconds - (seconds % 2)} seconds.` : ""}
			</span>
		</div>
	);
}
