import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Engine } from "@/lib/engine/engine";
import { openNodeEngine } from "@/lib/engine/open-node";
import { quoted, quotedPath } from "./names";
import { orderedBy } from "./wrap";

let engine: Engine;
before(async () => {
	engine = await openNodeEngine();
});
after(() => engine.close());

async function firstColumn(sql: string): Promise<(string | null)[]> {
	const result = await engine.query(sql, { role: "user" });
	await result.complete;
	return Array.from({ length: result.numRows }, (_, row) => result.text(row, 0));
}

test("the engine orders the rows of any query, also one that ends with a comment or a semicolon", async () => {
	for (const script of ["SELECT unnest([2, NULL, 3, 1]) AS n", "SELECT unnest([2, NULL, 3, 1]) AS n; -- done", "SELECT unnest([2, NULL, 3, 1]) AS n -- done", "SELECT 9; WITH x AS (SELECT unnest([2, NULL, 3, 1]) AS n) FROM x", "VALUES (2), (NULL), (3), (1)"]) {
		assert.deepEqual(await firstColumn(orderedBy(script, 0, true)!), ["3", "2", "1", null], script);
		assert.deepEqual(await firstColumn(orderedBy(script, 0, false)!), ["1", "2", "3", null], script);
	}
});

test("what gives no rows to select from is not wrapped", () => {
	assert.equal(orderedBy("EXPLAIN SELECT 1", 0, false), null);
	assert.equal(orderedBy("CREATE TABLE a AS SELECT 1", 0, false), null);
	assert.equal(orderedBy("  ", 0, false), null);
});

test("names are quoted so that the engine reads them back", async () => {
	const names = ["plain", "order", "Upper", 'say "x"', "two words", "1st", "ä"];
	const columns = names.map((name, i) => `${i} AS ${quoted(name)}`).join(", ");
	const result = await engine.query(`SELECT ${columns}`, { role: "user" });
	assert.deepEqual(result.columns.map((column) => column.name), names);
	assert.equal(quoted("plain"), "plain");
	assert.equal(quotedPath("it's/a.jsonl"), "'it''s/a.jsonl'");
});
