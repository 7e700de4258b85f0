"use client";

import Link from "next/link";
import { useAnswer } from "@/components/answer/use-answer";
import { Read } from "@/components/parity/read";
import { useWorkspace } from "@/components/shell/workspace-provider";
import { Figure } from "@/components/ui/figure";
import { bytes, num } from "@/components/ui/format";
import { sourceHref } from "@/components/ui/links";
import { Section } from "@/components/ui/section";
import { unclaimedFiles } from "@/lib/tables/sources";

const NONE = {};
const FEW = 8;

/** Files that no format claims, and those that could not be read at all. */
export function UnclaimedSection() {
	const answer = useAnswer(unclaimedFiles, NONE);
	const { counts } = useWorkspace();
	const files = answer.rows.length;
	const total = counts.sources;
	return (
		<Section
			bare
			id="unclaimed"
			title="Files no format claims"
			end={
				files > 0 ? (
					<span>
						<Figure query={unclaimedFiles} className="m">
							{num(files)}
						</Figure>
						{total !== undefined && ` of ${num(total)}`}
					</span>
				) : undefined
			}
		>
			<Read answer={answer} what="Files" empty={<p className="i2">None: every file was recognised.</p>}>
				{(rows) => (
					<>
						<table className="t">
							<thead className="sr">
								<tr>
									<th scope="col">File</th>
									<th scope="col">Size</th>
									<th scope="col">What to do</th>
								</tr>
							</thead>
							<tbody>
								{rows.slice(0, FEW).map((file) => (
									<tr key={file.path}>
										<td className="m w wrap-any" title={file.note ?? undefined}>
											{file.path}
										</td>
										<td className="r m i3">{bytes(file.bytes)}</td>
										<td className="r">{file.state === "failed" ? <Link href={sourceHref(file.path)} prefetch={false} className="warn-ink">Not read: why</Link> : <Link href={sourceHref(file.path)} prefetch={false}>Open</Link>}</td>
									</tr>
								))}
							</tbody>
						</table>
						{files > FEW && (
							<p style={{ paddingTop: 8 }}>
								<Link href="/sources?state=unrecognised">All {num(files)}</Link>
							</p>
						)}
					</>
				)}
			</Read>
		</Section>
	);
}
