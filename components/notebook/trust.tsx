"use client";

import { duration, Icon, Mark, num, Progress, SourceLink, Time } from "@/components/ui";
import { outcomeText } from "@/lib/notebook/report";
import { visible } from "@/lib/notebook/prose";
import type { CellOutcome } from "@/lib/notebook/verdict";
import { summaryOf, summaryText } from "@/lib/notebook/verdict";
import { goToCell } from "./go-to-cell";
import type { RunState } from "./use-notebook-run";

/** A source that the pins want, held against what the workspace has. */
export interface WantedSource {
	path: string;
	sha256: string;
	/** null: not in this workspace */
	here: string | null;
}

export interface TrustProps {
	run: RunState;
	/** by pinned cell; empty where nothing is pinned */
	outcomes: ReadonlyMap<string, CellOutcome>;
	wanted: readonly WantedSource[];
	queries: number;
	pinnedAt: string | null;
	ready: boolean;
	onStart: () => void;
	onStop: () => void;
}

/**
 * The one place that says how far a notebook can be trusted: before the reader's own run what it wants and would do, then what that run
 * came to. Nothing in a notebook's text can draw it: it stands outside of the article.
 */
export function Trust({ run, outcomes, wanted, queries, pinnedAt, ready, onStart, onStop }: TrustProps) {
	const missing = wanted.filter((source) => source.here === null);
	const different = wanted.filter((source) => source.here !== null && source.here !== source.sha256);
	if (run.phase === "running") {
		const done = [...run.cells.values()].length;
		return (
			<section className="trust wait" aria-label="Verification" role="status">
				<Icon name="play" />
				<div>
					<h2>
						Running {num(Math.min(done, queries))} of {num(queries)}
					</h2>
					<Progress value={queries === 0 ? null : Math.min(1, done / queries)} label="Running the notebook" />
				</div>
				<div className="act">
					<button type="button" className="btn" onClick={onStop}>
						Cancel
					</button>
				</div>
			</section>
		);
	}
	if (run.phase === "done" && run.run !== null) return <Result run={run} outcomes={outcomes} pinnedAt={pinnedAt} onStart={onStart} />;
	return (
		<section className="trust wait" aria-label="Verification" role="status">
			<Icon name="play" />
			<div>
				<h2>{run.phase === "stopped" ? "The run was stopped" : "Not run yet"}</h2>
				<p>
					{run.failure !== null && `${run.failure.message} `}
					Opening runs nothing. Running asks {num(queries)} {queries === 1 ? "query" : "queries"} of this browser’s own copy of the workspace
					{wanted.length > 0 && `; the pins name ${num(wanted.length)} ${wanted.length === 1 ? "source" : "sources"}`}.
				</p>
			</div>
			<div className="act">
				<button type="button" className="btn primary" disabled={!ready} onClick={onStart}>
					Run and verify
				</button>
			</div>
			{(missing.length > 0 || different.length > 0) && (
				<div className="more">
					<Sources title={`${num(missing.length)} missing here`} list={missing} />
					<Sources title={`${num(different.length)} here, with other bytes`} list={different} />
				</div>
			)}
		</section>
	);
}

function Sources({ title, list }: { title: string; list: readonly WantedSource[] }) {
	if (list.length === 0) return null;
	return (
		<details open={list.length <= 5}>
			<summary>{title}</summary>
			<ul>
				{list.slice(0, 100).map((source) => (
					<li key={source.path}>
						{source.here === null ? <span className="m">{visible(source.path)}</span> : <SourceLink path={source.path} />} <span className="m i3">{source.sha256.slice(0, 8)}</span>
					</li>
				))}
			</ul>
		</details>
	);
}

function Result({ run, outcomes, pinnedAt, onStart }: { run: RunState; outcomes: ReadonlyMap<string, CellOutcome>; pinnedAt: string | null; onStart: () => void }) {
	const summary = summaryOf([...outcomes.values()]);
	const checks = [...run.cells.values()].filter((one) => one.cell.kind === "check");
	const failing = checks.filter((one) => one.state !== "ok" || one.check?.passed !== true);
	const broken = [...run.cells.values()].filter((one) => one.state !== "ok");
	const tone = summary.changed > 0 || failing.length > 0 ? "changed" : summary.unchecked > 0 || broken.length > 0 || summary.cells === 0 ? "gone" : "ok";
	const listed = [...outcomes].filter(([, outcome]) => outcome.state !== "reproduced").sort(([, a], [, b]) => Number(b.state === "changed") - Number(a.state === "changed"));
	return (
		<section className={`trust ${tone}`} aria-label="Verification" role="status">
			<Mark verdict={tone === "ok" ? "pass" : tone === "changed" ? "fail" : "incomparable"} size={16} label={null} />
			<div>
				<h2>{summary.cells === 0 ? "Run; nothing is pinned to compare with" : summaryText(summary)}</h2>
				<p>
					{num(run.cells.size)} cells in {duration(run.elapsedMs)}
					{pinnedAt !== null && (
						<>
							, pinned <Time value={pinnedAt} style="minute" />
						</>
					)}
					{checks.length > 0 && `; ${num(checks.length - failing.length)} of ${num(checks.length)} checks pass`}
					{broken.length > 0 && `; ${num(broken.length)} ${broken.length === 1 ? "cell" : "cells"} did not run`}.
				</p>
			</div>
			<div className="act">
				<button type="button" className="btn" onClick={onStart}>
					Run again
				</button>
			</div>
			{listed.length > 0 && (
				<ul className="more">
					{listed.slice(0, 50).map(([name, outcome]) => (
						<li key={name}>
							<button type="button" className="plain m link" onClick={() => goToCell(name)}>
								{name}
							</button>{" "}
							{outcomeText(outcome)}
						</li>
					))}
				</ul>
			)}
		</section>
	);
}
