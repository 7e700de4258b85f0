import type { Verdict } from "@/lib/model";

/** A case of one of two runs. */
export interface RunCase {
	case: string;
	position: number;
	verdict: Verdict;
	/** the distance in the measure's unit; null where none is known */
	value: number | null;
	tolerance: number | null;
	/** the payloads, where the report has them: another text is another value */
	reference: string | null;
	candidate: string | null;
}

/** A case of both runs, or of one. */
export interface CasePair {
	case: string;
	/** 0 for the first case of this name in its run */
	occurrence: number;
	before: RunCase | null;
	after: RunCase | null;
	/** after − before; null unless both runs have a number */
	change: number | null;
	/** |change| ÷ the tolerance that both runs state; null where they state none, 0, or two */
	inTolerances: number | null;
}

/** Each list has the largest change first; together with `same` they hold every case of both runs exactly once. */
export interface RunComparison {
	failingInBoth: CasePair[];
	newlyBroken: CasePair[];
	fixed: CasePair[];
	/** the same verdict (but fail) and another value */
	otherValue: CasePair[];
	/** compared in one run at most, and not with the same verdict in both: `pass` to `skipped` is not broken, `skipped` to `pass` is not fixed */
	notComparedInOne: CasePair[];
	onlyBefore: CasePair[];
	onlyAfter: CasePair[];
	/** the same verdict and the same value */
	same: CasePair[];
}

/** Compares two runs case by case; the n-th case of a name in one is the n-th in the other. */
export function compareRuns(before: readonly RunCase[], after: readonly RunCase[]): RunComparison {
	const result: RunComparison = { failingInBoth: [], newlyBroken: [], fixed: [], otherValue: [], notComparedInOne: [], onlyBefore: [], onlyAfter: [], same: [] };
	const waiting = new Map<string, RunCase[]>();
	for (const item of after) {
		const list = waiting.get(item.case);
		if (list) list.push(item);
		else waiting.set(item.case, [item]);
	}
	const seen = new Map<string, number>();
	for (const item of before) {
		const occurrence = seen.get(item.case) ?? 0;
		seen.set(item.case, occurrence + 1);
		const other = waiting.get(item.case)?.[occurrence] ?? null;
		const pair = pairOf(item.case, occurrence, item, other);
		(other === null ? result.onlyBefore : result[groupOf(item, other)]).push(pair);
	}
	for (const [name, list] of waiting) {
		list.forEach((item, occurrence) => {
			if (occurrence >= (seen.get(name) ?? 0)) result.onlyAfter.push(pairOf(name, occurrence, null, item));
		});
	}
	for (const list of Object.values(result)) list.sort(byChange);
	return result;
}

function groupOf(before: RunCase, after: RunCase): Exclude<keyof RunComparison, "onlyBefore" | "onlyAfter"> {
	const [was, is] = [before.verdict, after.verdict];
	if (was === "fail" && is === "fail") return "failingInBoth";
	if (was === "pass" && is === "fail") return "newlyBroken";
	if (was === "fail" && is === "pass") return "fixed";
	if (was !== is) return "notComparedInOne";
	return Object.is(before.value, after.value) && before.reference === after.reference && before.candidate === after.candidate ? "same" : "otherValue";
}

function pairOf(name: string, occurrence: number, before: RunCase | null, after: RunCase | null): CasePair {
	const change = before?.value == null || after?.value == null ? null : before.value === after.value ? 0 : after.value - before.value;
	const tolerance = before !== null && after !== null && before.tolerance === after.tolerance ? before.tolerance : null;
	const inTolerances = change === null || Number.isNaN(change) || tolerance === null || !(tolerance > 0) ? null : Math.abs(change) / tolerance;
	return { case: name, occurrence, before, after, change, inTolerances };
}

/** Changes in tolerances first, since those of different measures compare; then plain changes, NaN before all numbers; then cases without one, in the runs' order. */
function byChange(a: CasePair, b: CasePair): number {
	if (a.inTolerances !== null || b.inTolerances !== null) return compare(b.inTolerances ?? -1, a.inTolerances ?? -1) || byPosition(a, b);
	const size = (pair: CasePair) => (pair.change === null ? -1 : Number.isNaN(pair.change) ? Number.POSITIVE_INFINITY : Math.abs(pair.change));
	return compare(size(b), size(a)) || byPosition(a, b);
}

/** Infinite sizes are equal, which their difference is not. */
function compare(a: number, b: number): number {
	return a === b ? 0 : a < b ? -1 : 1;
}

function byPosition(a: CasePair, b: CasePair): number {
	return (a.before ?? a.after)!.position - (b.before ?? b.after)!.position;
}

/** A field of two runs' configurations that is not the same. Absent is not null and null is not empty. */
export interface FieldDifference {
	field: string;
	state: "changed" | "only before" | "only after";
	before: string | null | undefined;
	after: string | null | undefined;
}

/** The configuration fields that differ, by name, changed ones first. A value of undefined means that the field is not there. */
export function configDifferences(before: ReadonlyMap<string, string | null>, after: ReadonlyMap<string, string | null>): { differing: FieldDifference[]; same: number } {
	const differing: FieldDifference[] = [];
	let same = 0;
	for (const field of new Set([...before.keys(), ...after.keys()])) {
		const [was, is] = [before.get(field), after.get(field)];
		if (before.has(field) && after.has(field)) {
			if (was === is) same++;
			else differing.push({ field, state: "changed", before: was, after: is });
		} else differing.push({ field, state: before.has(field) ? "only before" : "only after", before: was, after: is });
	}
	const rank = (state: FieldDifference["state"]) => (state === "changed" ? 0 : 1);
	differing.sort((a, b) => rank(a.state) - rank(b.state) || (a.field < b.field ? -1 : 1));
	return { differing, same };
}
