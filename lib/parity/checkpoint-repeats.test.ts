import assert from "node:assert/strict";
import { test } from "node:test";
import { noiseWords, RepeatedRecords, splitRepeats } from "./checkpoint-repeats";
import type { CheckpointRecord } from "./checkpoints";

const record = (tokenIdx: number, values: number[], nulls: number[] | null = null): CheckpointRecord => ({ checkpoint: "logits", producer: "A", tokenIdx, dtype: null, shape: null, values: Float64Array.from(values), nulls: nulls === null ? null : Uint8Array.from(nulls), line: 1 });

test("a file whose checkpoints and tokens are all known repeats the log; one with a new token continues it", () => {
	const files = [
		{ path: "a", records: [record(0, [1]), record(1, [1])] },
		{ path: "b", records: [record(1, [2]), record(0, [2])] },
		{ path: "c", records: [record(1, [2]), record(2, [2])] },
		{ path: "d", records: [] },
	];
	const { log, repeats } = splitRepeats(files);
	assert.deepEqual([log.map(({ path }) => path), repeats.map(({ path }) => path)], [["a", "c", "d"], ["b"]]);
	assert.deepEqual(splitRepeats([{ path: "a", records: [record(0, [1])] }, { path: "b", records: [record(0, [1]), record(0, [1])] }]).repeats, []);
});

test("noise is the largest distance between a record and its repeats; nulls do not count", () => {
	const repeats = new RepeatedRecords([{ path: "b", records: [record(0, [1, 2.5, 9], [0, 0, 1])] }]);
	const noise = repeats.noiseOf(record(0, [1, 2, 3]), 0)!;
	assert.deepEqual([noise.floor, noise.repeats], [0.5, 2]);
	assert.equal(repeats.noiseOf(record(1, [1]), 0), null);
	assert.equal(repeats.noiseOf(record(0, [1]), 0)!.floor, null);
});

test("a difference says on which side of the noise it lies, and nothing where nothing repeats", () => {
	const noise = { floor: 0.5, worst: 0, repeats: 2, reason: "" };
	const sides = [{ name: "A", noise }, { name: "B", noise: null }];
	assert.deepEqual(noiseWords(0.4, sides, String), ["noise of A between its 2 logs 0.5", "the difference is inside the noise of A"]);
	assert.match(noiseWords(0.6, sides, String).at(-1)!, /outside the noise of A/);
	assert.deepEqual(noiseWords(0.6, [{ name: "A", noise: null }], String), []);
});
