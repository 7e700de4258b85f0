import { defineQuery, type RowReader } from "./query";

export type DriftVerdict = "ok" | "warn" | "added" | "removed";

export interface MetricPoint {
	metric: string;
	recordedAt: string | null;
	runtime: string | null;
	/** null where the baseline says null; a metric that a baseline lacks has no point */
	value: number | null;
	source: string;
	line: number;
}

const readPoint = (row: RowReader): MetricPoint => ({ metric: row.text("metric"), recordedAt: row.textOrNull("recorded_at"), runtime: row.textOrNull("runtime"), value: row.numberOrNull("value"), source: row.text("source"), line: row.number("line") });

/** Every metric of every baseline, in order of time: small multiples. */
export const metricSeries = defineQuery<Record<string, never>, MetricPoint>({
	name: "metric-series",
	describe: "every metric of every baseline, in order of time",
	sql: "SELECT metric, recorded_at, runtime, value, source, line FROM baseline_metrics ORDER BY metric, recorded_at NULLS FIRST, source, line",
	rows: "SELECT source, line, byte_offset FROM baseline_metrics",
	read: readPoint,
});

/** One metric in every baseline: what a small multiple rests on. */
export const oneMetric = defineQuery<{ metric: string }, MetricPoint>({
	name: "one-metric",
	describe: "this metric in every baseline, in order of time",
	sql: "SELECT metric, recorded_at, runtime, value, source, line FROM baseline_metrics WHERE metric = $metric ORDER BY recorded_at NULLS FIRST, source, line",
	rows: "SELECT source, line, byte_offset FROM baseline_metrics WHERE metric = $metric ORDER BY recorded_at DESC NULLS LAST, source DESC, line DESC",
	read: readPoint,
});

/** One metric of one baseline. */
export const metricOfBaseline = defineQuery<{ metric: string; source: string; line: number }, MetricPoint>({
	name: "metric-of-baseline",
	describe: "this metric of one baseline",
	sql: "SELECT metric, recorded_at, runtime, value, source, line FROM baseline_metrics WHERE metric = $metric AND source = $source AND line = $line",
	rows: "SELECT source, line, byte_offset FROM baseline_metrics WHERE metric = $metric AND source = $source AND line = $line",
	read: readPoint,
});

export interface BaselineRow {
	recordedAt: string | null;
	gitCommit: string | null;
	runtime: string | null;
	/** how many metrics it has */
	metrics: number;
	/** whether a time in `drift()` means this one: it is the last in the log of its time */
	byTime: boolean;
	source: string;
	line: number;
}

/** Every baseline, oldest first. */
export const baselineList = defineQuery<Record<string, never>, BaselineRow>({
	name: "baseline-list",
	describe: "every baseline of the audit log, oldest first",
	sql: `SELECT recorded_at, git_commit, runtime, coalesce(cardinality(metrics), 0) AS metrics,
  recorded_at IS NOT NULL AND row_number() OVER (PARTITION BY recorded_at ORDER BY source DESC, line DESC) = 1 AS by_time, source, line
FROM baselines ORDER BY recorded_at NULLS FIRST, source, line`,
	rows: "SELECT source, line, byte_offset FROM baselines ORDER BY recorded_at DESC NULLS LAST, source DESC, line DESC",
	read: (row) => ({
		recordedAt: row.textOrNull("recorded_at"),
		gitCommit: row.textOrNull("git_commit"),
		runtime: row.textOrNull("runtime"),
		metrics: row.number("metrics"),
		byTime: row.boolean("by_time"),
		source: row.text("source"),
		line: row.number("line"),
	}),
});

export interface DriftRow {
	metric: string;
	before: number | null;
	after: number | null;
	change: number | null;
	changeRatio: number | null;
	/** null where neither baseline has a value */
	verdict: DriftVerdict | null;
	reason: string;
}

/** Two baselines, each by its time or as `file:line`, and the ratio above which a change warns. */
export type DriftParams = { before: string; after: string; tolerance: number };

const readDrift = (row: RowReader): DriftRow => ({
	metric: row.text("metric"),
	before: row.numberOrNull("before"),
	after: row.numberOrNull("after"),
	change: row.numberOrNull("change"),
	changeRatio: row.numberOrNull("change_ratio"),
	verdict: row.textOrNull("verdict") as DriftVerdict | null,
	reason: row.text("reason"),
});

const BETWEEN = "FROM drift($before, $after, tolerance := $tolerance) d";
const RANK = "CASE d.verdict WHEN 'warn' THEN 0 WHEN 'removed' THEN 1 WHEN 'added' THEN 2 WHEN 'ok' THEN 3 ELSE 4 END";

/** The lines of both sides. */
const lines = (where: string) => `SELECT DISTINCT source, line FROM (SELECT d.source, d.line ${BETWEEN}${where} UNION ALL SELECT d.before_source, d.before_line ${BETWEEN}${where}) WHERE source IS NOT NULL ORDER BY source DESC, line DESC`;

