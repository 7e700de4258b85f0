"use client";

import { Mark, num, Section } from "@/components/ui";
import { Figure } from "@/components/ui/figure";
import { type RejectRow, rejectList } from "@/lib/tables/sources";

/** The lines of one source that could not be read. A press shows the line in the text below. */
export function SourceRejects({ rows, total, path, marked, onMark }: { rows: readonly RejectRow[]; total: number; path: string; marked: number | null; onMark: (line: number) => void }) {
	return (
		<Section
			title="Rejects"
			note="lines that could not be read; they are in no table but rejects"
			end={
				<Figure query={rejectList} params={{ source: path }} tone="warn" className="m" label="lines of this source that could not be read">
					{num(total)}
				</Figure>
			}
			style={{ flex: "none", marginTop: "var(--s-4)" }}
		>
			{/* biome-ignore lint/a11y/noNoninteractiveTabindex: the box scrolls, so the keyboard must reach it */}
			<section className="scroll" tabIndex={0} aria-label="Rejects" style={{ maxHeight: "28vh", overflow: "auto" }}>
				<table className="t rej">
					<thead>
						<tr>
							<th scope="col">Line</th>
							<th scope="col">Why</th>
							<th scope="col" className="c-mid">
								Raw
							</th>
							<th scope="col" className="r">
								Byte
							</th>
						</tr>
					</thead>
					<tbody>
						{rows.map((row) => (
							<tr key={`${row.line}:${row.byteOffset}:${row.reason}`} data-selected={row.line !== null && row.line === marked ? true : undefined}>
								<td style={{ width: 90 }}>
									<span className="vb">
										<Mark verdict="reject" label={null} />
										{row.line === null ? (
											<span className="i3">whole file</span>
										) : (
											<button type="button" className="plain m" style={{ color: "var(--accent)" }} onClick={() => onMark(row.line!)}>
												{num(row.line)}
											</button>
										)}
									</span>
								</td>
								<td className="w">{row.reason}</td>
								<td className="m i3 clip c-mid" style={{ width: "38%" }} title={row.raw}>
									{row.raw.slice(0, 200)}
								</td>
								<td className="m r i3">{row.byteOffset === null ? "" : num(row.byteOffset)}</td>
							</tr>
						))}
					</tbody>
				</table>
			</section>
			{rows.length < total && <p className="small i3">The first {num(rows.length)} are listed.</p>}
		</Section>
	);
}
