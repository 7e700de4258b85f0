import type { Numbers } from "./tensors";
import { elementsOf, shapeText } from "./tensor-shape";

/** Two axes of an array as rows and columns, and a place on every other axis. */
export interface SliceView {
	/** null where the array has no such axis: a vector is one row, a scalar one cell */
	rowAxis: number | null;
	colAxis: number | null;
	/** an index on every axis; those of the two axes are not looked at */
	at: readonly number[];
	/** `[from, to)` on the row axis, and on the column axis */
	rows: readonly [number, number];
	cols: readonly [number, number];
}

/** Where the cells of a slice lie in a file: cell (o, i) is element `base + o × outer.stride + i × inner.stride`, which grows with o and then i. */
export interface SliceLayout {
	base: number;
	outer: { count: number; stride: number };
	inner: { count: number; stride: number };
	/** the inner index runs over rows */
	transposed: boolean;
}

/** The last two axes, whole, at the start of every other one. */
export function wholeView(shape: readonly number[]): SliceView {
	const colAxis = shape.length > 0 ? shape.length - 1 : null;
	const rowAxis = shape.length > 1 ? shape.length - 2 : null;
	return viewOf(shape, rowAxis, colAxis, new Array<number>(shape.length).fill(0));
}

/** Two axes of an array, whole. */
export function viewOf(shape: readonly number[], rowAxis: number | null, colAxis: number | null, at: readonly number[]): SliceView {
	return { rowAxis, colAxis, at, rows: [0, rowAxis === null ? 1 : shape[rowAxis]!], cols: [0, colAxis === null ? 1 : shape[colAxis]!] };
}

/** The layout of a slice. Throws a RangeError where the view is not one of the array. */
export function layoutOf(shape: readonly number[], fortranOrder: boolean, view: SliceView): SliceLayout {
	const { rowAxis, colAxis, at, rows, cols } = view;
	const strides = stridesOf(shape, fortranOrder);
	const inside = ([from, to]: readonly [number, number], axis: number | null) => from >= 0 && from <= to && to <= (axis === null ? 1 : (shape[axis] ?? 0));
	if (at.length !== shape.length || (rowAxis !== null && rowAxis === colAxis) || !inside(rows, rowAxis) || !inside(cols, colAxis)) throw new RangeError(`rows ${rows.join(" to ")} of axis ${rowAxis} and columns ${cols.join(" to ")} of axis ${colAxis} are no slice of an array of shape ${shapeText(shape)}`);
	let base = 0;
	shape.forEach((size, axis) => {
		if (axis === rowAxis || axis === colAxis) return;
		if (!(at[axis]! >= 0 && at[axis]! < size)) throw new RangeError(`the index ${at[axis]} is outside axis ${axis} of an array of shape ${shapeText(shape)}`);
		base += at[axis]! * strides[axis]!;
	});
	const row = { count: rows[1] - rows[0], stride: rowAxis === null ? 1 : strides[rowAxis]! };
	const col = { count: cols[1] - cols[0], stride: colAxis === null ? 1 : strides[colAxis]! };
	base += rows[0] * row.stride * (rowAxis === null ? 0 : 1) + cols[0] * col.stride * (colAxis === null ? 0 : 1);
	// An axis of one cell has no step of its own: it is the outer one.
	const transposed = rowAxis !== null && row.count > 1 && (col.count <= 1 || row.stride < col.stride);
	return transposed ? { base, outer: col, inner: row, transposed } : { base, outer: row, inner: col, transposed };
}

function stridesOf(shape: readonly number[], fortranOrder: boolean): number[] {
	const strides = new Array<number>(shape.length);
	let step = 1;
	for (let i = 0; i < shape.length; i++) {
		const axis = fortranOrder ? i : shape.length - 1 - i;
		strides[axis] = step;
		step *= shape[axis]!;
	}
	return strides;
}

/** Elements that lie between two wanted ones and are read all the same: asking twice costs more. */
const GAP = 16_384;
/** Cells that lie far from one another are asked for one by one up to so many; more of them come with all that is between. */
const SINGLES = 512;

/**
 * Element ranges `[from, to)` of the file that hold a slice, ascending and without overlap, none longer than `most`.
 * Cells that lie near one another come together, with what is between them.
 */
export function* rangesOf({ base, outer, inner }: SliceLayout, most: number): Generator<readonly [number, number]> {
	if (outer.count === 0 || inner.count === 0) return;
	const far = inner.stride > GAP && outer.count * inner.count <= SINGLES;
	const span = far ? 1 : (inner.count - 1) * inner.stride + 1;
	let from = base;
	let to = base;
	for (let o = 0; o < outer.count; o++) {
		for (let i = 0; i < (far ? inner.count : 1); i++) {
			const start = base + o * outer.stride + (far ? i * inner.stride : 0);
			if (start > to + GAP) {
				yield* pieces(from, to, most);
				from = start;
			}
			to = Math.max(to, start + span);
			// What is certain is not held back.
			while (to - from > most) {
				yield [from, from + most];
				from += most;
			}
		}
	}
	yield* pieces(from, to, most);
}

function* pieces(from: number, to: number, most: number): Generator<readonly [number, number]> {
	for (let at = from; at < to; at += most) yield [at, Math.min(to, at + most)];
}

/** How many elements are read for a slice. */
export function elementsRead(layout: SliceLayout): number {
	let sum = 0;
	for (const [from, to] of rangesOf(layout, Number.MAX_SAFE_INTEGER)) sum += to - from;
	return sum;
}

/** Picks the cells of a slice out of ranges of the file, in the order of the layout. Ranges come ascending. */
export class SlicePicker {
	private o = 0;
	private i = 0;

	constructor(private readonly layout: SliceLayout) {}

	/** @param first the element of the file that `values[0]` is */
	pick(values: Numbers, first: number): Numbers {
		const { base, outer, inner } = this.layout;
		const end = first + values.length;
		const place = () => base + this.o * outer.stride + this.i * inner.stride;
		// Rows that follow one another without a gap are there already.
		if (inner.stride === 1 && (outer.stride === inner.count || outer.count === 1)) {
			const from = Math.max(0, place() - first);
			const left = (outer.count - this.o) * inner.count - this.i;
			const count = Math.max(0, Math.min(values.length - from, left));
			this.skip(count);
			return values.subarray(from, from + count);
		}
		const out = new (values.constructor as new (length: number) => Numbers)(Math.min(values.length, outer.count * inner.count));
		let kept = 0;
		while (this.o < outer.count && place() < end) {
			const start = place() - first;
			const count = Math.min(inner.count - this.i, Math.ceil((values.length - start) / inner.stride));
			if (inner.stride === 1) out.set(values.subarray(start, start + count) as never, kept);
			else for (let k = 0; k < count; k++) out[kept + k] = values[start + k * inner.stride]!;
			kept += count;
			this.skip(count);
		}
		return out.subarray(0, kept);
	}

	private skip(count: number): void {
		const { inner } = this.layout;
		const at = this.i + count;
		this.o += Math.floor(at / inner.count);
		this.i = at % inner.count;
	}
}

/** The coordinates in the whole array of a cell of a slice. */
export function placeInArray(view: SliceView, row: number, col: number): number[] {
	return view.at.map((index, axis) => (axis === view.rowAxis ? row : axis === view.colAxis ? col : index));
}

/** Cells of a slice. */
export function cellsOf({ rows, cols }: SliceView): number {
	return elementsOf([rows[1] - rows[0], cols[1] - cols[0]]);
}
