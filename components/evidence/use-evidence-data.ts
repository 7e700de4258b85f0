"use client";

import { useEffect, useState } from "react";
import { type Failure, failureOf } from "@/lib/model";
import type { EvidenceData, EvidenceRequest, LoadEvidence } from "./types";

export type EvidenceState = { state: "loading" } | { state: "error"; failure: Failure } | { state: "ready"; data: EvidenceData };

/** Fetches the evidence of the open figure; another figure or closing aborts it. */
export function useEvidenceData(request: EvidenceRequest & { serial: number }, load: LoadEvidence | null): EvidenceState {
	const [held, setHeld] = useState<{ serial: number; state: EvidenceState } | null>(null);
	const { serial, query, params } = request;
	// biome-ignore lint/correctness/useExhaustiveDependencies: `serial` stands for the query and its parameters
	useEffect(() => {
		if (load === null) return;
		const abort = new AbortController();
		load(query, params, abort.signal).then(
			(data) => {
				if (!abort.signal.aborted) setHeld({ serial, state: { state: "ready", data } });
			},
			(error: unknown) => {
				if (!abort.signal.aborted) setHeld({ serial, state: { state: "error", failure: failureOf(error) } });
			},
		);
		return () => abort.abort();
	}, [serial, load]);
	return held !== null && held.serial === serial ? held.state : { state: "loading" };
}
