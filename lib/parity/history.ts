import type { ProbeStatus, Verdict } from "@/lib/model";
import { type Flakiness, flakinessOf } from "./flaky";

/** What one run says of a case. */
export interface RunVerdict {
	run: string;
	/** nanoseconds UTC; null where nothing tells */
	ranAt: bigint | null;
	commit: string | null;
	/** names the input that was compared, so that the same input is seen as the same; null or absent where it is not recorded */
	inputDigest?: string | null;
	verdict: Verdict;
}

/** `newly broken`: failed in the last run that compared it, passed in the one before. `fixed`: the other way round. */
export type CaseState = "passing" | "fixed" | "newly broken" | "still failing" | "never compared";

/** Which commits the blame falls on. */
export interface Suspect {
	/** of the first failing run */
	commit: string | null;
	/** of the last good run */
	after: string | null;
	/** commits after the last good one up to the failing one, oldest first; as far as runs or the list of commits name them */
	range: string[];
	reason: string;
}

export interface CaseHistory {
	state: CaseState;
	/** first of the failing runs that end the history; null unless it fails now */
	brokenSince: RunVerdict | null;
	lastGood: RunVerdict | null;
	/** the failing run before, where the state is `fixed`: the fix lies after it */
	fixedAfter: RunVerdict | null;
	/** null unless it fails now and was good before */
	suspect: Suspect | null;
	flaky: Flakiness;
	/** runs that compared it, in their order */
	lookedAt: RunVerdict[];
	/** runs that say nothing of it, and why */
	leftOut: { run: string; why: string }[];
	/** what a reader should know of the order or the end of the history */
	notes: string[];
}

export interface HistoryOptions {
	/** nanoseconds UTC; runs more than a day later are from the future */
	now: bigint;
	/** commits oldest first, as a commit log gives them; without it a range names the commits of runs only */
	commits?: readonly string[];
	/** how many of the last runs that compared a case decide whether it is flaky; default 20 */
	flakyRuns?: number;
}

const DAY = 86_400_000_000_000n;

/**
 * The history of one case. Only runs that compared it (pass, fail) count: unmatched, incomparable and skipped runs make it neither fixed nor
 * broken. Runs are taken by time; those of equal time by their names, which is noted; a run without a time, or from more than a day after
 * `now`, has no place in the order and is left out.
 */
export function caseHistory(runs: readonly RunVerdict[], options: HistoryOptions): CaseHistory {
	const { placed, leftOut } = inOrder(runs, options.now);
	const notes: string[] = [];
	const lookedAt: RunVerdict[] = [];
	for (const run of placed) {
		if (run.verdict === "pass" || run.verdict === "fail") lookedAt.push(run);
		else leftOut.push({ run: run.run, why: WHY[run.verdict] });
	}
	const latest = placed.at(-1);
	const last = lookedAt.at(-1);
	if (latest !== undefined && last !== undefined && latest !== last) notes.push(`the latest run, ${latest.run}, did not compare it (${latest.verdict}); the state is that of ${last.run}`);
	notes.push(...equalTimes(lookedAt));

	const flaky = flakinessOf(lookedAt, options.flakyRuns);
	const base = { flaky, lookedAt, leftOut, notes, brokenSince: null, lastGood: null, fixedAfter: null, suspect: null };
	if (last === undefined) return { ...base, state: "never compared" };
	const lastGood = lookedAt.findLast(({ verdict }) => verdict === "pass") ?? null;
	if (last.verdict === "pass") {
		const before = lookedAt.at(-2);
		return before?.verdict === "fail" ? { ...base, state: "fixed", lastGood, fixedAfter: before } : { ...base, state: "passing", lastGood };
	}
	const at = lastGood === null ? 0 : lookedAt.indexOf(lastGood) + 1;
	const brokenSince = lookedAt[at]!;
	if (lastGood === null) notes.push(`it fails in every run that compared it; ${brokenSince.run} is only the first that is here`);
	const isNew = lastGood !== null && brokenSince === last;
	return { ...base, state: isNew ? "newly broken" : "still failing", brokenSince, lastGood, suspect: lastGood === null ? null : suspectOf(lastGood, brokenSince, placed, options.commits) };
}

const WHY: Record<Exclude<Verdict, "pass" | "fail">, string> = {
	unmatched: "one side is missing there",
	incomparable: "the two sides could not be compared there",
	skipped: "the run says that it did not compare it",
};

/**
 * The history of a probe by its runs: a run fails if a case fails, passes if all its cases were compared and passed; an incomplete run, or one
 * that compared nothing, is left out as unmatched or skipped runs of a case are.
 */
