"use client";

import { type KeyboardEvent, useRef } from "react";
import type { CellRun } from "@/lib/answer/notebook";
import { textOf } from "@/lib/notebook/edit";
import { visible } from "@/lib/notebook/prose";
import { CellView } from "../cell-view";
import { InputView } from "../inputs";
import { Prose } from "../prose";
import type { useNotebookRun } from "../use-notebook-run";
import { PieceFields } from "./piece-fields";
import { PieceTools } from "./piece-tools";
import type { ShownPiece } from "./use-edit";
import type { EditActions } from "./use-edit-actions";

export interface PieceViewProps {
	piece: ShownPiece;
	/** 1-based place among `of` */
	at: number;
	of: number;
	selected: boolean;
	actions: EditActions;
	doc: Parameters<typeof PieceFields>[0]["doc"];
	onType: Parameters<typeof PieceFields>[0]["onType"];
	/** runs that still hold */
	cells: ReadonlyMap<string, CellRun>;
	ran: boolean;
	running: boolean;
	drawn: CellRun | undefined;
	input: ReturnType<typeof useNotebookRun>["inputs"];
}

const WORDS = { text: "Text", sql: "SQL cell", chart: "Chart", check: "Check", input: "Input" } as const;

/** One piece: as it reads, and while it is selected with what can be done with it. */
export function PieceView({ piece, at, of, selected, actions, doc, onType, cells, ran, running, drawn, input }: PieceViewProps) {
	const { key, segment } = piece;
	const cursor = useRef(0);
	const writing = selected && actions.writing;
	const kind = segment.kind === "text" ? "text" : segment.cell.kind;
	const name = segment.kind === "text" ? textOf(segment.raw).text.split("\n")[0]!.slice(0, 60) : segment.cell.name;
	const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
		if (event.target !== event.currentTarget || actions.common(event) || event.ctrlKey || event.metaKey || event.altKey) return;
		switch (event.key) {
			case "ArrowUp":
			case "k":
				actions.step(-1);
				break;
			case "ArrowDown":
			case "j":
				actions.step(1);
				break;
			case "Enter":
				actions.write(key);
				break;
			case "Delete":
			case "Backspace":
				actions.remove();
				break;
			case "m":
				actions.merge();
				break;
			case "a":
			case "b":
				openAdd(key, event.key === "a" ? "above" : "below");
				break;
			default:
				return;
		}
		event.preventDefault();
	};
	const onFieldKey = (event: KeyboardEvent<HTMLTextAreaElement>, place: number) => {
		cursor.current = place;
		if (event.key === "Escape") {
			event.preventDefault();
			actions.leave();
		} else if (event.ctrlKey && event.shiftKey && event.key === "Enter") {
			event.preventDefault();
			actions.split(place);
		} else actions.common(event);
	};
	return (
		<section
			className="piece"
			id={`piece-${key}`}
			tabIndex={selected ? 0 : -1}
			aria-current={selected ? "true" : undefined}
			aria-label={`${WORDS[kind]}${name === "" ? "" : ` ${visible(name)}`}, ${at} of ${of}`}
			onKeyDown={onKeyDown}
			onFocus={() => actions.select(key)}
			onMouseDown={() => actions.select(key)}
			onDoubleClick={() => !writing && actions.write(key)}
		>
			{selected && (
				<PieceTools
					editing={writing}
					actions={{
						edit: () => actions.write(key),
						done: actions.leave,
						move: actions.move,
						add: actions.add,
						split: writing && (kind === "text" || kind === "sql" || kind === "check") ? () => actions.split(document.querySelector<HTMLTextAreaElement>(`#piece-${key} textarea`)?.selectionStart ?? 0) : null,
						merge: actions.merge,
						remove: actions.remove,
					}}
				/>
			)}
			{writing && <PieceFields doc={doc} pieceKey={key} segment={segment} onType={onType} onKeyDown={onFieldKey} />}
			{segment.kind === "text" ? (
				!writing && (name === "" ? <p className="i3">An empty text</p> : <Prose markdown={segment.raw} cells={cells} ran={ran} />)
			) : segment.cell.kind === "input" ? (
				<InputView name={segment.cell.name} title={segment.cell.title ?? segment.cell.name} input={input.find((one) => one.spec.name === (segment.kind === "cell" ? segment.cell.name : ""))} />
			) : (
				<CellView cell={segment.cell} run={cells.get(segment.cell.name)} pin={null} outcome={null} drawn={drawn} running={running} authors={null} />
			)}
		</section>
	);
}

function openAdd(key: number, where: "above" | "below"): void {
	document.querySelector<HTMLElement>(`#piece-${key} [data-add=${where}] button`)?.click();
}
