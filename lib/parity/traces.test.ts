import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { type TraceValue, traceSide } from "./trace-align";
import { aliasesOfRecord, compareTraces } from "./traces";

const REAL = path.resolve(process.cwd(), "../shared/real");

/** Values from lines such as `key 1 2 3` or `key@row 1`. */
function side(...lines: string[]) {
	const seen = new Map<string, number>();
	const values = lines.map((line, i): TraceValue => {
		const space = line.indexOf(" ");
		const name = line.slice(0, space);
		const text = line.slice(space + 1);
		const [key, ordinal = null] = name.split("@") as [string, string?];
		const occurrence = seen.get(name) ?? 0;
		seen.set(name, occurrence + 1);
		const numbers = text.split(" ").map((part) => (part === "nan" ? Number.NaN : part === "inf" ? Number.POSITIVE_INFINITY : part === "-inf" ? Number.NEGATIVE_INFINITY : Number(part)));
		return { key, ordinal, occurrence, numbers: /[g-mo-z]/.test(text.replace(/nan|inf/g, "")) ? null : numbers, text, line: i + 1, position: i };
	});
	return traceSide(values);
}

const rows = (comparison: ReturnType<typeof compareTraces>) => Array.from({ length: comparison.length }, (_, i) => comparison.pair(i));
const only = (reference: string, candidate: string) => rows(compareTraces(side(`x ${reference}`), side(`x ${candidate}`)))[0]!;

test("pairs by key, row and occurrence, in the order of the reference", () => {
	const comparison = compareTraces(side("a 1", "b 2", "a 3", "r@i=0 5", "r@i=1 6", "z 0"), side("r@i=1 6", "a 1", "a 4", "r@i=2 7", "b 2", "q 1"));
	assert.deepEqual(rows(comparison).map((pair) => [pair.key, pair.ordinal, pair.occurrence, pair.verdict, pair.candidate.line]), [["a", null, 0, "pass", 2], ["b", null, 0, "pass", 5], ["a", null, 1, "fail", 3], ["r", "i=1", 0, "pass", 1]]);
	assert.deepEqual([[...comparison.onlyReference], [...comparison.onlyCandidate]], [[3, 5], [3, 5]]);
	assert.deepEqual(comparison.counts(), { pass: 3, fail: 1, unmatched: 4, incomparable: 0, skipped: 0 });
	assert.equal(comparison.firstDivergence(), 2);
});

test("deltas are signed and relative to the reference", () => {
	assert.deepEqual([only("4", "3").absDelta, only("4", "3").relDelta, only("-4", "-3").relDelta], [-1, -0.25, 0.25]);
	assert.deepEqual([only("0", "0").relDelta, only("0", "0").verdict], [0, "pass"]);
	assert.deepEqual([only("0", "1e-12").relDelta, only("0", "1e-12").verdict, only("0", "1e-12").reason], [Number.POSITIVE_INFINITY, "fail", "the reference is zero and the candidate is not"]);
	assert.deepEqual([only("0", "-0").relDelta, only("inf", "inf").relDelta, only("inf", "-inf").verdict, only("1", "inf").verdict, only("inf", "1").verdict], [0, 0, "fail", "fail", "fail"]);
});

test("vectors by their worst component", () => {
	const pair = only("1 2 4", "1 2.5 4.1");
	assert.deepEqual([pair.component, pair.absDelta, pair.relDelta, pair.reason], [1, 0.5, 0.25, "max-rel 0.25 is beyond 1e-6 in component 1"]);
	assert.deepEqual([only("1 2", "1 2 3").verdict, only("1 2", "1 2 3").reason], ["incomparable", "the reference has 2 numbers, the candidate 3 numbers"]);
	assert.equal(only("5", "5").component, null);
});

test("NaN and texts are answers of their own", () => {
	assert.deepEqual([only("nan", "1").verdict, only("nan", "1").absDelta, only("nan", "1").reason], ["fail", null, "one side is NaN"]);
	assert.deepEqual([only("1 nan", "1 nan").verdict, only("1 nan", "1 nan").reason], ["incomparable", "both sides are NaN in component 1"]);
	assert.deepEqual([only("1 nan", "2 nan").verdict, only("1 nan", "2 nan").component], ["fail", 0]);
	assert.deepEqual([only("yes", "yes").verdict, only("yes", "no-x").verdict, only("yes", "1").verdict], ["pass", "fail", "incomparable"]);
});

