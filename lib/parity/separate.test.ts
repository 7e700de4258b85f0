import assert from "node:assert/strict";
import { test } from "node:test";
import type { Verdict } from "@/lib/model";
import { fisherExact, logFactorial, oddsRatio } from "./fisher";
import { type Configured, separateFailures } from "./separate";

const item = (verdict: Verdict, fields: Record<string, string | null>): Configured => ({ verdict, fields: new Map(Object.entries(fields)) });
const many = (count: number, verdict: Verdict, fields: (i: number) => Record<string, string | null>) => Array.from({ length: count }, (_, i) => item(verdict, fields(i)));

test("Fisher's exact test, as tables of statistics have it", () => {
	// The lady tasting tea, 3 of 4 and 4 of 4; and two tables with R's fisher.test.
	assert.ok(Math.abs(fisherExact(3, 1, 1, 3) - 0.4857142857) < 1e-9);
	assert.ok(Math.abs(fisherExact(4, 0, 0, 4) - 0.02857142857) < 1e-9);
	assert.ok(Math.abs(fisherExact(1, 9, 11, 3) - 0.002759456185) < 1e-9);
	assert.ok(Math.abs(fisherExact(5, 5, 5, 5) - 1) < 1e-12);
	assert.ok(Math.abs(Math.exp(logFactorial(10)) - 3628800) < 1e-6);
	assert.equal(oddsRatio(2, 2, 2, 2), 1);
	assert.ok(Number.isFinite(oddsRatio(5, 0, 0, 5)));
});

test("the field that separates comes first, with its counts", () => {
	const items = [...many(8, "fail", (i) => ({ device: "cuda", seed: String(i % 3) })), ...many(8, "pass", (i) => ({ device: "cpu", seed: String(i % 3) })), item("skipped", { device: "cuda", seed: "0" })];
	const answer = separateFailures(items);
	const [best] = answer.ranked;
	assert.deepEqual([best!.field, best!.value, best!.failWith, best!.passWith, best!.failWithout, best!.passWithout], ["device", "cuda", 8, 0, 0, 8]);
	assert.ok(best!.p < 2e-4 && Math.abs(best!.adjusted - best!.p * 5) < 1e-12 && best!.odds > 100);
	assert.deepEqual([answer.significant, answer.notCompared, answer.tooLittle], [1, 1, null]);
	assert.match(answer.summary, /^device = cuda separates them best: 8 of 8 fail with it, 0 of 8 without \(adjusted p 0.00078 over 5 values tried\)$/);
	assert.equal(answer.ranked.filter(({ field }) => field === "device").length, 1, "the two values of a field are one division");
});

test("fields that divide alike cannot be told apart, and that is said", () => {
	const answer = separateFailures([...many(6, "fail", () => ({ torch: "2.8", cuda: "12.8" })), ...many(6, "pass", () => ({ torch: "2.7", cuda: "12.6" }))]);
	assert.equal(answer.ranked.length, 1);
	assert.deepEqual([answer.ranked[0]!.field, answer.ranked[0]!.alike], ["cuda", [{ field: "torch", value: "2.8" }]]);
	assert.match(answer.summary, /; torch divides them in the same way$/);
});

test("a field with one value, or one value each, explains nothing", () => {
	const items = [...many(4, "fail", (i) => ({ host: "a", run: `f${i}` })), ...many(4, "pass", (i) => ({ host: "a", run: `p${i}` }))];
	const answer = separateFailures(items);
	assert.deepEqual(answer.leftOut, [{ field: "host", why: "it has the same value everywhere" }, { field: "run", why: "it has another value every time" }]);
	assert.equal(answer.tooLittle, "no recorded field has a value that several but not all share");
	assert.equal(separateFailures([...many(4, "fail", () => ({})), ...many(4, "pass", () => ({}))]).tooLittle, "no configuration is recorded");
});

test("too little data says so", () => {
	const answer = separateFailures([...many(2, "fail", () => ({ a: "1" })), ...many(50, "pass", () => ({ a: "2" }))]);
	assert.deepEqual([answer.ranked, answer.tooLittle], [[], "2 failing and 50 passing: at least 3 of each are needed to say anything"]);
});

test("what may be chance is called chance", () => {
	const answer = separateFailures([...many(4, "fail", (i) => ({ a: String(i % 2) })), ...many(5, "pass", (i) => ({ a: String(i % 2) }))]);
	assert.equal(answer.significant, 0);
	assert.match(answer.summary, /^nothing separates them: the best of 2 values tried/);
});

test("absent, null and empty are three values", () => {
	const items = [...many(5, "fail", () => ({})), ...many(5, "pass", () => ({ flag: null })), ...many(5, "pass", () => ({ flag: "" }))];
	const [best] = separateFailures(items).ranked;
	assert.deepEqual([best!.field, best!.value, best!.failWith], ["flag", undefined, 5]);
	assert.match(separateFailures(items).summary, /flag = absent/);
});
