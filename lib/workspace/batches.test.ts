import assert from "node:assert/strict";
import { test } from "node:test";
import { planBatches } from "./batches";
import { MAX_BATCH_BYTES } from "./types";

const file = (path: string, bytes: number) => ({ path, bytes });

test("3,000 small files are few requests, in order and complete", () => {
	const files = Array.from({ length: 3000 }, (_, i) => file(`${i}`, 100));
	const batches = planBatches(files);
	assert.ok(batches.length <= 8, `${batches.length} requests`);
	assert.deepEqual(batches.flat(), files.map(({ path }) => path));
});

test("bytes close a request, and a file larger than that is alone", () => {
	const half = MAX_BATCH_BYTES / 2;
	assert.deepEqual(planBatches([file("a", half), file("b", half), file("c", 1), file("d", MAX_BATCH_BYTES * 3), file("e", 0)]), [["a", "b"], ["c"], ["d"], ["e"]]);
	assert.deepEqual(planBatches([]), []);
});
