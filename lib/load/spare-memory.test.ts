import assert from "node:assert/strict";
import { test } from "node:test";
import { tableFromIPC } from "apache-arrow";
import { encode } from "@/lib/engine/arrow";
import { BatchBuilder, INT64, TEXT } from "@/lib/model";
import { SpareMemory } from "./spare-memory";

const MIB = 1024 * 1024;

test("memory that came back is given out again where it is large enough", () => {
	const spare = new SpareMemory();
	const small = spare.take(10);
	assert.equal(small.byteLength, 10);
	const first = spare.take(4 * MIB);
	const second = spare.take(9 * MIB);
	assert.ok(first.byteLength >= 4 * MIB && second.byteLength >= 9 * MIB);
	for (const memory of [small, first, second]) spare.give(memory);
	assert.equal(spare.take(4 * MIB), first, "the smallest that fits");
	assert.equal(spare.take(4 * MIB), second);
	assert.notEqual(spare.take(4 * MIB), first);
	assert.equal(spare.take(10).byteLength, 10);
});

test("rows that are encoded into used memory are what they are in fresh memory", () => {
	const batch = (rows: number) => {
		const builder = new BatchBuilder("t", [{ name: "n", type: INT64 }, { name: "s", type: TEXT }]);
		for (let i = 0; i < rows; i++) builder.add({ n: i % 7 === 0 ? null : i, s: `row ${i}` });
		return builder.finish();
	};
	const memory = new Uint8Array(MIB).fill(0xa5).buffer;
	const fresh = encode([batch(100), batch(3)]);
	const used = encode([batch(100), batch(3)], (bytes) => {
		assert.equal(bytes, fresh?.length);
		return memory;
	});
	assert.equal(used?.buffer, memory);
	assert.deepEqual(used, fresh);
	const table = tableFromIPC(used!);
	assert.deepEqual([table.numRows, table.get(99)?.s, table.get(98)?.n, table.get(102)?.n], [103, "row 99", null, 2n]);
});
