import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { addsUp, type Batch, RECORDED_CASE, RECORDED_RUN, rowsOf } from "@/lib/model";
import { detect, HEAD_BYTES } from "./detect";

const REAL = path.resolve(process.cwd(), "../shared/real");
const skip = existsSync(REAL) ? false : "the folder ../shared/real is not there";

function load(file: string) {
	const bytes = new Uint8Array(readFileSync(path.join(REAL, file)));
	const found = detect(file, bytes.subarray(0, HEAD_BYTES));
	assert.ok(found.kind === "read", `${file} is read`);
	const parser = found.parser(file);
	const first = parser.push(bytes);
	const end = parser.end();
	assert.ok(addsUp(end.account), file);
	const batches: Batch[] = [...first, ...end.batches];
	const rows = (table: string) => batches.filter((batch) => batch.table === table).flatMap((batch) => [...rowsOf(batch)]);
	return { ...end, format: found.format, rows };
}

test("the hidden-state report: 14 cases, 94 entries that only one side has", { skip }, () => {
	const { format, rows, rejects, account } = load("hidden-states/expected_parity_report.csv");
	assert.equal(format, "parity report (csv)");
	assert.equal(rejects.length, 0);
	assert.deepEqual([account.lines, account.records, account.comments, account.other], [18, 14, 3, 1]);
	const [run] = rows(RECORDED_RUN);
	assert.deepEqual([run?.reference, run?.candidate, run?.measure, run?.unlisted_unmatched, run?.line], ["PICASSO-LLAMA", "worker-orcd", "max-abs", 94n, 1n]);
	const cases = rows(RECORDED_CASE);
	assert.equal(cases.length, 14);
	assert.deepEqual([cases[0]?.case_name, cases[0]?.value, cases[0]?.line], ["token 7", 1.009864e18, 5n]);
	assert.deepEqual([cases[13]?.case_name, cases[13]?.value, cases[13]?.line], ["token 20", 46538.46, 18n]);
	assert.equal(rows("csv").length, 14);
});

for (const [folder, candidate, word] of [
	["20251008T212459Z", "805473.78705817", "CRITICAL"],
	["20251008T044933Z", "861314.8125", "CRITICAL"],
	["20251009T013046Z", "805473.78705817", "CRITICAL"],
]) {
	test(`the factor comparison of ${folder}: nine factors, 2 divergent, the first I_before_scaling`, { skip }, () => {
		const { format, rows } = load(`scaling-trace/${folder}/metrics.json`);
		assert.equal(format, "factor comparison");
		const [run] = rows(RECORDED_RUN);
		assert.deepEqual([run?.reference, run?.candidate, run?.measure, run?.tolerance, run?.recorded_first_divergence], ["c", "py", "max-rel", 1e-6, "I_before_scaling"]);
		const cases = rows(RECORDED_CASE);
		assert.equal(cases.length, 9);
		assert.deepEqual([cases[0]?.case_name, cases[0]?.reference, cases[0]?.candidate, cases[0]?.recorded_verdict, cases[0]?.line], ["I_before_scaling", "943654.80923755", candidate, word, 6n]);
		const beyond = cases.filter((one) => (one.value as number) > 1e-6).map((one) => one.case_name);
		assert.deepEqual(beyond, ["I_before_scaling", "I_pixel_final"]);
		assert.deepEqual(cases.filter((one) => one.recorded_verdict !== "PASS").map((one) => one.case_name), beyond);
	});
}

function* filesUnder(folder: string): Generator<string> {
	for (const name of readdirSync(folder)) {
		const full = path.join(folder, name);
		if (statSync(full).isDirectory()) yield* filesUnder(full);
		else yield full;
	}
}

test("every real file is read, known or told to be unrecognised, and its lines add up", { skip }, () => {
	const kinds = new Map<string, number>();
	for (const full of filesUnder(REAL)) {
		const bytes = new Uint8Array(readFileSync(full));
		const source = path.relative(REAL, full);
		const found = detect(source, bytes.subarray(0, HEAD_BYTES));
		const kind = found.kind === "read" ? found.format : found.kind === "known" ? `known: ${found.name}` : found.kind;
		kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
		if (found.kind !== "read") continue;
		const parser = found.parser(source);
		parser.push(bytes);
		assert.ok(addsUp(parser.end().account), source);
	}
	assert.equal(kinds.get("unrecognised"), undefined);
	assert.equal(kinds.get("factor comparison"), 3);
	assert.equal(kinds.get("parity report (csv)"), 1);
	assert.equal(kinds.get("junit"), 2);
	assert.equal(kinds.get("checkpoint log"), 2);
	assert.equal(kinds.get("tensor"), 4);
	assert.equal(kinds.get("trace log"), 7);
	assert.equal(kinds.get("keyed rows (json)"), 1);
	assert.equal(kinds.get("image comparison"), 6);
	assert.equal(kinds.get("benchmark results"), 1);
	assert.equal(kinds.get("checksum list"), 2);
});

