import assert from "node:assert/strict";
import { test } from "node:test";
import type { Verdict } from "@/lib/model";
import { canonicalJson } from "./canonical";
import { probeId, timeFromPath } from "./identity";
import { judgeCase, type RecordedCase } from "./judge";
import { judgeRun, NONE_UNLISTED } from "./run";
import { verdictOfWord } from "./words";

const CASE: RecordedCase = { position: 0, caseName: "c", measure: null, tolerance: null, reference: null, candidate: null, referenceMissing: false, candidateMissing: false, value: null, recordedVerdict: null, note: null, line: 1 };

function verdict(measure: string | null, tolerance: number | null, part: Partial<RecordedCase>): Verdict {
	return judgeCase({ ...CASE, ...part }, { measure, tolerance }).verdict;
}

test("words mean what FORMATS says", () => {
	const expected: [string, Verdict | null][] = [["PASS", "pass"], ["MATCH", "pass"], ["ok", "pass"], ["✅", "pass"], ["✅ PASS", "pass"], ["FAIL", "fail"], ["DIFF", "fail"], ["DIVERGENT", "fail"], ["CRITICAL", "fail"], ["❌", "fail"], ["MISSING", "unmatched"], ["MINOR", "incomparable"], ["⚠️", "incomparable"], ["error", "fail"], ["skipped", "skipped"], ["xfailed", "skipped"], ["xpass", "fail"], ["ignored", "skipped"], ["maybe", null], ["PASS FAIL", null], ["⚠️ CRITICAL", "fail"], ["✅ FAIL", null], ["✅ → ❌", null], ["⚠️ MINOR", "incomparable"], ["", null]];
	for (const [word, means] of expected) assert.equal(verdictOfWord(word), means, word);
});

test("values decide, whatever was recorded", () => {
	assert.equal(verdict("json", null, { reference: '{"a":1,"b":2}', candidate: '{"b": 2, "a": 1.0}', recordedVerdict: "FAIL" }), "pass");
	assert.equal(verdict("json", null, { reference: "9007199254740993", candidate: "9007199254740992" }), "fail");
	assert.equal(verdict("json", null, { reference: '{"a":""}', candidate: "{}" }), "fail");
	assert.equal(verdict("json", null, { reference: '{"a":null}', candidate: "{}" }), "fail");
	assert.equal(verdict("json", null, { reference: '{"a":0}', candidate: '{"a":null}' }), "fail");
	assert.equal(verdict("json", null, { reference: "[1,2]", candidate: "[2,1]" }), "fail");
	assert.equal(verdict("json", null, { reference: "{", candidate: "{}" }), "incomparable");
	assert.equal(verdict("exact", null, { reference: "a", candidate: "a " }), "fail");
	assert.equal(verdict("exact", null, { reference: "", candidate: "" }), "pass");
});

test("distances follow their formulas", () => {
	assert.equal(verdict("max-rel", 1e-6, { reference: "943654.80923755", candidate: "805473.78705817" }), "fail");
	assert.equal(verdict("max-rel", 1e-6, { reference: "0.91463969894451", candidate: "0.914639662310613" }), "pass");
	assert.equal(judgeCase({ ...CASE, reference: "2", candidate: "1" }, { measure: "max-rel", tolerance: 1 }).value, 0.5);
	assert.equal(judgeCase({ ...CASE, reference: "-2", candidate: "1" }, { measure: "max-abs", tolerance: 1 }).value, 3);
	assert.equal(judgeCase({ ...CASE, reference: "0", candidate: "0.0" }, { measure: "max-rel", tolerance: 0 }).value, 0);
	assert.equal(judgeCase({ ...CASE, reference: "0", candidate: "1e-300" }, { measure: "max-rel", tolerance: 1e9 }).verdict, "fail");
	assert.equal(verdict("max-abs", 1e-4, { value: 1e-4 }), "pass");
	assert.equal(verdict("max-abs", 1e-4, { value: -2e-4 }), "fail");
	assert.equal(verdict("cosine", 0.99999, { value: 0.99999 }), "pass");
	assert.equal(verdict("cosine", 0.99999, { value: 0.9 }), "fail");
	assert.equal(verdict("max-abs", 1, { reference: "nan", candidate: "-nan" }), "incomparable");
	assert.equal(verdict("max-abs", 1, { reference: "1", candidate: "nan" }), "fail");
	assert.equal(verdict("max-abs", 1, { reference: "inf", candidate: "inf" }), "pass");
});

