import assert from "node:assert/strict";
import { test } from "node:test";
import type { FailureRow } from "@/lib/tables/probe-questions";
import { clustersOf } from "./clusters-model";

const failure = (run: string, caseName: string, message: string | null, recorded = true): FailureRow => ({ run, caseName, message, recorded, total: 6 });

test("failures with the same masked message are one cluster, by run, and silent ones are counted", () => {
	const found = clustersOf([failure("a", "t1", "timeout after 31 s in worker_4"), failure("b", "t2", "timeout after 30 s in worker_7"), failure("b", "t3", "no such file"), failure("b", "t4", null)], ["a", "b", "c"])!;
	assert.deepEqual(found.named.map(({ pattern, failures, cases, perRun }) => [pattern, failures, cases, [...perRun]]), [
		["timeout after <n> s in worker_<n>", 2, ["t1", "t2"], [1, 1, 0]],
		["no such file", 1, ["t3"], [0, 1, 0]],
	]);
	assert.equal(found.silent, 1);
	assert.equal(found.older, 2);
	assert.deepEqual(found.runs, ["a", "b", "c"]);
});

test("one failure, or one sentence of Casebook's own for all, is no grouping", () => {
	assert.equal(clustersOf([failure("a", "t1", "boom")], ["a"]), null);
	assert.equal(clustersOf([failure("a", "t1", "max-rel 0.5 is beyond 0.1", false), failure("a", "t2", "max-rel 0.7 is beyond 0.1", false)], ["a"]), null);
	assert.equal(clustersOf([failure("a", "t1", null), failure("a", "t2", null)], ["a"]), null);
	assert.equal(clustersOf([failure("a", "t1", "boom 1"), failure("a", "t2", "boom 2")], ["a"])?.named.length, 1);
});
