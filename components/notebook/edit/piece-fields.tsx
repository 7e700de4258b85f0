"use client";

import { type KeyboardEvent, useEffect, useRef } from "react";
import { type EditDoc, setAttribute, setBody, setText, textOf } from "@/lib/notebook/edit";
import type { Cell, CellKind, Segment } from "@/lib/notebook/types";

export interface PieceFieldsProps {
	doc: EditDoc;
	pieceKey: number;
	segment: Segment;
	onType: (key: number, doc: EditDoc) => void;
	/** the keys of the text under the cursor; `cursor` is its place in the text */
	onKeyDown: (event: KeyboardEvent<HTMLTextAreaElement>, cursor: number) => void;
}

const BODY: { readonly [kind in CellKind]: string } = { sql: "SQL", check: "SQL", chart: "Settings of the chart", input: "Settings of the input" };

/** The words of a piece while they are written: a text, or what stands between a cell's fences with its name and title. */
export function PieceFields({ doc, pieceKey, segment, onType, onKeyDown }: PieceFieldsProps) {
	const area = useRef<HTMLTextAreaElement>(null);
	useEffect(() => {
		area.current?.focus();
	}, []);
	const text = segment.kind === "text" ? textOf(segment.raw).text : segment.cell.body;
	const write = (value: string) => onType(pieceKey, segment.kind === "text" ? setText(doc, pieceKey, value) : setBody(doc, pieceKey, value));
	return (
		<div className="piece-fields">
			{segment.kind === "cell" && <Attributes cell={segment.cell} onChange={(name, value) => onType(pieceKey, setAttribute(doc, pieceKey, name, value))} />}
			<textarea
				ref={area}
				className={segment.kind === "text" ? "input" : "input m"}
				aria-label={segment.kind === "text" ? "Text" : BODY[segment.cell.kind]}
				value={text}
				rows={Math.min(40, Math.max(3, text.split("\n").length + 1))}
				spellCheck={segment.kind === "text"}
				onChange={(event) => write(event.target.value)}
				onKeyDown={(event) => onKeyDown(event, event.currentTarget.selectionStart)}
			/>
		</div>
	);
}

function Attributes({ cell, onChange }: { cell: Cell; onChange: (name: string, value: string | null) => void }) {
	const value = (name: string) => cell.attributes.find(([key]) => key === name)?.[1] ?? "";
	const field = (name: string, label: string, mono: boolean) => (
		<label className="field">
			{label}
			<input className={mono ? "input m" : "input"} value={value(name)} spellCheck={false} autoComplete="off" onChange={(event) => onChange(name, event.target.value === "" ? null : event.target.value)} />
		</label>
	);
	return (
		<div className="inputs">
			{field("name", "Name", true)}
			{cell.kind !== "chart" && field("title", "Title", false)}
			{cell.kind === "check" && field("expect", "Expected", true)}
		</div>
	);
}
