"use client";

import "./edit.css";
import { useEffect, useMemo, useRef } from "react";
import { useWorkspace } from "@/components/shell/workspace-provider";
import { download, ErrorBox, Icon, num, Time } from "@/components/ui";
import type { CellRun } from "@/lib/answer/notebook";
import { insertPiece } from "@/lib/notebook/edit";
import { settingsOf, staleCells } from "@/lib/notebook/graph";
import { visible } from "@/lib/notebook/prose";
import { cellsOf } from "@/lib/notebook/types";
import { useNotebookRun } from "../use-notebook-run";
import { HeadFields } from "./head-fields";
import { EditKeys } from "./keys";
import { PieceView } from "./piece-view";
import { type SaveEvents, SaveToFolder } from "./save-to-folder";
import type { DraftState } from "./use-draft";
import { type ShownPiece, useEdit } from "./use-edit";
import { useEditActions } from "./use-edit-actions";

export interface NotebookEditorProps {
	path: string;
	/** the text that editing begins with: the draft's, else the file's */
	initial: string;
	/** the file's text; null where the folder has no such file */
	base: string | null;
	draft: DraftState;
	onDone: () => void;
	onDiscard: () => void;
	onSaved: SaveEvents["onSaved"];
	onOther: SaveEvents["onOther"];
}

const NO_INPUTS = {};

/** A notebook while it is written. Every change is kept in this browser; the folder's file stays as it is until it is saved. */
export function NotebookEditor({ path, initial, base, draft, onDone, onDiscard, onSaved, onOther }: NotebookEditorProps) {
	const edit = useEdit(initial);
	const { engine, load } = useWorkspace();
	const run = useNotebookRun(edit.notebook, NO_INPUTS, true);
	const ready = engine !== null && load.phase !== "opening" && load.phase !== "loading";
	const actions = useEditActions(edit, () => ready && run.start());
	const cells = useMemo(() => cellsOf(edit.notebook), [edit.notebook]);
	const stale = useMemo(() => staleCells(cells, new Map([...run.cells].map(([name, one]) => [name, one.cell]))), [cells, run.cells]);
	const current = useMemo(() => new Map([...run.cells].filter(([name]) => !stale.has(name))), [run.cells, stale]);
	const first = useRef({ text: initial, base });
	const { keep, discard } = draft;
	useEffect(() => {
		if (edit.markdown === first.current.text && base === first.current.base) return;
		first.current = { text: edit.markdown, base };
		if (edit.markdown === base) discard();
		else keep(edit.markdown, base);
	}, [edit.markdown, base, keep, discard]);

	const running = run.phase === "running";
	const waiting = cells.filter((cell) => cell.kind !== "input" && cell.kind !== "chart" && stale.has(cell.name)).length;
	const position = (key: number) => edit.shown.findIndex((piece) => piece.key === key) + 1;
	return (
		<div className="nb edit">
			<div style={{ minWidth: 0 }}>
				<div className="edit-bar" role="toolbar" aria-label="Notebook" onKeyDown={actions.common}>
					<button type="button" className="btn" onClick={onDone}>
						Stop editing
					</button>
					<button type="button" className="btn" disabled={!edit.canUndo} aria-keyshortcuts="Control+Z" onClick={actions.undo}>
						Undo
					</button>
					<button type="button" className="btn" disabled={!edit.canRedo} aria-keyshortcuts="Control+Shift+Z" onClick={actions.redo}>
						Redo
					</button>
					<button type="button" className={running ? "btn" : "btn primary"} disabled={!ready || cells.length === 0} onClick={running ? run.stop : run.start}>
						<Icon name={running ? "stop" : "play"} /> {running ? "Stop" : run.run === null || waiting === 0 ? "Run all" : `Run ${num(waiting)} changed`}
					</button>
					<button type="button" className="btn" onClick={() => download(new Blob([edit.markdown], { type: "text/markdown" }), path.split("/").at(-1) ?? "notebook.md")}>
						<Icon name="export" /> Download
					</button>
					<SaveToFolder path={path} markdown={edit.markdown} base={base} onSaved={onSaved} onOther={onOther} />
					<span className="grow" />
					{draft.draft ? (
						<>
							<span className={draft.kept ? "i2 small" : "fail-ink small"}>
								{draft.kept ? (
									<>
										Draft of <Time value={draft.draft.at} style="clock" />, kept in this browser only
									</>
								) : (
									"This browser has no room for the draft: download it"
								)}
							</span>
							<button type="button" className="btn quiet" onClick={onDiscard}>
								Discard draft
							</button>
						</>
					) : (
						<span className="i3 small">No change yet</span>
					)}
				</div>
				<p className="sr" role="status">
					{actions.said}
				</p>
				{edit.notebook.problems.length > 0 && (
					<ul className="edit-problems" role="alert">
						{edit.notebook.problems.slice(0, 10).map((problem) => (
							<li key={`${problem.line} ${problem.message}`}>
								line {problem.line}: {visible(problem.message)}
							</li>
						))}
					</ul>
				)}
				{run.failure !== null && <ErrorBox failure={run.failure} />}
				<HeadFields doc={edit.doc} notebook={edit.notebook} selected={edit.selected} onType={edit.type} />
				<article aria-label={visible(edit.notebook.title ?? "Notebook")}>
					{edit.shown.map((piece) => (
						<PieceView key={piece.key} piece={piece} at={position(piece.key)} of={edit.shown.length} selected={piece.key === edit.selected} actions={actions} doc={edit.doc} onType={edit.type} cells={current} ran={run.phase === "done"} running={running} drawn={piece.segment.kind === "cell" && piece.segment.cell.kind === "chart" ? drawnOf(piece, current) : undefined} input={run.inputs} />
					))}
					{edit.shown.length === 0 && (
						<p>
							<button type="button" className="btn" onClick={() => edit.apply(insertPiece(edit.doc, null, "below", "text"))}>
								<Icon name="plus" /> Add a text
							</button>
						</p>
					)}
				</article>
			</div>
			<div className="toc">
				<EditKeys />
			</div>
		</div>
	);
}

function drawnOf(piece: ShownPiece, cells: ReadonlyMap<string, CellRun>): CellRun | undefined {
	if (piece.segment.kind !== "cell") return undefined;
	const from = String(settingsOf(piece.segment.cell).from ?? "").toLowerCase();
	return [...cells.values()].find((one) => one.cell.name.toLowerCase() === from);
}
