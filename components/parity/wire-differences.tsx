"use client";

import { useMemo, useState } from "react";
import { useUrlState } from "@/components/shell/url-state";
import { num } from "@/components/ui/format";
import { Mark } from "@/components/ui/mark";
import type { WireComparison } from "@/lib/parity/wire";
import type { CaseRow } from "@/lib/tables/parity";
import { Breakable } from "./breakable";
import { preview } from "./side-text";
import { IgnoredValues, IgnoreSwitches } from "./wire-ignore";
import { ignorable, ignoreOf, ignoreText, ownIgnore, placeText, wireOf } from "./wire-model";

const FEW = 12;
const MORE = 100;

/** What differs between the two bodies of a case, each with its class and what that means for a caller. */
export function WireDifferences({ one, note }: { one: CaseRow; note: string | null }) {
	const [text, setText] = useUrlState("ignore");
	const own = useMemo(() => ownIgnore(note), [note]);
	const ignore = useMemo(() => ignoreOf(text) ?? own, [text, own]);
	const answer = useMemo(() => wireOf(one.reference, one.candidate, ignore), [one.reference, one.candidate, ignore]);
	// Offered is what differs with nothing ignored, so that no switch goes away when it is pressed.
	const whole = useMemo(() => (ignore.length === 0 ? answer : wireOf(one.reference, one.candidate)), [one.reference, one.candidate, ignore, answer]);
	const offered = useMemo(() => (whole === null || "why" in whole ? [] : ignorable(one.reference ?? "", one.candidate ?? "", whole.comparison.differences)), [whole, one.reference, one.candidate]);
	if (answer === null) return null;
	const choose = (rules: readonly string[]) => setText(ignoreText(rules, own));
	return (
		<section aria-labelledby="wire-title" style={{ paddingTop: 14 }}>
			<h3 id="wire-title" style={{ font: "var(--weight-title) var(--text-sm)/20px var(--font-ui)" }}>
				Differences by their kind
			</h3>
			{"why" in answer ? (
				<p className="i2">{answer.why}</p>
			) : (
				<>
					<IgnoreSwitches offered={[...new Set([...own, ...offered])]} chosen={ignore} own={own} choose={choose} unused={answer.comparison.unused} />
					<Found key={`${one.run}\n${one.position}`} comparison={answer.comparison} judged={one.verdict} asked={text !== null && ignoreText(ignore, own) !== null} />
				</>
			)}
		</section>
	);
}

function Found({ comparison, judged, asked }: { comparison: WireComparison; judged: CaseRow["verdict"]; asked: boolean }) {
	const [limit, setLimit] = useState(FEW);
	const { differences, classes, more, notes, reason, verdict } = comparison;
	const shown = differences.slice(0, limit);
	const side = (text: string | null) => (text === null ? <span className="null">absent</span> : <span title={text.length > 60 ? text.slice(0, 2000) : undefined}>{preview(text, 60)}</span>);
	return (
		<>
			<p className="i2 wrap-any" role="status">
				{asked && (
					<span className="vb">
						<Mark verdict={verdict} label={null} size={9} />
						<b>{verdict}</b> as asked:
					</span>
				)}
				{asked && " "}
				{asked ? reason : reason.charAt(0).toUpperCase() + reason.slice(1)}.
				{(asked || verdict === "pass" || verdict === "fail") && verdict !== judged && ` The case stays ${judged}, as ${asked ? "it was judged" : "its own measure judges it"}.`}
			</p>
			<IgnoredValues ignored={comparison.ignored} />
			{classes.length > 0 && (
				<dl className="kv small" style={{ padding: "6px 0 8px", maxWidth: "110ch" }}>
					{classes.map((item) => (
						<div key={item.class} style={{ display: "contents" }}>
							<dt>
								<span className="b" style={{ color: "var(--ink-1)" }}>{item.class}</span> {item.count > 1 && num(item.count)}
							</dt>
							<dd className="i2">{item.meaning}</dd>
						</div>
					))}
				</dl>
			)}
			{shown.length > 0 && (
				// biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
				<section className="scroll" tabIndex={0} aria-label="Differences">
					<table className="t">
						<thead>
							<tr>
								<th scope="col">Place</th>
								<th scope="col">Class</th>
								<th scope="col">Reference</th>
								<th scope="col">Candidate</th>
								<th scope="col">How</th>
							</tr>
						</thead>
						<tbody>
							{shown.map((item, i) => (
								// biome-ignore lint/suspicious/noArrayIndexKey: a difference is its place in the list
								<tr key={i}>
									<td className="m w" style={{ minWidth: 140 }}>
										<Breakable text={placeText(item.referencePointer, item.candidatePointer)} />
									</td>
									<td className="nw">{item.class}</td>
									<td className="m w" style={{ minWidth: 120 }}>{side(item.reference)}</td>
									<td className="m w" style={{ minWidth: 120 }}>{side(item.candidate)}</td>
									<td className="i2 w" style={{ minWidth: 160 }}>{item.detail}</td>
								</tr>
							))}
						</tbody>
					</table>
				</section>
			)}
			{shown.length < differences.length && (
				<p style={{ paddingTop: 10 }}>
					<button type="button" className="btn" onClick={() => setLimit(limit + MORE)}>
						Show {num(Math.min(MORE, differences.length - shown.length))} more of {num(differences.length + more)}
					</button>
				</p>
			)}
			{notes.map((note) => (
				<p key={note} className="small i2">
					{note.charAt(0).toUpperCase() + note.slice(1)}.
				</p>
			))}
		</>
	);
}
