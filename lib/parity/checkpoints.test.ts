import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { type CheckpointRecord, compareCheckpoints } from "./checkpoints";
import { chooseReference } from "./choose-reference";
import { scientific } from "./delta";

const REAL = path.resolve(process.cwd(), "../shared/real/hidden-states");

function record(tokenIdx: number | null, values: (number | null)[], more: Partial<CheckpointRecord> = {}): CheckpointRecord {
	return {
		checkpoint: "logits", producer: null, tokenIdx, dtype: "f32", shape: null, line: 1, values: Float64Array.from(values, (value) => value ?? 0),
		nulls: values.includes(null) ? Uint8Array.from(values, (value) => (value === null ? 1 : 0)) : null, ...more,
	};
}

const only = (reference: CheckpointRecord, candidate: CheckpointRecord) => compareCheckpoints([reference], [candidate]).pairs[0]!;

test("records pair by checkpoint, token and occurrence; the rest is unmatched on its side", () => {
	const reference = [record(1, [1]), record(2, [2]), record(2, [3]), record(2, [9]), record(null, [5]), record(1, [1], { checkpoint: "embed" })];
	const candidate = [record(2, [2]), record(null, [5]), record(2, [4]), record(7, [0]), record(0, [1], { checkpoint: "embed" })];
	const result = compareCheckpoints(reference, candidate);
	assert.deepEqual(result.pairs.map((pair) => [pair.tokenIdx, pair.occurrence, pair.figures.maxAbs, pair.verdict]), [[2, 0, 0, "pass"], [2, 1, 1, "fail"], [null, 0, 0, "pass"]]);
	assert.deepEqual(result.onlyReference.map((item) => [item.checkpoint, item.tokenIdx, item.values[0]]), [["logits", 1, 1], ["logits", 2, 9], ["embed", 1, 1]]);
	assert.deepEqual(result.onlyCandidate.map((item) => [item.checkpoint, item.tokenIdx]), [["logits", 7], ["embed", 0]]);
	assert.deepEqual([result.firstDivergence?.tokenIdx, result.firstDivergence?.occurrence], [2, 1]);
});

test("how many values were compared out of how many the shape says", () => {
	const pair = only(record(0, [1, 2, 3], { shape: [151936] }), record(0, [1, 2], { shape: [1, 151936] }));
	assert.deepEqual([pair.compared, pair.promised, pair.verdict], [2, 151936, "pass"]);
	assert.deepEqual(pair.notes, ["the shapes differ: [151936] in the reference, [1, 151936] in the candidate; only in axes of size 1", "the reference logs 3 values and the candidate 2; the first 2 are compared", "2 of 151,936 values compared"]);
});

test("shapes that differ forbid a comparison", () => {
	const pair = only(record(0, [1, 2], { shape: [2, 3] }), record(0, [1, 2], { shape: [3, 2] }));
	assert.deepEqual([pair.verdict, pair.reason, pair.compared], ["incomparable", "the shapes differ: [2, 3] in the reference, [3, 2] in the candidate", 0]);
	assert.equal(only(record(0, []), record(0, [])).verdict, "incomparable");
});

test("null, NaN and infinity are answers of their own", () => {
	const nulls = only(record(0, [1, null, null, 4]), record(0, [1, null, 3, 4]));
	assert.deepEqual([nulls.verdict, nulls.reason, nulls.compared, nulls.nulls], ["fail", "1 value null in one side only", 2, 2]);
	assert.equal(only(record(0, [null, 1]), record(0, [null, 1])).verdict, "pass");
	const nan = only(record(0, [1, Number.NaN]), record(0, [1, 2]));
	assert.deepEqual([nan.verdict, nan.reason, nan.figures.maxAbs], ["fail", "1 value NaN in the reference only", 0]);
	assert.equal(only(record(0, [1, Number.NaN]), record(0, [1, Number.NaN])).verdict, "incomparable");
	const infinite = only(record(0, [Number.POSITIVE_INFINITY]), record(0, [Number.NEGATIVE_INFINITY]));
	assert.equal(infinite.verdict, "fail");
});

test("the worst index counts from the record's first value, nulls included", () => {
	const pair = only(record(0, [1, null, 3, 4]), record(0, [1, 2, 3, 9]));
	assert.deepEqual([pair.worstIndex, pair.figures.maxAbs, pair.reason], [3, 5, "max-abs 5 is beyond 1e-4 (values[3])"]);
});

test("the reference among several producers, and why", () => {
	const producer = (name: string, file: string, entries = 10) => ({ name, paths: [file], entries });
	const two = [producer("PICASSO-LLAMA", "x/llama_hidden_states.jsonl", 14), producer("worker-orcd", "x/our_hidden_states.jsonl", 108)];
	assert.deepEqual(chooseReference(two), { name: "PICASSO-LLAMA", why: "the file name of the other says that it is a candidate" });
	assert.deepEqual(chooseReference(two, "worker-orcd"), { name: "worker-orcd", why: "chosen by hand" });
	assert.equal(chooseReference([...two, producer("golden-run", "x/g.jsonl")])?.name, "golden-run");
	assert.match(chooseReference([producer("b", "b.jsonl", 3), producer("a", "a.jsonl", 9)])!.why, /fewest entries \(3\)/);
	assert.deepEqual(chooseReference([producer("b", "b.jsonl"), producer("a", "a.jsonl")], "gone"), { name: "a", why: 'it is the first by name; nothing says which is the reference; "gone", which was chosen by hand, is not among the producers' });
	assert.equal(chooseReference([]), null);
});

function readLog(file: string): CheckpointRecord[] {
	return readFileSync(path.join(REAL, file), "utf8").split("\n").flatMap((text, index) => {
		if (text.trim() === "") return [];
		const item = JSON.parse(text);
		return [{ checkpoint: item.checkpoint, producer: item.team, tokenIdx: item.token_idx, dtype: item.dtype, shape: JSON.parse(item.shape), values: Float64Array.from(item.values), nulls: null, line: index + 1 }];
	});
}

test("the real logs give the authors' report, row by row", { skip: existsSync(REAL) ? false : "the folder of real checkpoint logs is not here" }, () => {
	const result = compareCheckpoints(readLog("llama_hidden_states.jsonl"), readLog("our_hidden_states.jsonl"));
	const rows = result.pairs.map((pair) => [pair.tokenIdx, scientific(pair.figures.maxAbs!), scientific(pair.figures.meanAbs!), pair.reference.producer, pair.candidate.producer].join());
	const head = [`# reference entries: ${result.referenceEntries}`, `# candidate entries: ${result.candidateEntries}`, `# common tokens: ${result.pairs.length}`, "token_idx,max_abs_diff,mean_abs_diff,llama_team,our_team"];
	assert.equal(`${[...head, ...rows].join("\n")}\n`, readFileSync(path.join(REAL, "expected_parity_report.csv"), "utf8"));
	assert.deepEqual([result.firstDivergence?.tokenIdx, result.onlyReference.length, result.onlyCandidate.length], [7, 0, 94]);
	assert.ok(result.pairs.every((pair) => pair.compared === 10 && pair.promised === 151936));
});
