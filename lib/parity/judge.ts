import type { Measure, Verdict } from "@/lib/model";
import { canonicalJson, numberForm } from "./canonical";
import { verdictOfWord } from "./words";

/** A case as a report records it. */
export interface RecordedCase {
	position: number;
	caseName: string;
	measure: string | null;
	tolerance: number | null;
	reference: string | null;
	candidate: string | null;
	referenceMissing: boolean;
	candidateMissing: boolean;
	value: number | null;
	recordedVerdict: string | null;
	note: string | null;
	line: number | null;
}

export interface Judgement {
	verdict: Verdict;
	/** the distance in the measure's unit; null where none was computed or recorded */
	value: number | null;
	tolerance: number | null;
	reason: string;
}

/** Used where a report states no tolerance; the reason then says so. */
export const DEFAULT_TOLERANCE: Partial<Record<Measure, number>> = { "max-abs": 1e-4, "max-rel": 1e-6, cosine: 0.99999, correlation: 0.9995, ulp: 4 };

const CLOSENESS = ["cosine", "correlation"];

/**
 * The verdict of one case. Values decide where the report has them; its own word decides only where it has none.
 * A thing that was not compared is never a pass.
 */
export function judgeCase(recorded: RecordedCase, run: { measure: string | null; tolerance: number | null }): Judgement {
	const measure = (recorded.measure ?? run.measure)?.toLowerCase() ?? null;
	const stated = recorded.tolerance ?? run.tolerance;
	const tolerance = stated ?? DEFAULT_TOLERANCE[measure as Measure] ?? null;
	const word = recorded.recordedVerdict === null ? null : verdictOfWord(recorded.recordedVerdict);
	const give = (verdict: Verdict, reason: string, value: number | null = recorded.value): Judgement => ({ verdict, value, tolerance, reason });

	if (word === "skipped") return give("skipped", `the report says that it did not compare (${recorded.recordedVerdict})`);
	if (recorded.referenceMissing && recorded.candidateMissing) return give("incomparable", "neither side is there");
	if (recorded.referenceMissing) return give("unmatched", "the reference has no such case");
	if (recorded.candidateMissing) return give("unmatched", "the candidate has no such case");
	// Two errors with bodies are compared like any two answers; two errors without any are no match.
	if (recorded.note?.includes("both sides failed") && isEmpty(recorded.reference) && isEmpty(recorded.candidate)) return give("incomparable", "both sides failed without an answer, which is no match");

	const byDefault = stated === null && tolerance !== null ? ", Casebook's default: the report states none" : "";
	if (recorded.reference !== null && recorded.candidate !== null) {
		const judged = compareSides(measure, recorded.reference, recorded.candidate, tolerance);
		if (judged) return { ...judged, tolerance, reason: `${judged.reason}${judged.value === null ? "" : byDefault}` };
	}
	if (recorded.value !== null && tolerance !== null && measure !== null) {
		if (CLOSENESS.includes(measure)) return give(...byCloseness(measure, recorded.value, tolerance, byDefault));
		if (measure === "max-abs" || measure === "max-rel" || measure === "ulp") return give(...byDistance(measure, Math.abs(recorded.value), tolerance, byDefault));
	}
	if (recorded.reference !== null && recorded.candidate !== null) {
		const same = sameWithoutMeasure(recorded.reference, recorded.candidate);
		if (same !== null && word !== "fail") return give("pass", same);
		if (same === null && word !== "fail") return give("incomparable", `the two sides differ${byHowMuch(recorded.value)}, and ${measure === null ? "no measure is stated" : `${measure} cannot compare them`}`);
	}
	// What a test compares is its own affair: its outcome is all there is.
	if (word !== null) return give(word, measure === "status" ? `as recorded (${recorded.recordedVerdict})` : `as recorded (${recorded.recordedVerdict}); the report gives no values to compare`);
	if (recorded.recordedVerdict !== null) return give("incomparable", `the word ${recorded.recordedVerdict} is not known as a verdict`);
	return give("incomparable", "the report gives neither values nor a verdict");
}

/** A number as logs write it: plain where it is short, else scientific. */
function short(value: number): string {
	const size = Math.abs(value);
	return Number.isFinite(value) && size !== 0 && (size < 1e-4 || size >= 1e6) ? value.toExponential() : String(value);
}

/** A payload that says nothing. */
function isEmpty(payload: string | null): boolean {
	return payload === null || ["", '""', "null"].includes(payload.trim());
}

/** Cosine and correlation lie between -1 and 1, with room for the last bits of a 32-bit float. */
function byCloseness(measure: string, value: number, tolerance: number, byDefault: string): [Verdict, string] {
	if (Number.isNaN(value)) return ["incomparable", `the ${measure} is not a number, as where a side is constant`];
	if (Math.abs(value) > 1 + 1e-5) return ["incomparable", `${value} is no ${measure}, which lies between -1 and 1`];
	return value >= tolerance ? ["pass", `${measure} ${value} is at least ${tolerance}${byDefault}`] : ["fail", `${measure} ${value} is below ${tolerance}${byDefault}`];
}

