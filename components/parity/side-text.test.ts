import assert from "node:assert/strict";
import { test } from "node:test";
import { around, isBody, isDistance, isNumeric, preview } from "./side-text";

test("a body is a JSON object or array, and nothing else", () => {
	for (const text of ['{"a":1}', " [1]", "{}"]) assert.equal(isBody(text), true, text);
	for (const text of ["1", '"{}"', "{broken", "", null]) assert.equal(isBody(text), false, String(text));
});

test("numbers as logs write them", () => {
	for (const text of ["1", "-0.5", "7.94079248018965e-30", "1e+24", "NaN", "-inf", ".5", "3."]) assert.equal(isNumeric(text), true, text);
	for (const text of ["", "1 2", "0x10", "one", "{}", null]) assert.equal(isNumeric(text), false, String(text));
});

test("a preview is one line with its beginning whole", () => {
	assert.equal(preview("a\n  b"), "a b");
	assert.equal(preview('{ "a b": [ 1,\n "x  \\" y" ] }'), '{"a b":[1,"x  \\" y"]}');
	assert.equal(preview("x".repeat(60), 10), `${"x".repeat(9)}…`);
});

test("a long line is cut around the case that it holds", () => {
	const line = `${"x".repeat(5000)}name="test_a"${"y".repeat(5000)}`;
	const cut = around(line, "tests.TestA.test_a", 100);
	assert.ok(cut.includes('name="test_a"') && cut.startsWith("…") && cut.endsWith("…") && cut.length <= 102);
	assert.equal(around("short", "a"), "short");
	assert.ok(around(line, "not there", 100).startsWith("xxx"));
});

test("a closeness is no distance", () => {
	assert.equal(isDistance("max-rel"), true);
	assert.equal(isDistance("cosine"), false);
	assert.equal(isDistance(null), false);
});
