"use client";

import { useMemo, useState } from "react";
import { useAnswer } from "@/components/answer/use-answer";
import { setUrlParams } from "@/components/shell/url-state";
import { Figure } from "@/components/ui/figure";
import { count, num } from "@/components/ui/format";
import { Section } from "@/components/ui/section";
import type { Cluster } from "@/lib/parity/clusters";
import type { RunRow } from "@/lib/tables/parity";
import { failuresOfCases, namesText, probeFailures } from "@/lib/tables/probe-questions";
import { clustersOf } from "./clusters-model";

/** Rows and runs drawn at first; the runs are the newest. */
const FEW = 8;
const COLUMNS = 12;

/** Failing cases by what is said of them. Nothing where that groups nothing. */
export function FailureGroups({ id, runs, at }: { id: string; runs: readonly RunRow[]; at: number }) {
	const answer = useAnswer(
		probeFailures,
		useMemo(() => ({ probe: id }), [id]),
	);
	const found = useMemo(() => clustersOf(answer.rows, runs.map((run) => run.run)), [answer.rows, runs]);
	const [limit, setLimit] = useState(FEW);
	if (found === null) return null;
	const from = Math.max(0, runs.length - COLUMNS);
	const shown = found.named.slice(0, limit);
	return (
		<Section id="failures" title="Failures by message" note="ids, hashes, times and numbers masked; every run of the probe" end={from > 0 ? `the newest ${COLUMNS} of ${num(runs.length)} runs; the total counts all` : undefined}>
			<div className="scroll">
				<table className="t">
					<thead>
						<tr>
							<th scope="col">Message</th>
							<th scope="col" className="r">Failures</th>
							<th scope="col" className="r">Cases</th>
							{runs.slice(from).map((run, i) => (
								<th scope="col" className="r" key={run.run}>
									<button type="button" className={`plain${from + i === at ? " b" : ""}`} title={`Show run ${from + i + 1}`} onClick={() => setUrlParams({ run: from + i === runs.length - 1 ? null : run.run })}>
										run {from + i + 1}
									</button>
								</th>
							))}
						</tr>
					</thead>
					<tbody>
						{shown.map((cluster) => (
							<Row key={cluster.pattern} id={id} cluster={cluster} from={from} runs={runs} />
						))}
					</tbody>
				</table>
			</div>
			{shown.length < found.named.length && (
				<p style={{ paddingTop: 10 }}>
					<button type="button" className="btn" onClick={() => setLimit(limit + 100)}>
						Show {num(Math.min(100, found.named.length - shown.length))} more of {num(found.named.length)}
					</button>
				</p>
			)}
			{found.older > 0 && (
				<p className="small i2" style={{ paddingTop: 8 }}>
					{count(found.older, "older failure")} {found.older === 1 ? "is" : "are"} not grouped: the newest {num(answer.rows.length)} are.
				</p>
			)}
			{found.silent > 0 && (
				<p className="small i2" style={{ paddingTop: 8 }}>
					Of {count(found.silent, "more failure")} nothing is said.
				</p>
			)}
		</Section>
	);
}

function Row({ id, cluster, from, runs }: { id: string; cluster: Cluster; from: number; runs: readonly RunRow[] }) {
	return (
		<tr>
			<td className="w" style={{ minWidth: 260 }} title={cluster.example.slice(0, 2000)}>
				<span className="m wrap-any">{cluster.pattern.length > 220 ? `${cluster.pattern.slice(0, 219)}…` : cluster.pattern}</span>
			</td>
			<td className="m r">
				<Figure query={failuresOfCases} params={{ probe: id, cases: namesText(cluster.cases) }} label="failures of the cases of this message, in every run" tone="fail">
					{num(cluster.failures)}
				</Figure>
			</td>
			<td className="m r" title={cluster.cases.slice(0, 20).join("\n")}>
				{num(cluster.cases.length)}
			</td>
			{runs.slice(from).map((run, i) => {
				const failures = cluster.perRun[from + i] ?? 0;
				return (
					<td key={run.run} className={`m r${failures > 0 ? " fail-ink" : " i3"}`}>
						{failures > 0 ? num(failures) : "·"}
					</td>
				);
			})}
		</tr>
	);
}