/** Why two sides are the same although no measure compares them; null where they are not. */
function sameWithoutMeasure(reference: string, candidate: string): string | null {
	if (reference === candidate) return "both sides are the same text";
	const numbers = [bare(reference), bare(candidate)].filter((text) => /^-?\d+(\.\d+)?([eE][-+]?\d+)?$/.test(text));
	if (numbers.length === 2) return numberForm(numbers[0]!) === numberForm(numbers[1]!) ? "both sides are the same number" : null;
	if (!/^\s*[[{]/.test(reference)) return null;
	const forms = [canonicalJson(reference), canonicalJson(candidate)];
	return forms[0] !== null && forms[0] === forms[1] ? "both sides are the same JSON" : null;
}

function byHowMuch(value: number | null): string {
	return value === null || Number.isNaN(value) ? "" : ` by ${short(Math.abs(value))}`;
}

function byDistance(measure: string, distance: number, tolerance: number, byDefault: string): [Verdict, string] {
	if (Number.isNaN(distance)) return ["incomparable", `the ${measure} difference is not a number`];
	return distance <= tolerance ? ["pass", `${measure} ${short(distance)} is within ${short(tolerance)}${byDefault}`] : ["fail", `${measure} ${short(distance)} is beyond ${short(tolerance)}${byDefault}`];
}

function compareSides(measure: string | null, reference: string, candidate: string, tolerance: number | null): { verdict: Verdict; value: number | null; reason: string } | null {
	switch (measure) {
		case "exact":
			return reference === candidate ? { verdict: "pass", value: null, reason: "both sides are the same, byte for byte" } : { verdict: "fail", value: null, reason: "the two sides differ" };
		case "json": {
			const a = canonicalJson(reference);
			const b = canonicalJson(candidate);
			if (a === null || b === null) return { verdict: "incomparable", value: null, reason: `the ${a === null ? "reference" : "candidate"} is not JSON` };
			return a === b ? { verdict: "pass", value: null, reason: "both sides are the same JSON" } : { verdict: "fail", value: null, reason: "the two sides are different JSON" };
		}
		case "max-abs":
		case "max-rel":
			return tolerance === null ? null : compareNumbers(measure, reference, candidate, tolerance);
		case "status":
			return reference === candidate ? { verdict: "pass", value: null, reason: "both sides ended the same way" } : { verdict: "fail", value: null, reason: `the reference ended with ${reference}, the candidate with ${candidate}` };
		default:
			return null;
	}
}

/** Absolute: |c − r|. Relative: |c − r| ÷ |r|; zero against zero is 0, zero against something is infinite. */
function compareNumbers(measure: "max-abs" | "max-rel", reference: string, candidate: string, tolerance: number): { verdict: Verdict; value: number | null; reason: string } | null {
	const r = toNumber(reference);
	const c = toNumber(candidate);
	if (r === null || c === null) return null;
	if (Number.isNaN(r) || Number.isNaN(c)) {
		if (Number.isNaN(r) && Number.isNaN(c)) return { verdict: "incomparable", value: null, reason: "both sides are NaN" };
		return { verdict: "fail", value: null, reason: `the ${Number.isNaN(r) ? "reference" : "candidate"} is NaN` };
	}
	const hidden = r === c && hasDigits(reference) && hasDigits(candidate) && numberForm(bare(reference)) !== numberForm(bare(candidate));
	if (hidden && !Number.isFinite(r)) return { verdict: "incomparable", value: null, reason: "both sides are beyond what a double can hold" };
	// Equal as doubles and unequal as written: they are less than one step of a double apart, and that bound is judged.
	const difference = hidden ? Math.abs(r) * Number.EPSILON : r === c ? 0 : Math.abs(c - r);
	const value = measure === "max-abs" ? difference : difference === 0 ? 0 : r === 0 ? Number.POSITIVE_INFINITY : difference / Math.abs(r);
	const [verdict, reason] = byDistance(measure, value, tolerance, "");
	return { verdict, value, reason: r === 0 && c !== 0 && measure === "max-rel" ? "the reference is zero and the candidate is not" : reason };
}

/** A number written with digits, with room for a leading plus or a bare point that JSON does not allow. */
function hasDigits(text: string): boolean {
	return /\d/.test(text);
}

function bare(text: string): string {
	return text.trim().replace(/^\+/, "").replace(/^(-?)\./, "$10.").replace(/\.(?=$|[eE])/, "");
}

function toNumber(text: string): number | null {
	const trimmed = text.trim();
	if (/^[+-]?nan$/i.test(trimmed)) return Number.NaN;
	if (/^[+-]?inf(inity)?$/i.test(trimmed)) return trimmed.startsWith("-") ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
	if (!/^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/.test(trimmed)) return null;
	return Number(trimmed);
}
