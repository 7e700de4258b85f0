import { VERDICTS, type Verdict } from "@/lib/model";

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

/** How many cells a table of all runs and all names may have; above that each run keeps a list of its own. */
const DENSE_CELLS = 8_000_000;
/** Cases that are taken before the computation may pause. */
const STEP = 2048;
const ABSENT = -1;

/** One place for each name of each run. */
interface Table {
	/** which case it is; `ABSENT` where the run does not list one of that name */
	rows: Int32Array;
	/** its verdict by the place in `VERDICTS`, from 1; 0 where there is none */
	codes: Uint8Array;
}

/** The cases of many runs, joined by name. */
export class History {
	private readonly runAt: ReadonlyMap<string, number>;
	private readonly nameAt: ReadonlyMap<string, number>;
	/**
	 * @param runs run ids, oldest first
	 * @param names every case name that any run has, in the probe's own order
	 * @param rows by run and name, which of `cells` it is
	 */
	constructor(
		runs: readonly string[],
		readonly names: readonly string[],
		private readonly cells: readonly HistoryCase[],
		private readonly rows: Table | readonly ReadonlyMap<number, number>[],
	) {
		this.runAt = new Map(runs.map((run, at) => [run, at]));
		this.nameAt = new Map(names.map((name, at) => [name, at]));
	}

	/** A case in a run; undefined where the run does not list it, or is not known. */
	cell(run: string, name: string): HistoryCell | undefined {
		return this.cellAt(this.nameAt.get(name) ?? ABSENT, this.runIndex(run));
	}

	/** Index of a run among those of the history; -1 for none. */
	runIndex(run: string): number {
		return this.runAt.get(run) ?? ABSENT;
	}

	/** The verdict alone, by index into `names` and by `runIndex`; null where the run does not list the case. Made for asking half a million times. */
	verdictAt(name: number, run: number): Verdict | null {
		if (!("codes" in this.rows)) return this.cellAt(name, run)?.verdict ?? null;
		const code = name < 0 || run < 0 ? 0 : this.rows.codes[run * this.names.length + name]!;
		return code === 0 ? null : VERDICTS[code - 1]!;
	}

	/** The same by index into `names` and by `runIndex`. */
	cellAt(name: number, run: number): HistoryCell | undefined {
		if (name < 0 || run < 0) return undefined;
		const row = "codes" in this.rows ? this.rows.rows[run * this.names.length + name] : (this.rows[run]?.get(name) ?? ABSENT);
		return row === undefined || row === ABSENT ? undefined : this.cells[row];
	}
}

/**
 * Joins the cases of many runs into one list of rows. The last run's order leads; a case that only an earlier run has
 * stands behind the case that it followed there, so that a renamed or dropped case keeps its place.
 *
 * @param runs run ids, oldest first
 * @param cases the cases of those runs, by position within each run
 */
export function historyOf(runs: readonly string[], cases: readonly HistoryCase[]): History {
	const steps = historySteps(runs, cases);
	for (;;) {
		const step = steps.next();
		if (step.done) return step.value;
	}
}

/** `historyOf` for half a million cases: it yields often, so that whoever runs it can do other things in between. */
export function* historySteps(runs: readonly string[], cases: readonly HistoryCase[]): Generator<void, History> {
	// Per run its cases' names once each, and the row that stands for each.
	const found = new Map<string, Map<string, number>>(runs.map((run) => [run, new Map()]));
	for (let row = 0; row < cases.length; row++) {
		if (row % STEP === STEP - 1) yield;
		const one = cases[row]!;
		const rows = found.get(one.run);
		const seen = rows?.get(one.caseName);
		// a name that occurs twice in a run shows its worst: a failure must not hide behind a pass
		if (seen === undefined || (one.verdict === "fail" && cases[seen]!.verdict !== "fail")) rows?.set(one.caseName, row);
	}
	const names = yield* joinedNames(runs, found);
	const nameAt = new Map(names.map((name, at) => [name, at]));
	const size = runs.length * names.length;
	const table: Table | null = size <= DENSE_CELLS ? { rows: new Int32Array(size).fill(ABSENT), codes: new Uint8Array(size) } : null;
	const lists: Map<number, number>[] = [];
	for (const [at, run] of runs.entries()) {
		yield;
		const list = new Map<number, number>();
		for (const [name, row] of found.get(run)!) {
			const place = nameAt.get(name)!;
			if (table === null) list.set(place, row);
			else {
				table.rows[at * names.length + place] = row;
				table.codes[at * names.length + place] = VERDICTS.indexOf(cases[row]!.verdict) + 1;
			}
		}
		lists.push(list);
	}
	return new History(runs, names, cases, table ?? lists);
}

function* joinedNames(runs: readonly string[], found: ReadonlyMap<string, ReadonlyMap<string, number>>): Generator<void, string[]> {
	// A linked list: inserting behind a case stays cheap for thousands of them.
	const next = new Map<string | null, string | null>([[null, null]]);
	for (const run of [...runs].reverse()) {
		yield;
		let before: string | null = null;
		for (const name of found.get(run)!.keys()) {
			if (!next.has(name)) {
				next.set(name, next.get(before) ?? null);
				next.set(before, name);
			}
			before = name;
		}
	}
	const names: string[] = [];
	for (let name = next.get(null) ?? null; name !== null; name = next.get(name) ?? null) names.push(name);
	return names;
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
	const verdictAt = (index: number) => history.cell(runs[index] ?? "", name)?.verdict;
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
