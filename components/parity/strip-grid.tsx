"use client";

import { type KeyboardEvent, memo, useLayoutEffect, useRef } from "react";
import type { Verdict } from "@/lib/model";
import type { StripRun } from "./strip";
import { HEAD, ROW } from "./strip-drawing";
import type { Columns, StripRow } from "./strip-model";

/** A cell by its row and its run. */
export interface CellAt {
	row: number;
	run: number;
}

interface GridProps {
	label: string;
	cases: readonly string[];
	runs: readonly StripRun[];
	rows: readonly StripRow[];
	names: readonly string[];
	/** by row, by run */
	marks: readonly (readonly (Verdict | null)[])[];
	/** px that the stuck names cover */
	left: number;
	/** px of a column */
	step: number;
	columns: readonly Columns[];
	/** the cell that Tab reaches */
	roving: CellAt;
	/** a key moves to a cell */
	onMove: (to: CellAt) => void;
	/** the grid has the focus, in this cell */
	onFocus: (at: CellAt | null) => void;
	onBlur: () => void;
	onHover: (at: CellAt | null) => void;
	onPick: (run: number) => void;
}

/** What keyboard and screen reader meet of the strip: empty, named cells over the drawing. Of very many runs only those in view are cells. */
export function StripGrid({ label, cases, runs, rows, names, marks, left, step, columns, roving, onMove, onFocus, onBlur, onHover, onPick }: GridProps) {
	const table = useRef<HTMLTableElement | null>(null);
	const moved = useRef(false);

	// The cell that a key moved to may just have become one.
	useLayoutEffect(() => {
		if (!moved.current) return;
		moved.current = false;
		const cell = table.current?.querySelector<HTMLElement>(`[data-cell="${roving.row}.${roving.run}"]`);
		cell?.focus({ preventScroll: true });
		cell?.scrollIntoView({ block: "nearest", inline: "nearest" });
	}, [roving.row, roving.run]);

	const move = (event: KeyboardEvent<HTMLElement>) => {
		const next = nextCell(event, roving, rows.length, runs.length);
		if (next !== null) {
			event.preventDefault();
			moved.current = next.row !== roving.row || next.run !== roving.run;
			onMove(next);
		} else if (event.key === "Enter" || event.key === " ") {
			event.preventDefault();
			onPick(roving.run);
		}
	};

	const isWhole = columns.every(({ kind }) => kind === "run");
	return (
		<table
			ref={table}
			style={{ width: left + runs.length * step }}
			// biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: focus roves over the cells of a data grid
			role="grid"
			aria-label={label}
			aria-colcount={isWhole ? undefined : runs.length + 1}
			onKeyDown={move}
			onFocus={(event) => onFocus(cellOf(event.target))}
			onBlur={(event) => {
				if (!event.currentTarget.contains(event.relatedTarget)) onBlur();
			}}
			onClick={(event) => {
				const cell = cellOf(event.target);
				if (cell !== null) onPick(cell.run);
			}}
			onPointerOver={(event) => {
				if (event.pointerType === "mouse") onHover(cellOf(event.target));
			}}
			onPointerLeave={() => onHover(null)}
		>
			<thead>
				<tr style={{ height: HEAD }}>
					<th scope="col" className="strip-name" style={{ width: left }}>
						<span className="sr">Case</span>
					</th>
					{columns.map(({ kind, from, to }) => {
						const width = (to - from) * step;
						if (kind === "gap") return <td key={`gap ${to === runs.length ? "end" : from}`} aria-hidden="true" style={{ width }} />;
						return (
							<th scope="col" key={runs[from]!.id} aria-colindex={isWhole ? undefined : from + 2} style={{ width }}>
								<span className="sr">{runs[from]!.label}</span>
							</th>
						);
					})}
				</tr>
			</thead>
			<tbody>
				{rows.map((row, i) => (
					<Row
						key={row.from}
						index={i}
						name={names[i] ?? ""}
						full={row.to - row.from === 1 ? (cases[row.from] ?? "") : `cases ${row.from + 1} to ${row.to}`}
						left={left}
						runs={runs}
						columns={columns}
						marks={marks[i] ?? NO_MARKS}
						stop={roving.row === i ? roving.run : -1}
					/>
				))}
			</tbody>
		</table>
	);
}

/** The cell a key moves to; null where the key moves nothing. */
function nextCell(event: KeyboardEvent, at: CellAt, rows: number, runs: number): CellAt | null {
	const all = event.ctrlKey || event.metaKey;
	const to = (row: number, run: number): CellAt => ({ row: Math.max(0, Math.min(rows - 1, row)), run: Math.max(0, Math.min(runs - 1, run)) });
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
function cellOf(target: EventTarget): CellAt | null {
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
	columns: readonly Columns[];
	marks: readonly (Verdict | null)[];
	/** the column that Tab reaches in this row; -1 for none */
	stop: number;
}

/** Cells are empty and named: the drawing under them is what is seen. The grid listens for all of them. */
const Row = memo(function Row({ index, name, full, left, runs, columns, marks, stop }: RowProps) {
	return (
		<tr style={{ height: ROW }}>
			<th scope="row" className="strip-name m" title={full}>
				<bdi>{name}</bdi>
			</th>
			{columns.map(({ kind, from, to }) =>
				kind === "gap" ? (
					<td key={`gap ${to === runs.length ? "end" : from}`} aria-hidden="true" />
				) : (
					<td
						key={runs[from]!.id}
						data-cell={`${index}.${from}`}
						aria-colindex={columns[0]?.kind === "gap" || columns.at(-1)?.kind === "gap" ? from + 2 : undefined}
						tabIndex={from === stop ? 0 : -1}
						aria-label={`${full}, ${runs[from]!.label}, ${marks[from] ?? "not in this run"}`}
						style={{ scrollMarginLeft: left }}
					/>
				),
			)}
		</tr>
	);
});
