"use client";

import Link from "next/link";
import { useAnswer } from "@/components/answer/use-answer";
import { preview } from "@/components/parity/side-text";
import { Read } from "@/components/parity/read";
import { Figure } from "@/components/ui/figure";
import { num } from "@/components/ui/format";
import { SourceLink } from "@/components/ui/links";
import { Mark } from "@/components/ui/mark";
import { Section } from "@/components/ui/section";
import { rejectCount, rejectList } from "@/lib/tables/sources";

const ALL = { source: null };
const FEW = 5;

/** The first lines that could not be read, each leading to its place. */
export function RejectsSection({ total }: { total: { rejects: number } | undefined }) {
	const answer = useAnswer(rejectList, ALL);
	const some = total !== undefined && total.rejects > 0;
	return (
		<Section
			bare
			className="span2"
			id="rejects"
			title={
				<span className="vb">
					{some && <Mark verdict="reject" label={null} />}
					Rejects
				</span>
			}
			note={
				some ? (
					<>
						<Figure query={rejectCount} className="m">
							{num(total.rejects)}
						</Figure>{" "}
						{total.rejects === 1 ? "line" : "lines"} or documents that could not be read; nothing here counts as a record
					</>
				) : undefined
			}
			end={some ? <Link href="/sources?state=partial">All {num(total.rejects)}</Link> : undefined}
		>
			<Read answer={answer} what="Rejects" empty={<p className="i2">None: every line that was read became a record or is accounted for.</p>}>
				{(rows) => (
					<div className="scroll">
						<table className="t rej">
							<thead className="sr">
								<tr>
									<th scope="col">Where</th>
									<th scope="col">Why</th>
									<th scope="col">What it says</th>
								</tr>
							</thead>
							<tbody>
								{rows.slice(0, FEW).map((row) => (
									<tr key={`${row.source}:${row.line}:${row.byteOffset}:${row.reason}`}>
										<td>
											<SourceLink path={row.source} line={row.line} />
										</td>
										<td className="i2 w">{preview(row.reason, 110)}</td>
										<td className="m i3 c-mid">{preview(row.raw, 30)}</td>
									</tr>
								))}
							</tbody>
						</table>
					</div>
				)}
			</Read>
		</Section>
	);
}
