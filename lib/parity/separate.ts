import type { Verdict } from "@/lib/model";
import { fisherExact, oddsRatio } from "./fisher";

/** A run, or a case of one, with the configuration that it ran under. */
export interface Configured {
	verdict: Verdict;
	/** absent, null and empty are three values */
	fields: ReadonlyMap<string, string | null>;
}

/** A field's value; undefined where the field is absent. */
export type FieldValue = string | null | undefined;

/** How one value of a field goes with failing. */
export interface Separation {
	field: string;
	value: FieldValue;
	/** among the items with this value */
	failWith: number;
	passWith: number;
	/** among all others */
	failWithout: number;
	passWithout: number;
	/** above 1: with this value it fails more often; half a case is added to each count */
	odds: number;
	/** Fisher's exact test, two-sided */
	p: number;
	/** p × the number of values that were tried (Bonferroni), at most 1 */
	adjusted: number;
	/** other fields whose value divides the items in just this way, so that the data cannot tell them apart */
	alike: { field: string; value: FieldValue }[];
}

export interface SeparationAnswer {
	/** best first: by adjusted p, then by odds; only those whose adjusted p is at most `level` explain anything */
	ranked: Separation[];
	/** how many of `ranked` do */
	significant: number;
	/** fields that can explain nothing, and why */
	leftOut: { field: string; why: string }[];
	failing: number;
	passing: number;
	/** items that were not compared, which this does not look at */
	notCompared: number;
	/** said where there is too little to say anything; `ranked` is empty then */
	tooLittle: string | null;
	/** one sentence for the page */
	summary: string;
}

export interface SeparationOptions {
	/** fewest failing and fewest passing items; default 3 */
	fewest?: number;
	/** largest adjusted p that counts; default 0.05 */
	level?: number;
}

/**
 * Which fields and values best separate failing from passing items. Each value is tried against all others of its field. A field with one value,
 * and one with another value in every item, explain nothing and are left out with the reason. It shows what goes together, not what causes what.
 */
export function separateFailures(items: readonly Configured[], { fewest = 3, level = 0.05 }: SeparationOptions = {}): SeparationAnswer {
	const compared = items.filter(({ verdict }) => verdict === "pass" || verdict === "fail");
	const failing = compared.filter(({ verdict }) => verdict === "fail").length;
	const passing = compared.length - failing;
	const base = { ranked: [], significant: 0, leftOut: [], failing, passing, notCompared: items.length - compared.length };
	if (failing < fewest || passing < fewest) {
		const tooLittle = `${failing} failing and ${passing} passing: at least ${fewest} of each are needed to say anything`;
		return { ...base, tooLittle, summary: tooLittle };
	}
	const leftOut: SeparationAnswer["leftOut"] = [];
	const tried: (Separation & { division: string })[] = [];
	for (const field of [...new Set(compared.flatMap(({ fields }) => [...fields.keys()]))].sort()) {
		const groups = new Map<FieldValue, number[]>();
		compared.forEach(({ fields }, i) => {
			const value = fields.get(field);
			groups.set(value, [...(groups.get(value) ?? []), i]);
		});
		if (groups.size === 1) leftOut.push({ field, why: "it has the same value everywhere" });
		else if (groups.size === compared.length) leftOut.push({ field, why: "it has another value every time" });
		else tried.push(...separationsOf(field, groups, compared, failing, passing));
	}
	if (tried.length === 0) {
		const tooLittle = leftOut.length === 0 ? "no configuration is recorded" : "no recorded field has a value that several but not all share";
		return { ...base, leftOut, tooLittle, summary: tooLittle };
	}
	for (const item of tried) item.adjusted = Math.min(1, item.p * tried.length);
	const ranked = foldAlike(tried).sort((a, b) => a.adjusted - b.adjusted || Math.abs(Math.log(b.odds)) - Math.abs(Math.log(a.odds)) || (a.field < b.field ? -1 : a.field > b.field ? 1 : 0));
	const significant = ranked.filter(({ adjusted }) => adjusted <= level).length;
	return { ...base, ranked, significant, leftOut, tooLittle: null, summary: summaryOf(ranked, significant, tried.length, level) };
}

function separationsOf(field: string, groups: ReadonlyMap<FieldValue, number[]>, items: readonly Configured[], failing: number, passing: number): (Separation & { division: string })[] {
	return [...groups].map(([value, members]) => {
		const failWith = members.filter((i) => items[i]!.verdict === "fail").length;
		const passWith = members.length - failWith;
		const counts = [failWith, passWith, failing - failWith, passing - passWith] as const;
		return { field, value, failWith, passWith, failWithout: counts[2], passWithout: counts[3], odds: oddsRatio(...counts), p: fisherExact(...counts), adjusted: 1, alike: [], division: divisionOf(members, items.length) };
	});
}

/** Names a division of the items in two, whichever of the two parts is named: it is the part that holds the first item. */
function divisionOf(members: readonly number[], count: number): string {
	const inside = new Uint8Array(count);
	for (const i of members) inside[i] = 1;
	const first = inside[0]!;
	return inside.reduce((text, flag) => text + (flag === first ? "1" : "0"), "");
}

/** One entry a division: a field of two values has two that say the same, and two fields may go together everywhere. The failing part is named. */
function foldAlike(tried: readonly (Separation & { division: string })[]): Separation[] {
	const kept = new Map<string, Separation & { division: string }>();
	const failsMore = [...tried].sort((a, b) => Number(b.odds > 1) - Number(a.odds > 1));
	for (const item of failsMore) {
		const first = kept.get(item.division);
		if (first === undefined) kept.set(item.division, item);
		else if (first.field !== item.field && !first.alike.some(({ field }) => field === item.field)) first.alike.push({ field: item.field, value: item.value });
	}
	return [...kept.values()].map(({ division: _, ...item }) => item);
}

function summaryOf(ranked: readonly Separation[], significant: number, tried: number, level: number): string {
	const best = ranked[0]!;
	const word = best.value === undefined ? "absent" : best.value === null ? "null" : best.value === "" ? "empty" : best.value;
	const counts = `${best.failWith} of ${best.failWith + best.passWith} fail with it, ${best.failWithout} of ${best.failWithout + best.passWithout} without`;
	const alike = best.alike.length > 0 ? `; ${best.alike.map(({ field }) => field).join(", ")} divide${best.alike.length === 1 ? "s" : ""} them in the same way` : "";
	if (significant === 0) return `nothing separates them: the best of ${tried} values tried, ${best.field} = ${word} (${counts}), may be chance (adjusted p ${best.adjusted.toPrecision(2)}, above ${level})${alike}`;
	return `${best.field} = ${word} separates them best: ${counts} (adjusted p ${best.adjusted.toPrecision(2)} over ${tried} values tried)${alike}`;
}
