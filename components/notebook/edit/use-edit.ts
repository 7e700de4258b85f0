"use client";

import { useCallback, useMemo, useReducer } from "react";
import { docMarkdown, drawnOf, type EditDoc, editDoc, type Edited, isShown, settled } from "@/lib/notebook/edit";
import { edited, editHistory, type EditHistory, redone, selectedIn, undone } from "@/lib/notebook/edit-history";
import type { Notebook, Segment } from "@/lib/notebook/types";

type Action = { type: "reset"; markdown: string } | { type: "set"; doc: EditDoc; selected: number | null; typing: { key: number; at: number } | null } | { type: "select"; key: number | null } | { type: "undo" } | { type: "redo" } | { type: "settle" };

function reduce(history: EditHistory, action: Action): EditHistory {
	switch (action.type) {
		case "reset":
			return opened(action.markdown);
		case "set":
			return edited(history, action.doc, action.selected, action.typing);
		case "select":
			return selectedIn(history, action.key);
		case "undo":
			return undone(history);
		case "redo":
			return redone(history);
		case "settle": {
			const doc = settled(history.now.doc);
			if (doc === history.now.doc) return history;
			const { selected } = history.now;
			return { ...history, now: { doc, selected: doc.pieces.some((piece) => piece.key === selected) ? selected : (doc.pieces.find(isShown)?.key ?? null) } };
		}
	}
}

function opened(markdown: string): EditHistory {
	const doc = editDoc(markdown);
	return editHistory(doc, doc.pieces.find(isShown)?.key ?? null);
}

/** A piece as it is drawn. */
export interface ShownPiece {
	key: number;
	segment: Segment;
}

export interface Edit {
	doc: EditDoc;
	markdown: string;
	notebook: Notebook;
	/** what can be selected, in order */
	shown: readonly ShownPiece[];
	selected: number | null;
	canUndo: boolean;
	canRedo: boolean;
	select: (key: number | null) => void;
	/** a change of structure, one step of undo; what cannot be done is returned in words */
	apply: (made: Edited) => string | null;
	/** typing in one piece, or in the front matter: joined to one step */
	type: (key: number, doc: EditDoc, selected?: number | null) => void;
	undo: () => void;
	redo: () => void;
	/** cuts the text as it says now, after a piece was left */
	settle: () => void;
	reset: (markdown: string) => void;
}

/** A notebook under the hands of its author, with undo over everything. */
export function useEdit(markdown: string): Edit {
	const [history, dispatch] = useReducer(reduce, markdown, opened);
	const { doc, selected } = history.now;
	const notebook = useMemo(() => drawnOf(doc), [doc]);
	const shown = useMemo(() => doc.pieces.flatMap((piece, at) => (isShown(piece) ? [{ key: piece.key, segment: notebook.segments[at]! }] : [])), [doc, notebook]);
	const text = useMemo(() => docMarkdown(doc), [doc]);
	const apply = useCallback((made: Edited) => {
		if ("problem" in made) return made.problem;
		dispatch({ type: "set", doc: made.doc, selected: made.selected, typing: null });
		return null;
	}, []);
	return {
		doc,
		markdown: text,
		notebook,
		shown,
		selected,
		canUndo: history.past.length > 0,
		canRedo: history.future.length > 0,
		select: useCallback((key) => dispatch({ type: "select", key }), []),
		apply,
		type: useCallback((key, next, chosen = key) => dispatch({ type: "set", doc: next, selected: chosen, typing: { key, at: Date.now() } }), []),
		undo: useCallback(() => dispatch({ type: "undo" }), []),
		redo: useCallback(() => dispatch({ type: "redo" }), []),
		settle: useCallback(() => dispatch({ type: "settle" }), []),
		reset: useCallback((next) => dispatch({ type: "reset", markdown: next }), []),
	};
}
