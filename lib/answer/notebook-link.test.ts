import assert from "node:assert/strict";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { test } from "node:test";
import { openNodeEngine } from "@/lib/engine/open-node";
import { load } from "@/lib/load/load";
import { decodeLink, encodeLink } from "@/lib/notebook/codec";
import { parseNotebook } from "@/lib/notebook/parse";
import { leavingOf, sharedOf } from "@/lib/notebook/share";
import { cellsOf } from "@/lib/notebook/types";
import { folderWorkspace } from "@/lib/workspace/folder";
import { pinsOf, runNotebook } from "./notebook";

/** Every mark stands in one place of the workspace, the front matter or the choices of the page that no cell uses. */
const MARKS = ["mark-folder", "mark-file", "mark-owner", "mark-old-pin", "mark-choice", "mark-row", "mark-team-page"];
const NOTEBOOK = `---
casebook: 1
title: What travels
owner: mark-owner
pins:
  a: { sources: { "mark-old-pin.jsonl": "00" } }
---

{{ a.n }} rows.

\`\`\`input name=kind
type: text
default: x
\`\`\`

\`\`\`sql name=a
SELECT count(*) AS n FROM 'logs/used.jsonl' WHERE k = $kind
\`\`\`

\`\`\`sql name=all_sources
SELECT count(*) AS n FROM sources
\`\`\`
`;

test("a link holds nothing of the workspace but the paths and hashes of what its cells read, and the dialog lists these", async () => {
	const parent = await mkdtemp(path.join(tmpdir(), "casebook-link-"));
	const folder = path.join(parent, "mark-folder");
	const engine = await openNodeEngine();
	try {
		await mkdir(path.join(folder, "logs"), { recursive: true });
		await writeFile(path.join(folder, "logs/used.jsonl"), '{"k":"mark-choice","v":"mark-row"}\n{"k":"y","v":2}\n');
		await writeFile(path.join(folder, "logs/mark-file.jsonl"), '{"k":"x"}\n');
		await writeFile(path.join(folder, "TEAM_9_STATUS.md"), "# Team mark-team-page status\n");
		await load(folderWorkspace(folder), engine);
		const notebook = parseNotebook(NOTEBOOK);
		const run = await runNotebook(engine, notebook, { kind: "mark-choice" });
		const { pins } = pinsOf(run);
		assert.deepEqual(Object.keys(pins.a!.sources), ["logs/used.jsonl"]);
		const narrow = Object.fromEntries(Object.entries(pins).filter(([cell]) => cell === "a"));
		const shared = sharedOf(notebook, "2026-05-02T12:00:00.000Z", narrow, {});
		const carried = JSON.stringify(decodeLink(encodeLink(shared)));
		for (const mark of MARKS) assert.ok(!carried.includes(mark), `${mark} travels: ${carried}`);
		assert.ok(carried.includes("logs/used.jsonl") && carried.includes("What travels"));
		const leaving = leavingOf(shared, cellsOf(notebook).map((cell) => cell.name));
		assert.deepEqual(leaving.sources, ["logs/used.jsonl"]);
		assert.deepEqual(leaving.head, ["casebook", "title"]);

		// A cell that does read every source names them: then they travel, and are listed.
		const wide = sharedOf(notebook, "2026-05-02T12:00:00.000Z", pins, {});
		const listed = leavingOf(wide, []).sources;
		for (const source of Object.values(wide.pins).flatMap((pin) => Object.keys(pin.sources))) assert.ok(listed.includes(source), source);
	} finally {
		await engine.close();
		await rm(parent, { recursive: true, force: true });
	}
});
