import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { clusterFailures, maskMessage } from "./clusters";

test("ids, hashes, times and numbers are masked, names are not", () => {
	const masked: [string, string][] = [
		["assert 0.14643 <= 1e-06", "assert <n> <= <n>"],
		["at 0x7ffd12ab in frame 12", "at <hex> in frame <n>"],
		["session 3f2b8c1e-1d2e-4f3a-9b8c-0123456789ab timed out", "session <id> timed out"],
		["commit f81b8a5003ee25ec is bad", "commit <hash> is bad"],
		["2025-10-08T21:24:59Z expected", "<time> expected"],
		["float32 is not float64, sha256 differs", "float32 is not float64, sha256 differs"],
		["worker_17 and W-17 failed 1,024 times", "worker_<n> and W-<n> failed <n> times"],
		["got  nan,\n\twanted -inf", "got <n>, wanted <n>"],
		["shape [1,151936] != (10,)", "shape [<n>] != (<n>)"],
		["decade facade", "decade facade"],
	];
	for (const [message, pattern] of masked) assert.equal(maskMessage(message), pattern);
});

test("clusters over runs, most failures first, with a cluster for no message", () => {
	const result = clusterFailures(
		[
			{ case: "a", run: "r2", message: "off by 3" },
			{ case: "b", run: "r2", message: "off by 5" },
			{ case: "a", run: "r3", message: "off by 3" },
			{ case: "c", run: "r2", message: "" },
			{ case: "d", run: "r9", message: "no file" },
		],
		["r1", "r2", "r3"],
	);
	assert.deepEqual(result.runs, ["r1", "r2", "r3", "r9"]);
	assert.deepEqual(result.clusters.map(({ pattern, example, failures, cases, perRun }) => [pattern, example, failures, cases, [...perRun]]), [
		["off by <n>", "off by 3", 3, ["a", "b"], [0, 2, 1, 0]],
		["", "", 1, ["c"], [0, 1, 0, 0]],
		["no file", "no file", 1, ["d"], [0, 0, 0, 1]],
	]);
});

test("no failure is lost, and numbers do not change the cluster", () => {
	fc.assert(
		fc.property(fc.array(fc.tuple(fc.constantFrom("x", "y"), fc.constantFrom("r1", "r2"), fc.string(), fc.nat()), { maxLength: 20 }), (items) => {
			const failures = items.map(([name, run, text, n]) => ({ case: name, run, message: `${text} ${n}` }));
			const { clusters } = clusterFailures(failures);
			assert.equal(clusters.reduce((sum, { failures: count }) => sum + count, 0), failures.length);
			for (const { perRun, failures: count } of clusters) assert.equal(perRun.reduce((sum, value) => sum + value, 0), count);
		}),
	);
	fc.assert(fc.property(fc.nat(), fc.nat(), (a, b) => assert.equal(maskMessage(`row ${a} of ${b}`), "row <n> of <n>")));
});

test("a hostile message takes no time", () => {
	const start = performance.now();
	for (const text of ["1".repeat(100_000), "a1".repeat(50_000), "0x".repeat(50_000), "1,".repeat(50_000), "-".repeat(100_000), "1e".repeat(50_000)]) maskMessage(text);
	assert.ok(performance.now() - start < 1000);
});
