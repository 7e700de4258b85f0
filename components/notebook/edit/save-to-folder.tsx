"use client";

import { useCallback, useEffect, useRef, useState } from "react";
import { Icon, Time } from "@/components/ui";
import { failureOf } from "@/lib/model";
import { saveNotebook } from "@/lib/workspace/save-client";
import { useMayWrite } from "../use-may-write";

/** What saving tells the page. */
export interface SaveEvents {
	/** the folder's file says this now */
	onSaved: (markdown: string) => void;
	/** the folder's file is another than the one that was opened: its text, null where there is none any more */
	onOther: (text: string | null) => void;
}

type SaveState = { state: "ready" } | { state: "saving" } | { state: "saved"; at: string } | { state: "problem"; message: string };

/** Saving under a path. A press while it saves is no second one. */
export function useSave(path: string, { onSaved, onOther }: SaveEvents): { state: SaveState; save: (markdown: string, base: string | null) => void } {
	const [state, setState] = useState<SaveState>({ state: "ready" });
	const busy = useRef(false);
	const save = useCallback(
		(markdown: string, base: string | null) => {
			if (busy.current) return;
			busy.current = true;
			setState({ state: "saving" });
			saveNotebook(location.origin, (input, init) => fetch(input, init), { path, text: markdown, base })
				.then(
					(outcome) => {
						if (outcome.state === "saved") {
							setState({ state: "saved", at: new Date().toISOString() });
							onSaved(markdown);
						} else {
							setState({ state: "ready" });
							onOther(outcome.text);
						}
					},
					(error: unknown) => setState({ state: "problem", message: failureOf(error).message }),
				)
				.finally(() => {
					busy.current = false;
				});
		},
		[path, onSaved, onOther],
	);
	return { state, save };
}

/** The editor's button, where the server was started with `--write`; `Ctrl S` presses it. Elsewhere there is the download alone. */
export function SaveToFolder({ path, markdown, base, ...events }: { path: string; markdown: string; base: string | null } & SaveEvents) {
	const may = useMayWrite() === "yes";
	const { state, save } = useSave(path, events);
	const unsaved = markdown !== base;
	useEffect(() => {
		if (!may) return;
		const onKey = (event: KeyboardEvent) => {
			if (!(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey || event.key.toLowerCase() !== "s") return;
			// The browser would offer to save the page.
			event.preventDefault();
			if (unsaved) save(markdown, base);
		};
		window.addEventListener("keydown", onKey);
		return () => window.removeEventListener("keydown", onKey);
	}, [may, unsaved, save, markdown, base]);
	if (!may) return null;
	return (
		<>
			<button type="button" className="btn" disabled={!unsaved || state.state === "saving"} aria-keyshortcuts="Control+S" title={`Save ${path} into the folder (Ctrl S)`} onClick={() => save(markdown, base)}>
				<Icon name="check" /> {state.state === "saving" ? "Saving…" : "Save"}
			</button>
			<span className={state.state === "problem" ? "fail-ink small" : "i2 small"} role="status">
				{state.state === "problem" ? (
					state.message
				) : state.state === "saved" && !unsaved ? (
					<>
						Saved into the folder, <Time value={state.at} style="clock" />
					</>
				) : null}
			</span>
		</>
	);
}

/** The way out of two versions that replaces exactly the one that is shown. */
export function SaveOver({ path, mine, theirs, ...events }: { path: string; mine: string; theirs: string | null } & SaveEvents) {
	const may = useMayWrite() === "yes";
	const { state, save } = useSave(path, events);
	if (!may) return null;
	return (
		<>
			<button type="button" className="btn" disabled={state.state === "saving"} onClick={() => save(mine, theirs)}>
				{theirs === null ? "Save it again" : "Save over the file’s"}
			</button>
			{state.state === "problem" && <span role="alert">{state.message}</span>}
		</>
	);
}
