import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import fc from "fast-check";
import { cOrder, compareTypes, coordinatesOf, indexOf } from "./tensor-shape";
import { judgeTensors, type Numbers, TensorComparer } from "./tensors";

const REAL = path.resolve(process.cwd(), "../shared/real");

function compare(reference: Numbers, candidate: Numbers, tolerance: { kind: "abs" | "rel"; value: number } | null = null, chunk = reference.length) {
	const comparer = new TensorComparer(tolerance);
	for (let at = 0; at < reference.length; at += chunk) comparer.push(reference.subarray(at, at + chunk), candidate.subarray(at, at + chunk));
	return comparer.finish();
}

/** The figures by their formulas, in plain loops. */
function byFormula(r: readonly number[], c: readonly number[]) {
	const n = r.length;
	const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
	const d = r.map((value, i) => Math.abs(c[i]! - value));
	const [mr, mc] = [sum(r) / n, sum(c) / n];
	const spread = Math.sqrt(sum(r.map((v) => (v - mr) ** 2))) * Math.sqrt(sum(c.map((v) => (v - mc) ** 2)));
	return { maxAbs: Math.max(...d), meanAbs: sum(d) / n, mse: sum(d.map((v) => v * v)) / n, correlation: sum(r.map((v, i) => (v - mr) * (c[i]! - mc))) / spread, sumReference: sum(r), sumCandidate: sum(c) };
}

function near(actual: number | null, expected: number, relative: number, what: string): void {
	assert.ok(actual !== null && Math.abs(actual - expected) <= relative * Math.max(Math.abs(expected), 1e-30), `${what}: ${actual} against ${expected}`);
}

test("a small pair, by hand", () => {
	const figures = compare(new Float32Array([1, 2, 0, 4]), new Float32Array([1, 2.5, 0, 2]), { kind: "abs", value: 0.5 });
	assert.deepEqual(
		{ ...figures, correlation: null },
		{
			elements: 4, compared: 4, maxAbs: 2, maxAbsAt: 3, maxRel: 0.5, maxRelAt: 3, maxAbsPair: [4, 2], maxRelPair: [4, 2], zeroReference: 0, meanAbs: 0.625, mse: 1.0625, rmse: Math.sqrt(1.0625), correlation: null,
			sumReference: 7, sumCandidate: 5.5, sumRatio: 5.5 / 7, above: 1, nanReference: 0, nanCandidate: 0, nanBoth: 0, infiniteReference: 0, infiniteCandidate: 0, infiniteBoth: 0, brokenAt: null, brokenPair: null,
		},
	);
	assert.equal(compare(new Float32Array([1, 2, 0, 4]), new Float32Array([1, 2.5, 0, 2]), { kind: "rel", value: 0.25 }).above, 1, "0.5 is beyond 0.25, 0.25 is not");
});

test("chunks of any size give the figures of the formulas", () => {
	const pair = fc.array(fc.tuple(fc.float({ noNaN: true, noDefaultInfinity: true, min: Math.fround(-1e3), max: Math.fround(1e3) }), fc.float({ noNaN: true, noDefaultInfinity: true, min: Math.fround(-1e3), max: Math.fround(1e3) })), { minLength: 2, maxLength: 200 });
	fc.assert(
		fc.property(pair, fc.integer({ min: 1, max: 70 }), (values, chunk) => {
			const [r, c] = [values.map(([v]) => v), values.map(([, v]) => v)];
			const expected = byFormula(r, c);
			const actual = compare(Float64Array.from(r), Float64Array.from(c), null, chunk);
			near(actual.maxAbs, expected.maxAbs, 0, "maxAbs");
			near(actual.meanAbs, expected.meanAbs, 1e-12, "meanAbs");
			near(actual.mse, expected.mse, 1e-12, "mse");
			assert.ok(Math.abs(actual.sumReference! - expected.sumReference) <= 1e-10 && Math.abs(actual.sumCandidate! - expected.sumCandidate) <= 1e-10);
			if (actual.correlation !== null && Number.isFinite(expected.correlation)) assert.ok(Math.abs(actual.correlation - expected.correlation) < 1e-7);
		}),
	);
});

