"use client";

import { useCallback, useEffect, useRef, useState } from "react";
import { useWorkspace } from "@/components/shell/workspace-provider";
import { type Draft, readDraft, removeDraft, writeDraft } from "@/lib/notebook/draft";

/** How long after the last change a draft is kept; leaving the page keeps it at once. */
const SETTLE_MS = 400;

export interface DraftState {
	/** undefined until the browser was asked */
	draft: Draft | null | undefined;
	/** false where the browser has no room for the last change */
	kept: boolean;
	keep: (markdown: string, base: string | null) => void;
	discard: () => void;
}

/** The draft of a notebook in this browser. */
export function useDraft(path: string): DraftState {
	const { name } = useWorkspace();
	const [state, setState] = useState<{ key: string; draft: Draft | null } | null>(null);
	const [kept, setKept] = useState(true);
	const waiting = useRef<{ timer: ReturnType<typeof setTimeout>; now: () => void } | null>(null);
	const key = JSON.stringify([name, path]);
	useEffect(() => {
		setState({ key, draft: name === "" ? null : readDraft(window.localStorage, name, path) });
		const flush = () => waiting.current?.now();
		window.addEventListener("pagehide", flush);
		return () => {
			window.removeEventListener("pagehide", flush);
			flush();
		};
	}, [key, name, path]);
	const keep = useCallback(
		(markdown: string, base: string | null) => {
			const draft: Draft = { markdown, base, at: new Date().toISOString() };
			if (waiting.current !== null) clearTimeout(waiting.current.timer);
			const now = () => {
				if (waiting.current !== null) clearTimeout(waiting.current.timer);
				waiting.current = null;
				setKept(writeDraft(window.localStorage, name, path, draft));
			};
			waiting.current = { timer: setTimeout(now, SETTLE_MS), now };
			setState({ key, draft });
		},
		[key, name, path],
	);
	const discard = useCallback(() => {
		if (waiting.current !== null) clearTimeout(waiting.current.timer);
		waiting.current = null;
		removeDraft(window.localStorage, name, path);
		setState({ key, draft: null });
		setKept(true);
	}, [key, name, path]);
	return { draft: state?.key === key && name !== "" ? state.draft : undefined, kept, keep, discard };
}
