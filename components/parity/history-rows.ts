import type { Verdict } from "@/lib/model";

/** One case of one run, as the history of a probe lists it. */
export interface HistoryCase {
	run: string;
	caseName: string;
	position: number;
	verdict: Verdict;
	value: number | null;
}

/** The cell of a strip: a case in a run. */
export interface HistoryCell {
	verdict: Verdict;
	value: number | null;
}

export interface History {
	/** every case name that any run has, in the probe's own order */
	names: string[];
	/** by run, then by case name; a case that a run does not list is absent */
	cells: Map<string, Map<string, HistoryCell>>;
}

/**
 * Joins the cases of many runs into one list of rows. The last run's order leads; a case that only an earlier run has
 * stands behind the case that it followed there, so that a renamed or dropped case keeps its place.
 *
 * @param runs run ids, oldest first
 * @param cases the cases of those runs, by position within each run
 */
export function historyOf(runs: readonly string[], cases: readonly HistoryCase[]): History {
	const order = new Map<string, string[]>();
	const cells = new Map<string, Map<string, HistoryCell>>();
	for (const run of runs) {
		order.set(run, []);
		cells.set(run, new Map());
	}
	for (const one of cases) {
		const row = cells.get(one.run);
		if (!row) continue;
		const seen = row.get(one.caseName);
		// a name that occurs twice in a run shows its worst: a failure must not hide behind a pass
		if (seen === undefined) order.get(one.run)!.push(one.caseName);
		if (seen === undefined || (one.verdict === "fail" && seen.verdict !== "fail")) row.set(one.caseName, { verdict: one.verdict, value: one.value });
	}
	// A linked list: inserting behind a case stays cheap for thousands of them.
	const next = new Map<string | null, string | null>([[null, null]]);
	for (const run of [...runs].reverse()) {
		let before: string | null = null;
		for (const name of order.get(run)!) {
			if (!next.has(name)) {
				next.set(name, next.get(before) ?? null);
				next.set(before, name);
			}
			before = name;
		}
	}
	const names: string[] = [];
	for (let name = next.get(null) ?? null; name !== null; name = next.get(name) ?? null) names.push(name);
	return { names, cells };
}

/** Since when a case fails, as seen from one run. */
export interface FailingSince {
	/** index into the runs of the first failing run of the unbroken stretch */
	from: number;
	/** runs of that stretch in which it fails, up to and with the run looked at */
	failing: number;
	/** what the case was in the last run before the stretch that lists it; null when none does */
	before: { run: number; verdict: Verdict } | null;
}

/**
 * Walks back from `at` while the case fails. Runs in which it was not compared neither end the stretch nor lengthen it;
 * a pass ends it. Null when the case does not fail in the run looked at.
 */
export function failingSince(runs: readonly string[], history: History, name: string, at: number): FailingSince | null {
	const verdictAt = (index: number) => history.cells.get(runs[index] ?? "")?.get(name)?.verdict;
	if (verdictAt(at) !== "fail") return null;
	let from = at;
	let failing = 0;
	for (let index = at; index >= 0; index--) {
		const verdict = verdictAt(index);
		if (verdict === "pass") break;
		if (verdict === "fail") {
			from = index;
			failing++;
		}
	}
	for (let index = from - 1; index >= 0; index--) {
		const verdict = verdictAt(index);
		if (verdict !== undefined) return { from, failing, before: { run: index, verdict } };
	}
	return { from, failing, before: null };
}
