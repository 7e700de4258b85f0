import type { SliceLayout } from "./tensor-slice";
import type { Numbers } from "./tensors";

/** What a cell, or the worst cell of a pixel, is. */
export const CELL = {
	/** no cell lies there */
	none: 0,
	/** equal, and finite */
	same: 1,
	/** both finite, and different */
	differs: 2,
	/** NaN or infinite on one side only, or infinite with opposite signs */
	broken: 3,
	/** NaN in both, or the same infinity in both: nothing was compared */
	bothOpen: 4,
} as const;

/** One cell by its place in the slice. */
export interface CellAt {
	row: number;
	col: number;
	reference: number;
	candidate: number;
	/** candidate − reference; NaN where a side is not finite */
	difference: number;
}

/** A slice of a pair of arrays as pixels. Each pixel stands for a block of cells and shows the worst of them. */
export interface SliceImage {
	/** pixels */
	height: number;
	width: number;
	/** cells of the slice */
	rows: number;
	cols: number;
	/** the slice's first row and column */
	fromRow: number;
	fromCol: number;
	/** by pixel, row by row: what its worst cell is (`CELL`), where it is, and its values */
	kind: Uint8Array;
	atRow: Int32Array;
	atCol: Int32Array;
	reference: Float64Array;
	candidate: Float64Array;
	difference: Float64Array;
	counts: { cells: number; compared: number; above: number; same: number; broken: number; bothOpen: number };
	/** the largest and the smallest difference above zero, without its sign; null where there is none */
	largest: number | null;
	smallest: number | null;
	/** of the finite values of both sides; null where there are none */
	low: number | null;
	high: number | null;
	/** the smallest magnitude above zero among the finite values */
	tiny: number | null;
	/** the first few broken cells, then the largest differences, largest first */
	worst: CellAt[];
}

export interface ReduceOptions {
	rows: readonly [number, number];
	cols: readonly [number, number];
	/** the most pixels */
	height: number;
	width: number;
	/** a pair counts as above when its absolute difference is larger */
	limit: number;
	/** how many of the worst cells are listed; default 10 */
	worst?: number;
}

/** So many broken cells are listed before the largest differences. */
const BROKEN = 3;

/** Turns the cells of a slice into pixels in one pass, in memory that grows with the pixels. No cell is left out: a pixel is the worst of its block. */
export class SliceReducer {
	private readonly image: SliceImage;
	/** how bad the pixel's worst cell is: the order of `rankOf` */
	private readonly rank: Float64Array;
	private readonly rowPixel: Int32Array;
	private readonly colPixel: Int32Array;
	private readonly worst: (CellAt & { rank: number })[] = [];
	private readonly broken: CellAt[] = [];
	private seen = 0;

	constructor(
		private readonly layout: SliceLayout,
		private readonly options: ReduceOptions,
	) {
		const [rows, cols] = [options.rows[1] - options.rows[0], options.cols[1] - options.cols[0]];
		const [height, width] = [Math.min(rows, options.height), Math.min(cols, options.width)];
		const pixels = height * width;
		this.rank = new Float64Array(pixels).fill(-2);
		this.rowPixel = Int32Array.from({ length: rows }, (_, row) => Math.floor((row * height) / rows));
		this.colPixel = Int32Array.from({ length: cols }, (_, col) => Math.floor((col * width) / cols));
		this.image = {
			height, width, rows, cols, fromRow: options.rows[0], fromCol: options.cols[0],
			kind: new Uint8Array(pixels), atRow: new Int32Array(pixels), atCol: new Int32Array(pixels), reference: new Float64Array(pixels), candidate: new Float64Array(pixels), difference: new Float64Array(pixels),
			counts: { cells: 0, compared: 0, above: 0, same: 0, broken: 0, bothOpen: 0 },
			largest: null, smallest: null, low: null, high: null, tiny: null, worst: [],
		};
	}

	/** The next cells of both sides, equally many, in the order of the layout. Differences of 64-bit integers are exact before they become doubles. */
	push(reference: Numbers, candidate: Numbers): void {
		if (reference.length !== candidate.length) throw new RangeError(`${reference.length} values of the reference came with ${candidate.length} of the candidate; both sides must come in equal pieces`);
		const wide = (values: Numbers): values is BigInt64Array | BigUint64Array => values instanceof BigInt64Array || values instanceof BigUint64Array;
		const doubles = (values: Numbers) => (wide(values) ? Float64Array.from(values as BigInt64Array, Number) : values);
		const [a, b] = [doubles(reference) as Float64Array, doubles(candidate) as Float64Array];
		const exact = wide(reference) && wide(candidate) ? Float64Array.from(reference as BigInt64Array, (value, i) => Number((candidate[i] as bigint) - value)) : null;
		this.take(a, b, exact);
	}

