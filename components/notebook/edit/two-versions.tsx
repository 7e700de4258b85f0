import { type ReactNode, useMemo } from "react";
import { Icon, Time } from "@/components/ui";
import { alignedLines, type Line } from "@/lib/notebook/line-diff";
import { visible } from "@/lib/notebook/prose";

interface TwoVersionsProps {
	mine: string;
	/** null where the folder has the file no more */
	theirs: string | null;
	/** when the draft was last kept */
	at: string | null;
	/** one more way out */
	over: ReactNode;
	onMine: () => void;
	onTheirs: () => void;
}

/** The folder's file is another than the one the draft began from: both are shown line beside line, and the author chooses. */
export function TwoVersions({ mine, theirs, at, over, onMine, onTheirs }: TwoVersionsProps) {
	const pairs = useMemo(() => (theirs === null ? mine.split("\n").map((text, i) => ({ left: { n: i + 1, text }, right: null, same: false })) : alignedLines(mine, theirs)), [mine, theirs]);
	return (
		<section className="trust changed" aria-labelledby="two-versions">
			<Icon name="info" />
			<div>
				<h2 id="two-versions">The file is not the one that your draft began from</h2>
				<p>
					Your draft{at !== null && <> of <Time value={at} style="minute" /></>} and the folder’s file both changed. Nothing is lost until you choose; lines that differ are marked.
				</p>
			</div>
			<div className="act">
				<button type="button" className="btn" onClick={onMine}>
					Go on with my draft
				</button>
				<button type="button" className="btn" onClick={onTheirs}>
					{theirs === null ? "Begin anew" : "Take the file’s"}
				</button>
				{over}
			</div>
			{/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls can be scrolled by key */}
			<section className="more two-texts" tabIndex={0} aria-label="Both versions">
				<table>
					<thead>
						<tr>
							<th scope="col">Your draft</th>
							<th scope="col">{theirs === null ? "The folder has the file no more" : "The folder’s file"}</th>
						</tr>
					</thead>
					<tbody>
						{pairs.map(({ left, right, same }) => (
							<tr key={`${left?.n} ${right?.n}`} className={same ? undefined : "differs"}>
								<Side line={left} />
								<Side line={right} />
							</tr>
						))}
					</tbody>
				</table>
			</section>
		</section>
	);
}

function Side({ line }: { line: Line | null }) {
	if (line === null) return <td className="none" />;
	return (
		<td>
			<span className="n" aria-hidden="true">
				{line.n}
			</span>
			{visible(line.text)}
		</td>
	);
}
