import assert from "node:assert/strict";
import { test } from "node:test";
import { comparedText } from "./compared-text";

test("what was not compared stands beside what was, by kind", () => {
	assert.equal(comparedText({ passed: 7, failed: 2, unmatched: 0, incomparable: 0, skipped: 0 }), "9 cases compared: 7 pass, 2 fail. 0 not compared.");
	assert.equal(comparedText({ passed: 1, failed: 0, unmatched: 1200, incomparable: 0, skipped: 3 }), "1 case compared: 1 pass, 0 fail. 1,203 not compared: 1,200 unmatched, 3 skipped.");
});

test("a run of nothing is not a run that passes", () => {
	assert.equal(comparedText({ passed: 0, failed: 0, unmatched: 0, incomparable: 4, skipped: 0 }), "No case compared. 4 not compared: 4 incomparable.");
	assert.equal(comparedText({ passed: 0, failed: 0, unmatched: 0, incomparable: 0, skipped: 0 }), "No case compared. 0 not compared.");
});
