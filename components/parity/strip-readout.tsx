import { Breakable, Commit, Mark, num, Time } from "@/components/ui";
import type { StripRun } from "./strip";
import { type StripRow, tally, type VerdictAt, worstOf } from "./strip-model";

/** The read-out of a bin: which cases, how many of each verdict, the run. */
export function BinReadout({ row, cases, run, runIndex, verdict }: { row: StripRow; cases: readonly string[]; run: StripRun; runIndex: number; verdict: VerdictAt }) {
	const worst = worstOf(row, runIndex, verdict);
	const counts = tally(row, runIndex, verdict);
	return (
		<>
			<span className="cases">
				{worst !== null && <Mark verdict={worst} />}{" "}
				<b className="m">
					<Breakable text={cases[row.from] ?? ""} />
				</b>{" "}
				<span className="i3">to</span>{" "}
				<b className="m">
					<Breakable text={cases[row.to - 1] ?? ""} />
				</b>
			</span>
			<span>{counts.length === 0 ? "not in this run" : counts.map(({ verdict: word, count }) => `${num(count)} ${word}`).join(", ")}</span>
			<RunFacts run={run} />
		</>
	);
}

/** Run, time and commit at the right end of a read-out. */
export function RunFacts({ run }: { run: StripRun }) {
	return (
		<span className="facts">
			<span>{run.label}</span>
			<span className="i3">
				<Time value={run.ranAt} style="minute" />
			</span>
			<Commit value={run.commit} />
		</span>
	);
}
