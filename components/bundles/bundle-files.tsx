"use client";

import { useMemo } from "react";
import { useAnswer } from "@/components/answer/use-answer";
import { Read } from "@/components/parity/read";
import { stateSays } from "@/components/sources/words";
import { bytes, count, Figure, Mark, num, Section, SourceLink } from "@/components/ui";
import { type BundleFile, bundleFiles } from "@/lib/tables/bundles";
import { rejectList } from "@/lib/tables/sources";
import { Few } from "./few";
import { inside } from "./words";

/** The files of a bundle: what each was recognised as and what became of it. */
export function BundleFiles({ bundle }: { bundle: string }) {
	const params = useMemo(() => ({ bundle }), [bundle]);
	const answer = useAnswer(bundleFiles, params);
	return (
		<Section id="files" title="Files" note={answer.rows.length === 0 ? undefined : count(answer.rows.length, "file")}>
			<Read answer={answer} what="Files" empty={<p className="i2">None: the folder has no file of its own.</p>}>
				{(all) => (
					<Few rows={all} what="files">
						{(rows) => (
							<div className="scroll">
								<table className="t" aria-label="Files">
									<thead>
										<tr>
											<th scope="col">File</th>
											<th scope="col" className="c-mid">
												Format
											</th>
											<th scope="col" className="r c-mid">
												Lines
											</th>
											<th scope="col" className="r">
												Rejects
											</th>
											<th scope="col" className="r">
												Size
											</th>
											<th scope="col" className="c-mid">
												State
											</th>
										</tr>
									</thead>
									<tbody>
										{rows.map((row) => (
											<File key={row.path} row={row} bundle={bundle} />
										))}
									</tbody>
								</table>
							</div>
						)}
					</Few>
				)}
			</Read>
		</Section>
	);
}

function File({ row, bundle }: { row: BundleFile; bundle: string }) {
	const quiet = row.state === "ready";
	return (
		<tr>
			<td className="w">
				{row.state === "left out" ? <span className="m i3 wrap-any">{inside(bundle, row.path)}</span> : <SourceLink path={row.path}>{inside(bundle, row.path)}</SourceLink>}
				<span className="only-s small i3">
					{row.format ?? "no format"}
					{quiet ? "" : `, ${row.state}`}
				</span>
			</td>
			<td className="i2 c-mid">{row.format ?? <span className="i3">none</span>}</td>
			<td className="m r i2 c-mid">{num(row.lines)}</td>
			<td className="m r">
				{row.rejects > 0 ? (
					<span className="vb warn-ink" style={{ justifyContent: "flex-end" }}>
						<Mark verdict="reject" label={null} />
						<Figure query={rejectList} params={{ source: row.path }} tone="warn" label={`lines of ${row.path} that could not be read`}>
							{num(row.rejects)}
						</Figure>
					</span>
				) : (
					<span className="i3">{quiet || row.state === "partial" ? "0" : ""}</span>
				)}
			</td>
			<td className="m r i2" title={`${num(row.bytes)} bytes`}>
				{bytes(row.bytes)}
			</td>
			<td className={`c-mid ${quiet ? "i3" : "i2"}`} title={row.note ?? stateSays(row.state)}>
				{row.state}
			</td>
		</tr>
	);
}
