import assert from "node:assert/strict";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, describe, test } from "node:test";
import { SAMPLE_ANSWERS } from "@/lib/cli/sample/answers";
import type { Engine } from "@/lib/engine/engine";
import { openNodeEngine } from "@/lib/engine/open-node";
import { scientific } from "@/lib/parity/delta";
import { folderWorkspace } from "@/lib/workspace/folder";
import { type ComparedArrays, readPairs } from "./compare-tensor-read";
import { load } from "./load";

const REAL = path.resolve(process.cwd(), "../shared/real");
const skip = existsSync(REAL) ? false : "the folder of real files is not here";

let engine: Engine;
const folder = mkdtempSync(path.join(tmpdir(), "casebook-compare-"));

async function rows(sql: string): Promise<(string | null)[][]> {
	const result = await engine.query(sql);
	await result.complete;
	return Array.from({ length: result.numRows }, (_, row) => result.columns.map((_, column) => result.text(row, column)));
}

function write(name: string, content: string | Uint8Array): void {
	const file = path.join(folder, name);
	mkdirSync(path.dirname(file), { recursive: true });
	writeFileSync(file, content);
}

async function open(root: string): Promise<void> {
	engine = await openNodeEngine();
	await load(folderWorkspace(root, { include: [] }), engine);
}

