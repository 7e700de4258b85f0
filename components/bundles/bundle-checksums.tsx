"use client";

import { useMemo } from "react";
import { useAnswer } from "@/components/answer/use-answer";
import { Read } from "@/components/parity/read";
import { count, Hash, MarkWord, Section, SourceLink } from "@/components/ui";
import { type BundleChecksum, bundleChecksums } from "@/lib/tables/bundles";
import { Few } from "./few";
import { checksumSays, inside } from "./words";

/** Whether the files are those that the checksum lists name: what differs and what is missing first. */
export function BundleChecksums({ bundle }: { bundle: string }) {
	const params = useMemo(() => ({ bundle }), [bundle]);
	const answer = useAnswer(bundleChecksums, params);
	const held = answer.rows.filter((row) => row.state === "match").length;
	return (
		<Section id="checksums" title="Checksums" note={answer.rows.length === 0 ? undefined : `${held} of ${count(answer.rows.length, "entry", "entries")} match the file that is here`}>
			<Read answer={answer} what="Checksums" empty={<p className="i2">The bundle has no checksum list, so nothing says what its files were.</p>}>
				{(all) => (
					<Few rows={all} what="entries">
						{(rows) => (
							<div className="scroll">
								<table className="t" aria-label="Checksums">
									<thead>
										<tr>
											<th scope="col">State</th>
											<th scope="col">File</th>
											<th scope="col" className="c-mid">
												Listed sha256
											</th>
											<th scope="col" className="c-mid">
												Here
											</th>
											<th scope="col" className="c-wide">
												Line
											</th>
										</tr>
									</thead>
									<tbody>
										{rows.map((row) => (
											<Entry key={`${row.source}:${row.line}`} row={row} bundle={bundle} />
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

function Entry({ row, bundle }: { row: BundleChecksum; bundle: string }) {
	const { mark, word } = checksumSays(row.state);
	return (
		<tr className={row.state === "differs" ? "hot" : undefined}>
			<td>
				<MarkWord verdict={mark} word={word} />
			</td>
			<td className="w">
				{row.found === null ? (
					<span className="m wrap-any">{row.path}</span>
				) : (
					<SourceLink path={row.found}>
						<span title={row.path}>{inside(bundle, row.found)}</span>
					</SourceLink>
				)}
			</td>
			<td className="i2 c-mid">
				<Hash value={row.sha256} what="listed sha256" />
			</td>
			<td className="i2 c-mid">{row.found === null ? <span className="i3">no such file</span> : <Hash value={row.foundSha256} what="sha256 here" />}</td>
			<td className="c-wide">
				<SourceLink path={row.source} line={row.line} short />
			</td>
		</tr>
	);
}
