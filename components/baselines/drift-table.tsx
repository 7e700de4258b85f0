"use client";

import Link from "next/link";
import { useSearchParams } from "next/navigation";
import type { MouseEvent } from "react";
import { setUrlParams } from "@/components/shell/url-state";
import { Breakable, Figure, Mark, Null, num } from "@/components/ui";
import { type BaselineRow, type DriftParams, type DriftRow, driftOfMetric, metricOfBaseline } from "@/lib/tables/baselines";
import { metricHref } from "./address";
import { changeText, driftMark, driftTone } from "./words";

export interface DriftTableProps {
	rows: readonly DriftRow[];
	/** what the rows answer */
	params: DriftParams;
	before: BaselineRow;
	after: BaselineRow;
	/** the metric shown large */
	metric: string | null;
}

/** Every metric of two baselines: what warns first. A press on a name shows the metric over all baselines. */
export function DriftTable({ rows, params, before, after, metric }: DriftTableProps) {
	return (
		<div className="scroll">
			<table className="t drifts" aria-label="Drift">
				<thead>
					<tr>
						<th scope="col">
							<span className="sr">Verdict</span>
						</th>
						<th scope="col">Metric</th>
						<th scope="col" className="r">
							Before
						</th>
						<th scope="col" className="r">
							After
						</th>
						<th scope="col" className="r c-mid">
							Change
						</th>
						<th scope="col" className="r">
							Ratio
						</th>
						<th scope="col" className="c-mid">
							Reason
						</th>
					</tr>
				</thead>
				<tbody>
					{rows.map((row) => (
						<Row key={row.metric} row={row} params={params} before={before} after={after} shown={row.metric === metric} />
					))}
				</tbody>
			</table>
		</div>
	);
}

function Row({ row, params, before, after, shown }: { row: DriftRow; params: DriftParams; before: BaselineRow; after: BaselineRow; shown: boolean }) {
	const of = { ...params, metric: row.metric };
	const tone = driftTone(row.verdict);
	const strong = row.verdict === "warn" ? "m b" : "m";
	return (
		<tr className={row.verdict === "warn" ? "hot" : undefined} data-selected={shown ? "true" : undefined}>
			<td style={{ width: 14, paddingRight: 0 }}>
				<Mark verdict={driftMark(row.verdict)} label={row.verdict ?? "no value"} />
			</td>
			<td className="w">
				<MetricLink metric={row.metric} current={shown} />
				<span className="only-s small i2">{kept(row.reason)}</span>
			</td>
			<td className="r">
				<Value value={row.before} row={before} metric={row.metric} />
			</td>
			<td className="r">
				<Value value={row.after} row={after} metric={row.metric} />
			</td>
			<td className="r m c-mid">
				{row.change !== null && (
					<Figure query={driftOfMetric} params={of} tone={tone} className={strong} label={`change of ${row.metric}`}>
						{`${row.change > 0 ? "+" : ""}${num(row.change)}`}
					</Figure>
				)}
			</td>
			<td className="r m">
				<Figure query={driftOfMetric} params={of} tone={tone} className={strong} label={`change of ${row.metric} as a ratio of its earlier value: ${row.reason}`}>
					{changeText(row)}
				</Figure>
			</td>
			<td className={`c-mid w ${row.verdict === "warn" ? "" : "i3"}`}>{kept(row.reason)}</td>
		</tr>
	);
}

/** The percent sign stays on the line of its number. */
function kept(reason: string): string {
	return reason.replaceAll(" %", "\u00a0%");
}

/** Without a value the metric is absent from the baseline, or null in it; the evidence shows which. */
function Value({ value, row, metric }: { value: number | null; row: BaselineRow; metric: string }) {
	return (
		<span className="m">
			<Figure query={metricOfBaseline} params={{ metric, source: row.source, line: row.line }} label={`${metric} in ${row.source}:${row.line}`}>
				{value === null ? <Null word="no value" /> : num(value)}
			</Figure>
		</span>
	);
}

/** The name of a metric, leading to it on this page without a way to the server. */
export function MetricLink({ metric, current, className = "m" }: { metric: string; current: boolean; className?: string }) {
	const params = useSearchParams();
	const show = (event: MouseEvent) => {
		if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return;
		event.preventDefault();
		setUrlParams({ metric });
		document.getElementById("metric")?.scrollIntoView({ block: "nearest" });
	};
	return (
		<Link className={className} data-row="" href={metricHref(metric, params)} prefetch={false} aria-current={current ? "true" : undefined} onClick={show} style={{ color: "inherit" }}>
			<Breakable text={metric} />
		</Link>
	);
}
