import { readableQuery } from "@/components/shell/url-state";
import { parseTime } from "@/components/ui/time-text";
import type { BundleListRow } from "@/lib/tables/bundles";

export const LIST_KNOWN = ["q", "after", "before"] as const;
export const PAGE_KNOWN = ["path"] as const;

/** The address of a bundle. */
export function bundleHref(bundle: string): string {
	return `/bundle?${readableQuery(new URLSearchParams({ path: bundle }))}`;
}

/** The folder that an address names: without a slash at its end; `.` is the workspace itself. */
export function bundleOf(path: string): string {
	const plain = path.replace(/\/+$/, "").replace(/^\.\//, "");
	return plain === "" ? "." : plain;
}

export interface BundleFilter {
	q: string | null;
	/** milliseconds; the first that counts */
	after: number | null;
	/** milliseconds; the first that counts no more */
	before: number | null;
	/** parameters that are no time */
	bad: { name: string; value: string }[];
}

interface ReadParams {
	get(name: string): string | null;
}

/** The filters of an address; a time that is no time is left out and named. */
export function readFilter(params: ReadParams): BundleFilter {
	const bad: BundleFilter["bad"] = [];
	const time = (name: string) => {
		const value = params.get(name) || null;
		const at = value === null ? null : parseTime(value);
		if (value !== null && at === null) bad.push({ name, value });
		return at;
	};
	return { q: params.get("q") || null, after: time("after"), before: time("before"), bad };
}

/** Bundles whose folder or commit has every word, and whose time lies in the span. One whose time is not known lies in no span. */
export function filterBundles<R extends Pick<BundleListRow, "bundle" | "gitCommit" | "bundleAt">>(rows: readonly R[], { q, after, before }: Omit<BundleFilter, "bad">): R[] {
	const words = (q ?? "").toLowerCase().split(/\s+/).filter((word) => word !== "");
	return rows.filter((row) => {
		const text = `${row.bundle} ${row.gitCommit ?? ""}`.toLowerCase();
		if (!words.every((word) => text.includes(word))) return false;
		if (after === null && before === null) return true;
		const at = row.bundleAt === null ? null : parseTime(row.bundleAt);
		return at !== null && (after === null || at >= after) && (before === null || at < before);
	});
}
