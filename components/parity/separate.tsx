"use client";

import { useMemo, useState } from "react";
import { useAnswer } from "@/components/answer/use-answer";
import { Seg } from "@/components/ui/bits";
import { Figure } from "@/components/ui/figure";
import { count, num } from "@/components/ui/format";
import { Section } from "@/components/ui/section";
import { type FieldValue, type Separation, separateFailures } from "@/lib/parity/separate";
import { caseHistory, probeRuns, type RunRow } from "@/lib/tables/parity";
import { probeEnvironments } from "@/lib/tables/probe-questions";
import type { History } from "./history-rows";
import { byWhy, configuredRuns, fieldText } from "./separate-model";

const FEW = 8;
const LEVEL = 0.05;

/** Which recorded fields and values of the runs go with failing. Nothing for a probe of one run. */
export function WhatSeparates({ id, runs, history, selected }: { id: string; runs: readonly RunRow[]; history: History; selected: string | null }) {
	const environments = useAnswer(
		probeEnvironments,
		useMemo(() => ({ probe: id }), [id]),
	);
	const [wanted, setWanted] = useState<"all" | "case">("case");
	const [limit, setLimit] = useState(FEW);
	const one = selected !== null && history.names.includes(selected) ? selected : null;
	const of = one !== null && wanted === "case" ? one : null;
	const answer = useMemo(() => separateFailures(configuredRuns(runs, new Map(environments.rows.map((row) => [row.run, row.environment])), history, of), { level: LEVEL }), [runs, environments.rows, history, of]);
	if (runs.length < 2 || environments.state === "loading") return null;
	const shown = answer.ranked.slice(0, limit);
	const looked = answer.failing + answer.passing;
	return (
		<Section
			id="separates"
			title="What separates pass from fail"
			note={of === null ? "a run fails where a case of it fails" : `runs by the verdict of ${of}`}
			end={
				one !== null && (
					<Seg
						label="Verdict of"
						options={[
							{ value: "case", label: "The selected case" },
							{ value: "all", label: "The whole run" },
						]}
						value={wanted}
						onChange={setWanted}
					/>
				)
			}
		>
			<p className="i2" style={{ paddingTop: 8, maxWidth: "90ch" }}>
				{answer.tooLittle !== null && <b className="b">Too little to say: </b>}
				<span className="wrap-any">{answer.tooLittle === null && answer.significant > 0 ? answer.summary : `${answer.summary.charAt(0).toUpperCase()}${answer.summary.slice(1)}`}.</span>
			</p>
			{shown.length > 0 && (
				// biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
				<section className="scroll" style={{ paddingTop: 6 }} tabIndex={0} aria-label="What separates, by field and value">
					<table className="t">
						<thead>
							<tr>
								<th scope="col">Field</th>
								<th scope="col">Value</th>
								<th scope="col" className="r">Fail with it</th>
								<th scope="col" className="r">Fail without</th>
								<th scope="col" className="r">Adjusted p</th>
								<th scope="col">Divides the same</th>
							</tr>
						</thead>
						<tbody>
							{shown.map((row, i) => (
								<Row key={`${row.field} ${String(row.value)}`} row={row} chance={i >= answer.significant} />
							))}
						</tbody>
					</table>
				</section>
			)}
			{shown.length < answer.ranked.length && (
				<p style={{ paddingTop: 10 }}>
					<button type="button" className="btn" onClick={() => setLimit(limit + 50)}>
						Show {num(Math.min(50, answer.ranked.length - shown.length))} more of {num(answer.ranked.length)}
					</button>
				</p>
			)}
			<p className="small i2" style={{ paddingTop: 8, maxWidth: "110ch" }}>
				Looked at{" "}
				{of === null ? (
					<Figure query={probeRuns} params={{ probe: id }} label="the runs of the probe">
						{count(looked, "run")}
					</Figure>
				) : (
					<Figure query={caseHistory} params={{ probe: id, case_name: of }} label={`${of} in every run`}>
						{count(looked, "run")}
					</Figure>
				)}{" "}
				that compared {of === null ? "something" : "it"}, {num(answer.failing)} failing and {num(answer.passing)} passing
				{answer.notCompared > 0 && `; ${num(answer.notCompared)} compared nothing and ${answer.notCompared === 1 ? "is" : "are"} left out`}.{" "}
				{environments.rows.length === 0 ? "No run’s bundle records an environment." : (
					<>
						<Figure query={probeEnvironments} params={{ probe: id }} label="environments that evidence bundles record">
							{count(environments.rows.length, "run")}
						</Figure>{" "}
						{environments.rows.length === 1 ? "has" : "have"} a recorded environment.
					</>
				)}{" "}
				{answer.tooLittle === null && "Fisher’s exact test, two-sided, times the number of values tried: what goes together, not what causes what."}
			</p>
			{answer.leftOut.length > 0 && (
				<details className="small i2 as-table">
					<summary>{count(answer.leftOut.length, "field")} that explain nothing</summary>
					{byWhy(answer.leftOut).map(({ why, fields }) => (
						<p key={why} className="wrap-any">
							<span className="m">{fields.join(", ")}</span>: {why}.
						</p>
					))}
				</details>
			)}
		</Section>
	);
}

function Row({ row, chance }: { row: Separation; chance: boolean }) {
	const ink = chance ? "i3" : undefined;
	return (
		<tr>
			<td className={`m${chance ? " i3" : " b"}`}>{row.field}</td>
			<td className={`w wrap-any ${ink ?? ""}`} style={{ minWidth: 120 }}>
				<Value value={row.value} />
			</td>
			<td className={`m r ${row.odds > 1 && !chance ? "fail-ink" : (ink ?? "")}`}>
				{num(row.failWith)} of {num(row.failWith + row.passWith)}
			</td>
			<td className={`m r ${ink ?? ""}`}>
				{num(row.failWithout)} of {num(row.failWithout + row.passWithout)}
			</td>
			<td className={`m r ${ink ?? ""}`}>
				{row.adjusted.toPrecision(2)}
				{chance && <span> may be chance</span>}
			</td>
			<td className="m w i2 wrap-any">{row.alike.map(({ field }) => field).join(", ")}</td>
		</tr>
	);
}

function Value({ value }: { value: FieldValue }) {
	const { text, isWord } = fieldText(value);
	return <span className={isWord ? "null" : "m"} title={typeof value === "string" && value.length > 80 ? value.slice(0, 2000) : undefined}>{text}</span>;
}
