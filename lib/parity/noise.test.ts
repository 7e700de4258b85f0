import assert from "node:assert/strict";
import { test } from "node:test";
import { caseNoise, type RepeatRun, repeatsOf } from "./noise";

const run = (name: string, commit: string | null, environment: Record<string, string> = {}): RepeatRun => ({ run: name, commit, reference: "c", candidate: "py", environment: new Map(Object.entries(environment)) });

test("runs of one commit, the same sides and environment repeat one another; times and paths do not count", () => {
	const runs = [run("1", "abc", { device: "cpu", timestamp: "a", c_trace: "x" }), run("2", "abc", { device: "cpu", timestamp: "b", c_trace: "y" }), run("3", "abc", { device: "cuda" }), run("4", "def", { device: "cpu" }), run("5", null)];
	assert.deepEqual(repeatsOf(runs, "1").runs, ["1", "2"]);
	assert.equal(repeatsOf(runs, "1").none, null);
	assert.match(repeatsOf(runs, "3").none!, /2 other runs are of its commit and sides, with another environment/);
	assert.match(repeatsOf(runs, "4").none!, /no other run is of its commit/);
	assert.match(repeatsOf(runs, "5").none!, /names no commit/);
	assert.match(repeatsOf(runs, "6").none!, /not one of the probe/);
});

const of = (name: string, list: [reference: number[], candidate: number[]][]) => list.map(([reference, candidate], i) => ({ run: String(i + 1), case: name, reference, candidate }));

test("a difference no larger than the noise of the noisier side is inside it", () => {
	const cases = [...of("quiet", [[[1], [1.5]], [[1], [1.5]]]), ...of("noisy", [[[1], [1.1]], [[1.2], [1.1]]]), ...of("once", [[[1], [2]]])];
	const answers = caseNoise(cases, "1", "abs");
	assert.deepEqual(answers.map((one) => [one.case, one.place]), [["quiet", "outside"], ["noisy", "inside"]]);
	assert.equal(answers[0]!.reference.floor, 0);
	assert.ok(Math.abs(answers[1]!.reference.floor! - 0.2) < 1e-12 && answers[1]!.candidate.floor === 0);
});

test("what cannot be compared is unknown, never inside", () => {
	const cases = [...of("nan", [[[Number.NaN], [1]], [[1], [1]]]), ...of("lengths", [[[1, 2], [1, 2]], [[1], [1]]]), ...of("sides", [[[1, 2], [1]], [[1, 2], [1]]])];
	assert.deepEqual(caseNoise(cases, "1", "rel").map(({ place }) => place), ["unknown", "unknown", "unknown"]);
});
