"use client";

import { useEffect, useRef, useState } from "react";
import { captureDrop } from "@/lib/workspace/local-drop";
import type { Opened } from "./workspace-types";

interface DropZoneProps {
	/** the open workspace, which a drop replaces */
	name: string;
	onOpen(next: Opened): void;
	onFailure(error: unknown): void;
}

/** Whether files come with a drag. Dragged text is not ours: editors take it. */
function hasFiles(event: DragEvent): event is DragEvent & { dataTransfer: DataTransfer } {
	return event.dataTransfer?.types.includes("Files") ?? false;
}

/** Takes files and folders that are dropped anywhere on the page; while they hover it says what a drop will do. */
export function DropZone({ name, onOpen, onFailure }: DropZoneProps) {
	const [items, setItems] = useState<number | null>(null);
	const act = useRef({ onOpen, onFailure });
	act.current = { onOpen, onFailure };

	useEffect(() => {
		// What the page itself is dragged from is no file from outside.
		let own = false;
		let cancelled = false;
		let shown = false;
		const dragStart = () => {
			own = true;
		};
		const dragEnd = () => {
			own = false;
		};
		const leave = () => {
			shown = false;
			setItems(null);
		};
		const enter = (event: DragEvent) => {
			if (own || !hasFiles(event)) return;
			event.preventDefault();
			if (event.relatedTarget === null) cancelled = false;
			if (cancelled) return;
			shown = true;
			setItems(event.dataTransfer.items.length);
		};
		const over = (event: DragEvent) => {
			if (own || !hasFiles(event)) return;
			event.preventDefault();
			event.stopPropagation();
			event.dataTransfer.dropEffect = cancelled ? "none" : "copy";
		};
		const out = (event: DragEvent) => {
			if (event.relatedTarget === null) leave();
		};
		const drop = (event: DragEvent) => {
			if (own || !hasFiles(event)) return;
			event.preventDefault();
			event.stopPropagation();
			leave();
			if (cancelled) return;
			const dropped = captureDrop(event.dataTransfer.items);
			import("./open-files")
				.then(({ sourceOfDrop }) => sourceOfDrop(dropped))
				.then((source) => act.current.onOpen({ kind: "local", source, how: "dropped" }))
				.catch((error: unknown) => act.current.onFailure(error));
		};
		const key = (event: KeyboardEvent) => {
			if (event.key !== "Escape" || !shown) return;
			event.stopPropagation();
			cancelled = true;
			leave();
		};
		const parts: [string, (event: never) => void][] = [
			["dragstart", dragStart],
			["dragend", dragEnd],
			["dragenter", enter],
			["dragover", over],
			["dragleave", out],
			["drop", drop],
			["keydown", key],
		];
		// Before editors, which would take a file for text.
		for (const [type, listener] of parts) window.addEventListener(type, listener as EventListener, true);
		return () => {
			for (const [type, listener] of parts) window.removeEventListener(type, listener as EventListener, true);
		};
	}, []);

	if (items === null) return null;
	return (
		<div className="drop-over" role="status">
			<div className="over">
				<b>Drop to open {items > 1 ? `these ${items}` : "this"} as the workspace</b>
				<p>
					The tables are made anew{name === "" ? "" : ` in place of those of ${name}`}. Everything stays on this machine. Esc cancels.
				</p>
			</div>
		</div>
	);
}
