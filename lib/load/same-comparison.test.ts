import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { test } from "node:test";
import { openNodeEngine } from "@/lib/engine/open-node";
import type { RecordedCase } from "@/lib/parity/judge";
import { recordedBesideValues } from "@/lib/tables/broken";
import { folderWorkspace } from "@/lib/workspace/folder";
import { load } from "./load";
import { type Computed, computedOf, type Report, SameComparisons } from "./same-comparison";

const one = (caseName: string, recordedVerdict: string | null = null, candidateMissing = false): RecordedCase => ({ position: 0, caseName, measure: null, tolerance: null, reference: null, candidate: null, referenceMissing: false, candidateMissing, value: null, recordedVerdict, note: null, line: 1 });
const report = (path: string, format: string, measure: string, cases: RecordedCase[], unlistedUnmatched = 0): Report => ({ path, format, measure, cases, unlistedUnmatched });
const counts = (unmatched = 0) => ({ pass: 0, fail: 0, unmatched, incomparable: 0, skipped: 0 });
const computed = (run: string, measure: Computed["measure"] = "max-abs") => computedOf({ run, measure })!;
const of = (...reports: Report[]) => new SameComparisons((folder) => reports.filter(({ path }) => path.slice(0, path.lastIndexOf("/")) === folder));

test("only a folder's one run of its kind is looked for", () => {
	assert.deepEqual(computedOf({ run: "a/b/traces", measure: "max-rel" }), { kind: "traces", run: "a/b/traces", folder: "a/b", measure: "max-rel" });
	assert.deepEqual(computedOf({ run: "tensors", measure: "max-abs" })?.folder, "");
	for (const run of ["a/traces/x", "a/checkpoints 2026-01-01T00:00:00Z", "a/mytraces"]) assert.equal(computedOf({ run, measure: "max-abs" }), null, run);
	assert.equal(computedOf({ run: "a/traces", probe: "by hand", measure: "max-rel" }), null);
});

test("a report of the same tokens, and as many entries of one side only, is another answer", () => {
	const csv = (unmatched: number) => report("h/report.csv", "parity report (csv)", "max-abs", [one("token 7", "PASS"), one("token 8")], unmatched);
	const same = of(csv(3));
	assert.equal(same.wordsFor(computed("h/checkpoints"), ["logits token 7"])("logits token 7"), "PASS");
	assert.equal(same.settle(computed("h/checkpoints"), ["logits token 7", "logits token 8"], counts(3)), null);
	assert.equal(same.countedFor("h/report.csv"), "h/checkpoints");
	const tokens = (names: string[], unmatched: number) => {
		const one = of(csv(3));
		one.settle(computed("h/checkpoints"), names, counts(unmatched));
		return one.countedFor("h/report.csv");
	};
	assert.equal(tokens(["logits token 7", "logits token 8"], 2), null, "other entries");
	assert.equal(tokens(["logits token 7"], 3), null, "a token that the logs lack");
	assert.equal(tokens(["logits token 7", "logits token 8", "logits token 9"], 3), null, "a token that the report lacks");
	assert.equal(tokens(["logits token 7", "embed token 7", "logits token 8"], 3), null, "a token of two checkpoints");
	assert.equal(same.wordsFor(computed("h/checkpoints"), ["logits token 7", "embed token 7"])("embed token 7"), null, "whose word it is cannot be told");
});

