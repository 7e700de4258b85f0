import type { ProbeStatus, RanAtFrom, Verdict } from "@/lib/model";
import { defineQuery } from "./query";

export interface ProbeRow {
	probe: string;
	title: string | null;
	reference: string | null;
	candidate: string | null;
	measure: string | null;
	tolerance: number | null;
	status: ProbeStatus;
	passed: number;
	compared: number;
	total: number;
	unmatched: number;
	incomparable: number;
	skipped: number;
	firstDivergence: string | null;
	/** value of the first diverging case, in the measure's unit */
	firstValue: number | null;
	disagreements: number;
	lastRun: string;
	/** UTC, as `2026-05-02 12:58:41.1` */
	lastRanAt: string | null;
	runs: number;
	brokenSince: string | null;
	/** runs since it broke, counting the first broken one */
	brokenRuns: number | null;
	/** the probe that is another answer of the same comparison and is counted in its place; null where this one is */
	sameAs: string | null;
}

/** Every probe as of its last run: failing first, then by time of change. */
export const probesBoard = defineQuery<Record<string, never>, ProbeRow>({
	name: "probes-board",
	describe: "every probe as of its last run, failing first",
	sql: `SELECT p.*, c.value AS first_value
FROM probes p LEFT JOIN cases c ON c.probe = p.probe AND c.run = p.last_run AND c.position = p.first_divergence_position
ORDER BY CASE p.status WHEN 'fail' THEN 0 WHEN 'incomplete' THEN 1 WHEN 'not compared' THEN 2 ELSE 3 END, coalesce(p.broken_since, p.last_ran_at) DESC NULLS LAST, p.probe`,
	rows: "SELECT source, line FROM probes p",
	read: (row) => ({
		probe: row.text("probe"),
		title: row.textOrNull("title"),
		reference: row.textOrNull("reference"),
		candidate: row.textOrNull("candidate"),
		measure: row.textOrNull("measure"),
		tolerance: row.numberOrNull("tolerance"),
		status: row.text("status") as ProbeStatus,
		passed: row.number("passed"),
		compared: row.number("compared"),
		total: row.number("total"),
		unmatched: row.number("unmatched"),
		incomparable: row.number("incomparable"),
		skipped: row.number("skipped"),
		firstDivergence: row.textOrNull("first_divergence"),
		firstValue: row.numberOrNull("first_value"),
		disagreements: row.number("disagreements"),
		lastRun: row.text("last_run"),
		lastRanAt: row.textOrNull("last_ran_at"),
		runs: row.number("runs"),
		brokenSince: row.textOrNull("broken_since"),
		brokenRuns: row.numberOrNull("broken_runs"),
		sameAs: row.textOrNull("same_as"),
	}),
});

export interface MiniRun {
	probe: string;
	run: string;
	/** the run's mark on a board */
	verdict: Verdict;
	/** position of the first divergence; null when none fails */
	depth: number | null;
	total: number;
}

/** The last 17 runs of each probe, oldest first, for the miniature strips. */
export const miniStrips = defineQuery<Record<string, never>, MiniRun>({
	name: "mini-strips",
	describe: "the last 17 runs of each probe, oldest first",
	sql: `SELECT probe, run, first_divergence_position AS depth, passed + failed + unmatched + incomparable + skipped AS total,
  CASE WHEN failed > 0 THEN 'fail' WHEN passed > 0 THEN 'pass' WHEN incomparable > 0 THEN 'incomparable' WHEN unmatched > 0 THEN 'unmatched' ELSE 'skipped' END AS verdict
FROM runs
QUALIFY row_number() OVER (PARTITION BY probe ORDER BY ran_at DESC NULLS LAST, run DESC) <= 17
ORDER BY probe, ran_at NULLS FIRST, run`,
	rows: "SELECT source, line FROM runs",
	read: (row) => ({ probe: row.text("probe"), run: row.text("run"), verdict: row.text("verdict") as Verdict, depth: row.numberOrNull("depth"), total: row.number("total") }),
});

export interface CaseTotals {
	passed: number;
	compared: number;
	notCompared: number;
	probes: number;
	probesPass: number;
	probesFail: number;
	disagreements: number;
}

/** Of two answers of one comparison (a report, and what Casebook computes from the raw files) counts take one. */
const COUNTED = "same_as IS NULL";

