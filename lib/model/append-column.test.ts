import assert from "node:assert/strict";
import { test } from "node:test";
import { BatchBuilder, BOOLEAN, DOUBLE, type Field, INT64, type RowInput, rowsOf, TEXT, TEXT_LIST, TIMESTAMP_NS } from ".";

const FIELDS: Field[] = [
	{ name: "n", type: INT64 },
	{ name: "at", type: TIMESTAMP_NS },
	{ name: "x", type: DOUBLE },
	{ name: "ok", type: BOOLEAN },
	{ name: "name", type: TEXT },
	{ name: "tags", type: TEXT_LIST },
	{ name: "by", type: { kind: "map", of: DOUBLE } },
	{ name: "in", type: { kind: "struct", fields: [{ name: "a", type: TEXT }, { name: "b", type: { kind: "list", of: { kind: "struct", fields: [{ name: "c", type: INT64 }] } } }] } },
];
const ROWS: RowInput[] = [
	{ n: 1, at: -1n, x: -0, ok: false, name: "", tags: [], by: {}, in: { a: "é", b: [{ c: 9007199254740993n }, null, { c: null }] } },
	{},
	{ n: -9223372036854775808n, at: 0n, x: Number.NaN, ok: true, name: "😀 longer than twenty-four bytes", tags: ["a", null, ""], by: { p: 1, q: null }, in: { a: null, b: null } },
	{ n: 0, x: 5e-324, name: null, tags: null, by: null, in: { a: "", b: [] } },
];

test("rows that are copied column by column are the rows, over many batches and with nulls anywhere", () => {
	const parts = [[], ROWS, ROWS.slice(1, 2), ROWS.toReversed(), Array.from({ length: 70 }, (_, i) => ROWS[(i * 7) % ROWS.length]!)];
	const copied = new BatchBuilder("t", FIELDS);
	const added = new BatchBuilder("t", FIELDS);
	for (const part of parts) {
		const own = new BatchBuilder("t", FIELDS);
		for (const row of part) {
			own.add(row);
			added.add(row);
		}
		copied.addBatch(own.finish());
	}
	const [one, other] = [copied.finish(), added.finish()];
	assert.equal(one.numRows, 79);
	assert.deepEqual([...rowsOf(one)], [...rowsOf(other)]);
	assert.deepEqual(one.columns, other.columns);
});
