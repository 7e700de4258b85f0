import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { rowsOf } from "@/lib/model";
import { tensor } from "./tensor";
import { halfOf, StreamStatistics } from "./tensor/statistics";

function statistics(values: Float64Array, sizes: readonly number[]) {
	const stream = new StreamStatistics({ kind: "f", width: 8, bigEndian: false });
	const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
	for (let at = 0, n = 0; at < bytes.length; n++) {
		const size = sizes[n % sizes.length]!;
		stream.push(bytes.subarray(at, at + size));
		at += size;
	}
	return stream.finish();
}

/** Mean and standard deviation with exact sums, as integers over a common power of two. */
function exact(values: readonly number[]): { mean: number; std: number } {
	const n = values.length;
	const SHIFT = 60;
	const scaled = values.map((value) => BigInt(Math.round(value * 2 ** 20)) << BigInt(SHIFT - 20));
	const sum = scaled.reduce((total, value) => total + value, 0n);
	const squares = scaled.reduce((total, value) => total + (value * BigInt(n) - sum) ** 2n, 0n);
	const variance = Number(squares / BigInt(n) ** 3n) / 2 ** (2 * SHIFT);
	return { mean: Number(sum) / n / 2 ** SHIFT, std: Math.sqrt(variance) };
}

function near(actual: number | null, wanted: number, relative: number, what: string) {
	assert.ok(actual !== null && Math.abs(actual - wanted) <= Math.abs(wanted) * relative, `${what}: ${actual} instead of ${wanted}`);
}

test("mean and std are those of an exact computation, to 1e-12, in any division", () => {
	fc.assert(
		fc.property(fc.integer({ min: 1, max: 9000 }), fc.integer({ min: 1, max: 1_000_000 }), fc.integer({ min: 0, max: 1_000_000 }), fc.array(fc.integer({ min: 1, max: 50_000 }), { minLength: 1, maxLength: 3 }), (count, spread, offset, sizes) => {
			// Multiples of 2^-20, so that the reference is exact.
			const values = Array.from({ length: count }, (_, i) => offset + (((i * 7919) % 10_007) * spread) / 2 ** 20 + 1);
			const got = statistics(Float64Array.from(values), sizes);
			const wanted = exact(values);
			near(got.mean, wanted.mean, 1e-12, "mean");
			if (count > 1) near(got.std, wanted.std, 1e-11, "std");
			assert.deepEqual([got.min, got.max], [Math.min(...values), Math.max(...values)]);
		}),
		{ numRuns: 60 },
	);
});

test("what cancels, overflows or vanishes when squared", () => {
	const cancels = statistics(Float64Array.from({ length: 30_000 }, (_, i) => (i % 3 === 0 ? 1e16 : i % 3 === 1 ? 1 : -1e16)), [4096]);
	near(cancels.mean, 1 / 3, 1e-12, "mean of what cancels");
	for (const scale of [1e300, 1e-300]) {
		const { std } = statistics(Float64Array.from({ length: 10_000 }, (_, i) => (i % 2 === 0 ? 1 : 3) * scale), [777]);
		near(std, scale, 1e-12, `std of ${scale}`);
	}
	const grows = statistics(Float64Array.from({ length: 20_000 }, (_, i) => (i < 10_000 ? 1e-200 : (i % 2) * 1e200)), [1 << 20]);
	near(grows.std, Math.sqrt(3 / 16) * 1e200, 1e-12, "std of what grows");
	assert.deepEqual(statistics(Float64Array.from([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]), [3]), { min: null, max: null, mean: null, std: null, nans: 1, infinities: 2, wide: 0 });
});

test("16-bit floats", () => {
	assert.deepEqual([0x3c00, 0xc000, 0x7bff, 0x0001, 0x0400, 0x8000, 0x7c00, 0xfc00].map(halfOf), [1, -2, 65_504, 2 ** -24, 2 ** -14, -0, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]);
	assert.ok(Number.isNaN(halfOf(0x7e00)));
});

function npy(header: string, data: Uint8Array): Uint8Array {
	const text = new TextEncoder().encode(`${header}\n`);
	const out = new Uint8Array(10 + text.length + data.length);
	out.set([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0, text.length & 255, text.length >> 8]);
	out.set(text, 10);
	out.set(data, 10 + text.length);
	return out;
}

test("both byte orders of every type say the same", () => {
	const writers: [type: string, width: number, write: (view: DataView, at: number, value: number, little: boolean) => void][] = [
		["i2", 2, (view, at, value, little) => view.setInt16(at, value, little)],
		["i4", 4, (view, at, value, little) => view.setInt32(at, value, little)],
		["i8", 8, (view, at, value, little) => view.setBigInt64(at, BigInt(value), little)],
		["u2", 2, (view, at, value, little) => view.setUint16(at, Math.abs(value), little)],
		["u4", 4, (view, at, value, little) => view.setUint32(at, Math.abs(value), little)],
		["u8", 8, (view, at, value, little) => view.setBigUint64(at, BigInt(Math.abs(value)), little)],
		["f4", 4, (view, at, value, little) => view.setFloat32(at, value, little)],
		["f8", 8, (view, at, value, little) => view.setFloat64(at, value, little)],
	];
	const values = [1, -200, 300, 32_000];
	for (const [type, width, write] of writers) {
		const [little, big] = ["<", ">"].map((order) => {
			const data = new Uint8Array(values.length * width);
			for (const [i, value] of values.entries()) write(new DataView(data.buffer), i * width, value, order === "<");
			const parser = tensor("t.npy");
			parser.push(npy(`{'descr': '${order}${type}', 'fortran_order': False, 'shape': (2, 2), }`, data));
			const end = parser.end();
			assert.deepEqual(end.rejects, [], type);
			return [...rowsOf(end.batches[0]!)][0]!;
		});
		assert.equal(big?.dtype, `>${little?.dtype as string}`);
		assert.deepEqual({ ...big, dtype: null }, { ...little, dtype: null }, type);
		assert.equal(little?.max, 32_000);
	}
});
