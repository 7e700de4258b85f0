"use client";

import { type KeyboardEvent, memo, type ReactNode, useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from "react";
import { num, parseTime, timeText, useWidth } from "@/components/ui";
import type { Verdict } from "@/lib/model";
import { COL_MAX, COL_MIN, HEAD, ROW, StripDrawing } from "./strip-drawing";
import { cursorRow, rowsOfCases, type StripRow, type VerdictAt, worstOf } from "./strip-model";
import { BinReadout } from "./strip-readout";

/** One column. Runs come oldest first. */
export interface StripRun {
	id: string;
	/** `run 16` or the like: what a person calls it */
	label: string;
	/** ISO or the engine's text, UTC; null where it is not known */
	ranAt: string | null;
	commit: string | null;
}

export interface VerdictStripProps {
	/** case names in the probe's own order */
	cases: readonly string[];
	runs: readonly StripRun[];
	/** null where the run does not have the case */
	verdict: VerdictAt;
	/** the id of the selected run */
	selectedRun: string | null;
	onSelectRun: (id: string) => void;
	/** case, value, run, time and commit of one cell, for the line below the strip */
	readout: (caseIndex: number, runIndex: number) => ReactNode;
	/** the accessible name; says how many runs by default */
	label?: string;
}

interface At {
	row: number;
	run: number;
}

/** The history of a probe: one column a run, one row a case, the cursor above the first case that fails. */
export function VerdictStrip({ cases, runs, verdict, selectedRun, onSelectRun, readout, label }: VerdictStripProps) {
	const [measure, width] = useWidth<HTMLDivElement>();
	const scroller = useRef<HTMLDivElement | null>(null);
	const [scrolled, setScrolled] = useState(0);
	// Kept between renders: a new callback would be detached, attached and measured each time.
	const place = useCallback(
		(element: HTMLDivElement | null) => {
			scroller.current = element;
			measure(element);
		},
		[measure],
	);
	const rows = useMemo(() => rowsOfCases(cases.length), [cases.length]);
	const selected = runs.findIndex((run) => run.id === selectedRun);
	const marks = useMemo(() => rows.map((row) => runs.map((_, run) => worstOf(row, run, verdict))), [rows, runs, verdict]);
	const cursor = useMemo(() => runs.map((_, run) => cursorRow(rows, cases.length, run, verdict)), [rows, runs, cases.length, verdict]);

	const names = useMemo(() => rows.map((row) => rowName(cases, row)), [rows, cases]);
	const longest = names.reduce((most, name) => Math.max(most, name.length), 4);
	// Names get what the runs leave, and never so much that a narrow window shows no run.
	const nameRoom = width === 0 ? 200 : Math.max(90, Math.min(240, width * 0.38), width - runs.length * COL_MAX - 2);
	const labWidth = Math.round(Math.min(longest * 6.65 + 14, nameRoom));
	const step = runs.length === 0 ? COL_MAX : Math.max(COL_MIN, Math.min(COL_MAX, Math.floor((width - labWidth) / runs.length)));

	const [focusAt, setFocusAt] = useState<At | null>(null);
	const [hoverAt, setHoverAt] = useState<At | null>(null);
	const [hasFocus, setHasFocus] = useState(false);
	const restRun = selected >= 0 ? selected : runs.length - 1;
	const restRow = Math.min(cursor[restRun] ?? 0, Math.max(0, rows.length - 1));
	const home: At = { row: restRow, run: restRun };
	const roving = focusAt !== null && focusAt.row < rows.length && focusAt.run < runs.length ? focusAt : home;
	const shown = hoverAt ?? (hasFocus ? roving : home);

	// A strip that is wider than its place opens at its newest run.
	// biome-ignore lint/correctness/useExhaustiveDependencies: another number of runs is another strip
	useLayoutEffect(() => {
		if (scroller.current !== null && width > 0) scroller.current.scrollLeft = scroller.current.scrollWidth;
	}, [width, runs.length]);

	// Another selected run comes into view; only the strip scrolls, never the page.
	useEffect(() => {
		const box = scroller.current;
		if (box === null || selected < 0) return;
		const left = selected * step;
		if (left < box.scrollLeft) box.scrollLeft = left;
		else if (labWidth + left + step > box.scrollLeft + box.clientWidth) box.scrollLeft = labWidth + left + step - box.clientWidth;
	}, [selected, step, labWidth]);

	if (runs.length === 0 || rows.length === 0) return null;

	const move = (event: KeyboardEvent<HTMLElement>) => {
		const next = nextCell(event, roving, rows.length, runs.length);
		if (next !== null) {
			event.preventDefault();
			setFocusAt(next);
			setHoverAt(null);
			const cell = event.currentTarget.querySelector<HTMLElement>(`[data-cell="${next.row}.${next.run}"]`);
			cell?.focus({ preventScroll: true });
			cell?.scrollIntoView({ block: "nearest", inline: "nearest" });
		} else if (event.key === "Enter" || event.key === " ") {
			event.preventDefault();
			const run = runs[roving.run];
			if (run) onSelectRun(run.id);
		}
	};

	const shownRow = rows[shown.row] ?? rows[0]!;
	const shownRun = runs[shown.run] ?? runs[0]!;
	return (
		<div>
			<div className="scroll strip-scroll" ref={place} onScroll={(event) => setScrolled(Math.round(event.currentTarget.scrollLeft))}>
				<div className="strip" style={{ width: labWidth + runs.length * step + 2 }}>
					<StripDrawing left={labWidth} step={step} marks={marks} cursor={cursor} days={runs.map((run) => dayText(run.ranAt))} numbers={runs.map(runNumber)} selected={selected} scrolled={scrolled} at={hasFocus || hoverAt !== null ? shown : null} />
					<table
						// biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: focus roves over the cells of a data grid
						role="grid"
						aria-label={label ?? `Verdicts of ${num(runs.length)} runs, oldest left, one row a case`}
						onKeyDown={move}
						onFocus={(event) => {
							setHasFocus(true);
							const cell = cellOf(event.target);
							if (cell !== null) setFocusAt(cell);
						}}
						onBlur={(event) => {
							if (!event.currentTarget.contains(event.relatedTarget)) setHasFocus(false);
						}}
						onClick={(event) => {
							const cell = cellOf(event.target);
							const picked = cell === null ? undefined : runs[cell.run];
							if (picked) onSelectRun(picked.id);
						}}
						onPointerOver={(event) => {
							if (event.pointerType === "mouse") setHoverAt(cellOf(event.target));
						}}
						onPointerLeave={() => setHoverAt(null)}
					>
						<thead>
							<tr style={{ height: HEAD }}>
								<th scope="col" className="strip-name" style={{ minWidth: labWidth, maxWidth: labWidth }}>
									<span className="sr">Case</span>
								</th>
								{runs.map((run) => (
									<th scope="col" key={run.id} style={{ minWidth: step, maxWidth: step }}>
										<span className="sr">{run.label}</span>
									</th>
								))}
							</tr>
						</thead>
						<tbody>
							{rows.map((row, i) => (
								<Row
									key={row.from}
									index={i}
									name={names[i] ?? ""}
									full={row.to - row.from === 1 ? (cases[row.from] ?? "") : `cases ${row.from + 1} to ${row.to}`}
									left={labWidth}
									runs={runs}
									marks={marks[i] ?? NO_MARKS}
									stop={roving.row === i ? roving.run : -1}
								/>
							))}
						</tbody>
					</table>
				</div>
			</div>
			<div className="readout" aria-live={hoverAt === null ? "polite" : "off"}>
				{shownRow.to - shownRow.from === 1 ? readout(shownRow.from, shown.run) : <BinReadout row={shownRow} cases={cases} run={shownRun} runIndex={shown.run} verdict={verdict} />}
			</div>
		</div>
	);
}

function rowName(cases: readonly string[], row: StripRow): string {
	const first = cases[row.from] ?? "";
	const more = row.to - row.from - 1;
	return more === 0 ? first : `${first} +${more}`;
}

function dayText(ranAt: string | null): string | null {
	const at = ranAt === null ? null : parseTime(ranAt);
	// The axis has room for month and day; the read-out tells the year.
	return at === null ? null : timeText(at, "date").replace(/, \d{4}$/, "");
}

function runNumber(run: StripRun, index: number): string {
	return /^(?:run )?(\d+)$/i.exec(run.label)?.[1] ?? String(index + 1);
}

/** The cell a key moves to; null where the key moves nothing. */
function nextCell(event: KeyboardEvent, at: At, rows: number, runs: number): At | null {
	const all = event.ctrlKey || event.metaKey;
	const to = (row: number, run: number): At => ({ row: Math.max(0, Math.min(rows - 1, row)), run: Math.max(0, Math.min(runs - 1, run)) });
	switch (event.key) {
		case "ArrowLeft":
			return to(at.row, at.run - 1);
		case "ArrowRight":
			return to(at.row, at.run + 1);
		case "ArrowUp":
			return to(at.row - 1, at.run);
		case "ArrowDown":
			return to(at.row + 1, at.run);
		case "PageUp":
			return to(at.row - 10, at.run);
		case "PageDown":
			return to(at.row + 10, at.run);
		case "Home":
			return to(all ? 0 : at.row, 0);
		case "End":
			return to(all ? rows - 1 : at.row, runs - 1);
		default:
			return null;
	}
}

/** The cell that an event happened in. */
function cellOf(target: EventTarget): At | null {
	const cell = target instanceof Element ? target.closest<HTMLElement>("[data-cell]") : null;
	const [row, run] = (cell?.dataset.cell ?? "").split(".").map(Number);
	return row === undefined || run === undefined || Number.isNaN(row) ? null : { row, run };
}

const NO_MARKS: readonly (Verdict | null)[] = [];

interface RowProps {
	index: number;
	name: string;
	/** the case's whole name, or which cases the bin holds */
	full: string;
	/** px that the stuck names cover */
	left: number;
	runs: readonly StripRun[];
	marks: readonly (Verdict | null)[];
	/** the column that Tab reaches in this row; -1 for none */
	stop: number;
}

/** Cells are empty and named: the drawing under them is what is seen. The grid listens for all of them. */
const Row = memo(function Row({ index, name, full, left, runs, marks, stop }: RowProps) {
	return (
		<tr style={{ height: ROW }}>
			<th scope="row" className="strip-name m" title={full} style={{ maxWidth: left }}>
				<bdi>{name}</bdi>
			</th>
			{runs.map((run, i) => (
				<td key={run.id} data-cell={`${index}.${i}`} tabIndex={i === stop ? 0 : -1} aria-label={`${full}, ${run.label}, ${marks[i] ?? "not in this run"}`} style={{ scrollMarginLeft: left }} />
			))}
		</tr>
	);
});
