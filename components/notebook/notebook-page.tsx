"use client";

import { useSearchParams } from "next/navigation";
import { useCallback, useMemo, useState } from "react";
import { PageTop } from "@/components/shell/page-top";
import { UnknownParams, useKnownParams } from "@/components/shell/unknown-params";
import { useUrlState } from "@/components/shell/url-state";
import { useWorkspace } from "@/components/shell/workspace-provider";
import { useAnswer } from "@/components/answer/use-answer";
import { notReadYet } from "@/components/answer/use-steady";
import { Empty, ErrorBox, Icon, SourceLink } from "@/components/ui";
import { CasebookError } from "@/lib/model";
import { isNotebook, parseNotebook } from "@/lib/notebook/parse";
import { visible } from "@/lib/notebook/prose";
import { cellsOf } from "@/lib/notebook/types";
import { sourceHashes } from "@/lib/tables/notebooks";
import { DraftNote, EditPlace, unreadFile, useUndoDiscard } from "./edit/edit-place";
import { useDraft } from "./edit/use-draft";
import { NotebookView } from "./notebook-view";
import { ShareDialog } from "./share-dialog";
import { type NotebookText, useNotebookText } from "./use-notebook-text";

const NONE = {};

function laterText(path: string, text: string | null): NotebookText {
	if (text !== null) return { state: "ready", text };
	return { state: "error", failure: new CasebookError({ kind: "refused", rule: "only files of the workspace", message: `${path} is not in the folder any more.` }).failure };
}

/** A notebook of the workspace. */
export function NotebookPage() {
	const search = useSearchParams();
	const path = search.get("path") ?? "";
	const { load, reload } = useWorkspace();
	const draft = useDraft(path);
	const listed = useAnswer(sourceHashes, NONE);
	const listReady = load.phase === "ready" && listed.state === "ready";
	// A draft that never had a file: the server is not asked for what the folder does not have.
	const alone = draft.draft?.base === null;
	// What the folder's file says since it was saved or found to be another; lists know it when the folder is read again.
	const place = `${path}\n${load.loadedAt ?? ""}`;
	const [later, setLater] = useState<{ place: string; read: NotebookText } | null>(null);
	const since = later?.place === place ? later : null;
	const onBase = useCallback((text: string | null) => setLater({ place, read: laterText(path, text) }), [path, place]);
	const missing = since === null && alone && listReady && !listed.rows.some((row) => row.path === path);
	const read = useNotebookText(since !== null || draft.draft === undefined || missing || (alone && !listReady) ? "" : path);
	const text = since?.read ?? read;
	const notebook = useMemo(() => (text.state === "ready" && isNotebook(text.text) ? parseNotebook(text.text) : null), [text]);
	const inputs = notebook === null ? [] : cellsOf(notebook).flatMap((cell) => (cell.kind === "input" ? [`p.${cell.name}`] : []));
	useKnownParams(["path", "cell", "edit", ...inputs]);
	const [sharing, setSharing] = useState(false);
	const [given, setEdit] = useUrlState("edit");
	const editing = given !== null;
	const unknown = missing || (text.state === "error" && unreadFile(text.failure));
	const base = text.state === "ready" ? text.text : null;
	const known = draft.draft !== undefined && (text.state === "ready" || unknown);
	const undo = useUndoDiscard(draft);
	const unread = notReadYet(load, "notebooks");
	return (
		<>
			<PageTop
				crumbs={[{ label: "Notebooks", href: "/notebooks" }, { label: notebook?.title ? visible(notebook.title) : path === "" ? "no path" : path }]}
				actions={
					notebook === null || editing ? undefined : (
						<>
							<button type="button" className="btn" onClick={() => setEdit("1")}>
								<Icon name="notebooks" />
								<span className="lbl">Edit</span>
							</button>
							<button type="button" className="btn" onClick={() => setSharing(true)}>
								<Icon name="link" />
								<span className="lbl">Share</span>
							</button>
						</>
					)
				}
			/>
			<div className="page">
				<UnknownParams />
				{path === "" ? (
					<Empty title="No notebook is named" level={2}>
						<p>The address has no path. The notebooks of this workspace are listed under Notebooks.</p>
					</Empty>
				) : editing && known && (notebook !== null || draft.draft) ? (
					<EditPlace key={path} path={path} base={base} draft={draft} onDone={() => setEdit(null)} onDiscard={undo.discard} onBase={onBase} />
				) : draft.draft && unknown ? (
					<DraftNote draft={draft.draft} base={null} onEdit={() => setEdit("1")} onDiscard={undo.discard} />
				) : text.state === "error" ? (
					unread === null ? <ErrorBox failure={text.failure} /> : <p className="waiting">{unread}</p>
				) : text.state === "loading" ? (
					<p className="waiting">Reading {path}…</p>
				) : notebook === null ? (
					<Empty title={<>{path} is no notebook</>} level={2}>
						<p>
							A notebook’s front matter says <code>casebook: 1</code>. <SourceLink path={path}>Read it as a source</SourceLink>.
						</p>
					</Empty>
				) : (
					<>
						{draft.draft && <DraftNote draft={draft.draft} base={base} onEdit={() => setEdit("1")} onDiscard={undo.discard} />}
						{undo.offer}
						{since !== null && (
							<p className="row" role="status" style={{ marginBottom: "var(--s-3)" }}>
								The folder’s file is newer than what lists and queries show.{" "}
								<button type="button" className="btn slim" onClick={reload}>
									Read the folder again
								</button>
							</p>
						)}
						<NotebookView notebook={notebook} actions={(run) => <ShareDialog open={sharing} onOpenChange={setSharing} notebook={notebook} run={run} fileName={path.split("/").at(-1) ?? "notebook.md"} />} />
					</>
				)}
			</div>
		</>
	);
}
