"use client";

import Link from "next/link";
import type { ReactNode } from "react";
import { Figure } from "@/components/ui/figure";
import { count, distance, num, outOf } from "@/components/ui/format";
import { Icon } from "@/components/ui/icon";
import { Mark, StatusMark } from "@/components/ui/mark";
import { Time } from "@/components/ui/time";
import { parseTime } from "@/components/ui/time-text";
import { firstDivergenceCase, runDisagreements, runNotCompared, runPassing } from "@/lib/tables/parity";
import type { BoardGroup, BoardRow, Sort } from "./board-rows";
import { Breakable } from "./breakable";
import { probeHref } from "./href";
import { measureText } from "./measure";
import { MiniStrip } from "./mini-strip";

export interface BoardProps {
	rows: readonly BoardRow[];
	/** the same rows in groups, each under its name */
	groups?: readonly BoardGroup[] | undefined;
	/** without it the heads are plain words */
	sort?: Sort;
	onSort?: (sort: Sort) => void;
}

/** The probes board: one row a probe with its history in miniature. */
export function Board({ rows, groups, sort, onSort }: BoardProps) {
	const head = (key: Sort, words: ReactNode, className?: string) =>
		onSort === undefined ? (
			<th scope="col" className={className}>
				{words}
			</th>
		) : (
			<th scope="col" className={className} aria-sort={sort === key ? (key === "since" ? "descending" : "ascending") : "none"}>
				<button type="button" onClick={() => onSort(sort === key ? "status" : key)}>
					{words}
					{sort === key && <Icon name={key === "since" ? "chevron-down" : "chevron-up"} />}
				</button>
			</th>
		);
	return (
		<div className="scroll">
			<table className="t tall">
				<thead>
					<tr>
						<th scope="col">
							<span className="sr">Status</span>
						</th>
						{head("name", "Probe")}
						<th scope="col" className="c-wide">
							Reference <Icon name="arrow" /> candidate
						</th>
						<th scope="col" className="c-wide">
							Measure
						</th>
						{head("pass", "Pass", "r")}
						<th scope="col" className="c-mid">
							<span className="sr">Not compared</span>
						</th>
						<th scope="col">
							History<span className="c-mid">, first divergence by depth</span>
						</th>
						<th scope="col" className="c-mid">
							First divergence
						</th>
						{head("since", "Since", "r c-wide")}
						<th scope="col" className="r c-wide">
							<span className="sr">Runs ago</span>
						</th>
					</tr>
				</thead>
				{(groups ?? [{ name: null, rows }]).map((group) => (
					<tbody key={group.name}>
						{groups !== undefined && (
							<tr>
								<td />
								<th scope="rowgroup" colSpan={9} className="w" style={{ paddingTop: 14 }}>
									<span className="b wrap-any">{group.name ?? "not stated"}</span> <span className="i3">{count(group.rows.length, "probe")}{group.rows.some((row) => row.status === "fail") && `, ${num(group.rows.filter((row) => row.status === "fail").length)} failing`}</span>
								</th>
							</tr>
						)}
						{group.rows.map((row) => (
							<ProbeRows key={row.probe} row={row} />
						))}
					</tbody>
				))}
			</table>
		</div>
	);
}

