"use client";

import type { ReactNode } from "react";
import { VegaChart } from "@/components/chart/vega-chart";
import { ErrorBox } from "@/components/ui/error-box";
import { Select } from "@/components/ui/field";
import { Icon } from "@/components/ui/icon";
import { SqlText } from "@/components/ui/sql-text";
import { AGGREGATE_WORDS, AGGREGATES, type ChartChoice, type ChartKind, chartName, chartWords, drawable, KINDS } from "@/lib/chart";
import type { Engine, QueryResult } from "@/lib/engine/engine";
import { useChart } from "./use-chart";
import type { Run } from "./use-runs";

const KIND_WORDS: { [kind in ChartKind]: string } = { line: "Line", points: "Points", bars: "Bars", histogram: "Histogram" };

export interface ChartViewProps {
	engine: Engine | null;
	slot: number;
	run: Run;
	result: QueryResult;
	/** what the reader chose; null for what the result suggests */
	asked: ChartChoice | null;
	onChoice: (choice: ChartChoice) => void;
	/** opens a query in a tab of its own */
	onOpen: (sql: string) => void;
}

/** The rows of a run as a drawing, with what it shows as selects, its facts in words, and the query of its figures. */
export function ChartView({ engine, slot, run, result, asked, onChoice, onOpen }: ChartViewProps) {
	const { choice, drawn, failure } = useChart(engine, slot, run, result, asked);
	if (run.state !== "done") return <p className="sq-quiet">{run.state === "running" ? "The chart is drawn when all rows are in." : "The query did not end, so its rows are not drawn."}</p>;
	if (result.numRows === 0) return <p className="sq-quiet">The query ran and found no rows, so there is nothing to draw.</p>;
	if (choice === null) return <p className="sq-quiet">Lists, structs and maps cannot be drawn. Select a number, a time or a text.</p>;
	const columns = drawable(result.columns);
	const numbers = columns.filter((column) => column.kind === "number");
	const change = (patch: Partial<ChartChoice>) => onChoice({ ...choice, ...patch });
	const options = (some: typeof columns) =>
		some.map(({ name }) => (
			<option key={name} value={name}>
				{name}
			</option>
		));
	const histogram = choice.kind === "histogram";
	const sql = drawn?.plan.sql ?? null;
	return (
		<div className="sq-chart">
			<div className="sq-axes">
				<Labelled text="Kind">
					<Select label="Kind" value={choice.kind} onChange={(kind) => change({ kind: KINDS.find((one) => one === kind) ?? choice.kind, ...(histogram && kind !== "histogram" ? { aggregate: "count" } : {}) })}>
						{KINDS.map((kind) => (
							<option key={kind} value={kind}>
								{KIND_WORDS[kind]}
							</option>
						))}
					</Select>
				</Labelled>
				<Labelled text="x">
					<Select label="x" value={choice.x} onChange={(x) => change({ x })}>
						{options(columns)}
					</Select>
				</Labelled>
				{!histogram && (
					<>
						<Labelled text="y">
							<Select
								label="y"
								value={choice.y ?? ""}
								onChange={(y) => change(y === "" ? { y: null, aggregate: "count" } : { y, ...(choice.aggregate === "count" ? { aggregate: "mean" } : {}) })}
							>
								<option value="">number of rows</option>
								{options(numbers)}
							</Select>
						</Labelled>
						{choice.y !== null && (
							<Labelled text="As">
								<Select label="Aggregate" value={choice.aggregate} onChange={(aggregate) => change({ aggregate: AGGREGATES.find((one) => one === aggregate) ?? choice.aggregate })}>
									{AGGREGATES.filter((one) => one !== "count").map((one) => (
										<option key={one} value={one}>
											{AGGREGATE_WORDS[one]}
										</option>
									))}
								</Select>
							</Labelled>
						)}
						<Labelled text="Colour">
							<Select label="Colour" value={choice.colour ?? ""} onChange={(colour) => change({ colour: colour === "" ? null : colour })}>
								<option value="">none</option>
								{options(columns.filter((column) => column.name !== choice.x))}
							</Select>
						</Labelled>
					</>
				)}
			</div>
			{failure !== null && (
				<div className="sq-error">
					<ErrorBox failure={failure} />
				</div>
			)}
			{drawn === null && failure === null && <p className="sq-quiet">The engine counts the rows of the chart.</p>}
			{drawn !== null && (
				<figure className="sq-figure">
					<figcaption>
						<h3>{chartName(drawn.plan)}</h3>
						<p className="i2 small">{chartWords(drawn.plan, drawn.data, run.cut ? null : result.numRows).join(" ")}</p>
					</figcaption>
					<VegaChart plan={drawn.plan} data={drawn.data} rows={drawn.rows} />
					<details className="as-table">
						<summary>Show the query of these figures</summary>
						<SqlText sql={sql ?? run.sql} />
						{sql === null ? (
							<p className="i3 small">The marks are the rows of the query itself.</p>
						) : (
							<button type="button" className="btn slim" onClick={() => onOpen(sql)}>
								<Icon name="plus" />
								Open in a tab
							</button>
						)}
					</details>
				</figure>
			)}
		</div>
	);
}

/** A select with its name beside it; the select carries the name itself. */
function Labelled({ text, children }: { text: string; children: ReactNode }) {
	return (
		<span className="sq-axis">
			<span className="i3 small" aria-hidden="true">
				{text}
			</span>
			{children}
		</span>
	);
}