describe("the real files", { skip }, () => {
	before(() => open(REAL));
	after(() => engine.close());

	test("checkpoint logs give the authors' report, figure by figure", async () => {
		const found = await rows("SELECT case_name, value, regexp_extract(note, 'mean-abs ([^;]+)', 1), verdict, note, source, line FROM cases WHERE probe = 'hidden-states/checkpoints' ORDER BY position");
		const expected = readFileSync(path.join(REAL, "hidden-states/expected_parity_report.csv"), "utf8").split("\n").filter((line) => /^\d/.test(line)).map((line) => line.split(","));
		assert.deepEqual(found.slice(0, 14).map(([name, value, mean, verdict]) => [name, scientific(Number(value)), mean, verdict]), expected.map(([token, max, mean]) => [`logits token ${token}`, max, mean, "fail"]));
		assert.ok(found.slice(0, 14).every((row) => row[4]?.includes("10 of 151,936 values compared")));
		assert.match(found[0]![4]!, /worst at values\[2\]: .*reference: hidden-states\/llama_hidden_states\.jsonl:1/);
		assert.deepEqual(found[0]!.slice(5), ["hidden-states/our_hidden_states.jsonl", "8"]);
		assert.deepEqual([found.length, found.slice(14).every((row) => row[3] === "unmatched")], [108, true]);
		assert.deepEqual(await rows("SELECT passed, failed, unmatched, first_divergence, reference, candidate, ran_at, ran_at_from FROM runs WHERE probe = 'hidden-states/checkpoints'"), [["0", "14", "94", "logits token 7", "PICASSO-LLAMA", "worker-orcd", "2025-10-07 19:47:11", "content"]]);
	});

	test("the nine recorded factors come out of the raw traces", async () => {
		const metrics = JSON.parse(readFileSync(path.join(REAL, "scaling-trace/20251008T212459Z/metrics.json"), "utf8"));
		const found = new Map((await rows("SELECT case_name, value, verdict, reference, candidate, note FROM cases WHERE probe = 'scaling-trace/traces' AND run = 'scaling-trace/20251008T212459Z/traces'")).map(([name, ...rest]) => [name, rest]));
		for (const [name, factor] of Object.entries<{ c_value: number; py_value: number; abs_delta: number; rel_delta: number; status: string }>(metrics.factors)) {
			const [value, verdict, reference, candidate, note] = found.get(name)!;
			assert.ok(Math.abs(Number(value) - Math.abs(factor.rel_delta)) <= 1e-12, name);
			const delta = Number(/candidate − reference is (\S+?)(;|$)/.exec(note!)?.[1] ?? 0);
			assert.ok(Math.abs(delta - factor.abs_delta) <= 1e-12 * Math.max(1, Math.abs(factor.abs_delta)), `${name}: ${delta}`);
			assert.equal(verdict, factor.status === "PASS" ? "pass" : "fail", name);
			assert.deepEqual([Number(reference), Number(candidate)], [factor.c_value, factor.py_value], name);
		}
		assert.match(found.get("I_before_scaling")![4]!, /^the candidate calls it I_before_scaling_pre_polar;/);
		const [run] = await rows("SELECT first_divergence, tolerance, inferred, git_commit, ran_at, bundle, note FROM runs WHERE probe = 'scaling-trace/traces'");
		assert.deepEqual(run!.slice(0, 6), ["pixel_pos_meters", "0.000001", "false", "f81b8a5003ee25ec3f2f1b9ff2db591325cf9918", "2025-10-08 21:26:30.890021", "scaling-trace/20251008T212459Z"]);
		assert.match(run![6]!, /run_metadata\.json names both logs.*of the 9 factors that metrics\.json compares the first that diverges is I_before_scaling, as it records/);
		assert.deepEqual(await rows("SELECT count(*), any_value(first_divergence) FROM runs WHERE probe = 'scaling-trace/metrics.json'"), [["3", "I_before_scaling"]], "the recorded probe stays its own");
	});

	test("the whole traces of a bundle diverge at the pixel's position", async () => {
		const probe = "bundles/reports/2025-10-cli-flags/phase_phi_removal/phase_d/traces";
		const [first] = await rows(`SELECT c.case_name, c.value, c.reason, c.source, c.line FROM runs r JOIN cases c ON c.probe = r.probe AND c.run = r.run AND c.position = r.first_divergence_position WHERE r.probe = '${probe}'`);
		assert.deepEqual([first![0], Number(first![1]).toExponential(2), first![2]], ["pixel_pos_meters", "3.19e-6", "max-rel 3.18809e-6 is beyond 1e-6 in component 0"]);
		assert.deepEqual(await rows(`SELECT text[1:16] FROM trace_values WHERE source = '${first![3]}' AND line = ${first![4]}`), await rows(`SELECT candidate[1:16] FROM cases WHERE probe = '${probe}' AND case_name = 'pixel_pos_meters'`));
		const [offer] = await rows(`SELECT verdict, note FROM cases WHERE probe = '${probe}' AND case_name = 'F_cell'`);
		assert.deepEqual(offer, ["unmatched", "may be F_cell_interpolated or F_cell_nearest of the other side: 2 keys of the other side would fit, so none is paired"]);
	});

	test("arrays give the figures of their recorded comparison", async () => {
		for (const name of ["detpixels-128", "detpixels-64"]) {
			const metrics = JSON.parse(readFileSync(path.join(REAL, `tensors/${name}_metrics.json`), "utf8"));
			const [[value, note, verdict] = []] = await rows(`SELECT value, note, verdict FROM cases WHERE probe = 'tensors/tensors' AND case_name = '${name}.npy'`);
			const figure = (word: string) => Number(new RegExp(`${word} (\\S+?)(;|$)`).exec(note!)![1]);
			const close = (actual: number, expected: number) => assert.ok(Math.abs(actual - expected) <= 2e-6 * Math.max(1, Math.abs(expected)), `${name}: ${actual} against ${expected}`);
			close(Number(value), metrics.max_abs_diff);
			close(figure("RMSE") ** 2, metrics.mse);
			close(figure("RMSE"), metrics.rmse);
			close(figure("correlation"), metrics.correlation);
			close(figure("sum ratio"), metrics.sum_ratio);
			close(Number(/sums (\S+) and/.exec(note!)![1]), metrics.c_sum);
			close(Number(/sums \S+ and (\S+);/.exec(note!)![1]), metrics.py_sum);
			assert.equal(verdict, "fail");
		}
		assert.deepEqual(await rows("SELECT ran_at, ran_at_from, reference, candidate FROM runs WHERE probe = 'tensors/tensors'"), [["2025-10-06 14:24:25.514664", "sibling", "c", "py"]]);
	});
});

