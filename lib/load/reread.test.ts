import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";
import type { Engine } from "@/lib/engine/engine";
import { openNodeEngine } from "@/lib/engine/open-node";
import { CasebookError } from "@/lib/model";
import { folderWorkspace } from "@/lib/workspace/folder";
import type { Workspace } from "@/lib/workspace/types";
import { load } from "./load";

const LINES = 60_000;
const folder = mkdtempSync(path.join(tmpdir(), "casebook-reread-"));
let engine: Engine;

/** 60,000 lines (9 MB), so that rows are in the engine when the type of `n` changes. */
function big(odd: string): string {
	const lines = Array.from({ length: LINES }, (_, i) => `{"n":${i},"o":{"a":${i}},"text":"${"word ".repeat(20)}"}`);
	lines[LINES - 100] = odd;
	return `${lines.join("\n")}\n`;
}

before(async () => {
	engine = await openNodeEngine();
	writeFileSync(path.join(folder, "big.jsonl"), big('{"n":"a word","o":{"a":1},"text":"","later":[true]}'));
	writeFileSync(path.join(folder, "plain.jsonl"), big('{"n":1,"o":{"a":1},"text":""}'));
});

after(async () => {
	await engine.close();
	rmSync(folder, { recursive: true });
});

async function rows(sql: string): Promise<(string | null)[][]> {
	const result = await engine.query(sql);
	await result.complete;
	return Array.from({ length: result.numRows }, (_, row) => result.columns.map((_, column) => result.text(row, column)));
}

test("a large file whose types widen late is there once, with the types of the whole file", async () => {
	const loaded = await load(folderWorkspace(folder, { include: [] }), engine);
	assert.deepEqual(await rows("SELECT path, state, rows, records, note FROM sources ORDER BY path"), [
		["big.jsonl", "ready", String(LINES), String(LINES), null],
		["plain.jsonl", "ready", String(LINES), String(LINES), null],
	]);
	assert.deepEqual(await rows("SELECT count(*), count(DISTINCT line), count(later), typeof(any_value(n)), typeof(any_value(o)) FROM 'big.jsonl'"), [[String(LINES), String(LINES), "1", "VARCHAR", "STRUCT(a BIGINT)"]]);
	assert.deepEqual(await rows(`SELECT n, later FROM 'big.jsonl' WHERE line IN (7, ${LINES - 99}) ORDER BY line`), [
		["6", null],
		["a word", "[true]"],
	]);
	assert.deepEqual(await rows("SELECT count(*), sum(n), typeof(any_value(n)) FROM 'plain.jsonl'"), [[String(LINES), String((LINES * (LINES - 1)) / 2 - (LINES - 100) + 1), "BIGINT"]]);
	assert.equal(loaded.progress.records, 2 * LINES);
	assert.equal(loaded.progress.bytesDone, loaded.progress.bytesTotal);
});

/** The folder, but the stream of `big.jsonl` is what `of` makes of it. */
function changed(of: (workspace: Workspace, reading: number) => Workspace["stream"]): Workspace {
	const base = folderWorkspace(folder, { include: [] });
	let reading = 0;
	return { name: base.name, manifest: (signal) => base.manifest(signal), bytes: (...args) => base.bytes(...args), stream: (paths, signal) => of(base, reading++)(paths, signal) };
}

test("a file that breaks off in its second reading leaves no row behind, and says why", async () => {
	const fresh = await openNodeEngine();
	const workspace = changed((base, reading) => async function* (paths, signal) {
		let chunks = 0;
		for await (const event of base.stream(paths, signal)) {
			if (reading === 1 && event.type === "data" && ++chunks > 7) {
				yield { type: "error", path: event.path, message: "The disk went away." };
				return;
			}
			yield event;
		}
	});
	await load(workspace, fresh);
	const result = await fresh.query("SELECT (SELECT state FROM sources WHERE path = 'big.jsonl'), (SELECT reason FROM rejects), (SELECT count(*) FROM json_values), (SELECT count(*) FROM sources), (SELECT string_agg(table_name, ' ') FROM duckdb_tables() WHERE table_name LIKE '_jsonl_%')");
	await result.complete;
	assert.deepEqual([0, 1, 2, 3, 4].map((column) => result.text(0, column)), ["failed", "The disk went away.", "0", "2", "_jsonl_1"]);
	await fresh.close();
});

test("a cancelled load keeps no half of a file", async () => {
	const fresh = await openNodeEngine();
	const stop = new AbortController();
	const workspace = changed((base) => async function* (paths, signal) {
		let chunks = 0;
		for await (const event of base.stream(paths, signal)) {
			yield event;
			if (event.type === "data" && ++chunks === 8) stop.abort();
		}
	});
	await assert.rejects(load(workspace, fresh, stop.signal), (error: unknown) => error instanceof CasebookError && error.failure.kind === "cancelled");
	const result = await fresh.query("SELECT count(*) FROM duckdb_tables() WHERE table_name LIKE '_jsonl_%'");
	await result.complete;
	assert.equal(result.text(0, 0), "0");
	await fresh.close();
});
