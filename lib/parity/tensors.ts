import type { Verdict } from "@/lib/model";
import { brief, counted } from "./delta";
import { BLOCK, blockFigures, emptyFigures, ExactSum, Moments } from "./tensor-block";

/** What NPY files hold, decoded; half floats come as one of the float arrays, booleans as Uint8Array. */
export type Numbers = Float32Array | Float64Array | Int8Array | Uint8Array | Uint8ClampedArray | Int16Array | Uint16Array | Int32Array | Uint32Array | BigInt64Array | BigUint64Array;

/** Figures over the pairs whose two values are finite; what is not finite is counted apart and enters none of them. */
export interface TensorFigures {
	/** pairs seen, finite or not */
	elements: number;
	/** pairs that entered the figures */
	compared: number;
	/** max |c − r|; null where nothing was compared, as all figures */
	maxAbs: number | null;
	/** flat index, in the order of the stream, of the first pair with `maxAbs` */
	maxAbsAt: number | null;
	/** max |c − r| ÷ |r|, Infinity where a reference is zero and its candidate is not */
	maxRel: number | null;
	maxRelAt: number | null;
	/** reference and candidate at `maxAbsAt`, and at `maxRelAt`, as doubles */
	maxAbsPair: readonly [number, number] | null;
	maxRelPair: readonly [number, number] | null;
	/** pairs whose reference is zero and whose candidate is not */
	zeroReference: number;
	meanAbs: number | null;
	/** mean of (c − r)²; Infinity where a double cannot hold it, as with the other sums */
	mse: number | null;
	rmse: number | null;
	/** Pearson's; null where a side is constant or a double cannot hold its squares */
	correlation: number | null;
	sumReference: number | null;
	sumCandidate: number | null;
	/** candidate sum ÷ reference sum; null where the reference sums to zero */
	sumRatio: number | null;
	/** pairs beyond the tolerance, among those compared; null where no tolerance was given */
	above: number | null;
	nanReference: number;
	nanCandidate: number;
	/** NaN in both sides at the same place */
	nanBoth: number;
	infiniteReference: number;
	infiniteCandidate: number;
	/** the same infinity in both sides at the same place: equal, and in no figure */
	infiniteBoth: number;
	/** flat index of the first pair that is NaN or infinite on one side only, or infinite with opposite signs */
	brokenAt: number | null;
	/** reference and candidate there */
	brokenPair: readonly [number, number] | null;
}

/**
 * Compares two arrays of one shape in one pass over chunks, in bounded memory. Both sides come in the same logical order
 * (`cOrder` in `tensor-shape.ts` brings a Fortran-ordered array into it). Differences of 64-bit integers are exact before
 * they become doubles; everything else is subtracted as doubles.
 */
export class TensorComparer {
	private readonly a = new Float64Array(BLOCK);
	private readonly b = new Float64Array(BLOCK);
	private readonly d = new Float64Array(BLOCK);
	private readonly places = new Int32Array(BLOCK);
	private readonly block = emptyFigures();
	private readonly sums = { reference: new ExactSum(), candidate: new ExactSum(), abs: new ExactSum(), squares: new ExactSum() };
	private readonly moments = new Moments();
	private elements = 0;
	private compared = 0;
	private maxAbs = -1;
	private maxAbsAt: number | null = null;
	private maxRel = -1;
	private maxRelAt: number | null = null;
	private maxAbsPair: [number, number] | null = null;
	private maxRelPair: [number, number] | null = null;
	private zeroReference = 0;
	private above = 0;
	private readonly special = { nanReference: 0, nanCandidate: 0, nanBoth: 0, infiniteReference: 0, infiniteCandidate: 0, infiniteBoth: 0 };
	private brokenAt: number | null = null;
	private brokenPair: [number, number] | null = null;
	/** the first finite values, and whether any other followed: rounding would give a constant side a correlation */
	private first: { reference: number; candidate: number } | null = null;
	private readonly varies = { reference: false, candidate: false };
	private readonly limit: number;
	private readonly relative: boolean;

	/** @param tolerance what `above` counts against; `rel` is relative to the reference */
	constructor(private readonly tolerance: { kind: "abs" | "rel"; value: number } | null = null) {
		this.limit = tolerance?.value ?? Number.POSITIVE_INFINITY;
		this.relative = tolerance?.kind === "rel";
	}

