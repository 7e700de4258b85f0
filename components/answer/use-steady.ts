"use client";

import { useEffect, useRef, useSyncExternalStore } from "react";
import type { AnswerState } from "@/components/answer/types";
import type { LoadStatus } from "@/components/shell/workspace-types";

/**
 * Keeps the rows of the last answer on screen while the next question is asked, so that the page stays still. A lost
 * engine is such a time too: another one is opened and asked, and the load line says so.
 */
export function useSteady<R>(answer: AnswerState<R>): AnswerState<R> {
	const last = useRef<readonly R[]>([]);
	useEffect(() => {
		if (answer.state === "ready") last.current = answer.rows;
	}, [answer]);
	const lost = answer.state === "error" && answer.failure.kind === "engine-lost";
	if (answer.state !== "loading" && !lost) return answer;
	return { state: "loading", rows: answer.rows.length === 0 ? last.current : answer.rows, sql: answer.sql };
}

const NARROW = "(max-width: 720px)";

function subscribe(listener: () => void): () => void {
	const query = window.matchMedia(NARROW);
	query.addEventListener("change", listener);
	return () => query.removeEventListener("change", listener);
}

/** Whether the window is so narrow that a list and its detail are pages of their own. */
export function useNarrow(): boolean {
	return useSyncExternalStore(
		subscribe,
		() => window.matchMedia(NARROW).matches,
		() => false,
	);
}

/** Why nothing can be said yet of what the workspace holds; null once it was read to its end. */
export function notReadYet(load: Pick<LoadStatus, "phase">, what: string): string | null {
	switch (load.phase) {
		case "opening":
		case "loading":
			return `Reading ${what}…`;
		case "failed":
			return `The workspace could not be read, so there are no ${what} to show. The line below says why.`;
		case "cancelled":
			return `Loading was stopped before any of the ${what} were read. Load the workspace again to see them.`;
		case "ready":
			return null;
	}
}
