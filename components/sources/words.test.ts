import assert from "node:assert/strict";
import { test } from "node:test";
import { facetParts, fileQuery, lineNumber, lineSum, nextLine } from "./words";

test("lines add up, and say so when they do not", () => {
	const row = { lines: 10, records: 7, rejects: 1, blanks: 2, comments: 0, other: 0, pending: 0 };
	assert.deepEqual(lineSum(row), {
		lines: 10,
		holds: true,
		parts: [
			{ kind: "records", count: 7, word: "records" },
			{ kind: "rejects", count: 1, word: "reject" },
			{ kind: "blanks", count: 2, word: "blanks" },
		],
	});
	assert.equal(lineSum({ ...row, lines: 11 })?.holds, false);
	assert.equal(lineSum({ ...row, rejects: 0, blanks: 3 })?.parts[1]?.word, "rejects");
	assert.equal(lineSum({ ...row, lines: null }), null);
});

test("a line parameter is a whole number from 1", () => {
	assert.deepEqual(["1", "41", "0", "-3", "4.5", "x", "", null].map(lineNumber), [1, 41, null, null, null, null, null, null]);
});

test("the file's query escapes a quote in its name", () => {
	assert.equal(fileQuery({ path: "logs/it's.jsonl" }), "FROM 'logs/it''s.jsonl' LIMIT 100");
});

test("rejects are stepped through in a circle", () => {
	const lines = [4, 90, 700];
	assert.equal(nextLine(lines, null, 1), 4);
	assert.equal(nextLine(lines, 4, 1), 90);
	assert.equal(nextLine(lines, 50, -1), 4);
	assert.equal(nextLine(lines, 700, 1), 4);
	assert.equal(nextLine(lines, 4, -1), 700);
	assert.equal(nextLine(lines, null, -1), 700);
	assert.equal(nextLine([], 4, 1), null);
});

test("of many formats the most frequent stand, the chosen one always", () => {
	const options = Array.from({ length: 12 }, (_, i) => [`f${i}`, 20 - i] as const);
	const names = (parts: readonly (readonly [string, number])[]) => parts.map(([name]) => name).join(" ");
	const none = facetParts(options, null, 4);
	assert.deepEqual([names(none.shown), none.rest.length], ["f0 f1 f2 f3", 8]);
	const far = facetParts(options, "f9", 4);
	assert.deepEqual([names(far.shown), far.rest.length], ["f9 f0 f1 f2 f3", 7]);
	const unknown = facetParts(options, "gone", 4);
	assert.deepEqual([unknown.shown[0], unknown.rest.length], [["gone", 0], 8]);
	assert.deepEqual(facetParts(options.slice(0, 5), null, 4).rest, []);
	assert.equal(facetParts(options, "f2", 4).shown.length, 4);
});
