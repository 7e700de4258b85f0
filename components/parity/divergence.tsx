"use client";

import type { ReactNode } from "react";
import type { AnswerState } from "@/components/answer/types";
import { setUrlParams } from "@/components/shell/url-state";
import { Commit } from "@/components/ui/copy";
import { Figure } from "@/components/ui/figure";
import { count, num } from "@/components/ui/format";
import { SourceLink } from "@/components/ui/links";
import { Mark, StatusMark } from "@/components/ui/mark";
import { Section } from "@/components/ui/section";
import { Time } from "@/components/ui/time";
import { type CaseRow, caseHistory, firstDivergenceCase, type RunRow, runFailing, runPassing } from "@/lib/tables/parity";
import { Breakable } from "./breakable";
import { failingSince, type History } from "./history-rows";
import { overText, toleranceText, valueText } from "./measure";
import { timesOver } from "./dot-scale";
import { Read } from "./read";
import { ContradictionChip, contradiction } from "./recorded";
import { statusOf } from "./says-model";
import { around, isDistance, preview } from "./side-text";
import { useLineWithNeighbours } from "./use-near-lines";

interface DivergenceProps {
	id: string;
	runs: readonly RunRow[];
	at: number;
	history: History;
	cases: AnswerState<CaseRow>;
}

/** The failing case of the lowest position, whole: both sides, value, reason, since when, where it is written. */
export function Divergence({ id, runs, at, history, cases }: DivergenceProps) {
	const run = runs[at]!;
	const first = cases.rows.find((row) => row.verdict === "fail") ?? null;
	const listed = cases.rows.length;
	return (
		<Section
			bare
			id="first-divergence"
			title={
				<span className="row base" style={{ gap: 6, whiteSpace: "normal" }}>
					{first !== null ? <Mark verdict="fail" label={null} /> : <StatusMark status={statusOf(run)} />}
					<span>
						First divergence: {first === null ? run.firstDivergence !== null ? <span className="m wrap-any">{run.firstDivergence}</span> : "none" : <CaseName name={first.caseName} />}
					</span>
				</span>
			}
			end={first === null ? undefined : `case ${num(first.position + 1)} of ${num(Math.max(listed, first.position + 1))}`}
		>
			<Read answer={cases} what="Cases" empty={<NoCases run={run} />}>
				{() => (first === null ? <Nothing run={run} id={id} /> : <First id={id} runs={runs} at={at} history={history} one={first} />)}
			</Read>
			{run.recordedFirstDivergence !== null && run.recordedFirstDivergence !== run.firstDivergence && (
				<p className="small i2" style={{ marginTop: 12 }}>
					<span className="chip">recorded first divergence differs</span> the report names <span className="m wrap-any">{run.recordedFirstDivergence}</span>
				</p>
			)}
		</Section>
	);
}

function CaseName({ name }: { name: string }) {
	return (
		<button type="button" className="plain" title="Show it among the cases" onClick={() => setUrlParams({ case: name })}>
			<span className="m" style={{ fontWeight: 600 }}>
				<Breakable text={name} />
			</span>
		</button>
	);
}

/** Why a run shows no case. A run of nothing is not a run that passes. */
export function NoCases({ run }: { run: RunRow }) {
	const total = run.passed + run.failed + run.unmatched + run.incomparable + run.skipped;
	return <p className="i2">{total === 0 ? "This run has no case at all. Nothing was compared, which is no pass." : "This run lists no cases: its report gives counts alone."}</p>;
}

/** A run without a failing case. That nothing fails is agreement only where something was compared. */
function Nothing({ run, id }: { run: RunRow; id: string }) {
	const compared = run.passed + run.failed;
	const open = run.unmatched + run.incomparable + run.skipped;
	return (
		<p className="i2" style={{ padding: "10px 0 12px", maxWidth: "64ch" }}>
			{compared === 0 ? (
				"Nothing was compared in this run, so nothing diverges and nothing agrees."
			) : (
				<>
					All{" "}
					<Figure query={runPassing} params={{ probe: id, run: run.run }} className="m">
						{num(compared)}
					</Figure>{" "}
					compared cases pass.
				</>
			)}
			{open > 0 && compared > 0 && ` ${count(open, "case")} ${open === 1 ? "was" : "were"} not compared and ${open === 1 ? "is" : "are"} no agreement.`}
		</p>
	);
}

