"use client";

import { useCallback, useEffect, useState } from "react";
import { type PastQuery, readHistory, remember, writeHistory } from "./history";

/** The runs of this browser. */
export function useHistory(): { past: readonly PastQuery[]; add(sql: string): void; clear(): void } {
	const [past, setPast] = useState<readonly PastQuery[]>([]);
	useEffect(() => setPast(readHistory(window.localStorage)), []);
	const add = useCallback((sql: string) => {
		// Another page may have run something since.
		const next = remember(readHistory(window.localStorage), sql, Date.now());
		writeHistory(window.localStorage, next);
		setPast(next);
	}, []);
	const clear = useCallback(() => {
		writeHistory(window.localStorage, []);
		setPast([]);
	}, []);
	return { past, add, clear };
}
