"use client";

import { useMemo } from "react";
import { useAnswer } from "@/components/answer/use-answer";
import { setUrlParams, useUrlState } from "@/components/shell/url-state";
import { Commit } from "@/components/ui/copy";
import { Icon } from "@/components/ui/icon";
import { Menu } from "@/components/ui/menu";
import { Section } from "@/components/ui/section";
import { Time } from "@/components/ui/time";
import type { FieldDifference } from "@/lib/parity/compare-runs";
import { type CaseRow, type RunRow, runCases } from "@/lib/tables/parity";
import { twoEnvironments } from "@/lib/tables/probe-questions";
import { AgainstGroups } from "./against-groups";
import { againstOf } from "./against-model";
import { RunLabel } from "./probe-head";
import { Read } from "./read";

interface AgainstProps {
	id: string;
	runs: readonly RunRow[];
	at: number;
	/** the cases of the run looked at */
	rows: readonly CaseRow[];
}

/** The run looked at beside any other one. Nothing where the probe has one run. */
export function AgainstRun({ id, runs, at, rows }: AgainstProps) {
	const [name] = useUrlState("against");
	if (runs.length < 2) return null;
	const other = name === null ? -1 : runs.findIndex((run) => run.run === name);
	const items = runs
		.map((run, index) => ({ label: <RunLabel run={run} index={index} />, checked: index === other, disabled: index === at, onSelect: () => setUrlParams({ against: run.run }) }))
		.reverse();
	const lastGood = runs.findLastIndex((run, index) => index < at && run.failed === 0 && run.passed > 0);
	const offers = [
		...(at > 0 ? [{ index: at - 1, label: "the run before" }] : []),
		...(lastGood >= 0 && lastGood !== at - 1 ? [{ index: lastGood, label: "the last run without a failure before it" }] : []),
	];
	return (
		<Section
			id="against"
			title="Beside another run"
			note="every case of both runs once; the largest change first"
			end={
				<>
					{name !== null && (
						<button type="button" className="btn quiet slim" onClick={() => setUrlParams({ against: null })}>
							Close
						</button>
					)}
					<Menu label="Run to compare with" items={items} align="end">
						{other < 0 ? "Choose a run" : <span className="m">Run {other + 1}</span>}
					</Menu>
				</>
			}
		>
			{name !== null && other < 0 && (
				<div className="note-line" role="status">
					<Icon name="info" />
					<span>
						This probe has no run <code className="wrap-any">{name}</code> to compare with.
					</span>
				</div>
			)}
			{other === at && <p className="i2" style={{ paddingTop: 8 }}>That is the run looked at. Choose another one.</p>}
			{other < 0 && offers.length > 0 && (
				<p className="row wrap" style={{ paddingTop: 10, gap: "var(--s-2)" }}>
					<span className="i2">Compare run {at + 1} with</span>
					{offers.map((offer) => (
						<button key={offer.index} type="button" className="btn" onClick={() => setUrlParams({ against: runs[offer.index]!.run })}>
							{offer.label}, run {offer.index + 1}
						</button>
					))}
				</p>
			)}
			{other >= 0 && other !== at && <Pair id={id} runs={runs} at={at} other={other} rows={rows} />}
		</Section>
	);
}

function Pair({ id, runs, at, other, rows }: AgainstProps & { other: number }) {
	const [older, newer] = other < at ? [other, at] : [at, other];
	const [before, after] = [runs[older]!, runs[newer]!];
	const answer = useAnswer(
		runCases,
		useMemo(() => ({ probe: id, run: runs[other]!.run }), [id, runs, other]),
	);
	const environments = useAnswer(
		twoEnvironments,
		useMemo(() => ({ probe: id, before: before.run, after: after.run }), [id, before.run, after.run]),
	);
	const against = useMemo(() => {
		const environment = (run: RunRow) => environments.rows.find((row) => row.run === run.run)?.environment;
		const [first, second] = other < at ? [answer.rows, rows] : [rows, answer.rows];
		return againstOf({ run: before, cases: first, environment: environment(before) }, { run: after, cases: second, environment: environment(after) });
	}, [answer.rows, rows, environments.rows, before, after, other, at]);
	return (
		<>
			<p className="small i2 row wrap" style={{ paddingTop: 10, gap: "2px var(--s-2)" }}>
				<span>
					Older: run {older + 1}, <Time value={before.ranAt} from={before.ranAtFrom} style="minute" /> <Commit value={before.gitCommit} />
				</span>
				<span>
					Newer: run {newer + 1}, <Time value={after.ranAt} from={after.ranAtFrom} style="minute" /> <Commit value={after.gitCommit} />
				</span>
			</p>
			<Config differing={against.config.differing} same={against.config.same} />
			<Read answer={answer} what="Cases" empty={<p className="i2">The other run lists no cases: its report gives counts alone, so nothing can be set beside it.</p>}>
				{() => <AgainstGroups id={id} before={before} after={after} groups={against.groups} />}
			</Read>
		</>
	);
}

/** What differs between the runs besides their cases. */
function Config({ differing, same }: { differing: readonly FieldDifference[]; same: number }) {
	const words = (value: string | null | undefined) => (value === undefined ? <span className="null">not recorded</span> : value === null ? <span className="null">null</span> : value === "" ? <span className="null">empty</span> : <span className="m wrap-any">{value.length > 160 ? `${value.slice(0, 159)}…` : value}</span>);
	if (differing.length === 0) return <p className="small i2" style={{ paddingTop: 4 }}>{same === 0 ? "The runs record no configuration." : `All ${same} recorded fields of their configuration are the same.`}</p>;
	return (
		<dl className="kv small" style={{ padding: "8px 0 4px", maxWidth: "110ch" }}>
			{differing.map(({ field, before, after }) => (
				<div key={field} style={{ display: "contents" }}>
					<dt className="m">{field}</dt>
					<dd>
						{words(before)} <span className="i3">→</span> {words(after)}
					</dd>
				</div>
			))}
			<dt>the same</dt>
			<dd className="i2">{same} {same === 1 ? "field" : "fields"}</dd>
		</dl>
	);
}
