"use client";

import { type ReactNode, useCallback, useDeferredValue, useEffect, useLayoutEffect, useMemo, useRef, useState } from "react";
import { num, parseTime, timeText, useWidth } from "@/components/ui";
import { COL_MAX, COL_MIN, StripDrawing } from "./strip-drawing";
import { type CellAt, StripGrid } from "./strip-grid";
import { type Columns, columnsInView, cursorRow, rowsOfCases, type StripRow, type VerdictAt, worstOf } from "./strip-model";
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
	/** px that the strip will have, as far as that is known before it is drawn */
	room?: number;
}

/** The history of a probe: one column a run, one row a case, the cursor above the first case that fails. */
export function VerdictStrip({ cases, runs, verdict, selectedRun, onSelectRun, readout, label, room }: VerdictStripProps) {
	const [measure, width] = useWidth<HTMLDivElement>(room);
	const scroller = useRef<HTMLDivElement | null>(null);
	// Null until it is scrolled: a strip opens at its end.
	const [scrolledTo, setScrolled] = useState<number | null>(null);
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

	const scrolled = scrolledTo ?? Math.max(0, labWidth + runs.length * step - width);
	const [focusAt, setFocusAt] = useState<CellAt | null>(null);
	const [hoverAt, setHoverAt] = useState<CellAt | null>(null);
	const [hasFocus, setHasFocus] = useState(false);
	const restRun = selected >= 0 ? selected : runs.length - 1;
	const restRow = Math.min(cursor[restRun] ?? 0, Math.max(0, rows.length - 1));
	const home: CellAt = { row: restRow, run: restRun };
	const roving = focusAt !== null && focusAt.row < rows.length && focusAt.run < runs.length ? focusAt : home;
	const shown = hoverAt ?? (hasFocus ? roving : home);
	// The drawing moves with the scroller by itself; what stands in it follows when there is time.
	const inView = useDeferredValue(scrolled);
	const columns = useColumns(runs.length, step, inView, width - labWidth, roving.run);

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

	const shownRow = rows[shown.row] ?? rows[0]!;
	const shownRun = runs[shown.run] ?? runs[0]!;
	return (
		<div>
			<div className="scroll strip-scroll" ref={place} onScroll={(event) => setScrolled(Math.round(event.currentTarget.scrollLeft))}>
				<div className="strip" style={{ width: labWidth + runs.length * step + 2 }}>
					<StripDrawing left={labWidth} step={step} marks={marks} cursor={cursor} days={runs.map((run) => dayText(run.ranAt))} numbers={runs.map(runNumber)} selected={selected} scrolled={inView} at={hasFocus || hoverAt !== null ? shown : null} />
					<StripGrid
						label={label ?? `Verdicts of ${num(runs.length)} runs, oldest left, one row a case`}
						cases={cases}
						runs={runs}
						rows={rows}
						names={names}
						marks={marks}
						left={labWidth}
						step={step}
						columns={columns}
						roving={roving}
						onMove={(to) => {
							setFocusAt(to);
							setHoverAt(null);
						}}
						onFocus={(at) => {
							setHasFocus(true);
							if (at !== null) setFocusAt(at);
						}}
						onBlur={() => setHasFocus(false)}
						onHover={setHoverAt}
						onPick={(run) => {
							const picked = runs[run];
							if (picked) onSelectRun(picked.id);
						}}
					/>
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

/** The same array while the same columns are in view, so that rows are not drawn again for each pixel. */
function useColumns(runs: number, step: number, left: number, width: number, roving: number): readonly Columns[] {
	const next = columnsInView(runs, step, left, width, roving);
	const key = next.map(({ from, to }) => `${from}-${to}`).join();
	// biome-ignore lint/correctness/useExhaustiveDependencies: the key says all that they hold
	return useMemo(() => next, [key]);
}
