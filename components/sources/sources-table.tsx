"use client";

import { useWindowVirtualizer } from "@tanstack/react-virtual";
import { useLayoutEffect, useRef, useState } from "react";
import { bytes, Figure, Hash, Mark, num, SourceLink } from "@/components/ui";
import { rejectList, type SourceRow } from "@/lib/tables/sources";
import { stateSays } from "./words";

/** More rows than this are drawn only where they are in view. */
const DRAW_ALL = 200;
const ROW = 28;
const COLUMNS = 8;

/** The files with what became of them. */
export function SourcesTable({ rows }: { rows: readonly SourceRow[] }) {
	const body = useRef<HTMLTableSectionElement>(null);
	const [top, setTop] = useState(0);
	const partly = rows.length > DRAW_ALL;
	// biome-ignore lint/correctness/useExhaustiveDependencies: where the table begins can change with what is above it
	useLayoutEffect(() => {
		if (body.current !== null) setTop(body.current.getBoundingClientRect().top + window.scrollY);
	}, [rows]);
	const virtual = useWindowVirtualizer<HTMLTableRowElement>({ count: rows.length, estimateSize: () => ROW, overscan: 16, enabled: partly, scrollMargin: top });
	const drawn = partly ? virtual.getVirtualItems() : null;
	const before = (drawn?.[0]?.start ?? top) - top;
	const after = partly ? virtual.getTotalSize() - ((drawn?.at(-1)?.end ?? top) - top) : 0;
	return (
		<div className="scroll">
			<table className="t" aria-label="Sources" aria-rowcount={rows.length}>
				<thead>
					<tr>
						<th scope="col">Path</th>
						<th scope="col" className="c-mid">
							Format
						</th>
						<th scope="col" className="r c-wide">
							Lines
						</th>
						<th scope="col" className="r c-mid">
							Records
						</th>
						<th scope="col" className="r">
							Rejects
						</th>
						<th scope="col" className="r">
							Size
						</th>
						<th scope="col" className="c-wide">
							sha256
						</th>
						<th scope="col" className="c-mid">
							State
						</th>
					</tr>
				</thead>
				<tbody ref={body}>
					{before > 0 && <Space height={before} />}
					{drawn === null ? rows.map((row, i) => <Row key={row.path} row={row} index={i} />) : drawn.map((place) => <Row key={place.key} row={rows[place.index]!} index={place.index} measure={virtual.measureElement} />)}
					{after > 0 && <Space height={after} />}
				</tbody>
			</table>
		</div>
	);
}

function Space({ height }: { height: number }) {
	return (
		<tr>
			<td colSpan={COLUMNS} style={{ height, padding: 0, border: 0 }} />
		</tr>
	);
}

function Row({ row, index, measure }: { row: SourceRow; index: number; measure?: (element: HTMLTableRowElement | null) => void }) {
	const quiet = row.state !== "ready" && row.state !== "partial";
	return (
		<tr ref={measure} data-index={index}>
			<td className="w" style={{ minWidth: 140, paddingBlock: 4 }}>
				{row.state === "left out" ? <span className="m i3 wrap-any">{row.path}</span> : <SourceLink path={row.path} />}
				<span className="only-s small i3">
					{row.format ?? "no format"}
					{row.state === "ready" ? "" : `, ${row.state}`}
				</span>
			</td>
			<td className="i2 c-mid">{row.format ?? <span className="i3">none</span>}</td>
			<td className="m r i2 c-wide">{num(row.lines)}</td>
			<td className="m r c-mid">{num(row.records)}</td>
			<td className="m r">
				{row.rejects > 0 ? (
					<span className="vb warn-ink" style={{ justifyContent: "flex-end" }}>
						<Mark verdict="reject" label={null} />
						<Figure query={rejectList} params={{ source: row.path }} tone="warn" label={`lines of ${row.path} that could not be read`}>
							{num(row.rejects)}
						</Figure>
					</span>
				) : (
					<span className="i3">{quiet ? "" : "0"}</span>
				)}
			</td>
			<td className="m r i2" title={`${num(row.bytes)} bytes`}>
				{row.path.endsWith("/") ? "folder" : bytes(row.bytes)}
			</td>
			<td className="i3 c-wide">{row.sha256 === null ? "" : <Hash value={row.sha256} />}</td>
			<td className={`c-mid ${quiet ? "i2" : "i3"}`} title={row.note ?? stateSays(row.state)}>
				{row.state}
			</td>
		</tr>
	);
}
