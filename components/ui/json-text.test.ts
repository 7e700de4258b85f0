import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { jsonLines } from "./json-text";

const flat = (text: string) =>
	jsonLines(text)
		.map((line) => line.map((piece) => piece.text).join(""))
		.join("\n");

test("objects and lists are laid out, empty ones stay short", () => {
	assert.equal(flat('{"a":[1,{"b":"x"}],"c":{},"d":[]}'), '{\n  "a": [\n    1,\n    {\n      "b": "x"\n    }\n  ],\n  "c": {},\n  "d": []\n}');
});

test("numbers and strings stay as they are written", () => {
	assert.equal(flat("[1.0, 9007199254740993, 1e3, -0]"), "[\n  1.0,\n  9007199254740993,\n  1e3,\n  -0\n]");
	assert.equal(flat('"a \\"quoted\\" {brace}, [x]: \\u00e9"'), '"a \\"quoted\\" {brace}, [x]: \\u00e9"');
});

test("what is not JSON is shown as it is", () => {
	assert.equal(flat("{not json,\n at all"), "{not json,\n at all");
	assert.equal(flat(""), "");
});

test("any JSON is laid out as JSON.stringify does", () => {
	fc.assert(
		fc.property(fc.jsonValue(), (value) => {
			assert.equal(flat(JSON.stringify(value)), JSON.stringify(value, null, 2));
			assert.equal(flat(JSON.stringify(value, null, 3)), JSON.stringify(value, null, 2));
		}),
		{ numRuns: 2000 },
	);
});
