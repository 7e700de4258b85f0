"use client";

import { type KeyboardEvent, useEffect, useId, useMemo, useRef, useState } from "react";
import { useTheme } from "@/components/shell/theme";
import { num } from "@/components/ui/format";
import { useSystemDark } from "@/components/ui/use-system-dark";
import { useWidth } from "@/components/ui/use-width";
import { AT, type ChartData, type ChartPlan, type ChartRows, chartName, markCells, markWords, specOf, valueName } from "@/lib/chart";
import { readInk } from "./chart-ink";
import { plainColours } from "./save";
import { SaveMenu } from "./save-menu";
import { type Drawing, draw } from "./vega-load";

/** So many marks stand in the table. */
const TABLE_ROWS = 500;

export interface VegaChartProps {
	plan: ChartPlan;
	data: ChartData;
	/** the rows that the marks were read from */
	rows: ChartRows;
}

/** A drawing with its name, a read-out and a table. Arrow keys go from mark to mark; the read-out says what each is. */
export function VegaChart({ plan, data, rows }: VegaChartProps) {
	const [measure, width] = useWidth<HTMLDivElement>();
	const canvas = useRef<HTMLDivElement>(null);
	const drawing = useRef<Drawing | null>(null);
	const [at, setAt] = useState(-1);
	const [problem, setProblem] = useState<string | null>(null);
	const theme = useTheme();
	const system = useSystemDark();
	const readout = useId();

	// biome-ignore lint/correctness/useExhaustiveDependencies: a change of theme changes the colours that are read
	useEffect(() => {
		const element = canvas.current;
		if (element === null || width === 0) return;
		let ended = false;
		setAt(-1);
		const inner = document.createElement("div");
		draw(inner, specOf(plan, data, readInk(element), width)).then(
			(made) => {
				if (ended) {
					made.end();
					return;
				}
				// The drawing before stays until this one is whole.
				drawing.current?.end();
				drawing.current = made;
				element.replaceChildren(inner);
				made.onPointer((mark) => setAt(mark ?? -1));
				setProblem(null);
			},
			(error: unknown) => {
				if (!ended) setProblem(error instanceof Error ? error.message : String(error));
			},
		);
		return () => {
			ended = true;
		};
	}, [plan, data, width, theme, system]);
	useEffect(
		() => () => {
			drawing.current?.end();
			drawing.current = null;
		},
		[],
	);
	useEffect(() => drawing.current?.set(AT, at), [at]);

	const onKeyDown = (event: KeyboardEvent) => {
		const last = data.marks.length - 1;
		const to = { ArrowRight: at + 1, ArrowDown: at + 1, ArrowLeft: at - 1, ArrowUp: at - 1, Home: 0, End: last, Escape: -1 }[event.key];
		if (to === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
		if (event.key === "Escape" && at < 0) return;
		setAt(event.key === "Escape" ? -1 : Math.max(0, Math.min(last, to)));
		event.preventDefault();
		event.stopPropagation();
	};
	const mark = data.marks[at];
	const name = chartName(plan);
	return (
		<div className="chart vc" ref={measure}>
			{/* biome-ignore lint/a11y/useSemanticElements: a fieldset would bring its own box */}
			{/* biome-ignore lint/a11y/noNoninteractiveTabindex: the marks are gone through with the keys */}
			<div className="vc-plot" role="group" aria-roledescription="chart" aria-label={`${name}. Arrow keys go through ${num(data.marks.length)} marks.`} aria-describedby={readout} tabIndex={0} onKeyDown={onKeyDown}>
				<div ref={canvas} aria-hidden="true" />
			</div>
			<p className={mark === undefined ? "vc-readout" : "vc-readout m"} id={readout} aria-live="polite">
				{problem !== null ? <span className="fail-ink">The chart could not be drawn: {problem}</span> : mark === undefined ? <span className="i3">Point at a mark, or use the arrow keys: its values stand here.</span> : markWords(plan, mark, rows)}
			</p>
			<SaveMenu name={name} svg={async () => (drawing.current === null ? null : plainColours(await drawing.current.svg()))} />
			<AsTable plan={plan} data={data} rows={rows} />
		</div>
	);
}

function AsTable({ plan, data, rows }: VegaChartProps) {
	const [open, setOpen] = useState(false);
	const cells = useMemo(() => (open ? data.marks.slice(0, TABLE_ROWS).map((mark) => ({ i: mark.i, ...markCells(plan, mark, rows) })) : []), [open, plan, data, rows]);
	const coloured = plan.colour !== null && plan.parts.colour !== null;
	const counted = plan.parts.rows !== null && plan.mode !== "histogram" && valueName(plan) !== "rows";
	return (
		<details className="as-table" onToggle={(event) => setOpen(event.currentTarget.open)}>
			<summary>Show as table</summary>
			<div className="scroll">
				<table className="t">
					<caption className="sr">{chartName(plan)}</caption>
					<thead>
						<tr>
							<th scope="col">{plan.x.name}</th>
							{coloured && <th scope="col">{plan.colour?.name}</th>}
							<th scope="col" className="r">
								{plan.mode === "fields" ? plan.y?.name : valueName(plan)}
							</th>
							{counted && (
								<th scope="col" className="r">
									rows
								</th>
							)}
						</tr>
					</thead>
					<tbody>
						{cells.map((row) => (
							<tr key={row.i}>
								<td className="m">{row.x}</td>
								{coloured && <td className="m">{row.colour}</td>}
								<td className="r m">{row.y}</td>
								{counted && <td className="r m">{row.n}</td>}
							</tr>
						))}
					</tbody>
				</table>
			</div>
			{data.marks.length > TABLE_ROWS && <p className="i3 small">The first {num(TABLE_ROWS)} of {num(data.marks.length)} marks; the query of the chart gives them all.</p>}
		</details>
	);
}
