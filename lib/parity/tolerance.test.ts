import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import fc from "fast-check";
import { againstNoise, errorHistogram, errorsOf, noiseFloor, worstPositions } from "./error-spread";
import { askTolerance, distance, errorOf, parseTolerance, printTolerance, type QuestionCase, requiredTolerance, type Tolerance, wouldPass } from "./tolerance";

function item(name: string, reference: number[] | number | null, candidate: number[] | number | null, more: Partial<QuestionCase> = {}): QuestionCase {
	const list = (side: number[] | number | null) => (typeof side === "number" ? [side] : side);
	return { case: name, position: 0, verdict: "pass", measure: null, value: null, reference: list(reference), candidate: list(candidate), ...more };
}

test("tolerances are read and printed", () => {
	assert.deepEqual(parseTolerance("rel:1e-6"), { kind: "rel", value: 1e-6 });
	assert.deepEqual(parseTolerance(" ABS : .01 "), { kind: "abs", value: 0.01 });
	assert.deepEqual(parseTolerance("ulp:4"), { kind: "ulp", value: 4 });
	assert.equal(printTolerance({ kind: "rel", value: 0.000001 }), "rel:1e-6");
	assert.equal(printTolerance({ kind: "abs", value: 0.01 }), "abs:0.01");
	for (const text of ["", "1e-6", "rel", "rel:", "rel:-1", "rel:NaN", "rel:Infinity", "rel:1e999", "abs:1,5", "ulp:1.5", "cos:1", "rel:0x10"]) {
		const parsed = parseTolerance(text);
		assert.ok("problem" in parsed && parsed.problem.includes(`"${text}"`) && parsed.problem.includes("rel:1e-6"), text);
	}
});

test("what is printed is read back as the same tolerance", () => {
	const kind = fc.constantFrom("abs" as const, "rel" as const);
	fc.assert(fc.property(kind, fc.double({ min: 0, noNaN: true, noDefaultInfinity: true }), (name, value) => assert.deepEqual(parseTolerance(printTolerance({ kind: name, value })), { kind: name, value: value === 0 ? 0 : value })));
});

test("errors in each unit, with the worst component", () => {
	assert.deepEqual(errorOf(item("a", [1, 2, 4], [1, 2.5, 4.4]), "abs"), { error: 0.5, worst: 1, problem: null });
	assert.equal(errorOf(item("a", 4, 3), "rel").error, 0.25);
	assert.deepEqual([distance(0, 0, "rel"), distance(0, 1, "rel"), distance(1, 0, "rel"), distance(Number.POSITIVE_INFINITY, 1, "rel")], [0, Number.POSITIVE_INFINITY, 1, Number.POSITIVE_INFINITY]);
	assert.equal(errorOf(item("a", 1, 1 + 2 ** -23, { width: 32 }), "ulp").error, 1);
	assert.deepEqual(errorOf(item("a", [1, Number.NaN], [1, 2]), "abs"), { error: Number.NaN, worst: 1, problem: null });
	assert.match(errorOf(item("a", [1], [1, 2]), "abs").problem!, /1 and 2 values/);
});

test("a recorded distance answers only for its own unit", () => {
	const recorded = item("a", null, null, { measure: "max-abs", value: -0.2, verdict: "fail" });
	assert.equal(errorOf(recorded, "abs").error, 0.2);
	assert.deepEqual(errorOf(recorded, "rel"), { error: null, worst: null, problem: "the report gives only its max-abs, which says nothing about rel" });
	const asked = askTolerance([recorded], { kind: "rel", value: 1 }).cases[0]!;
	assert.deepEqual([asked.verdict, asked.flips, asked.margin], ["fail", false, null]);
});

test("which cases flip, with their margins", () => {
	const cases = [
		item("near", 1, 1.0001),
		item("far", 1, 2, { verdict: "fail" }),
		item("same", 0, 0),
		item("zero", 0, 1e-9, { verdict: "fail" }),
		item("nan", Number.NaN, 1, { verdict: "fail" }),
		item("gone", null, null, { verdict: "unmatched" }),
		item("off", 1, 1, { verdict: "skipped" }),
	];
	const strict = askTolerance(cases, { kind: "rel", value: 1e-6 });
	assert.deepEqual(strict.cases.map(({ verdict, flips }) => `${verdict}${flips ? "!" : ""}`), ["fail!", "fail", "pass", "fail", "fail", "unmatched", "skipped"]);
	assert.deepEqual(strict.counts, { pass: 1, fail: 4, unmatched: 1, incomparable: 0, skipped: 1 });
	assert.ok(Math.abs(strict.cases[0]!.margin! - 100) < 1e-6);
	assert.deepEqual([strict.cases[2]!.margin, strict.cases[3]!.margin, strict.cases[4]!.margin], [0, Number.POSITIVE_INFINITY, null]);
	assert.deepEqual(askTolerance(cases, { kind: "abs", value: 1 }).cases.map(({ flips }) => flips), [false, true, false, true, false, false, false]);
	assert.deepEqual([askTolerance([item("a", 1, 1)], { kind: "abs", value: 0 }).cases[0]!.margin, askTolerance([item("a", 1, 2)], { kind: "abs", value: 0 }).cases[0]!.margin], [0, Number.POSITIVE_INFINITY]);
});