test("a key plus a suffix is paired only where nothing else would fit", () => {
	const one = compareTraces(side("a 1", "I 5"), side("a 1", "I_pre 5"));
	assert.deepEqual([rows(one)[1]!.alias, one.offers[0]!.chosen, one.onlyReference.length, one.onlyCandidate.length], ["I_pre", "I_pre", 0, 0]);
	const two = compareTraces(side("I 5"), side("I_pre 5", "I_post 4"));
	assert.deepEqual([two.length, two.offers[0]], [0, { base: "reference", key: "I", others: ["I_post", "I_pre"], kind: "suffix", chosen: null, why: "2 keys of the other side would fit, so none is paired" }]);
	const decided = compareTraces(side("I 5"), side("I_pre 5", "I_post 4"), { aliases: new Map([["I", "I_pre"]]) });
	assert.deepEqual([rows(decided)[0]!.alias, decided.onlyCandidate.length], ["I_pre", 1]);
	assert.equal(compareTraces(side("I 5"), side("Iron 5")).offers.length, 0, "a suffix begins with a mark");
	assert.equal(compareTraces(side("I 5", "I_pre 4"), side("I_pre 5")).offers.length, 0, "a key that both have is nobody's alias");
	const back = compareTraces(side("I_pre 5"), side("I 5"));
	assert.deepEqual([back.offers[0]!.base, rows(back)[0]!.key, rows(back)[0]!.alias], ["candidate", "I_pre", "I"]);
	const chain = compareTraces(side("I 5", "I_a 6"), side("I_a_b 5"));
	assert.deepEqual([chain.length, chain.offers.map((offer) => offer.chosen)], [0, [null, null]]);
});

test("a field of the same numbered rows is paired over different keys", () => {
	const comparison = compareTraces(side("PHI.k@t=0 1", "PHI.k@t=1 2"), side("k@t=0 1", "k@t=1 3", "m@t=0 1"));
	assert.deepEqual(rows(comparison).map((pair) => [pair.key, pair.alias, pair.ordinal, pair.verdict]), [["PHI.k", "k", "t=0", "pass"], ["PHI.k", "k", "t=1", "fail"]]);
	assert.equal(comparison.onlyCandidate.length, 1);
});

test("many values", () => {
	const n = 200_000;
	const big = (shift: number) => ({ keys: Array.from({ length: n }, (_, i) => `key${i % 100}`), ordinals: new Array<null>(n).fill(null), occurrences: Int32Array.from({ length: n }, (_, i) => Math.floor(i / 100)), offsets: Int32Array.from({ length: n + 1 }, (_, i) => i), numbers: Float64Array.from({ length: n }, (_, i) => i + (i === 177_777 ? shift : 0)), texts: new Array<string>(n).fill(""), lines: new Int32Array(n) });
	const comparison = compareTraces(big(0), big(1));
	assert.deepEqual([comparison.length, comparison.firstDivergence(), comparison.counts().fail], [n, 177_777, 1]);
});

/** The lines of a side's own tag, the only ones that these comparisons use; the key is the first word, or what stands before `=`. */
function readTrace(file: string, tag: string) {
	const seen = new Map<string, number>();
	const values = readFileSync(file, "utf8").split("\n").flatMap((text, i): TraceValue[] => {
		const match = new RegExp(`^TRACE_${tag}:\\s*([^\\s=]+)[\\s=]+(.*)$`).exec(text);
		if (!match) return [];
		const numbers = match[2]!.trim().split(/\s+/).map(Number);
		const occurrence = seen.get(match[1]!) ?? 0;
		seen.set(match[1]!, occurrence + 1);
		return [{ key: match[1]!, ordinal: null, occurrence, numbers: numbers.some(Number.isNaN) ? null : numbers, text: match[2]!, line: i + 1, position: i }];
	});
	return traceSide(values);
}

const here = existsSync(REAL) ? false : "the folder of real traces is not here";

