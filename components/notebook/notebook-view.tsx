"use client";

import "./notebook.css";
import { useSearchParams } from "next/navigation";
import { type ReactNode, useEffect, useMemo } from "react";
import { useAnswer } from "@/components/answer/use-answer";
import { useWorkspace } from "@/components/shell/workspace-provider";
import { ErrorBox, Mark, Section } from "@/components/ui";
import { outcomesOf } from "@/lib/answer/notebook-report";
import type { SharedResult } from "@/lib/notebook/codec";
import { settingsOf, sqlOf } from "@/lib/notebook/graph";
import { laterVersion } from "@/lib/notebook/parse";
import { visible } from "@/lib/notebook/prose";
import { cellsOf, type Notebook } from "@/lib/notebook/types";
import type { CellOutcome } from "@/lib/notebook/verdict";
import { sourceHashes } from "@/lib/tables/notebooks";
import { CellView, markOf } from "./cell-view";
import { goToCell } from "./go-to-cell";
import { InputView } from "./inputs";
import { PrintPins } from "./print-pins";
import { Prose } from "./prose";
import { Trust, type WantedSource } from "./trust";
import { type RunState, useNotebookRun } from "./use-notebook-run";

const NONE = {};
const NO_OUTCOMES: ReadonlyMap<string, CellOutcome> = new Map();
/** a page that draws more cells than this at once would stand still */
const DRAWN_CELLS = 400;

export interface NotebookViewProps {
	notebook: Notebook;
	/** results that came with a link, the author's */
	authors?: { readonly [cell: string]: SharedResult };
	/** buttons of the page, which may need what was run */
	actions?: (run: RunState) => ReactNode;
}

/** A notebook as it is read: the banner, then text and cells, then an outline beside it. Nothing runs until the reader asks. */
export function NotebookView({ notebook, authors = {}, actions }: NotebookViewProps) {
	const { engine, load } = useWorkspace();
	const search = useSearchParams();
	const given = useMemo(() => Object.fromEntries([...search].flatMap(([name, value]) => (name.startsWith("p.") ? [[name.slice(2), value]] : []))), [search]);
	const run = useNotebookRun(notebook, given);
	const hashes = useAnswer(sourceHashes, NONE);
	const cells = useMemo(() => cellsOf(notebook), [notebook]);
	const queries = cells.filter((cell) => sqlOf(cell) !== null).length;
	const wanted = useMemo(() => wantedSources(notebook, new Map(hashes.rows.map((row) => [row.path, row.sha256]))), [notebook, hashes.rows]);
	const outcomes = useMemo(() => (run.run === null ? NO_OUTCOMES : outcomesOf(notebook, run.run)), [notebook, run.run]);
	const asked = search.get("cell");
	useEffect(() => {
		if (asked !== null) goToCell(asked);
	}, [asked]);
	const later = laterVersion(notebook);
	if (later !== null) {
		return (
			<>
				<p role="alert">{later}</p>
				<pre className="code">{visible(notebook.head + notebook.segments.map((segment) => segment.raw).join(""))}</pre>
			</>
		);
	}
	const running = run.phase === "running";
	let drawn = 0;
	return (
		<div className="nb">
			<div style={{ minWidth: 0 }}>
				<Trust run={run} outcomes={outcomes} wanted={wanted} queries={queries} pinnedAt={notebook.pinnedAt} ready={engine !== null && load.phase !== "opening" && load.phase !== "loading"} onStart={run.start} onStop={run.stop} />
				{actions?.(run)}
				{notebook.problems.length > 0 && (
					<Section id="problems" title="What this notebook has wrong">
						<ul>
							{notebook.problems.slice(0, 50).map((problem) => (
								<li key={`${problem.line} ${problem.message}`}>
									line {problem.line}: {visible(problem.message)}
								</li>
							))}
						</ul>
					</Section>
				)}
				<article aria-label={visible(notebook.title ?? "Notebook")}>
					{run.phase === "stopped" && run.failure !== null && <ErrorBox failure={run.failure} />}
					{notebook.segments.map((segment) => {
						if (segment.kind === "text") return <Prose key={segment.line} markdown={segment.raw} plain={segment.plain} cells={run.cells} ran={run.phase === "done"} />;
						const { cell } = segment;
						if (++drawn > DRAWN_CELLS) return drawn === DRAWN_CELLS + 1 ? <p key="more">{cells.length - DRAWN_CELLS} more cells are run and counted, and not drawn.</p> : null;
						if (cell.kind === "input") return <InputView key={cell.name} name={cell.name} title={cell.title ?? cell.name} input={run.inputs.find((input) => input.spec.name === cell.name)} />;
						const from = cell.kind === "chart" ? String(settingsOf(cell).from ?? "") : "";
						const source = cells.find((one) => one.name.toLowerCase() === from.toLowerCase());
						return <CellView key={cell.name} cell={cell} run={run.cells.get(cell.name)} pin={notebook.pins[cell.name] ?? null} outcome={outcomes.get(cell.name) ?? null} drawn={source && run.cells.get(source.name)} running={running} authors={run.phase === "idle" ? (authors[cell.name] ?? null) : null} />;
					})}
				</article>
				<PrintPins notebook={notebook} run={run} outcomes={outcomes} />
			</div>
			<Outline notebook={notebook} run={run} outcomes={outcomes} />
		</div>
	);
}

function Outline({ notebook, run, outcomes }: { notebook: Notebook; run: RunState; outcomes: ReadonlyMap<string, CellOutcome> }) {
	const cells = cellsOf(notebook).filter((cell) => cell.kind === "sql" || cell.kind === "check");
	if (cells.length === 0) return null;
	return (
		<nav className="toc" aria-label="Cells">
			<h2>Cells</h2>
			<ul>
				{cells.slice(0, 100).map((cell) => {
					const { mark, word } = markOf(cell, run.cells.get(cell.name), outcomes.get(cell.name) ?? null);
					return (
						<li key={cell.name}>
							<button type="button" onClick={() => goToCell(cell.name)}>
								<span>{visible(cell.title ?? cell.name)}</span>
								<Mark verdict={mark} size={9} label={word} />
							</button>
						</li>
					);
				})}
			</ul>
		</nav>
	);
}

function wantedSources(notebook: Notebook, here: ReadonlyMap<string, string | null>): WantedSource[] {
	const wanted = new Map<string, string>();
	for (const pin of Object.values(notebook.pins)) for (const [path, sha256] of Object.entries(pin.sources)) wanted.set(path, sha256);
	return [...wanted].map(([path, sha256]) => ({ path, sha256, here: here.get(path) ?? null }));
}
