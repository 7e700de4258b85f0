"use client";

import { startTransition, useEffect, useMemo, useState } from "react";
import { inSlices } from "@/lib/answer/slices";
import { type History, type HistoryCase, historyOf, historySteps } from "./history-rows";

/** So many cases are joined at once; more in slices, beside what the reader does. */
const AT_ONCE = 5000;

/**
 * The cases of a probe's runs joined by name. `ready` is false while many of them are being joined; the history is the
 * last one then. Keep the arguments' identity between renders.
 */
export function useHistory(runs: readonly string[], cases: readonly HistoryCase[]): { history: History; ready: boolean } {
	const small = useMemo(() => (cases.length <= AT_ONCE ? historyOf(runs, cases) : null), [runs, cases]);
	const [held, setHeld] = useState<{ runs: readonly string[]; cases: readonly HistoryCase[]; history: History } | null>(null);
	const none = useMemo(() => historyOf(runs, []), [runs]);

	useEffect(() => {
		if (cases.length <= AT_ONCE) return;
		const abort = new AbortController();
		void inSlices(historySteps(runs, cases), abort.signal).then((history) => {
			if (history !== null) startTransition(() => setHeld({ runs, cases, history }));
		});
		return () => abort.abort();
	}, [runs, cases]);

	if (small !== null) return { history: small, ready: true };
	return { history: held?.history ?? none, ready: held?.runs === runs && held.cases === cases };
}
