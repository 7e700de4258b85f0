"use client";

import Link from "next/link";
import { useMemo } from "react";
import { useAnswer } from "@/components/answer/use-answer";
import { RunBundle } from "@/components/bundles/run-bundle";
import { Kbd } from "@/components/ui/bits";
import { Commit } from "@/components/ui/copy";
import { Figure } from "@/components/ui/figure";
import { num, outOf } from "@/components/ui/format";
import { Icon } from "@/components/ui/icon";
import { SourceLink } from "@/components/ui/links";
import { Mark, StatusMark } from "@/components/ui/mark";
import { Menu, type MenuItem } from "@/components/ui/menu";
import { Time } from "@/components/ui/time";
import type { RanAtFrom } from "@/lib/model";
import { type RunRow, runById, runDisagreements, runPassing } from "@/lib/tables/parity";
import { probeHref } from "./href";
import { toleranceText } from "./measure";
import { NotCompared } from "./not-compared";
import { statusOf } from "./says-model";

export { statusOf as runStatus };

const FROM: { [from in RanAtFrom]: string | null } = { content: "as the report says", sibling: "from a file beside it", folder: "from the folder’s name", file: null };

interface HeadProps {
	id: string;
	runs: readonly RunRow[];
	/** index of the run looked at */
	at: number;
	go: (index: number) => void;
}

/** Name, N/M, run chooser, and what was compared with what. */
export function ProbeHead({ id, runs, at, go }: HeadProps) {
	const run = runs[at]!;
	const newest = runs.at(-1)!;
	const compared = run.passed + run.failed;
	const status = statusOf(run);
	const params = { probe: id, run: run.run };
	return (
		<>
			<div className="phead">
				<div className="row wrap base" style={{ gap: "var(--s-1) var(--s-4)" }}>
					<h1 className="row base" style={{ gap: 10, minWidth: 0 }}>
						<StatusMark status={status} size={16} />
						<span className="wrap-any">{id}</span>
					</h1>
					<span className={`fig${run.failed > 0 ? " fail-ink" : ""}`}>
						<Figure query={runPassing} params={params} tone={run.failed > 0 ? "fail" : undefined}>
							{outOf(run.passed, compared)}
						</Figure>
					</span>
					<span className="i2">
						{compared === 0 ? "nothing was compared in this run" : "compared cases pass in this run"}
						{at < runs.length - 1 && `; ${outOf(newest.passed, newest.passed + newest.failed)} in the newest`}
					</span>
					<NotCompared probe={id} run={run.run} counts={run} />
				</div>
				<div className="row no-print" style={{ gap: "var(--s-2)" }}>
					<RunChooser runs={runs} at={at} go={go} />
					<button type="button" className="btn quiet" onClick={() => window.print()}>
						Print
					</button>
				</div>
			</div>
			{run.title !== null && run.title !== id && <p className="i2" style={{ marginTop: 4 }}>{run.title}</p>}
			<dl className="heads">
				<Head name="Reference">{run.reference ?? <span className="null">not stated</span>}</Head>
				<Head name="Candidate">{run.candidate ?? <span className="null">not stated</span>}</Head>
				<Head name="Measure">
					{run.measure ?? <span className="null">not stated</span>}
					{run.tolerance !== null && (
						<>
							, tolerance <span className="m">{toleranceText(run.tolerance)}</span>
						</>
					)}
				</Head>
				<Head name="Commit">{run.gitCommit === null || run.gitCommit === "" ? <span className="null">not stated</span> : <Commit value={run.gitCommit} />}</Head>
				<Head name="Ran">
					<Time value={run.ranAt} from={run.ranAtFrom} style="full" />
					{run.ranAtFrom !== null && FROM[run.ranAtFrom] !== null && <span className="i3"> {FROM[run.ranAtFrom]}</span>}
				</Head>
				<Head name="Report">
					<SourceLink path={run.source} line={run.line} />
				</Head>
				<RunBundle probe={id} run={run.run} />
			</dl>
			{run.sameAs !== null && <SameAs run={run.sameAs} />}
			{(run.disagreements > 0 || run.note !== null) && (
				<div className="note-line" style={{ marginTop: 12 }}>
					<Icon name="info" />
					<span className="row wrap" style={{ gap: "2px var(--s-3)" }}>
						{run.disagreements > 0 && (
							<span>
								Recorded and computed verdict disagree in{" "}
								<Figure query={runDisagreements} params={params}>
									{num(run.disagreements)}
								</Figure>{" "}
								{run.disagreements === 1 ? "case" : "cases"}; the values decide.
							</span>
						)}
						{run.note !== null && <span>{sentence(run.note)}</span>}
					</span>
				</div>
			)}
		</>
	);
}

