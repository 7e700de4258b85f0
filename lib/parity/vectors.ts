import type { Verdict } from "@/lib/model";
import { brief } from "./delta";

export interface VectorOptions {
	/** smallest cosine that passes; default 0.99999 */
	threshold?: number;
	/** how far the ratio of the norms may be from 1 before it is said; default 1e-3. It does not change the verdict */
	normTolerance?: number;
}

export interface VectorComparison {
	verdict: Verdict;
	/** between -1 and 1; null where a side is zero, is not finite, or has another length */
	cosine: number | null;
	/** Euclidean lengths; null where a value is not finite */
	normReference: number | null;
	normCandidate: number | null;
	/** candidate ÷ reference; null where a norm is null or the reference's is 0 */
	normRatio: number | null;
	/** the direction is equal and the length is not */
	lengthDiffers: boolean;
	reason: string;
}

/**
 * Compares two embeddings by direction: r·c ÷ (|r| |c|). A cosine does not see length, so both norms and their ratio go with it, and the reason
 * says when the direction is equal and the length is not. A zero vector has no direction: against another zero vector it is incomparable, against
 * anything else it fails. NaN or infinity on one side fails, on both is incomparable.
 */
export function compareVectors(reference: ArrayLike<number>, candidate: ArrayLike<number>, { threshold = 0.99999, normTolerance = 1e-3 }: VectorOptions = {}): VectorComparison {
	const [r, c] = [scaleOf(reference), scaleOf(candidate)];
	const normReference = Number.isFinite(r) ? norm(reference, r) : null;
	const normCandidate = Number.isFinite(c) ? norm(candidate, c) : null;
	const normRatio = normReference !== null && normCandidate !== null && normReference !== 0 ? normCandidate / normReference : null;
	const give = (verdict: Verdict, reason: string, cosine: number | null = null, lengthDiffers = false): VectorComparison => ({ verdict, cosine, normReference, normCandidate, normRatio, lengthDiffers, reason });
	if (reference.length !== candidate.length) return give("incomparable", `the reference has ${reference.length} values, the candidate ${candidate.length}`);
	if (reference.length === 0) return give("incomparable", "both vectors are empty");
	if (normReference === null || normCandidate === null) {
		if (normReference === null && normCandidate === null) return give("incomparable", "both sides have values that are not finite");
		return give("fail", `the ${normReference === null ? "reference" : "candidate"} has values that are not finite`);
	}
	if (r === 0 && c === 0) return give("incomparable", "both vectors are zero, which has no direction");
	if (r === 0 || c === 0) return give("fail", `the ${r === 0 ? "reference" : "candidate"} is the zero vector and the other side is not`);
	const cosine = cosineOf(reference, candidate, r, c);
	const passes = cosine >= threshold;
	const lengthDiffers = passes && normRatio !== null && Math.abs(normRatio - 1) > normTolerance;
	const said = lengthDiffers ? `; the direction is equal and the length is not: the candidate is ${brief(normRatio!)} times as long (${brief(normReference)} against ${brief(normCandidate)})` : "";
	return give(passes ? "pass" : "fail", `cosine ${cosine} is ${passes ? "at least" : "below"} ${threshold}${said}`, cosine, lengthDiffers);
}

/** The largest magnitude: values are divided by it, so that no square overflows or vanishes. Infinity where a value is not finite. */
function scaleOf(values: ArrayLike<number>): number {
	let scale = 0;
	for (let i = 0; i < values.length; i++) {
		const size = Math.abs(values[i]!);
		if (!(size < Number.POSITIVE_INFINITY)) return Number.POSITIVE_INFINITY;
		if (size > scale) scale = size;
	}
	return scale;
}

function norm(values: ArrayLike<number>, scale: number): number {
	if (scale === 0) return 0;
	let sum = 0;
	for (let i = 0; i < values.length; i++) {
		const value = values[i]! / scale;
		sum += value * value;
	}
	return scale * Math.sqrt(sum);
}

/** Rounding may carry a cosine past 1, which no cosine is. */
function cosineOf(reference: ArrayLike<number>, candidate: ArrayLike<number>, r: number, c: number): number {
	let product = 0;
	let squaresReference = 0;
	let squaresCandidate = 0;
	for (let i = 0; i < reference.length; i++) {
		const x = reference[i]! / r;
		const y = candidate[i]! / c;
		product += x * y;
		squaresReference += x * x;
		squaresCandidate += y * y;
	}
	return Math.max(-1, Math.min(1, product / Math.sqrt(squaresReference * squaresCandidate)));
}
