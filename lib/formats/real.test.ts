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
	assert.equal(kinds.get("known: checkpoint log"), 2);
	assert.equal(kinds.get("known: tensor (NPY)"), 4);
	assert.equal(kinds.get("known: image comparison"), 6);
	assert.equal(kinds.get("known: benchmark results"), 1);
	assert.equal(kinds.get("known: checksum list"), 2);
});
