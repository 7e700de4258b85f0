"use client";

import { useState } from "react";
import { SparkLines } from "@/components/chart/spark-lines";
import { Figure, num, Section, timeText } from "@/components/ui";
import { driftOf } from "@/lib/drift/rules";
import { oneMetric } from "@/lib/tables/baselines";
import type { Chosen } from "./address";
import { MetricLink } from "./drift-table";
import { chosenPoints } from "./metric-view";
import type { Axis, MetricLine } from "./model";
import { changeText, driftTone } from "./words";

/** Charts drawn before "Show all". */
const FEW = 24;

/** Every metric over all baselines, on one axis of time, each with its own maximum. */
export function Multiples({ lines, axis, runtimes, chosen, metric }: { lines: readonly MetricLine[]; axis: Axis; runtimes: readonly string[]; chosen: Chosen; metric: string | null }) {
	const [all, setAll] = useState(false);
	const shown = all ? lines : lines.slice(0, FEW);
	const [first, last] = axis.span;
	const span = axis.byTime && last > first ? `${timeText(first, "date")} to ${timeText(last, "date")}, ` : "";
	return (
		<Section id="all-metrics" title="All metrics" note={`${span}each axis from 0 to its own maximum; the two lines stand at the chosen baselines`}>
			<ul className="multiples">
				{shown.map((line) => (
					<Multiple key={line.metric} line={line} axis={axis} runtimes={runtimes} chosen={chosen} current={line.metric === metric} />
				))}
			</ul>
			{lines.length > FEW && (
				<p style={{ paddingTop: 10 }}>
					<button type="button" className="btn quiet" aria-expanded={all} onClick={() => setAll(!all)}>
						{all ? `Show the first ${FEW}` : `Show all ${num(lines.length)} metrics`}
					</button>
				</p>
			)}
		</Section>
	);
}

function Multiple({ line, axis, runtimes, chosen, current }: { line: MetricLine; axis: Axis; runtimes: readonly string[]; chosen: Chosen; current: boolean }) {
	const [before, after] = [line.points[chosen.before], line.points[chosen.after]];
	const drift = before === undefined || after === undefined ? null : driftOf(before.value, after.value, chosen.tolerance);
	const tone = drift === null ? undefined : driftTone(drift.verdict);
	const values = line.points.flatMap((point) => (point.value === null ? [] : [point.value]));
	const most = values.length === 0 ? null : values.reduce((a, b) => Math.max(a, b));
	return (
		<li className="multiple" aria-current={current ? "true" : undefined}>
			<MetricLink metric={line.metric} current={current} className="m i2 name" />
			<SparkLines label={`${line.metric}: ${values.length} values, at most ${num(most)}${drift === null ? "" : `; ${drift.reason}`}`} points={line.points} series={runtimes} span={axis.span} chosen={chosenPoints(line, axis, chosen)} />
			<div className="row small" style={{ justifyContent: "space-between" }}>
				<span className="i3">
					to{" "}
					<Figure className="m" query={oneMetric} params={{ metric: line.metric }} label={`the most that ${line.metric} was in any baseline`}>
						{num(most)}
					</Figure>
				</span>
				{drift !== null && <span className={`m ${tone === "fail" ? "b fail-ink" : tone === "warn" ? "warn-ink" : "i3"}`}>{changeText(drift)}</span>}
			</div>
		</li>
	);
}