test("the nine recorded factors of a real comparison, with its alias", { skip: here }, () => {
	const folder = path.join(REAL, "scaling-trace/20251008T212459Z");
	const metrics = JSON.parse(readFileSync(path.join(folder, "metrics.json"), "utf8"));
	const reference = readTrace(path.join(folder, "c_trace_scaling.log"), "C");
	const candidate = readTrace(path.join(folder, "trace_py_scaling.log"), "PY");
	const recorded = Object.entries<{ c_value: number; py_value: number; abs_delta: number; rel_delta: number; status: string }>(metrics.factors);
	const aliases = aliasesOfRecord(reference, candidate, recorded.map(([key, factor]) => ({ key, reference: factor.c_value, candidate: factor.py_value })));
	assert.deepEqual([...aliases], [["I_before_scaling", "I_before_scaling_pre_polar"]]);
	const comparison = compareTraces(reference, candidate, { tolerance: metrics.tolerance_rel, aliases, only: recorded.map(([key]) => key) });
	assert.deepEqual(rows(comparison).map((pair) => pair.key), recorded.map(([key]) => key));
	const close = (actual: number, expected: number) => Math.abs(actual - expected) <= 1e-12 * Math.max(1, Math.abs(expected));
	rows(comparison).forEach((pair, i) => {
		const [key, factor] = recorded[i]!;
		assert.ok(close(pair.absDelta!, factor.abs_delta), `${key}: ${pair.absDelta} against ${factor.abs_delta}`);
		assert.ok(close(pair.relDelta!, factor.rel_delta), `${key}: ${pair.relDelta} against ${factor.rel_delta}`);
		assert.equal(pair.verdict, factor.status === "PASS" ? "pass" : "fail", key);
	});
	assert.deepEqual([comparison.pair(comparison.firstDivergence()).key, comparison.pair(comparison.firstDivergence()).alias, comparison.counts().fail, comparison.counts().unmatched], [metrics.first_divergence, "I_before_scaling_pre_polar", metrics.num_divergent, 0]);
});

test("the whole traces diverge earlier than the recorded comparison says", { skip: here }, () => {
	const folder = path.join(REAL, "bundles/reports/2025-10-cli-flags/phase_phi_removal/phase_d/20251008T203504Z");
	const comparison = compareTraces(readTrace(path.join(folder, "trace_c_spec.log"), "C"), readTrace(path.join(folder, "trace_py_spec.log"), "PY"));
	const first = comparison.pair(comparison.firstDivergence());
	assert.deepEqual([first.key, Math.abs(first.relDelta!).toExponential(2), first.component], ["pixel_pos_meters", "3.19e-6", 0]);
	assert.deepEqual(comparison.offers.map(({ key, others, chosen }) => [key, others.length, chosen]).sort(), [["F_cell", 2, null], ["I_before_scaling", 2, null]]);
});

test("rows of the real trace pair with the per-step JSON of the other side", { skip: here }, () => {
	const log = readFileSync(path.join(REAL, "scaling-trace/20251008T212459Z/c_trace_scaling.log"), "utf8");
	const values: TraceValue[] = [];
	const add = (key: string, ordinal: string, text: string, line: number) => values.push({ key, ordinal, occurrence: 0, numbers: [Number(text)], text, line, position: values.length });
	log.split("\n").forEach((text, i) => {
		const [ordinal, ...fields] = text.startsWith("TRACE_C_PHI ") ? text.slice(12).split(" ") : [];
		for (const field of fields) add(`PHI.${field.split("=")[0]}`, ordinal!, field.split("=")[1]!, i + 1);
	});
	const reference = traceSide(values.splice(0));
	const document = JSON.parse(readFileSync(path.join(REAL, "bundles/reports/2025-10-cli-flags/phase_l/scaling_validation/fix_20251008T231211Z/trace_py_scaling_per_phi.json"), "utf8"));
	for (const { phi_tic, ...fields } of document.per_phi_entries) for (const [key, value] of Object.entries(fields)) add(key, `phi_tic=${phi_tic}`, String(value), 1);
	const comparison = compareTraces(reference, traceSide(values));
	const [first] = rows(comparison);
	assert.deepEqual([comparison.length, comparison.onlyReference.length], [40, 0], "four fields of ten rows");
	assert.deepEqual([first!.key, first!.alias, first!.ordinal, first!.verdict], ["PHI.phi_deg", "phi_deg", "phi_tic=0", "pass"]);
	assert.deepEqual([comparison.pair(comparison.firstDivergence()).key, comparison.pair(comparison.firstDivergence()).ordinal], ["PHI.k_frac", "phi_tic=0"]);
});