test("a correlation over a large offset keeps its digits", () => {
	const n = 100_000;
	const r = Float64Array.from({ length: n }, (_, i) => 1e9 + Math.sin(i));
	const c = Float64Array.from({ length: n }, (_, i) => 1e9 + Math.sin(i) + 0.5 * Math.cos(i));
	// Two uncorrelated waves of equal power: 1 ÷ √(1 + 0.25), up to the unfinished last period.
	near(compare(r, c).correlation, 1 / Math.sqrt(1.25), 1e-5, "correlation");
	near(compare(r, r).correlation, 1, 1e-15, "with itself");
	assert.equal(compare(new Float64Array(5), Float64Array.from([1, 2, 3, 4, 5])).correlation, null, "a constant side has none");
	assert.equal(compare(new Float64Array(10_000).fill(0.1), Float64Array.from({ length: 10_000 }, (_, i) => i)).correlation, null, "whatever its mean is rounded to");
});

test("sums keep what rounding would take", () => {
	const many = new Float64Array(3_000_000).fill(0.1);
	near(compare(many, many).sumReference, 300_000, 1e-12, "sum of tenths");
});

test("NaN and infinity are counted by side and enter no figure", () => {
	const r = new Float64Array([Number.NaN, Number.NaN, 1, Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 2]);
	const c = new Float64Array([Number.NaN, 1, Number.NaN, Number.POSITIVE_INFINITY, 5, Number.POSITIVE_INFINITY, 2.5]);
	const figures = compare(r, c, { kind: "abs", value: 1 });
	assert.deepEqual([figures.nanBoth, figures.nanReference, figures.nanCandidate, figures.infiniteBoth, figures.infiniteReference, figures.infiniteCandidate], [1, 1, 1, 1, 2, 1]);
	assert.deepEqual([figures.elements, figures.compared, figures.maxAbs, figures.maxAbsAt, figures.brokenAt], [7, 1, 0.5, 6, 1]);
	assert.equal(judgeTensors(figures, { kind: "abs", value: 1 }).verdict, "fail");
	const both = judgeTensors(compare(new Float64Array([Number.NaN, 1]), new Float64Array([Number.NaN, 1]), { kind: "abs", value: 1 }), { kind: "abs", value: 1 });
	assert.deepEqual([both.verdict, both.reason], ["incomparable", "1 value of 2 pairs NaN in both sides at the same place; the others are within a max-abs of 1"]);
	assert.equal(judgeTensors(compare(new Float64Array(0), new Float64Array(0)), { kind: "abs", value: 1 }).verdict, "incomparable");
});

test("zero against zero is 0, zero against something is infinite", () => {
	const figures = compare(new Float32Array([0, 0, 1]), new Float32Array([0, 1e-9, 1]), { kind: "rel", value: 0.5 });
	assert.deepEqual([figures.maxRel, figures.maxRelAt, figures.zeroReference, figures.above], [Number.POSITIVE_INFINITY, 1, 1, 1]);
});

test("64-bit integers differ exactly, and mixed types are compared", () => {
	const r = new BigInt64Array([9007199254740993n, -5n]);
	const c = new BigInt64Array([9007199254740992n, -5n]);
	assert.equal(compare(r, c).maxAbs, 1);
	assert.equal(compare(new BigInt64Array([3n]), new Float64Array([3.5])).maxAbs, 0.5);
	assert.equal(compare(new Uint8Array([255]), new Int8Array([-1])).maxAbs, 256);
});

test("values whose sums overflow are still compared", () => {
	const figures = compare(new Float64Array([1e308, 1e308, -1e308]), new Float64Array([1e308, 9e307, 1e308]));
	assert.deepEqual([figures.compared, figures.maxAbs, figures.maxAbsAt], [3, Number.POSITIVE_INFINITY, 2]);
	assert.equal(figures.correlation, null);
});

