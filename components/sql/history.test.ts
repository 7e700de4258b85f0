import assert from "node:assert/strict";
import { test } from "node:test";
import { oneLine, type PastQuery, readHistory, remember, writeHistory } from "./history";

test("the newest run comes first, the same query once, fifty in all", () => {
	let history: PastQuery[] = [];
	for (let i = 0; i < 60; i++) history = remember(history, `SELECT ${i % 55}`, i);
	assert.equal(history.length, 50);
	assert.equal(history[0]!.sql, "SELECT 4");
	assert.equal(new Set(history.map((past) => past.sql)).size, 50);
});

test("an empty query and one that would fill the storage are not kept", () => {
	assert.deepEqual(remember([], "  ", 1), []);
	assert.deepEqual(remember([], "x".repeat(20_001), 1), []);
});

test("what is stored comes back, and other things are left out", () => {
	let stored = "";
	const setItem = (_: string, value: string) => {
		stored = value;
	};
	writeHistory({ setItem }, [{ sql: "SELECT 1", at: 5 }]);
	assert.deepEqual(readHistory({ getItem: () => stored }), [{ sql: "SELECT 1", at: 5 }]);
	assert.deepEqual(readHistory({ getItem: () => '[1, {"sql":2,"at":3}, null]' }), []);
	assert.deepEqual(readHistory({ getItem: () => "{" }), []);
});

test("a menu line is one line", () => {
	assert.equal(oneLine("SELECT 1,\n\t2"), "SELECT 1, 2");
	assert.equal(oneLine("x".repeat(80)).length, 64);
});