describe("the sample workspace", () => {
	before(() => open(path.resolve("data")));
	after(() => engine.close());

	test("its raw files give the figures of the generator's own bookkeeping", async () => {
		const { hiddenStates, tensors, scaling } = SAMPLE_ANSWERS;
		const [[passed, compared, maxAbs, first] = []] = await rows("SELECT count(*) FILTER (verdict = 'pass'), count(*) FILTER (verdict IN ('pass', 'fail')), max(value), any_value(r.first_divergence) FROM cases JOIN runs r USING (probe, run) WHERE probe = 'reports/hidden-states/checkpoints'");
		assert.deepEqual([Number(passed), Number(compared), Number(scientific(Number(maxAbs))), first], [hiddenStates.within, 14, hiddenStates.maxAbsDiff, `logits token ${hiddenStates.firstDivergence}`]);
		const [[value, note] = []] = await rows("SELECT value, note FROM cases WHERE probe = 'tensors/tensors'");
		const figure = (word: string) => Number(new RegExp(`${word} (\\S+?)(;|$)`).exec(note!)![1]);
		for (const [found, expected] of [[Number(value), tensors.maxAbsDiff], [figure("RMSE"), tensors.rmse], [figure("correlation"), tensors.correlation], [figure("sum ratio"), tensors.sumRatio]] as const) assert.ok(Math.abs(found - expected) <= 1e-9 * Math.max(1, Math.abs(expected)), `${found} against ${expected}`);
		const factors = await rows("SELECT t.case_name, t.value, m.value, t.verdict, m.verdict FROM cases t JOIN cases m ON m.case_name = t.case_name AND m.probe = 'reports/scaling/metrics.json' AND m.run = 'reports/scaling/20260504T101836Z/metrics.json' WHERE t.probe = 'reports/scaling/traces'");
		assert.equal(factors.length, 9);
		assert.ok(factors.some(([, mine]) => Math.abs(Number(mine) - Math.abs(scaling.lastRelDelta)) <= 1e-9));
		for (const [name, mine, recorded, verdict, recordedVerdict] of factors) {
			assert.ok(Math.abs(Number(mine) - Number(recorded)) <= 1e-12, name!);
			assert.equal(verdict, recordedVerdict, name!);
		}
	});
});

describe("keyed rows of JSON", { skip }, () => {
	before(async () => {
		cpSync(path.join(REAL, "scaling-trace/20251008T212459Z/c_trace_scaling.log"), path.join(folder, "keyed/c_trace_scaling.log"), { recursive: true });
		cpSync(path.join(REAL, "bundles/reports/2025-10-cli-flags/phase_l/scaling_validation/fix_20251008T231211Z/trace_py_scaling_per_phi.json"), path.join(folder, "keyed/trace_py_scaling_per_phi.json"));
		await open(folder);
	});
	after(async () => {
		await engine.close();
		rmSync(path.join(folder, "keyed"), { recursive: true });
	});

	test("pair with the rows of a trace by what numbers them", async () => {
		const found = await rows("SELECT case_name, verdict, note, source FROM cases WHERE probe = 'keyed/traces' AND verdict IN ('pass', 'fail') ORDER BY position LIMIT 2");
		assert.deepEqual(found.map(([name, verdict]) => [name, verdict]), [["PHI.phi_deg [phi_tic=0]", "pass"], ["PHI.k_frac [phi_tic=0]", "fail"]]);
		assert.match(found[0]![2]!, /the candidate calls it phi_deg/);
		assert.equal(found[0]![3], "keyed/trace_py_scaling_per_phi.json");
		assert.deepEqual(await rows("SELECT count(*) FROM cases WHERE probe = 'keyed/traces' AND case_name LIKE 'PHI.%' AND verdict IN ('pass', 'fail')"), [["40"]]);
	});
});