export function probeHistory(runs: readonly (Omit<RunVerdict, "verdict"> & { status: ProbeStatus })[], options: HistoryOptions): CaseHistory {
	const history = caseHistory(runs.map(({ status, ...run }) => ({ ...run, verdict: AS_VERDICT[status] })), options);
	const statuses = new Map(runs.map(({ run, status }) => [run, status]));
	const leftOut = history.leftOut.map((item) => {
		const status = statuses.get(item.run);
		return status === "incomplete" ? { ...item, why: "no case fails there, and not every case was compared" } : status === "not compared" && item.why === WHY.skipped ? { ...item, why: "nothing was compared there" } : item;
	});
	const notes = history.notes.map((note) => note.replace("did not compare it (unmatched)", "is incomplete").replace("did not compare it (skipped)", "compared nothing"));
	return { ...history, leftOut, notes };
}

const AS_VERDICT: Record<ProbeStatus, Verdict> = { fail: "fail", pass: "pass", incomplete: "unmatched", "not compared": "skipped" };

/** Runs that have a place in the order; the others are left out with the reason. */
export function inOrder<Run extends Pick<RunVerdict, "run" | "ranAt">>(runs: readonly Run[], now: bigint): { placed: Run[]; leftOut: { run: string; why: string }[] } {
	const leftOut: { run: string; why: string }[] = [];
	const timed: (Run & { ranAt: bigint })[] = [];
	for (const run of runs) {
		if (!hasTime(run)) leftOut.push({ run: run.run, why: "it has no time, so it has no place in the order" });
		else if (run.ranAt > now + DAY) leftOut.push({ run: run.run, why: "its time lies more than a day in the future" });
		else timed.push(run);
	}
	timed.sort((a, b) => (a.ranAt < b.ranAt ? -1 : a.ranAt > b.ranAt ? 1 : a.run < b.run ? -1 : a.run > b.run ? 1 : 0));
	return { placed: timed, leftOut };
}

function hasTime<Run extends Pick<RunVerdict, "ranAt">>(run: Run): run is Run & { ranAt: bigint } {
	return run.ranAt !== null;
}

/** Equal times matter only where the verdicts differ: then the order, and with it the state, rests on names. */
function equalTimes(runs: readonly RunVerdict[]): string[] {
	return runs.slice(1).flatMap((run, i) => {
		const before = runs[i]!;
		return before.ranAt === run.ranAt && before.verdict !== run.verdict ? [`${before.run} and ${run.run} have the same time and not the same verdict; they are taken in the order of their names`] : [];
	});
}

/** Two names of one commit: equal, or one the beginning of the other with at least seven digits. */
export function sameCommit(a: string, b: string): boolean {
	const [short, long] = a.length <= b.length ? [a, b] : [b, a];
	return short.length >= 7 ? long.startsWith(short) : short === long;
}

function suspectOf(lastGood: RunVerdict, broken: RunVerdict, placed: readonly RunVerdict[], commits: readonly string[] | undefined): Suspect {
	const give = (range: string[], reason: string): Suspect => ({ commit: broken.commit, after: lastGood.commit, range, reason });
	if (broken.commit === null) return give([], `${broken.run} names no commit`);
	if (lastGood.commit === null) return give([broken.commit], `${lastGood.run}, the last good run, names no commit, so the change may be older than ${broken.commit}`);
	if (sameCommit(lastGood.commit, broken.commit)) {
		const [before, after] = [lastGood.inputDigest ?? null, broken.inputDigest ?? null];
		if (before !== null && after !== null && before !== after) return give([], `the input changed and the commit did not (${broken.commit})`);
		return give([], `the last good run was on the same commit (${broken.commit})${before !== null && after !== null ? " with the same input" : ""}, so no commit broke it`);
	}
	const listed = commits === undefined ? null : between(commits, lastGood.commit, broken.commit);
	if (listed !== null && listed.length > 0) return give(listed, listed.length === 1 ? `${broken.commit} is the only commit since the last good run` : `one of ${listed.length} commits since the last good run`);
	// Runs between the two did not compare the case, but their commits lie in the range.
	const [from, to] = [placed.indexOf(lastGood), placed.indexOf(broken)];
	const range: string[] = [];
	for (const { commit } of placed.slice(from + 1, to + 1)) if (commit !== null && !sameCommit(commit, lastGood.commit!) && !range.some((known) => sameCommit(known, commit))) range.push(commit);
	return give(range, range.length > 1 ? `one of the ${range.length} commits that runs name since the last good run; commits without a run are not known` : `${broken.commit} is the first commit with a run after the last good one; commits without a run are not known`);
}

/** The commits after one up to another; null where the list lacks either or has them the other way round. */
function between(commits: readonly string[], after: string, upTo: string): string[] | null {
	const from = commits.findIndex((commit) => sameCommit(commit, after));
	const to = commits.findIndex((commit) => sameCommit(commit, upTo));
	return from < 0 || to <= from ? null : commits.slice(from + 1, to + 1);
}
