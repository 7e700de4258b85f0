import assert from "node:assert/strict";
import { test } from "node:test";
import { RECORDED_CASE, RECORDED_RUN, rowsOf, type Value } from "@/lib/model";
import { jsonDocument } from "./json-document";

function read(document: unknown, path = "out/compare.json"): { runs: Record<string, Value>[]; cases: Record<string, Value>[] } {
	const parser = jsonDocument(path);
	parser.push(new TextEncoder().encode(typeof document === "string" ? document : JSON.stringify(document)));
	const { batches } = parser.end();
	const rows = (table: string) => batches.filter((batch) => batch.table === table).flatMap((batch) => [...rowsOf(batch)]);
	assert.equal(rows("json").length > 0, true, "the document is a row all the same");
	return { runs: rows(RECORDED_RUN), cases: rows(RECORDED_CASE) };
}

const names = (document: unknown, path?: string) => read(document, path).cases.map((one) => one.case_name);

test("times, memory, commands, paths, versions, before and after state no parity", () => {
	for (const [about, document] of Object.entries({
		times: { c_time: 1, py_time: 2, c_total_ms: 1, py_total_ms: 2, runtime_c: 1, runtime_py: 2, peak_mem_c: 1, peak_mem_py: 3 },
		"times under a name": { timing: { load: { c: 1, py: 2 } }, elapsed: { expected: 1, actual: 2 } },
		commands: { c_command: "a", py_command: "b", c_version: "1", py_version: "2", c_binary: "x", py_binary: "y" },
		paths: { c_image: "out/c.bin", py_image: "out/py.bin" },
		"before and after": { before: 1, after: 2, n_before: 3, n_after: 4 },
		"who the sides are": { reference: "old", candidate: "new" },
		"one side": { c_sum: 1, V_actual: 2, output: "x", expected: 1 },
		"names of sides": { c_name: "a", py_name: "b" },
		schema: { $schema: "x", expected: 1, actual: 2 },
	})) assert.deepEqual(names(document), [], about);
	assert.deepEqual(names({ expected: 1, actual: 2 }, "a/package.json"), []);
	const pairs = { casebook: 1, pairs: [{ reference: "golden/a.json", candidate: "runs/a.json", tolerance: "rel:1e-6" }] };
	assert.deepEqual(names(pairs, "casebook.json"), [], "rules about files are no results");
	assert.deepEqual(names({ expected: 1, actual: 2 }, "out/casebook.json"), ["value"], "elsewhere the name means nothing");
	assert.deepEqual(names({ expected_count: 1, actual_count: 2 }, "a/run_metadata.json"), []);
});

test("sides are words at either end of a key, alone, or joined by a capital", () => {
	assert.deepEqual(names({ c_sum: 1, py_sum: 1, max_c: 2, max_py: 2, expectedCount: 3, actualCount: 3, rowsExpected: 4, rowsActual: 4, golden: 1, pytorch: 1 }), ["sum", "max", "count", "rows", "value"]);
	assert.deepEqual(names({ cases: [{ case: "a", c: 1, py: 2 }, { case: "a", c: 1, py: 2 }, { c: 1, py: 2 }] }), ["a", "a (2)", "cases.2"]);
	assert.deepEqual(names({ implementations: ["rust", "go"], rust_rows: 1, go_rows: 1 }), ["rows"]);
	assert.deepEqual(names({ cpp_total: 1, python_total: 1, c_seen: 1 }), ["total"]);
});

test("a run says that it is inferred, from which words, and what was left out", () => {
	const { runs } = read({ timestamp: "2026-03-01T00:00:00Z", expected_a: 1, actual_a: "1", expected_b: 2, actual_b: 2 });
	assert.equal(runs.length, 1);
	assert.deepEqual([runs[0]?.inferred, runs[0]?.reference, runs[0]?.candidate, runs[0]?.ran_at], [true, "expected", "actual", 1772323200000000000n]);
	assert.match(String(runs[0]?.note), /inferred from key names \(expected\/actual\); pairs left out: 1 of different kinds/);
});

test("a recorded tolerance gives numbers a measure; two that do not say how they go together give none", () => {
	const measures = (document: unknown) => read(document).cases.map(({ measure, tolerance }) => [measure, tolerance]);
	assert.deepEqual(measures({ rtol: 1e-3, x: { expected: 1, actual: 2 } }), [["max-rel", 1e-3]]);
	assert.deepEqual(measures({ tolerance: 0.5, x: { expected: 1, actual: 2, rtol: 1e-6 } }), [["max-rel", 1e-6]]);
	assert.deepEqual(measures({ atol: 1, rtol: 1, expected: 1, actual: 2 }), [[null, null]]);
	assert.deepEqual(measures({ expected: 1, actual: 2 }), [[null, null]]);
	assert.deepEqual(measures({ expected_word: "a", actual_word: "b", c_mode: "a", py_mode: "b" }), [["exact", null], [null, null]]);
});

test("whole numbers differ exactly", () => {
	const text = '{"expected": 9007199254740993, "actual": 9007199254740992}';
	assert.deepEqual(read(text).cases.map(({ value, reference }) => [value, reference]), [[1, "9007199254740993"]]);
});

test("many pairs stop at a limit that the run tells", () => {
	const { runs, cases } = read({ cases: Array.from({ length: 2_100 }, (_, n) => ({ name: `n${n}`, expected: n, actual: n })) });
	assert.equal(cases.length, 2_000);
	assert.match(String(runs[0]?.note), /100 beyond the first 2,000/);
});
