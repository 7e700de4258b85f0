import { probeId } from "@/lib/parity/identity";
import type { MiniRun, ProbeRow, SinceRow } from "@/lib/tables/board";

/** A probe with what the board shows beside it. */
export interface BoardRow extends ProbeRow {
	since: SinceRow | null;
	history: readonly MiniRun[];
}

export const SORTS = ["status", "name", "pass", "since"] as const;
export type Sort = (typeof SORTS)[number];

const RANK: { [status in ProbeRow["status"]]: number } = { fail: 0, incomplete: 1, "not compared": 2, pass: 3 };

const byText = (a: string | null, b: string | null) => (a === b ? 0 : a === null ? 1 : b === null ? -1 : a < b ? -1 : 1);

/** Newest first; a time that is not known comes last. */
const bySince = (a: BoardRow, b: BoardRow) => {
	const [x, y] = [a.since?.ranAt ?? null, b.since?.ranAt ?? null];
	return x === null || y === null ? byText(x, y) : byText(y, x);
};

/** The share that passes of what was compared; nothing compared comes after everything. */
const share = (row: BoardRow) => (row.compared === 0 ? 2 : row.passed / row.compared);

const COMPARE: { [sort in Sort]: (a: BoardRow, b: BoardRow) => number } = {
	status: (a, b) => RANK[a.status] - RANK[b.status] || bySince(a, b),
	name: () => 0,
	pass: (a, b) => share(a) - share(b),
	since: bySince,
};

/** Joins the three answers of a board and orders them: failing first, then by time of change, unless another order is asked for. */
export function boardRows(probes: readonly ProbeRow[], since: readonly SinceRow[], runs: readonly MiniRun[], sort: Sort = "status"): BoardRow[] {
	const began = new Map(since.map((row) => [row.probe, row]));
	const history = new Map<string, MiniRun[]>();
	for (const run of runs) {
		const list = history.get(run.probe);
		if (list) list.push(run);
		else history.set(run.probe, [run]);
	}
	return probes
		.map((probe) => ({ ...probe, since: began.get(probe.probe) ?? null, history: history.get(probe.probe) ?? [] }))
		.sort((a, b) => COMPARE[sort](a, b) || byText(a.probe, b.probe));
}

export const GROUPS = ["folder", "sides", "measure"] as const;
export type Grouping = (typeof GROUPS)[number];

export interface BoardGroup {
	/** what its probes have in common; null for those that state nothing of the kind */
	name: string | null;
	rows: BoardRow[];
}

/** The same name for the same folder, both sides, or measure. A name that a report gives its probe, as `session_log`, lies in the folder of its last run. */
function groupName(row: BoardRow, by: Grouping): string | null {
	if (by === "measure") return row.measure;
	if (by === "sides") return row.reference === null && row.candidate === null ? null : `${row.reference ?? "not stated"} → ${row.candidate ?? "not stated"}`;
	const path = row.probe.includes("/") ? row.probe : probeId(null, row.lastRun);
	const folder = path.slice(0, Math.max(0, path.lastIndexOf("/")));
	return folder === "" ? null : folder;
}

/** Rows in groups, each in the order that the rows have; groups by name, those without one last. */
export function groupBoard(rows: readonly BoardRow[], by: Grouping): BoardGroup[] {
	const groups = new Map<string | null, BoardRow[]>();
	for (const row of rows) {
		const name = groupName(row, by);
		const group = groups.get(name);
		if (group) group.push(row);
		else groups.set(name, [row]);
	}
	return [...groups].map(([name, list]) => ({ name, rows: list })).sort((a, b) => byText(a.name, b.name));
}

/** The filter of probes whose newest report says of a case what its values do not. */
export const DISAGREES = "disagrees";

/** Rows whose status and words match; null matches all, `disagrees` those that their reports contradict. Words are looked for in name, title, both sides, measure and first divergence. */
export function filterBoard(rows: readonly BoardRow[], status: string | null, q: string | null): BoardRow[] {
	const words = (q ?? "").toLowerCase().split(/\s+/).filter((word) => word !== "");
	return rows.filter((row) => {
		if (status === DISAGREES ? row.disagreements === 0 : status !== null && row.status !== status) return false;
		const text = [row.probe, row.title, row.reference, row.candidate, row.measure, row.firstDivergence].join(" ").toLowerCase();
		return words.every((word) => text.includes(word));
	});
}
