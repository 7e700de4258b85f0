import type { RanAtFrom } from "@/lib/model";
import { defineQuery } from "./query";

/** A team whose latest page names files of a probe. */
export interface OnIt {
	team: string;
	state: string;
	/** the first such file as the page writes it (a folder only where no file is named), and its line */
	path: string;
	line: number | null;
	source: string;
}

export interface BrokenRow {
	probe: string;
	/** the run with which it broke */
	run: string;
	ranAt: string | null;
	ranAtFrom: RanAtFrom | null;
	gitCommit: string | null;
	/** runs since then, that one counted */
	brokenRuns: number;
	runs: number;
	/** the last run that passes throughout what it compared, before that; null where there was none */
	goodAt: string | null;
	goodCommit: string | null;
	teams: OnIt[];
}

/** Runs in order; of each failing probe the first one after its last good run. A run without a compared case is neither. */
const BEGAN = `WITH ordered AS (
  SELECT *, row_number() OVER (PARTITION BY probe ORDER BY ran_at NULLS FIRST, run) AS n, count(*) OVER (PARTITION BY probe) AS all_runs FROM runs
), good AS (
  SELECT probe, max(n) AS n, arg_max(ran_at, n) AS good_at, arg_max(git_commit, n) AS good_commit FROM ordered WHERE failed = 0 AND passed > 0 GROUP BY probe
), began AS (
  SELECT o.*, g.good_at, g.good_commit, count(*) OVER (PARTITION BY o.probe) AS broken_runs
  FROM ordered o JOIN probes p ON p.probe = o.probe LEFT JOIN good g ON g.probe = o.probe
  WHERE p.status = 'fail' AND o.failed > 0 AND (g.n IS NULL OR o.n > g.n)
  QUALIFY row_number() OVER (PARTITION BY o.probe ORDER BY o.n) = 1
)`;

/**
 * Files that a team's latest page names, and the probes whose runs come from them: the same path, the end of one, or a
 * folder around it. A bare file name counts only where it is a file of one probe alone.
 */
const NAMED = `named AS (
  SELECT r.probe, a.team, t.state, a.path, a.line, a.source, contains(rtrim(a.path, '/'), '/') AS whole
  FROM artifacts a JOIN teams t ON t.team = a.team AND t.source = a.source
  JOIN (SELECT DISTINCT probe, source FROM runs) r
    ON r.source = a.path OR ends_with(r.source, '/' || a.path) OR ends_with(a.path, '/' || r.source)
    OR (ends_with(a.path, '/') AND (starts_with(r.source, a.path) OR contains(r.source, '/' || a.path)))
), on_it AS (
  SELECT probe, team, any_value(state) AS state, arg_min(path, place) AS path, arg_min(line, place) AS line, any_value(source) AS source
  FROM (SELECT *, coalesce(line, 0) + CASE WHEN ends_with(path, '/') THEN 1000000000 ELSE 0 END AS place FROM named) n WHERE whole OR (SELECT count(DISTINCT o.probe) FROM named o WHERE o.path = n.path AND o.team = n.team) = 1
  GROUP BY probe, team
)`;

/** Every failing probe: the run and commit with which it broke, and the teams whose pages name its files. */
export const brokenProbes = defineQuery<Record<string, never>, BrokenRow>({
	name: "broken-probes",
	describe: "the run with which each failing probe broke, and the teams whose pages name its files",
	sql: `${BEGAN}, ${NAMED}
SELECT b.probe, b.run, b.ran_at, b.ran_at_from, b.git_commit, b.broken_runs, b.all_runs, b.good_at, b.good_commit,
  coalesce((SELECT list({'team': o.team, 'state': o.state, 'path': o.path, 'line': o.line, 'source': o.source} ORDER BY o.state <> 'blocked', o.team) FROM on_it o WHERE o.probe = b.probe), []) AS teams
FROM began b ORDER BY b.ran_at DESC NULLS LAST, b.probe`,
	rows: `${BEGAN}
SELECT source, line FROM began ORDER BY ran_at DESC NULLS LAST, probe`,
	read: (row) => ({
		probe: row.text("probe"),
		run: row.text("run"),
		ranAt: row.textOrNull("ran_at"),
		ranAtFrom: row.textOrNull("ran_at_from") as RanAtFrom | null,
		gitCommit: row.textOrNull("git_commit"),
		brokenRuns: row.number("broken_runs"),
		runs: row.number("all_runs"),
		goodAt: row.textOrNull("good_at"),
		goodCommit: row.textOrNull("good_commit"),
		teams: row.list("teams").map((item) => {
			const one = item as { team: unknown; state: unknown; path: unknown; line: unknown; source: unknown };
			return { team: String(one.team), state: String(one.state), path: String(one.path), line: one.line === null || one.line === undefined ? null : Number(one.line), source: String(one.source) };
		}),
	}),
});

