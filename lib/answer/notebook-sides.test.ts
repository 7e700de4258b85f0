import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { test } from "node:test";
import { openNodeEngine } from "@/lib/engine/open-node";
import { load } from "@/lib/load/load";
import { folderWorkspace } from "@/lib/workspace/folder";
import { sourcesOf } from "./notebook";

test("what rests on a computed run rests on both sides' files, also of pairs by hand and of several pairs in one folder", async () => {
	const folder = mkdtempSync(path.join(tmpdir(), "casebook-sides-"));
	const engine = await openNodeEngine();
	try {
		for (const [name, text] of Object.entries({
			"casebook.json": '{"casebook":1,"pairs":[{"reference":"old/a.json","candidate":"new/b.json","probe":"by hand"}]}',
			"old/a.json": '{"n":1}', "old/unused.json": "{}", "new/b.json": '{"n":2}',
			"t/c_x.log": "TRACE_C: a 1\n", "t/py_x.log": "TRACE_PY: a 1\n", "t/c_y.log": "TRACE_C: a 2\n", "t/py_y.log": "TRACE_PY: a 3\n",
		})) {
			mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
			writeFileSync(path.join(folder, name), text);
		}
		await load(folderWorkspace(folder, { include: [] }), engine);
		const sources = async (probe: string) => Object.keys(await sourcesOf(engine, `SELECT * FROM cases WHERE probe = '${probe}' AND source = '${probe === "by hand" ? "new/b.json" : "t/py_y.log"}'`));
		assert.deepEqual(await sources("by hand"), ["casebook.json", "new/b.json", "old/a.json"]);
		assert.deepEqual(await sources("t/traces/y"), ["t/c_y.log", "t/py_y.log"]);
	} finally {
		await engine.close();
		rmSync(folder, { recursive: true });
	}
});
