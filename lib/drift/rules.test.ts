import assert from "node:assert/strict";
import { test } from "node:test";
import { DRIFT_TOLERANCE, driftOf, parseTolerance, percent } from "./rules";

test("more than a fifth warns, exactly a fifth does not", () => {
	assert.equal(DRIFT_TOLERANCE, 0.2);
	assert.deepEqual(driftOf(10, 12), { change: 2, changeRatio: 0.2, verdict: "ok", reason: "within 20 %" });
	assert.deepEqual(driftOf(10, 13), { change: 3, changeRatio: 0.3, verdict: "warn", reason: "changed by more than 20 %" });
	assert.equal(driftOf(10, 7.9).verdict, "warn");
	assert.equal(driftOf(-10, -13).verdict, "warn");
	assert.equal(driftOf(-10, -13).changeRatio, -0.3);
	assert.equal(driftOf(57, 74).verdict, "warn");
	assert.equal(driftOf(57, 74, 0.3).verdict, "ok");
	assert.equal(driftOf(1055, 1061, 0).verdict, "warn");
});

test("zero, null and nothing are told apart", () => {
	assert.deepEqual(driftOf(0, 1e-9, 100), { change: 1e-9, changeRatio: null, verdict: "warn", reason: "from zero to something" });
	assert.deepEqual(driftOf(0, 0, 0), { change: 0, changeRatio: null, verdict: "ok", reason: "unchanged" });
	assert.equal(driftOf(5, 0).verdict, "warn");
	assert.equal(driftOf(5, 0, 1).verdict, "ok");
	assert.equal(driftOf(null, 0).verdict, "added");
	assert.equal(driftOf(0, null).verdict, "removed");
	assert.equal(driftOf(null, null).verdict, null);
});

test("a tolerance is a ratio", () => {
	assert.deepEqual(["0.1", "rel:0.05", "0", ".5", "1e-3", "2"].map(parseTolerance), [0.1, 0.05, 0, 0.5, 0.001, 2]);
	assert.deepEqual(["", "10%", "-0.1", "abs:1", "Infinity", "0.1x", "NaN"].map(parseTolerance), [null, null, null, null, null, null, null]);
	assert.deepEqual([0.07, 0.2, 0.005, 1.5].map(percent), ["7", "20", "0.5", "150"]);
});