test("pieces of unequal length are refused", () => {
	assert.throws(() => new TensorComparer().push(new Float32Array(3), new Float32Array(2)), /3 values of the reference came with 2/);
});

test("shapes and types are said", () => {
	const type = (dtype: string, shape: number[], fortranOrder = false) => ({ dtype, shape, fortranOrder });
	assert.deepEqual(compareTypes(type("float32", [2, 3]), type(">float32", [2, 3])), { comparable: true, said: [] });
	assert.deepEqual(compareTypes(type("float32", [2, 3]), type("float32", [3, 2])), { comparable: false, said: ["the shapes differ: (2, 3) in the reference, (3, 2) in the candidate (both hold 6 values, in another layout)"] });
	assert.deepEqual(compareTypes(type("float64", [4]), type("float32", [4])).said, ["the types differ: float64 in the reference, float32 in the candidate, so relative differences up to 5.96e-8 are the rounding of float32"]);
	assert.equal(compareTypes(type("float32", [2, 2]), type("float32", [2, 2], true)).said.length, 1);
});

test("coordinates and Fortran order", () => {
	assert.deepEqual(coordinatesOf(17, [2, 3, 4]), [1, 1, 1]);
	assert.deepEqual(coordinatesOf(0, []), []);
	for (let i = 0; i < 24; i++) assert.equal(indexOf(coordinatesOf(i, [2, 3, 4]), [2, 3, 4]), i);
	assert.deepEqual([...cOrder(new Int16Array([1, 4, 2, 5, 3, 6]), [2, 3])], [1, 2, 3, 4, 5, 6]);
	const shape = [2, 3, 4];
	const fortran = Float64Array.from({ length: 24 }, (_, i) => i);
	const c = cOrder(fortran, shape);
	for (let i = 0; i < 24; i++) {
		const [x, y, z] = coordinatesOf(i, shape) as [number, number, number];
		assert.equal(c[i], x + 2 * y + 6 * z);
	}
	assert.throws(() => cOrder(new Float32Array(5), [2, 3]), /holds 6 values and the array 5/);
});

/** The values of a little-endian float32 NPY file of version 1, the only kind in the folder. */
function readFloats(file: string): Float32Array {
	const bytes = readFileSync(file);
	const header = bytes.subarray(10, 10 + bytes.readUInt16LE(8)).toString("latin1");
	assert.match(header, /'descr': '<f4', 'fortran_order': False/);
	return new Float32Array(Uint8Array.from(bytes.subarray(10 + bytes.readUInt16LE(8))).buffer);
}

for (const name of ["detpixels-64", "detpixels-128"]) {
	test(`the recorded figures of ${name}`, { skip: existsSync(path.join(REAL, "tensors")) ? false : "the folder of real tensors is not here" }, () => {
		const recorded = JSON.parse(readFileSync(path.join(REAL, "tensors", `${name}_metrics.json`), "utf8"));
		const figures = compare(readFloats(path.join(REAL, "tensors", `${name}_c.npy`)), readFloats(path.join(REAL, "tensors", `${name}_py.npy`)), null, 1000);
		// Recorded in 32-bit floats, so they hold to about seven digits.
		near(figures.mse, recorded.mse, 1e-6, "mse");
		near(figures.rmse, recorded.rmse, 1e-6, "rmse");
		near(figures.maxAbs, recorded.max_abs_diff, 1e-7, "max_abs_diff");
		near(figures.sumReference, recorded.c_sum, 1e-6, "c_sum");
		near(figures.sumCandidate, recorded.py_sum, 1e-6, "py_sum");
		near(figures.sumRatio, recorded.sum_ratio, 1e-6, "sum_ratio");
		assert.ok(Math.abs(figures.correlation! - recorded.correlation) < 1e-6, `correlation: ${figures.correlation} against ${recorded.correlation}`);
	});
}
