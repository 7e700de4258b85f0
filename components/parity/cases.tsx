"use client";

import { useEffect, useMemo, useRef, useState } from "react";
import type { AnswerState } from "@/components/answer/types";
import { SaveMenu } from "@/components/chart/save-menu";
import { useKey } from "@/components/shell/keys";
import { setUrlParams } from "@/components/shell/url-state";
import { Seg } from "@/components/ui/bits";
import { num } from "@/components/ui/format";
import { AddToNotebook } from "@/components/notebook/add-to-notebook";
import { sqlHref } from "@/components/ui/links";
import { Mark } from "@/components/ui/mark";
import { Section } from "@/components/ui/section";
import type { CaseRow, RunRow } from "@/lib/tables/parity";
import { type CaseColumns, CaseRows, shortReason } from "./case-row";
import { NoCases } from "./divergence";
import { DotAxis } from "./dot-plot";
import { dotScale } from "./dot-scale";
import type { History } from "./history-rows";
import { Read } from "./read";
import { dotsSvg } from "./save-charts";
import { isDistance, isNumeric } from "./side-text";

interface CasesProps {
	id: string;
	runs: readonly RunRow[];
	at: number;
	history: History;
	answer: AnswerState<CaseRow>;
	/** the selected case's name, from the address */
	selected: string | null;
	onSelect: (name: string | null) => void;
	/** the list scrolls in a box of its own, so that the bodies below it stay near */
	capped: boolean;
}

type Filter = "all" | "failing" | "open";

/** Rows drawn at first, and with each press of "Show more": a table of 300 took half a second to lay out. */
const STEP = 120;

/** What one run has to show decides the columns: a column that would be empty throughout is not there. */
function columnsOf(rows: readonly CaseRow[], run: RunRow): CaseColumns {
	const sides = rows.flatMap((row) => [row.reference, row.candidate]).filter((text) => text !== null);
	const measures = new Set(rows.map((row) => row.measure ?? run.measure));
	const tolerances = new Set(rows.map((row) => row.tolerance ?? run.tolerance));
	const values = rows.some((row) => row.value !== null);
	const onlyMeasure = measures.size === 1 ? ([...measures][0] ?? null) : null;
	const tolerance = tolerances.size === 1 ? ([...tolerances][0] ?? null) : null;
	const scale = isDistance(onlyMeasure) && tolerances.size === 1 ? dotScale(rows.map((row) => row.value), tolerance, 320) : null;
	return { sides: sides.length > 0, numeric: sides.length > 0 && sides.every(isNumeric), values, measure: onlyMeasure, mixed: measures.size > 1, reasons: rows.some((row) => shortReason(row, values) !== ""), scale, tolerance };
}

const isOpen = (row: CaseRow) => row.verdict !== "pass" && row.verdict !== "fail";

