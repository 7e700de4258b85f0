"use client";

import { Figure } from "@/components/ui/figure";
import { num } from "@/components/ui/format";
import { SourceLink } from "@/components/ui/links";
import { Mark } from "@/components/ui/mark";
import { type CaseRow, oneCase, type RunRow } from "@/lib/tables/parity";
import { Breakable } from "./breakable";
import { Side, Since, Term } from "./divergence";
import { DotRow } from "./dot-plot";
import type { DotScale } from "./dot-scale";
import type { History } from "./history-rows";
import { toleranceText, valueText } from "./measure";
import { ContradictionChip, contradiction } from "./recorded";
import { CaseSays } from "./says";

/** A longer name wraps. */
const NAME = 36;

/** Which columns a run's table has. */
export interface CaseColumns {
	/** reference and candidate are recorded */
	sides: boolean;
	/** both sides are numbers throughout */
	numeric: boolean;
	values: boolean;
	/** the measure where it is one for all */
	measure: string | null;
	/** measures differ from case to case */
	mixed: boolean;
	/** a case has a reason or note that its other cells do not say */
	reasons: boolean;
	/** the axis of the dot plot; null where values lie on none */
	scale: DotScale | null;
	tolerance: number | null;
}

interface CaseRowsProps {
	id: string;
	run: RunRow;
	runs: readonly RunRow[];
	at: number;
	history: History;
	row: CaseRow;
	columns: CaseColumns;
	selected: boolean;
	onSelect: (name: string | null) => void;
}

/** A case, below it what its report says otherwise, and whole when it is selected. */
export function CaseRows({ id, run, runs, at, history, row, columns, selected, onSelect }: CaseRowsProps) {
	const params = { probe: id, run: row.run, position: row.position };
	const measure = row.measure ?? run.measure;
	const says = contradiction(row.recordedVerdict, row.verdict);
	const failing = row.verdict === "fail";
	const width = 2 + (columns.reasons ? 1 : 0) + (columns.mixed ? 1 : 0) + (columns.sides ? 2 : 0) + (columns.values ? 1 : 0) + (columns.scale === null ? 0 : 1);
	const side = (text: string | null, which: string) => (
		<td className={columns.numeric ? "m r" : "m"}>
			{text === null ? (
				row.verdict === "unmatched" ? <span className="null">absent</span> : null
			) : columns.numeric ? (
				<Figure query={oneCase} params={params} label={`${which} of ${row.caseName}`}>
					{text}
				</Figure>
			) : (
				<Side text={text} length={32} />
			)}
		</td>
	);
	return (
		<>
			<tr className={failing && row.caseName === run.firstDivergence && !selected ? "hot" : undefined} data-selected={selected ? "true" : undefined}>
				<td style={{ width: 22, minWidth: 22 }}>
					<Mark verdict={row.verdict} />
				</td>
				<td className={`m${row.caseName.length > NAME ? " w" : ""}${failing ? " b" : ""}`} style={{ minWidth: `min(${Math.min(row.caseName.length + 1, 22)}ch, 32cqi)` }}>
					<button type="button" className="plain" style={{ minHeight: 18 }} data-row="" aria-expanded={selected} title={selected ? "Close this case" : "Show all of this case"} onClick={() => onSelect(selected ? null : row.caseName)}>
						<Breakable text={row.caseName} />
					</button>
					{row.value !== null && (
						<span className={`only-s${failing ? " fail-ink" : " i3"}`} style={{ fontSize: 11, fontWeight: 400 }}>
							{measure} {valueText(row.value, measure)}
						</span>
					)}
				</td>
				{columns.mixed && <td className="m i2">{measure}</td>}
				{columns.sides && (
					<>
						{side(row.reference, "reference")}
						{side(row.candidate, "candidate")}
					</>
				)}
				{columns.values && (
					<td className={`m r${failing ? " b fail-ink" : ""}`} title={row.value === null ? undefined : String(row.value)}>
						{row.value !== null && (
							<Figure query={oneCase} params={params} tone={failing ? "fail" : undefined} label={`${measure ?? "value"} of ${row.caseName}`}>
								{valueText(row.value, measure)}
							</Figure>
						)}
					</td>
				)}
				{columns.scale !== null && (
					<td style={{ paddingBlock: 0, width: columns.scale.width }}>
						<DotRow scale={columns.scale} value={row.value} verdict={row.verdict} tolerance={columns.tolerance} />
					</td>
				)}
				{columns.reasons && (columns.scale === null ? <td className="i2 w" style={{ minWidth: 180 }}>{shortReason(row, columns.values)}</td> : <td className="clip" style={{ color: "var(--ink-2)", minWidth: 120 }} title={shortReason(row, columns.values)}>{shortReason(row, columns.values)}</td>)}
				<td className="small">
					<SourceLink path={row.source} line={row.line}>
						<span title={row.source}>{row.line === null ? "open" : `line ${row.line}`}</span>
					</SourceLink>
				</td>
			</tr>
			{says !== null && (
				<tr>
					<td />
					<td colSpan={width} className="w">
						<ContradictionChip says={says} recorded={row.recordedVerdict ?? ""} />
					</td>
				</tr>
			)}
			{selected && (
				<tr>
					<td />
					<td colSpan={width} className="w" style={{ paddingBlock: 8 }}>
						<dl className="kv small" style={{ maxWidth: "100ch" }}>
							{columns.sides && (
								<>
									<Term name="Reference">
										<Side text={row.reference} length={1200} />
									</Term>
									<Term name="Candidate">
										<Side text={row.candidate} length={1200} />
									</Term>
								</>
							)}
							<Term name="Measure">
								{measure ?? <span className="null">not stated</span>}
								{(row.tolerance ?? run.tolerance) !== null && (
									<>
										, tolerance <span className="m">{toleranceText(row.tolerance ?? run.tolerance ?? 0)}</span>
									</>
								)}
							</Term>
							{row.value !== null && (
								<Term name="Value">
									<span className="m">{num(row.value)}</span>
								</Term>
							)}
							{row.reason !== null && <Term name="Reason">{row.reason}</Term>}
							{row.note !== null && <Term name="Note">{row.note}</Term>}
							{row.recordedVerdict !== null && (
								<Term name="Recorded">
									<span className="m">{row.recordedVerdict}</span>
								</Term>
							)}
							{failing && (
								<Term name="Failing since">
									<Since id={id} runs={runs} at={at} history={history} name={row.caseName} />
								</Term>
							)}
							{runs.length > 1 && history.names.length > 0 && (
								<Term name="All runs say">
									<CaseSays id={id} runs={runs} history={history} name={row.caseName} />
								</Term>
							)}
						</dl>
					</td>
				</tr>
			)}
		</>
	);
}

/** The reason where it says more than the row already does: `max-abs 0 is within 0.0001` repeats three cells. */
export function shortReason(row: CaseRow, values: boolean): string {
	if (row.note !== null && row.note !== "") return row.note;
	if (row.reason === null) return "";
	if (values && row.value !== null && / is (within|beyond|at least|below) /.test(row.reason)) return "";
	return row.reason;
}
