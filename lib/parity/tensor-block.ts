/** The inner loops of a tensor comparison: over blocks that fit the first-level cache, so that each value is fetched from memory once. */

/** Values a block. Three blocks of doubles stay within 48 KB. */
export const BLOCK = 2048;

/** Figures of one block of pairs, or of a stream of them. */
export interface BlockFigures {
	count: number;
	sumReference: number;
	sumCandidate: number;
	sumAbs: number;
	sumSquares: number;
	maxAbs: number;
	/** index of the first pair with `maxAbs`, in the block; -1 where none is finite */
	maxAbsAt: number;
	maxRel: number;
	maxRelAt: number;
	/** pairs whose reference is zero and whose candidate is not: their relative difference is infinite */
	zeroReference: number;
	above: number;
	/** centred sums of squares and products, for the correlation */
	squaresReference: number;
	squaresCandidate: number;
	products: number;
}

export function emptyFigures(): BlockFigures {
	return { count: 0, sumReference: 0, sumCandidate: 0, sumAbs: 0, sumSquares: 0, maxAbs: 0, maxAbsAt: -1, maxRel: 0, maxRelAt: -1, zeroReference: 0, above: 0, squaresReference: 0, squaresCandidate: 0, products: 0 };
}

/**
 * Fills `out` with the figures of `count` pairs of finite values. `d` holds candidate − reference. False where a value, or a
 * sum of the block, is not finite: then the caller takes such pairs out first, and the rest one by one if it still overflows.
 *
 * @param limit a pair counts as above the tolerance when its absolute (or, with `relative`, relative) difference is larger
 */
export function blockFigures(a: Float64Array, b: Float64Array, d: Float64Array, count: number, limit: number, relative: boolean, out: BlockFigures): boolean {
	let sumA = 0;
	let sumB = 0;
	let sumAbs = 0;
	let sumSquares = 0;
	let maxAbs = -1;
	let maxAbsAt = -1;
	let maxRel = -1;
	let maxRelAt = -1;
	let zeros = 0;
	let above = 0;
	for (let i = 0; i < count; i++) {
		const r = a[i]!;
		const difference = d[i]!;
		const size = Math.abs(difference);
		sumA += r;
		sumB += b[i]!;
		sumAbs += size;
		sumSquares += difference * difference;
		if (size > maxAbs) {
			maxAbs = size;
			maxAbsAt = i;
		}
		let ratio = 0;
		if (difference !== 0) {
			ratio = size / Math.abs(r);
			if (r === 0) zeros++;
		}
		if (ratio > maxRel) {
			maxRel = ratio;
			maxRelAt = i;
		}
		if ((relative ? ratio : size) > limit) above++;
	}
	const meanA = sumA / count;
	const meanB = sumB / count;
	let squaresA = 0;
	let squaresB = 0;
	let products = 0;
	let restA = 0;
	let restB = 0;
	for (let i = 0; i < count; i++) {
		const x = a[i]! - meanA;
		const y = b[i]! - meanB;
		restA += x;
		restB += y;
		squaresA += x * x;
		squaresB += y * y;
		products += x * y;
	}
	out.count = count;
	out.sumReference = sumA;
	out.sumCandidate = sumB;
	out.sumAbs = sumAbs;
	out.sumSquares = sumSquares;
	out.maxAbs = maxAbs;
	out.maxAbsAt = maxAbsAt;
	out.maxRel = maxRel;
	out.maxRelAt = maxRelAt;
	out.zeroReference = zeros;
	out.above = above;
	// What the rounding of a mean left over is taken out again (the corrected two-pass algorithm).
	out.squaresReference = Math.max(0, squaresA - (restA * restA) / count);
	out.squaresCandidate = Math.max(0, squaresB - (restB * restB) / count);
	out.products = products - (restA * restB) / count;
	// Sums are finite only where every value is; an overflow of huge values is not finite either.
	return Number.isFinite(sumA) && Number.isFinite(sumB) && Number.isFinite(sumAbs);
}

/** A sum that keeps what rounding took (Neumaier 1974), so that millions of block sums add up to the last digits. */
export class ExactSum {
	private sum = 0;
	private lost = 0;

	add(value: number): void {
		const next = this.sum + value;
		this.lost += Math.abs(this.sum) >= Math.abs(value) ? this.sum - next + value : value - next + this.sum;
		this.sum = next;
	}

	/** The sum; the plain one where it is infinite. */
	get value(): number {
		return Number.isFinite(this.sum) ? this.sum + this.lost : this.sum;
	}
}

/** Means and centred sums of a stream, merged block by block (Chan, Golub and LeVeque 1983): stable where sums of squares would cancel. */
export class Moments {
	private count = 0;
	private meanReference = 0;
	private meanCandidate = 0;
	private readonly squaresReference = new ExactSum();
	private readonly squaresCandidate = new ExactSum();
	private readonly products = new ExactSum();

	merge(block: BlockFigures): void {
		const total = this.count + block.count;
		const dr = block.sumReference / block.count - this.meanReference;
		const dc = block.sumCandidate / block.count - this.meanCandidate;
		const weight = (this.count * block.count) / total;
		this.squaresReference.add(block.squaresReference);
		this.squaresCandidate.add(block.squaresCandidate);
		this.products.add(block.products);
		this.squaresReference.add(dr * dr * weight);
		this.squaresCandidate.add(dc * dc * weight);
		this.products.add(dr * dc * weight);
		this.meanReference += (dr * block.count) / total;
		this.meanCandidate += (dc * block.count) / total;
		this.count = total;
	}

	/** Pearson's correlation; null where the squares of a side are zero or beyond a double. */
	correlation(): number | null {
		const [sr, sc] = [this.squaresReference.value, this.squaresCandidate.value];
		if (this.count < 2 || !(sr > 0) || !(sc > 0) || !Number.isFinite(sr) || !Number.isFinite(sc)) return null;
		return Math.max(-1, Math.min(1, this.products.value / (Math.sqrt(sr) * Math.sqrt(sc))));
	}
}
