import assert from "node:assert/strict";
import { test } from "node:test";
import { findTracePairs, resolveTrace, type TraceEntry } from "./compare-trace-pairs";

const entry = (path: string, side: string | null): TraceEntry => ({ path, side, values: 1, isJson: path.endsWith(".json") });
const at = (...paths: string[]) => paths.map((path) => ({ path }));
const found = (...entries: TraceEntry[]) => findTracePairs(entries, []).pairs.map(({ run, reference, candidate }) => [run, reference.paths.join("+"), candidate.paths.join("+")]);

test("a path of another machine is the file with the longest common tail", () => {
	assert.equal(resolveTrace("/x/y/a/spec/c.log", "m/run.json", at("r/a/spec/c.log", "r/b/spec/c.log")), "r/a/spec/c.log");
	assert.equal(resolveTrace("C:\\x\\spec\\c.log", "m/run.json", at("r/spec/c.log", "r/other/c.log")), "r/spec/c.log");
	assert.equal(resolveTrace("/x/y/c.log", "m/run.json", at("m/c.log", "r/c.log")), "m/c.log", "a bare name is looked for beside the document");
	assert.equal(resolveTrace("/x/y/c.log", "m/run.json", at("r/c.log")), null, "and nowhere else");
	assert.equal(resolveTrace("/x/spec/c.log", "m/run.json", at("r/spec/c.log", "s/spec/c.log")), null, "two that fit alike are none");
	assert.equal(resolveTrace("/x/d.log", "m/run.json", at("m/c.log")), null);
});

test("a trace of another day is another run's", () => {
	assert.equal(resolveTrace("reports/20260101T101500Z/spec/c.log", "r/20260101T101500Z/m.json", at("r/20260102T101500Z/spec/c.log")), null);
	assert.equal(resolveTrace("reports/20260101T101500Z/spec/c.log", "q/m.json", at("r/20260101T101500Z/c.log", "r/20260102T101500Z/c.log")), "r/20260101T101500Z/c.log", "the dated folder is kept, the one inside it is not");
});

test("two sides of one folder", () => {
	assert.deepEqual(found(entry("a/py.log", "py"), entry("a/c.log", "c")), [["a/traces", "a/c.log", "a/py.log"]]);
	assert.deepEqual(found(entry("c.log", "c"), entry("py.log", "py")), [["traces", "c.log", "py.log"]]);
	assert.deepEqual(found(entry("a/c.log", "c"), entry("b/py.log", "py")), [], "in two folders nothing says so");
	assert.deepEqual(found(entry("a/x.log", null), entry("a/y.log", null)), [], "logs without a side");
	assert.deepEqual(found(entry("a/both.log", "c"), entry("a/both.log", "py")), [["a/traces", "a/both.log", "a/both.log"]]);
	assert.deepEqual(found(entry("a/c.log", "c"), entry("a/rust.log", "rust"), entry("a/py.log", "py")), [["a/traces/rust", "a/c.log", "a/rust.log"], ["a/traces/py", "a/c.log", "a/py.log"]]);
});

test("several logs a side go by their names, and keyed rows complete one", () => {
	assert.deepEqual(found(entry("a/c_trace_x.log", "c"), entry("a/trace_py_x.log", "py"), entry("a/trace_py_x_per_phi.json", "py"), entry("a/c_trace_y.log", "c"), entry("a/trace_py_y.log", "py")), [
		["a/traces/x", "a/c_trace_x.log", "a/trace_py_x.log+a/trace_py_x_per_phi.json"],
		["a/traces/y", "a/c_trace_y.log", "a/trace_py_y.log"],
	]);
	const { pairs, open } = findTracePairs([entry("a/c_x.log", "c"), entry("a/c_y.log", "c"), entry("a/py_z.log", "py")], []);
	assert.deepEqual([pairs.length, open.length, open[0]?.entries.length, open[0]?.reason], [0, 1, 3, "the folder has traces of c (2) and py (1), and neither a document nor their names say which belong together"]);
});

test("a document counts before the folder, and two that name one pair count once", () => {
	const entries = [entry("a/c.log", "c"), entry("a/py.log", "py"), entry("a/py_old.log", "py")];
	const mention = (path: string) => ({ path, named: ["/elsewhere/a/c.log", "/elsewhere/a/py_old.log"], toleranceRel: 0.5 });
	const { pairs, open } = findTracePairs(entries, [mention("m/metrics.json"), mention("m/run_metadata.json")]);
	assert.deepEqual(pairs.map(({ run, candidate, namedBy }) => [run, candidate.paths, namedBy?.toleranceRel]), [["m/traces", ["a/py_old.log"], 0.5]]);
	assert.equal(open.length, 0);
});
