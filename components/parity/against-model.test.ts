import assert from "node:assert/strict";
import { test } from "node:test";
import type { CaseRow } from "@/lib/tables/parity";
import { againstOf, positionsOf, verdictsText } from "./against-model";

const row = (position: number, over: Partial<CaseRow>): CaseRow => ({ run: "r", position, caseName: `c${position}`, measure: null, tolerance: null, reference: null, candidate: null, value: null, verdict: "pass", recordedVerdict: null, reason: null, note: null, source: "m.json", line: 1, ...over });
const RUN = { gitCommit: "aaaaaaa", reference: "C", candidate: null, measure: "max-rel", tolerance: 1e-6 };

test("every case of both runs stands in one group, and a case that was not compared is neither broken nor fixed", () => {
	const older = [row(0, { verdict: "pass", value: 0 }), row(1, { verdict: "fail", value: 2 }), row(2, { verdict: "skipped" }), row(3, { verdict: "pass", value: 1e-7 }), row(4, {})];
	const newer = [row(0, { verdict: "fail", value: 3 }), row(1, { verdict: "fail", value: 1 }), row(2, { verdict: "pass" }), row(3, { verdict: "pass", value: 2e-7 }), row(5, {})];
	const { groups } = againstOf({ run: RUN, cases: older }, { run: RUN, cases: newer });
	const names = (key: string) => groups.find((group) => group.key === key)!.pairs.map((pair) => pair.case);
	assert.deepEqual(names("newlyBroken"), ["c0"]);
	assert.deepEqual(names("failingInBoth"), ["c1"]);
	assert.deepEqual(names("fixed"), []);
	assert.deepEqual(names("otherValue"), ["c3"]);
	assert.deepEqual(names("notComparedInOne"), ["c2"]);
	assert.deepEqual(names("onlyBefore"), ["c4"]);
	assert.deepEqual(names("onlyAfter"), ["c5"]);
	assert.equal(groups.reduce((sum, group) => sum + group.pairs.length, 0), 6);
	// The run's tolerance is the case's where it has none: the change is counted in it.
	assert.equal(groups.find(({ key }) => key === "newlyBroken")!.pairs[0]!.inTolerances, 3e6);
	assert.deepEqual(positionsOf(groups.find(({ key }) => key === "onlyAfter")!.pairs), { before: [], after: [5] });
	assert.equal(verdictsText(groups.find(({ key }) => key === "notComparedInOne")!.pairs[0]!), "skipped, then pass");
	assert.equal(verdictsText(groups.find(({ key }) => key === "onlyBefore")!.pairs[0]!), "pass, then absent");
});

test("what the runs themselves differ in is named, and absent is not the same as a value", () => {
	const { config } = againstOf({ run: RUN, cases: [], environment: new Map([["torch", "2.7"], ["timestamp", "1"], ["seed", null]]) }, { run: { ...RUN, gitCommit: "bbbbbbb", candidate: "py" }, cases: [], environment: new Map([["torch", "2.8"], ["timestamp", "2"], ["seed", "4"]]) });
	assert.deepEqual(config.differing.map(({ field, state, before, after }) => [field, state, before, after]), [
		["commit", "changed", "aaaaaaa", "bbbbbbb"],
		["env seed", "changed", null, "4"],
		["env torch", "changed", "2.7", "2.8"],
		["candidate", "only after", undefined, "py"],
	]);
	assert.equal(config.same, 3);
});
