"use client";

import Link from "next/link";
import { useMemo } from "react";
import { useAnswer } from "@/components/answer/use-answer";
import { probeHref } from "@/components/parity/href";
import { measureText } from "@/components/parity/measure";
import { runStatus } from "@/components/parity/probe-head";
import { Read } from "@/components/parity/read";
import { Breakable, count, Figure, num, outOf, Section, StatusMark, Time } from "@/components/ui";
import { bundleRuns } from "@/lib/tables/bundles";
import { firstDivergenceCase, type RunRow, runNotCompared, runPassing } from "@/lib/tables/parity";
import { Few } from "./few";

/** The runs that lie in a bundle, failing first, each leading to its probe. */
export function BundleRuns({ bundle }: { bundle: string }) {
	const params = useMemo(() => ({ bundle }), [bundle]);
	const answer = useAnswer(bundleRuns, params);
	return (
		<Section id="runs" title="Runs" note={answer.rows.length === 0 ? undefined : count(answer.rows.length, "run")}>
			<Read answer={answer} what="Runs" empty={<p className="i2">No file of this bundle is a comparison, so nothing here has a verdict.</p>}>
				{(all) => (
					<Few rows={all} what="runs">
						{(rows) => (
							<div className="scroll">
								<table className="t" aria-label="Runs">
									<thead>
										<tr>
											<th scope="col">
												<span className="sr">Status</span>
											</th>
											<th scope="col">Probe</th>
											<th scope="col" className="c-wide">
												Measure
											</th>
											<th scope="col" className="r">
												Pass
											</th>
											<th scope="col" className="c-mid">
												Not compared
											</th>
											<th scope="col" className="c-mid">
												First divergence
											</th>
											<th scope="col" className="r c-wide">
												When
											</th>
										</tr>
									</thead>
									<tbody>
										{rows.map((row) => (
											<Run key={`${row.probe}\n${row.run}`} row={row} />
										))}
									</tbody>
								</table>
							</div>
						)}
					</Few>
				)}
			</Read>
		</Section>
	);
}

function Run({ row }: { row: RunRow }) {
	const params = { probe: row.probe, run: row.run };
	const open = row.unmatched + row.incomparable + row.skipped;
	return (
		<tr>
			<td style={{ width: 14, paddingRight: 0 }}>
				<StatusMark status={runStatus(row)} />
			</td>
			<td className="w">
				<Link className="b wrap-any" data-row="" href={probeHref(row.probe, { run: row.run })} prefetch={false} style={{ color: "inherit" }}>
					<Breakable text={row.probe} />
				</Link>
				{row.inferred && <span className="small i3"> pairs inferred from names</span>}
			</td>
			<td className="m i2 c-wide">{measureText(row.measure, row.tolerance)}</td>
			<td className="r">
				<span className="m b">
					<Figure query={runPassing} params={params} tone={row.failed > 0 ? "fail" : undefined} label={`cases of ${row.probe} that pass, out of those compared`}>
						{outOf(row.passed, row.passed + row.failed)}
					</Figure>
				</span>
			</td>
			<td className="c-mid">
				{open === 0 ? (
					<span className="i3">0</span>
				) : (
					<Figure query={runNotCompared} params={params} tone="warn" className="m" label={`cases of ${row.probe} that were not compared`}>
						{num(open)}
					</Figure>
				)}
			</td>
			<td className="m c-mid w">
				{row.firstDivergence === null ? (
					<span className="i3">none</span>
				) : (
					<Figure query={firstDivergenceCase} params={params} label={`the first divergence of ${row.probe}`}>
						<Breakable text={row.firstDivergence} />
					</Figure>
				)}
			</td>
			<td className="r i2 c-wide">
				<Time value={row.ranAt} from={row.ranAtFrom} style="minute" />
			</td>
		</tr>
	);
}
