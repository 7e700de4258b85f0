import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, describe, test } from "node:test";
import { gzipSync } from "node:zlib";
import type { Engine } from "@/lib/engine/engine";
import { openNodeEngine } from "@/lib/engine/open-node";
import { folderWorkspace } from "@/lib/workspace/folder";
import { load } from "./load";

const folder = mkdtempSync(path.join(tmpdir(), "casebook-hand-"));
let engine: Engine;

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

function npy(values: Float64Array | BigInt64Array, shape: string): Uint8Array {
	const header = `{'descr': '${values instanceof Float64Array ? "<f8" : "<i8"}', 'fortran_order': False, 'shape': ${shape}, }`.padEnd(117);
	return Buffer.concat([Buffer.from("\x93NUMPY\x01\x00\x76\x00", "latin1"), Buffer.from(`${header}\n`), Buffer.from(values.buffer)]);
}

const checkpoint = (name: string, values: number[], team = "same") => `${JSON.stringify({ ts: "2026-01-02T00:00:00Z", team, checkpoint: name, token_idx: 0, dtype: "f32", shape: [values.length], values })}\n`;

/** Line n of `casebook.json` is the n-th pair. */
const PAIRS = [
	{ reference: "arrays/x_c.npy", candidate: "arrays/y_py.npy", tolerance: "rel:0.25", probe: "crossed" },
	{ reference: "tensors/old", candidate: "tensors/new" },
	{ reference: "logs/20260101/first.jsonl", candidate: "logs/20260102/second.jsonl", tolerance: "abs:0.5", probe: "drift of one producer" },
	{ reference: "golden/trace.log", candidate: "runs/*/py_trace.log", tolerance: "rel:0.5", probe: "against golden" },
	{ reference: "wire/rust", candidate: "wire/go", ignore: ["timestamp", "nothing"], probe: "wire" },
	{ reference: "rows/rust.jsonl", candidate: "rows/go.jsonl.gz" },
	{ reference: "wire/lost.json", candidate: "wire/go/a.json" },
	{ reference: "arrays/x_c.npy", candidate: "golden/trace.log" },
	{ reference: "golden/trace.log", candidate: "runs/20260103/c_trace.log", tolerance: "abs:1" },
	{ reference: "arrays/wide_a.npy", candidate: "arrays/wide_b.npy" },
	{ reference: "rows/rust.jsonl", candidate: "rows/go.jsonl.*" },
];

before(async () => {
	write("casebook.json", `{"casebook": 1, "pairs": [${PAIRS.map((pair) => JSON.stringify(pair)).join(",\n")}]}`);
	write("arrays/x_c.npy", npy(Float64Array.of(1, 10, 100, 4), "(2, 2)"));
	write("arrays/x_py.npy", npy(Float64Array.of(9, 9, 9, 9), "(2, 2)"));
	write("arrays/y_py.npy", npy(Float64Array.of(1.5, 10, 101, 4), "(2, 2)"));
	write("arrays/wide_a.npy", npy(BigInt64Array.of(9007199254740993n, 1n), "(2,)"));
	write("arrays/wide_b.npy", npy(BigInt64Array.of(9007199254740995n, 1n), "(2,)"));
	write("tensors/old/a.npy", npy(Float64Array.of(0, 1), "(2,)"));
	write("tensors/old/b.npy", npy(Float64Array.of(0, 1), "(2,)"));
	write("tensors/new/a.npy", npy(Float64Array.of(0, 1), "(2,)"));
	write("tensors/new/deep/c.npy", npy(Float64Array.of(0, 1), "(2,)"));
	write("logs/20260101/first.jsonl", checkpoint("logits", [1, 2, 3]) + checkpoint("gone", [1]));
	write("logs/20260102/second.jsonl", checkpoint("logits", [1, 2.25, 3]));
	write("golden/trace.log", "TRACE_C: a 1\nTRACE_C: b 4\n");
	for (const [day, b] of [["20260103", "5"], ["20260104", "9"]] as const) {
		write(`runs/${day}/c_trace.log`, "TRACE_C: a 7\n");
		write(`runs/${day}/py_trace.log`, `TRACE_PY: a 1\nTRACE_PY: b ${b}\n`);
	}
	write("wire/rust/a.json", '{"field": "x", "n": 1.0, "timestamp": "2026-01-01T00:00:00Z"}');
	write("wire/go/a.json", '{"timestamp": "2026-01-02T00:00:00Z", "n": 1, "field": "x"}');
	write("wire/rust/b.json", '{"Schema": {"field": "x"}}');
	write("wire/go/b.json", '{"Kind": "schema", "Field": "x"}');
	write("wire/rust/c.json", '{"only": "rust"}');
	write("wire/rust/env.json", '{"host": "a"}');
	write("wire/go/env.json", '{"host": "b"}');
	write("wire/go/README.md", "prose\n");
	write("rows/rust.jsonl", '{"id": 1}\n\n{"id": null}\n{"id": 3}\n');
	write("rows/go.jsonl.gz", gzipSync('{"id": 1}\n{}\n'));
	// The rules are written last, and are a file like any other until then.
	write("sha256.txt", `${createHash("sha256").update(readFileSync(path.join(folder, "casebook.json"))).digest("hex")}  ./casebook.json\n`);
	engine = await openNodeEngine();
	await load(folderWorkspace(folder, { include: [] }), engine);
});

