"use client";

import { useMemo, useState } from "react";
import { setUrlParams } from "@/components/shell/url-state";
import { Figure } from "@/components/ui/figure";
import { num, sci } from "@/components/ui/format";
import { SourceLink } from "@/components/ui/links";
import { Mark } from "@/components/ui/mark";
import { errorsOf, worstPositions } from "@/lib/parity/error-spread";
import { type CaseRow, oneCase, type RunRow } from "@/lib/tables/parity";
import { Breakable } from "./breakable";
import { overText, valueText } from "./measure";
import { type KindQuestion, numbersOf, type QuestionAnswer } from "./question-model";

/** Rows drawn at first. */
const FEW = 12;
const MORE = 200;

const MEASURE = { abs: "max-abs", rel: "max-rel", ulp: "ulp" } as const;

/** An error in its unit; what is no number is said as that. */
function errorText(error: number, kind: KindQuestion["kind"]): string {
	return Number.isNaN(error) ? "not a number" : error === 0 ? "0" : valueText(error, MEASURE[kind]);
}

/** Error over tolerance. What is no number has none. */
function marginText(margin: number | null): string {
	if (margin === null) return "none passes";
	return margin > 0 && margin < 1e-3 ? `${sci(margin, 1)} × tolerance` : overText(margin);
}

/** How far each case is from the tolerance: those that flip first, then the largest error over the tolerance. */
export function QuestionRows({ id, run, rows, kind, result, selected }: { id: string; run: RunRow; rows: readonly CaseRow[]; kind: KindQuestion; result: QuestionAnswer; selected: string | null }) {
	const [limit, setLimit] = useState(FEW);
	const shown = result.rows.slice(0, Math.max(limit, Math.min(result.flips.length, MORE)));
	const places = result.rows.some(({ worst }) => worst !== null);
	return (
		<>
			<div className="scroll">
				<table className="t">
					<thead>
						<tr>
							<th scope="col" style={{ width: 64 }}>Judged</th>
							<th scope="col" style={{ width: 64 }}>Asked</th>
							<th scope="col">Case</th>
							<th scope="col" className="r">{MEASURE[kind.kind]}</th>
							<th scope="col" className="r">Margin</th>
							{places && <th scope="col" className="r">Worst at</th>}
							<th scope="col">Source</th>
						</tr>
					</thead>
					<tbody>
						{shown.map((row) => {
							const recorded = rows[row.index]!;
							return (
								<tr key={row.index} className={row.flips ? "flips" : undefined}>
									<td>
										<Mark verdict={row.was} />
									</td>
									<td className="nw">
										<Mark verdict={row.verdict} /> {row.flips && <span className="small b">flips</span>}
									</td>
									<td className={`m${row.case.length > 36 ? " w" : ""}`}>
										<button type="button" className="plain" title="Show it among the cases" onClick={() => setUrlParams({ case: row.case })}>
											<Breakable text={row.case} />
										</button>
									</td>
									<td className="m r" title={String(row.error)}>
										<Figure query={oneCase} params={{ probe: id, run: run.run, position: row.position }} label={`${MEASURE[kind.kind]} of ${row.case}`}>
											{errorText(row.error ?? 0, kind.kind)}
										</Figure>
									</td>
									<td className={`m r nw${row.verdict === "fail" ? " fail-ink" : ""}`}>{marginText(row.margin)}</td>
									{places && <td className="m r">{row.worst === null ? "" : `[${num(row.worst)}]`}</td>}
									<td className="small">
										<SourceLink path={recorded.source} line={recorded.line}>
											<span title={recorded.source}>{recorded.line === null ? "open" : `line ${recorded.line}`}</span>
										</SourceLink>
									</td>
								</tr>
							);
						})}
					</tbody>
				</table>
			</div>
			{shown.length < result.rows.length && (
				<p style={{ paddingTop: 10 }}>
					<button type="button" className="btn" onClick={() => setLimit(shown.length + MORE)}>
						Show {num(Math.min(MORE, result.rows.length - shown.length))} more of {num(result.rows.length)}
					</button>
				</p>
			)}
			{places && <Positions rows={rows} kind={kind} one={result.rows.find((row) => row.case === selected && row.worst !== null) ?? result.rows.find(({ worst }) => worst !== null)!} />}
		</>
	);
}

/** The components of one case with the largest errors. */
function Positions({ rows, kind, one }: { rows: readonly CaseRow[]; kind: KindQuestion; one: QuestionAnswer["rows"][number] }) {
	const row = rows[one.index]!;
	const worst = useMemo(() => {
		const [reference, candidate] = [numbersOf(row.reference), numbersOf(row.candidate)];
		return reference === null || candidate === null ? [] : worstPositions(errorsOf(reference, candidate, kind.kind), 8);
	}, [row, kind.kind]);
	if (worst.length === 0) return null;
	return (
		<p className="small i2" style={{ paddingTop: 8 }}>
			Worst positions of <span className="m wrap-any">{one.case}</span>: {worst.map(({ index, error }, i) => (
				<span key={index}>
					{i > 0 && ", "}
					<span className="m nw">
						[{num(index)}] {errorText(error, kind.kind)}
					</span>
				</span>
			))}
		</p>
	);
}