/** The run with which one probe broke. */
export const probeBroke = defineQuery<{ probe: string }, { ranAt: string | null; gitCommit: string | null }>({
	name: "probe-broke",
	describe: "the first failing run of this probe after its last good one",
	sql: `${BEGAN}
SELECT ran_at, git_commit, run FROM began WHERE probe = $probe`,
	rows: `${BEGAN}
SELECT source, line FROM began WHERE probe = $probe`,
	read: (row) => ({ ranAt: row.textOrNull("ran_at"), gitCommit: row.textOrNull("git_commit") }),
});

/** The lines of a team's page that name a probe's files. */
export const teamOfProbe = defineQuery<{ probe: string; team: string }, { path: string; line: number | null; source: string }>({
	name: "team-of-probe",
	describe: "a file of this probe that the team's latest page names",
	sql: `WITH ${NAMED}
SELECT path, line, source FROM on_it WHERE probe = $probe AND team = $team`,
	rows: `WITH ${NAMED}
SELECT source, line FROM on_it WHERE probe = $probe AND team = $team`,
	read: (row) => ({ path: row.text("path"), line: row.numberOrNull("line"), source: row.text("source") }),
});

/** A recorded word that the values contradict may be among these; which it is, its meaning says. */
export interface RecordedRow {
	probe: string;
	run: string;
	ranAt: string | null;
	ranAtFrom: RanAtFrom | null;
	/** as the report writes it */
	recorded: string;
	verdict: "pass" | "fail";
	cases: number;
	/** the first such case in the probe's order */
	firstCase: string;
}

const RECORDED = `FROM cases c JOIN latest_runs r ON r.probe = c.probe AND r.run = c.run
WHERE r.disagreements > 0 AND c.verdict IN ('pass', 'fail') AND c.recorded_verdict IS NOT NULL`;

/** Recorded words beside computed verdicts, in the newest runs that disagree with their reports. */
export const recordedBesideValues = defineQuery<Record<string, never>, RecordedRow>({
	name: "recorded-beside-values",
	describe: "what the newest runs record beside what their values say, where a run disagrees with its report",
	sql: `SELECT c.probe, c.run, any_value(r.ran_at) AS ran_at, any_value(r.ran_at_from) AS ran_at_from, c.recorded_verdict, c.verdict, count(*) AS cases, arg_min(c.case_name, c.position) AS first_case
${RECORDED} GROUP BY c.probe, c.run, c.recorded_verdict, c.verdict ORDER BY c.verdict, any_value(r.ran_at) DESC NULLS LAST, c.probe, c.recorded_verdict`,
	rows: `SELECT c.source, c.line
${RECORDED} ORDER BY c.verdict, r.ran_at DESC NULLS LAST, c.probe, c.recorded_verdict, c.position`,
	read: (row) => ({
		probe: row.text("probe"),
		run: row.text("run"),
		ranAt: row.textOrNull("ran_at"),
		ranAtFrom: row.textOrNull("ran_at_from") as RanAtFrom | null,
		recorded: row.text("recorded_verdict"),
		verdict: row.text("verdict") as "pass" | "fail",
		cases: row.number("cases"),
		firstCase: row.text("first_case"),
	}),
});

const ONE_WORD = "FROM cases WHERE probe = $probe AND run = $run AND recorded_verdict = $recorded AND verdict = $verdict";

/** The cases of a run whose report says one word and whose values say another. */
export const casesOfRecorded = defineQuery<{ probe: string; run: string; recorded: string; verdict: string }, { caseName: string }>({
	name: "cases-of-recorded",
	describe: "the cases of this run for which its report writes this word",
	sql: `SELECT case_name, reference, candidate, measure, value, tolerance, verdict, recorded_verdict, reason ${ONE_WORD} ORDER BY position`,
	rows: `SELECT source, line ${ONE_WORD} ORDER BY position`,
	read: (row) => ({ caseName: row.text("case_name") }),
});
