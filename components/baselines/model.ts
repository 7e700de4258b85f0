import type { LinePoint } from "@/components/chart/spark-model";
import { parseTime } from "@/components/ui/time-text";
import type { BaselineRow, MetricPoint } from "@/lib/tables/baselines";
import { keyOf } from "./address";

export const NO_RUNTIME = "no runtime";

export interface Axis {
	/** the place of each baseline, in the list's order */
	places: readonly number[];
	span: readonly [first: number, last: number];
	/** false where a baseline has no time: places are then the order of the list */
	byTime: boolean;
}

/** The axis that all charts of the page share: time where every baseline has one. */
export function axisOf(rows: readonly BaselineRow[]): Axis {
	const times = rows.map((row) => (row.recordedAt === null ? null : parseTime(row.recordedAt)));
	const byTime = times.every((time) => time !== null);
	const places = byTime ? times.map((time) => time ?? 0) : rows.map((_, i) => i);
	return { places, span: [places[0] ?? 0, places.at(-1) ?? 0], byTime };
}

/** One metric over the baselines: a point for each, in the list's order. */
export interface MetricLine {
	metric: string;
	points: readonly (LinePoint & { absent: boolean })[];
}

/** Every metric of the baselines, in the order in which they come. A baseline without it has a point without a value, and says that it is absent. */
export function metricLines(rows: readonly BaselineRow[], points: readonly MetricPoint[], axis: Axis): MetricLine[] {
	const byMetric = new Map<string, Map<string, number | null>>();
	for (const point of points) {
		const values = byMetric.get(point.metric) ?? new Map<string, number | null>();
		byMetric.set(point.metric, values);
		values.set(keyOf(point), point.value);
	}
	return [...byMetric].map(([metric, values]) => ({
		metric,
		points: rows.map((row, i) => {
			const key = keyOf(row);
			return { x: axis.places[i]!, value: values.get(key) ?? null, series: row.runtime ?? NO_RUNTIME, absent: !values.has(key) };
		}),
	}));
}

/** The runtimes in the order of their first baseline: one line each. */
export function runtimesOf(rows: readonly BaselineRow[]): string[] {
	return [...new Set(rows.map((row) => row.runtime ?? NO_RUNTIME))];
}