/** Every metric of two baselines: what warns first, then what only one of them has. */
export const driftBetween = defineQuery<DriftParams, DriftRow>({
	name: "drift-between",
	describe: "each metric of two baselines; what warns first",
	sql: `SELECT d.metric, d."before", d."after", d.change, d.change_ratio, d.verdict, d.reason ${BETWEEN} ORDER BY ${RANK}, d.metric`,
	rows: lines(""),
	read: readDrift,
});

/** One metric of two baselines. */
export const driftOfMetric = defineQuery<DriftParams & { metric: string }, DriftRow>({
	name: "drift-of-metric",
	describe: "this metric of two baselines",
	sql: `SELECT d.metric, d."before", d."after", d.change, d.change_ratio, d.verdict, d.reason ${BETWEEN} WHERE d.metric = $metric`,
	rows: lines(" WHERE d.metric = $metric"),
	read: readDrift,
});

/** How many metrics of two baselines warn, of those that both have. */
export const driftCount = defineQuery<DriftParams, { warn: number; compared: number; oneSided: number }>({
	name: "drift-count",
	describe: "metrics of two baselines that warn, of those that both have",
	sql: `SELECT count(*) FILTER (WHERE d.verdict = 'warn') AS warn, count(*) FILTER (WHERE d.verdict IN ('ok', 'warn')) AS compared, count(*) FILTER (WHERE d.verdict IN ('added', 'removed')) AS one_sided ${BETWEEN}`,
	rows: lines(""),
	read: (row) => ({ warn: row.number("warn"), compared: row.number("compared"), oneSided: row.number("one_sided") }),
});

/** The last baseline (0) or the one before it (1), as `file:line`. */
const nth = (back: number) => `(SELECT source || ':' || line FROM baselines ORDER BY recorded_at DESC NULLS LAST, source DESC, line DESC LIMIT 1 OFFSET ${back})`;
const LAST_TWO = `FROM drift(${nth(1)}, ${nth(0)}) d`;
const LAST_LINES = "FROM baselines ORDER BY recorded_at DESC NULLS LAST, source DESC, line DESC LIMIT 2";

/** The last two baselines that there are, compared; nothing where there is one. */
export const lastDrift = defineQuery<Record<string, never>, DriftRow & { verdict: DriftVerdict }>({
	name: "last-drift",
	describe: "the last baseline against the one before it; more than 20 % warns",
	sql: `SELECT d.metric, d."before", d."after", d.change, d.change_ratio, d.verdict, d.reason
${LAST_TWO}
WHERE d.verdict IS NOT NULL AND (SELECT count(*) FROM baselines) > 1 ORDER BY ${RANK}, d.metric`,
	rows: `SELECT source, line, byte_offset ${LAST_LINES}`,
	read: (row) => ({ ...readDrift(row), verdict: row.text("verdict") as DriftVerdict }),
});

/** How many baselines there are. */
export const baselineCount = defineQuery<Record<string, never>, { baselines: number }>({
	name: "baseline-count",
	describe: "baselines of the audit log",
	sql: "SELECT count(*) AS baselines FROM baselines",
	rows: "SELECT source, line, byte_offset FROM baselines ORDER BY recorded_at DESC",
	read: (row) => ({ baselines: row.number("baselines") }),
});

/** Lines of baseline logs that could not be read: they are in no count of baselines. */
export const baselineRejects = defineQuery<Record<string, never>, { rejects: number; first: string | null }>({
	name: "baseline-rejects",
	describe: "lines of baseline logs that could not be read",
	sql: "SELECT count(*) AS rejects, min(r.source) AS first FROM rejects r JOIN sources s ON s.path = r.source WHERE s.format = 'audit baselines'",
	rows: "SELECT r.source, r.line, r.byte_offset FROM rejects r JOIN sources s ON s.path = r.source WHERE s.format = 'audit baselines' ORDER BY r.source, r.line",
	read: (row) => ({ rejects: row.number("rejects"), first: row.textOrNull("first") }),
});

/** One metric of the last baseline against the one before it. */
export const metricChange = defineQuery<{ metric: string }, { before: number | null; after: number | null; changeRatio: number | null; reason: string }>({
	name: "metric-change",
	describe: "this metric of the last baseline against the one before it; more than 20 % warns",
	sql: `SELECT d."before", d."after", d.change_ratio, d.reason
${LAST_TWO}
WHERE d.metric = $metric`,
	rows: `SELECT source, line, byte_offset FROM baseline_metrics
WHERE metric = $metric AND (source, line) IN (SELECT (source, line) ${LAST_LINES}) ORDER BY recorded_at DESC NULLS LAST, source DESC, line DESC`,
	read: (row) => ({ before: row.numberOrNull("before"), after: row.numberOrNull("after"), changeRatio: row.numberOrNull("change_ratio"), reason: row.text("reason") }),
});
