import assert from "node:assert/strict";
import { test } from "node:test";
import { traceLog } from "@/lib/formats/trace-log";
import { RawInputs } from "./compare-input";
import { MAX_LISTED, traceRuns } from "./compare-traces";

function inputsOf(files: Record<string, string>, maxRows?: number, pieces = 1): RawInputs {
	const inputs = new RawInputs(maxRows);
	for (const [path, text] of Object.entries(files)) {
		for (let i = 0; i < pieces; i++) {
			const parser = traceLog(path);
			const batches = [...parser.push(new TextEncoder().encode(text)), ...parser.end().batches];
			for (const batch of batches) inputs.take(path, batch);
		}
	}
	return inputs;
}

const runsOf = (inputs: RawInputs) => [...traceRuns(inputs, () => null, () => [])].map((run) => ({ ...run, cases: [...run.cases] }));

test("a long trace lists what does not pass and counts the rest, at its own positions", () => {
	const n = MAX_LISTED + 50;
	const log = (side: string, of: (i: number) => number | null) => Array.from({ length: n }, (_, i) => (of(i) === null ? "" : `TRACE_${side}: key${i} ${of(i)}\n`)).join("");
	const [run] = runsOf(inputsOf({ "c.log": log("C", (i) => i), "py.log": log("PY", (i) => (i === 77 ? null : i % 10_000 === 9999 ? -1 : i)) }));
	assert.deepEqual(run!.cases.map(({ position, caseName, verdict }) => [position, caseName, verdict]), [[77, "key77", "unmatched"], ...Array.from({ length: 10 }, (_, k) => [k * 10_000 + 9999, `key${k * 10_000 + 9999}`, "fail"])]);
	assert.deepEqual(run!.unlisted, { pass: n - 11, fail: 0, unmatched: 0, incomparable: 0, skipped: 0 });
	assert.match(run!.notes.at(-1)!, /^100,050 cases, of which the 11 that matter most are listed/);
});

test("traces that are too many to be held are skipped, and said to be", () => {
	const [run] = runsOf(inputsOf({ "a/c.log": "TRACE_C: a 1\nTRACE_C: b 1\n", "a/py.log": "TRACE_PY: a 1\nTRACE_PY: b 2\n" }, 6, 2));
	assert.deepEqual(run!.cases.map(({ verdict, reason }) => [verdict, reason]), [["skipped", "py.log would bring the traces of the workspace above the 6,000,000 values that are kept for comparisons"]]);
});

test("a file that is read once more gives its values once", () => {
	const inputs = inputsOf({ "c.log": "TRACE_C: a 1\n", "py.log": "TRACE_PY: a 1\n" });
	inputs.forget("py.log");
	assert.deepEqual(runsOf(inputs), []);
});
