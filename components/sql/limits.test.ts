import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Engine } from "@/lib/engine/engine";
import { openNodeEngine } from "@/lib/engine/open-node";
import { bytesOf, whole } from "./limits";

let engine: Engine;
before(async () => {
	engine = await openNodeEngine();
});
after(() => engine.close());

const run = (sql: string, signal?: AbortSignal, maxRows?: number) => engine.query(sql, { role: "user", ...(signal ? { signal } : {}), ...(maxRows ? { maxRows } : {}) });

test("a result that fits is whole, and its bytes are counted", async () => {
	const result = await run("SELECT * FROM range(100000)");
	assert.deepEqual(await whole(result, () => assert.fail("it fits")), { cut: false });
	assert.ok(bytesOf(result) >= 800_000, `${bytesOf(result)} bytes for 100,000 integers of 8`);
	assert.ok(bytesOf(result) < 1_600_000, `${bytesOf(result)} bytes for 100,000 integers of 8`);
});

test("rows that do not fit are left behind, the others stay readable, and the engine answers the next query", async () => {
	const abort = new AbortController();
	const result = await run("SELECT range AS n FROM range(3000000)", abort.signal, 10_000_000);
	assert.deepEqual(await whole(result, () => abort.abort(), 2_000_000), { cut: true });
	assert.ok(result.numRows >= 250_000 && result.numRows < 3_000_000, `${result.numRows} rows`);
	assert.equal(result.cell(result.numRows - 1, 0), BigInt(result.numRows - 1));
	const next = await run("SELECT 1 AS one");
	await next.complete;
	assert.equal(next.numRows, 1);
});

test("a row limit is a cut too, and another failure is thrown", async () => {
	const limited = await run("SELECT * FROM range(10000)", undefined, 3000);
	assert.deepEqual(await whole(limited, () => {}), { cut: true });
	assert.equal(limited.numRows, 3000);
	await assert.rejects(async () => whole(await run("SELECT CASE WHEN range < 5000 THEN 1 ELSE error('row ' || range) END FROM range(200000)"), () => {}), /row /);
});
