"use client";

import { useMemo } from "react";
import { useAnswer } from "@/components/answer/use-answer";
import { Figure } from "@/components/ui/figure";
import { count, num, sci } from "@/components/ui/format";
import { caseNoise, type CaseNoise, type RepeatCase, repeatsOf } from "@/lib/parity/noise";
import type { ToleranceKind } from "@/lib/parity/tolerance";
import type { RunRow } from "@/lib/tables/parity";
import { casesOfRuns, namesText, probeEnvironments } from "@/lib/tables/probe-questions";
import { numbersOf } from "./question-model";
import { listed, numbersOfRuns } from "./says-model";

const FEW = 12;
const UNITS: { [kind in ToleranceKind]: string } = { abs: "absolute", rel: "relative", ulp: "in ULP" };

/** What repeats of the same side differ by, beside what the two sides differ by; or in a line why that is not known. */
export function Noise({ id, runs, run, kind }: { id: string; runs: readonly RunRow[]; run: RunRow; kind: ToleranceKind }) {
	const environments = useAnswer(
		probeEnvironments,
		useMemo(() => ({ probe: id }), [id]),
	);
	const repeats = useMemo(() => {
		const known = new Map(environments.rows.map((row) => [row.run, row.environment]));
		return repeatsOf(runs.map((one) => ({ run: one.run, commit: one.gitCommit, reference: one.reference, candidate: one.candidate, environment: known.get(one.run) ?? new Map() })), run.run);
	}, [runs, run.run, environments.rows]);
	if (environments.state === "loading") return null;
	if (repeats.none !== null) {
		return (
			<p className="small i2" style={{ paddingTop: 8 }} title={repeats.rule}>
				Noise floor: not known, since {repeats.none}.
			</p>
		);
	}
	return <Repeated id={id} runs={runs} run={run} kind={kind} repeats={repeats.runs} rule={repeats.rule} />;
}

function Repeated({ id, runs, run, kind, repeats, rule }: { id: string; runs: readonly RunRow[]; run: RunRow; kind: ToleranceKind; repeats: readonly string[]; rule: string }) {
	const params = useMemo(() => ({ probe: id, runs: namesText(repeats) }), [id, repeats]);
	const answer = useAnswer(casesOfRuns, params);
	const noise = useMemo(() => {
		const cases = answer.rows.flatMap((row): RepeatCase[] => {
			const [reference, candidate] = [numbersOf(row.reference), numbersOf(row.candidate)];
			return reference === null || candidate === null ? [] : [{ run: row.run, case: row.caseName, reference, candidate }];
		});
		return caseNoise(cases, run.run, kind);
	}, [answer.rows, run.run, kind]);
	if (answer.state === "loading") return <p className="waiting">Reading the repeats.</p>;
	const numbers = numbersOfRuns(runs);
	const inside = noise.filter(({ place, difference }) => place === "inside" && difference !== 0);
	const order = { outside: 0, inside: 1, unknown: 2 };
	const shown = [...noise].sort((a, b) => order[a.place] - order[b.place]).slice(0, FEW);
	return (
		<section aria-labelledby="noise-title" style={{ paddingTop: 14 }}>
			<h3 id="noise-title" style={{ font: "var(--weight-title) var(--text-sm)/20px var(--font-ui)" }}>Noise floor, {UNITS[kind]}</h3>
			<p className="i2" style={{ maxWidth: "110ch" }}>
				<Figure query={casesOfRuns} params={params} label="the cases of the repeats">
					{count(repeats.length, "run")}
				</Figure>{" "}
				repeat one another ({listed(repeats.map((one) => numbers.get(one) ?? 0))}): {rule}.{" "}
				{noise.length === 0 ? "No case of them has numbers on both sides, so there is no noise to show." : inside.length === 0 ? "No difference lies inside the noise." : `${count(inside.length, "difference")} ${inside.length === 1 ? "is" : "are"} no larger than what repeats of one side differ by: inside the noise.`}
			</p>
			{shown.length > 0 && (
				// biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
				<section className="scroll" tabIndex={0} aria-label="Noise of each case">
					<table className="t">
						<thead>
							<tr>
								<th scope="col">Case</th>
								<th scope="col" className="r">Difference</th>
								<th scope="col" className="r">Noise of the reference</th>
								<th scope="col" className="r">Noise of the candidate</th>
								<th scope="col">So it is</th>
							</tr>
						</thead>
						<tbody>
							{shown.map((one) => (
								<Row key={one.case} one={one} />
							))}
						</tbody>
					</table>
				</section>
			)}
			{shown.length < noise.length && <p className="small i2" style={{ paddingTop: 6 }}>{num(noise.length - shown.length)} more cases are not listed; those outside the noise come first.</p>}
		</section>
	);
}

function Row({ one }: { one: CaseNoise }) {
	const size = (value: number | null, why: string) => (value === null ? <span className="null" title={why}>not known</span> : value === 0 ? "0" : Number.isFinite(value) ? sci(value, 3) : "infinite");
	return (
		<tr>
			<td className="m w">{one.case}</td>
			<td className="m r">{size(one.difference, "a side is not a number, or the sides have different numbers of values")}</td>
			<td className="m r">{size(one.reference.floor, one.reference.reason)}</td>
			<td className="m r">{size(one.candidate.floor, one.candidate.reason)}</td>
			<td>{one.place === "unknown" ? <span className="null">not known</span> : one.difference === 0 ? "no difference" : one.place === "inside" ? "inside the noise" : "outside the noise"}</td>
		</tr>
	);
}
