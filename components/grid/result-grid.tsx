// biome-ignore-all lint/a11y/useSemanticElements: rows are placed by script over a scaled height, which a table element cannot do
"use client";

import "./grid.css";
import { type ColumnDef, useTable } from "@tanstack/react-table";
import { type KeyboardEvent, type MouseEvent, useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from "react";
import { useCopy, useToast } from "@/components/ui/toast";
import type { QueryResult } from "@/lib/engine/engine";
import { placeOfCell } from "./cell";
import { countWidth, firstWidths, MAX_WIDTH, MIN_WIDTH, placeColumns } from "./columns";
import { copyRows, MOST_COPIED } from "./copy-rows";
import { CellDetail } from "./detail";
import { features } from "./features";
import { Head } from "./head";
import { move, type Place } from "./move";
import { Row } from "./row";
import type { Sort } from "./sort";
import { useRowCount } from "./use-rows";
import { HEAD_HEIGHT, useWindow } from "./use-window";

const NO_ROWS: never[] = [];

export interface ResultGridProps {
	result: QueryResult;
	/** the rows in this order instead of their own */
	order?: Uint32Array | null;
	sort?: Sort | null;
	/** asks for the next order of a column; absent where the rows cannot be sorted now */
	onSort?: ((column: number) => void) | null;
	/** the accessible name */
	label?: string;
}

/** Rows of a result, decoded as they come into sight. Keys: arrows, Home, End, page keys; Enter shows the whole value; Shift with arrows selects rows; Ctrl C copies. */
export function ResultGrid({ result, order = null, sort = null, onSort = null, label = "Result" }: ResultGridProps) {
	const total = useRowCount(result);
	const rows = order?.length ?? total;
	const some = total > 0 || result.done;
	// Widths come from the first rows, so they are told once these are there.
	// biome-ignore lint/correctness/useExhaustiveDependencies: `some` turns once, when there is something to measure
	const fitted = useMemo(() => firstWidths(result), [result, some]);
	const columns = useMemo(
		() => result.columns.map((column, index): ColumnDef<typeof features, never> => ({ id: String(index), header: column.name, size: fitted[index] ?? 120, minSize: MIN_WIDTH, maxSize: MAX_WIDTH })),
		[result, fitted],
	);
	const table = useTable({ features, columns, data: NO_ROWS, columnResizeMode: "onChange" }, (state) => ({ sizing: state.columnSizing, resizing: state.columnResizing }));
	const headers = table.getHeaderGroups()[0]?.headers ?? [];
	// biome-ignore lint/correctness/useExhaustiveDependencies: the sizes are read out of the table, which changes in place
	const widths = useMemo(() => headers.map((header) => header.getSize()), [columns, table.state.sizing]);
	const place = useMemo(() => placeColumns(result), [result]);
	const numbers = countWidth(rows);

	const scroller = useRef<HTMLDivElement>(null);
	const sight = useWindow(scroller, rows, widths, numbers);
	const [active, setActive] = useState<Place>({ row: 0, column: 0 });
	const [chosen, setChosen] = useState<{ from: number; to: number } | null>(null);
	const [detail, setDetail] = useState(false);
	const held = useRef(false);
	const copy = useCopy();
	const toast = useToast();
	const rowOf = (index: number) => order?.[index] ?? index;
	const here: Place = { row: Math.min(active.row, rows - 1), column: Math.min(active.column, widths.length - 1) };
	const isIn = sight.columns.includes(here.column) && (here.row < 0 || sight.rows.some(({ index }) => index === here.row));

	// Focus follows the active cell. When that scrolls out of sight the grid itself keeps the focus, so that keys go on working.
	useLayoutEffect(() => {
		const grid = scroller.current;
		if (grid === null || !held.current) return;
		const focused = document.activeElement;
		if (focused !== document.body && focused !== grid && !grid.contains(focused)) return;
		const target = grid.querySelector<HTMLElement>('[tabindex="0"][data-column]') ?? grid;
		if (target !== focused) target.focus({ preventScroll: true });
	});

	// Another order is read from its top.
	// biome-ignore lint/correctness/useExhaustiveDependencies: runs when the order changes
	useEffect(() => {
		if (scroller.current !== null) scroller.current.scrollTop = 0;
	}, [sort, result]);

	const go = (to: Place) => {
		held.current = true;
		setActive(to);
		sight.show(to.row, to.column);
	};
	const setWidth = useCallback((column: number, width: number) => table.setColumnSizing((old) => ({ ...old, [String(column)]: width })), [table]);

	const choose = (index: number, extend: boolean) => {
		setChosen((old) => (extend ? { from: old?.from ?? Math.max(0, here.row), to: index } : old !== null && old.from === index && old.to === index ? null : { from: index, to: index }));
	};
	const span = chosen === null ? null : { first: Math.min(chosen.from, chosen.to), last: Math.min(rows - 1, Math.max(chosen.from, chosen.to)) };

	const copyChosen = () => {
		if (span === null) {
			if (here.row < 0) copy(result.columns[here.column]?.name ?? "", "Name copied");
			else if (here.row >= 0) copy(result.text(rowOf(here.row), here.column) ?? "", "Cell copied");
			return;
		}
		const count = span.last - span.first + 1;
		if (count > MOST_COPIED) toast(`Not copied: ${count.toLocaleString("en-US")} rows are too many for the clipboard; up to ${MOST_COPIED.toLocaleString("en-US")} fit. Export writes them all.`);
		else copyRows(result, order, span.first, span.last).then((text) => copy(text, count === 1 ? "1 row copied" : `${count.toLocaleString("en-US")} rows copied`));
	};

	const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
		const mod = event.ctrlKey || event.metaKey;
		if (event.altKey) return;
		if (mod && event.key.toLowerCase() === "c") {
			if (!document.getSelection()?.isCollapsed) return;
			copyChosen();
		} else if (mod && event.key.toLowerCase() === "a") setChosen({ from: 0, to: rows - 1 });
		else if (event.key === "Escape") {
			if (!detail && chosen === null) return;
			setDetail(false);
			setChosen(null);
		} else if (event.key === "Enter" && here.row >= 0 && !mod) setDetail(true);
		else if (event.key === " " && here.row >= 0) choose(here.row, event.shiftKey);
		else {
			const to = move(here, { key: event.key, mod }, { rows, columns: widths.length, page: sight.page });
			if (to === null) return;
			if (event.shiftKey && to.row !== here.row && to.row >= 0) choose(to.row, true);
			go(to);
		}
		event.preventDefault();
		event.stopPropagation();
	};

	const onPointer = (event: MouseEvent<HTMLDivElement>) => {
		if (!(event.target instanceof Element)) return;
		const index = Number(event.target.closest<HTMLElement>("[data-index]")?.dataset.index ?? -1);
		const column = event.target.closest<HTMLElement>("[data-column]")?.dataset.column;
		if (column !== undefined) {
			held.current = true;
			setActive({ row: index, column: Number(column) });
			if (event.shiftKey && index >= 0) choose(index, true);
			else if (index >= 0) setChosen(null);
		} else if (index >= 0) {
			choose(index, event.shiftKey);
			go({ row: index, column: here.column });
		}
	};

	return (
		<div className="g-wrap">
			<div
				ref={scroller}
				className="g-scroll"
				role="grid"
				aria-label={label}
				aria-rowcount={rows + 1}
				aria-colcount={widths.length + 1}
				aria-multiselectable="true"
				aria-busy={!result.done}
				tabIndex={isIn ? -1 : 0}
				style={{ height: sight.height + HEAD_HEIGHT + 16 }}
				onKeyDown={onKeyDown}
				onMouseDown={(event) => {
					if (event.shiftKey) event.preventDefault();
				}}
				onClick={onPointer}
				onDoubleClick={(event) => {
					if (event.target instanceof Element && event.target.closest(".g-cell") !== null) setDetail(true);
				}}
				onFocus={() => {
					held.current = true;
				}}
				onBlur={(event) => {
					const { currentTarget: grid, target, relatedTarget } = event;
					if (relatedTarget instanceof Node && grid.contains(relatedTarget)) return;
					// A cell that scrolled out of sight loses the focus too, but not to something else.
					queueMicrotask(() => {
						if (target.isConnected) held.current = false;
					});
				}}
			>
				<div className="g-inner" style={{ width: sight.width + numbers }}>
					<div role="rowgroup" className="g-head">
						<div role="row" aria-rowindex={1} tabIndex={-1} style={{ display: "flex" }}>
							<div className="g-no" role="columnheader" tabIndex={-1} aria-colindex={1} style={{ width: numbers }}>
								<span className="sr">Row</span>
							</div>
							{sight.before > 0 && <div role="presentation" style={{ width: sight.before, flex: "none" }} />}
							{sight.columns.map((index) => {
								const header = headers[index];
								if (header === undefined) return null;
								return <Head key={header.id} header={header} column={result.columns[index]!} index={index} width={widths[index]!} sort={sort} focusable={here.column === index && here.row < 0} onSort={onSort} onWidth={setWidth} />;
							})}
						</div>
					</div>
					<div role="rowgroup" style={{ height: sight.height, position: "relative" }}>
						{sight.rows.map(({ index, top }) => (
							<Row
								key={index}
								result={result}
								row={rowOf(index)}
								index={index}
								top={top}
								height={sight.rowHeight}
								columns={sight.columns}
								widths={widths}
								before={sight.before}
								countWidth={numbers}
								place={place}
								focusable={index === here.row ? here.column : -1}
								selected={span !== null && index >= span.first && index <= span.last}
							/>
						))}
					</div>
				</div>
			</div>
			{detail && here.row >= 0 && (
				<CellDetail
					result={result}
					row={rowOf(here.row)}
					index={here.row}
					column={here.column}
					href={placeOfCell(result, place, rowOf(here.row), here.column)}
					onClose={() => {
						setDetail(false);
						go({ row: here.row, column: here.column });
						scroller.current?.focus({ preventScroll: true });
					}}
				/>
			)}
		</div>
	);
}
