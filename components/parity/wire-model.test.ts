import assert from "node:assert/strict";
import { test } from "node:test";
import { placeText, WIRE_LIMIT, wireOf } from "./wire-model";

test("two bodies have their differences with classes, and one alone has none", () => {
	const answer = wireOf('{"a":1,"when":"2026-01-01T00:00:00.100Z"}', '{"a":1,"when":"2026-01-01T00:00:00.1Z","b":0}');
	assert.ok(answer !== null && "comparison" in answer);
	assert.deepEqual(answer.comparison.classes.map((one) => one.class).sort(), ["time precision", "zero against absent"]);
	assert.ok(answer.comparison.classes.every(({ meaning }) => meaning.length > 20));
	assert.equal(wireOf(null, "{}"), null);
});

test("bodies too large for the page are said, and never taken for equal", () => {
	const large = JSON.stringify("x".repeat(WIRE_LIMIT));
	const answer = wireOf(large, large);
	assert.ok(answer !== null && "why" in answer);
	assert.match(answer.why, /400,000 characters/);
});

test("a place is named once where both sides have it at one pointer", () => {
	assert.equal(placeText("/a/b", "/a/b"), "/a/b");
	assert.equal(placeText("/A", "/a"), "/A → /a");
	assert.equal(placeText(null, "/a"), "/a");
	assert.equal(placeText("", ""), "the whole body");
});