/** Cases of every probe's last run, added up; a comparison counts once. */
export const caseTotals = defineQuery<Record<string, never>, CaseTotals>({
	name: "case-totals",
	describe: "cases of every probe's last run that pass, out of those compared",
	sql: `SELECT coalesce(sum(passed), 0)::BIGINT AS passed, coalesce(sum(compared), 0)::BIGINT AS compared, coalesce(sum(total - compared), 0)::BIGINT AS not_compared,
  count(*) AS probes, count(*) FILTER (WHERE status = 'pass') AS probes_pass, count(*) FILTER (WHERE status = 'fail') AS probes_fail,
  coalesce(sum(disagreements), 0)::BIGINT AS disagreements
FROM probes WHERE ${COUNTED}`,
	rows: `SELECT c.source, c.line FROM latest_cases c JOIN probes p ON p.probe = c.probe WHERE p.${COUNTED} AND c.verdict IN ('pass', 'fail') ORDER BY c.verdict, c.source, c.line`,
	read: (row) => ({
		passed: row.number("passed"),
		compared: row.number("compared"),
		notCompared: row.number("not_compared"),
		probes: row.number("probes"),
		probesPass: row.number("probes_pass"),
		probesFail: row.number("probes_fail"),
		disagreements: row.number("disagreements"),
	}),
});

/** Cases of the last runs that were not compared. */
export const notCompared = defineQuery<Record<string, never>, { cases: number }>({
	name: "cases-not-compared",
	describe: "cases of the last runs that were not compared: unmatched, incomparable or skipped",
	sql: `SELECT coalesce(sum(unmatched + incomparable + skipped), 0)::BIGINT AS cases FROM probes WHERE ${COUNTED}`,
	rows: `SELECT source, line FROM probes WHERE ${COUNTED} AND unmatched + incomparable + skipped > 0`,
	read: (row) => ({ cases: row.number("cases") }),
});

/** Probes whose last run passes throughout. */
export const probesPassing = defineQuery<Record<string, never>, { pass: number; probes: number }>({
	name: "probes-passing",
	describe: "probes whose every case was compared and passes, as of their last run",
	sql: `SELECT count(*) FILTER (WHERE status = 'pass') AS pass, count(*) AS probes FROM probes WHERE ${COUNTED}`,
	rows: `SELECT source, line FROM probes WHERE ${COUNTED} AND status = 'pass'`,
	read: (row) => ({ pass: row.number("pass"), probes: row.number("probes") }),
});

export interface SinceRow {
	probe: string;
	/** the run with which the present state began, its time, and how many runs came after it */
	run: string;
	ranAt: string | null;
	ranAtFrom: RanAtFrom | null;
	runsAgo: number;
	/** whether that was the probe's first run */
	firstRun: boolean;
}

/** A run without a compared case neither ends nor begins a state, unless it is the last. */
const SINCE = `WITH stated AS (
  SELECT probe, run, ran_at, ran_at_from, source, line,
    CASE WHEN failed > 0 THEN 'fail' WHEN passed > 0 THEN 'pass' ELSE 'none' END AS state,
    row_number() OVER (PARTITION BY probe ORDER BY ran_at DESC NULLS LAST, run DESC) - 1 AS ago,
    count(*) OVER (PARTITION BY probe) AS runs
  FROM runs
), latest AS (
  SELECT probe, state FROM stated WHERE ago = 0
), turned AS (
  SELECT s.probe, min(s.ago) AS ago FROM stated s JOIN latest l ON l.probe = s.probe
  WHERE s.state <> l.state AND s.state <> 'none' GROUP BY s.probe
), began AS (
  SELECT s.* FROM stated s JOIN latest l ON l.probe = s.probe LEFT JOIN turned t ON t.probe = s.probe
  WHERE s.state = l.state AND (t.ago IS NULL OR s.ago < t.ago)
  QUALIFY row_number() OVER (PARTITION BY s.probe ORDER BY s.ago DESC) = 1
)`;

/** Since when each probe is as it is: the first run of its present state. */
export const probesSince = defineQuery<Record<string, never>, SinceRow>({
	name: "probes-since",
	describe: "the run with which each probe's present state began",
	sql: `${SINCE}
SELECT probe, run, ran_at, ran_at_from, ago AS runs_ago, ago = runs - 1 AS first_run FROM began ORDER BY probe`,
	rows: `${SINCE}
SELECT source, line FROM began ORDER BY probe`,
	read: (row) => ({
		probe: row.text("probe"),
		run: row.text("run"),
		ranAt: row.textOrNull("ran_at"),
		ranAtFrom: row.textOrNull("ran_at_from") as RanAtFrom | null,
		runsAgo: row.number("runs_ago"),
		firstRun: row.boolean("first_run"),
	}),
});
