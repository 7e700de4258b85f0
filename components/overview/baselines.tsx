"use client";

import { useMemo, useState } from "react";
import { useAnswer } from "@/components/answer/use-answer";
import { Spark } from "@/components/chart/spark";
import { Read } from "@/components/parity/read";
import { Empty } from "@/components/ui/bits";
import { Figure } from "@/components/ui/figure";
import { num, pct } from "@/components/ui/format";
import { Section } from "@/components/ui/section";
import { parseTime, timeText } from "@/components/ui/time-text";
import type { Verdict } from "@/lib/model";
import { baselineCount, lastDrift, type MetricPoint, metricChange, metricSeries, oneMetric } from "@/lib/tables/baselines";

const NONE = {};
/** Small multiples that are shown before "Show all". */
const FEW = 8;

type Drift = { changeRatio: number | null; before: number | null; after: number | null; verdict: "ok" | "warn" | "added" | "removed"; reason: string };

/** Every metric of the baselines over time, with how far the last one moved; those that moved too far first. */
export function BaselinesSection() {
	const answer = useAnswer(metricSeries, NONE);
	const drift = useAnswer(lastDrift, NONE);
	const baselines = useAnswer(baselineCount, NONE).rows[0];
	const [all, setAll] = useState(false);
	const changes = useMemo(() => new Map(drift.rows.map((row) => [row.metric, row])), [drift.rows]);
	const metrics = useMemo(() => metricsOf(answer.rows, changes), [answer.rows, changes]);
	const shown = all ? metrics : metrics.slice(0, FEW);
	return (
		<Section
			bare
			id="baselines"
			title="Baseline drift"
			end={
				baselines !== undefined && baselines.baselines > 0 ? (
					<span>
						<Figure className="m" query={baselineCount}>
							{num(baselines.baselines)}
						</Figure>{" "}
						{baselines.baselines === 1 ? "baseline" : "baselines"}, each axis from 0
					</span>
				) : undefined
			}
		>
			<Read
				answer={answer}
				what="Baselines"
				empty={
					<Empty title="No baseline in this workspace">
						<p>
							A baseline is a line of an audit log with named numbers under <code>metrics</code> and a commit beside them, in a file such as <code>audit_baselines.jsonl</code>.
						</p>
					</Empty>
				}
			>
				{() => (
					<>
						<div className="sparks">
							{shown.map(([metric, points]) => (
								<Metric key={metric} metric={metric} points={points} drift={changes.get(metric) ?? null} />
							))}
						</div>
						{metrics.length > FEW && (
							<p style={{ paddingTop: 10 }}>
								<button type="button" className="btn quiet" aria-expanded={all} onClick={() => setAll(!all)}>
									{all ? `Show the first ${FEW}` : `Show all ${num(metrics.length)} metrics`}
								</button>
							</p>
						)}
					</>
				)}
			</Read>
		</Section>
	);
}

const moved = (drift: Drift | undefined) => drift !== undefined && drift.verdict !== "ok";

function metricsOf(points: readonly MetricPoint[], changes: ReadonlyMap<string, Drift>): [string, MetricPoint[]][] {
	const byMetric = new Map<string, MetricPoint[]>();
	for (const point of points) {
		const list = byMetric.get(point.metric);
		if (list) list.push(point);
		else byMetric.set(point.metric, [point]);
	}
	return [...byMetric].sort(([a], [b]) => Number(moved(changes.get(b))) - Number(moved(changes.get(a))));
}

/** The last point's mark: a metric that only one baseline has was not compared. */
const MARK: { [verdict in Drift["verdict"]]: Verdict } = { ok: "pass", warn: "fail", added: "unmatched", removed: "unmatched" };

function Metric({ metric, points, drift }: { metric: string; points: readonly MetricPoint[]; drift: Drift | null }) {
	const params = useMemo(() => ({ metric }), [metric]);
	const sparkPoints = useMemo(() => points.map((point, index) => ({ value: point.value, label: labelOf(point, index) })), [points]);
	const last = points.at(-1)!;
	return (
		<Spark
			name={metric}
			points={sparkPoints}
			verdict={drift === null ? null : MARK[drift.verdict]}
			figure={
				<Figure query={oneMetric} params={params} label={`${metric} in the last baseline that has it`}>
					{num(last.value)}
				</Figure>
			}
			change={
				drift === null ? undefined : (
					<Figure query={metricChange} params={params} tone={drift.verdict === "warn" ? "fail" : undefined} className={drift.verdict === "warn" ? "b" : undefined} label={`change of ${metric} between the last two baselines: ${drift.reason}`}>
						{changeText(drift)}
					</Figure>
				)
			}
		/>
	);
}

function changeText(drift: Drift): string {
	if (drift.verdict === "added" || drift.verdict === "removed") return drift.verdict;
	if (drift.before === drift.after) return "0";
	return drift.changeRatio === null ? "from 0" : pct(drift.changeRatio, 1, true);
}

/** Time and runtime of a point; its place keeps two of the same time apart. */
function labelOf(point: MetricPoint, index: number): string {
	const at = point.recordedAt === null ? null : parseTime(point.recordedAt);
	return `${index + 1}. ${at === null ? "time not known" : timeText(at, "minute")}${point.runtime === null ? "" : `, ${point.runtime}`}`;
}
