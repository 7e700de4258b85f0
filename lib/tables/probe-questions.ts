import { type CaseRow, runCases } from "./parity";
import { defineQuery } from "./query";

/** Positions as the parameter that the queries below take: `0,4,17`. An empty list names no case. */
export function positionsText(positions: readonly number[]): string {
	return positions.join(",");
}

/** Names of cases as one parameter, with a separator that no name holds. */
export function namesText(names: readonly string[]): string {
	return names.join("\u001f");
}

const AT_POSITIONS = "list_contains(string_split($positions, ','), CAST(position AS VARCHAR))";

/** Some cases of one run, by their positions: what an answer that was worked out on the page rests on. */
export const casesAt = defineQuery<{ probe: string; run: string; positions: string }, CaseRow>({
	name: "cases-at",
	describe: "these cases of the run",
	sql: `SELECT * FROM cases WHERE probe = $probe AND run = $run AND ${AT_POSITIONS} ORDER BY position`,
	rows: `SELECT source, line FROM cases WHERE probe = $probe AND run = $run AND ${AT_POSITIONS} ORDER BY position`,
	read: runCases.read,
});

const OF_TWO = `FROM cases
WHERE probe = $probe AND (
  (run = $before AND list_contains(string_split($before_positions, ','), CAST(position AS VARCHAR)))
  OR (run = $after AND list_contains(string_split($after_positions, ','), CAST(position AS VARCHAR)))
)`;

/** Some cases of two runs, by their positions in each. */
export const casesOfTwoRuns = defineQuery<{ probe: string; before: string; after: string; before_positions: string; after_positions: string }, CaseRow>({
	name: "cases-of-two-runs",
	describe: "these cases in both runs",
	sql: `SELECT * ${OF_TWO} ORDER BY case_name, run = $after, position`,
	rows: `SELECT source, line ${OF_TWO} ORDER BY case_name, run = $after, position`,
	read: runCases.read,
});

export interface FailureRow {
	run: string;
	caseName: string;
	/** what the report says of the failure, else why it was judged so; null where nothing is said */
	message: string | null;
	/** the message is the report's own */
	recorded: boolean;
	/** failures of the probe in all, also those beyond the limit */
	total: number;
}

/** Failures that are grouped while a page is drawn, the newest: 1,000 runs of 500 failing cases would hold it up for seconds. */
export const FAILURES_READ = 5000;

/** Where the verdict is the report's word, its note is the failure's message; elsewhere a note describes the case. */
const RECORDED = "(coalesce(c.reason, '') LIKE 'as recorded%' AND coalesce(c.note, '') <> '')";

/** The newest failures of a probe with what is said of them. */
export const probeFailures = defineQuery<{ probe: string }, FailureRow>({
	name: "probe-failures",
	describe: `the newest ${FAILURES_READ} failing cases of the probe, with their messages`,
	sql: `SELECT c.run, c.case_name, CASE WHEN ${RECORDED} THEN c.note ELSE c.reason END AS message, ${RECORDED} AS recorded, count(*) OVER () AS total
FROM cases c JOIN runs r ON r.probe = c.probe AND r.run = c.run
WHERE c.probe = $probe AND c.verdict = 'fail' ORDER BY r.ran_at DESC NULLS LAST, c.run DESC, c.position LIMIT ${FAILURES_READ}`,
	rows: `SELECT c.source, c.line
FROM cases c JOIN runs r ON r.probe = c.probe AND r.run = c.run
WHERE c.probe = $probe AND c.verdict = 'fail' ORDER BY r.ran_at DESC NULLS LAST, c.run DESC, c.position LIMIT ${FAILURES_READ}`,
	read: (row) => ({ run: row.text("run"), caseName: row.text("case_name"), message: row.textOrNull("message"), recorded: row.boolean("recorded"), total: row.number("total") }),
});

const NAMED = "c.probe = $probe AND c.verdict = 'fail' AND list_contains(string_split($cases, chr(31)), c.case_name)";

