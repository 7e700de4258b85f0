import assert from "node:assert/strict";
import { test } from "node:test";
import type { ProbeStatus, Verdict } from "@/lib/model";
import { caseHistory, probeHistory, type RunVerdict, sameCommit } from "./history";

const NOW = 1_000_000_000_000_000_000n;
const HOUR = 3_600_000_000_000n;
const WORDS: Record<string, Verdict> = { p: "pass", f: "fail", u: "unmatched", i: "incomparable", s: "skipped" };

/** Runs an hour apart from a word such as `p:c1 f:c2/in`: verdict, commit, input. */
function runs(text: string): RunVerdict[] {
	return text.split(" ").map((part, i) => {
		const [, letter = "", commit = null, inputDigest = null] = /^(\w)(?::(\w+))?(?:\/(\w+))?$/.exec(part) ?? [];
		return { run: `r${i + 1}`, ranAt: NOW - 100n * HOUR + BigInt(i) * HOUR, commit: commit ?? null, inputDigest: inputDigest ?? null, verdict: WORDS[letter]! };
	});
}

const history = (text: string, commits?: string[]) => caseHistory(runs(text), { now: NOW, commits });

test("passing, fixed, newly broken, still failing, never compared", () => {
	assert.equal(history("p:c1 p:c2").state, "passing");
	assert.equal(history("p:c1 f:c2 p:c3").state, "fixed");
	assert.equal(history("p:c1 f:c2").state, "newly broken");
	assert.equal(history("p:c1 f:c2 f:c3").state, "still failing");
	assert.equal(history("s:c1 u:c2 i:c3").state, "never compared");
	assert.equal(history("f:c1 p:c2 p:c3").state, "passing");
	assert.equal(history("f:c1 p:c2").fixedAfter?.run, "r1");
	assert.equal(caseHistory([], { now: NOW }).state, "never compared");
});

test("since when, by which commit, last good run", () => {
	const broken = history("p:c1 p:c2 f:c3 f:c4");
	assert.deepEqual([broken.brokenSince?.run, broken.lastGood?.run, broken.suspect?.commit, broken.suspect?.after, broken.suspect?.range], ["r3", "r2", "c3", "c2", ["c3"]]);
	assert.match(broken.suspect!.reason, /first commit with a run after the last good one; commits without a run are not known/);
	const never = history("s:c0 f:c1 f:c2");
	assert.deepEqual([never.brokenSince?.run, never.lastGood, never.suspect], ["r2", null, null]);
	assert.match(never.notes.join(), /fails in every run that compared it/);
});

test("the range names commits between the last good and the first failing run", () => {
	assert.deepEqual(history("p:c1 u:c2 s:c3 f:c4").suspect?.range, ["c2", "c3", "c4"]);
	const listed = history("p:c1 f:c4", ["c0", "c1", "c2", "c3", "c4", "c5"]).suspect!;
	assert.deepEqual([listed.range, listed.reason], [["c2", "c3", "c4"], "one of 3 commits since the last good run"]);
	assert.equal(history("p:c1 f:c2", ["c1", "c2"]).suspect?.reason, "c2 is the only commit since the last good run");
	assert.match(history("p:c1 f:c1/b").suspect!.reason, /same commit \(c1\), so no commit broke it/);
	assert.match(history("p:c1/a f:c1/b").suspect!.reason, /the input changed and the commit did not/);
	assert.match(history("p f:c2").suspect!.reason, /names no commit, so the change may be older/);
	assert.match(history("p:c1 f").suspect!.reason, /r2 names no commit/);
});

test("runs that did not compare never fix or break", () => {
	for (const letter of ["s", "u", "i"]) {
		const failing = history(`p:c1 f:c2 ${letter}:c3`);
		assert.deepEqual([failing.state, failing.brokenSince?.run], ["newly broken", "r2"]);
		assert.deepEqual(failing.leftOut.map(({ run }) => run), ["r3"]);
		assert.match(failing.notes.join(), /the latest run, r3, did not compare it .* the state is that of r2/);
		assert.equal(history(`p:c1 ${letter}:c2`).state, "passing");
		assert.equal(history(`f:c1 ${letter}:c2 f:c3`).state, "still failing");
	}
});

