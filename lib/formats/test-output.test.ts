import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { RECORDED_CASE, RECORDED_RUN, rowsOf, type Value } from "@/lib/model";
import { testOutput } from "./test-output";

type Row = Record<string, Value>;

function read(text: string): { run: Row | undefined; cases: Row[]; notes: string[] } {
	const parser = testOutput("a/test.log");
	const batches = [...parser.push(new TextEncoder().encode(text))];
	const end = parser.end();
	batches.push(...end.batches);
	const rows = (table: string) => batches.filter((batch) => batch.table === table).flatMap((batch) => [...rowsOf(batch)]);
	return { run: rows(RECORDED_RUN)[0], cases: rows(RECORDED_CASE), notes: end.notes };
}

const WORDS = { PASSED: "passed", FAILED: "failed", SKIPPED: "skipped", XFAIL: "xfailed", XPASS: "xpassed", ERROR: "error" } as const;
const GROUP = { PASSED: "unlisted_passed", FAILED: "unlisted_failed", XPASS: "unlisted_failed", ERROR: "unlisted_failed", SKIPPED: "unlisted_skipped", XFAIL: "unlisted_skipped" } as const;

test("pytest: no test counts twice, however much of them the log lists", () => {
	const word = fc.constantFrom(...(Object.keys(WORDS) as (keyof typeof WORDS)[]));
	fc.assert(
		fc.property(fc.array(fc.record({ word, listed: fc.boolean() }), { minLength: 1, maxLength: 30 }), (tests) => {
			const lines = tests.flatMap(({ word: result, listed }, n) => (listed ? [`tests/test_a.py::test_${n} ${result} [${n}%]`] : []));
			const totals = (Object.keys(WORDS) as (keyof typeof WORDS)[]).flatMap((result) => {
				const count = tests.filter((one) => one.word === result).length;
				return count === 0 ? [] : [`${count} ${WORDS[result]}`];
			});
			const { run, cases, notes } = read(`${lines.join("\n")}\n=== ${totals.join(", ")} in 0.5s ===\n`);
			assert.deepEqual(cases.map((one) => one.recorded_verdict), tests.filter((one) => one.listed).map((one) => one.word));
			for (const kind of ["unlisted_passed", "unlisted_failed", "unlisted_skipped"] as const) {
				assert.equal(run?.[kind], BigInt(tests.filter((one) => !one.listed && GROUP[one.word] === kind).length), kind);
			}
			assert.deepEqual(notes, []);
		}),
	);
});

test("pytest: workers, messages with dashes, a log that says less than it lists", () => {
	const { cases, notes } = read("[gw1] [ 50%] FAILED tests/a.py::test_x[a - b]\n[gw0] [100%] PASSED tests/a.py::test_y\nFAILED tests/a.py::test_x[a - b] - assert 1 - 2 == 3\n=== 1 failed in 1.00s ===\n");
	assert.deepEqual(cases.map(({ case_name, recorded_verdict, note }) => [case_name, recorded_verdict, note]), [["tests/a.py::test_x[a - b]", "FAILED", "assert 1 - 2 == 3"], ["tests/a.py::test_y", "PASSED", null]]);
	assert.match(notes.join(), /lists 1 tests as passed and its summary counts 0/);
});

test("pytest: two sessions of one log are told apart, a file that cannot be collected fails, and no tests are no pass", () => {
	const session = "===== test session starts =====\ncollected 1 item\ntests/a.py::test_x PASSED [100%]\n===== 1 passed in 0.1s =====\n";
	assert.deepEqual(read(session + session).cases.map((one) => one.case_name), ["tests/a.py::test_x", "tests/a.py::test_x (session 2)"]);
	const broken = read("===== test session starts =====\ncollected 0 items / 1 error\nERROR tests/test_b.py - ImportError: no x\n!!!!! Interrupted: 1 error during collection !!!!!\n===== 1 error in 0.1s =====\n");
	assert.deepEqual(broken.cases.map(({ case_name, recorded_verdict, note }) => [case_name, recorded_verdict, note]), [["tests/test_b.py", "ERROR", "ImportError: no x"]]);
	assert.equal(broken.run?.unlisted_failed, 0n);
	const none = read("===== test session starts =====\ncollected 0 items\n===== no tests ran in 0.01s =====\n");
	assert.deepEqual([none.cases.length, none.run?.unlisted_passed], [0, 0n]);
});

test("cargo: a target that ends without a result leaves tests without one", () => {
	const { run, cases, notes } = read("running 3 tests\ntest a ... ok\ntest b ... printed\nok\n");
	assert.deepEqual(cases.map((one) => one.case_name), ["a", "b"]);
	assert.equal(run?.unlisted_skipped, 1n);
	assert.match(notes.join(), /1 tests were to run/);
});

test("go: a package counts as itself only where it lists no test that tells as much", () => {
	const quiet = read("--- FAIL: TestA (0.00s)\n    a_test.go:3: bad\nFAIL\nFAIL\tex/a\t0.1s\nok  \tex/b\t(cached)\n");
	assert.deepEqual(quiet.cases.map(({ case_name, note }) => [case_name, note]), [["ex/a.TestA", "a_test.go:3: bad"], ["ex/b", null]]);
	assert.match(quiet.notes.join(), /not run with -v/);
	const main = read("=== RUN   TestA\n--- PASS: TestA (0.00s)\nPASS\nFAIL\tex/a\t0.1s\n");
	assert.deepEqual(main.cases.map(({ case_name, recorded_verdict }) => [case_name, recorded_verdict]), [["ex/a.TestA", "PASS"], ["ex/a", "FAIL"]]);
	const killed = read("=== RUN   TestA\n--- PASS: TestA (0.00s)\n=== RUN   TestB\npanic: gone\nFAIL\tex/a\t0.1s\n");
	assert.equal(killed.run?.unlisted_skipped, 1n);
});

test("a log whose lines only look like test output is no run", () => {
	assert.equal(read("===== test session starts =====\nplatform linux\n").run, undefined);
});
