import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { type Verdict, VERDICTS } from "@/lib/model";
import { compareRuns, configDifferences, type RunCase } from "./compare-runs";

function item(name: string, verdict: Verdict, value: number | null = null, more: Partial<RunCase> = {}): RunCase {
	return { case: name, position: 0, verdict, value, tolerance: null, reference: null, candidate: null, ...more };
}

const names = (pairs: { case: string }[]) => pairs.map((pair) => pair.case);

test("four groups, and what only one run has", () => {
	const before = [item("both", "fail", 3), item("broke", "pass", 0), item("mended", "fail", 2), item("moved", "pass", 0.1), item("equal", "pass", 0.1), item("gone", "pass")];
	const after = [item("both", "fail", 3), item("broke", "fail", 5), item("mended", "pass", 0), item("moved", "pass", 0.2), item("equal", "pass", 0.1), item("new", "fail")];
	const result = compareRuns(before, after);
	assert.deepEqual(Object.fromEntries(Object.entries(result).map(([group, pairs]) => [group, names(pairs)])), { failingInBoth: ["both"], newlyBroken: ["broke"], fixed: ["mended"], otherValue: ["moved"], notComparedInOne: [], onlyBefore: ["gone"], onlyAfter: ["new"], same: ["equal"] });
});

test("what was not compared is neither broken nor fixed", () => {
	for (const verdict of ["skipped", "unmatched", "incomparable"] as const) {
		for (const other of ["pass", "fail"] as const) {
			assert.deepEqual(names(compareRuns([item("a", verdict)], [item("a", other)]).notComparedInOne), ["a"]);
			assert.deepEqual(names(compareRuns([item("a", other)], [item("a", verdict)]).notComparedInOne), ["a"]);
		}
		assert.deepEqual(names(compareRuns([item("a", verdict)], [item("a", verdict)]).same), ["a"]);
	}
	assert.deepEqual(names(compareRuns([item("a", "skipped")], [item("a", "unmatched")]).notComparedInOne), ["a"]);
});

test("the largest change comes first, in tolerances where both runs state one", () => {
	const before = [item("a", "fail", 1), item("b", "fail", 1), item("c", "fail", 1, { tolerance: 0.01 }), item("d", "fail"), item("e", "fail", Number.NaN), item("f", "fail", Number.POSITIVE_INFINITY)];
	const after = [item("a", "fail", 1.5), item("b", "fail", -9), item("c", "fail", 1.1, { tolerance: 0.01 }), item("d", "fail"), item("e", "fail", 1), item("f", "fail", Number.POSITIVE_INFINITY)];
	const pairs = compareRuns(before, after).failingInBoth;
	assert.deepEqual(names(pairs), ["c", "e", "b", "a", "f", "d"]);
	assert.ok(Math.abs(pairs[0]!.inTolerances! - 10) < 1e-9);
	assert.deepEqual([pairs[2]!.change, pairs[4]!.change, pairs[5]!.change], [-10, 0, null]);
});

test("another payload is another value, and cases of one name pair in their order", () => {
	assert.deepEqual(names(compareRuns([item("a", "pass", null, { candidate: "1.0" })], [item("a", "pass", null, { candidate: "1" })]).otherValue), ["a"]);
	const twice = compareRuns([item("a", "pass"), item("a", "fail")], [item("a", "pass"), item("a", "fail"), item("a", "pass")]);
	assert.deepEqual([twice.same.length, twice.failingInBoth[0]!.occurrence, twice.onlyAfter[0]!.occurrence], [1, 1, 2]);
});

test("every case of both runs is in exactly one list", () => {
	const cases = fc.array(fc.tuple(fc.constantFrom("a", "b", "c"), fc.constantFrom(...VERDICTS), fc.option(fc.double())).map(([name, verdict, value]) => item(name, verdict, value)), { maxLength: 12 });
	fc.assert(
		fc.property(cases, cases, (before, after) => {
			const pairs = Object.values(compareRuns(before, after)).flat();
			assert.deepEqual(new Set(pairs.flatMap((pair) => pair.before ?? [])), new Set(before));
			assert.deepEqual(new Set(pairs.flatMap((pair) => pair.after ?? [])), new Set(after));
			assert.equal(pairs.flatMap((pair) => [pair.before, pair.after]).filter((side) => side !== null).length, before.length + after.length);
		}),
	);
});

test("configuration fields that differ; absent, null and empty are three", () => {
	const before = new Map<string, string | null>([["torch", "2.7"], ["device", "cpu"], ["seed", null], ["old", "1"], ["note", ""]]);
	const after = new Map<string, string | null>([["torch", "2.8"], ["device", "cpu"], ["seed", ""], ["new", null], ["note", ""]]);
	const { differing, same } = configDifferences(before, after);
	assert.equal(same, 2);
	assert.deepEqual(differing, [
		{ field: "seed", state: "changed", before: null, after: "" },
		{ field: "torch", state: "changed", before: "2.7", after: "2.8" },
		{ field: "new", state: "only after", before: undefined, after: null },
		{ field: "old", state: "only before", before: "1", after: undefined },
	]);
});
