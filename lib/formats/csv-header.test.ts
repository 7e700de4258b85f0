import assert from "node:assert/strict";
import { test } from "node:test";
import { rowsOf } from "@/lib/model";
import { csv } from "./csv";

function read(text: string): { names: string[]; rows: unknown[][] } {
	const parser = csv("t.csv");
	const batches = [...parser.push(new TextEncoder().encode(text)), ...parser.end().batches];
	const names = batches[0]!.fields.map((field) => field.name).slice(0, -3);
	return { names, rows: batches.flatMap((batch) => [...rowsOf(batch)].map((row) => names.map((name) => row[name]))) };
}

test("an index column without a name does not cost the header", () => {
	assert.deepEqual(read(",a,b\n0,x,1\n"), { names: ["empty_key", "a", "b"], rows: [[0n, "x", 1n]] });
});

test("a first row with a time or a truth value in it is a row", () => {
	assert.deepEqual(read("2025-10-08T21:24:59Z,accepted\n2025-10-09T21:24:59Z,failed\n").rows.length, 2);
	assert.deepEqual(read("ok,true\nno,false\n").rows, [["ok", true], ["no", false]]);
});
