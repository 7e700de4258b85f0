"use client";

import { type ReactNode, useCallback, useState } from "react";
import dynamic from "next/dynamic";
import { Icon, Time } from "@/components/ui";
import type { Failure } from "@/lib/model";
import type { Draft } from "@/lib/notebook/draft";
import { useMayWrite } from "../use-may-write";
import { SaveOver } from "./save-to-folder";
import type { DraftState } from "./use-draft";

/** The editor is fetched when somebody writes. */
const NotebookEditor = dynamic(() => import("./editor").then((module) => module.NotebookEditor), { ssr: false, loading: () => <p className="waiting">Opening the editor…</p> });

const TwoVersions = dynamic(() => import("./two-versions").then((module) => module.TwoVersions), { ssr: false, loading: () => <p className="waiting">Comparing both versions…</p> });

/** Whether a file could not be read because the folder has none of that name, as a notebook has that only this browser knows. */
export function unreadFile(failure: Failure): boolean {
	return failure.kind === "refused";
}

export interface EditPlaceProps {
	path: string;
	/** the file's text; null where the folder has no such file */
	base: string | null;
	draft: DraftState;
	onDone: () => void;
	onDiscard: () => void;
	/** the folder's file says this: it was saved, or is another than was thought; null where there is none */
	onBase: (text: string | null) => void;
}

/** The editor, or first the question which of two versions counts where the file changed under a draft. */
export function EditPlace({ path, base, draft, onDone, onDiscard, onBase }: EditPlaceProps) {
	const kept = draft.draft ?? null;
	// `time` counts the beginnings: what was saved is no new one, and undo goes on over it.
	const [began, setBegan] = useState<{ text: string; base: string | null; time: number } | null>(kept === null ? { text: base ?? "", base, time: 0 } : kept.base === base ? { text: kept.markdown, base, time: 0 } : null);
	const begin = (text: string, from: string | null) => setBegan((last) => ({ text, base: from, time: (last?.time ?? 0) + 1 }));
	const onSaved = useCallback(
		(markdown: string) => {
			setBegan((last) => last && { ...last, base: markdown });
			onBase(markdown);
		},
		[onBase],
	);
	if (began === null || began.base !== base) {
		const mine = kept?.markdown ?? began?.text ?? "";
		return (
			<TwoVersions
				mine={mine}
				theirs={base}
				at={kept?.at ?? null}
				over={
					<SaveOver
						path={path}
						mine={mine}
						theirs={base}
						onOther={onBase}
						onSaved={(saved) => {
							draft.discard();
							begin(saved, saved);
							onBase(saved);
						}}
					/>
				}
				onMine={() => {
					draft.keep(mine, base);
					begin(mine, base);
				}}
				onTheirs={() => {
					draft.discard();
					begin(base ?? "", base);
				}}
			/>
		);
	}
	return <NotebookEditor key={began.time} path={path} initial={began.text} base={base} draft={draft} onDone={onDone} onDiscard={onDiscard} onSaved={onSaved} onOther={onBase} />;
}

/** Says above a notebook that this browser has a draft of it. */
export function DraftNote({ draft, base, onEdit, onDiscard }: { draft: Draft; base: string | null; onEdit: () => void; onDiscard: () => void }) {
	const mayWrite = useMayWrite() === "yes";
	return (
		<section className="trust wait" aria-label="Draft">
			<Icon name="info" />
			<div>
				<h2>
					Draft of <Time value={draft.at} style="minute" />, kept in this browser only
				</h2>
				<p>{base === null ? (mayWrite ? "The folder has no such file. Save it from the editor." : "The folder has no such file. Download it from the editor and put it there.") : "Below is the folder’s file, without your changes."}</p>
			</div>
			<div className="act">
				<button type="button" className="btn" onClick={onEdit}>
					Edit the draft
				</button>
				<button type="button" className="btn quiet" onClick={onDiscard}>
					Discard draft
				</button>
			</div>
		</section>
	);
}

/** Throwing a draft away, with the way back until the page is left. */
export function useUndoDiscard(draft: DraftState): { discard: () => void; offer: ReactNode } {
	const [gone, setGone] = useState<Draft | null>(null);
	return {
		discard() {
			setGone(draft.draft ?? null);
			draft.discard();
		},
		offer:
			gone === null || draft.draft ? null : (
				<p className="row" role="status">
					The draft is discarded.{" "}
					<button
						type="button"
						className="btn slim"
						onClick={() => {
							draft.keep(gone.markdown, gone.base);
							setGone(null);
						}}
					>
						Bring it back
					</button>
				</p>
			),
	};
}
