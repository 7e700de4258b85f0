"use client";

import { useCallback, useMemo } from "react";
import type { AnswerState } from "@/components/answer/types";
import { SaveMenu } from "@/components/chart/save-menu";
import { Breakable } from "@/components/ui/breakable";
import { Figure } from "@/components/ui/figure";
import { num } from "@/components/ui/format";
import { Mark } from "@/components/ui/mark";
import { Section } from "@/components/ui/section";
import { useWidth } from "@/components/ui/use-width";
import { caseHistory, type RunRow } from "@/lib/tables/parity";
import type { History, HistoryCase } from "./history-rows";
import { valueText } from "./measure";
import { Read } from "./read";
import { stripSvg } from "./save-charts";
import { ProbeSays } from "./says";
import { type StripRun, VerdictStrip } from "./strip";
import { RunFacts } from "./strip-readout";

interface HistoryProps {
	id: string;
	answer: AnswerState<HistoryCase>;
	history: History;
	runs: readonly RunRow[];
	at: number;
	go: (index: number) => void;
}

/** The verdict strip of all runs with its read-out. */
export function HistorySection({ id, answer, history, runs, at, go }: HistoryProps) {
	const columns = useMemo<StripRun[]>(() => runs.map((run, index) => ({ id: run.run, label: `run ${index + 1}`, ranAt: run.ranAt, commit: run.gitCommit })), [runs]);
	const places = useMemo(() => runs.map((run) => history.runIndex(run.run)), [runs, history]);
	const verdict = useCallback((caseIndex: number, runIndex: number) => history.verdictAt(caseIndex, places[runIndex] ?? -1), [places, history]);
	const [measure, room] = useWidth<HTMLDivElement>();
	const readout = (caseIndex: number, runIndex: number) => {
		const name = history.names[caseIndex] ?? "";
		const cell = history.cellAt(caseIndex, places[runIndex] ?? -1);
		const run = columns[runIndex];
		const value = cell === undefined ? "" : valueText(cell.value, runs[runIndex]?.measure ?? null);
		return (
			<>
				<span className="cases">
					{cell !== undefined && <Mark verdict={cell.verdict} />}{" "}
					<b className="m">
						<Breakable text={name} />
					</b>
				</span>
				{cell === undefined ? <span>not in this run</span> : value === "" ? <span>{cell.verdict}</span> : <Figure className="m" query={caseHistory} params={{ probe: id, case_name: name }} label={`${name} in every run`}>{value}</Figure>}
				{run !== undefined && <RunFacts run={run} />}
			</>
		);
	};
	return (
		<Section bare id="history" title="History" note="the line runs above the first compared case that fails" end={
				<>
					{history.names.length > 40 && `${num(history.names.length)} cases in 40 rows`}
					{history.names.length > 0 && <SaveMenu name={`${id} history`} svg={() => stripSvg(document.getElementById("history"), `${id}: verdicts of ${runs.length} runs`)} />}
				</>
			}
		>
			{runs.length > 1 && <ProbeSays id={id} runs={runs} />}
			<div ref={measure} style={{ paddingTop: 10 }}>
				<Read answer={answer} what="Cases" empty={<p className="i2" style={{ padding: "6px 0" }}>No run of this probe lists a case.</p>}>
					{() => <VerdictStrip room={room} cases={history.names} runs={columns} verdict={verdict} selectedRun={runs[at]?.run ?? null} onSelectRun={(run) => go(runs.findIndex((one) => one.run === run))} readout={readout} />}
				</Read>
			</div>
		</Section>
	);
}