function ProbeRows({ row }: { row: BoardRow }) {
	const params = { probe: row.probe, run: row.lastRun };
	const open = row.total - row.compared;
	return (
		<>
			<tr>
				<td style={{ width: 14, paddingRight: 0 }}>
					<StatusMark status={row.status} />
				</td>
				<td className="w" style={{ minWidth: "min(150px, 13cqi)" }}>
					<Link className="b" data-row="" href={probeHref(row.probe)} prefetch={false} style={{ color: "inherit" }} title={row.title !== null && row.title !== row.probe ? row.title : undefined}>
						<Breakable text={row.probe} />
					</Link>
					<Small row={row} open={open} />
					{row.sameAs !== null && (
						<span className="small i3" style={{ display: "block" }}>
							counted as <Breakable text={row.sameAs} />
						</span>
					)}
				</td>
				<td className="i2 c-wide w">
					<Sides reference={row.reference} candidate={row.candidate} />
				</td>
				<td className="m i2 c-wide">{measureText(row.measure, row.tolerance)}</td>
				<td className="r">
					<span className="m b">
						<Figure query={runPassing} params={params} tone={row.status === "fail" ? "fail" : undefined} label={`cases of ${row.probe} that pass, out of those compared, in its last run`}>
							{outOf(row.passed, row.compared)}
						</Figure>
					</span>
				</td>
				<td className="small c-mid">
					{(["unmatched", "incomparable", "skipped"] as const).map(
						(kind) =>
							row[kind] > 0 && (
								<span className={kind === "unmatched" ? "vb warn-ink" : "vb i2"} key={kind} style={{ marginRight: 6 }}>
									<Mark verdict={kind} label={kind} />
									<Figure query={runNotCompared} params={params} tone={kind === "unmatched" ? "warn" : undefined} label={`cases of ${row.probe} that are ${kind} in its last run`}>
										{num(row[kind])}
									</Figure>
								</span>
							),
					)}
				</td>
				<td style={{ paddingBlock: 0 }}>
					<MiniStrip runs={row.history} />
				</td>
				<td className="c-mid w" style={{ minWidth: "min(150px, 13cqi)" }}>
					{row.firstDivergence === null ? (
						<span className="i3">none</span>
					) : (
						<span className="m">
							<Figure query={firstDivergenceCase} params={params} label={`the first divergence of ${row.probe}`}>
								<Breakable text={row.firstDivergence} />
							</Figure>
							{row.firstValue !== null && <span className="i3 nw"> {distance(row.firstValue)}</span>}
						</span>
					)}
				</td>
				<td className="i2 r c-wide">{row.since !== null && <Since row={row.since} />}</td>
				<td className="i3 r small c-wide">{row.since !== null && (row.since.firstRun ? "1st run" : row.since.runsAgo === 0 ? "latest run" : `${count(row.since.runsAgo, "run")} ago`)}</td>
			</tr>
			{row.disagreements > 0 && (
				<tr>
					<td />
					<td colSpan={9} className="w" style={{ height: "auto" }}>
						<span className="chip">
							<Mark verdict="fail" size={9} label={null} />
							<span>
								recorded and computed verdict disagree in{" "}
								<Figure query={runDisagreements} params={params}>
									{num(row.disagreements)}
								</Figure>{" "}
								{row.disagreements === 1 ? "case" : "cases"}
							</span>
						</span>{" "}
						<span className="i3 small">of {row.probe}; the values decide</span>
					</td>
				</tr>
			)}
		</>
	);
}

/** What the columns that a narrow page leaves out said, under the name. */
function Small({ row, open }: { row: BoardRow; open: number }) {
	if (row.firstDivergence === null && open === 0) return null;
	return (
		<span className="only-s small i2 m wrap-any" style={{ fontSize: 11 }}>
			{row.firstDivergence !== null && <Breakable text={row.firstDivergence} />} {row.firstValue !== null && distance(row.firstValue)} {open > 0 && <span className="warn-ink">{num(open)} not compared</span>}
		</span>
	);
}

export function Sides({ reference, candidate }: { reference: string | null; candidate: string | null }) {
	if (reference === null && candidate === null) return <span className="i3">not stated</span>;
	return (
		<>
			{reference ?? <span className="null">not stated</span>} <Icon name="arrow" /> {candidate ?? <span className="null">not stated</span>}
		</>
	);
}

function Since({ row }: { row: NonNullable<BoardRow["since"]> }) {
	const at = row.ranAt === null ? null : parseTime(row.ranAt);
	const thisYear = at !== null && new Date(at).getFullYear() === new Date().getFullYear();
	return <Time value={row.ranAt} from={row.ranAtFrom} style={thisYear && row.ranAtFrom !== "file" ? "minute" : "date"} />;
}
