import assert from "node:assert/strict";
import { test } from "node:test";
import type { CaseRow } from "@/lib/tables/parity";
import { askedOf, askRun, atTick, numbersOf, questionCases, questionOf, sliderRange, TICKS, tickOf, typedTolerance, valueOnly } from "./question-model";

const row = (position: number, over: Partial<CaseRow>): CaseRow => ({ run: "r", position, caseName: `c${position}`, measure: null, tolerance: null, reference: null, candidate: null, value: null, verdict: "pass", recordedVerdict: null, reason: null, note: null, source: "m.json", line: 1, ...over });
const RUN = { measure: "max-rel", tolerance: 1e-6 };

test("a side is a number, a flat list of numbers, or nothing to ask about", () => {
	assert.deepEqual(numbersOf(" -1.5e3 "), [-1500]);
	assert.deepEqual(numbersOf("[1, 2.5]"), [1, 2.5]);
	assert.deepEqual(numbersOf("NaN"), [Number.NaN]);
	assert.deepEqual(numbersOf("-inf"), [Number.NEGATIVE_INFINITY]);
	for (const text of [null, "", "[]", "[1, null]", "[[1]]", '{"a":1}', "[1,", "12 apples"]) assert.equal(numbersOf(text), null, String(text));
});

test("a status in digits and two integers that only doubles make equal are not asked", () => {
	const [status, ids] = questionCases([row(0, { measure: "status", reference: "200", candidate: "201", verdict: "fail" }), row(1, { measure: "exact", reference: "9007199254740993", candidate: "9007199254740992", verdict: "fail" })], RUN);
	assert.equal(status!.reference, null);
	assert.equal(ids!.reference, null);
	assert.equal(questionOf([row(1, { measure: "exact", reference: "9007199254740993", candidate: "9007199254740992", verdict: "fail" })], RUN), null);
});

test("a question starts at the report's tolerance, and nothing that was not compared counts", () => {
	const question = questionOf([row(0, { reference: "1", candidate: "1.5", value: 0.5, verdict: "fail" }), row(1, { reference: "2", candidate: "2", value: 0 }), row(2, { verdict: "unmatched", reference: "2", candidate: null })], RUN)!;
	assert.equal(question.first, "rel");
	const rel = question.kinds.find(({ kind }) => kind === "rel")!;
	assert.deepEqual(rel.start, { tolerance: { kind: "rel", value: 1e-6 }, from: "report" });
	assert.deepEqual(rel.errors, [0.5, 0]);
	assert.equal(rel.histogram.zero, 1);
	const at = askRun(rel, { kind: "rel", value: 0.5 });
	assert.deepEqual(at.rows.map((one) => [one.case, one.verdict, one.flips, one.margin]), [["c0", "pass", true, 1], ["c1", "pass", false, 0]]);
	assert.equal(at.answer.counts.unmatched, 1);
	assert.equal(at.passing.length, 2);
	assert.deepEqual(askRun(rel, rel.start.tolerance).flips, []);
	assert.match(question.wouldPass, /atol = 0\.5 or rtol = 0\.5.*1 not compared/);
});

test("a recorded distance answers its own kind alone, and the others are not offered", () => {
	const question = questionOf([row(0, { measure: "max-abs", value: 0.3, tolerance: 0.1, verdict: "fail" }), row(1, { measure: "cosine", value: 0.9, verdict: "fail" })], { measure: null, tolerance: null })!;
	assert.deepEqual(question.kinds.map(({ kind }) => kind), ["abs"]);
	assert.deepEqual(question.kinds[0]!.unasked.map(({ cases }) => cases), [["c1"]]);
	// The compared cases do not share one measure, so the page starts where all that can be asked pass.
	assert.deepEqual(question.kinds[0]!.start, { tolerance: { kind: "abs", value: 0.3 }, from: "required" });
	assert.equal(questionOf([row(0, { measure: "json", reference: '{"a":1}', candidate: '{"a":2}', verdict: "fail" })], RUN), null);
});

test("vectors are asked by their largest component, and its place is kept", () => {
	const question = questionOf([row(0, { measure: "cosine", reference: "[1, 2, 3]", candidate: "[1, 4, 3]", verdict: "fail" })], RUN)!;
	const abs = question.kinds.find(({ kind }) => kind === "abs")!;
	const { rows } = askRun(abs, { kind: "abs", value: 1 });
	assert.deepEqual(rows.map(({ error, worst, margin }) => [error, worst, margin]), [[2, 1, 2]]);
});

test("a NaN passes at no tolerance and stands before all numbers", () => {
	const question = questionOf([row(0, { reference: "1", candidate: "1.1", verdict: "fail" }), row(1, { reference: "1", candidate: "nan", verdict: "fail" })], RUN)!;
	const rel = question.kinds.find(({ kind }) => kind === "rel")!;
	assert.deepEqual(askRun(rel, { kind: "rel", value: 1e-6 }).rows.map((one) => one.case), ["c1", "c0"]);
	assert.deepEqual(rel.required.never, ["c1"]);
});

test("the slider covers what there is in whole decades, and a tick is a tolerance that prints short", () => {
	assert.deepEqual(sliderRange("rel", [0, 3e-8, 0.14, Number.POSITIVE_INFINITY, Number.NaN]), { low: -9, high: 1 });
	assert.deepEqual(sliderRange("abs", [0]), { low: -10, high: -2 });
	assert.deepEqual(sliderRange("ulp", [4]), { low: 0, high: 3 });
	for (let tick = -9 * TICKS; tick <= TICKS; tick++) assert.equal(tickOf(atTick("rel", tick), { low: -9, high: 1 }), tick);
	assert.equal(atTick("rel", -6 * TICKS), 1e-6);
	assert.equal(tickOf(0, { low: -9, high: 1 }), -9 * TICKS);
	assert.equal(atTick("ulp", 1), 1);
});

test("the address and the field say what is wrong", () => {
	assert.equal(askedOf(null), null);
	assert.deepEqual(askedOf("ulp:4"), { kind: "ulp", value: 4 });
	assert.match(JSON.stringify(askedOf("big")), /problem/);
	assert.deepEqual(typedTolerance("1e-6", "rel"), { kind: "rel", value: 1e-6 });
	assert.deepEqual(typedTolerance("abs:0.01", "rel"), { kind: "abs", value: 0.01 });
	assert.ok("problem" in typedTolerance("-1", "rel"));
	assert.equal(valueOnly({ kind: "rel", value: 1e-6 }), "1e-6");
});
