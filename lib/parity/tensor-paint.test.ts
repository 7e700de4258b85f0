import assert from "node:assert/strict";
import { test } from "node:test";
import { SliceReducer } from "./tensor-image";
import { colourIndex, differenceScale, PALETTE, paintDifference, paintValues, valueScale } from "./tensor-paint";
import { layoutOf, wholeView } from "./tensor-slice";

test("the palette grows in lightness from its first to its last colour", () => {
	const light = Array.from({ length: 256 }, (_, i) => 0.2126 * (PALETTE[i * 3]! / 255) ** 2.2 + 0.7152 * (PALETTE[i * 3 + 1]! / 255) ** 2.2 + 0.0722 * (PALETTE[i * 3 + 2]! / 255) ** 2.2);
	for (let i = 1; i < 256; i++) assert.ok(light[i]! > light[i - 1]! - 1e-3, `colour ${i}`);
	assert.deepEqual([...PALETTE.subarray(0, 3)], [0x44, 0x01, 0x54]);
	assert.deepEqual([...PALETTE.subarray(765)], [0xfd, 0xe7, 0x25]);
});

test("a scale of differences has whole decades, at least one and at most nine", () => {
	assert.deepEqual(differenceScale({ largest: 33.2, smallest: 2e-5 }), { low: 1e-5, high: 100, log: true });
	assert.deepEqual(differenceScale({ largest: 1, smallest: 1 }), { low: 0.1, high: 1, log: true });
	assert.deepEqual(differenceScale({ largest: 1, smallest: 1e-30 }), { low: 1e-9, high: 1, log: true });
	assert.equal(differenceScale({ largest: null, smallest: null }), null);
});

test("a colour's place is that of the value on its scale; both ends hold", () => {
	const log = { low: 1e-4, high: 1, log: true };
	assert.deepEqual([0, 1e-9, 1e-4, 1e-2, -1e-2, 1, 7].map((value) => colourIndex(value, log)), [0, 0, 0, 128, 128, 255, 255]);
	const linear = { low: -1, high: 1, log: false };
	assert.deepEqual([-2, -1, 0, 1, 2].map((value) => colourIndex(value, linear)), [0, 0, 128, 255, 255]);
	assert.equal(colourIndex(5, { low: 5, high: 5, log: false }), 0);
});

test("what is equal, broken or open in both has a colour of its own", () => {
	const reducer = new SliceReducer(layoutOf([1, 4], false, wholeView([1, 4])), { rows: [0, 1], cols: [0, 4], height: 1, width: 4, limit: 0 });
	reducer.push(Float32Array.of(1, 2, Number.NaN, Number.NaN), Float32Array.of(1, 12, 3, Number.NaN));
	const image = reducer.finish();
	const inks = { same: [1, 1, 1], broken: [2, 2, 2], bothOpen: [3, 3, 3] };
	const rgba = paintDifference(image, differenceScale(image), inks);
	assert.deepEqual([...rgba], [1, 1, 1, 255, ...PALETTE.subarray(765), 255, 2, 2, 2, 255, 3, 3, 3, 255]);
	const values = paintValues(image, "candidate", valueScale(image, false), inks);
	assert.deepEqual([...values.subarray(0, 8)], [...PALETTE.subarray(0, 3), 255, ...PALETTE.subarray(765), 255]);
	assert.deepEqual([...values.subarray(12)], [2, 2, 2, 255]);
});

test("scales at the ends of what a double holds still tell large from small", () => {
	for (const [largest, smallest] of [[Number.POSITIVE_INFINITY, 1e300], [Number.MAX_VALUE, 1e301], [5e-324, 5e-324], [1e-320, 5e-324]] as const) {
		const scale = differenceScale({ largest, smallest })!;
		assert.ok(Number.isFinite(scale.high) && scale.low > 0 && scale.low <= scale.high, `${largest} ${smallest}: ${JSON.stringify(scale)}`);
		assert.ok(colourIndex(largest, scale) >= colourIndex(smallest, scale), `${largest} ${smallest}`);
	}
	assert.equal(colourIndex(Number.POSITIVE_INFINITY, differenceScale({ largest: Number.POSITIVE_INFINITY, smallest: 1e300 })!), 255);
	const wide = { low: -1.7e308, high: 1.7e308, log: false };
	assert.deepEqual([-1.7e308, 0, 1.7e308].map((value) => colourIndex(value, wide)), [0, 128, 255]);
});
