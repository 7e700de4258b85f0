import type { ProbeStatus, RanAtFrom, Verdict } from "@/lib/model";
import { defineQuery, type RowReader } from "./query";

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

/** Cases of every probe's last run, added up. */
export const caseTotals = defineQuery<Record<string, never>, CaseTotals>({
	name: "case-totals",
	describe: "cases of every probe's last run that pass, out of those compared",
	sql: `SELECT coalesce(sum(passed), 0)::BIGINT AS passed, coalesce(sum(compared), 0)::BIGINT AS compared, coalesce(sum(total - compared), 0)::BIGINT AS not_compared,
  count(*) AS probes, count(*) FILTER (WHERE status = 'pass') AS probes_pass, count(*) FILTER (WHERE status = 'fail') AS probes_fail,
  coalesce(sum(disagreements), 0)::BIGINT AS disagreements
FROM probes`,
	rows: "SELECT source, line FROM latest_cases WHERE verdict IN ('pass', 'fail') ORDER BY verdict, source, line",
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
	sql: "SELECT coalesce(sum(unmatched + incomparable + skipped), 0)::BIGINT AS cases FROM latest_runs",
	rows: "SELECT source, line FROM latest_runs WHERE unmatched + incomparable + skipped > 0",
	read: (row) => ({ cases: row.number("cases") }),
});

/** Probes whose last run passes throughout. */
export const probesPassing = defineQuery<Record<string, never>, { pass: number; probes: number }>({
	name: "probes-passing",
	describe: "probes whose every case was compared and passes, as of their last run",
	sql: "SELECT count(*) FILTER (WHERE status = 'pass') AS pass, count(*) AS probes FROM probes",
	rows: "SELECT source, line FROM probes WHERE status = 'pass'",
	read: (row) => ({ pass: row.number("pass"), probes: row.number("probes") }),
});

export interface RunRow {
	run: string;
	title: string | null;
	ranAt: string | null;
	ranAtFrom: RanAtFrom | null;
	gitCommit: string | null;
	reference: string | null;
	candidate: string | null;
	measure: string | null;
	tolerance: number | null;
	passed: number;
	failed: number;
	unmatched: number;
	incomparable: number;
	skipped: number;
	firstDivergence: string | null;
	disagreements: number;
	recordedVerdict: string | null;
	recordedFirstDivergence: string | null;
	note: string | null;
	source: string;
	line: number | null;
}

/** A probe's runs, oldest first. */
export const probeRuns = defineQuery<{ probe: string }, RunRow>({
	name: "probe-runs",
	describe: "the runs of a probe, oldest first",
	sql: "SELECT * FROM runs WHERE probe = $probe ORDER BY ran_at NULLS FIRST, run",
	rows: "SELECT source, line FROM runs WHERE probe = $probe",
	read: (row) => ({
		run: row.text("run"),
		title: row.textOrNull("title"),
		ranAt: row.textOrNull("ran_at"),
		ranAtFrom: row.textOrNull("ran_at_from") as RanAtFrom | null,
		gitCommit: row.textOrNull("git_commit"),
		reference: row.textOrNull("reference"),
		candidate: row.textOrNull("candidate"),
		measure: row.textOrNull("measure"),
		tolerance: row.numberOrNull("tolerance"),
		passed: row.number("passed"),
		failed: row.number("failed"),
		unmatched: row.number("unmatched"),
		incomparable: row.number("incomparable"),
		skipped: row.number("skipped"),
		firstDivergence: row.textOrNull("first_divergence"),
		disagreements: row.number("disagreements"),
		recordedVerdict: row.textOrNull("recorded_verdict"),
		recordedFirstDivergence: row.textOrNull("recorded_first_divergence"),
		note: row.textOrNull("note"),
		source: row.text("source"),
		line: row.numberOrNull("line"),
	}),
});

export interface CaseRow {
	run: string;
	position: number;
	caseName: string;
	measure: string | null;
	tolerance: number | null;
	reference: string | null;
	candidate: string | null;
	value: number | null;
	verdict: Verdict;
	recordedVerdict: string | null;
	reason: string | null;
	note: string | null;
	source: string;
	line: number | null;
}

const readCase = (row: RowReader): CaseRow => ({
	run: row.text("run"),
	position: row.number("position"),
	caseName: row.text("case_name"),
	measure: row.textOrNull("measure"),
	tolerance: row.numberOrNull("tolerance"),
	reference: row.textOrNull("reference"),
	candidate: row.textOrNull("candidate"),
	value: row.numberOrNull("value"),
	verdict: row.text("verdict") as Verdict,
	recordedVerdict: row.textOrNull("recorded_verdict"),
	reason: row.textOrNull("reason"),
	note: row.textOrNull("note"),
	source: row.text("source"),
	line: row.numberOrNull("line"),
});

/** The cases of one run, in the probe's own order. */
export const runCases = defineQuery<{ probe: string; run: string }, CaseRow>({
	name: "run-cases",
	describe: "the cases of one run, in the probe's own order",
	sql: "SELECT * FROM cases WHERE probe = $probe AND run = $run ORDER BY position",
	rows: "SELECT source, line FROM cases WHERE probe = $probe AND run = $run ORDER BY position",
	read: readCase,
});

