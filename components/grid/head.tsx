// biome-ignore-all lint/a11y/useSemanticElements: part of the grid of result-grid.tsx, which is no table element
"use client";

import type { Header } from "@tanstack/react-table";
import { Icon } from "@/components/ui/icon";
import type { ResultColumn } from "@/lib/engine/engine";
import { MAX_WIDTH, MIN_WIDTH, shortType } from "./columns";
import type { features } from "./features";
import type { Sort } from "./sort";

export interface HeadProps {
	header: Header<typeof features, never, unknown>;
	column: ResultColumn;
	index: number;
	width: number;
	sort: Sort | null;
	focusable: boolean;
	/** null where the rows cannot be sorted now */
	onSort: ((column: number) => void) | null;
	onWidth: (column: number, width: number) => void;
}

/** One step of the keyboard, in pixels. */
const STEP = 16;

/** The head of a column: name and type; a press sorts, a drag or Shift with an arrow changes the width. */
export function Head({ header, column, index, width, sort, focusable, onSort, onWidth }: HeadProps) {
	const sorted = sort?.column === index ? (sort.descending ? "descending" : "ascending") : "none";
	const resize = header.getResizeHandler();
	return (
		<div className={column.kind === "number" ? "g-th r" : "g-th"} role="columnheader" tabIndex={-1} aria-sort={sorted} aria-colindex={index + 2} style={{ width }}>
			<button
				type="button"
				className="plain"
				data-column={index}
				tabIndex={focusable ? 0 : -1}
				title={`${column.name} ${column.type}${onSort === null ? "" : "\nPress to sort. Shift with ← or → changes the width."}`}
				aria-disabled={onSort === null ? true : undefined}
				onClick={() => onSort?.(index)}
				onKeyDown={(event) => {
					if (!event.shiftKey || (event.key !== "ArrowLeft" && event.key !== "ArrowRight")) return;
					event.preventDefault();
					event.stopPropagation();
					onWidth(index, Math.max(MIN_WIDTH, Math.min(MAX_WIDTH, width + (event.key === "ArrowRight" ? STEP : -STEP))));
				}}
			>
				<span className="m">{column.name}</span> <span className="g-type">{shortType(column.type)}</span>
				{sorted !== "none" && <Icon name={sorted === "ascending" ? "up" : "down"} />}
			</button>
			<div className="g-grip" aria-hidden="true" onMouseDown={resize} onTouchStart={resize} onDoubleClick={() => header.column.resetSize()} data-active={header.column.getIsResizing() ? "" : undefined} />
		</div>
	);
}
