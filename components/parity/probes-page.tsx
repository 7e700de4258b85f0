"use client";

import { useMemo } from "react";
import { PageTop } from "@/components/shell/page-top";
import { setUrlParams, UnknownParams, useKnownParams, useUrlState } from "@/components/shell/unknown-params";
import { Empty, Seg } from "@/components/ui/bits";
import { Field, Select } from "@/components/ui/field";
import { num } from "@/components/ui/format";
import { Legend, Mark, statusVerdict } from "@/components/ui/mark";
import { Section } from "@/components/ui/section";
import type { ProbeStatus } from "@/lib/model";
import { Board } from "./board";
import { DISAGREES, filterBoard, GROUPS, groupBoard, SORTS, type Sort } from "./board-rows";
import { NoProbes } from "./no-probes";
import { Read } from "./read";
import { useBoard } from "./use-board";

const KNOWN = ["status", "q", "sort", "group"];
const STATUSES: readonly ProbeStatus[] = ["fail", "incomplete", "not compared", "pass"];

/** Every probe of the workspace, with filter, search and order in the address. */
export function ProbesPage() {
	useKnownParams(KNOWN);
	const [status, setStatus] = useUrlState("status");
	const [q, setQ] = useUrlState("q");
	const [sortName, setSort] = useUrlState("sort");
	const [groupName, setGroup] = useUrlState("group");
	const grouping = GROUPS.find((one) => one === groupName) ?? null;
	const sort: Sort = SORTS.find((one) => one === sortName) ?? "status";
	const board = useBoard(sort);
	const shown = useMemo(() => filterBoard(board.rows, status, q), [board.rows, status, q]);
	const groups = useMemo(() => (grouping === null ? undefined : groupBoard(shown, grouping)), [shown, grouping]);
	const counts = useMemo(() => new Map(STATUSES.map((one) => [one, board.rows.filter((row) => row.status === one).length])), [board.rows]);
	const disagreeing = board.rows.filter((row) => row.disagreements > 0).length;
	const options = [
		{ value: "", label: `All ${num(board.rows.length)}` },
		...STATUSES.filter((one) => (counts.get(one) ?? 0) > 0 || status === one).map((one) => ({
			value: one as string,
			label: (
				<>
					<Mark verdict={statusVerdict(one)} label={null} />
					{one} {num(counts.get(one) ?? 0)}
				</>
			),
		})),
		...(disagreeing > 0 || status === DISAGREES ? [{ value: DISAGREES, label: `recorded disagrees ${num(disagreeing)}` }] : []),
	];

	return (
		<div className="page">
			<PageTop crumbs={[{ label: "Probes" }]} />
			<UnknownParams />
			<div className="row wrap" style={{ gap: "var(--s-2) var(--s-4)" }}>
				<h1>Probes</h1>
				<span className="grow" />
				{board.rows.length > 0 && <Seg label="Status" options={options} value={status ?? ""} onChange={(value) => setStatus(value === "" ? null : value)} />}
				<Select label="Group by" value={grouping ?? ""} onChange={(value) => setGroup(value === "" ? null : value)}>
					<option value="">not grouped</option>
					<option value="folder">by folder</option>
					<option value="sides">by reference and candidate</option>
					<option value="measure">by measure</option>
				</Select>
				<Field label="Find a probe" icon="search" type="search" pageFilter width={220} value={q ?? ""} onChange={(value) => setQ(value, { replace: true })} />
			</div>
			<Section title="Latest run of each" note={sort === "status" ? "failing first, then by time of change" : undefined} end={<Legend />} id="probes" style={{ marginTop: "var(--s-4)" }}>
				<Read answer={board} what="Probes" empty={<NoProbes />}>
					{() =>
						shown.length > 0 ? (
							<Board rows={shown} groups={groups} sort={sort} onSort={(next) => setSort(next === "status" ? null : next)} />
						) : (
							<div style={{ marginTop: 12 }}>
								<Empty
									title="No probe matches"
									actions={
										<button type="button" className="btn" onClick={() => setUrlParams({ status: null, q: null })}>
											Show all {num(board.rows.length)}
										</button>
									}
								>
									<p>
										{num(board.rows.length)} probes are loaded; none {status === DISAGREES ? "disagrees with its report" : status !== null && <>has the status <code>{status}</code></>}
										{status !== null && q !== null && " and "}
										{q !== null && <>has <code>{q}</code> in its name, sides, measure or first divergence</>}.
									</p>
								</Empty>
							</div>
						)
					}
				</Read>
			</Section>
		</div>
	);
}
