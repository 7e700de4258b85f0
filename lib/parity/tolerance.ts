import type { Measure, Verdict } from "@/lib/model";
import { brief, relativeTo } from "./delta";
import { type FloatWidth, ulpDistance } from "./ulp";

/** A tolerance that a person asks about; recorded verdicts stay what they are. */
export interface Tolerance {
	kind: ToleranceKind;
	value: number;
}

export type ToleranceKind = "abs" | "rel" | "ulp";

const KINDS: readonly ToleranceKind[] = ["abs", "rel", "ulp"];
const MEASURES: Record<ToleranceKind, Measure> = { abs: "max-abs", rel: "max-rel", ulp: "ulp" };

/** Reads `rel:1e-6`, `abs:0.01` or `ulp:4`; a text that is none of them gives the problem in words. */
export function parseTolerance(text: string): Tolerance | { problem: string } {
	const wanted = "write abs:0.01, rel:1e-6 or ulp:4";
	const colon = text.indexOf(":");
	const kind = KINDS.find((name) => name === text.slice(0, colon).trim().toLowerCase());
	if (colon < 0 || kind === undefined) return { problem: `"${text}" is no tolerance; ${wanted}` };
	const digits = text.slice(colon + 1).trim();
	const value = /^\+?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(digits) ? Number(digits) : Number.NaN;
	if (!Number.isFinite(value)) return { problem: `"${digits}" in "${text}" is not a number of zero or more; ${wanted}` };
	if (kind === "ulp" && !Number.isInteger(value)) return { problem: `"${digits}" in "${text}" is not a whole number of steps; ${wanted}` };
	return { kind, value };
}

/** The shortest text that `parseTolerance` reads as the same tolerance. */
export function printTolerance({ kind, value }: Tolerance): string {
	const plain = String(value).replace("e+", "e");
	const scientific = value.toExponential().replace("e+", "e");
	return `${kind}:${scientific.length < plain.length ? scientific : plain}`;
}

/** A case whose tolerance can be asked about. */
export interface QuestionCase {
	case: string;
	position: number;
	/** as judged, with the tolerance that its report states */
	verdict: Verdict;
	measure: Measure | null;
	/** the recorded distance in the unit of `measure`; null where none is */
	value: number | null;
	/** the numbers of both sides, equally many, or null where the report gives none */
	reference: ArrayLike<number> | null;
	candidate: ArrayLike<number> | null;
	/** what an ULP is a step of; default 64 */
	width?: FloatWidth;
}

export interface CaseError {
	/** in the unit that was asked for; NaN where a side is not a number; null where it cannot be told */
	error: number | null;
	/** the component with that error; null for single numbers and recorded distances */
	worst: number | null;
	/** why `error` is null */
	problem: string | null;
}

/**
 * The error of a case in a unit: from its numbers where it has them, else its recorded distance where that is in this unit. A recorded
 * `max-abs` answers nothing about a relative tolerance.
 */
export function errorOf(item: QuestionCase, kind: ToleranceKind): CaseError {
	const { reference, candidate } = item;
	if (reference === null || candidate === null) {
		if (item.value !== null && item.measure === MEASURES[kind]) return { error: Math.abs(item.value), worst: null, problem: null };
		return { error: null, worst: null, problem: item.value === null || item.measure === null ? "the report gives no values" : `the report gives only its ${item.measure}, which says nothing about ${kind}` };
	}
	if (reference.length !== candidate.length || reference.length === 0) return { error: null, worst: null, problem: reference.length === 0 && candidate.length === 0 ? "there are no values to compare" : `the sides have ${reference.length} and ${candidate.length} values` };
	let error = -1;
	let worst = 0;
	for (let i = 0; i < reference.length; i++) {
		const size = distance(reference[i]!, candidate[i]!, kind, item.width ?? 64);
		if (Number.isNaN(size)) return { error: Number.NaN, worst: reference.length > 1 ? i : null, problem: null };
		if (size > error) {
			error = size;
			worst = i;
		}
	}
	return { error, worst: reference.length > 1 ? worst : null, problem: null };
}

/** |c − r|, |c − r| ÷ |r| or the steps between; equal infinities are 0 apart. NaN where a side is NaN. */
export function distance(reference: number, candidate: number, kind: ToleranceKind, width: FloatWidth = 64): number {
	if (kind === "ulp") return ulpDistance(reference, candidate, width);
	if (reference === candidate) return 0;
	const difference = Math.abs(candidate - reference);
	if (kind === "abs" || Number.isNaN(difference)) return difference;
	return Number.isFinite(reference) ? relativeTo(difference, reference) : Number.POSITIVE_INFINITY;
}

