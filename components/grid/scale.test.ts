import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { EDGE, furthest, type Position, type Scale, STEP, scaleOf, scrolled, TALLEST, toReal, toVirtual } from "./scale";

const VIEWPORT = 600;
const many = scaleOf(5_000_000, 28, VIEWPORT);
const end = (scale: Scale) => scale.real - scale.viewport;

test("what fits is not scaled", () => {
	const scale = scaleOf(200_000, 28, VIEWPORT);
	assert.deepEqual(scale, { virtual: 5_600_000, real: 5_600_000, viewport: VIEWPORT });
	assert.equal(toVirtual(scale, 1234), 1234);
	assert.equal(toReal(scale, 1234), 1234);
	assert.deepEqual(scrolled(scale, { top: 0, offset: 0 }, 300), { top: 300, offset: 300 });
});

test("five million rows stay under the cap, and the ends of the scrollbar are the first and the last row", () => {
	assert.equal(many.real, TALLEST);
	assert.equal(toVirtual(many, 0), 0);
	assert.equal(toVirtual(many, end(many)), furthest(many));
	assert.equal(toReal(many, furthest(many)), end(many));
});

test("the two mappings are inverse and never turn back", () => {
	fc.assert(
		fc.property(fc.integer({ min: 1, max: 10_000_000 }), fc.constantFrom(28, 36, 44), fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true }), (rows, height, a, b) => {
			const scale = scaleOf(rows, height, VIEWPORT);
			const low = Math.min(a, b) * furthest(scale);
			const high = Math.max(a, b) * furthest(scale);
			assert.ok(Math.abs(toVirtual(scale, toReal(scale, low)) - low) < 0.001);
			assert.ok(toReal(scale, low) <= toReal(scale, high) + 1e-6);
			assert.ok(toReal(scale, high) <= Math.max(0, end(scale)));
		}),
	);
});

test("a wheel passes every row, wherever it starts", () => {
	for (const start of [0, EDGE - 500, EDGE * 3, TALLEST - EDGE - 700]) {
		let at: Position = { top: start, offset: toVirtual(many, start) };
		const first = at.offset;
		for (let notch = 1; notch <= 50; notch++) {
			at = scrolled(many, at, at.top + 120);
			assert.equal(at.offset, first + notch * 120);
		}
	}
});

test("a jump of the thumb goes where the thumb is, and no step leaves the rows", () => {
	assert.equal(scrolled(many, { top: 0, offset: 0 }, 7_000_000).offset, toVirtual(many, 7_000_000));
	assert.equal(scrolled(many, { top: 500, offset: 20 }, 0).offset, 0);
	assert.equal(scrolled(many, { top: end(many) - 100, offset: furthest(many) - 20 }, end(many)).offset, furthest(many));
	assert.ok(STEP < TALLEST / 1000, "one pixel of the thumb is more than a step");
});
