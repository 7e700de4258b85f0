import assert from "node:assert/strict";
import { test } from "node:test";
import { move } from "./move";

const extent = { rows: 100, columns: 4, page: 10 };
const press = (key: string, mod = false) => ({ key, mod });

test("arrows move by one and stop at the edges; above the first row is the head", () => {
	assert.deepEqual(move({ row: 0, column: 0 }, press("ArrowUp"), extent), { row: -1, column: 0 });
	assert.deepEqual(move({ row: -1, column: 0 }, press("ArrowUp"), extent), { row: -1, column: 0 });
	assert.deepEqual(move({ row: 99, column: 3 }, press("ArrowDown"), extent), { row: 99, column: 3 });
	assert.deepEqual(move({ row: 5, column: 3 }, press("ArrowRight"), extent), { row: 5, column: 3 });
	assert.deepEqual(move({ row: 5, column: 1 }, press("ArrowLeft"), extent), { row: 5, column: 0 });
});

test("Home and End go along the row, with Ctrl to the corners", () => {
	assert.deepEqual(move({ row: 5, column: 2 }, press("Home"), extent), { row: 5, column: 0 });
	assert.deepEqual(move({ row: 5, column: 2 }, press("End"), extent), { row: 5, column: 3 });
	assert.deepEqual(move({ row: 5, column: 2 }, press("Home", true), extent), { row: 0, column: 0 });
	assert.deepEqual(move({ row: 5, column: 2 }, press("End", true), extent), { row: 99, column: 3 });
});

test("page keys move a page and stay among the rows", () => {
	assert.deepEqual(move({ row: 5, column: 2 }, press("PageUp"), extent), { row: 0, column: 2 });
	assert.deepEqual(move({ row: 95, column: 2 }, press("PageDown"), extent), { row: 99, column: 2 });
});

test("other keys move nothing, and an empty grid has only its head", () => {
	assert.equal(move({ row: 5, column: 2 }, press("x"), extent), null);
	assert.deepEqual(move({ row: -1, column: 0 }, press("ArrowDown"), { rows: 0, columns: 4, page: 10 }), { row: -1, column: 0 });
});
