import { numberForm } from "./canonical";
import type { JsonNode } from "./json-tree";

/** What kind of difference it is. */
export type WireClass =
	| "envelope"
	| "renamed key"
	| "key case"
	| "zero against absent"
	| "empty against absent"
	| "null against absent"
	| "value against absent"
	| "number precision"
	| "time precision"
	| "order"
	| "type"
	| "value";

/** What a difference of the class means for a caller, one sentence each. */
export const WIRE_MEANINGS: Record<WireClass, string> = {
	envelope: "The same facts are nested under a variant or a wrapper on one side and lie flat on the other, so a caller written for one finds nothing where it looks in the other.",
	"renamed key": "The same value has another key, so a caller that reads the old name gets nothing.",
	"key case": "The key is spelled another way, and a caller that matches names exactly does not find it.",
	"zero against absent": "One side writes a zero or false that the other leaves out, so a reader cannot tell it from unknown, and a hash over the bytes changes.",
	"empty against absent": "One side writes an empty value that the other leaves out, so a reader that tests for the key goes another way, and a hash over the bytes changes.",
	"null against absent": "One side writes null where the other writes nothing, which a strict schema treats as two different answers.",
	"value against absent": "Only one side has this value, so a caller that relies on it loses it with the other.",
	"number precision": "The number has fewer digits on one side, so comparing, summing or hashing it gives another result.",
	"time precision": "The time has fewer digits or another spelling on one side, so comparing it as text, or hashing it, gives another result.",
	order: "The same elements come in another order, and a caller that takes the first or compares by place gets another one.",
	type: "The value has another JSON type, so a typed caller fails to parse it.",
	value: "The two sides say different things.",
};

/** The class of a value that only one side has. */
export function classOfAbsent(node: JsonNode): WireClass {
	if (node.kind === "null") return "null against absent";
	if (node.kind === "false" || (node.kind === "number" && node.text === "0")) return "zero against absent";
	if ((node.kind === "string" && node.text === "") || ((node.kind === "object" || node.kind === "array") && node.children.length === 0)) return "empty against absent";
	return "value against absent";
}

/** A value that is equal by chance too often to tell that two keys are one. */
export function isTrivial(node: JsonNode): boolean {
	return node.kind === "true" || classOfAbsent(node) !== "value against absent";
}

/** The class of two scalars that are not the same, with a few words on how they differ. */
export function classOfScalars(reference: JsonNode, candidate: JsonNode, referenceText: string, candidateText: string): { class: WireClass; detail: string } {
	const kind = (node: JsonNode) => (node.kind === "true" || node.kind === "false" ? "boolean" : node.kind);
	if (kind(reference) !== kind(candidate)) return { class: "type", detail: `${kind(reference)} in the reference, ${kind(candidate)} in the candidate` };
	if (reference.kind === "number") {
		const detail = precisionOf(referenceText, candidateText);
		return detail === null ? { class: "value", detail: "another number" } : { class: "number precision", detail };
	}
	if (reference.kind === "string") {
		const detail = timesOf(reference.text, candidate.text);
		return detail === null ? { class: "value", detail: "another text" } : { class: "time precision", detail };
	}
	return { class: "value", detail: `${reference.kind} against ${candidate.kind}` };
}

/**
 * How two unequal numbers are one number in two precisions; null when they are not: equal as doubles or as 32-bit floats, or the one with fewer
 * digits is the other rounded or cut to them. A whole number is no rounding of a fraction, unless the two differ by less than a millionth.
 */
export function precisionOf(reference: string, candidate: string): string | null {
	const [r, c] = [Number(reference), Number(candidate)];
	if (r === c && Number.isFinite(r)) return "equal as doubles, and not as written";
	if (Math.sign(r) !== Math.sign(c)) return null;
	const [a, b] = [decimalsOf(reference), decimalsOf(candidate)];
	if (a === null || b === null) return null;
	const [short, long, side] = a.digits.length < b.digits.length ? [a, b, "reference"] : [b, a, "candidate"];
	const close = Math.abs(r - c) <= 1e-6 * Math.max(Math.abs(r), Math.abs(c));
	if (short.digits.length < long.digits.length && (short.fraction || close)) {
		const kept = roundings(long, short.exponent);
		if (kept.includes(`${short.digits}e${short.exponent}`)) return `the ${side} keeps ${short.digits.length} of ${long.digits.length} digits`;
	}
	if (Math.fround(r) === Math.fround(c) && Number.isFinite(Math.fround(r)) && Math.fround(r) !== 0) return "equal as 32-bit floats";
	return null;
}

interface Decimal {
	/** significant digits without zeros at either end */
	digits: string;
	/** the number is digits × 10^exponent */
	exponent: number;
	/** not a whole number */
	fraction: boolean;
}

function decimalsOf(lexeme: string): Decimal | null {
	const match = /^-?(\d+)e(-?\d+)$/.exec(numberForm(lexeme));
	if (!match) return null;
	const exponent = Number(match[2]);
	return Number.isSafeInteger(exponent) ? { digits: match[1]!, exponent, fraction: exponent < 0 } : null;
}

/** A number rounded and cut at a place, each as digits and exponent without zeros at the end. */
function roundings({ digits, exponent }: Decimal, place: number): string[] {
	const drop = place - exponent;
	if (drop <= 0 || drop >= digits.length) return [];
	const cut = BigInt(digits.slice(0, digits.length - drop));
	return [cut, cut + 1n].map((value, up) => {
		if (up === 1 && Number(digits[digits.length - drop]) < 5) return "";
		const kept = String(value).replace(/0+$/, "");
		return `${kept}e${place + String(value).length - kept.length}`;
	});
}

const TIME = /^(\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}:\d{2})(?:\.(\d+))?(Z|z|[+-]\d{2}:?\d{2})?$/;

/** How two unequal texts are one time in two spellings; null when they are not. */
export function timesOf(reference: string, candidate: string): string | null {
	const [r, c] = [TIME.exec(reference), TIME.exec(candidate)];
	if (!r || !c || (r[3] === undefined) !== (c[3] === undefined)) return null;
	const [rf, cf] = [r[2] ?? "", c[2] ?? ""];
	const [long, short] = rf.length >= cf.length ? [rf, cf] : [cf, rf];
	const side = rf.length < cf.length ? "reference" : "candidate";
	if (instantOf(r) !== instantOf(c)) return null;
	if (rf === cf) return "the same instant, spelled another way";
	if (!long.startsWith(short)) return null;
	return /^0*$/.test(long.slice(short.length)) ? `the ${side} leaves out trailing zeros of the second's fraction` : `the ${side} keeps ${short.length} of ${long.length} digits of the second's fraction`;
}

function instantOf(match: RegExpExecArray): number {
	const zone = match[3] ?? "Z";
	return Date.parse(`${match[1]!.replace(/[ t]/, "T")}${/^z$/i.test(zone) ? "Z" : zone.replace(/^([+-]\d{2})(\d{2})$/, "$1:$2")}`);
}