test("factors by their names; a report of other factors, another format or another folder is its own", () => {
	const factors = report("s/metrics.json", "factor comparison", "max-rel", [one("a", "PASS"), one("b", "CRITICAL"), one("lost", null, true)]);
	const settle = (names: string[], ...reports: Report[]) => {
		const same = of(...reports);
		same.settle(computed("s/traces", "max-rel"), names, counts());
		return same.countedFor("s/metrics.json");
	};
	assert.equal(settle(["a", "b", "c"], factors), "s/traces");
	assert.equal(settle(["a", "c"], factors), null);
	assert.equal(settle(["a", "b"], { ...factors, format: "json" }), null);
	assert.equal(settle(["a", "b"], { ...factors, path: "t/metrics.json" }), null);
	assert.equal(settle([], factors), null);
	const words = of(factors).wordsFor(computed("s/traces", "max-rel"));
	assert.deepEqual(["a", "b", "c"].map(words), ["PASS", "CRITICAL", null]);
	assert.equal(of(factors, { ...factors, path: "s/other.json" }).wordsFor(computed("s/traces", "max-rel"))("a"), null, "two reports could be meant");
	assert.equal(of(factors).wordsFor(computed("s/traces", "max-abs"))("a"), null, "another measure");
});

test("arrays count as their reports where each has one, else as computed", () => {
	const image = (path: string) => report(path, "image comparison", "correlation", [one("x", "PASS")]);
	const both = of(image("t/a_metrics.json"), image("t/a_big.json"));
	assert.equal(both.settle(computed("t/tensors"), ["a.npy", "a_big.npy"], counts()), "t/a_metrics.json");
	assert.equal(both.countedFor("t/a_metrics.json"), null);
	assert.equal(both.wordsFor(computed("t/tensors"))("a.npy"), null, "a correlation is another measure");
	const some = of(image("t/a_metrics.json"), image("t/ab_metrics.json"));
	assert.equal(some.settle(computed("t/tensors"), ["a.npy", "b.npy"], counts()), null);
	assert.deepEqual([some.countedFor("t/a_metrics.json"), some.countedFor("t/ab_metrics.json")], ["t/tensors", null]);
});

test("a report that says pass of raw files that say fail is a disagreement of the computed run, and counts once", async () => {
	const folder = mkdtempSync(path.join(tmpdir(), "casebook-same-"));
	const engine = await openNodeEngine();
	const rows = async (sql: string) => {
		const result = await engine.query(sql);
		await result.complete;
		return Array.from({ length: result.numRows }, (_, row) => result.columns.map((_, column) => result.text(row, column)));
	};
	try {
		mkdirSync(path.join(folder, "r"));
		writeFileSync(path.join(folder, "r/c_trace.log"), "TRACE_C: a 1\nTRACE_C: b 2\nTRACE_C: more 3\n");
		writeFileSync(path.join(folder, "r/py_trace.log"), "TRACE_PY: a 1.5\nTRACE_PY: b 2\nTRACE_PY: more 3\n");
		const factor = (value: number) => ({ c_value: value, py_value: value, abs_delta: 0, rel_delta: 0, status: "PASS" });
		writeFileSync(path.join(folder, "r/metrics.json"), JSON.stringify({ tolerance_rel: 1e-6, factors: { a: factor(1), b: factor(2) }, first_divergence: null, num_divergent: 0 }));
		await load(folderWorkspace(folder, { include: [] }), engine);
		assert.deepEqual(await rows("SELECT case_name, verdict, recorded_verdict, reason FROM cases WHERE probe = 'r/traces' ORDER BY position"), [
			["a", "fail", "PASS", "max-rel 0.5 is beyond 1e-6; the report beside it says PASS"],
			["b", "pass", "PASS", "max-rel 0 is within 1e-6"],
			["more", "pass", null, "max-rel 0 is within 1e-6"],
		]);
		assert.deepEqual(await rows("SELECT probe, disagreements, same_as FROM probes ORDER BY probe"), [["r/metrics.json", "0", "r/traces"], ["r/traces", "1", null]]);
		const said = await rows(`SELECT probe, recorded_verdict, verdict, cases FROM (${recordedBesideValues.sql}) s WHERE probe = 'r/traces' AND verdict = 'fail'`);
		assert.deepEqual(said, [["r/traces", "PASS", "fail", "1"]]);
	} finally {
		await engine.close();
		rmSync(folder, { recursive: true });
	}
});
