"use client";

import { useEffect, useState } from "react";
import { ask } from "@/lib/answer/ask";
import type { Engine } from "@/lib/engine/engine";
import { CasebookError } from "@/lib/model";
import type { NamedQuery } from "@/lib/tables/query";

/**
 * The rows of a small query whose answer the page can do without; the last ones until others come. It is asked again
 * when `key` changes and not at all with null. It is never cancelled: an answer that comes late is dropped.
 */
export function useAsked<R>(engine: Engine | null, query: NamedQuery<Record<string, never>, R>, key: string | null): readonly R[] {
	const [rows, setRows] = useState<readonly R[]>([]);
	useEffect(() => {
		if (engine === null || key === null) return;
		let late = false;
		ask(engine, query, {}).then(
			(answer) => {
				if (!late) setRows(answer.rows);
			},
			(error: unknown) => {
				// Without counts or words the page still works; the next key or engine is asked again.
				if (!(error instanceof CasebookError)) throw error;
			},
		);
		return () => {
			late = true;
		};
	}, [engine, query, key]);
	return rows;
}