describe("a workspace of raw files", () => {
	const npy = (dtype: string, shape: string, values: ArrayBufferView, fortran = false) => {
		const head = `{'descr': '${dtype}', 'fortran_order': ${fortran ? "True" : "False"}, 'shape': ${shape}, }`;
		const text = `${head.padEnd(117)}\n`;
		const data = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
		const out = new Uint8Array(10 + text.length + data.length);
		out.set([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0, text.length, 0]);
		out.set(new TextEncoder().encode(text), 10);
		out.set(data, 10 + text.length);
		return out;
	};
	const entry = (producer: string, checkpoint: string, token: number, values: readonly (number | null)[]) => `${JSON.stringify({ checkpoint, team: producer, token_idx: token, dtype: "f32", shape: [values.length], values })}\n`;

	before(async () => {
		write("logs/20260101/golden.jsonl", entry("golden", "a", 0, [1, 2]) + entry("golden", "a", 1, [1, null]) + entry("golden", "b", 0, [3]));
		write("logs/20260101/fast.jsonl", entry("fast", "a", 0, [1, 2]) + entry("fast", "a", 1, [1, 2]) + entry("fast", "c", 0, [3]));
		write("logs/20260101/slow.jsonl", entry("slow", "a", 0, [1, 2.5]));
		write("logs/20260102/golden.jsonl", entry("golden", "a", 0, [1]));
		write("alone/one.jsonl", entry("golden", "a", 0, [1]));
		write("raw/20260103T101500Z/spec/c_trace.log", "TRACE_C: a 1\nTRACE_C: b 1 2\nTRACE_C: only_c 4\nTRACE_C: name yes\n");
		write("raw/20260103T101500Z/spec/py_trace.log", "TRACE_PY: a 1\nTRACE_PY: b 1 2 3\nTRACE_PY: name no\nTRACE_PY: extra 0\n");
		write("raw/20260104T101500Z/spec/c_trace.log", "TRACE_C: a 1\n");
		write("results/20260103/run_metadata.json", JSON.stringify({ timestamp: "2026-01-03T10:20:00Z", git_sha: "0badc0de1", tolerance_rel: 0.001, c_trace: "/home/me/raw/20260103T101500Z/spec/c_trace.log", py_trace: "/home/me/raw/20260103T101500Z/spec/py_trace.log" }));
		write("names/c_trace_x.log", "TRACE_C: a 1\n");
		write("names/trace_py_x.log", "TRACE_PY: a 1\n");
		write("names/c_trace_y.log", "TRACE_C: a 1\n");
		write("names/trace_py_y.log", "TRACE_PY: a 2\n");
		write("open/c_trace_x.log", "TRACE_C: a 1\n");
		write("open/c_trace_y.log", "TRACE_C: a 1\n");
		write("open/trace_py_z.log", "TRACE_PY: a 1\n");
		write("arrays/same_c.npy", npy("<f4", "(2, 3)", Float32Array.of(1, 2, 3, 4, 5, 6)));
		write("arrays/same_py.npy", npy(">f8", "(2, 3)", swapped(Float64Array.of(1, 2, 3, 4, 5, 6.5))));
		write("arrays/order_c.npy", npy("<i2", "(2, 3)", Int16Array.of(1, 2, 3, 4, 5, 6)));
		write("arrays/order_py.npy", npy("<i2", "(2, 3)", Int16Array.of(1, 4, 2, 5, 3, 6), true));
		write("arrays/shape_c.npy", npy("<f4", "(2,)", Float32Array.of(1, 2)));
		write("arrays/shape_py.npy", npy("<f4", "(3,)", Float32Array.of(1, 2, 3)));
		write("arrays/nan_c.npy", npy("<f4", "(2,)", Float32Array.of(1, 2)));
		write("arrays/nan_py.npy", npy("<f4", "(2,)", Float32Array.of(1, Number.NaN)));
		write("arrays/lost_c.npy", npy("<f4", "(1,)", Float32Array.of(1)));
		write("arrays/run_metadata.json", JSON.stringify({ atol: 1, note: "wide" }));
		write("big/x_golden.npy", npy("<f4", "(1500, 2000)", Float32Array.from({ length: 3_000_000 }, (_, i) => i % 1000)));
		write("big/x_actual.npy", npy("<f4", "(1500, 2000)", Float32Array.from({ length: 3_000_000 }, (_, i) => (i % 1000) + (i === 2_345_678 ? 7 : 0))));
		write("casebook.json", JSON.stringify({ casebook: 1, probes: { rename: [{ from: "names/traces/y", to: "y of names" }], merge: [{ probes: ["big/*", "arrays/*"], into: "all arrays" }], reference: [{ probe: "logs/checkpoints/*", producer: "golden" }], split: [{ probe: "x" }] } }, null, 1));
		await open(folder);
	});
	after(() => engine.close());

	test("checkpoint logs: every other producer with the reference, one side's entries unmatched", async () => {
		assert.deepEqual(await rows("SELECT probe, run, passed, failed, unmatched, first_divergence FROM runs WHERE run LIKE '%checkpoints%' ORDER BY run"), [
			["logs/checkpoints/fast", "logs/20260101/checkpoints/fast", "1", "1", "2", "a token 1"],
			["logs/checkpoints/slow", "logs/20260101/checkpoints/slow", "0", "1", "2", "a token 0"],
		]);
		assert.deepEqual(await rows("SELECT case_name, verdict, reason, source, line FROM cases WHERE run = 'logs/20260101/checkpoints/fast' ORDER BY position"), [
			["a token 0", "pass", "max-abs 0 is within 1e-4", "logs/20260101/fast.jsonl", "1"],
			["a token 1", "fail", "1 value null in one side only", "logs/20260101/fast.jsonl", "2"],
			["b token 0", "unmatched", "the candidate has no such entry", "logs/20260101/golden.jsonl", "3"],
			["c token 0", "unmatched", "the reference has no such entry", "logs/20260101/fast.jsonl", "3"],
		]);
		assert.deepEqual(await rows("SELECT case_name, value, reference, candidate, note FROM cases WHERE run = 'logs/20260101/checkpoints/fast' AND position < 3 ORDER BY position"), [
			["a token 0", "0.0", "1 at values[0]", "1 at values[0]", "mean-abs 0.000000e+00; worst at values[0]: 1 against 1; 2 of 2 values compared; reference: logs/20260101/golden.jsonl:1"],
			["a token 1", null, "null at values[1]", "2 at values[1]", "max-abs of the finite values 0.000000e+00; mean-abs 0.000000e+00; worst at values[0]: 1 against 1; 1 place with null, each in one side only; 1 of 2 values compared; reference: logs/20260101/golden.jsonl:2"],
			["b token 0", null, "1 value", null, null],
		]);
	});

	test("traces that a document in another folder names", async () => {
		const [run] = await rows("SELECT probe, passed, failed, unmatched, incomparable, tolerance, git_commit, ran_at, ran_at_from, source FROM runs WHERE run = 'results/20260103/traces'");
		assert.deepEqual(run, ["results/traces", "1", "1", "2", "1", "0.001", "0badc0de1", "2026-01-03 10:20:00", "sibling", "raw/20260103T101500Z/spec/py_trace.log"]);
		assert.deepEqual(await rows("SELECT case_name, verdict, reason, source, line FROM cases WHERE run = 'results/20260103/traces' ORDER BY position"), [
			["a", "pass", "max-rel 0 is within 0.001", "raw/20260103T101500Z/spec/py_trace.log", "1"],
			["b", "incomparable", "the reference has 2 numbers, the candidate 3 numbers", "raw/20260103T101500Z/spec/py_trace.log", "2"],
			["only_c", "unmatched", "the candidate has no such value", "raw/20260103T101500Z/spec/c_trace.log", "3"],
			["name", "fail", "the two sides are different texts", "raw/20260103T101500Z/spec/py_trace.log", "3"],
			["extra", "unmatched", "the reference has no such value", "raw/20260103T101500Z/spec/py_trace.log", "4"],
		]);
	});

	test("traces of one folder by their names; what is open is said and not compared", async () => {
		assert.deepEqual(await rows("SELECT probe, passed, failed, inferred FROM runs WHERE run LIKE 'names/%' ORDER BY run"), [["names/traces/x", "1", "0", "true"], ["y of names", "0", "1", "true"]]);
		assert.deepEqual(await rows("SELECT passed + failed, skipped, note LIKE '%c (2) and py (1)%nothing was compared%' FROM runs WHERE run = 'open/traces'"), [["0", "3", "true"]]);
	});

	test("arrays: values, order, shapes, NaN, a side alone", async () => {
		assert.deepEqual(await rows("SELECT case_name, value, verdict, tolerance, reason FROM cases WHERE run = 'arrays/tensors' ORDER BY case_name"), [
			["lost_c.npy", null, "unmatched", "1.0", "the candidate has no such array"],
			["nan.npy", null, "fail", "1.0", "1 value NaN in the candidate only"],
			["order.npy", "0.0", "pass", "1.0", "6 values within a max-abs of 1; the largest difference is 0"],
			["same.npy", "0.5", "pass", "1.0", "6 values within a max-abs of 1; the largest difference is 0.5"],
			["shape.npy", null, "incomparable", "1.0", "the shapes differ: (2,) in the reference, (3,) in the candidate (2 values against 3)"],
		]);
		const [[note] = []] = await rows("SELECT note FROM cases WHERE run = 'arrays/tensors' AND case_name = 'same.npy'");
		assert.deepEqual(await rows("SELECT reference, candidate, note LIKE 'max-abs of the finite values 0; %' FROM cases WHERE run = 'arrays/tensors' AND case_name = 'nan.npy'"), [["2 at [1]", "NaN at [1]", "true"]]);
		assert.match(note!, /^worst at \[1, 2\]: 6 against 6\.5; max-rel 0\.08333333333333333 at \[1, 2\]; mean-abs 0\.08333333333333333; .*the types differ: float32 in the reference, float64 in the candidate/);
		assert.deepEqual(await rows("SELECT probe, passed, failed, unmatched, incomparable, note LIKE '%the tolerance is that of run_metadata.json%' FROM runs WHERE run = 'arrays/tensors'"), [["all arrays", "2", "1", "1", "1", "true"]]);
	});

	test("arrays that are read side by side in ranges", async () => {
		const [[value, note, verdict] = []] = await rows("SELECT value, note, verdict FROM cases WHERE run = 'big/tensors'");
		assert.deepEqual([value, verdict], ["7.0", "fail"]);
		assert.match(note!, /^worst at \[1172, 1678\]: 678 against 685; .*1 of 3,000,000 values above the tolerance/);
	});

	test("a faulty rule is a reject of casebook.json, and the others hold", async () => {
		assert.deepEqual(await rows("SELECT line, reason FROM rejects WHERE source = 'casebook.json'"), [["26", '"path" is missing in a rule of "split" (it needs "probe", "path", "into"). The rule is left out.']]);
		assert.deepEqual(await rows("SELECT state FROM sources WHERE path = 'casebook.json'"), [["partial"]]);
	});
});

