"use client";

import { useMemo } from "react";
import { SparkLines } from "@/components/chart/spark-lines";
import { AsTable, Commit, Figure, Mark, Null, num, Section, SourceLink, Time, timeText } from "@/components/ui";
import type { Verdict } from "@/lib/model";
import { driftOf, percent } from "@/lib/drift/rules";
import { type BaselineRow, metricOfBaseline, oneMetric } from "@/lib/tables/baselines";
import { type Chosen, keyOf } from "./address";
import type { Axis, MetricLine } from "./model";
import { changeText, driftMark } from "./words";

export interface MetricViewProps {
	line: MetricLine;
	rows: readonly BaselineRow[];
	axis: Axis;
	runtimes: readonly string[];
	chosen: Chosen;
}

/** One metric over all baselines, large, with its values behind "Show as table". */
export function MetricView({ line, rows, axis, runtimes, chosen }: MetricViewProps) {
	const params = useMemo(() => ({ metric: line.metric }), [line.metric]);
	const picked = chosenPoints(line, axis, chosen);
	const before = line.points[chosen.before]?.value ?? null;
	const reach = before === null || before === 0 || chosen.tolerance === 0 ? null : Math.abs(before) * chosen.tolerance;
	const tick = (x: number) => (axis.byTime ? timeText(x, "date") : `no. ${x + 1}`);
	const known = line.points.filter((point) => point.value !== null).length;
	return (
		<Section
			bare
			id="metric"
			title={<span className="m" style={{ fontSize: 13 }}>{line.metric}</span>}
			note={axis.byTime ? "over all baselines, axis from 0" : "over all baselines in the order of the log, since one has no time; axis from 0"}
			end={
				<span>
					<Figure className="m" query={oneMetric} params={params} label={`${line.metric} in every baseline`}>
						{num(known)}
					</Figure>{" "}
					of {num(rows.length)} have it
				</span>
			}
		>
			<SparkLines
				large
				label={`${line.metric} over ${rows.length} baselines; the table below has its values`}
				points={line.points}
				series={runtimes}
				span={axis.span}
				chosen={picked}
				tick={tick}
				within={before === null || reach === null ? null : { low: before - reach, high: before + reach, word: `±${percent(chosen.tolerance)} % of before` }}
			/>
			<Values line={line} rows={rows} chosen={chosen} />
		</Section>
	);
}

/** The two points that the page compares, the later one with its verdict. */
export function chosenPoints(line: MetricLine, axis: Axis, chosen: Chosen) {
	const [before, after] = [line.points[chosen.before], line.points[chosen.after]];
	if (before === undefined || after === undefined) return [];
	const mark = driftMark(driftOf(before.value, after.value, chosen.tolerance).verdict);
	const verdict: Verdict | null = mark === "reject" ? null : mark;
	return [
		{ x: axis.places[chosen.before]!, value: before.value, word: "before", verdict: null },
		{ x: axis.places[chosen.after]!, value: after.value, word: "after", verdict },
	];
}

/** The values, newest first, each against the baseline before it. */
function Values({ line, rows, chosen }: Pick<MetricViewProps, "line" | "rows" | "chosen">) {
	return (
		<AsTable>
			{() => (
				// biome-ignore lint/a11y/noNoninteractiveTabindex: the box scrolls, so the keyboard must reach it
				<section className="scroll" tabIndex={0} aria-label={`Values of ${line.metric}`}>
					<table className="t">
						<thead>
							<tr>
								<th scope="col">Recorded</th>
								<th scope="col">Commit</th>
								<th scope="col">Runtime</th>
								<th scope="col" className="r">
									Value
								</th>
								<th scope="col" className="r">
									Since the one before
								</th>
								<th scope="col" className="c-wide">
									Line
								</th>
							</tr>
						</thead>
						<tbody>
							{rows.map((row, i) => <ValueRow key={keyOf(row)} row={row} line={line} at={i} chosen={chosen} />).reverse()}
						</tbody>
					</table>
				</section>
			)}
		</AsTable>
	);
}

function ValueRow({ row, line, at, chosen }: { row: BaselineRow; line: MetricLine; at: number; chosen: Chosen }) {
	const point = line.points[at]!;
	const last = line.points[at - 1];
	const drift = last === undefined ? null : driftOf(last.value, point.value, chosen.tolerance);
	const role = at === chosen.before ? "before" : at === chosen.after ? "after" : null;
	return (
		<tr data-selected={role === null ? undefined : "true"}>
			<td>
				<Time value={row.recordedAt} style="minute" /> {role !== null && <span className="chip">{role}</span>}
			</td>
			<td>{row.gitCommit === null || row.gitCommit === "" ? <span className="null">not stated</span> : <Commit value={row.gitCommit} />}</td>
			<td>{row.runtime ?? <span className="null">not stated</span>}</td>
			<td className="r m">
				{point.absent ? (
					<Null word="absent" />
				) : (
					<Figure query={metricOfBaseline} params={{ metric: line.metric, source: row.source, line: row.line }} label={`${line.metric} in ${row.source}:${row.line}`}>
						{point.value === null ? <Null /> : num(point.value)}
					</Figure>
				)}
			</td>
			<td className="r m">
				{drift !== null && drift.verdict !== null && (
					<span className="vb" title={drift.reason}>
						{drift.verdict !== "ok" && <Mark verdict={driftMark(drift.verdict)} label={drift.verdict} />}
						{changeText(drift)}
					</span>
				)}
			</td>
			<td className="c-wide">
				<SourceLink path={row.source} line={row.line} short />
			</td>
		</tr>
	);
}
