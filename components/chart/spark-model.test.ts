import assert from "node:assert/strict";
import { test } from "node:test";
import { endLabels, type LinePoint, linePath, roundTicks, scaleOf, tickPlaces } from "./spark-model";

const BOX = { left: 0, right: 100, top: 10, base: 50 };
const points: LinePoint[] = [
	{ x: 0, value: 0, series: "rust" },
	{ x: 5, value: 20, series: "go" },
	{ x: 10, value: null, series: "rust" },
	{ x: 15, value: 10, series: "rust" },
	{ x: 20, value: 20, series: "rust" },
];

test("zero is on the axis, and values beyond doubles of one range stay inside", () => {
	const scale = scaleOf([5, 20], [0, 20], BOX);
	assert.deepEqual([scale.least, scale.most, scale.y(0), scale.y(20), scale.x(5)], [0, 20, 50, 10, 25]);
	const both = scaleOf([-10, 10], [0, 1], BOX);
	assert.equal(both.y(0), 30);
	const huge = scaleOf([Number.MAX_VALUE, -Number.MAX_VALUE], [0, 1], BOX);
	assert.equal(huge.y(Number.MAX_VALUE), 10);
	const none = scaleOf([0, 0], [3, 3], BOX);
	assert.deepEqual([none.y(0), none.x(3)], [50, 50]);
});

test("a line joins its own series and breaks where there is no value", () => {
	const scale = scaleOf([0, 20], [0, 20], BOX);
	assert.equal(linePath(points, "rust", scale), "M0.0 50.0M75.0 30.0L100.0 10.0");
	assert.equal(linePath(points, "go", scale), "M25.0 10.0");
});

test("names at the ends of lines keep their distance and stay inside", () => {
	const scale = scaleOf([0, 20], [0, 20], BOX);
	const labels = endLabels(points, ["rust", "go", "c"], scale, 12, BOX);
	assert.deepEqual(labels.map(({ series, y }) => [series, y]), [["rust", 10], ["go", 22]]);
	const low = endLabels([{ x: 0, value: 0, series: "a" }, { x: 0, value: 0, series: "b" }], ["a", "b"], scale, 12, BOX);
	assert.deepEqual(low.map(({ y }) => y), [38, 50]);
});

test("wanted words come first, others where there is room", () => {
	assert.deepEqual(tickPlaces([0, 10, 40, 90, 100], [100], 30), [0, 40, 100]);
	assert.deepEqual(roundTicks(0, 74, 4), [0, 20, 40, 60]);
	assert.deepEqual(roundTicks(-3, 7, 4), [0, 5]);
	assert.deepEqual(roundTicks(0, 0, 4), [0]);
	assert.deepEqual(roundTicks(0, 0.3, 3), [0, 0.1, 0.2, 0.3]);
});
