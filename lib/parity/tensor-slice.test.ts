import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { CELL, SliceReducer, turned } from "./tensor-image";
import { cOrder, indexOf } from "./tensor-shape";
import { elementsRead, layoutOf, placeInArray, rangesOf, SlicePicker, type SliceView, viewOf, wholeView } from "./tensor-slice";

/** An array of some shape, two of its axes in any order, a window of them, and a place on the others. */
const views = fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 1, maxLength: 4 }).chain((shape) =>
	fc.record({
		shape: fc.constant(shape),
		fortran: fc.boolean(),
		axes: fc.shuffledSubarray(shape.map((_, axis) => axis), { minLength: Math.min(2, shape.length), maxLength: Math.min(2, shape.length) }),
		at: fc.tuple(...shape.map((size) => fc.nat({ max: size - 1 }))),
		window: fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true })),
		most: fc.integer({ min: 1, max: 40 }),
	}),
);

function windowOf(size: number, a: number, b: number): [number, number] {
	const from = Math.min(size - 1, Math.floor(Math.min(a, b) * size));
	return [from, Math.max(from + 1, Math.ceil(Math.max(a, b) * size))];
}

test("ranges and picker together give the cells of any slice of any array, whatever its order", () => {
	fc.assert(
		fc.property(views, ({ shape, fortran, axes, at, window, most }) => {
			const [rowAxis, colAxis] = shape.length === 1 ? [null, 0] : [axes[0]!, axes[1]!];
			const whole = viewOf(shape, rowAxis, colAxis, at);
			const view: SliceView = { ...whole, rows: windowOf(whole.rows[1], window[0], window[1]), cols: windowOf(whole.cols[1], window[2], window[3]) };
			const count = shape.reduce((product, size) => product * size, 1);
			// The value of an element is where it is stored; in logical order it is what `cOrder` says.
			const stored = Float64Array.from({ length: count }, (_, i) => i);
			const logical = fortran ? cOrder(stored, shape) : stored;
			const layout = layoutOf(shape, fortran, view);
			const picker = new SlicePicker(layout);
			const cells: number[] = [];
			let end = -1;
			let read = 0;
			for (const [from, to] of rangesOf(layout, most)) {
				assert.ok(from >= end && to > from && to - from <= most && to <= count, `range ${from} to ${to} after ${end}`);
				end = to;
				read += to - from;
				cells.push(...(picker.pick(stored.subarray(from, to), from) as Float64Array));
			}
			assert.equal(elementsRead(layout), read);
			const rowMajor = layout.transposed ? [...(turned(Float64Array.from(cells), layout) as Float64Array)] : cells;
			const wanted: number[] = [];
			for (let row = view.rows[0]; row < view.rows[1]; row++) for (let col = view.cols[0]; col < view.cols[1]; col++) wanted.push(logical[indexOf(placeInArray(view, row, col), shape)]!);
			assert.deepEqual(rowMajor, wanted);
		}),
		{ seed: 7, numRuns: 400 },
	);
});

test("cells that lie far apart are asked for one by one while they are few", () => {
	const shape = [4, 4, 100_000];
	const view = viewOf(shape, 0, 1, [0, 0, 99_999]);
	const ranges = [...rangesOf(layoutOf(shape, false, view), 1_000_000)];
	assert.equal(ranges.length, 16);
	assert.equal(elementsRead(layoutOf(shape, false, view)), 16);
	const near = viewOf([40, 40, 1000], 0, 1, [0, 0, 5]);
	assert.equal([...rangesOf(layoutOf([40, 40, 1000], false, near), 10_000_000)].length, 1);
});

test("a scalar is one cell, a vector one row, and an array without values has none", () => {
	assert.deepEqual(wholeView([]), { rowAxis: null, colAxis: null, at: [], rows: [0, 1], cols: [0, 1] });
	assert.deepEqual([...rangesOf(layoutOf([], false, wholeView([])), 10)], [[0, 1]]);
	assert.deepEqual(wholeView([7]).cols, [0, 7]);
	assert.deepEqual([...rangesOf(layoutOf([0, 5], false, wholeView([0, 5])), 10)], []);
	assert.throws(() => layoutOf([2, 2], false, viewOf([2, 2], 1, 1, [0, 0])), RangeError);
	assert.throws(() => layoutOf([2, 2, 2], false, viewOf([2, 2, 2], 0, 1, [0, 0, 2])), /index 2 is outside axis 2/);
});

const layout = layoutOf([4, 6], false, wholeView([4, 6]));
const options = { rows: [0, 4], cols: [0, 6], height: 2, width: 3, limit: 0.5 } as const;

test("a pixel is the worst cell of its block, and no cell is lost", () => {
	const reference = new Float64Array(24);
	const candidate = new Float64Array(24);
	candidate[7] = 3;
	candidate[1] = -0.25;
	candidate[4] = Number.NaN;
	candidate[5] = 1e9;
	reference[14] = candidate[14] = Number.NaN;
	reference[23] = Number.POSITIVE_INFINITY;
	const reducer = new SliceReducer(layout, options);
	reducer.push(reference.subarray(0, 5), candidate.subarray(0, 5));
	reducer.push(reference.subarray(5), candidate.subarray(5));
	const image = reducer.finish();
	assert.deepEqual([image.height, image.width], [2, 3]);
	// [1, 1] beats [0, 1]; NaN beats a large number; what is open in both shows where nothing differs.
	assert.deepEqual([...image.kind], [CELL.differs, CELL.same, CELL.broken, CELL.same, CELL.bothOpen, CELL.broken]);
	assert.deepEqual([image.atRow[0], image.atCol[0], image.difference[0]], [1, 1, 3]);
	assert.deepEqual([image.atRow[2], image.atCol[2]], [0, 4]);
	assert.deepEqual(image.counts, { cells: 24, compared: 21, above: 2, same: 18, broken: 2, bothOpen: 1 });
	assert.deepEqual([image.largest, image.smallest, image.low, image.high], [1e9, 0.25, -0.25, 1e9]);
	assert.deepEqual(image.worst.map(({ row, col }) => [row, col]), [[0, 4], [3, 5], [0, 5], [1, 1], [0, 1]]);
});

test("the difference of 64-bit integers is exact before it is a double", () => {
	const reducer = new SliceReducer(layoutOf([1, 2], false, wholeView([1, 2])), { ...options, rows: [0, 1], cols: [0, 2] });
	reducer.push(BigInt64Array.of(9007199254740993n, 5n), BigInt64Array.of(9007199254740992n, 5n));
	const image = reducer.finish();
	assert.deepEqual([...image.difference], [-1, 0]);
	assert.deepEqual([...image.kind], [CELL.differs, CELL.same]);
});

test("a slice that runs over columns first reduces to the same image", () => {
	const values = Float64Array.from({ length: 24 }, (_, i) => Math.sin(i));
	const byRows = new SliceReducer(layout, options);
	byRows.push(new Float64Array(24), values);
	const upright = layoutOf([4, 6], true, wholeView([4, 6]));
	assert.equal(upright.transposed, true);
	const byCols = new SliceReducer(upright, options);
	byCols.push(new Float64Array(24), turned(values, layout));
	const [a, b] = [byRows.finish(), byCols.finish()];
	assert.deepEqual([a.kind, a.difference, a.atRow, a.atCol, a.counts], [b.kind, b.difference, b.atRow, b.atCol, b.counts]);
});
