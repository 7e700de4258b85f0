import assert from "node:assert/strict";
import { test } from "node:test";
import { scaleOf, TALLEST } from "./scale";

test("what fits is not scaled", () => {
	assert.deepEqual(scaleOf(200_000, 28, 600), { virtual: 5_600_000, real: 5_600_000, ratio: 1 });
});

test("a million touch rows stay under the cap, and the end of the scrollbar is the last row", () => {
	const viewport = 600;
	const { virtual, real, ratio } = scaleOf(1_000_000, 44, viewport);
	assert.equal(real, TALLEST);
	assert.equal(Math.round((real - viewport) * ratio), virtual - viewport);
	assert.equal(0 * ratio, 0);
});
