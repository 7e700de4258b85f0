// biome-ignore-all lint/a11y/useSemanticElements: part of the grid of result-grid.tsx, which is no table element
"use client";

import { memo } from "react";
import type { QueryResult } from "@/lib/engine/engine";
import { LinkedText, placeOfCell } from "./cell";

export interface RowProps {
	result: QueryResult;
	/** row of the result */
	row: number;
	/** row as it is displayed, from 0 */
	index: number;
	top: number;
	height: number;
	columns: readonly number[];
	widths: readonly number[];
	before: number;
	countWidth: number;
	place: { source: number; line: number | null } | null;
	/** the column of this row that takes part in the tab order, or −1 */
	focusable: number;
	selected: boolean;
}

/** One row: its number and the cells in sight. Decoded once while it stays in sight. */
export const Row = memo(function Row({ result, row, index, top, height, columns, widths, before, countWidth, place, focusable, selected }: RowProps) {
	return (
		<div className="g-row" role="row" aria-rowindex={index + 2} aria-selected={selected} tabIndex={-1} data-index={index} style={{ top, height, lineHeight: `${height - 1}px` }}>
			<div className="g-no" role="rowheader" aria-colindex={1} tabIndex={-1} data-select="" style={{ width: countWidth }}>
				{index + 1}
			</div>
			{before > 0 && <div role="presentation" style={{ width: before, flex: "none" }} />}
			{columns.map((column) => {
				const { kind } = result.columns[column]!;
				return (
					<div
						key={column}
						className={kind === "number" ? "g-cell r" : "g-cell"}
						role="gridcell"
						aria-colindex={column + 2}
						data-column={column}
						tabIndex={column === focusable ? 0 : -1}
						style={{ width: widths[column] }}
					>
						<LinkedText text={result.text(row, column)} href={placeOfCell(result, place, row, column)} />
					</div>
				);
			})}
		</div>
	);
});
