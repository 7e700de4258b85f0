import assert from "node:assert/strict";
import { test } from "node:test";
import { fileQuery, lineNumber, lineSum, nextLine } from "./words";

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
