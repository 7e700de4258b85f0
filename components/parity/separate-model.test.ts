import assert from "node:assert/strict";
import { test } from "node:test";
import { separateFailures } from "@/lib/parity/separate";
import type { RunRow } from "@/lib/tables/parity";
import { historyOf } from "./history-rows";
import { byWhy, configuredRuns, fieldText } from "./separate-model";

const run = (name: string, passed: number, failed: number): RunRow => ({ probe: "p", run: name, title: null, ranAt: null, ranAtFrom: null, gitCommit: name, reference: "c", candidate: "py", measure: "max-abs", tolerance: 1e-4, passed, failed, unmatched: 0, incomparable: 0, skipped: 0, firstDivergence: null, disagreements: 0, recordedVerdict: null, recordedFirstDivergence: null, inferred: false, sameAs: null, note: null, source: "x", line: 1 });

const RUNS = [run("1", 2, 0), run("2", 2, 0), run("3", 2, 0), run("4", 1, 1), run("5", 1, 1), run("6", 0, 1), run("7", 0, 0)];
const ENVIRONMENTS = new Map(RUNS.map(({ run: name }) => [name, new Map<string, string | null>([["device", Number(name) < 4 ? "cpu" : "cuda"], ["timestamp", name]])]));

test("runs fail with any case, and a run that compared nothing is neither", () => {
	const items = configuredRuns(RUNS, ENVIRONMENTS, null, null);
	assert.deepEqual(items.map(({ verdict }) => verdict), ["pass", "pass", "pass", "fail", "fail", "fail", "skipped"]);
	const answer = separateFailures(items);
	assert.equal(answer.ranked[0]!.field, "env device");
	assert.deepEqual([answer.ranked[0]!.value, answer.ranked[0]!.failWith, answer.ranked[0]!.passWith], ["cuda", 3, 0]);
	assert.deepEqual(byWhy(answer.leftOut), [
		{ why: "it has the same value everywhere", fields: ["candidate", "measure", "reference", "tolerance"] },
		{ why: "it has another value every time", fields: ["commit"] },
	]);
});

test("one case is looked at where one is chosen; a run without it does not count", () => {
	const history = historyOf(["1", "4"], [{ run: "1", caseName: "a", position: 0, verdict: "pass", value: null }, { run: "4", caseName: "a", position: 0, verdict: "fail", value: null }]);
	assert.deepEqual(configuredRuns(RUNS, ENVIRONMENTS, history, "a").map(({ verdict }) => verdict), ["pass", "fail"]);
});

test("absent, null and empty are three values", () => {
	assert.deepEqual([undefined, null, "", "cpu"].map((value) => fieldText(value).text), ["absent", "null", "empty", "cpu"]);
});
