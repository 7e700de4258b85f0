import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { checkRatio } from "./sum-ratio";

test("a ratio of candidate and reference is right, also rounded; the inverse says so; anything else contradicts", () => {
	assert.equal(checkRatio("1.25", ["c", "py"], ["4", "5"]), null);
	assert.equal(checkRatio("0.33", ["c", "py"], ["3", "1"]), null);
	assert.equal(checkRatio("1.0059685707092285", ["c", "py"], ["58988.60546875", "59340.6796875"]), null, "a quotient of 32-bit floats");
	assert.match(checkRatio("0.8", ["c", "py"], ["4", "5"]) ?? "", /is c\/py, the inverse of py\/c \(1\.25\)/);
	assert.match(checkRatio("1.4", ["c", "py"], ["4", "5"]) ?? "", /neither py\/c \(1\.25\) nor c\/py \(0\.8\)/);
	assert.match(checkRatio("0", ["c", "py"], ["0", "5"]) ?? "", /c_sum is 0/);
	assert.match(checkRatio("2", ["c", "py"], ["4", "0"]) ?? "", /neither py\/c \(0\) of/);
	assert.match(checkRatio("2", null, [null, null]) ?? "", /not checked/);
});

test("whatever the sums, their quotient is right and its inverse is named", () => {
	const sum = fc.double({ min: 1e-3, max: 1e9, noNaN: true });
	fc.assert(
		fc.property(sum, sum, (r, c) => {
			assert.equal(checkRatio(String(c / r), ["a", "b"], [String(r), String(c)]), null);
			if (Math.abs(c / r - r / c) > 0.5 && Math.min(c / r, r / c) > 1e-3) assert.match(checkRatio((r / c).toExponential(15), ["a", "b"], [String(r), String(c)]) ?? "", /the inverse/);
		}),
	);
});