	/** The next values of both sides, equally many. Throws a RangeError where they are not, before anything is counted. */
	push(reference: Numbers, candidate: Numbers): void {
		if (reference.length !== candidate.length) throw new RangeError(`a chunk of ${reference.length} values of the reference came with ${candidate.length} of the candidate; both sides must come in equal pieces`);
		for (let start = 0; start < reference.length; start += BLOCK) {
			const end = Math.min(start + BLOCK, reference.length);
			this.fill(reference, candidate, start, end);
			const count = end - start;
			if (blockFigures(this.a, this.b, this.d, count, this.limit, this.relative, this.block)) this.take(null);
			else this.sortOut(count);
			this.elements += count;
		}
	}

	/** The figures so far. May be called again after more was pushed. */
	finish(): TensorFigures {
		const { compared: n, sums } = this;
		const some = n > 0;
		const sumReference = sums.reference.value;
		const sumCandidate = sums.candidate.value;
		const mse = sums.squares.value / n;
		return {
			elements: this.elements,
			compared: n,
			maxAbs: some ? this.maxAbs : null,
			maxAbsAt: this.maxAbsAt,
			maxRel: some ? this.maxRel : null,
			maxRelAt: this.maxRelAt,
			maxAbsPair: this.maxAbsPair,
			maxRelPair: this.maxRelPair,
			zeroReference: this.zeroReference,
			meanAbs: some ? sums.abs.value / n : null,
			mse: some ? mse : null,
			rmse: some ? Math.sqrt(mse) : null,
			correlation: this.varies.reference && this.varies.candidate ? this.moments.correlation() : null,
			sumReference: some ? sumReference : null,
			sumCandidate: some ? sumCandidate : null,
			sumRatio: some && sumReference !== 0 ? sumCandidate / sumReference : null,
			above: this.tolerance === null ? null : this.above,
			...this.special,
			brokenAt: this.brokenAt,
			brokenPair: this.brokenPair,
		};
	}

	/** The values as doubles, and their differences; both copies are native loops where the types allow. */
	private fill(reference: Numbers, candidate: Numbers, start: number, end: number): void {
		const { a, b, d } = this;
		const count = end - start;
		const wideReference = reference instanceof BigInt64Array || reference instanceof BigUint64Array;
		const wideCandidate = candidate instanceof BigInt64Array || candidate instanceof BigUint64Array;
		if (wideReference) for (let i = 0; i < count; i++) a[i] = Number(reference[start + i]!);
		else a.set(reference.subarray(start, end));
		if (wideCandidate) for (let i = 0; i < count; i++) b[i] = Number(candidate[start + i]!);
		else b.set(candidate.subarray(start, end));
		if (wideReference && wideCandidate) for (let i = 0; i < count; i++) d[i] = Number(candidate[start + i]! - reference[start + i]!);
		else for (let i = 0; i < count; i++) d[i] = b[i]! - a[i]!;
	}

	/** Counts what is not finite in the block, moves the rest together, and takes its figures; one by one where their sum overflows. */
	private sortOut(count: number): void {
		const { a, b, d, places } = this;
		let kept = 0;
		for (let i = 0; i < count; i++) {
			if (this.isSpecial(a[i]!, b[i]!, this.elements + i)) continue;
			places[kept] = i;
			a[kept] = a[i]!;
			b[kept] = b[i]!;
			d[kept] = d[i]!;
			kept++;
		}
		if (kept === 0) return;
		if (blockFigures(a, b, d, kept, this.limit, this.relative, this.block)) {
			this.take(places);
			return;
		}
		const [rs, cs, ds] = [a.slice(0, kept), b.slice(0, kept), d.slice(0, kept)];
		for (let i = 0; i < kept; i++) {
			a[0] = rs[i]!;
			b[0] = cs[i]!;
			d[0] = ds[i]!;
			places[0] = places[i]!;
			blockFigures(a, b, d, 1, this.limit, this.relative, this.block);
			this.take(places);
		}
	}

