import { parseTime, timeText } from "@/components/ui/time-text";
import { readableQuery } from "@/components/shell/url-state";
import { DRIFT_TOLERANCE, parseTolerance } from "@/lib/drift/rules";
import type { BaselineRow } from "@/lib/tables/baselines";

export const KNOWN = ["before", "after", "metric", "tolerance"] as const;

interface ReadParams {
	get(name: string): string | null;
}

/** What names a baseline for certain, whatever its time. */
export function keyOf(row: Pick<BaselineRow, "source" | "line">): string {
	return `${row.source}:${row.line}`;
}

/** A baseline as `drift()` takes it: its time where that means this one, else `file:line`. */
export function nameOf(row: Pick<BaselineRow, "recordedAt" | "byTime" | "source" | "line">): string {
	return row.byTime && row.recordedAt !== null ? row.recordedAt : keyOf(row);
}

/** A baseline as the address names it: `2026-05-02T06:10:58Z`, else `file:line`. */
export function addressOf(row: Pick<BaselineRow, "recordedAt" | "byTime" | "source" | "line">): string {
	return row.byTime && row.recordedAt !== null ? `${row.recordedAt.replace(" ", "T")}Z` : keyOf(row);
}

/** A time of the address as the engine writes it: UTC, a space, no zeros at the end of the fraction. Null where it is no time. */
function engineTime(text: string): string | null {
	const match = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2})(:\d{2})?(\.\d{1,9})?(Z|[+-]\d{2}:\d{2})?)?$/.exec(text.trim());
	const at = match === null ? null : parseTime(text.trim());
	if (match === null || at === null) return null;
	const fraction = (match[4] ?? "").replace(/\.?0+$/, "");
	return `${new Date(at).toISOString().slice(0, 19).replace("T", " ")}${fraction}`;
}

/** The place in the list of the baseline that a text of the address means: a time, a UTC day (its last baseline), or `file:line`. −1 for none. */
export function placeOf(rows: readonly BaselineRow[], text: string): number {
	if (/^\d{4}-\d{2}-\d{2}$/.test(text)) return rows.findLastIndex((row) => row.recordedAt?.startsWith(text) ?? false);
	const time = engineTime(text);
	if (time !== null) return rows.findLastIndex((row) => row.byTime && row.recordedAt === time);
	return rows.findIndex((row) => keyOf(row) === text);
}

export interface Chosen {
	/** places in the list; −1 where there are too few baselines to compare */
	before: number;
	after: number;
	tolerance: number;
	/** parameters of the address that mean nothing here, with what stands in for each */
	bad: { name: string; value: string; says: string }[];
}

/** What an address asks for. By default the last baseline against the one before it; a single choice is compared with its neighbour. */
export function readChosen(params: ReadParams, rows: readonly BaselineRow[]): Chosen {
	const bad: Chosen["bad"] = [];
	const find = (name: "before" | "after"): number | null => {
		const value = params.get(name) || null;
		if (value === null || rows.length === 0) return null;
		const place = placeOf(rows, value);
		if (place >= 0) return place;
		bad.push({ name, value, says: "names no baseline of this workspace; the list has their times." });
		return null;
	};
	const [before, after] = [find("before"), find("after")];
	const limit = params.get("tolerance") || null;
	const tolerance = limit === null ? DRIFT_TOLERANCE : parseTolerance(limit);
	if (tolerance === null) bad.push({ name: "tolerance", value: limit ?? "", says: "is no ratio from 0 up, such as 0.1; changes of more than 20 % warn." });
	const last = rows.length - 1;
	const right = after ?? (before === null ? last : before < last ? last : last - 1);
	const left = before ?? (right > 0 ? right - 1 : last > 0 ? 1 : -1);
	return rows.length < 2 ? { before: -1, after: last, tolerance: tolerance ?? DRIFT_TOLERANCE, bad } : { before: left, after: right, tolerance: tolerance ?? DRIFT_TOLERANCE, bad };
}

/** A baseline in one line: time, commit, runtime; the file where there are several. */
export function baselineText(row: BaselineRow, withFile = false): string {
	const at = row.recordedAt === null ? null : parseTime(row.recordedAt);
	const parts = [at === null ? "time not known" : timeText(at, "minute"), row.gitCommit === null ? null : row.gitCommit.slice(0, 7), row.runtime, withFile || at === null ? keyOf(row) : null];
	return parts.filter((part) => part !== null && part !== "").join(" · ");
}

/** The Baselines page at one metric, with the pair and the tolerance that the address has. */
export function metricHref(metric: string, params?: ReadParams): string {
	const next = new URLSearchParams();
	for (const name of ["before", "after", "tolerance"] as const) {
		const value = params?.get(name);
		if (value) next.set(name, value);
	}
	next.set("metric", metric);
	return `/baselines?${readableQuery(next)}`;
}
