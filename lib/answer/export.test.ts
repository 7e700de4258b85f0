import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Engine, QueryResult } from "@/lib/engine/engine";
import { openNodeEngine } from "@/lib/engine/open-node";
import { type ExportFormat, type ExportOptions, exportChunks, jsonValue, tsvLine, uniqueNames } from "./export";

let engine: Engine;
before(async () => {
	engine = await openNodeEngine();
});
after(() => engine.close());

async function all(result: QueryResult, format: ExportFormat, options?: ExportOptions): Promise<string> {
	let text = "";
	for await (const chunk of exportChunks(result, format, options)) text += chunk;
	return text;
}

const run = (sql: string) => engine.query(sql, { role: "user" });

test("CSV tells NULL from the empty string and quotes as RFC 4180 says", async () => {
	const result = await run(`SELECT * FROM (VALUES (1, NULL, ''), (2, 'a,b', 'say "x"'), (3, E'two\\nlines', ' plain ')) AS v(n, "a,b", text)`);
	assert.equal(await all(result, "csv"), 'n,"a,b",text\r\n1,,""\r\n2,"a,b","say ""x"""\r\n3,"two\nlines", plain \r\n');
});

test("values keep every digit in every format", async () => {
	const sql = "SELECT 9007199254740993 AS big, 170141183460469231731687303715884105727::HUGEINT AS huge, 1.230::DECIMAL(9,3) AS price, 0.1::DOUBLE AS d, 2::DOUBLE AS whole, TIMESTAMP_NS '2026-05-02 12:58:41.123456789' AS at, true AS ok";
	assert.equal(await all(await run(sql), "csv"), "big,huge,price,d,whole,at,ok\r\n9007199254740993,170141183460469231731687303715884105727,1.230,0.1,2.0,2026-05-02 12:58:41.123456789,true\r\n");
	assert.equal(await all(await run(sql), "jsonl"), '{"big":9007199254740993,"huge":170141183460469231731687303715884105727,"price":1.230,"d":0.1,"whole":2,"at":"2026-05-02 12:58:41.123456789","ok":true}\n');
});

test("JSON is one array that parses, with nested values, NULL and what JSON has no number for", async () => {
	const text = await all(await run("SELECT * FROM (VALUES ({'a': [1, NULL], 'b': 'x'}, 'nan'::DOUBLE, NULL), ({'a': [], 'b': ''}, '-inf'::DOUBLE, '1'))  AS v(nested, d, word)"), "json");
	assert.deepEqual(JSON.parse(text), [
		{ nested: { a: [1, null], b: "x" }, d: "NaN", word: null },
		{ nested: { a: [], b: "" }, d: "-Infinity", word: "1" },
	]);
});

test("a result without rows is a header, an empty array, nothing", async () => {
	const none = () => run("SELECT 1 AS a WHERE false");
	assert.equal(await all(await none(), "csv"), "a\r\n");
	assert.deepEqual(JSON.parse(await all(await none(), "json")), []);
	assert.equal(await all(await none(), "jsonl"), "");
});

test("every row is written while the result still streams, in chunks of the asked size", async () => {
	const result = await run("SELECT range AS n FROM range(25000)");
	const chunks: string[] = [];
	for await (const chunk of exportChunks(result, "csv", { chunkRows: 1000 })) chunks.push(chunk);
	const lines = chunks.join("").split("\r\n");
	assert.equal(lines.length, 25_002);
	assert.equal(lines[25_000], "24999");
	assert.ok(chunks.every((chunk) => chunk.split("\r\n").length <= 1001));
});

test("an order picks the rows and their order", async () => {
	const result = await run("SELECT unnest(['a', 'b', 'c']) AS x");
	await result.complete;
	assert.equal(await all(result, "csv", { order: [2, 0, 1], names: ["letter"] }), "letter\r\nc\r\na\r\nb\r\n");
});

test("a stream that breaks throws instead of ending short", async () => {
	const result = await run("SELECT CASE WHEN range < 5000 THEN 1 ELSE error('row ' || range) END AS n FROM range(200000)").catch((error: unknown) => error);
	// The engine may fail before the first row or after; both ways the export must not look complete.
	if (result instanceof Error) assert.match(result.message, /row /);
	else await assert.rejects(all(result as QueryResult, "jsonl"), /row /);
});

test("two columns of one name stay two keys", async () => {
	assert.deepEqual(uniqueNames(["a", "a", "a_1", "a"]), ["a", "a_2", "a_1", "a_3"]);
	const text = await all(await run("SELECT 1 AS a, 2 AS a"), "jsonl");
	assert.equal(Object.keys(JSON.parse(text)).length, 2);
});

test("TSV quotes only what would break the grid of a spreadsheet", () => {
	assert.equal(tsvLine(["a", null, "", "b\tc", 'say "x"']), 'a\t\t\t"b\tc"\t"say ""x"""');
});

test("nested values are written over several lines when asked", () => {
	assert.equal(jsonValue({ a: [1n, "x"], b: {}, c: null }, "  "), '{\n  "a": [\n    1,\n    "x"\n  ],\n  "b": {},\n  "c": null\n}');
	assert.equal(jsonValue({ a: [1n, "x"], b: {}, c: null }), '{"a":[1,"x"],"b":{},"c":null}');
});
