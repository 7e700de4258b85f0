import assert from "node:assert/strict";
import { test } from "node:test";
import type { RecordedCase } from "@/lib/parity/judge";
import { sameTests, type TestFile } from "./same-tests";

const one = (caseName: string, recordedVerdict: string): RecordedCase => ({ position: 0, caseName, measure: null, tolerance: null, reference: null, candidate: null, referenceMissing: false, candidateMissing: false, value: null, recordedVerdict, note: null, line: 1 });
const junit = (path: string): TestFile => ({ path, format: "junit", run: {}, cases: [one("tests.test_a.TestA.test_x[p::q]", "passed"), one("tests.test_a.test_y", "failed"), one("tests.test_b", "skipped")] });
const log = (path: string, cases = [one("tests/test_a.py::TestA::test_x[p::q]", "PASSED"), one("tests/test_a.py::test_y", "FAILED")], run = {}): TestFile => ({ path, format: "test output", run, cases });

test("a log and a JUnit file of the same tests are one run, and the note has the counts of both", () => {
	const [found, ...more] = sameTests([junit("r/a.junit.xml"), log("r/out.log"), log("s/out.log")]);
	assert.equal(more.length, 0);
	assert.deepEqual([found?.log, found?.junit], ["r/out.log", "r/a.junit.xml"]);
	assert.match(found?.note ?? "", /out\.log is the same run.* 1 passed, 1 failed, 0 skipped; this file has 1 passed, 1 failed, 1 skipped/);
	assert.equal(sameTests([junit("r/a.xml"), log("r/out.log", [], { unlisted_passed: 1n, unlisted_failed: 1n })]).length, 1, "a log that only counts");
});

test("anything less clear stays two runs", () => {
	assert.equal(sameTests([junit("r/a.xml"), log("r/out.log", [one("tests/test_a.py::TestA::test_x[p::q]", "PASSED")])]).length, 0, "other counts");
	assert.equal(sameTests([junit("r/a.xml"), log("r/out.log", [one("tests/c.py::x", "PASSED"), one("tests/c.py::y", "FAILED")])]).length, 0, "other tests");
	assert.equal(sameTests([junit("r/a.xml"), log("r/one.log"), log("r/two.log")]).length, 0, "two logs");
	assert.deepEqual(sameTests([junit("r/one.xml"), log("r/one.log"), log("r/two.log")]).map((found) => found.log), ["r/one.log"], "two logs, one of the same name");
	assert.equal(sameTests([{ ...junit("r/a.xml"), cases: [] }, log("r/out.log", [])]).length, 0, "no tests at all");
});
