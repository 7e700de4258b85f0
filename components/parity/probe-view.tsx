"use client";

import { useMemo } from "react";
import { useAnswer } from "@/components/answer/use-answer";
import { useSteady } from "@/components/answer/use-steady";
import { useKey } from "@/components/shell/keys";
import { setUrlParams, useUrlState } from "@/components/shell/url-state";
import { Icon } from "@/components/ui/icon";
import { probeHistory, type RunRow, runCases } from "@/lib/tables/parity";
import { AgainstRun } from "./against";
import { Bodies, bodyCase } from "./bodies";
import { Cases } from "./cases";
import { FailureGroups } from "./clusters";
import { Divergence } from "./divergence";
import { HistorySection } from "./history";
import { PrintSources } from "./print-sources";
import { ProbeHead } from "./probe-head";
import { ToleranceQuestion } from "./question";
import { WhatSeparates } from "./separate";
import { tensorCase } from "./tensor-model";
import { Tensors } from "./tensors";
import { useHistory } from "./use-history";

/** A probe's page once its runs are known. Runs come oldest first; there is at least one. */
export function ProbeView({ id, runs }: { id: string; runs: readonly RunRow[] }) {
	const [runName] = useUrlState("run");
	const [caseName, setCase] = useUrlState("case");
	const named = runs.findIndex((run) => run.run === runName);
	const at = named < 0 ? runs.length - 1 : named;
	const run = runs[at]!;

	const history = useAnswer(
		probeHistory,
		useMemo(() => ({ probe: id }), [id]),
	);
	const cases = useSteady(
		useAnswer(
			runCases,
			useMemo(() => ({ probe: id, run: run.run }), [id, run.run]),
		),
	);
	const runIds = useMemo(() => runs.map((one) => one.run), [runs]);
	const { history: joined, ready } = useHistory(runIds, history.rows);
	const strip = useMemo(() => (ready || joined.names.length > 0 ? history : { ...history, state: "loading" as const, rows: [] }), [history, joined, ready]);

	// The newest run is the page's own: the address names a run only where it is another one.
	const go = (index: number) => {
		const next = runs[index];
		if (next) setUrlParams({ run: index === runs.length - 1 ? null : next.run });
	};
	const first = run.firstDivergence;
	useKey("[", "Older run", () => go(at - 1), at > 0);
	useKey("]", "Newer run", () => go(at + 1), at < runs.length - 1);
	useKey("f", "First divergence of this run", () => setUrlParams({ case: first }), first !== null);

	const body = bodyCase(cases.rows, caseName);
	const arrays = body === null ? tensorCase(cases.rows, caseName) : null;
	// While another run's cases are on their way, the last ones still stand, and they are asked about as what they are.
	const listed = runs.findIndex((one) => one.run === cases.rows[0]?.run);
	const of = listed < 0 ? at : listed;
	return (
		<>
			<ProbeHead id={id} runs={runs} at={at} go={go} />
			{runName !== null && named < 0 && (
				<div className="note-line" role="status">
					<Icon name="info" />
					<span>
						This probe has no run <code className="wrap-any">{runName}</code>; the newest one is shown.
					</span>
				</div>
			)}
			<div className="cols" style={{ gridTemplateColumns: "minmax(0, 598fr) minmax(0, 504fr)" }}>
				<HistorySection id={id} answer={strip} history={joined} runs={runs} at={at} go={go} />
				<Divergence id={id} runs={runs} at={at} history={joined} cases={cases} />
			</div>
			<Cases id={id} runs={runs} at={at} history={joined} answer={cases} selected={caseName} onSelect={setCase} capped={body !== null} />
			{body !== null && <Bodies run={run} one={body} />}
			{arrays !== null && <Tensors run={run} one={arrays} />}
			<ToleranceQuestion id={id} runs={runs} run={runs[of]!} rows={cases.rows} selected={caseName} />
			<AgainstRun id={id} runs={runs} at={of} rows={cases.rows} />
			<FailureGroups id={id} runs={runs} at={at} />
			<WhatSeparates id={id} runs={runs} history={joined} selected={caseName} />
			<PrintSources id={id} run={run} />
		</>
	);
}