after(async () => {
	await engine.close();
	rmSync(folder, { recursive: true });
});

describe("pairs of casebook.json", () => {
	test("arrays: the pair that is named, with its tolerance, and not the one of the names", async () => {
		assert.deepEqual(await rows("SELECT probe, run, measure, tolerance, passed, failed, inferred, reference, candidate FROM runs WHERE source LIKE 'arrays/y%' OR source LIKE 'arrays/x%'"), [["crossed", "arrays/y_py.npy against arrays/x_c.npy", "max-rel", "0.25", "0", "1", "false", "arrays/x_c.npy", "arrays/y_py.npy"]]);
		const [[value, reference, candidate, reason, note] = []] = await rows("SELECT value, reference, candidate, reason, note FROM cases WHERE probe = 'crossed'");
		assert.deepEqual([value, reference, candidate], ["0.5", "1 at [0, 0]", "1.5 at [0, 0]"]);
		assert.match(reason!, /1 value of 4 pairs beyond a max-rel of 0\.25; the largest difference is 0\.5/);
		assert.match(note!, /^worst at \[0, 0\]: 1 against 1\.5; max-abs 1; /);
		assert.match((await rows("SELECT note FROM runs WHERE probe = 'crossed'"))[0]![0]!, /paired by hand in casebook\.json, line 1, which states the tolerance/);
	});

	test("64-bit integers keep their digits", async () => {
		assert.deepEqual(await rows("SELECT reference, candidate, value FROM cases WHERE source = 'arrays/wide_b.npy'"), [["9007199254740993 at [0]", "9007199254740995 at [0]", "2.0"]]);
	});

	test("folders of arrays: by the paths inside, what one side lacks is unmatched", async () => {
		assert.deepEqual(await rows("SELECT probe, case_name, verdict, reason, reference, candidate FROM cases WHERE probe LIKE 'tensors/%' ORDER BY position"), [
			["tensors/new/tensors against tensors/old/tensors", "a.npy", "pass", "2 values within a max-abs of 1e-4; the largest difference is 0", "0 at [0]", "0 at [0]"],
			["tensors/new/tensors against tensors/old/tensors", "b.npy", "unmatched", "the candidate has no such array", "float64 (2,)", null],
			["tensors/new/tensors against tensors/old/tensors", "deep/c.npy", "unmatched", "the reference has no such array", null, "float64 (2,)"],
		]);
	});

	test("checkpoint logs of one producer, in two folders", async () => {
		assert.deepEqual(await rows("SELECT case_name, value, verdict, tolerance, reference, candidate FROM cases WHERE probe = 'drift of one producer' ORDER BY position"), [
			["logits token 0", "0.25", "pass", "0.5", "2 at values[1]", "2.25 at values[1]"],
			["gone token 0", null, "unmatched", "0.5", "1 value", null],
		]);
		assert.deepEqual(await rows("SELECT reference, candidate FROM runs WHERE probe = 'drift of one producer'"), [["logs/20260101/first.jsonl", "logs/20260102/second.jsonl"]]);
	});

	test("one reference for the traces of every run: a probe with a history, and no other pairs of these files", async () => {
		assert.deepEqual(await rows("SELECT probe, run, passed, failed, first_divergence, ran_at::DATE FROM runs WHERE source LIKE 'runs/%' ORDER BY ran_at"), [
			["against golden", "runs/20260103/py_trace.log against golden/trace.log", "2", "0", null, "2026-01-03"],
			["against golden", "runs/20260104/py_trace.log against golden/trace.log", "1", "1", "b", "2026-01-04"],
		]);
	});

	test("JSON: what is ignored is said, differences are classed, descriptions of the run are no bodies", async () => {
		assert.deepEqual(await rows("SELECT case_name, verdict, reason FROM cases WHERE probe = 'wire/json' ORDER BY position"), [
			["a.json", "pass", "both sides are the same JSON in 2 values; ignored 1 value (timestamp), of which 1 differs; another key order in 1 place; another number spelling in 1 place"],
			["b.json", "fail", "2 differences: envelope (2)"],
			["c.json", "unmatched", "the candidate has no such file"],
		]);
		assert.match((await rows("SELECT note FROM runs WHERE probe = 'wire/json'"))[0]![0]!, /casebook\.json ignores \["timestamp","nothing"\]; "nothing" met nothing to ignore/);
		assert.deepEqual(await rows("SELECT measure, reference FROM cases WHERE probe = 'wire/json' AND case_name = 'c.json'"), [["json", '{"only": "rust"}']]);
	});

	test("lines of two JSONL files, the n-th with the n-th", async () => {
		assert.deepEqual(await rows("SELECT case_name, verdict, reason, source, line FROM cases WHERE source LIKE 'rows/%' ORDER BY position"), [
			["row 1", "pass", "both sides are the same JSON in 1 value", "rows/go.jsonl.gz", "1"],
			["row 2", "fail", "1 difference: null against absent", "rows/go.jsonl.gz", "2"],
			["row 3", "unmatched", "the candidate has no such row", "rows/rust.jsonl", "4"],
		]);
	});

	test("what cannot be compared is a finding on its line, and the source counts it", async () => {
		assert.deepEqual(await rows("SELECT line, reason FROM rejects WHERE source = 'casebook.json' ORDER BY line"), [
			["7", '"reference" names "wire/lost.json", which is not in the workspace. Nothing is compared for it.'],
			["8", '"arrays/x_c.npy" is an array and "golden/trace.log" is a trace, which cannot be compared. Nothing is compared for it.'],
			["9", '"tolerance" is absolute, and "runs/20260103/c_trace.log" is a trace, which is compared relative to the reference; write rel:1. Nothing is compared for it.'],
			["11", '"rows/go.jsonl.gz" is compared with "rows/rust.jsonl" by line 6 already; give this pair another "probe" to compare them twice. Nothing is compared for it.'],
		]);
		assert.deepEqual(await rows("SELECT state FROM sources WHERE path = 'casebook.json'"), [["partial"]]);
		assert.deepEqual(await rows("SELECT path, state FROM checksums"), [["./casebook.json", "match"]]);
		assert.deepEqual(await rows("SELECT DISTINCT source FROM cases WHERE source = 'casebook.json'"), [], "its references and candidates are no cases");
	});
});
