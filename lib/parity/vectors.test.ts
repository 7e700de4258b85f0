import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { compareVectors } from "./vectors";

test("equal vectors, and equal direction with another length", () => {
	const same = compareVectors([3, 4], [3, 4]);
	assert.deepEqual([same.verdict, same.cosine, same.normReference, same.normCandidate, same.normRatio, same.lengthDiffers], ["pass", 1, 5, 5, 1, false]);
	const longer = compareVectors(new Float32Array([3, 4]), new Float32Array([6, 8]));
	assert.deepEqual([longer.verdict, longer.cosine, longer.normRatio, longer.lengthDiffers], ["pass", 1, 2, true]);
	assert.equal(longer.reason, "cosine 1 is at least 0.99999; the direction is equal and the length is not: the candidate is 2 times as long (5 against 10)");
	assert.equal(compareVectors([3, 4], [3.0003, 4.0004]).lengthDiffers, false, "a ratio of 1.0001 is within 1e-3");
	assert.equal(compareVectors([3, 4], [3.0003, 4.0004], { normTolerance: 1e-6 }).lengthDiffers, true);
});

test("another direction fails, whatever the lengths", () => {
	const turned = compareVectors([1, 0], [0, 1]);
	assert.deepEqual([turned.verdict, turned.cosine, turned.lengthDiffers], ["fail", 0, false]);
	assert.equal(compareVectors([1, 2], [-1, -2]).cosine, -1);
	assert.equal(compareVectors([1, 0], [1, 0.01]).verdict, "fail");
	assert.equal(compareVectors([1, 0], [1, 0.01], { threshold: 0.999 }).verdict, "pass");
});

test("zero vectors, values that are not finite and other lengths", () => {
	assert.deepEqual([compareVectors([0, 0], [0, 0]).verdict, compareVectors([0, 0], [1, 0]).verdict, compareVectors([1, 0], [0, 0]).reason], ["incomparable", "fail", "the candidate is the zero vector and the other side is not"]);
	assert.deepEqual([compareVectors([Number.NaN], [1]).verdict, compareVectors([1], [Number.POSITIVE_INFINITY]).verdict, compareVectors([Number.NaN], [Number.NaN]).verdict], ["fail", "fail", "incomparable"]);
	const other = compareVectors([1, 2], [1, 2, 3]);
	assert.deepEqual([other.verdict, other.cosine, other.reason], ["incomparable", null, "the reference has 2 values, the candidate 3"]);
	assert.equal(compareVectors([], []).verdict, "incomparable");
});

test("huge and tiny values neither overflow nor vanish", () => {
	const huge = compareVectors([1e200, 1e200], [2e200, 2e200]);
	assert.ok(Math.abs(huge.cosine! - 1) < 1e-15 && Math.abs(huge.normRatio! - 2) < 1e-15);
	assert.ok(Math.abs(compareVectors([1e-200, 0], [1e-200, 1e-200]).cosine! - Math.SQRT1_2) < 1e-15);
});

test("a cosine lies between -1 and 1 and does not change with a scale", () => {
	// Not as small as subnormal numbers, which lose digits under a scale.
	const values = fc.array(fc.integer({ min: -1e6, max: 1e6 }).map((value) => value / 1000), { minLength: 3, maxLength: 3 });
	fc.assert(
		fc.property(values, values, fc.double({ min: 0.5, max: 100, noNaN: true }), (r, c, scale) => {
			const { cosine } = compareVectors(r, c);
			if (cosine === null) return;
			assert.ok(cosine >= -1 && cosine <= 1);
			assert.ok(Math.abs(compareVectors(r, c.map((value) => value * scale)).cosine! - cosine) < 1e-9);
		}),
	);
});
