import assert from "node:assert/strict";
import { test } from "node:test";
import type { Verdict } from "@/lib/model";
import { historyOf } from "./history-rows";
import { caseSays, leftOutBy, listed, nanosOf, numbersOfRuns, probeSays, statusOf } from "./says-model";

const NOW = nanosOf("2026-06-01 00:00:00")!;
const run = (day: number, gitCommit: string | null, counts: Partial<{ passed: number; failed: number; unmatched: number; incomparable: number; skipped: number }>, ranAt: string | null = `2026-05-0${day} 10:00:00`) => ({ run: `r${day}`, ranAt, gitCommit, passed: 0, failed: 0, unmatched: 0, incomparable: 0, skipped: 0, ...counts });

test("a time keeps its nanoseconds, and what is none is none", () => {
	assert.equal(nanosOf("1970-01-01 00:00:01.000000001"), 1_000_000_001n);
	assert.equal(nanosOf("1970-01-01T00:00:01.5Z"), 1_500_000_000n);
	for (const text of [null, "", "yesterday", "2026-13-01 00:00:00"]) assert.equal(nanosOf(text), null, String(text));
});

test("a probe is broken since the first failing run after its last good one, and an incomplete run is no good one", () => {
	const runs = [run(1, "aaaaaaa", { passed: 2 }), run(2, "bbbbbbb", { passed: 1, unmatched: 1 }), run(3, "ccccccc", { passed: 1, failed: 1 }), run(4, "", { failed: 2 }), run(5, null, { passed: 1 }, null)];
	assert.deepEqual(runs.map(statusOf), ["pass", "incomplete", "fail", "fail", "pass"]);
	const says = probeSays(runs, NOW);
	assert.equal(says.state, "still failing");
	assert.equal(says.brokenSince?.run, "r3");
	assert.equal(says.lastGood?.run, "r1");
	assert.deepEqual(says.suspect?.range, ["bbbbbbb", "ccccccc"]);
	assert.equal(says.lookedAt.at(-1)?.commit, null);
	assert.deepEqual(leftOutBy(says, numbersOfRuns(runs)).map(({ runs: left }) => left), [[5], [2]]);
});

test("a case that a skipped run leaves out is not fixed, and one commit with both verdicts is flaky also when it passes", () => {
	const runs = [run(1, "aaaaaaa", { passed: 1 }), run(2, "aaaaaaa", { failed: 1 }), run(3, "aaaaaaa", { passed: 1 }), run(4, "aaaaaaa", { skipped: 1 })];
	const verdicts: Verdict[] = ["pass", "fail", "pass", "skipped"];
	const history = historyOf(runs.map((one) => one.run), verdicts.map((verdict, i) => ({ run: `r${i + 1}`, caseName: "k", position: 0, verdict, value: null })));
	const says = caseSays(runs, history, "k", NOW);
	assert.equal(says.flaky.flaky, true);
	assert.deepEqual(says.flaky.lookedAt, ["r1", "r2", "r3"]);
	assert.match(says.notes.join(" "), /r4, did not compare it \(skipped\)/);
	assert.equal(caseSays(runs, history, "not there", NOW).state, "never compared");
});

test("runs are listed as a reader writes them", () => {
	assert.equal(listed([]), "");
	assert.equal(listed([3]), "3");
	assert.equal(listed([2, 1]), "1 and 2");
	assert.equal(listed([10, 1, 2, 3, 4, 6, 9, 9]), "1 to 4, 6, 9 and 10");
});
