import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { ask } from "@/lib/answer/ask";
import type { Engine } from "@/lib/engine/engine";
import { openNodeEngine } from "@/lib/engine/open-node";
import { columnFacts } from "@/lib/tables/catalog";

let engine: Engine;
before(async () => {
	engine = await openNodeEngine();
	await engine.define(`CREATE TABLE "odd ""t""" AS SELECT range AS n, CASE WHEN range % 10 = 0 THEN NULL ELSE 'w' || (range % 3) END AS "the word", NULL::INTEGER AS nothing, TIMESTAMP_NS '2026-01-01 00:00:00.123456789' AS at,
		CASE WHEN range % 4 = 0 THEN 'nan'::DOUBLE ELSE range END AS d, [range % 2] AS list, (range / 3)::DECIMAL(9,2) AS price, DATE '2026-01-01' + (range % 400)::INTEGER AS day FROM range(1000)`);
	await engine.define("CREATE TABLE empty (a INTEGER, b VARCHAR)");
});
after(() => engine.close());

async function facts(column: string, scale: "number" | "time" | null, table = 'odd "t"') {
	const { rows } = await ask(engine, columnFacts(table, column, scale), {});
	assert.equal(rows.length, 1);
	return rows[0]!;
}

test("numbers and times of many values are counted in twelve steps", async () => {
	for (const [column, scale] of [["n", "number"], ["price", "number"], ["day", "time"]] as const) {
		const { rows, nulls, steps, bars } = await facts(column, scale);
		assert.deepEqual({ rows, nulls, steps, length: bars.length, sum: bars.reduce((sum, n) => sum + n, 0) }, { rows: 1000, nulls: 0, steps: true, length: 12, sum: 1000 }, column);
	}
	const d = await facts("d", "number");
	assert.equal(d.bars.reduce((sum, n) => sum + n, 0), 750, "NaN has no step");
	assert.equal(d.distinct, 751);
});

test("few values are counted one by one, NULL apart", async () => {
	const word = await facts("the word", null);
	assert.deepEqual(word, { rows: 1000, nulls: 100, distinct: 3, steps: false, bars: [300, 300, 300] });
	assert.deepEqual(await facts("at", "time"), { rows: 1000, nulls: 0, distinct: 1, steps: false, bars: [1000] });
	assert.deepEqual((await facts("list", null)).bars, [500, 500]);
});

test("nothing is a fact too", async () => {
	assert.deepEqual(await facts("nothing", "number"), { rows: 1000, nulls: 1000, distinct: 0, steps: false, bars: [] });
	assert.deepEqual(await facts("a", "number", "empty"), { rows: 0, nulls: 0, distinct: 0, steps: false, bars: [] });
});
