import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { canonicalJson } from "./canonical";
import { Forms, parseJson, pointerOf } from "./json-tree";
import { compareWire, type WireOptions } from "./wire";
import { precisionOf, timesOf } from "./wire-classes";

const classes = (reference: string, candidate: string, options?: WireOptions) => compareWire(reference, candidate, options).differences.map((item) => [item.class, item.referencePointer, item.candidatePointer]);

test("an externally tagged envelope against a flat one", () => {
	const result = compareWire('{"Schema":{"field":"x"}}', '{"Kind":"schema","Field":"x"}');
	assert.deepEqual(result.differences.map((item) => [item.class, item.reference, item.candidate, item.detail]), [
		["envelope", '{"Schema":{"field":"x"}}', '{"Kind":"schema","Field":"x"}', 'the reference nests under its variant "Schema", the candidate names it in "Kind" and lies flat'],
		["envelope", '"x"', '"x"', 'the key is "field" in the reference and "Field" in the candidate'],
	]);
	assert.deepEqual([result.verdict, result.reason, result.classes[0]!.count], ["fail", "2 differences: envelope (2)", 2]);
	assert.match(result.classes[0]!.meaning, /nested under a variant/);
	assert.deepEqual(classes('{"Kind":"schema","Field":"x"}', '{"Schema":{"field":"x"}}').map(([name]) => name), ["envelope", "envelope"]);
});

test("other envelopes, and what is none", () => {
	assert.deepEqual(classes('{"Schema":{"a":1}}', '{"type":"Schema","content":{"a":1}}'), [["envelope", "", ""]]);
	assert.deepEqual(classes('{"data":{"a":1,"b":2}}', '{"a":1,"b":3}'), [["envelope", "", ""], ["value", "/data/b", "/b"]]);
	assert.deepEqual(classes('{"e":"Policy"}', '{"e":{"kind":"policy"}}'), [["envelope", "/e", "/e"]]);
	assert.deepEqual(classes('{"Schema":{"reason":"y"}}', '{"kind":"policy","reason":"y"}'), [["envelope", "", ""], ["value", "/Schema", "/kind"]]);
	assert.deepEqual(classes('{"a":{"x":1}}', '{"b":2}').map(([name]) => name), ["value against absent", "value against absent"]);
	assert.deepEqual(classes('{"a":{"x":1}}', '{"a":{"x":2}}'), [["value", "/a/x", "/a/x"]]);
});

test("every class, on the body of a real kind of drift", () => {
	const rust = '{"ok":false,"error":{"Schema":{"field":"fills","reason":"missing"}},"line_offset":0,"trace_id":"","at":"2026-05-02T09:05:18.461439210Z","cosine":0.99999872,"iterations":1}';
	const go = '{"ok":false,"error":{"Kind":"schema","Field":"fills","Reason":"missing"},"at":"2026-05-02T09:05:18.46143921Z","cosine":0.9999987,"iterations":1}';
	const result = compareWire(rust, go);
	assert.deepEqual(result.classes.map((item) => [item.class, item.count]), [["envelope", 3], ["zero against absent", 1], ["empty against absent", 1], ["time precision", 1], ["number precision", 1]]);
	assert.deepEqual(result.differences.filter((item) => item.class.includes("precision")).map((item) => item.detail), ["the candidate leaves out trailing zeros of the second's fraction", "the candidate keeps 7 of 8 digits"]);
});

