import assert from "node:assert/strict";
import { test } from "node:test";
import { isBody, isDistance, isNumeric, preview } from "./side-text";

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

test("a closeness is no distance", () => {
	assert.equal(isDistance("max-rel"), true);
	assert.equal(isDistance("cosine"), false);
	assert.equal(isDistance(null), false);
});