const SUPERVISOR = "bundles/reports/2025-10-cli-flags/phase_l/supervisor_command/20251009T024433Z";
const REMOVAL = "bundles/reports/2025-10-cli-flags/phase_phi_removal/phase_d/20251008T203504Z";
const WEIGHTS = "bundles/reports/2025-11-source-weights/phase_e/20251009T185357Z";

test("image comparisons as recorded: one at the top of a file, two under the names of their cases", { skip }, () => {
	const one = (file: string) => load(file).rows(RECORDED_CASE).map(({ case_name, value }) => [case_name, value]);
	assert.deepEqual(one(`${SUPERVISOR}/summary.json`), [["image", 0.9965614320231929]]);
	assert.deepEqual(one("tensors/detpixels-64_metrics.json"), [["AT-PARALLEL-001 detpixels-64", -0.011930915527045727]]);
	assert.deepEqual(one(`${WEIGHTS}/metrics.json`), [["TC-D1", 0.048638784604524546], ["TC-D3", 0.05295286882579458]]);
	const { rows, notes } = load(`${WEIGHTS}/metrics.json`);
	assert.deepEqual(notes, [], "each sum_ratio is py/c of the recorded sums");
	assert.deepEqual(rows(RECORDED_CASE).map(({ note }) => /sum_ratio (\d+\.\d\d)/.exec(String(note))?.[1]), ["46.85", "120.06"]);
	assert.deepEqual([rows(RECORDED_RUN)[0]?.reference, rows(RECORDED_RUN)[0]?.candidate], ["c", "py"]);
});

test("test output: 2, 2 and 7 tests passed; logs that only collected tests are no run", { skip }, () => {
	for (const [file, passed] of [[`${SUPERVISOR}/pytest_output.txt`, 2], [`${REMOVAL}/pytest.log`, 2], [`${WEIGHTS}/pytest_at_src_003.log`, 7]] as const) {
		const { format, rows, account } = load(file);
		assert.equal(format, "test output");
		assert.equal(rows(RECORDED_RUN).length, 1, file);
		assert.deepEqual(rows(RECORDED_CASE).map((one) => one.recorded_verdict), Array<string>(passed).fill("PASSED"), file);
		assert.equal(rows("text_lines").length, account.records, "each line can be searched");
	}
	for (const file of [`${REMOVAL}/collect.log`, `${WEIGHTS}/collect.log`, `${WEIGHTS}/pytest_tc_d_collect.log`]) {
		const { rows, notes } = load(file);
		assert.deepEqual([rows(RECORDED_RUN).length, rows(RECORDED_CASE).length], [0, 0], file);
		assert.match(notes.join(), /only collected/);
	}
});

test("benchmark results: warm speed-up 1.189 at size 4096", { skip }, () => {
	const { rows } = load("bundles/reports/2026-01-vectorization-gap/phase_b/20251010T043632Z/benchmark_results.json");
	const figures = new Map(rows("benchmarks").map((row) => [row.metric, row]));
	const warm = figures.get("speedup_warm");
	assert.deepEqual([warm?.size, Number(warm?.value).toFixed(3), warm?.unit], [4096, "1.189", "×"]);
	assert.deepEqual([figures.get("c_time")?.unit, figures.get("c_mem")?.unit, figures.get("c_mem")?.value], ["s", null, 0]);
	assert.equal(rows("json").length, 1);
	assert.equal(rows(RECORDED_RUN).length, 0, "times are no verdict");
});

test("checksum lists: every line is an entry", { skip }, () => {
	assert.deepEqual([load(`${REMOVAL}/sha256.txt`).rows("checksums").length, load(`${SUPERVISOR}/sha256.txt`).rows("checksums").length], [8, 6]);
});

