import type { RanAtFrom, Verdict } from "@/lib/model";
import { defineQuery, type RowReader } from "./query";

export interface RunRow {
	probe: string;
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
	/** its pairs are a guess from key names */
	inferred: boolean;
	/** the run of the same comparison that is counted in its place; null where this one is */
	sameAs: string | null;
	note: string | null;
	source: string;
	line: number | null;
}

/** A row of `runs`. */
export const readRun = (row: RowReader): RunRow => ({
	probe: row.text("probe"),
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
	inferred: row.boolean("inferred"),
	sameAs: row.textOrNull("same_as"),
	note: row.textOrNull("note"),
	source: row.text("source"),
	line: row.numberOrNull("line"),
});

/** A probe's runs, oldest first. */
export const probeRuns = defineQuery<{ probe: string }, RunRow>({
	name: "probe-runs",
	describe: "the runs of a probe, oldest first",
	sql: "SELECT * FROM runs WHERE probe = $probe ORDER BY ran_at NULLS FIRST, run",
	rows: "SELECT source, line FROM runs WHERE probe = $probe",
	read: readRun,
});

/** One run by its own id. */
export const runById = defineQuery<{ run: string }, RunRow>({
	name: "run",
	describe: "this run",
	sql: "SELECT * FROM runs WHERE run = $run",
	rows: "SELECT source, line FROM runs WHERE run = $run",
	read: readRun,
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
