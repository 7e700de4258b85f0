import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";
import { gzipSync } from "node:zlib";
import type { Engine } from "@/lib/engine/engine";
import { openNodeEngine } from "@/lib/engine/open-node";
import { CasebookError } from "@/lib/model";
import { folderWorkspace } from "@/lib/workspace/folder";
import { type Loaded, load } from "./load";
import { MAX_UNPACKED_TEXT, readLines } from "./source-text";

const FIXTURES = path.resolve("lib/formats/fixtures");
const LINES = Array.from({ length: 2000 }, (_, i) => `{"n":${i},"text":"line ${i + 1} über ${(i * 7919) % 1013}"}\n`);

let folder: string;
let engine: Engine;
let loaded: Loaded;

async function rows(sql: string): Promise<(string | null)[][]> {
	const result = await engine.query(sql);
	await result.complete;
	return Array.from({ length: result.numRows }, (_, row) => result.columns.map((_, column) => result.text(row, column)));
}

before(async () => {
	folder = mkdtempSync(path.join(tmpdir(), "casebook-gzip-"));
	const write = (name: string, bytes: Uint8Array) => writeFileSync(path.join(folder, name), bytes);
	const whole = gzipSync(LINES.join(""));
	write("whole.jsonl.gz", whole);
	write("members.jsonl.gz", Buffer.concat([gzipSync(LINES.slice(0, 700).join("")), gzipSync(LINES.slice(700).join(""))]));
	write("cut.jsonl.gz", whole.subarray(0, Math.floor(whole.length / 2)));
	write("trace_py.log.gz", gzipSync(readFileSync(path.join(FIXTURES, "trace-log/stdout_py.txt"))));
	write("f4.npy.gz", gzipSync(readFileSync(path.join(FIXTURES, "tensor/f4.npy"))));
	write("types.parquet.gz", gzipSync(readFileSync(path.join(FIXTURES, "parquet/types.parquet"))));
	write("binary.bin.gz", gzipSync(Uint8Array.of(0, 1, 2, 3)));
	write("not.csv.gz", Buffer.from("a,b\n1,2\n"));
	write("twice.csv.gz.gz", gzipSync(gzipSync("a,b\n1,2\n")));
	engine = await openNodeEngine();
	loaded = await load(folderWorkspace(folder, { include: [] }), engine);
});
after(async () => {
	await engine.close();
	rmSync(folder, { recursive: true, force: true });
});

test("each is read as what is inside, under its own path", async () => {
	assert.deepEqual(await rows("SELECT path, format, state, lines, records FROM sources WHERE path <> 'cut.jsonl.gz' ORDER BY path"), [
		["binary.bin.gz", null, "unrecognised", null, null],
		["f4.npy.gz", "tensor", "ready", "0", "0"],
		["members.jsonl.gz", "jsonl", "ready", "2000", "2000"],
		["not.csv.gz", null, "unrecognised", null, null],
		["trace_py.log.gz", "trace log", "partial", "4", "2"],
		["twice.csv.gz.gz", null, "unrecognised", null, null],
		["types.parquet.gz", "parquet", "ready", "0", "0"],
		["whole.jsonl.gz", "jsonl", "ready", "2000", "2000"],
	]);
	assert.deepEqual(await rows("SELECT count(*), sum(n) FROM 'members.jsonl.gz'"), [["2000", "1999000"]]);
	assert.deepEqual(await rows("SELECT DISTINCT side FROM trace_values"), [["py"]]);
	assert.deepEqual(await rows("SELECT elements, nans FROM tensors WHERE source = 'f4.npy.gz'"), [["6", "1"]]);
	assert.deepEqual(await rows("SELECT i64, d38 FROM 'types.parquet.gz' WHERE i32 = 1"), [["922337203685477580", "12345678901234567890.12"]]);
});

test("notes and reasons say what a reader should know", async () => {
	const note = async (file: string) => (await rows(`SELECT note FROM sources WHERE path = '${file}'`))[0]?.[0] ?? "";
	assert.match(await note("whole.jsonl.gz"), /^unpacked from gzip \([\d,]+ bytes\); lines and byte offsets are those of the text inside/);
	assert.match(await note("binary.bin.gz"), /NUL bytes/);
	assert.match(await note("not.csv.gz"), /its name says gzip/);
	assert.match(await note("twice.csv.gz.gz"), /gzip data inside gzip data is not unpacked/);
});

test("what comes before the break of a cut file is kept, and the reject names the byte", async () => {
	assert.deepEqual(await rows("SELECT format, state FROM sources WHERE path = 'cut.jsonl.gz'"), [["jsonl", "partial"]]);
	const [[records, most] = []] = await rows("SELECT count(*), max(n) FROM 'cut.jsonl.gz'");
	assert.ok(Number(records) > 500 && Number(records) < 2000);
	assert.equal(Number(most), Number(records) - 1);
	const reasons = (await rows("SELECT reason FROM rejects WHERE source = 'cut.jsonl.gz'")).map(([reason]) => reason ?? "");
	const size = Math.floor(gzipSync(LINES.join("")).length / 2);
	assert.ok(reasons.some((reason) => reason.includes(`the file ends at byte ${size}`)), reasons.join());
});

test("any lines of a compressed source can be shown", async () => {
	const workspace = folderWorkspace(folder, { include: [] });
	for (const file of ["whole.jsonl.gz", "members.jsonl.gz"]) {
		const info = loaded.infos.get(file)!;
		for (const [from, count] of [[1, 3], [257, 2], [699, 4], [1998, 10]] as const) {
			const text = await readLines(workspace, info, from, count);
			assert.deepEqual(text.lines, LINES.slice(from - 1, from - 1 + count).map((line) => line.trimEnd()), `${file}:${from}`);
			assert.deepEqual([text.total, text.changed], [2000, false]);
		}
	}
	const cut = loaded.infos.get("cut.jsonl.gz")!;
	assert.equal((await readLines(workspace, cut, 300, 1)).lines[0], LINES[299]!.trimEnd());
	const far = { ...loaded.infos.get("whole.jsonl.gz")!, index: { offsets: Float64Array.of(0, MAX_UNPACKED_TEXT), lines: 400, bytes: MAX_UNPACKED_TEXT + 10 } };
	await assert.rejects(readLines(workspace, far, 300, 1), (error) => error instanceof CasebookError && error.failure.kind === "limit");
});