test("the required tolerance is the smallest at which all pass", () => {
	const value = fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e6, max: 1e6 });
	fc.assert(
		fc.property(fc.array(fc.tuple(value, value), { minLength: 1, maxLength: 20 }), fc.constantFrom("abs" as const, "rel" as const, "ulp" as const), (pairs, kind) => {
			const cases = pairs.map(([r, c], i) => item(String(i), r, c));
			const required = requiredTolerance(cases, kind);
			if (required.value === null) {
				assert.ok(required.never.length > 0);
				return;
			}
			const passes = (tolerance: Tolerance) => askTolerance(cases, tolerance).counts.fail === 0;
			assert.ok(passes({ kind, value: required.value }));
			if (required.value > 0) assert.ok(!passes({ kind, value: required.value * (1 - Number.EPSILON) }));
		}),
	);
});

test("the sentence says what it does not hold for", () => {
	assert.equal(wouldPass([item("a", 4, 3), item("b", 1, 1)]), "would pass at atol = 1 or rtol = 0.25");
	assert.equal(wouldPass([item("a", 0, 3)]), "would pass at atol = 3; no rtol lets a pass");
	assert.equal(wouldPass([item("a", Number.NaN, 3), item("b", null, null, { verdict: "unmatched" })]), "would pass at no tolerance that the values tell of; no atol lets a pass; no rtol lets a pass; 1 not compared");
	assert.equal(wouldPass([item("a", null, null, { measure: "max-abs", value: 2 })]), "would pass at atol = 2; a cannot be asked for rtol");
});

test("the worst positions", () => {
	const errors = errorsOf([1, 2, 3, Number.NaN, 0, 1], [1, 2.5, 3.25, 1, Number.POSITIVE_INFINITY, 1.5], "abs");
	assert.deepEqual([...errors], [0, 0.5, 0.25, Number.NaN, Number.POSITIVE_INFINITY, 0.5]);
	assert.deepEqual(worstPositions(errors, 4).map(({ index }) => index), [3, 4, 1, 5]);
	assert.deepEqual(worstPositions(errors).map(({ index }) => index), [3, 4, 1, 5, 2]);
	assert.throws(() => errorsOf([1], [1, 2], "abs"), /1 and 2 values/);
	fc.assert(fc.property(fc.array(fc.double({ min: 0, max: 1e6, noNaN: true })), fc.integer({ min: 1, max: 8 }), (list, count) => assert.deepEqual(worstPositions(list, count).map(({ error }) => error), [...list].filter((error) => error > 0).sort((a, b) => b - a).slice(0, count))));
});

test("a histogram over decades", () => {
	assert.deepEqual(errorHistogram([0, 1e-6, 9.9e-6, -1e-4, Number.NaN, Number.POSITIVE_INFINITY, 0]), { zero: 2, infinite: 1, nan: 1, bins: [{ from: 1e-6, to: 1e-5, count: 2 }, { from: 1e-5, to: 1e-4, count: 0 }, { from: 1e-4, to: 1e-3, count: 1 }] });
	assert.deepEqual(errorHistogram([]).bins, []);
	for (let power = -300; power <= 300; power++) assert.deepEqual(errorHistogram([Number(`1e${power}`)]).bins[0], { from: Number(`1e${power}`), to: Number(`1e${power + 1}`), count: 1 });
	assert.equal(errorHistogram([1, 2, 5, 9.99], 3).bins.length, 3);
	assert.deepEqual(errorHistogram([Number.MIN_VALUE, Number.MAX_VALUE], 1).bins.reduce((sum, bin) => sum + bin.count, 0), 2);
});

test("the noise between repeats, and a difference against it", () => {
	const noise = noiseFloor([[1, 10], [1.1, 10], [0.9, 10.1]], "abs");
	assert.deepEqual([noise.floor!.toFixed(3), noise.worst, noise.repeats], ["0.200", 0, 3]);
	assert.ok(Math.abs(noiseFloor([[1], [2]], "rel").floor! - 1) < 1e-15);
	assert.ok(Math.abs(noiseFloor([[-1], [0.001], [1]], "rel").floor! - 1001) < 1e-9, "the smallest repeat lies between the others");
	assert.equal(noiseFloor([[-1], [0], [1]], "rel").floor, Number.POSITIVE_INFINITY);
	assert.deepEqual([againstNoise(0.1, noise), againstNoise(0.3, noise), againstNoise(null, noise), againstNoise(0.1, noiseFloor([[1]], "abs"))], ["inside", "outside", "unknown", "unknown"]);
	assert.equal(noiseFloor([[1], [1]], "abs").floor, 0);
	assert.match(noiseFloor([[1], [1, 2]], "abs").reason, /different numbers/);
	assert.match(noiseFloor([[1, Number.NaN], [1, 2]], "abs").reason, /NaN at value 1/);
});

const factors = path.resolve(process.cwd(), "../shared/real/scaling-trace/20251008T212459Z/metrics.json");
test("the tolerance at which the real scaling factors would pass", { skip: existsSync(factors) ? false : "the folder of real traces is not here" }, () => {
	const recorded = Object.entries<{ c_value: number; py_value: number; status: string }>(JSON.parse(readFileSync(factors, "utf8")).factors);
	const cases = recorded.map(([name, { c_value, py_value, status }]) => item(name, c_value, py_value, { verdict: status === "PASS" ? "pass" : "fail" }));
	assert.equal(askTolerance(cases, { kind: "rel", value: 1e-6 }).flips, 0);
	const required = requiredTolerance(cases, "rel");
	assert.deepEqual([required.case, required.value?.toFixed(12)], ["I_pixel_final", "0.146432192559"]);
	assert.deepEqual(askTolerance(cases, { kind: "rel", value: 1e-7 }).cases.filter(({ flips }) => flips).map((answer) => answer.case), ["omega_pixel"]);
});
