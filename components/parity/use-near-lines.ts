"use client";

import { useEffect, useState } from "react";
import { useWorkspace } from "@/components/shell/workspace-provider";

export interface NearLine {
	line: number;
	text: string;
}

/** One line of a source with the line before and after it, as the file has it now; empty before it is there and where it cannot be read. */
export function useLineWithNeighbours(source: string, line: number | null): readonly NearLine[] {
	const { lines } = useWorkspace();
	const key = `${source}\n${line}`;
	const [held, setHeld] = useState<{ key: string; lines: NearLine[] } | null>(null);
	// biome-ignore lint/correctness/useExhaustiveDependencies: the key stands for source and line
	useEffect(() => {
		if (line === null) return;
		const abort = new AbortController();
		const from = Math.max(1, line - 1);
		lines(source, from, line - from + 2, abort.signal).then(
			(text) => {
				if (!abort.signal.aborted) setHeld({ key, lines: text.lines.map((one, i) => ({ line: text.first + i, text: one })) });
			},
			// The link to the line stands beside it: a line that cannot be fetched takes nothing away.
			() => undefined,
		);
		return () => abort.abort();
	}, [key, lines]);
	return held !== null && held.key === key ? held.lines : [];
}
