import assert from "node:assert/strict";
import { existsSync, readdirSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { pairNames } from "./pair-names";

const pairsOf = (...paths: string[]) => pairNames(paths).pairs.map(({ reference, candidate }) => [reference, candidate]);

test("side words as suffix and as prefix", () => {
	assert.deepEqual(pairsOf("a/x_py.npy", "a/x_c.npy"), [["a/x_c.npy", "a/x_py.npy"]]);
	assert.deepEqual(pairsOf("c_image.npy", "py_image.npy"), [["c_image.npy", "py_image.npy"]]);
	assert.deepEqual(pairsOf("run/c_stdout.txt", "run/py_stdout.txt", "run/c_stderr.txt", "run/py_stderr.txt"), [["run/c_stdout.txt", "run/py_stdout.txt"], ["run/c_stderr.txt", "run/py_stderr.txt"]]);
	assert.deepEqual(pairsOf("h.golden.npy", "h.actual.npy"), [["h.golden.npy", "h.actual.npy"]]);
	assert.deepEqual(pairsOf("A_Reference.npy", "A_Candidate.npy"), [["A_Reference.npy", "A_Candidate.npy"]]);
	assert.deepEqual(pairsOf("q_expected.npy.gz", "q_output.npy.gz"), [["q_expected.npy.gz", "q_output.npy.gz"]]);
});

test("the rule and the name are said", () => {
	assert.deepEqual(pairNames(["t/x_c.npy", "t/x_py.npy"]).pairs[0], { name: "t/x.npy", reference: "t/x_c.npy", candidate: "t/x_py.npy", rule: "*_c with *_py" });
});

test("no pair over folders, extensions, separators or places", () => {
	assert.deepEqual(pairsOf("a/x_c.npy", "b/x_py.npy"), []);
	assert.deepEqual(pairsOf("x_c.npy", "x_py.txt"), []);
	assert.deepEqual(pairsOf("x_c.npy", "x-py.npy"), []);
	assert.deepEqual(pairsOf("c_x.npy", "x_py.npy"), []);
	assert.deepEqual(pairsOf("magic.npy", "c.npy", "py.npy"), []);
});

test("one reference with two candidates is two pairs, two references with one candidate are ambiguous", () => {
	assert.deepEqual(pairsOf("x_golden.npy", "x_pytorch.npy", "x_actual.npy"), [["x_golden.npy", "x_pytorch.npy"], ["x_golden.npy", "x_actual.npy"]]);
	assert.deepEqual(pairNames(["x_golden.npy", "x_expected.npy", "x_actual.npy"]), { pairs: [], ambiguous: [{ candidate: "x_actual.npy", references: ["x_golden.npy", "x_expected.npy"] }] });
});

const REAL = path.resolve(process.cwd(), "../shared/real");
test("the pairs among the real files", { skip: existsSync(REAL) ? false : "the folder of real files is not here" }, () => {
	const files = readdirSync(REAL, { recursive: true, encoding: "utf8" }).filter((file) => /\.\w+$/.test(file)).sort();
	const { pairs, ambiguous } = pairNames(files);
	assert.deepEqual(pairs.map(({ name }) => path.basename(name)), ["stderr.txt", "stdout.txt", "stdout_tc_d1.log", "stdout_tc_d3.log", "detpixels-128.npy", "detpixels-64.npy"]);
	assert.deepEqual(ambiguous, []);
});
