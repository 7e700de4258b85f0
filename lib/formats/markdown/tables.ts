import type { RowInput } from "@/lib/model";
import type { Outline } from "./outline";
import { cellNumber } from "./text";

/**
 * Rows of `doc_tables`: every cell of every table, the header as row 0. A row with more cells than the header has
 * an unescaped `|` somewhere, so what stands in which column is open: its text is kept, its numbers are not, and a note says so.
 */
export function tableRows(outline: Outline, source: string): { rows: RowInput[]; notes: string[] } {
	const rows: RowInput[] = [];
	const notes: string[] = [];
	let tableNo = 0;
	for (const block of outline.blocks) {
		if (block.kind !== "table") continue;
		const names = block.header.cells;
		[block.header, ...block.rows].forEach((row, rowNo) => {
			const shifted = row.cells.length > names.length;
			if (shifted) notes.push(`line ${row.line}: a table row has ${row.cells.length} cells under ${names.length} columns (an unescaped "|"); its numbers are not read`);
			row.cells.forEach((text, columnNo) => {
				const parsed = rowNo === 0 || shifted ? null : cellNumber(text);
				rows.push({
					table_no: tableNo,
					row_no: rowNo,
					column_no: columnNo,
					column_name: names[columnNo] ?? null,
					text,
					number: parsed?.number ?? null,
					unit: parsed?.unit ?? null,
					source,
					line: row.line,
				});
			});
		});
		tableNo++;
	}
	return { rows, notes };
}
