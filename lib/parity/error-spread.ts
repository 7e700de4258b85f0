import { distance, type ToleranceKind } from "./tolerance";
import type { FloatWidth } from "./ulp";

/** The error of each pair of values, in a unit; NaN where a side is NaN. Throws a RangeError where the sides are not equally long. */
export function errorsOf(reference: ArrayLike<number>, candidate: ArrayLike<number>, kind: ToleranceKind, width: FloatWidth = 64): Float64Array {
	if (reference.length !== candidate.length) throw new RangeError(`the sides have ${reference.length} and ${candidate.length} values, so they have no errors in pairs`);
	const errors = new Float64Array(reference.length);
	for (let i = 0; i < errors.length; i++) errors[i] = distance(reference[i]!, candidate[i]!, kind, width);
	return errors;
}

/** The places of the largest errors, largest first; NaN before all numbers, equal ones by place. Errors of zero are no worst ones. */
export function worstPositions(errors: ArrayLike<number>, count = 10): { index: number; error: number }[] {
	const worst: { index: number; error: number; rank: number }[] = [];
	for (let index = 0; index < errors.length; index++) {
		const error = Math.abs(errors[index]!);
		// NaN above infinity: no order of numbers has a place for it.
		const rank = Number.isNaN(error) ? Number.POSITIVE_INFINITY : error === Number.POSITIVE_INFINITY ? Number.MAX_VALUE : error;
		if (error === 0 || (worst.length === count && rank <= worst[count - 1]!.rank)) continue;
		let at = worst.length;
		while (at > 0 && worst[at - 1]!.rank < rank) at--;
		worst.splice(at, 0, { index, error, rank });
		if (worst.length > count) worst.pop();
	}
	return worst.map(({ index, error }) => ({ index, error }));
}

/** How often errors of a size occur. Zero, infinite and NaN lie on no logarithmic axis and are counted apart. */
export interface ErrorHistogram {
	zero: number;
	infinite: number;
	nan: number;
	/** bins without a gap from the smallest to the largest error: `from` ≤ error < `to` */
	bins: { from: number; to: number; count: number }[];
}

/** A histogram over decades, or over equal parts of decades on the logarithmic axis. Errors are taken without their sign. */
export function errorHistogram(errors: ArrayLike<number>, binsPerDecade = 1): ErrorHistogram {
	const histogram: ErrorHistogram = { zero: 0, infinite: 0, nan: 0, bins: [] };
	const counts = new Map<number, number>();
	for (let i = 0; i < errors.length; i++) {
		const size = Math.abs(errors[i]!);
		if (Number.isNaN(size)) histogram.nan++;
		else if (size === 0) histogram.zero++;
		else if (size === Number.POSITIVE_INFINITY) histogram.infinite++;
		else {
			const bin = binOf(size, binsPerDecade);
			counts.set(bin, (counts.get(bin) ?? 0) + 1);
		}
	}
	if (counts.size === 0) return histogram;
	const [first, last] = [Math.min(...counts.keys()), Math.max(...counts.keys())];
	for (let bin = first; bin <= last; bin++) histogram.bins.push({ from: edge(bin, binsPerDecade), to: edge(bin + 1, binsPerDecade), count: counts.get(bin) ?? 0 });
	return histogram;
}

/** The logarithm is rounded, so a value at an edge is put right by the edge itself. */
function binOf(size: number, perDecade: number): number {
	let bin = Math.floor(Math.log10(size) * perDecade);
	while (edge(bin, perDecade) > size) bin--;
	while (edge(bin + 1, perDecade) <= size) bin++;
	return bin;
}

/** Whole decades are the numbers that people write, 1e-6 and not 0.000001 minus a bit. */
function edge(bin: number, perDecade: number): number {
	return bin % perDecade === 0 ? Number(`1e${bin / perDecade}`) : 10 ** (bin / perDecade);
}

/** How far repeats of one side lie apart. */
export interface NoiseFloor {
	/** the largest distance between two repeats, over all components; null with fewer than two repeats, or when they cannot be compared */
	floor: number | null;
	/** the component where it is */
	worst: number | null;
	repeats: number;
	reason: string;
}

/**
 * The noise floor of a side: the largest distance of any two of its repeats, component by component, whichever of the two is taken as the reference.
 * For `abs` that is max − min; for `rel` the repeat nearest to zero decides, which may lie between the others.
 *
 * @param repeats the same case of the same side from several runs of one commit and input, equally long
 */
export function noiseFloor(repeats: readonly ArrayLike<number>[], kind: ToleranceKind): NoiseFloor {
	const none = (reason: string): NoiseFloor => ({ floor: null, worst: null, repeats: repeats.length, reason });
	const [first] = repeats;
	if (first === undefined || repeats.length < 2) return none("noise shows only between two or more repeats of the same side");
	if (repeats.some(({ length }) => length !== first.length)) return none("the repeats have different numbers of values");
	if (first.length === 0) return none("the repeats hold no values");
	let floor = -1;
	let worst = 0;
	for (let i = 0; i < first.length; i++) {
		let low = first[i]!;
		let high = low;
		for (const values of repeats) {
			const value = values[i]!;
			if (Number.isNaN(value)) return none(`a repeat is NaN at value ${i}`);
			if (value < low) low = value;
			if (value > high) high = value;
		}
		let span = 0;
		for (const values of repeats) span = Math.max(span, distance(values[i]!, low, kind), distance(values[i]!, high, kind));
		if (span > floor) {
			floor = span;
			worst = i;
		}
	}
	return { floor, worst, repeats: repeats.length, reason: `the largest distance between ${repeats.length} repeats` };
}

/** Where a difference lies against the noise: `inside` when it is no larger than what repeats of one side differ by. */
export function againstNoise(error: number | null, noise: NoiseFloor): "inside" | "outside" | "unknown" {
	if (error === null || Number.isNaN(error) || noise.floor === null) return "unknown";
	return Math.abs(error) <= noise.floor ? "inside" : "outside";
}