/** The failures of some cases in every run; `cases` is `namesText` of their names. */
export const failuresOfCases = defineQuery<{ probe: string; cases: string }, CaseRow>({
	name: "failures-of-cases",
	describe: "the failures of these cases in every run",
	sql: `SELECT * FROM cases c WHERE ${NAMED} ORDER BY c.run, c.position`,
	rows: `SELECT c.source, c.line FROM cases c WHERE ${NAMED} ORDER BY c.run, c.position`,
	read: runCases.read,
});

/** The environments of two runs, where their evidence bundles record one. */
export const twoEnvironments = defineQuery<{ probe: string; before: string; after: string }, { run: string; environment: Map<string, string | null> }>({
	name: "two-environments",
	describe: "what the evidence bundles of both runs record of their environment",
	sql: `SELECT r.run, map_entries(b.environment) AS entries
FROM runs r JOIN bundles b ON b.bundle = r.bundle WHERE r.probe = $probe AND r.run IN ($before, $after) AND b.environment IS NOT NULL`,
	rows: "SELECT b.source, b.line FROM runs r JOIN bundles b ON b.bundle = r.bundle WHERE r.probe = $probe AND r.run IN ($before, $after) AND b.environment IS NOT NULL",
	read: (row) => ({
		run: row.text("run"),
		environment: new Map(
			row.list("entries").map((item) => {
				const entry = item as { key: unknown; value: unknown };
				return [String(entry.key), entry.value === null || entry.value === undefined ? null : String(entry.value)];
			}),
		),
	}),
});

/** What the evidence bundles of a probe's runs record of their environment; a run without such a record is not listed. */
export const probeEnvironments = defineQuery<{ probe: string }, { run: string; environment: Map<string, string | null> }>({
	name: "probe-environments",
	describe: "what the evidence bundle of each run records of its environment",
	sql: "SELECT r.run, map_entries(b.environment) AS entries FROM runs r JOIN bundles b ON b.bundle = r.bundle WHERE r.probe = $probe AND b.environment IS NOT NULL ORDER BY r.ran_at NULLS FIRST, r.run",
	rows: "SELECT b.source, b.line FROM runs r JOIN bundles b ON b.bundle = r.bundle WHERE r.probe = $probe AND b.environment IS NOT NULL ORDER BY r.ran_at NULLS FIRST, r.run",
	read: twoEnvironments.read,
});

/** Cases that have values on both sides, of some runs of a probe; `runs` is `namesText` of their ids. */
export const casesOfRuns = defineQuery<{ probe: string; runs: string }, CaseRow>({
	name: "cases-of-runs",
	describe: "the cases with recorded values of these runs",
	sql: "SELECT * FROM cases WHERE probe = $probe AND list_contains(string_split($runs, chr(31)), run) AND reference IS NOT NULL AND candidate IS NOT NULL ORDER BY run, position",
	rows: "SELECT source, line FROM cases WHERE probe = $probe AND list_contains(string_split($runs, chr(31)), run) AND reference IS NOT NULL AND candidate IS NOT NULL ORDER BY run, position",
	read: runCases.read,
});

/** Files that a run's figures rest on, as they were loaded: its report, and those that its cases name. */
export const runSources = defineQuery<{ probe: string; run: string }, { path: string; sha256: string | null; bytes: number; cases: number }>({
	name: "run-sources",
	describe: "the files that the run and its cases come from, with their hashes",
	sql: `WITH named AS (SELECT source, 0 AS one FROM runs WHERE probe = $probe AND run = $run UNION ALL SELECT source, 1 FROM cases WHERE probe = $probe AND run = $run)
SELECT s.path, s.sha256, s.bytes, sum(n.one)::BIGINT AS cases FROM named n JOIN sources s ON s.path = n.source GROUP BY ALL ORDER BY s.path`,
	rows: "SELECT source, line FROM runs WHERE probe = $probe AND run = $run",
	read: (row) => ({ path: row.text("path"), sha256: row.textOrNull("sha256"), bytes: row.number("bytes"), cases: row.number("cases") }),
});