export interface CaseAnswer extends CaseError {
	case: string;
	position: number;
	was: Verdict;
	/** pass or fail where the question can be asked of the case; else the verdict that it had */
	verdict: Verdict;
	flips: boolean;
	/** error ÷ tolerance: above 1 fails; 0 for no error, Infinity for an error at tolerance 0; null where `error` is null or NaN */
	margin: number | null;
	reason: string;
}

export interface ToleranceAnswer {
	tolerance: Tolerance;
	/** in the order given */
	cases: CaseAnswer[];
	flips: number;
	counts: Record<Verdict, number>;
}

/** Re-judges cases at a tolerance. Unmatched, incomparable and skipped cases stay what they are, and so do those that it says nothing about. */
export function askTolerance(cases: readonly QuestionCase[], tolerance: Tolerance): ToleranceAnswer {
	const counts: Record<Verdict, number> = { pass: 0, fail: 0, unmatched: 0, incomparable: 0, skipped: 0 };
	const answers = cases.map((item): CaseAnswer => {
		const base = { case: item.case, position: item.position, was: item.verdict };
		const stay = (error: CaseError, reason: string): CaseAnswer => ({ ...base, ...error, verdict: item.verdict, flips: false, margin: null, reason });
		if (item.verdict !== "pass" && item.verdict !== "fail") return stay({ error: null, worst: null, problem: `it is ${item.verdict}` }, `a case that is ${item.verdict} has no tolerance`);
		const found = errorOf(item, tolerance.kind);
		if (found.error === null) return stay(found, `stays ${item.verdict}: ${found.problem}`);
		const asked = printTolerance(tolerance);
		const verdict = found.error <= tolerance.value ? "pass" : "fail";
		const margin = Number.isNaN(found.error) ? null : found.error === 0 ? 0 : found.error / tolerance.value;
		const reason = Number.isNaN(found.error) ? "a side is not a number, which no tolerance lets pass" : `${brief(found.error)} is ${verdict === "pass" ? "within" : "beyond"} ${asked}`;
		return { ...base, ...found, verdict, flips: verdict !== item.verdict, margin, reason };
	});
	for (const { verdict } of answers) counts[verdict]++;
	return { tolerance, cases: answers, flips: answers.filter(({ flips }) => flips).length, counts };
}

export interface RequiredTolerance {
	kind: ToleranceKind;
	/** the smallest at which all cases that can be asked pass; null when none can be asked, or when no tolerance is enough */
	value: number | null;
	/** the case that needs it, and the component of its values */
	case: string | null;
	worst: number | null;
	/** cases that pass at no finite tolerance: a NaN, or an infinite error */
	never: string[];
	/** compared cases that cannot be asked in this unit */
	unasked: string[];
}

/** The smallest tolerance of a kind at which every compared case passes: the largest error among them. */
export function requiredTolerance(cases: readonly QuestionCase[], kind: ToleranceKind): RequiredTolerance {
	const required: RequiredTolerance = { kind, value: null, case: null, worst: null, never: [], unasked: [] };
	let largest = -1;
	for (const item of cases) {
		if (item.verdict !== "pass" && item.verdict !== "fail") continue;
		const { error, worst } = errorOf(item, kind);
		if (error === null) required.unasked.push(item.case);
		else if (!Number.isFinite(error)) required.never.push(item.case);
		else if (error > largest) {
			largest = error;
			required.case = item.case;
			required.worst = worst;
		}
	}
	if (required.never.length === 0 && largest >= 0) required.value = largest;
	return required;
}

/** "would pass at atol = 0.5 or rtol = 0.25": the sentence that Polygraphy's users know, with what it does not hold for. */
export function wouldPass(cases: readonly QuestionCase[]): string {
	const parts: string[] = [];
	const limits: string[] = [];
	for (const [kind, name] of [["abs", "atol"], ["rel", "rtol"]] as const) {
		const { value, never, unasked } = requiredTolerance(cases, kind);
		if (value !== null) parts.push(`${name} = ${value}`);
		if (never.length > 0) limits.push(`no ${name} lets ${named(never)} pass`);
		if (unasked.length > 0) limits.push(`${named(unasked)} cannot be asked for ${name}`);
	}
	const open = cases.filter(({ verdict }) => verdict !== "pass" && verdict !== "fail").length;
	if (open > 0) limits.push(`${open} not compared`);
	return [parts.length > 0 ? `would pass at ${parts.join(" or ")}` : "would pass at no tolerance that the values tell of", ...limits].join("; ");
}

function named(cases: readonly string[]): string {
	return cases.length <= 3 ? cases.join(", ") : `${cases.slice(0, 2).join(", ")} and ${cases.length - 2} more`;
}
