"use client";

import { useMemo, useState } from "react";
import { setUrlParams } from "@/components/shell/url-state";
import { Commit } from "@/components/ui/copy";
import { Figure } from "@/components/ui/figure";
import { count } from "@/components/ui/format";
import { Time } from "@/components/ui/time";
import type { CaseHistory, RunVerdict } from "@/lib/parity/history";
import { caseHistory, probeRuns, type RunRow } from "@/lib/tables/parity";
import type { History } from "./history-rows";
import { caseSays, leftOutBy, listed, numbersOfRuns, probeSays, STATE_TEXT } from "./says-model";

/** The present, in nanoseconds, as of the first drawing: an answer must not change by being drawn again. */
function useNow(): bigint {
	return useState(() => BigInt(Date.now()) * 1_000_000n)[0];
}

/** What the runs say of the probe: since when, by which commit, last good, flaky. */
export function ProbeSays({ id, runs }: { id: string; runs: readonly RunRow[] }) {
	const now = useNow();
	const says = useMemo(() => probeSays(runs, now), [runs, now]);
	return (
		<Says says={says} runs={runs} what="The probe">
			<Figure query={probeRuns} params={{ probe: id }} label="the runs of the probe">
				{count(says.lookedAt.length, "run")}
			</Figure>
		</Says>
	);
}

/** The same of one case. */
export function CaseSays({ id, runs, history, name }: { id: string; runs: readonly RunRow[]; history: History; name: string }) {
	const now = useNow();
	const says = useMemo(() => caseSays(runs, history, name, now), [runs, history, name, now]);
	return (
		<Says says={says} runs={runs} what="The case">
			<Figure query={caseHistory} params={{ probe: id, case_name: name }} label={`${name} in every run`}>
				{count(says.lookedAt.length, "run")}
			</Figure>
		</Says>
	);
}

/** @param children the figure of how many runs were looked at */
function Says({ says, runs, what, children }: { says: CaseHistory; runs: readonly RunRow[]; what: string; children: React.ReactNode }) {
	const numbers = useMemo(() => numbersOfRuns(runs), [runs]);
	const { state, brokenSince, lastGood, fixedAfter, suspect, flaky } = says;
	const failing = brokenSince !== null;
	const numbered = (names: readonly string[]) => listed(names.map((name) => numbers.get(name) ?? 0));
	const left = leftOutBy(says, numbers);
	return (
		<div className="says">
			<p>
				<b className={`b${failing ? " fail-ink" : ""}`}>{STATE_TEXT[state].charAt(0).toUpperCase() + STATE_TEXT[state].slice(1)}</b>
				{brokenSince !== null && (
					<>
						{" "}since <RunAt one={brokenSince} runs={runs} numbers={numbers} />
					</>
				)}
				{failing && (lastGood === null ? "; no run that compared it passes" : <>; last good <RunAt one={lastGood} runs={runs} numbers={numbers} /></>)}
				{fixedAfter !== null && (
					<>
						, after it failed in <RunAt one={fixedAfter} runs={runs} numbers={numbers} />
					</>
				)}
				.{" "}
				{flaky.flaky && (
					<span className="chip">flaky</span>
				)}
			</p>
			{suspect !== null && (
				<p className="i2">
					{suspect.range.length > 1 && (
						<>
							By one of{" "}
							{suspect.range.slice(0, 6).map((commit, i) => (
								<span key={commit}>
									{i > 0 && ", "}
									<Commit value={commit} />
								</span>
							))}
							{suspect.range.length > 6 && ` and ${suspect.range.length - 6} more`}:{" "}
						</>
					)}
					{shortHashes(suspect.reason)}.
				</p>
			)}
			<details className="small i2">
				<summary>
					{flaky.flaky ? "Why flaky" : "Not flaky"}, and the runs it rests on
				</summary>
				<p>
					Looked at {children} that compared {what === "The probe" ? "every case or failed" : "it"}
					{says.lookedAt.length > 0 && `: ${numbered(says.lookedAt.map(({ run }) => run))}`}.
				</p>
				<p>
					{flaky.rule.charAt(0).toUpperCase() + flaky.rule.slice(1)}.{" "}
					{flaky.lookedAt.length > 0 && `Runs looked at for this: ${numbered(flaky.lookedAt)}. `}
					{flaky.evidence.length === 0 ? "None of them shows that." : flaky.evidence.map(({ commit, passed, failed }) => (
						<span key={commit}>
							On <Commit value={commit} /> it passed in run {numbered(passed)} and failed in run {numbered(failed)}.{" "}
						</span>
					))}
					{flaky.limits !== null && ` Mind: ${flaky.limits}.`}
				</p>
				{left.map(({ why, runs: out }) => (
					<p key={why}>
						Left out, run {listed(out)}: {why}.
					</p>
				))}
				{says.notes.map((note) => (
					<p key={note} className="wrap-any">
						{note.charAt(0).toUpperCase() + note.slice(1)}.
					</p>
				))}
			</details>
		</div>
	);
}

/** A sentence with its full hashes cut to what a reader compares. */
function shortHashes(text: string): string {
	return text.replace(/\b[0-9a-f]{40}\b/g, (hash) => hash.slice(0, 7));
}

/** A run by its number, with its commit and time; pressing it shows the run. */
function RunAt({ one, runs, numbers }: { one: RunVerdict; runs: readonly RunRow[]; numbers: ReadonlyMap<string, number> }) {
	const number = numbers.get(one.run) ?? 0;
	const row = runs[number - 1];
	return (
		<>
			<button type="button" className="plain" style={{ color: "var(--accent)" }} onClick={() => setUrlParams({ run: number === runs.length ? null : one.run })}>
				run {number}
			</button>
			{one.commit !== null && (
				<>
					{" "}(<Commit value={one.commit} />)
				</>
			)}
			{row !== undefined && (
				<>
					, <Time value={row.ranAt} from={row.ranAtFrom} style="minute" />
				</>
			)}
		</>
	);
}