test("a default tolerance says that it is one", () => {
	assert.match(judgeCase({ ...CASE, value: 1 }, { measure: "max-abs", tolerance: null }).reason, /Casebook's default/);
	assert.doesNotMatch(judgeCase({ ...CASE, value: 1 }, { measure: "max-abs", tolerance: 0.5 }).reason, /default/);
});

test("a correlation that is none is not compared", () => {
	assert.equal(verdict("correlation", null, { value: 0.9995 }), "pass");
	assert.equal(verdict("correlation", 0.98, { value: 0.9799 }), "fail");
	assert.equal(verdict("correlation", null, { value: 1.0000001 }), "pass");
	assert.equal(verdict("correlation", null, { value: Number.NaN }), "incomparable");
	assert.equal(verdict("correlation", null, { value: 1.2 }), "incomparable");
	assert.equal(verdict("correlation", null, {}), "incomparable");
});

test("without a measure the same value is a pass however it is written, and a difference has no verdict", () => {
	assert.equal(verdict(null, null, { reference: "1.50", candidate: "15e-1" }), "pass");
	assert.equal(verdict(null, null, { reference: "[1, 2.0]", candidate: "[1.0,2]" }), "pass");
	assert.equal(verdict(null, null, { reference: "a", candidate: "A" }), "incomparable");
	const judged = judgeCase({ ...CASE, reference: "10", candidate: "12", value: 2 }, { measure: null, tolerance: null });
	assert.deepEqual([judged.verdict, judged.value], ["incomparable", 2]);
	assert.match(judged.reason, /differ by 2/);
});

test("payloads decide although no measure can compare them, and unequal digits are unequal", () => {
	assert.equal(verdict(null, null, { reference: "1", candidate: "2", recordedVerdict: "PASS" }), "incomparable");
	assert.equal(verdict("odd", null, { reference: "1", candidate: "1", recordedVerdict: "PASS" }), "pass");
	assert.equal(verdict("odd", null, { reference: "1", candidate: "2", recordedVerdict: "FAIL" }), "fail");
	assert.equal(verdict("MAX-ABS", 0.1, { reference: "1", candidate: "2", recordedVerdict: "PASS" }), "fail");
	assert.equal(verdict("max-abs", 1, { reference: "[1,2]", candidate: "[1,9]", recordedVerdict: "PASS" }), "incomparable");
	assert.equal(verdict("max-abs", 0, { reference: "9007199254740993", candidate: "9007199254740992" }), "fail");
	assert.equal(verdict("max-rel", 1e-6, { reference: "9007199254740993", candidate: "9007199254740992" }), "pass");
	assert.equal(verdict("max-abs", 1, { reference: "1e400", candidate: "2e400" }), "incomparable");
	assert.equal(verdict("max-abs", 0, { reference: "+.5", candidate: "0.50" }), "pass");
});

test("what was not compared is never a pass", () => {
	assert.equal(verdict("json", null, { reference: '""', candidate: "null", note: "both sides failed" }), "incomparable");
	assert.equal(verdict("json", null, { referenceMissing: true, candidate: "1", recordedVerdict: "PASS" }), "unmatched");
	assert.equal(verdict("json", null, { candidateMissing: true, reference: "1" }), "unmatched");
	assert.equal(verdict("json", null, { referenceMissing: true, candidateMissing: true }), "incomparable");
	assert.equal(verdict("json", null, { reference: "1", candidate: "1", recordedVerdict: "skipped" }), "skipped");
	assert.equal(verdict("json", null, { recordedVerdict: "odd" }), "incomparable");
	assert.equal(verdict("json", null, {}), "incomparable");
	assert.equal(verdict("json", null, { recordedVerdict: "passed", note: "both sides failed" }), "incomparable");
	assert.equal(verdict("json", null, { reference: "", candidate: "", note: "both sides failed" }), "incomparable");
	assert.equal(verdict("json", null, { reference: '{"error":1}', candidate: '{"error":1}', note: "both sides failed" }), "pass");
});

test("the first divergence is the failing case of the lowest position", () => {
	const cases = [
		{ ...CASE, position: 2, caseName: "late", value: 9 },
		{ ...CASE, position: 0, caseName: "gone", candidateMissing: true },
		{ ...CASE, position: 1, caseName: "first", value: 5, recordedVerdict: "PASS" },
		{ ...CASE, position: 3, caseName: "fine", value: 0, recordedVerdict: "PASS" },
	];
	const run = judgeRun(cases, { measure: "max-abs", tolerance: 1 }, { ...NONE_UNLISTED, unmatched: 4 });
	assert.equal(run.firstDivergence?.caseName, "first");
	assert.deepEqual(run.counts, { pass: 1, fail: 2, unmatched: 5, incomparable: 0, skipped: 0 });
	assert.equal(run.disagreements, 1);
	assert.match(run.note ?? "", /4 entries/);
});

test("an empty run compares nothing", () => {
	assert.deepEqual(judgeRun([], { measure: null, tolerance: null }, NONE_UNLISTED).counts, { pass: 0, fail: 0, unmatched: 0, incomparable: 0, skipped: 0 });
});

test("a probe is one thing over time", () => {
	const ids: [string, string][] = [
		["scaling-trace/20251008T212459Z/metrics.json", "scaling-trace/metrics.json"],
		["scaling-trace/20251009T013046Z/metrics.json", "scaling-trace/metrics.json"],
		["scaling-trace/20251009T013046Z/metrics.xml", "scaling-trace/metrics.xml"],
		["reports/2025-09-30-a/fix_20251008T180356Z/metrics.json", "reports/a/fix/metrics.json"],
		["junit/pytest_20251015T113531Z.junit.xml", "junit/pytest.junit.xml"],
		["junit/pytest_empty_20251015T003950Z.xml", "junit/pytest_empty.xml"],
		["r/20251009-161714/x.csv", "r/x.csv"],
		["r/20251123/x.csv", "r/x.csv"],
		["r/2026-05-02T12:58:41Z/x.csv", "r/x.csv"],
		["r/f81b8a5/x.csv", "r/x.csv"],
		["r/f81b8a5003ee25ec3f2f1b9ff2db591325cf9918_x.csv", "r/x.csv"],
		["reports/2025-10-cli-flags/x.json", "reports/2025-10-cli-flags/x.json"],
		["12345678.csv", "12345678.csv"],
		["20251123.csv", "*.csv"],
		["r/20251123", "r/*"],
		["t/tokens-20480000.json", "t/tokens-20480000.json"],
		["facade/deadbeef.csv", "facade/deadbeef.csv"],
		["v1.2/report.v2.json", "v1.2/report.v2.json"],
	];
	for (const [path, id] of ids) assert.equal(probeId(null, path), id, path);
	assert.equal(probeId(" validator ", "reports/x.json"), "validator");
});

test("a path can name a time", () => {
	const iso = (path: string) => {
		const nanos = timeFromPath(path);
		return nanos === null ? null : new Date(Number(nanos / 1_000_000n)).toISOString();
	};
	assert.equal(iso("a/20251008T212459Z/m.json"), "2025-10-08T21:24:59.000Z");
	assert.equal(iso("a/20251009-161714/m.json"), "2025-10-09T16:17:14.000Z");
	assert.equal(iso("a/fix_20251008T180356Z/m.json"), "2025-10-08T18:03:56.000Z");
	assert.equal(iso("a/20251123/m.json"), "2025-11-23T00:00:00.000Z");
	assert.equal(iso("2025-09-30-x/m.json"), "2025-09-30T00:00:00.000Z");
	assert.equal(iso("20250101/x/20250202/m.json"), "2025-02-02T00:00:00.000Z");
	assert.equal(iso("a/20251399/m.json"), null);
	assert.equal(iso("a/m.json"), null);
});

test("one form for one JSON value", () => {
	assert.equal(canonicalJson('{"b":[1.50,"\\u0041"],"a":-0}'), canonicalJson('{ "a": 0.0, "b": [15e-1, "A"] }'));
	for (const [a, b] of [["1e400", "1e401"], ["0.12345678901234567890", "0.12345678901234567891"], ["1", "-1"], ["10", "1"], ["1e-2", "1e2"]]) assert.notEqual(canonicalJson(a!), canonicalJson(b!), `${a} ${b}`);
	for (const [a, b] of [["100", "1e2"], ["1E+2", "100.000"], ["0.001", "1e-3"], ["0e9", "-0.0"]]) assert.equal(canonicalJson(a!), canonicalJson(b!), `${a} ${b}`);
	assert.equal(canonicalJson('{"a":1,"a":2}'), canonicalJson('{"a":2}'));
	assert.equal(canonicalJson("{a:1}"), null);
	assert.equal(canonicalJson(`${"[".repeat(20000)}${"]".repeat(20000)}`)?.length, 40000);
});
