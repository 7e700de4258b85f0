"use client";

import Link from "next/link";
import { type FormEvent, useMemo, useState } from "react";
import { useAnswer } from "@/components/answer/use-answer";
import { useWorkspace } from "@/components/shell/workspace-provider";
import { Dialog, SqlText } from "@/components/ui";
import { CasebookError, failureOf } from "@/lib/model";
import { draftPaths, newNotebook, readDraft, writeDraft } from "@/lib/notebook/draft";
import { withQuery } from "@/lib/notebook/edit";
import { isNotebook } from "@/lib/notebook/parse";
import { visible } from "@/lib/notebook/prose";
import { notebookList } from "@/lib/tables/notebooks";
import { MAX_RANGE_BYTES } from "@/lib/workspace/types";
import type { Workspace } from "@/lib/workspace/client";
import type { AddToNotebookProps } from "./add-to-notebook";

const NONE = {};
/** no path has this name */
const NEW = "\n";

/** Asks which notebook, and puts the query at the end of its draft. */
export function AddDialog({ sql, name, title, onClose }: Omit<AddToNotebookProps, "buttonClass"> & { onClose: () => void }) {
	const { name: workspaceName, workspace } = useWorkspace();
	const listed = useAnswer(notebookList, NONE);
	const drafts = useMemo(() => draftPaths(window.localStorage, workspaceName), [workspaceName]);
	const paths = useMemo(() => [...new Set([...drafts, ...listed.rows.map((row) => row.path)])], [drafts, listed.rows]);
	const [chosen, setChosen] = useState<string | null>(null);
	const [words, setWords] = useState(title);
	const [state, setState] = useState<{ added: string; cell: string } | { problem: string } | null>(null);
	const target = chosen ?? paths[0] ?? NEW;
	const add = async (event: FormEvent) => {
		event.preventDefault();
		try {
			const made = target === NEW ? newNotebook(words, paths) : null;
			const path = made?.path ?? target;
			const { markdown, base } = made === null ? await textOf(workspace, workspaceName, path) : { markdown: made.markdown, base: null };
			const { markdown: grown, cell } = withQuery(markdown, sql, name, words);
			const kept = writeDraft(window.localStorage, workspaceName, path, { markdown: grown, base, at: new Date().toISOString() });
			setState(kept ? { added: path, cell } : { problem: "This browser keeps nothing for this page, or has no room left, so nothing was added." });
		} catch (error) {
			setState({ problem: failureOf(error).message });
		}
	};
	return (
		<Dialog open onOpenChange={(open) => !open && onClose()} title="Add to notebook">
			{state !== null && "added" in state ? (
				<div className="body">
					<p role="status">
						Added to the draft of <span className="m">{visible(state.added)}</span> as <span className="m">{state.cell}</span>.
					</p>
					<div className="row acts" style={{ marginTop: "var(--s-3)" }}>
						<Link className="btn primary" href={`/notebook?path=${encodeURIComponent(state.added)}&edit=1`} prefetch={false} onClick={onClose}>
							Open it
						</Link>
						<button type="button" className="btn" onClick={onClose}>
							Go on here
						</button>
					</div>
				</div>
			) : (
				<form className="body" onSubmit={(event) => void add(event)}>
					<div className="inputs" style={{ display: "grid", gap: "var(--s-3)", marginBottom: "var(--s-3)" }}>
						<label className="field" style={{ display: "grid", gap: 2 }}>
							Notebook
							<select className="input" value={target} onChange={(event) => setChosen(event.target.value)}>
								{paths.map((path) => (
									<option key={path} value={path}>
										{visible(path)}
										{drafts.includes(path) ? " (draft)" : ""}
									</option>
								))}
								<option value={NEW}>A new notebook</option>
							</select>
						</label>
						<label className="field" style={{ display: "grid", gap: 2 }}>
							Title of the cell
							<input className="input" value={words} autoComplete="off" onChange={(event) => setWords(event.target.value)} />
						</label>
					</div>
					<SqlText sql={visible(sql)} />
					<p className="i2 small" style={{ marginBlock: "var(--s-3)" }}>
						It goes into a draft in this browser; your folder stays as it is.
					</p>
					{state !== null && <p role="alert">{state.problem}</p>}
					<button type="submit" className="btn primary" disabled={workspaceName === ""}>
						Add the cell
					</button>
				</form>
			)}
		</Dialog>
	);
}

/** What a notebook says now: its draft, else the folder's file. Throws CasebookError. */
async function textOf(workspace: Workspace | null, name: string, path: string): Promise<{ markdown: string; base: string | null }> {
	const draft = readDraft(window.localStorage, name, path);
	if (draft !== null) return draft;
	if (workspace === null) throw new CasebookError({ kind: "source", path, message: `${path}: no workspace is open.` });
	const { bytes, size } = await workspace.bytes(path, 0, MAX_RANGE_BYTES);
	const markdown = new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
	if (size > bytes.length || !isNotebook(markdown)) throw new CasebookError({ kind: "source", path, message: `${path} is no notebook any more. Choose another.` });
	return { markdown, base: markdown };
}
