"use client";

import Link from "next/link";
import { useMemo, useState } from "react";
import { useAnswer } from "@/components/answer/use-answer";
import { metricHref } from "@/components/baselines/address";
import { changeText, driftMark, driftTone } from "@/components/baselines/words";
import { type SparkProps, Sparks } from "@/components/chart/spark";
import { Read } from "@/components/parity/read";
import { Empty, Null } from "@/components/ui/bits";
import { Figure } from "@/components/ui/figure";
import { num } from "@/components/ui/format";
import { Section } from "@/components/ui/section";
import { parseTime, timeText } from "@/components/ui/time-text";
import { baselineCount, type DriftRow, lastDrift, type MetricPoint, metricChange, metricSeries, oneMetric } from "@/lib/tables/baselines";

const NONE = {};
/** Small multiples that are shown before "Show all". */
const FEW = 8;

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
					<>
						<span>
							<Figure className="m" query={baselineCount}>
								{num(baselines.baselines)}
							</Figure>{" "}
							{baselines.baselines === 1 ? "baseline" : "baselines"}, axes from 0
						</span>
						<Link href="/baselines">Any two</Link>
					</>
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
						<Sparks sparks={shown.map(([metric, points]) => sparkOf(metric, points, changes.get(metric) ?? null))} />
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

const moved = (drift: DriftRow | undefined) => drift !== undefined && drift.verdict !== "ok";

function metricsOf(points: readonly MetricPoint[], changes: ReadonlyMap<string, DriftRow>): [string, MetricPoint[]][] {
	const byMetric = new Map<string, MetricPoint[]>();
	for (const point of points) {
		const list = byMetric.get(point.metric);
		if (list) list.push(point);
		else byMetric.set(point.metric, [point]);
	}
	return [...byMetric].sort(([a], [b]) => Number(moved(changes.get(b))) - Number(moved(changes.get(a))));
}

function sparkOf(metric: string, points: readonly MetricPoint[], drift: DriftRow | null): SparkProps {
	const params = { metric };
	const last = points.findLast((point) => point.value !== null);
	const mark = drift === null ? null : driftMark(drift.verdict);
	const tone = drift === null ? undefined : driftTone(drift.verdict);
	return {
		name: metric,
		href: metricHref(metric),
		points: points.map((point) => ({ value: point.value, label: labelOf(point) })),
		verdict: mark === null || mark === "reject" ? null : mark,
		figure: (
			<Figure query={oneMetric} params={params} label={`${metric} in the last baseline that has it`}>
				{last === undefined ? <Null word="no value" /> : num(last.value)}
			</Figure>
		),
		change:
			drift === null ? undefined : (
				<Figure query={metricChange} params={params} tone={tone} className={tone === "fail" ? "b" : undefined} label={`change of ${metric} between the last two baselines: ${drift.reason}`}>
					{changeText(drift)}
				</Figure>
			),
	};
}

/** Time, runtime and line of a point: the line keeps two of one time apart. */
function labelOf(point: MetricPoint): string {
	const at = point.recordedAt === null ? null : parseTime(point.recordedAt);
	return `${at === null ? "time not known" : timeText(at, "minute")}${point.runtime === null ? "" : `, ${point.runtime}`}, ${point.source.slice(point.source.lastIndexOf("/") + 1)}:${point.line}`;
}