/** One case of one run: what a figure in the case table rests on. */
export const oneCase = defineQuery<{ probe: string; run: string; position: number }, CaseRow>({
	name: "one-case",
	describe: "one case of one run",
	sql: "SELECT * FROM cases WHERE probe = $probe AND run = $run AND position = $position",
	rows: "SELECT source, line FROM cases WHERE probe = $probe AND run = $run AND position = $position",
	read: readCase,
});

/** Cases of one run that pass, out of those compared. */
export const runPassing = defineQuery<{ probe: string; run: string }, { passed: number; compared: number }>({
	name: "run-passing",
	describe: "cases of this run that pass, out of those compared",
	sql: `SELECT count(*) FILTER (WHERE verdict = 'pass') AS passed, count(*) FILTER (WHERE verdict IN ('pass', 'fail')) AS compared
FROM cases WHERE probe = $probe AND run = $run`,
	rows: "SELECT source, line FROM cases WHERE probe = $probe AND run = $run AND verdict IN ('pass', 'fail') ORDER BY position",
	read: (row) => ({ passed: row.number("passed"), compared: row.number("compared") }),
});

/** What was not compared in one run. */
export const runNotCompared = defineQuery<{ probe: string; run: string }, { unmatched: number; incomparable: number; skipped: number }>({
	name: "run-not-compared",
	describe: "cases of this run that were not compared",
	sql: "SELECT unmatched, incomparable, skipped FROM runs WHERE probe = $probe AND run = $run",
	rows: "SELECT source, line FROM runs WHERE probe = $probe AND run = $run",
	read: (row) => ({ unmatched: row.number("unmatched"), incomparable: row.number("incomparable"), skipped: row.number("skipped") }),
});

/** Every case of every run of a probe, for the verdict strip. */
export const probeHistory = defineQuery<{ probe: string }, { run: string; caseName: string; position: number; verdict: Verdict; value: number | null }>({
	name: "probe-history",
	describe: "the verdict of every case in every run of the probe",
	sql: "SELECT run, case_name, position, verdict, value FROM cases WHERE probe = $probe ORDER BY position",
	rows: "SELECT source, line FROM cases WHERE probe = $probe ORDER BY run, position",
	read: (row) => ({ run: row.text("run"), caseName: row.text("case_name"), position: row.number("position"), verdict: row.text("verdict") as Verdict, value: row.numberOrNull("value") }),
});

/** The first divergence of one run: the failing case of the lowest position. */
export const firstDivergenceCase = defineQuery<{ probe: string; run: string }, CaseRow>({
	name: "first-divergence",
	describe: "the failing case of the lowest position in this run",
	sql: "SELECT * FROM cases WHERE probe = $probe AND run = $run AND verdict = 'fail' ORDER BY position LIMIT 1",
	rows: "SELECT source, line FROM cases WHERE probe = $probe AND run = $run AND verdict = 'fail' ORDER BY position LIMIT 1",
	read: readCase,
});

/** Failing cases of one run. */
export const runFailing = defineQuery<{ probe: string; run: string }, CaseRow>({
	name: "run-failing",
	describe: "the failing cases of this run, in the probe's own order",
	sql: "SELECT * FROM cases WHERE probe = $probe AND run = $run AND verdict = 'fail' ORDER BY position",
	rows: "SELECT source, line FROM cases WHERE probe = $probe AND run = $run AND verdict = 'fail' ORDER BY position",
	read: readCase,
});

/** One case in every run of its probe, oldest first. */
export const caseHistory = defineQuery<{ probe: string; case_name: string }, { run: string; verdict: Verdict; value: number | null }>({
	name: "case-history",
	describe: "this case in every run of the probe, oldest first",
	sql: `SELECT c.run, r.ran_at, c.verdict, c.value
FROM cases c JOIN runs r ON r.probe = c.probe AND r.run = c.run
WHERE c.probe = $probe AND c.case_name = $case_name ORDER BY r.ran_at NULLS FIRST, c.run`,
	rows: `SELECT c.source, c.line
FROM cases c JOIN runs r ON r.probe = c.probe AND r.run = c.run
WHERE c.probe = $probe AND c.case_name = $case_name ORDER BY r.ran_at DESC NULLS LAST, c.run DESC`,
	read: (row) => ({ run: row.text("run"), verdict: row.text("verdict") as Verdict, value: row.numberOrNull("value") }),
});

/** Cases of one run whose recorded word and values disagree. */
export const runDisagreements = defineQuery<{ probe: string; run: string }, { disagreements: number }>({
	name: "run-disagreements",
	describe: "cases of this run whose recorded verdict is not what the values say",
	sql: "SELECT disagreements FROM runs WHERE probe = $probe AND run = $run",
	rows: "SELECT source, line FROM runs WHERE probe = $probe AND run = $run",
	read: (row) => ({ disagreements: row.number("disagreements") }),
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