	finish(): SliceImage {
		this.image.worst = [...this.broken, ...this.worst.map(({ rank: _, ...cell }) => cell)];
		return this.image;
	}

	private take(a: Float64Array, b: Float64Array, exact: Float64Array | null): void {
		const { image, rank, rowPixel, colPixel, worst } = this;
		const { counts, width } = image;
		const { inner, transposed } = this.layout;
		const { limit, worst: most = 10 } = this.options;
		let o = Math.floor(this.seen / inner.count);
		let i = this.seen % inner.count;
		let { low, high, tiny, largest, smallest } = { low: image.low ?? Number.POSITIVE_INFINITY, high: image.high ?? Number.NEGATIVE_INFINITY, tiny: image.tiny ?? Number.POSITIVE_INFINITY, largest: image.largest ?? 0, smallest: image.smallest ?? Number.POSITIVE_INFINITY };
		const floor = () => (worst.length < most ? 0 : worst[most - 1]!.rank);
		let bar = floor();
		for (let k = 0; k < a.length; k++) {
			const [r, c] = [a[k]!, b[k]!];
			const row = transposed ? i : o;
			const col = transposed ? o : i;
			if (++i === inner.count) {
				i = 0;
				o++;
			}
			const difference = exact === null ? c - r : exact[k]!;
			let kind: number;
			let bad: number;
			const finite = r - r === 0 && c - c === 0;
			if (finite) {
				const size = Math.abs(difference);
				counts.compared++;
				if (size > limit) counts.above++;
				if (size === 0) {
					counts.same++;
					kind = CELL.same;
					bad = -1;
				} else {
					kind = CELL.differs;
					bad = Math.min(size, Number.MAX_VALUE);
					if (size > largest) largest = size;
					if (size < smallest) smallest = size;
				}
			} else if (r === c || (Number.isNaN(r) && Number.isNaN(c))) {
				counts.bothOpen++;
				kind = CELL.bothOpen;
				bad = -0.5;
			} else {
				counts.broken++;
				kind = CELL.broken;
				bad = Number.POSITIVE_INFINITY;
			}
			if (r - r === 0) {
				if (r < low) low = r;
				if (r > high) high = r;
				const size = Math.abs(r);
				if (size > 0 && size < tiny) tiny = size;
			}
			if (c - c === 0) {
				if (c < low) low = c;
				if (c > high) high = c;
				const size = Math.abs(c);
				if (size > 0 && size < tiny) tiny = size;
			}
			const pixel = rowPixel[row]! * width + colPixel[col]!;
			if (bad > rank[pixel]!) {
				rank[pixel] = bad;
				image.kind[pixel] = kind;
				image.atRow[pixel] = image.fromRow + row;
				image.atCol[pixel] = image.fromCol + col;
				image.reference[pixel] = r;
				image.candidate[pixel] = c;
				image.difference[pixel] = finite ? difference : Number.NaN;
			}
			if (kind === CELL.broken) {
				if (this.broken.length < BROKEN) this.broken.push({ row: image.fromRow + row, col: image.fromCol + col, reference: r, candidate: c, difference: Number.NaN });
			} else if (bad > bar) {
				this.enter({ row: image.fromRow + row, col: image.fromCol + col, reference: r, candidate: c, difference: finite ? difference : Number.NaN, rank: bad }, most);
				bar = floor();
			}
		}
		counts.cells += a.length;
		this.seen += a.length;
		image.low = low === Number.POSITIVE_INFINITY ? null : low;
		image.high = high === Number.NEGATIVE_INFINITY ? null : high;
		image.tiny = tiny === Number.POSITIVE_INFINITY ? null : tiny;
		image.largest = largest === 0 ? null : largest;
		image.smallest = smallest === Number.POSITIVE_INFINITY ? null : smallest;
	}

	private enter(cell: CellAt & { rank: number }, most: number): void {
		const { worst } = this;
		let at = worst.length;
		while (at > 0 && worst[at - 1]!.rank < cell.rank) at--;
		worst.splice(at, 0, cell);
		if (worst.length > most) worst.pop();
	}
}

/** All cells of a slice that come in the order of one layout, in the order of the other one's: the layouts differ in which index runs first. */
export function turned(values: Numbers, from: SliceLayout): Numbers {
	const out = new (values.constructor as new (length: number) => Numbers)(values.length);
	const [outer, inner] = [from.outer.count, from.inner.count];
	for (let o = 0; o < outer; o++) for (let i = 0; i < inner; i++) out[i * outer + o] = values[o * inner + i]!;
	return out;
}