test("keys of another case, renamed keys, and one-sided values by what they are", () => {
	assert.deepEqual(classes('{"trace_id":"a","n":1}', '{"traceId":"a","n":1}'), [["key case", "/trace_id", "/traceId"]]);
	assert.deepEqual(classes('{"trace_id":"a"}', '{"TraceID":"b"}'), [["key case", "/trace_id", "/TraceID"], ["value", "/trace_id", "/TraceID"]]);
	assert.deepEqual(classes('{"session":"s-17","n":1}', '{"sid":"s-17","n":1}'), [["renamed key", "/session", "/sid"]]);
	assert.deepEqual(classes('{"ok":true}', '{"success":true}'), [["renamed key", "/ok", "/success"]], "the only key left on each side");
	assert.deepEqual(classes('{"a":0,"b":"","c":0}', '{"x":0,"y":""}').map(([name]) => name), ["zero against absent", "empty against absent", "zero against absent", "zero against absent", "empty against absent"], "trivial values tell nothing");
	assert.deepEqual(classes('{"a":"v","b":"v"}', '{"x":"v"}').map(([name]) => name), ["value against absent", "value against absent", "value against absent"], "two keys would fit");
	assert.deepEqual(classes('{"a":null,"b":false,"c":-0.0,"d":[],"e":{},"f":"x"}', "{}").map(([name]) => name), ["null against absent", "zero against absent", "zero against absent", "empty against absent", "empty against absent", "value against absent"]);
	const absent = compareWire("{}", '{"a/b~c":0}').differences[0]!;
	assert.deepEqual([absent.referencePointer, absent.candidatePointer, absent.reference, absent.candidate], [null, "/a~1b~0c", null, "0"]);
});

test("zero, null, absent and empty are four things", () => {
	assert.deepEqual(classes('{"a":0}', '{"a":null}'), [["type", "/a", "/a"]]);
	assert.deepEqual(classes('{"a":""}', '{"a":null}'), [["type", "/a", "/a"]]);
	assert.deepEqual(classes('{"a":""}', '{"a":[]}'), [["type", "/a", "/a"]]);
	assert.deepEqual(classes('{"a":"1"}', '{"a":1}'), [["type", "/a", "/a"]]);
	assert.deepEqual(classes('{"a":true}', '{"a":false}'), [["value", "/a", "/a"]]);
});

test("numbers by exact form", () => {
	const equal = compareWire('{"a":1.50,"b":100,"c":-0}', '{"a":15e-1,"b":1e2,"c":0}');
	assert.deepEqual([equal.verdict, equal.spellings, equal.reason], ["pass", [{ what: "number spelling", count: 3, pointer: "/a", rule: null }], "both sides are the same JSON in 3 values; another number spelling in 3 places"]);
	assert.deepEqual(classes("9007199254740993", "9007199254740992"), [["number precision", "", ""]]);
	assert.match(precisionOf("9007199254740993", "9007199254740992")!, /equal as doubles/);
	assert.match(precisionOf("0.1", "0.10000000149011612")!, /the reference keeps 1 of 17 digits/);
	assert.match(precisionOf("2.718281828", "2.71828")!, /the candidate keeps 6 of 10 digits/);
	assert.match(precisionOf("2.71828", "2.7183")!, /keeps 5 of 6/);
	for (const [a, b] of [["3", "3.14"], ["1", "2"], ["0.5", "-0.5"], ["10", "9.6"], ["0.123", "0.124"], ["1e400", "1e401"], ["0", "1e-9"]] as const) assert.equal(precisionOf(a, b), null, `${a} ${b}`);
});

test("times by instant", () => {
	assert.match(timesOf("2026-05-02T09:05:18.461439210Z", "2026-05-02T09:05:18.461439Z")!, /keeps 6 of 9 digits/);
	assert.match(timesOf("2026-05-02T09:05:18Z", "2026-05-02T11:05:18+02:00")!, /same instant/);
	assert.match(timesOf("2026-05-02T09:05:18.000Z", "2026-05-02T09:05:18Z")!, /trailing zeros/);
	for (const other of ["2026-05-02T09:05:19Z", "2026-05-02T09:05:18", "2026-05-02T09:05:18+02:00", "yesterday"]) assert.equal(timesOf("2026-05-02T09:05:18Z", other), null, other);
	assert.equal(timesOf("2026-05-02T09:05:18.12Z", "2026-05-02T09:05:18.13Z"), null);
});

