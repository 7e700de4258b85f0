"use client";

import { useEffect, useState } from "react";
import { ask } from "@/lib/answer/ask";
import type { Engine } from "@/lib/engine/engine";
import { CasebookError } from "@/lib/model";
import { sqlWords } from "./catalog";
import type { Word } from "./completion";

const NONE: readonly Word[] = [];

/** Functions and keywords of the engine, asked once when the editor is first used. Completion does without them until then. */
export function useWords(engine: Engine | null, wanted: boolean): readonly Word[] {
	const [words, setWords] = useState<readonly Word[]>(NONE);
	const needed = wanted && words.length === 0;
	useEffect(() => {
		if (engine === null || !needed) return;
		const abort = new AbortController();
		ask(engine, sqlWords, {}, abort.signal).then(
			({ rows }) => setWords(rows),
			(error: unknown) => {
				// Without the list completion still knows tables and columns; the next engine is asked again.
				if (!(error instanceof CasebookError)) throw error;
			},
		);
		return () => abort.abort();
	}, [engine, needed]);
	return words;
}