/** The other answer of this run's comparison, which is counted. */
function SameAs({ run }: { run: string }) {
	const answer = useAnswer(runById, useMemo(() => ({ run }), [run]));
	const other = answer.rows[0];
	if (other === undefined) return null;
	return (
		<div className="note-line" style={{ marginTop: 12 }}>
			<Icon name="info" />
			<span className="wrap-any">
				The same comparison is answered by <Link href={probeHref(other.probe, { run })} prefetch={false} style={{ textDecoration: "underline" }}>{other.probe}</Link>:{" "}
				<Figure query={runPassing} params={{ probe: other.probe, run }}>{outOf(other.passed, other.passed + other.failed)}</Figure> compared cases pass there. The overview counts that one.
			</span>
		</div>
	);
}

/** A note of the judging as a sentence. */
function sentence(text: string): string {
	return `${text.charAt(0).toUpperCase()}${text.slice(1)}${/[.!?]$/.test(text) ? "" : "."}`;
}

function Head({ name, children }: { name: string; children: React.ReactNode }) {
	return (
		<div>
			<dt>{name}</dt>
			<dd>{children}</dd>
		</div>
	);
}

/** A run as a menu names it: its number, mark, N/M, time and commit. */
export function RunLabel({ run, index }: { run: RunRow; index: number }) {
	return (
		<span className="row" style={{ gap: 8 }}>
			<span className="m" style={{ minWidth: 48 }}>
				run {index + 1}
			</span>
			<Mark verdict={run.failed > 0 ? "fail" : run.passed > 0 ? "pass" : run.incomparable > 0 ? "incomparable" : run.unmatched > 0 ? "unmatched" : "skipped"} size={9} />
			<span className="m">{outOf(run.passed, run.passed + run.failed)}</span>
			<span className="i3">
				<Time value={run.ranAt} style="minute" />
			</span>
			<span className="i3">
				<Commit value={run.gitCommit} />
			</span>
		</span>
	);
}

/** Older, the list of runs, newer. */
function RunChooser({ runs, at, go }: Omit<HeadProps, "id">) {
	const items: MenuItem[] = runs
		.map((run, index) => ({
			label: <RunLabel run={run} index={index} />,
			checked: index === at,
			onSelect: () => go(index),
		}))
		.reverse();
	return (
		<div className="row">
			<button type="button" className="btn icon" aria-label="Older run" aria-keyshortcuts="[" disabled={at === 0} onClick={() => go(at - 1)}>
				<Icon name="chevron-left" />
			</button>
			<Menu label="Runs" items={items} align="end">
				<span className="m">
					Run {num(at + 1)} of {num(runs.length)}
				</span>
			</Menu>
			<button type="button" className="btn icon" aria-label="Newer run" aria-keyshortcuts="]" disabled={at === runs.length - 1} onClick={() => go(at + 1)}>
				<Icon name="chevron-right" />
			</button>
			<span className="i3 small only-l row" style={{ gap: 4 }}>
				<Kbd>[</Kbd>
				<Kbd>]</Kbd>
			</span>
		</div>
	);
}