test("arrays by an id, by equal elements, and vectors by index", () => {
	assert.deepEqual(classes('[{"id":1,"v":1},{"id":2,"v":2}]', '[{"id":2,"v":2},{"id":1,"v":9}]'), [["order", "", ""], ["value", "/0/v", "/1/v"]]);
	assert.deepEqual(classes('[{"id":1},{"id":2}]', '[{"id":1},{"id":2},{"id":3}]'), [["value against absent", null, "/2"]]);
	assert.deepEqual(classes('["a","b","c","d"]', '["a","x","b","c","d"]'), [["value against absent", null, "/1"]]);
	assert.deepEqual(classes('["a","b","c"]', '["a","z","c"]'), [["value", "/1", "/1"]]);
	assert.deepEqual(classes('["a","b","c"]', '["c","a","b"]'), [["order", "", ""]]);
	assert.deepEqual(classes("[1,2,3]", "[3,2,1]"), [["order", "", ""]]);
	assert.deepEqual(classes("[1,2,3,4]", "[2,3,4,5]").map(([, pointer]) => pointer), ["/0", "/1", "/2", "/3"]);
	assert.equal(compareWire('["a","b","c"]', '["c","a","b"]').differences[0]!.detail, "1 of 3 elements stand in another order");
});

test("what the normaliser ignores is said, and never silently equal", () => {
	const reference = '{"timestamp":"t1","daemon":"rust","body":{"timestamp":"t1","n":1},"runs":[{"ms":5,"v":1}]}';
	const candidate = '{"timestamp":"t2","daemon":"rust","body":{"timestamp":"t1","n":1},"runs":[{"ms":6,"v":1}]}';
	const result = compareWire(reference, candidate, { normalise: { ignore: ["timestamp", "daemon", "/runs/*/ms", "nothing"] } });
	assert.deepEqual([result.verdict, result.unused], ["pass", ["nothing"]]);
	assert.deepEqual(result.ignored.map(({ rule, pointer, differs }) => [rule, pointer, differs]).sort(), [["/runs/*/ms", "/runs/0/ms", true], ["daemon", "/daemon", false], ["timestamp", "/body/timestamp", false], ["timestamp", "/timestamp", true]]);
	assert.match(result.reason, /^both sides are the same JSON in 2 values; ignored 4 values \(.*\), of which 2 differ$/);
	assert.equal(compareWire('{"timestamp":1}', '{"timestamp":2}', { normalise: { ignore: ["timestamp"] } }).verdict, "incomparable");
	assert.equal(compareWire("{}", "{}", { normalise: { ignore: ["timestamp"] } }).verdict, "pass");
	const one = compareWire('{"timestamp":1,"a":1}', '{"a":1}', { normalise: { ignore: ["timestamp"] } });
	assert.deepEqual(one.ignored, [{ rule: "timestamp", pointer: "/timestamp", reference: "1", candidate: null, differs: true }]);
	const order = compareWire('{"tags":["a","b"]}', '{"tags":["b","a"]}', { normalise: { unordered: ["tags"] } });
	assert.deepEqual([order.verdict, order.spellings], ["pass", [{ what: "array order", count: 1, pointer: "/tags", rule: "tags" }]]);
	assert.equal(compareWire('{"tags":["a","b"]}', '{"tags":["b","a"]}', { normalise: { unordered: ["/other"] } }).verdict, "fail");
});

test("key order and escapes are no difference, and are said", () => {
	const result = compareWire('{"a":"\\u0041","b":{"x":1,"y":2}}', '{"b":{"y":2,"x":1},"a":"A"}');
	assert.deepEqual([result.verdict, result.spellings.map(({ what, count }) => [what, count])], ["pass", [["key order", 2], ["string escapes", 1]]]);
	assert.deepEqual(compareWire('{"a":1,"a":2}', '{"a":2}').notes, ["the reference has the key /a more than once; the last one counts"]);
});

