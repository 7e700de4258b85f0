// biome-ignore-all lint/suspicious/noArrayIndexKey: rows, columns and blocks of one answer never move among one another
"use client";

import { useState } from "react";
import { num } from "@/components/ui";
import { ResultGrid } from "@/components/grid/result-grid";
import type { QueryResult } from "@/lib/engine/engine";
import { visible } from "@/lib/notebook/prose";

/** So many rows stand in the report itself; more are a grid to scroll. */
const SHOWN = 12;

/** The rows of a cell: a plain table, which prints, and all of them in a grid on demand. */
export function ResultTable({ result, label }: { result: QueryResult; label: string }) {
	const [all, setAll] = useState(false);
	if (result.numRows === 0) return <p className="i2 small">No rows.</p>;
	if (all) {
		return (
			<div style={{ height: 420, display: "flex", flexDirection: "column" }}>
				<ResultGrid result={result} label={label} />
			</div>
		);
	}
	const rows = Math.min(SHOWN, result.numRows);
	return (
		<>
			<div className="scroll">
				<table className="t" aria-label={label}>
					<thead>
						<tr>
							{result.columns.map((column, at) => (
								<th key={at} scope="col" className={column.kind === "number" ? "r" : undefined}>
									{visible(column.name)}
								</th>
							))}
						</tr>
					</thead>
					<tbody>
						{Array.from({ length: rows }, (_, row) => (
							<tr key={row}>
								{result.columns.map((column, at) => {
									const text = result.text(row, at);
									return (
										<td key={at} className={`m${column.kind === "number" ? " r" : ""}`} title={text !== null && text.length > 80 ? visible(text.slice(0, 2000)) : undefined}>
											{text === null ? <i className="i3">null</i> : visible(text.length > 80 ? `${text.slice(0, 79)}…` : text)}
										</td>
									);
								})}
							</tr>
						))}
					</tbody>
				</table>
			</div>
			{result.numRows > SHOWN && (
				<p className="small">
					<button type="button" className="btn quiet slim" onClick={() => setAll(true)}>
						Show all {num(result.numRows)} rows
					</button>
				</p>
			)}
		</>
	);
}