/** The cases of one run in the probe's own order. Selecting one writes it into the address. */
export function Cases({ id, runs, at, history, answer, selected, onSelect, capped }: CasesProps) {
	const run = runs[at]!;
	const rows = answer.rows;
	const [filter, setFilter] = useState<Filter>("all");
	const [limit, setLimit] = useState(STEP);
	const failing = useMemo(() => rows.filter((row) => row.verdict === "fail"), [rows]);
	const open = useMemo(() => rows.filter(isOpen), [rows]);
	const shown = filter === "failing" ? failing : filter === "open" ? open : rows;
	const columns = useMemo(() => columnsOf(rows, run), [rows, run]);
	const chosen = shown.findIndex((row) => row.caseName === selected);
	const drawn = shown.slice(0, Math.max(limit, chosen + 20));
	const table = useRef<HTMLTableElement>(null);

	const move = (by: 1 | -1) => {
		const next = shown[chosen < 0 ? (by === 1 ? 0 : shown.length - 1) : Math.max(0, Math.min(shown.length - 1, chosen + by))];
		if (next) setUrlParams({ case: next.caseName }, { replace: true });
	};
	useKey("j", "Next case", () => move(1), shown.length > 0);
	useKey("k", "Previous case", () => move(-1), shown.length > 0);

	// A case that the address names, or a key reached, comes into view inside the list.
	useEffect(() => {
		if (selected === null) return;
		table.current?.querySelector<HTMLElement>('tr[data-selected="true"]')?.scrollIntoView({ block: "nearest" });
	}, [selected]);

	const segments = [
		{ value: "all" as Filter, label: `All ${num(rows.length)}` },
		{ value: "failing" as Filter, label: (
			<>
				<Mark verdict="fail" label={null} />
				failing {num(failing.length)}
			</>
		) },
		{ value: "open" as Filter, label: (
			<>
				<Mark verdict="unmatched" label={null} />
				not compared {num(open.length)}
			</>
		) },
	];
	const unlisted = run.passed + run.failed + run.unmatched + run.incomparable + run.skipped - rows.length;
	const strange = selected !== null && answer.state === "ready" && !rows.some((row) => row.caseName === selected);

	return (
		<Section
			id="cases"
			title="Cases"
			note={`in the probe’s own order${columns.scale === null ? "" : "; distance on a log axis, exact zero set apart"}`}
			end={
				<>
					{rows.length > 0 && <Seg label="Cases shown" options={segments} value={filter} onChange={setFilter} />}
					{columns.scale !== null && rows.length > 0 && <SaveMenu name={`${id} cases`} svg={() => dotsSvg(document.getElementById("cases"), `${id}, ${run.run}: ${columns.measure} of its cases`)} />}
					<a href={sqlHref(answer.sql)}>Open in SQL</a>
					<AddToNotebook sql={answer.sql} name="cases" title={`Cases of ${id}`} buttonClass="btn quiet slim" />
				</>
			}
		>
			{strange && (
				<p className="small i2" role="status" style={{ padding: "6px 0" }}>
					This run has no case <code className="wrap-any">{selected}</code>.
				</p>
			)}
			<Read answer={answer} what="Cases" empty={<NoCases run={run} />}>
				{() =>
					shown.length === 0 ? (
						<p className="waiting">{filter === "failing" ? "No case of this run fails." : "Every case of this run was compared."}</p>
					) : (
						<>
							<div className="scroll" style={capped ? { maxHeight: 440, overflowY: "auto" } : undefined}>
								<table className="t stick" ref={table}>
									<Heads columns={columns} stuck={capped} />
									<tbody>
										{drawn.map((row) => (
											<CaseRows key={row.position} id={id} run={run} runs={runs} at={at} history={history} row={row} columns={columns} selected={row.caseName === selected} onSelect={onSelect} />
										))}
									</tbody>
								</table>
							</div>
							{unlisted > 0 && answer.state === "ready" && (
								<p className="small i2" style={{ paddingTop: 8 }}>
									{num(unlisted)} more {unlisted === 1 ? "case is" : "cases are"} counted by the report and not listed.
								</p>
							)}
							{drawn.length < shown.length && (
								<p style={{ paddingTop: 10 }}>
									<button type="button" className="btn" onClick={() => setLimit(drawn.length + STEP)}>
										Show {num(Math.min(STEP, shown.length - drawn.length))} more of {num(shown.length)}
									</button>
								</p>
							)}
						</>
					)
				}
			</Read>
		</Section>
	);
}

function Heads({ columns, stuck }: { columns: CaseColumns; stuck: boolean }) {
	const align = columns.numeric ? "r" : undefined;
	return (
		<thead style={stuck ? { position: "sticky", top: 0, zIndex: 2, background: "var(--surface-0)" } : undefined}>
			<tr>
				<th scope="col">
					<span className="sr">Verdict</span>
				</th>
				<th scope="col">Case</th>
				{columns.mixed && <th scope="col">Measure</th>}
				{columns.sides && (
					<>
						<th scope="col" className={align}>
							Reference
						</th>
						<th scope="col" className={align}>
							Candidate
						</th>
					</>
				)}
				{columns.values && (
					<th scope="col" className="r">
						{columns.measure ?? "Value"}
					</th>
				)}
				{columns.scale !== null && (
					<th scope="col" style={{ paddingBlock: "0 2px", width: columns.scale.width }}>
						<span className="sr">Distance on a log axis</span>
						<DotAxis scale={columns.scale} tolerance={columns.tolerance} />
					</th>
				)}
				{columns.reasons && <th scope="col">Reason or note</th>}
				<th scope="col">Source</th>
			</tr>
		</thead>
	);
}