test("both sides failing is no match, and what is not JSON is incomparable", () => {
	const verdict = (reference: string | null, candidate: string | null, options?: WireOptions) => compareWire(reference, candidate, options).verdict;
	assert.equal(verdict('{"e":1}', '{"e":1}', { referenceStatus: "500", candidateStatus: "503" }), "incomparable");
	assert.equal(verdict(null, "", { referenceStatus: "422", candidateStatus: "422" }), "incomparable");
	assert.equal(verdict('{"e":1}', '{"e":1}', { referenceStatus: "422", candidateStatus: "422" }), "pass");
	assert.equal(verdict('{"e":1}', '{"e":1}', { referenceStatus: "422", candidateStatus: "400" }), "fail");
	assert.equal(verdict('{"e":1}', null, { referenceStatus: "200", candidateStatus: "502" }), "fail");
	assert.equal(verdict('{"e":1}', null), "unmatched");
	assert.deepEqual([verdict("oops", "oops"), compareWire('{"a":1}', '{"a":NaN}').reason], ["incomparable", "the candidate is not JSON (candidate:1:6: NaN is not JSON)"]);
});

test("faults name their place", () => {
	const faults: [string, number, number, RegExp][] = [['{"a":1,\n"b" 2}', 2, 5, /":" is missing after the key "b"/], ["[1 2]", 1, 4, /"," or the end of the array/], ["[1,]", 1, 4, /value is missing/], ['{"a":1,}', 1, 8, /key in quotes/], ['{"a"', 1, 5, /":" is missing/], ["[1", 1, 3, /text ends/], ["1 1", 1, 3, /follows the end/], ['"a\nb"', 1, 1, /not closed/], ["[-Infinity]", 1, 2, /-Infinity is not JSON/], ["01", 1, 2, /follows/], ["", 1, 1, /text ends/]];
	for (const [text, line, column, words] of faults) {
		const fault = parseJson(text);
		assert.ok("fault" in fault, text);
		assert.deepEqual([fault.line, fault.column], [line, column], text);
		assert.match(fault.fault, words);
	}
});

test("the parser reads what JSON.parse reads, and equal forms are equal JSON", () => {
	fc.assert(
		fc.property(fc.json(), fc.json(), (a, b) => {
			const forms = new Forms();
			const [left, right] = [parseJson(a), parseJson(b)];
			assert.ok(!("fault" in left) && !("fault" in right));
			forms.set(left.root);
			forms.set(right.root);
			assert.equal(left.root.form === right.root.form, canonicalJson(a) === canonicalJson(b));
			assert.equal(pointerOf(left.root), "");
			const { verdict, differences } = compareWire(a, b);
			assert.equal(verdict === "pass", canonicalJson(a) === canonicalJson(b));
			assert.equal(differences.length > 0, verdict === "fail");
			assert.equal(compareWire(b, a).differences.length > 0, differences.length > 0);
		}),
		{ numRuns: 300 },
	);
	fc.assert(
		fc.property(fc.string({ unit: fc.constantFrom("{", "}", "[", "]", ",", ":", '"', "1", "-", ".", "e", "a", " ", "\\", "n", "true", "null") }), (text) => {
			let valid = true;
			try {
				JSON.parse(text);
			} catch {
				valid = false;
			}
			assert.equal(!("fault" in parseJson(text)), valid, text);
		}),
		{ numRuns: 2000 },
	);
});

test("deep and large documents", () => {
	const deep = (leaf: string) => `${'{"a":['.repeat(50_000)}${leaf}${"]}".repeat(50_000)}`;
	const result = compareWire(deep("1"), deep("2"));
	assert.deepEqual([result.verdict, result.differences.length, result.differences[0]!.class, result.differences[0]!.referencePointer!.length], ["fail", 1, "value", 200_000]);
	const rows = (n: number, shift: number) => JSON.stringify(Array.from({ length: n }, (_, i) => `row ${i + shift}`));
	const shifted = compareWire(rows(5000, 0), rows(5000, 1));
	assert.deepEqual(shifted.differences.map((item) => [item.class, item.referencePointer, item.candidatePointer]), [["value against absent", "/0", null], ["value against absent", null, "/4999"]]);
	const limited = compareWire(JSON.stringify(Array.from({ length: 100 }, (_, i) => i)), JSON.stringify(Array.from({ length: 100 }, (_, i) => i + 1000)), { limit: 10 });
	assert.deepEqual([limited.differences.length, limited.more, limited.notes], [10, 90, ["90 more differences are counted and not listed"]]);
});