test("checkpoint logs: 14 and 108 entries, 14 common tokens, the first difference at token 7 is at most 1.009864e+18", { skip }, () => {
	const [c, port] = ["hidden-states/llama_hidden_states.jsonl", "hidden-states/our_hidden_states.jsonl"].map((file) => {
		const { format, rows, rejects } = load(file);
		assert.equal(format, "checkpoint log");
		assert.deepEqual(rejects, []);
		return rows("checkpoints");
	});
	assert.deepEqual([c?.length, port?.length], [14, 108]);
	assert.deepEqual([c?.[0]?.producer, c?.[0]?.shape, c?.[0]?.token_idx], ["PICASSO-LLAMA", [151_936n], 7n]);
	const byToken = new Map(port?.map((row) => [row.token_idx, row.values as number[]]));
	const common = c?.filter((row) => byToken.has(row.token_idx as bigint)) ?? [];
	assert.equal(common.length, 14);
	const expected = load("hidden-states/expected_parity_report.csv").rows(RECORDED_CASE);
	common.forEach((row, i) => {
		const other = byToken.get(row.token_idx as bigint)!;
		const most = Math.max(...(row.values as number[]).map((value, at) => Math.abs(value - other[at]!)));
		assert.equal(most.toExponential(6), Number(expected[i]?.value).toExponential(6), `token ${row.token_idx}`);
	});
});

for (const [file, side, count] of [
	["scaling-trace/20251008T212459Z/c_trace_scaling.log", "c", 40],
	["scaling-trace/20251008T212459Z/trace_py_scaling.log", "py", 45],
	[`${REMOVAL}/trace_c_spec.log`, "c", 40],
	[`${REMOVAL}/trace_py_spec.log`, "py", 45],
] as const) {
	test(`the trace ${file}: ${count} keys of the side ${side}`, { skip }, () => {
		const { format, rows, rejects, account } = load(file);
		assert.equal(format, "trace log");
		assert.deepEqual(rejects, []);
		const lines = readFileSync(path.join(REAL, file), "utf8").split("\n");
		const values = rows("trace_values");
		// The recorded count is of the lines that say a key and, after a space, its value.
		const spaced = values.filter((row) => lines[Number(row.line) - 1]!.startsWith(`TRACE_${side.toUpperCase()}: `));
		assert.equal(spaced.length, count);
		assert.equal(new Set(spaced.map((row) => row.key)).size, count);
		assert.deepEqual([...new Set(values.map((row) => row.side))], [side]);
		assert.ok(spaced.every((row) => row.numbers !== null));
		assert.equal(account.other, rows("text_lines").length);
		assert.equal(new Set(values.map((row) => row.line)).size + account.other + account.blanks, account.lines);
	});
}

test("per-step JSON pairs with the rows TRACE_C_PHI by phi_tic", { skip }, () => {
	const json = load("bundles/reports/2025-10-cli-flags/phase_l/scaling_validation/fix_20251008T231211Z/trace_py_scaling_per_phi.json");
	const py = json.rows("trace_values").filter((row) => row.key === "k_frac");
	assert.deepEqual([json.format, py.length, py[0]?.side, json.rows("json").length], ["keyed rows (json)", 10, "py", 1]);
	const c = load(`${REMOVAL}/trace_c_spec.log`).rows("trace_values").filter((row) => row.key === "PHI.k_frac");
	assert.deepEqual(c.map((row) => row.ordinal), py.map((row) => row.ordinal));
	assert.deepEqual([py[0]?.numbers, c[0]?.numbers], [[-0.589174403552437], [-0.607255839576692]]);
});

test("tensors: mean times elements is the sum that the comparison recorded", { skip }, () => {
	for (const size of ["64", "128"]) {
		const metrics: Record<string, number> = JSON.parse(readFileSync(path.join(REAL, `tensors/detpixels-${size}_metrics.json`), "utf8"));
		for (const side of ["c", "py"]) {
			const { format, rows } = load(`tensors/detpixels-${size}_${side}.npy`);
			const [row] = rows("tensors");
			assert.equal(format, "tensor");
			assert.deepEqual([row?.dtype, row?.shape, row?.nans], ["float32", [BigInt(size), BigInt(size)], 0n]);
			const sum = (row?.mean as number) * Number(row?.elements);
			// The recorded sum is one of 32-bit floats.
			assert.ok(Math.abs(sum - metrics[`${side}_sum`]!) <= Math.abs(sum) * 1e-6, `${side}_sum of ${size}: ${sum} against ${metrics[`${side}_sum`]}`);
		}
	}
});
