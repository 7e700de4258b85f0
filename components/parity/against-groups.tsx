"use client";

import { useState } from "react";
import { setUrlParams } from "@/components/shell/url-state";
import { Figure } from "@/components/ui/figure";
import { num } from "@/components/ui/format";
import { Mark } from "@/components/ui/mark";
import type { CasePair } from "@/lib/parity/compare-runs";
import type { RunRow } from "@/lib/tables/parity";
import { casesOfTwoRuns, positionsText } from "@/lib/tables/probe-questions";
import { type AgainstGroup, positionsOf, verdictsText } from "./against-model";
import { Breakable } from "./breakable";
import { valueText } from "./measure";
import { preview } from "./side-text";

const FEW = 10;
const MORE = 200;

interface GroupsProps {
	id: string;
	before: RunRow;
	after: RunRow;
	groups: readonly AgainstGroup[];
}

/** The groups as figures, then the cases of each. What is the same in both is counted and not listed. */
export function AgainstGroups({ id, before, after, groups }: GroupsProps) {
	const params = (pairs: readonly CasePair[]) => {
		const at = positionsOf(pairs);
		return { probe: id, before: before.run, after: after.run, before_positions: positionsText(at.before), after_positions: positionsText(at.after) };
	};
	const main = new Set<AgainstGroup["key"]>(["newlyBroken", "failingInBoth", "fixed", "otherValue"]);
	const counted = groups.filter(({ key, pairs }) => main.has(key) || pairs.length > 0);
	const listed = groups.filter(({ key, pairs }) => key !== "same" && pairs.length > 0);
	return (
		<>
			<p className="row wrap" style={{ gap: "4px var(--s-5)", padding: "8px 0" }}>
				{counted.map(({ key, title, mark, pairs }) => (
					<span className={`vb${key === "newlyBroken" && pairs.length > 0 ? " fail-ink" : pairs.length === 0 ? " i3" : ""}`} key={key}>
						{mark !== null && <Mark verdict={mark} label={null} />}
						<span>
							{pairs.length === 0 ? "0" : (
								<Figure query={casesOfTwoRuns} params={params(pairs)} label={`cases ${title}`} tone={key === "newlyBroken" ? "fail" : undefined}>
									{num(pairs.length)}
								</Figure>
							)}{" "}
							{title}
						</span>
					</span>
				))}
			</p>
			{listed.length > 0 && (
				<div className="scroll">
					<table className="t">
						<thead>
							<tr>
								<th scope="col">Case</th>
								<th scope="col">Verdict</th>
								<th scope="col" className="r">Older</th>
								<th scope="col" className="r">Newer</th>
								<th scope="col" className="r">Change</th>
							</tr>
						</thead>
						{listed.map((group) => (
							<Group key={group.key} group={group} before={before} after={after} params={params} />
						))}
					</table>
				</div>
			)}
			{listed.length === 0 && <p className="i2">The runs have the same cases with the same verdicts and values.</p>}
		</>
	);
}

function Group({ group, before, after, params }: { group: AgainstGroup; before: RunRow; after: RunRow; params: (pairs: readonly CasePair[]) => { probe: string; before: string; after: string; before_positions: string; after_positions: string } }) {
	const [limit, setLimit] = useState(FEW);
	const shown = group.pairs.slice(0, limit);
	const value = (pair: CasePair, side: "before" | "after") => {
		const one = pair[side];
		if (one === null) return <span className="null">absent</span>;
		if (one.value === null) return one.candidate === null ? <span className="null">no value</span> : preview(one.candidate, 28);
		return (
			<Figure query={casesOfTwoRuns} params={params([pair])} label={`${pair.case} in both runs`}>
				{valueText(one.value, (side === "before" ? before : after).measure)}
			</Figure>
		);
	};
	return (
		<tbody>
			<tr>
				<th scope="rowgroup" colSpan={5} style={{ paddingTop: 12 }}>
					<span className="vb b">
						{group.mark !== null && <Mark verdict={group.mark} label={null} />}
						{group.title} <span className="i3">{num(group.pairs.length)}</span>
					</span>
				</th>
			</tr>
			{shown.map((pair) => (
				<tr key={`${pair.case}\n${pair.occurrence}`}>
					<td className={`m${pair.case.length > 36 ? " w" : ""}`}>
						<button type="button" className="plain" title="Show it among the cases" onClick={() => setUrlParams({ case: pair.case })}>
							<Breakable text={pair.case} />
						</button>
						{pair.occurrence > 0 && <span className="i3"> ({pair.occurrence + 1})</span>}
					</td>
					<td className="i2 nw">{verdictsText(pair)}</td>
					<td className="m r">{value(pair, "before")}</td>
					<td className="m r">{value(pair, "after")}</td>
					<td className="m r nw">{changeText(pair, after.measure)}</td>
				</tr>
			))}
			{shown.length < group.pairs.length && (
				<tr>
					<td colSpan={5}>
						<button type="button" className="btn" onClick={() => setLimit(limit + MORE)}>
							Show {num(Math.min(MORE, group.pairs.length - shown.length))} more of {num(group.pairs.length)}
						</button>
					</td>
				</tr>
			)}
		</tbody>
	);
}

/** A change with its sign; what has no number says so. */
function changeText(pair: CasePair, measure: string | null) {
	if (pair.change === null) return <span className="null">{pair.before === null || pair.after === null ? "" : "no number"}</span>;
	if (pair.change === 0) return "0";
	return `${pair.change > 0 ? "+" : "−"}${valueText(Math.abs(pair.change), measure)}`;
}
