import type { Verdict } from "@/lib/model";
import { type CasePair, compareRuns, configDifferences, type FieldDifference, type RunCase, type RunComparison } from "@/lib/parity/compare-runs";
import type { CaseRow, RunRow } from "@/lib/tables/parity";

type RunFacts = Pick<RunRow, "gitCommit" | "reference" | "candidate" | "measure" | "tolerance">;

/** A run's cases as they are compared; a case without a tolerance of its own has its run's. */
export function runCasesOf(rows: readonly CaseRow[], run: Pick<RunRow, "tolerance">): RunCase[] {
	return rows.map((row) => ({ case: row.caseName, position: row.position, verdict: row.verdict, value: row.value, tolerance: row.tolerance ?? run.tolerance, reference: row.reference, candidate: row.candidate }));
}

export interface AgainstGroup {
	key: keyof RunComparison;
	title: string;
	/** whose mark stands before the title; null where the group has no one verdict */
	mark: Verdict | null;
	pairs: CasePair[];
}

const GROUPS: readonly Omit<AgainstGroup, "pairs">[] = [
	{ key: "newlyBroken", title: "newly broken", mark: "fail" },
	{ key: "failingInBoth", title: "failing in both", mark: "fail" },
	{ key: "fixed", title: "fixed", mark: "pass" },
	{ key: "otherValue", title: "same verdict, another value", mark: null },
	{ key: "notComparedInOne", title: "not compared in one of them", mark: "skipped" },
	{ key: "onlyBefore", title: "only in the older run", mark: "unmatched" },
	{ key: "onlyAfter", title: "only in the newer run", mark: "unmatched" },
	{ key: "same", title: "the same in both", mark: null },
];

export interface Against {
	/** every group, the empty ones too: together they hold every case of both runs once */
	groups: AgainstGroup[];
	/** what of the runs themselves differs, and how much does not */
	config: { differing: FieldDifference[]; same: number };
}

/** Two runs of a probe side by side. `older` and `newer` are in the order of the page. */
export function againstOf(older: { run: RunFacts; cases: readonly CaseRow[]; environment?: ReadonlyMap<string, string | null> }, newer: { run: RunFacts; cases: readonly CaseRow[]; environment?: ReadonlyMap<string, string | null> }): Against {
	const comparison = compareRuns(runCasesOf(older.cases, older.run), runCasesOf(newer.cases, newer.run));
	return {
		groups: GROUPS.map((group) => ({ ...group, pairs: comparison[group.key] })),
		config: configDifferences(configOf(older.run, older.environment), configOf(newer.run, newer.environment)),
	};
}

/** Names of an environment that repeat what the run itself says. */
const REPEATED = new Set(["git_sha", "timestamp"]);

function configOf(run: RunFacts, environment: ReadonlyMap<string, string | null> = new Map()): Map<string, string | null> {
	const config = new Map<string, string | null>();
	const put = (field: string, value: string | number | null) => {
		if (value !== null && value !== "") config.set(field, String(value));
	};
	put("commit", run.gitCommit);
	put("reference", run.reference);
	put("candidate", run.candidate);
	put("measure", run.measure);
	put("tolerance", run.tolerance);
	for (const [field, value] of environment) if (!REPEATED.has(field)) config.set(`env ${field}`, value);
	return config;
}

/** Verdicts of a pair as words: `pass, then fail`. */
export function verdictsText(pair: CasePair): string {
	const [before, after] = [pair.before?.verdict ?? "absent", pair.after?.verdict ?? "absent"];
	return before === after ? `${before} in both` : `${before}, then ${after}`;
}

/** Positions in either run, as the query behind a figure takes them. */
export function positionsOf(pairs: readonly CasePair[]): { before: number[]; after: number[] } {
	return { before: pairs.flatMap(({ before }) => (before === null ? [] : [before.position])), after: pairs.flatMap(({ after }) => (after === null ? [] : [after.position])) };
}
