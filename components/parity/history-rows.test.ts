import assert from "node:assert/strict";
import { test } from "node:test";
import type { Verdict } from "@/lib/model";
import { failingSince, type HistoryCase, historyOf } from "./history-rows";

/** A run as `name:verdict` words in its own order. */
function run(id: string, words: string): HistoryCase[] {
	return words.split(" ").map((word, position) => {
		const [caseName, verdict] = word.split(":");
		return { run: id, caseName: caseName!, position, verdict: verdict as Verdict, value: null };
	});
}

test("the last run's order leads and a dropped case keeps its place", () => {
	const { names } = historyOf(["1", "2"], [...run("1", "a:pass gone:fail b:pass c:pass"), ...run("2", "c:pass a:pass b:pass new:pass")]);
	assert.deepEqual(names, ["c", "a", "gone", "b", "new"]);
});

test("a case that only an early run has first stays first", () => {
	const { names } = historyOf(["1", "2"], [...run("1", "z:fail a:pass"), ...run("2", "a:pass b:pass")]);
	assert.deepEqual(names, ["z", "a", "b"]);
});

test("no runs give no rows, and cases of unknown runs are left out", () => {
	assert.deepEqual(historyOf([], run("1", "a:pass")).names, []);
});

test("a name that occurs twice in a run shows its failure", () => {
	const history = historyOf(["1"], run("1", "a:pass a:fail a:pass"));
	assert.deepEqual(history.names, ["a"]);
	assert.equal(history.cell("1", "a")?.verdict, "fail");
	assert.equal(history.cell("1", "b"), undefined);
	assert.equal(history.cell("2", "a"), undefined);
});

test("thousands of cases in reverse order are joined in time", () => {
	const words = Array.from({ length: 5000 }, (_, i) => `c${i}:pass`);
	const { names } = historyOf(["1", "2"], [...run("1", [...words].reverse().join(" ")), ...run("2", words.join(" "))]);
	assert.equal(names.length, 5000);
	assert.equal(names[0], "c0");
});

test("many runs with names of their own are found in lists, as those of few are in a table", () => {
	const runs = Array.from({ length: 3000 }, (_, i) => `r${i}`);
	const cases = runs.flatMap((id, i) => run(id, `shared:${i % 2 === 0 ? "pass" : "fail"} own${i}:skipped`));
	const history = historyOf(runs, cases);
	assert.equal(history.names.length, 3001);
	assert.ok(runs.length * history.names.length > 8_000_000);
	for (const i of [0, 1, 1500, 2999]) {
		assert.equal(history.cell(`r${i}`, "shared")?.verdict, i % 2 === 0 ? "pass" : "fail");
		assert.equal(history.cell(`r${i}`, `own${i}`)?.verdict, "skipped");
		assert.equal(history.cell(`r${i}`, `own${(i + 1) % 3000}`), undefined);
	}
});

test("failing since: runs that did not compare neither end nor lengthen the stretch", () => {
	const runs = ["1", "2", "3", "4", "5"];
	const history = historyOf(runs, [...run("1", "a:pass"), ...run("2", "a:unmatched"), ...run("3", "a:fail"), ...run("4", "a:skipped"), ...run("5", "a:fail")]);
	assert.deepEqual(failingSince(runs, history, "a", 4), { from: 2, failing: 2, before: { run: 1, verdict: "unmatched" } });
	assert.equal(failingSince(runs, history, "a", 0), null);
	assert.equal(failingSince(runs, history, "a", 3), null);
});

test("failing since the first run that lists the case", () => {
	const runs = ["1", "2"];
	const history = historyOf(runs, [...run("1", "b:pass"), ...run("2", "a:fail b:pass")]);
	assert.deepEqual(failingSince(runs, history, "a", 1), { from: 1, failing: 1, before: null });
});
