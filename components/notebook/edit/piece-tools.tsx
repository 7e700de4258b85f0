"use client";

import { Icon, type IconName, Menu } from "@/components/ui";
import type { PieceKind } from "@/lib/notebook/edit";

export interface PieceActions {
	edit: () => void;
	done: () => void;
	move: (by: -1 | 1) => void;
	add: (where: "above" | "below", kind: PieceKind) => void;
	/** null where there is no cursor to split at */
	split: (() => void) | null;
	merge: () => void;
	remove: () => void;
}

const KINDS: readonly { kind: PieceKind; label: string; icon: IconName }[] = [
	{ kind: "text", label: "Text", icon: "notebooks" },
	{ kind: "sql", label: "SQL", icon: "sql" },
	{ kind: "chart", label: "Chart", icon: "chart" },
	{ kind: "check", label: "Check", icon: "check" },
	{ kind: "input", label: "Input", icon: "filter" },
];

/** What can be done with the selected cell, each also by key. */
export function PieceTools({ editing, actions }: { editing: boolean; actions: PieceActions }) {
	const button = (label: string, icon: IconName, keys: string, run: () => void) => (
		<button type="button" className="btn quiet slim" title={`${label} (${keys})`} aria-label={label} aria-keyshortcuts={keys} onClick={run}>
			<Icon name={icon} />
		</button>
	);
	const add = (where: "above" | "below") => (
		<span data-add={where}>
			<Menu label={`Add ${where}`} buttonClass="btn quiet slim" items={KINDS.map(({ kind, label, icon }) => ({ label, icon, onSelect: () => actions.add(where, kind) }))}>
				<Icon name="plus" /> {where}
			</Menu>
		</span>
	);
	return (
		<div className="piece-tools" role="toolbar" aria-label="Selected cell">
			{editing ? (
				<button type="button" className="btn slim" aria-keyshortcuts="Escape" onClick={actions.done}>
					Done
				</button>
			) : (
				<button type="button" className="btn slim" aria-keyshortcuts="Enter" onClick={actions.edit}>
					Write
				</button>
			)}
			{button("Move up", "up", "Alt+ArrowUp", () => actions.move(-1))}
			{button("Move down", "down", "Alt+ArrowDown", () => actions.move(1))}
			{add("above")}
			{add("below")}
			{actions.split !== null && (
				<button type="button" className="btn quiet slim" aria-keyshortcuts="Control+Shift+Enter" onMouseDown={(event) => event.preventDefault()} onClick={actions.split}>
					Split at the cursor
				</button>
			)}
			<button type="button" className="btn quiet slim" aria-keyshortcuts="m" onClick={actions.merge}>
				Merge with next
			</button>
			{button("Delete", "delete", "Delete", actions.remove)}
		</div>
	);
}