test("a casebook.json that is no JSON changes nothing, and says so", async () => {
	write("broken/casebook.json", '{"casebook": 1,\n "probes": {');
	write("broken/c_trace.log", "TRACE_C: a 1\n");
	write("broken/py_trace.log", "TRACE_PY: a 1\n");
	await open(path.join(folder, "broken"));
	try {
		assert.deepEqual(await rows("SELECT probe, passed FROM runs"), [["traces", "1"]]);
		assert.deepEqual(await rows("SELECT s.state, count(*), any_value(s.note LIKE '%no probe is merged, split or renamed by it') FROM sources s JOIN rejects r ON r.source = s.path WHERE s.path = 'casebook.json' GROUP BY 1"), [["failed", "1", "true"]]);
	} finally {
		await engine.close();
		rmSync(folder, { recursive: true });
	}
});

test("arrays that a cancelled load does not come to are skipped, and what was read is kept", async () => {
	const tensor = { path: "x", dtype: "float32", shape: [1], fortranOrder: false, elements: 1 };
	const abort = new AbortController();
	abort.abort();
	const pair = { reference: { ...tensor, path: "x_c.npy" }, candidate: { ...tensor, path: "x_py.npy" }, tolerance: 1 };
	const large = { ...pair, candidate: { ...tensor, path: "y_py.npy" } };
	const answers: ComparedArrays[] = [];
	const workspace = folderWorkspace(path.resolve("data"), { include: [] });
	for await (const { result } of readPairs([pair, large], workspace, (file) => (file.startsWith("y") ? 2 ** 40 : 132), abort.signal)) answers.push(result);
	assert.deepEqual(answers, [
		{ kind: "left", reason: "it was not compared: a side is 1048576 MB, and arrays above 512 MB a side are left" },
		{ kind: "left", reason: "loading was cancelled before it came to these arrays" },
	]);
});

function swapped(values: Float64Array): Uint8Array {
	const bytes = new Uint8Array(values.buffer);
	for (let at = 0; at < bytes.length; at += 8) bytes.subarray(at, at + 8).reverse();
	return bytes;
}
