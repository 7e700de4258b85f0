import assert from "node:assert/strict";
import { test } from "node:test";
import { arraysOf, floatWidth, pixelOf, plotSize, relativeText, ulpText, cellText, viewText, zoomed } from "./tensor-model";

test("the arrays of a case are its source and what its note ends with", () => {
	assert.deepEqual(arraysOf({ source: "t/x_py.npy", note: "worst at [1]; reference: t/x_c.npy" }), { reference: "t/x_c.npy", candidate: "t/x_py.npy" });
	assert.equal(arraysOf({ source: "t/x_py.npy", note: null }), null);
	assert.equal(arraysOf({ source: "t/trace.log", note: "reference: t/c.log:4" }), null);
});

test("cells are square and whole while they fit, and thin sides stay visible", () => {
	assert.deepEqual(plotSize(128, 128, 560), { width: 512, height: 512, pixelsWide: 128, pixelsHigh: 128 });
	assert.deepEqual(plotSize(8192, 4096, 512), { width: 256, height: 512, pixelsWide: 256, pixelsHigh: 512 });
	assert.deepEqual(plotSize(1, 100_000, 500), { width: 500, height: 28, pixelsWide: 500, pixelsHigh: 1 });
	assert.deepEqual(plotSize(1, 1, 500), { width: 32, height: 32, pixelsWide: 1, pixelsHigh: 1 });
});

test("zooming keeps the cell in the window and the window in the array", () => {
	assert.deepEqual(zoomed([0, 128], 128, 126, 0.5), [64, 128]);
	assert.deepEqual(zoomed([64, 128], 128, 100, 2), [0, 128]);
	assert.deepEqual(zoomed([0, 10], 10, 3, 0.5), [0, 8]);
	assert.deepEqual(zoomed([0, 3], 3, 1, 0.5), [0, 3]);
});

test("a cell's pixel is the block that it lies in", () => {
	const image = { height: 2, width: 3, rows: 4, cols: 6, fromRow: 10, fromCol: 0 };
	assert.deepEqual(pixelOf(image, 12, 5), { y: 1, x: 2 });
	assert.deepEqual(pixelOf(image, 0, 99), { y: 0, x: 2 });
});

test("values are written with the digits of their type", () => {
	assert.equal(cellText(Math.fround(0.1), "float32"), "0.1");
	assert.equal(cellText(34.403751373291016, "float32"), "34.40375");
	assert.equal(cellText(0.1, "float64"), "0.1");
	assert.equal(cellText(-1e-20, "float64"), "−1e-20");
	assert.equal(cellText(Number.NaN, "float32"), "NaN");
});

test("steps between two values are those of the narrower float", () => {
	assert.deepEqual([floatWidth("float32", "float64"), floatWidth("float64", "float64"), floatWidth("int32", "float32")], [32, 64, null]);
	assert.equal(ulpText({ reference: 1, candidate: 1 + 2 ** -23 }, 32), "1");
	assert.equal(ulpText({ reference: 1, candidate: Number.NaN }, 32), "");
	assert.equal(relativeText({ reference: 0, difference: 1 }), "infinite");
});

test("a view is written as numpy writes it", () => {
	assert.equal(viewText({ rowAxis: 1, colAxis: 2, at: [2, 0, 0], rows: [0, 30], cols: [4, 8] }, [5, 30, 40]), "[2, :, 4:8]");
	assert.equal(viewText({ rowAxis: null, colAxis: null, at: [], rows: [0, 1], cols: [0, 1] }, []), "[]");
});

test("a 64-bit integer that a double rounds is not written as if it were exact", () => {
	assert.equal(cellText(Number(9007199254740993n), "int64"), "≈ 9007199254740992");
	assert.deepEqual([cellText(12, "int64"), cellText(-12, ">uint64"), cellText(2 ** 60, "float64")], ["12", "−12", "1152921504606847000"]);
});
