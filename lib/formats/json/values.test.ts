import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { rowsOf } from "@/lib/model";
import { Tape } from "./tape";
import { escapePointer, JsonValues } from "./values";

/** `[path, text]` of each scalar and empty container of a value, as `json_values` lists them. */
function listed(json: string, path = ""): [string, string | null][] {
	const bytes = new TextEncoder().encode(json);
	const tape = new Tape();
	assert.equal(tape.parse(bytes, 0, bytes.length), null);
	const values = new JsonValues("a.jsonl");
	values.add("field", path, tape, 0, 1);
	return values.finish().flatMap((batch) => [...rowsOf(batch)].map((row): [string, string | null] => [String(row.path), row.text === null ? null : String(row.text)]));
}

/** The same, from the parsed value. */
function expected(value: unknown, path: string): [string, string | null][] {
	if (value === null) return [[path, null]];
	if (typeof value !== "object") return [[path, typeof value === "string" ? value : JSON.stringify(value)]];
	const parts: [string, unknown][] = Array.isArray(value) ? value.map((item, i) => [String(i), item]) : Object.entries(value);
	if (parts.length === 0) return [[path, null]];
	return parts.flatMap(([key, item]) => expected(item, `${path}/${escapePointer(key)}`));
}

test("paths are JSON Pointers: escaped keys, keys with ~ and /, and more than ten elements", () => {
	assert.deepEqual(listed('{"a~b":1,"c/d":{"e\\"\\u00e9":[]},"":"x"}'), [
		["/a~0b", "1"],
		["/c~1d/e\"é", null],
		["/", "x"],
	]);
	assert.deepEqual(
		listed("[0,1,2,3,4,5,6,7,8,9,10,[11]]").map(([path]) => path),
		["/0", "/1", "/2", "/3", "/4", "/5", "/6", "/7", "/8", "/9", "/10", "/11/0"],
	);
	assert.deepEqual(listed('"x"'), [["", "x"]]);
	assert.deepEqual(listed('{"a":[1]}', "/é/0"), [["/é/0/a/0", "1"]]);
});

test("any value is listed as its parsed form is", () => {
	const key = fc.oneof(fc.string({ unit: "grapheme" }), fc.constantFrom("~", "/", "~1", "a/b~", "é\\\"\n")).filter((name) => name !== "__proto__" && !/^\d+$/.test(name));
	const { value } = fc.letrec<{ value: unknown }>((tie) => ({
		value: fc.oneof({ maxDepth: 4 }, fc.string({ unit: "grapheme" }), fc.integer(), fc.boolean(), fc.constant(null), fc.array(tie("value"), { maxLength: 13 }), fc.dictionary(key, tie("value"), { noNullPrototype: true })),
	}));
	fc.assert(fc.property(value, (any) => assert.deepEqual(listed(JSON.stringify(any)), expected(any, ""))), { numRuns: 300, seed: 5 });
});
