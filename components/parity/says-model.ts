import type { ProbeStatus } from "@/lib/model";
import { type CaseHistory, caseHistory, type CaseState, probeHistory } from "@/lib/parity/history";
import type { RunRow } from "@/lib/tables/parity";
import type { History } from "./history-rows";

/** Nanoseconds UTC of the engine's `2026-05-02 12:58:41.123456789`; null where it is no time. */
export function nanosOf(text: string | null): bigint | null {
	const match = /^(\d{4,}-\d{2}-\d{2})[T ](\d{2}:\d{2}:\d{2})(?:\.(\d{1,9}))?Z?$/.exec(text?.trim() ?? "");
	if (!match) return null;
	const seconds = Date.parse(`${match[1]}T${match[2]}Z`);
	return Number.isNaN(seconds) ? null : BigInt(seconds) * 1_000_000n + BigInt((match[3] ?? "").padEnd(9, "0"));
}

type Run = Pick<RunRow, "run" | "ranAt" | "gitCommit" | "passed" | "failed" | "unmatched" | "incomparable" | "skipped">;

/** A run's state by the rule of a probe's status. */
export function statusOf(run: Pick<Run, "passed" | "failed" | "unmatched" | "incomparable" | "skipped">): ProbeStatus {
	if (run.failed > 0) return "fail";
	if (run.passed === 0) return "not compared";
	return run.unmatched + run.incomparable + run.skipped > 0 ? "incomplete" : "pass";
}

const known = (commit: string | null) => (commit === "" ? null : commit);

/** What the runs say of the probe as a whole. */
export function probeSays(runs: readonly Run[], now: bigint): CaseHistory {
	return probeHistory(runs.map((run) => ({ run: run.run, ranAt: nanosOf(run.ranAt), commit: known(run.gitCommit), status: statusOf(run) })), { now });
}

/** What the runs say of one case. A run that does not list it says nothing of it. */
export function caseSays(runs: readonly Run[], history: History, name: string, now: bigint): CaseHistory {
	return caseHistory(
		runs.flatMap((run) => {
			const cell = history.cell(run.run, name);
			return cell === undefined ? [] : [{ run: run.run, ranAt: nanosOf(run.ranAt), commit: known(run.gitCommit), verdict: cell.verdict }];
		}),
		{ now },
	);
}

/** A state in the words of a page. */
export const STATE_TEXT: { [state in CaseState]: string } = {
	passing: "passes",
	fixed: "fixed: it passes again",
	"newly broken": "newly broken",
	"still failing": "still failing",
	"never compared": "never compared",
};

/** Runs of one name by their number on the page, counted from 1. */
export function numbersOfRuns(runs: readonly Pick<Run, "run">[]): Map<string, number> {
	return new Map(runs.map((run, index) => [run.run, index + 1]));
}

/** Numbers as a reader lists them, neighbours joined: `1 to 4, 6, 9 and 10`. */
export function listed(numbers: readonly number[]): string {
	const sorted = [...new Set(numbers)].sort((a, b) => a - b);
	const parts: string[] = [];
	for (let i = 0; i < sorted.length; ) {
		let end = i;
		while (sorted[end + 1] === sorted[end]! + 1) end++;
		if (end - i >= 2) parts.push(`${sorted[i]} to ${sorted[end]}`);
		else for (let at = i; at <= end; at++) parts.push(String(sorted[at]));
		i = end + 1;
	}
	return parts.length < 2 ? (parts[0] ?? "") : `${parts.slice(0, -1).join(", ")} and ${parts.at(-1)}`;
}

/** Reasons with the runs that they hold for, in the order in which they come. */
export function leftOutBy(history: Pick<CaseHistory, "leftOut">, numbers: ReadonlyMap<string, number>): { why: string; runs: number[] }[] {
	const reasons = new Map<string, number[]>();
	for (const { run, why } of history.leftOut) {
		const list = reasons.get(why) ?? [];
		reasons.set(why, list);
		list.push(numbers.get(run) ?? 0);
	}
	return [...reasons].map(([why, runs]) => ({ why, runs }));
}
