import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Engine } from "@/lib/engine/engine";
import { openNodeEngine } from "@/lib/engine/open-node";
import { nextSort, sortOrder, sortsHere } from "./sort";

let engine: Engine;
before(async () => {
	engine = await openNodeEngine();
});
after(() => engine.close());

/** The engine's own order is the expectation. */
async function agrees(values: string): Promise<void> {
	const query = `SELECT x, row_number() OVER () AS n FROM (SELECT unnest(${values}) AS x)`;
	const result = await engine.query(query, { role: "user" });
	await result.complete;
	assert.ok(sortsHere(result, 0));
	for (const descending of [false, true]) {
		const sorted = await engine.query(`SELECT n FROM (${query}) ORDER BY x ${descending ? "DESC" : "ASC"} NULLS LAST, n`, { role: "user" });
		await sorted.complete;
		const expected = Array.from({ length: sorted.numRows }, (_, row) => Number(sorted.cell(row, 0)) - 1);
		assert.deepEqual([...sortOrder(result, { column: 0, descending })], expected, `${values} ${descending ? "descending" : "ascending"}`);
	}
}

test("numbers sort as the engine sorts them", async () => {
	await agrees("[3, 1, NULL, 2, 1, -5]");
	await agrees("[9007199254740993, 9007199254740992, -9223372036854775808, NULL]");
	await agrees("['nan'::DOUBLE, 1.5, '-inf', NULL, 'inf', 0, 'nan']");
	await agrees("[1.20, -0.05, 10.00, NULL, 0.50]::DECIMAL(9,2)[]");
	await agrees("[170141183460469231731687303715884105727, 5, -170141183460469231731687303715884105727]::HUGEINT[]");
});

test("text, times and booleans sort as the engine sorts them", async () => {
	await agrees("['b', 'a', '', NULL, 'B', 'ab', 'ä', 'Z']");
	await agrees("['\u{1f600}', '\uff5e', 'z', '\u{1f600}a', '\ue000']");
	await agrees("[TIMESTAMP_NS '2026-05-02 12:00:00.1', TIMESTAMP_NS '2026-05-02 12:00:00', NULL, TIMESTAMP_NS '2025-01-01 00:00:00.123456789']");
	await agrees("[true, NULL, false, true]");
});

test("nested values and intervals are left to the engine", async () => {
	const result = await engine.query("SELECT [1] AS list, INTERVAL 3 DAY AS span, 'x' AS word", { role: "user" });
	await result.complete;
	assert.deepEqual(
		[0, 1, 2].map((column) => sortsHere(result, column)),
		[false, false, true],
	);
});

test("a header goes ascending, descending, none", () => {
	const first = nextSort(null, 2);
	assert.deepEqual(first, { column: 2, descending: false });
	const second = nextSort(first, 2);
	assert.deepEqual(second, { column: 2, descending: true });
	assert.equal(nextSort(second, 2), null);
	assert.deepEqual(nextSort(second, 0), { column: 0, descending: false });
});