test("flaky: the same commit and input, with what was looked at, also when it passes now", () => {
	const flaky = history("p:c1/a f:c1/a p:c1/a").flaky;
	assert.deepEqual([flaky.flaky, flaky.lookedAt, flaky.limits], [true, ["r1", "r2", "r3"], null]);
	assert.deepEqual(flaky.evidence, [{ commit: "c1", inputDigest: "a", passed: ["r1", "r3"], failed: ["r2"] }]);
	assert.equal(history("p:c1/a f:c2/a p:c3/a").flaky.flaky, false, "the commit changed");
	assert.equal(history("p:c1/a f:c1/b p:c1/a").flaky.flaky, false, "the input changed");
	assert.match(history("p:c1 f:c1").flaky.limits!, /do not record their input/);
	assert.deepEqual([history("p f p").flaky.flaky, history("p f p").flaky.limits], [false, "no run names its commit, so its 2 changes of verdict may be changes of the code"]);
	assert.equal(history("p:c1/a s:c1/a p:c1/a").flaky.flaky, false, "a skipped run is no failure");
	assert.match(history("p:c1/a").flaky.rule, /passed and failed on one commit with one input, among the last 20 runs/);
	const old = caseHistory(runs(`p:c1/a f:c1/a ${"p:c2/a ".repeat(20).trim()}`), { now: NOW });
	assert.deepEqual([old.flaky.flaky, old.flaky.lookedAt.length], [false, 20]);
	assert.equal(caseHistory(runs("p:c1/a f:c1/a p:c2/a"), { now: NOW, flakyRuns: 2 }).flaky.flaky, false);
});

test("equal times, runs without a time and runs from the future", () => {
	const [first, second] = runs("f:c1 p:c2") as [RunVerdict, RunVerdict];
	const equal = caseHistory([{ ...second, ranAt: first.ranAt }, first], { now: NOW });
	assert.equal(equal.state, "fixed", "r1 comes before r2 by name");
	assert.deepEqual(equal.notes, ["r1 and r2 have the same time and not the same verdict; they are taken in the order of their names"]);
	const future = caseHistory([first, second, { run: "r9", ranAt: NOW + 25n * HOUR, commit: "c9", verdict: "fail" }], { now: NOW });
	assert.deepEqual([future.state, future.leftOut], ["fixed", [{ run: "r9", why: "its time lies more than a day in the future" }]]);
	assert.equal(caseHistory([second, { run: "r9", ranAt: NOW + 23n * HOUR, commit: "c9", verdict: "fail" }], { now: NOW }).state, "newly broken", "another clock may be some hours ahead");
	assert.deepEqual(caseHistory([{ ...first, ranAt: null }], { now: NOW }).leftOut, [{ run: "r1", why: "it has no time, so it has no place in the order" }]);
});

test("a probe from its runs", () => {
	const statuses: ProbeStatus[] = ["pass", "fail", "incomplete", "not compared"];
	const list = runs("p:c1 f:c2 u:c3 s:c4").map(({ verdict: _, ...run }, i) => ({ ...run, status: statuses[i]! }));
	const probe = probeHistory(list, { now: NOW });
	assert.deepEqual([probe.state, probe.brokenSince?.run, probe.suspect?.commit], ["newly broken", "r2", "c2"]);
	assert.deepEqual(probe.leftOut, [{ run: "r3", why: "no case fails there, and not every case was compared" }, { run: "r4", why: "nothing was compared there" }]);
	assert.deepEqual(probe.notes, ["the latest run, r4, compared nothing; the state is that of r2"]);
});

test("commits by short and long names", () => {
	assert.ok(sameCommit("f81b8a5", "f81b8a5003ee25ec3f2f1b9ff2db591325cf9918"));
	assert.ok(!sameCommit("f81b8a", "f81b8a5003"), "six digits are too few");
	assert.ok(sameCommit("c1", "c1"));
});
