// biome-ignore-all lint/suspicious/noArrayIndexKey: the lines of two texts never move among one another
"use client";

import { type ReactNode, useMemo } from "react";
import { Icon, num, Time } from "@/components/ui";
import { type DiffRow, diffLines } from "@/lib/notebook/line-diff";
import { visible } from "@/lib/notebook/prose";

/** equal lines around a difference; longer runs of them are folded */
const AROUND = 3;

/** The folder's file is another than the one the draft began from: both are shown, and the author chooses. */
export function TwoVersions({ mine, theirs, at, over, onMine, onTheirs }: { mine: string; theirs: string | null; at: string | null; over: ReactNode; onMine: () => void; onTheirs: () => void }) {
	const left = useMemo(() => mine.split("\n"), [mine]);
	const right = useMemo(() => (theirs ?? "").split("\n"), [theirs]);
	const rows = useMemo(() => (theirs === null ? null : diffLines(left, right)), [left, right, theirs]);
	return (
		<section className="trust changed" aria-labelledby="two-versions">
			<Icon name="info" />
			<div>
				<h2 id="two-versions">The file is not the one that your draft began from</h2>
				<p>
					Your draft{at !== null && <> of <Time value={at} style="minute" /></>} and the folder’s file both changed. Nothing is lost until you choose; lines that the other lacks are marked.
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
			{rows === null ? <Apart left={left} right={theirs === null ? null : right} /> : <Aligned rows={rows} left={left} right={right} />}
		</section>
	);
}

/** Equal lines beside one another, long runs of them folded. */
function Aligned({ rows, left, right }: { rows: readonly DiffRow[]; left: readonly string[]; right: readonly string[] }) {
	const line = (lines: readonly string[], at: number | null, same: boolean, other: string) => (
		<>
			<td className="r i3">{at === null ? "" : at + 1}</td>
			<td className={at === null ? "none" : same ? undefined : "differs"}>
				{at !== null && !same && <span className="sr">not in {other}: </span>}
				{at === null ? "" : visible(lines[at]!.replace(/\r$/, ""))}
			</td>
		</>
	);
	const near = rows.map((_, at) => rows.slice(Math.max(0, at - AROUND), at + AROUND + 1).some((row) => !row.same));
	const drawn: ReactNode[] = [];
	for (let at = 0; at < rows.length; ) {
		let end = at;
		while (end < rows.length && !near[end]) end++;
		if (end - at > 1) {
			drawn.push(
				<tr key={at} className="folded">
					<td colSpan={4}>{num(end - at)} equal lines</td>
				</tr>,
			);
			at = end;
			continue;
		}
		const row = rows[at]!;
		drawn.push(
			<tr key={at}>
				{line(left, row.left, row.same, "the folder’s file")}
				{line(right, row.right, row.same, "your draft")}
			</tr>,
		);
		at++;
	}
	return (
		<div className="more scroll two-aligned">
			<table>
				<thead>
					<tr>
						<th scope="col" colSpan={2}>
							Your draft
						</th>
						<th scope="col" colSpan={2}>
							The folder’s file
						</th>
					</tr>
				</thead>
				<tbody>{drawn}</tbody>
			</table>
		</div>
	);
}

/** Two texts that have too little in common to be set side by side. */
function Apart({ left, right }: { left: readonly string[]; right: readonly string[] | null }) {
	const other = new Set(right);
	const own = new Set(left);
	const lines = (list: readonly string[], against: ReadonlySet<string>) =>
		list.map((line, n) => (
			<span key={n} className={against.has(line) ? undefined : "differs"}>
				{visible(line)}
				{"\n"}
			</span>
		));
	return (
		<div className="more two-texts">
			<div>
				<h3>Your draft</h3>
				<pre className="code">{lines(left, other)}</pre>
			</div>
			<div>
				<h3>The folder’s file</h3>
				<pre className="code">{right === null ? "There is none any more." : lines(right, own)}</pre>
			</div>
		</div>
	);
}
