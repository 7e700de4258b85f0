import { readableQuery } from "@/components/shell/url-state";
import type { SessionFilter, SessionRow } from "@/lib/tables/sessions";
import { timeFilter } from "./words";

/** The parameters of the list. They stay in the address when a session is chosen, because the list stays beside it. */
export const FILTER_NAMES = ["daemon", "verdict", "kind", "model", "after", "before", "q", "sort"] as const;
export const KNOWN = [...FILTER_NAMES, "id", "source", "line", "attempt"] as const;

export const SORTS = ["newest", "oldest", "slowest", "attempts"] as const;
export type Sort = (typeof SORTS)[number];
export const SORT_WORDS: { [sort in Sort]: string } = { newest: "newest first", oldest: "oldest first", slowest: "slowest first", attempts: "most attempts first" };

interface ReadParams {
	get(name: string): string | null;
}

/** The filters of an address; a time that is no time is left out and named in `bad`. */
export function readFilter(params: ReadParams): { filter: SessionFilter; sort: Sort; bad: { name: string; value: string }[] } {
	const text = (name: string) => params.get(name) || null;
	const bad: { name: string; value: string }[] = [];
	const time = (name: string) => {
		const value = text(name);
		const at = timeFilter(value);
		if (value !== null && at === null) bad.push({ name, value });
		return at;
	};
	const sort = text("sort");
	const known = SORTS.find((candidate) => candidate === sort);
	if (sort !== null && known === undefined) bad.push({ name: "sort", value: sort });
	return {
		filter: { daemon: text("daemon"), verdict: text("verdict"), kind: text("kind"), model: text("model"), after: time("after"), before: time("before"), q: text("q") },
		sort: known ?? "newest",
		bad,
	};
}

/** Which session an address means: by id, by the line it stands on, or both. */
export interface Chosen {
	id: string | null;
	source: string | null;
	line: number | null;
}

/** Null where the address names no session. */
export function readChosen(params: ReadParams): Chosen | null {
	const id = params.get("id") || null;
	const source = params.get("source") || null;
	const text = params.get("line");
	const line = text !== null && /^[1-9]\d{0,14}$/.test(text) ? Number(text) : null;
	if (id === null && (source === null || line === null)) return null;
	return { id, source, line };
}

export function isChosen(row: Pick<SessionRow, "sessionId" | "source" | "line">, chosen: Chosen): boolean {
	if (chosen.id !== null && row.sessionId !== chosen.id) return false;
	return (chosen.source === null || row.source === chosen.source) && (chosen.line === null || row.line === chosen.line);
}

/** The place of the session that an address means; of several rows with its id the earliest, which the page shows too. −1 for none. */
export function chosenIndex(rows: readonly Pick<SessionRow, "sessionId" | "source" | "line" | "timestamp">[], chosen: Chosen | null): number {
	let best = -1;
	if (chosen === null) return best;
	rows.forEach((row, index) => {
		const first = rows[best];
		if (isChosen(row, chosen) && (first === undefined || isEarlier(row, first))) best = index;
	});
	return best;
}

/** By time, then source, then line; a time that is not known comes last. */
function isEarlier(a: Pick<SessionRow, "source" | "line" | "timestamp">, b: Pick<SessionRow, "source" | "line" | "timestamp">): boolean {
	if (a.timestamp !== b.timestamp) return a.timestamp !== null && (b.timestamp === null || a.timestamp < b.timestamp);
	return a.source === b.source ? a.line < b.line : a.source < b.source;
}

/** The address of a session with the list's filters kept. `exact` names the line too, for an id that several rows carry. */
export function sessionHref(row: Pick<SessionRow, "sessionId" | "source" | "line">, exact: boolean, params?: ReadParams): string {
	const next = new URLSearchParams();
	if (row.sessionId !== null) next.set("id", row.sessionId);
	if (exact || row.sessionId === null) {
		next.set("source", row.source);
		next.set("line", String(row.line));
	}
	if (params !== undefined) {
		for (const name of FILTER_NAMES) {
			const value = params.get(name);
			if (value) next.set(name, value);
		}
	}
	return `/session?${readableQuery(next)}`;
}

/** The ids that more than one of these rows carries. */
export function sharedIds(rows: readonly Pick<SessionRow, "sessionId">[]): Set<string> {
	const seen = new Set<string>();
	const shared = new Set<string>();
	for (const { sessionId } of rows) {
		if (sessionId === null) continue;
		if (seen.has(sessionId)) shared.add(sessionId);
		seen.add(sessionId);
	}
	return shared;
}
