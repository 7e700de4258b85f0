import { defineQuery } from "./query";

export interface MetricPoint {
	metric: string;
	recordedAt: string | null;
	runtime: string | null;
	value: number;
	source: string;
	line: number;
}

/** Every metric of every baseline, in order of time: small multiples. */
export const metricSeries = defineQuery<Record<string, never>, MetricPoint>({
	name: "metric-series",
	describe: "every metric of every baseline, in order of time",
	sql: "SELECT metric, recorded_at, runtime, value, source, line FROM baseline_metrics WHERE value IS NOT NULL ORDER BY metric, recorded_at NULLS FIRST, line",
	rows: "SELECT source, line, byte_offset FROM baseline_metrics WHERE value IS NOT NULL",
	read: (row) => ({ metric: row.text("metric"), recordedAt: row.textOrNull("recorded_at"), runtime: row.textOrNull("runtime"), value: row.number("value"), source: row.text("source"), line: row.number("line") }),
});

/** One metric in every baseline: what a small multiple rests on. */
export const oneMetric = defineQuery<{ metric: string }, MetricPoint>({
	name: "one-metric",
	describe: "this metric in every baseline, in order of time",
	sql: "SELECT metric, recorded_at, runtime, value, source, line FROM baseline_metrics WHERE metric = $metric AND value IS NOT NULL ORDER BY recorded_at NULLS FIRST, line",
	rows: "SELECT source, line, byte_offset FROM baseline_metrics WHERE metric = $metric AND value IS NOT NULL ORDER BY recorded_at DESC",
	read: (row) => ({ metric: row.text("metric"), recordedAt: row.textOrNull("recorded_at"), runtime: row.textOrNull("runtime"), value: row.number("value"), source: row.text("source"), line: row.number("line") }),
});

/** The last two baselines that there are, compared. */
export const lastDrift = defineQuery<Record<string, never>, { metric: string; before: number | null; after: number | null; changeRatio: number | null; verdict: "ok" | "warn" | "added" | "removed"; reason: string }>({
	name: "last-drift",
	describe: "the last baseline against the one before it; more than 20 % warns",
	sql: `SELECT d.metric, d."before", d."after", d.change_ratio, d.verdict, d.reason
FROM drift((SELECT max(recorded_at) FROM baselines WHERE recorded_at < (SELECT max(recorded_at) FROM baselines)), (SELECT max(recorded_at) FROM baselines)) d
WHERE d.verdict IS NOT NULL ORDER BY d.metric`,
	rows: "SELECT source, line, byte_offset FROM baselines WHERE recorded_at IN (SELECT DISTINCT recorded_at FROM baselines ORDER BY recorded_at DESC NULLS LAST LIMIT 2) ORDER BY recorded_at DESC",
	read: (row) => ({
		metric: row.text("metric"),
		before: row.numberOrNull("before"),
		after: row.numberOrNull("after"),
		changeRatio: row.numberOrNull("change_ratio"),
		verdict: row.text("verdict") as "ok" | "warn" | "added" | "removed",
		reason: row.text("reason"),
	}),
});

/** How many baselines there are. */
export const baselineCount = defineQuery<Record<string, never>, { baselines: number }>({
	name: "baseline-count",
	describe: "baselines of the audit log",
	sql: "SELECT count(*) AS baselines FROM baselines",
	rows: "SELECT source, line, byte_offset FROM baselines ORDER BY recorded_at DESC",
	read: (row) => ({ baselines: row.number("baselines") }),
});

/** One metric of the last baseline against the one before it. */
export const metricChange = defineQuery<{ metric: string }, { before: number | null; after: number | null; changeRatio: number | null; reason: string }>({
	name: "metric-change",
	describe: "this metric of the last baseline against the one before it; more than 20 % warns",
	sql: `SELECT d."before", d."after", d.change_ratio, d.reason
FROM drift((SELECT max(recorded_at) FROM baselines WHERE recorded_at < (SELECT max(recorded_at) FROM baselines)), (SELECT max(recorded_at) FROM baselines)) d
WHERE d.metric = $metric`,
	rows: `SELECT source, line, byte_offset FROM baseline_metrics
WHERE metric = $metric AND recorded_at IN (SELECT DISTINCT recorded_at FROM baselines ORDER BY recorded_at DESC NULLS LAST LIMIT 2) ORDER BY recorded_at DESC`,
	read: (row) => ({ before: row.numberOrNull("before"), after: row.numberOrNull("after"), changeRatio: row.numberOrNull("change_ratio"), reason: row.text("reason") }),
});
