"use client";

import { type KeyboardEvent, useCallback, useEffect, useRef, useState } from "react";
import { type Edited, insertPiece, mergeWithNext, movePiece, type PieceKind, removePiece, splitPiece } from "@/lib/notebook/edit";
import type { Edit } from "./use-edit";

export interface EditActions {
	/** whether the selected piece is being written */
	writing: boolean;
	/** what happened last, for a live region */
	said: string;
	say: (text: string) => void;
	select: (key: number) => void;
	write: (key: number) => void;
	leave: () => void;
	/** by -1 or 1; stays where there is no more */
	step: (by: -1 | 1) => void;
	move: (by: -1 | 1) => void;
	add: (where: "above" | "below", kind: PieceKind) => void;
	split: (cursor: number) => void;
	merge: () => void;
	remove: () => void;
	undo: () => void;
	redo: () => void;
	/** keys that work while a cell is selected and while it is written */
	common: (event: KeyboardEvent) => boolean;
}

/** What keys and buttons do with the selected piece; the focus follows the selection, and each change is said. */
export function useEditActions(edit: Edit, onRun: () => void): EditActions {
	const [writing, setWriting] = useState(false);
	const [said, setSaid] = useState("");
	/** set where the next drawing should move the focus */
	const follow = useRef(false);
	const { selected, shown } = edit;
	// biome-ignore lint/correctness/useExhaustiveDependencies: after each drawing that a key or a button brought about
	useEffect(() => {
		if (!follow.current || selected === null) return;
		follow.current = false;
		const piece = document.getElementById(`piece-${selected}`);
		const field = writing ? piece?.querySelector<HTMLElement>("textarea") : null;
		(field ?? piece)?.focus();
		(field ?? piece)?.scrollIntoView({ block: "nearest" });
	}, [selected, writing, edit.doc]);

	const at = () => shown.findIndex((piece) => piece.key === selected);
	const apply = (made: Edited, done: string) => {
		follow.current = true;
		setSaid(edit.apply(made) ?? done);
	};
	const leave = useCallback(() => {
		follow.current = true;
		setWriting(false);
		edit.settle();
	}, [edit.settle]);
	const step = (by: -1 | 1) => {
		const next = shown[Math.min(shown.length - 1, Math.max(0, at() + by))];
		if (next === undefined) return;
		follow.current = true;
		edit.select(next.key);
	};
	const actions = {
		writing,
		said,
		say: setSaid,
		select(key: number) {
			if (key === selected) return;
			if (writing) edit.settle();
			setWriting(false);
			edit.select(key);
		},
		write(key: number) {
			follow.current = true;
			edit.select(key);
			setWriting(true);
		},
		leave,
		step,
		move(by: -1 | 1) {
			if (selected !== null) apply(movePiece(edit.doc, selected, by), by === 1 ? "Moved down." : "Moved up.");
		},
		add(where: "above" | "below", kind: PieceKind) {
			apply(insertPiece(edit.doc, selected, where, kind), `${kind === "sql" ? "SQL" : kind} cell added ${where}.`);
			setWriting(true);
		},
		split(cursor: number) {
			if (selected !== null) apply(splitPiece(edit.doc, selected, cursor), "Split in two.");
		},
		merge() {
			if (selected !== null) apply(mergeWithNext(edit.doc, selected), "Merged with the next.");
		},
		remove() {
			if (selected === null) return;
			setWriting(false);
			apply(removePiece(edit.doc, selected), "Deleted. Undo brings it back.");
		},
		undo() {
			follow.current = true;
			setSaid(edit.canUndo ? "Undone." : "There is nothing to undo.");
			edit.undo();
		},
		redo() {
			follow.current = true;
			setSaid(edit.canRedo ? "Done again." : "There is nothing to do again.");
			edit.redo();
		},
		common(event: KeyboardEvent): boolean {
			const mod = event.ctrlKey || event.metaKey;
			const key = event.key.toLowerCase();
			if (mod && !event.altKey && key === "z") (event.shiftKey ? actions.redo : actions.undo)();
			else if (mod && !event.altKey && !event.shiftKey && key === "y") actions.redo();
			else if (event.altKey && !mod && (event.key === "ArrowUp" || event.key === "ArrowDown")) actions.move(event.key === "ArrowUp" ? -1 : 1);
			else if (event.shiftKey && !mod && event.key === "Enter") {
				onRun();
				if (writing) leave();
				step(1);
			} else return false;
			event.preventDefault();
			return true;
		},
	};
	return actions;
}
