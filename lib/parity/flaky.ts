import type { Verdict } from "@/lib/model";

/** What flakiness looks at in a run that compared a case. */
export interface Attempt {
	run: string;
	commit: string | null;
	inputDigest?: string | null;
	verdict: Verdict;
}

export interface Flakiness {
	flaky: boolean;
	/** the rule, in words for a page */
	rule: string;
	/** the runs that were looked at, oldest first, also when the case is not flaky */
	lookedAt: string[];
	/** commits (and inputs) on which it both passed and failed */
	evidence: { commit: string; inputDigest: string | null; passed: string[]; failed: string[] }[];
	/** what keeps the rule from an answer; null where nothing does */
	limits: string | null;
}

/**
 * Whether a case alternates without a change of commit or input: among the last `window` runs that compared it, two of one commit and one
 * input have different verdicts. It does not matter what the last one says. Runs that name no commit prove nothing. Runs of one commit that
 * record no input count as one input, and that is said.
 *
 * @param attempts runs that compared the case, oldest first
 */
export function flakinessOf(attempts: readonly Attempt[], window = 20): Flakiness {
	const recent = attempts.slice(-window);
	const groups = new Map<string, Flakiness["evidence"][number]>();
	let withoutCommit = 0;
	let changes = 0;
	recent.forEach((attempt, i) => {
		if (i > 0 && recent[i - 1]!.verdict !== attempt.verdict) changes++;
		const { commit, run } = attempt;
		if (commit === null) {
			withoutCommit++;
			return;
		}
		const inputDigest = attempt.inputDigest ?? null;
		// Short and long names of one commit share their first seven digits.
		const key = `${commit.slice(0, 7)}\0${inputDigest ?? ""}`;
		const group = groups.get(key) ?? { commit, inputDigest, passed: [], failed: [] };
		groups.set(key, group);
		(attempt.verdict === "pass" ? group.passed : group.failed).push(run);
	});
	const evidence = [...groups.values()].filter(({ passed, failed }) => passed.length > 0 && failed.length > 0);
	const limits: string[] = [];
	if (recent.length < 2) limits.push("fewer than two runs compared it");
	if (withoutCommit > 0) limits.push(withoutCommit === recent.length ? `no run names its commit${changes > 0 ? `, so its ${changes === 1 ? "change" : `${changes} changes`} of verdict may be changes of the code` : ""}` : `${withoutCommit} of ${recent.length} runs name no commit`);
	if (evidence.some(({ inputDigest }) => inputDigest === null)) limits.push("the runs do not record their input, so it is taken as unchanged");
	return {
		flaky: evidence.length > 0,
		rule: `flaky: passed and failed on one commit with one input, among the last ${window} runs that compared it`,
		lookedAt: recent.map(({ run }) => run),
		evidence,
		limits: limits.length > 0 ? limits.join("; ") : null,
	};
}
