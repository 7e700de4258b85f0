import assert from "node:assert/strict";
import { test } from "node:test";
import { dotScale, timesOver } from "./dot-scale";

test("zero stands left of the break, the tolerance and the values on whole decades", () => {
	const scale = dotScale([0, -0.14643, 4.8e-7, null], 1e-6)!;
	assert.equal(scale.x(0), scale.zero);
	assert.ok(scale.zero < scale.break && scale.break < scale.x(4.8e-7));
	assert.ok(scale.x(4.8e-7) < scale.tolerance! && scale.tolerance! < scale.x(-0.14643));
	assert.equal(scale.x(-0.14643), scale.x(0.14643));
	assert.ok(scale.x(-0.14643) <= scale.width);
});

test("labels never crowd, not even over fifty decades", () => {
	for (const values of [[1e-30, 1e20], [0.001], [5, 7], [1e-300, 1e300]]) {
		const labels = dotScale(values, 1e-6)!.ticks.filter((tick) => tick.label !== null);
		for (let i = 1; i < labels.length; i++) assert.ok(labels[i]!.x - labels[i - 1]!.x >= 40, `${values}`);
	}
});

test("only zeros still have an axis; nothing finite has none", () => {
	const scale = dotScale([0, 0], null)!;
	assert.equal(scale.tolerance, null);
	assert.ok(scale.ticks.length >= 3);
	assert.equal(dotScale([null, Number.NaN, Number.POSITIVE_INFINITY], 1e-6), null);
	assert.equal(dotScale([], 1e-6), null);
});

test("a tolerance of zero lies on zero and gives no multiple", () => {
	assert.equal(dotScale([1e-3], 0)!.tolerance, dotScale([1e-3], 0)!.zero);
	assert.equal(timesOver(1e-3, 0), null);
	assert.equal(timesOver(null, 1e-6), null);
	assert.equal(timesOver(-2e-6, 1e-6), 2);
});