	private isSpecial(r: number, c: number, at: number): boolean {
		const { special } = this;
		if (Number.isFinite(r) && Number.isFinite(c)) return false;
		const both = (Number.isNaN(r) && Number.isNaN(c)) || r === c;
		if (both && r === c) special.infiniteBoth++;
		else if (both) special.nanBoth++;
		else {
			if (Number.isNaN(r)) special.nanReference++;
			else if (!Number.isFinite(r)) special.infiniteReference++;
			if (Number.isNaN(c)) special.nanCandidate++;
			else if (!Number.isFinite(c)) special.infiniteCandidate++;
			this.brokenAt ??= at;
			this.brokenPair ??= [r, c];
		}
		return true;
	}

	/** @param places where the values of the block stood, when some were taken out */
	private take(places: Int32Array | null): void {
		const { block, sums } = this;
		const placeOf = (index: number) => this.elements + (places === null ? index : places[index]!);
		sums.reference.add(block.sumReference);
		sums.candidate.add(block.sumCandidate);
		sums.abs.add(block.sumAbs);
		sums.squares.add(block.sumSquares);
		this.moments.merge(block);
		this.first ??= { reference: this.a[0]!, candidate: this.b[0]! };
		this.varies.reference ||= differs(this.a, block.count, this.first.reference);
		this.varies.candidate ||= differs(this.b, block.count, this.first.candidate);
		this.compared += block.count;
		this.zeroReference += block.zeroReference;
		this.above += block.above;
		if (block.maxAbs > this.maxAbs) {
			this.maxAbs = block.maxAbs;
			this.maxAbsAt = placeOf(block.maxAbsAt);
			this.maxAbsPair = [this.a[block.maxAbsAt]!, this.b[block.maxAbsAt]!];
		}
		if (block.maxRel > this.maxRel) {
			this.maxRel = block.maxRel;
			this.maxRelAt = placeOf(block.maxRelAt);
			this.maxRelPair = [this.a[block.maxRelAt]!, this.b[block.maxRelAt]!];
		}
	}
}

function differs(values: Float64Array, count: number, first: number): boolean {
	for (let i = 0; i < count; i++) if (values[i] !== first) return true;
	return false;
}

/** What is NaN or infinite on one side only, in words; null where nothing is. It fails, whatever the finite values say. */
export function oneSidedFaults(figures: TensorFigures): string | null {
	const faults = [
		[figures.nanReference, "NaN in the reference only"],
		[figures.nanCandidate, "NaN in the candidate only"],
		[figures.infiniteReference, "infinite in the reference only, or with the other sign"],
		[figures.infiniteCandidate, "infinite in the candidate only, or with the other sign"],
	] as const;
	const words = faults.filter(([count]) => count > 0).map(([count, what]) => `${counted(count, "value")} ${what}`);
	return words.length === 0 ? null : words.join("; ");
}

/**
 * The verdict over figures that were taken with a tolerance. NaN or an infinity on one side only fails, whatever the figures
 * say; nothing compared, or NaN in both at the same place with no other fault, is incomparable.
 */
export function judgeTensors(figures: TensorFigures, tolerance: { kind: "abs" | "rel"; value: number }): { verdict: Verdict; reason: string } {
	const broken = oneSidedFaults(figures);
	if (broken !== null) return { verdict: "fail", reason: broken };
	const limit = `${tolerance.kind === "abs" ? "max-abs" : "max-rel"} of ${brief(tolerance.value)}`;
	const largest = tolerance.kind === "abs" ? figures.maxAbs : figures.maxRel;
	if (figures.compared > 0 && largest! > tolerance.value) return { verdict: "fail", reason: `${figures.above === null ? "values" : counted(figures.above, "value")} of ${counted(figures.elements, "pair")} beyond a ${limit}; the largest difference is ${brief(largest!)}` };
	if (figures.nanBoth > 0) return { verdict: "incomparable", reason: `${counted(figures.nanBoth, "value")} of ${counted(figures.elements, "pair")} NaN in both sides at the same place; the others are within a ${limit}` };
	if (figures.compared === 0 && figures.infiniteBoth === 0) return { verdict: "incomparable", reason: "there are no values to compare" };
	if (figures.compared === 0) return { verdict: "incomparable", reason: `all ${counted(figures.elements, "pair")} are the same infinity, which compares nothing` };
	return { verdict: "pass", reason: `${counted(figures.compared, "value")} within a ${limit}; the largest difference is ${brief(largest!)}` };
}