function First({ id, runs, at, history, one }: Omit<DivergenceProps, "cases"> & { one: CaseRow }) {
	const run = runs[at]!;
	const params = { probe: id, run: one.run };
	const measure = one.measure ?? run.measure;
	const tolerance = one.tolerance ?? run.tolerance;
	const times = isDistance(measure) ? timesOver(one.value, tolerance) : null;
	const says = contradiction(one.recordedVerdict, one.verdict);
	const near = useLineWithNeighbours(one.source, one.line);
	return (
		<>
			<p className="i2" style={{ padding: "10px 0 12px", maxWidth: "64ch" }}>
				{one.value === null ? (
					<>
						{one.reference !== null && one.candidate !== null ? "The two sides of " : "The report says that "}
						<span className="m wrap-any">
							<Breakable text={one.caseName} />
						</span>
						{one.reference !== null && one.candidate !== null ? " differ" : " failed"}
					</>
				) : (
					<>
						<span className="m">{measure ?? "The value"}</span> is{" "}
						<b className="m fail-ink">
							<Figure query={firstDivergenceCase} params={params} tone="fail">
								{valueText(one.value, measure)}
							</Figure>
						</b>
						{tolerance !== null && (
							<>
								{times !== null ? `, ${overText(times)} ` : ", tolerance "}
								<span className="m">{toleranceText(tolerance)}</span>
							</>
						)}
					</>
				)}
				.{" "}
				{run.failed > 1 ? (
					<>
						<Figure query={runFailing} params={params}>
							{num(run.failed)}
						</Figure>{" "}
						cases fail in this run, this one first.
					</>
				) : (
					<b className="b" style={{ color: "var(--ink-1)" }}>
						It is the only case that fails.
					</b>
				)}
			</p>
			<dl className="kv small">
				{(one.reference !== null || one.candidate !== null) && (
					<>
						<Term name="Reference">
							<Side text={one.reference} />
						</Term>
						<Term name="Candidate">
							<Side text={one.candidate} />
						</Term>
					</>
				)}
				{one.reason !== null && <Term name="Reason">{one.reason}</Term>}
				{one.note !== null && <Term name="Note">{one.note}</Term>}
				<Term name="Failing since">
					<Since id={id} runs={runs} at={at} history={history} name={one.caseName} />
				</Term>
				{says !== null && (
					<Term name="Recorded">
						<ContradictionChip says={says} recorded={one.recordedVerdict ?? ""} />
					</Term>
				)}
			</dl>
			<div className="small row" style={{ margin: "12px 0 4px" }}>
				<SourceLink path={one.source} line={one.line} />
				<span className="i3">the case in its report</span>
			</div>
			{near.length > 0 && (
				<div className="src fold">
					{near.filter(({ line, text }) => line === one.line || text !== "").map(({ line, text }) => (
						<div key={line} className={line === one.line ? "hi" : undefined}>
							<i>{line}</i>
							<span className={line === one.line ? undefined : "i3"}>{line === one.line ? around(text, one.caseName) : text.length > 200 ? `${text.slice(0, 199)}…` : text}</span>
						</div>
					))}
				</div>
			)}
		</>
	);
}

export function Term({ name, children }: { name: string; children: ReactNode }) {
	return (
		<>
			<dt>{name}</dt>
			<dd>{children}</dd>
		</>
	);
}

/** One side as the file writes it, in one line; the title has all of it. */
export function Side({ text, length = 120 }: { text: string | null; length?: number }) {
	if (text === null) return <span className="null">not recorded</span>;
	if (text === "") return <span className="null">empty</span>;
	return (
		<span className="m wrap-any" title={text.length > length ? text.slice(0, 2000) : undefined}>
			{preview(text, length)}
		</span>
	);
}

/** Since which run a case fails, what it was before, and in how many runs. */
export function Since({ id, runs, at, history, name }: { id: string; runs: readonly RunRow[]; at: number; history: History; name: string }) {
	const since = failingSince(runs.map((run) => run.run), history, name, at);
	if (since === null) return <span className="i3">reading the runs</span>;
	const from = runs[since.from]!;
	const before = since.before === null ? null : { ...since.before, row: runs[since.before.run]! };
	return (
		<>
			{since.from === at ? "this run" : (
				<button type="button" className="plain" style={{ color: "var(--accent)" }} onClick={() => setUrlParams({ run: from.run })}>
					run {num(since.from + 1)}
				</button>
			)}
			{from.gitCommit !== null && from.gitCommit !== "" && (
				<>
					, <Commit value={from.gitCommit} />
				</>
			)}
			, <Time value={from.ranAt} from={from.ranAtFrom} style="minute" />
			{since.failing > 1 && (
				<>
					; it fails in{" "}
					<Figure query={caseHistory} params={{ probe: id, case_name: name }} label={`${name} in every run`}>
						{num(since.failing)}
					</Figure>{" "}
					runs up to this one
				</>
			)}
			.{" "}
			{before === null
				? since.from === 0
					? "That is the first run there is."
					: "No earlier run has this case."
				: before.verdict === "pass"
					? `In run ${before.run + 1} it passed.`
					: `In run ${before.run + 1} it was ${before.verdict}, which is no pass.`}
		</>
	);
}
