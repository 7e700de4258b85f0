import assert from "node:assert/strict";
import { test } from "node:test";
import { openNodeEngine } from "@/lib/engine/open-node";
import type { Workspace, StreamEvent, FileEntry } from "@/lib/workspace/types";
import { load } from "./load";
const entry = (path: string): FileEntry => ({ path, bytes: 8, modified_at: "2026-01-01T00:00:00.000Z", state: "served", note: null });
test("an error alone takes nothing from the file before it", async () => {
	const engine = await openNodeEngine();
	const workspace: Workspace = {
		name: "w",
		manifest: async () => ({ name: "w", files: [entry("a.jsonl"), entry("b.jsonl")], generated_at: "", version: "" }),
		async *stream(): AsyncGenerator<StreamEvent> {
			yield { type: "start", path: "a.jsonl", bytes: 8, modifiedAt: "2026-01-01T00:00:00.000Z" };
			yield { type: "data", path: "a.jsonl", chunk: new TextEncoder().encode('{"n":1}\n') };
			yield { type: "end", path: "a.jsonl", sha256: "x", bytes: 8, changed: false };
			yield { type: "error", path: "b.jsonl", message: "It is not there any more." };
		},
		bytes: async () => { throw new Error("no"); },
	};
	await load(workspace, engine);
	const result = await engine.query("SELECT count(*) FROM \"a.jsonl\"");
	await result.complete;
	assert.equal(Number(result.cell(0, 0)), 1);
	await engine.close();
});
