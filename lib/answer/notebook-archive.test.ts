import assert from "node:assert/strict";
import { appendFile, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { test } from "node:test";
import { openNodeEngine } from "@/lib/engine/open-node";
import type { Engine } from "@/lib/engine/engine";
import { load } from "@/lib/load/load";
import { CasebookError } from "@/lib/model";
import { withPins } from "@/lib/notebook/front-matter";
import { parseNotebook, toMarkdown } from "@/lib/notebook/parse";
import { reportHtml } from "@/lib/notebook/report";
import { archiveWorkspace } from "@/lib/workspace/archive";
import { folderWorkspace } from "@/lib/workspace/folder";
import type { Workspace } from "@/lib/workspace/types";
import { type NotebookRun, pinsOf, runNotebook } from "./notebook";
import { archivedName, archiveOf, archiveParts } from "./notebook-archive";
import { chartsOf } from "./notebook-chart";
import { outcomesOf, reportOf } from "./notebook-report";

const AT = "2026-05-02T12:00:00.000Z";
const TEXT = `---
casebook: 1
title: Two
---

{{ a.n }} rows.

\`\`\`sql name=a
SELECT count(*) AS n FROM 'logs/$& a.jsonl'
\`\`\`

\`\`\`sql name=runs_here
SELECT probe, source FROM runs
\`\`\`

\`\`\`sql name=days
SELECT k, n FROM 'logs/$& a.jsonl'
\`\`\`

\`\`\`chart name=drawn
from: days
kind: bar
x: k
y: n
\`\`\`

\`\`\`chart name=nothing
from: gone
\`\`\`
`;

const trace = (value: number) => `TRACE_C: a=${value}\nTRACE_C: b=2\n`;

async function withFolder(body: (folder: string) => Promise<void>): Promise<void> {
	const folder = await mkdtemp(path.join(tmpdir(), "casebook-archive-"));
	try {
		await mkdir(path.join(folder, "logs"));
		await mkdir(path.join(folder, "run/20260501T000000Z"), { recursive: true });
		await writeFile(path.join(folder, "logs/$& a.jsonl"), '{"k":"x","n":1}\n{"k":"y","n":2}\n');
		await writeFile(path.join(folder, "logs/unused.jsonl"), '{"secret":true}\n');
		await writeFile(path.join(folder, "run/20260501T000000Z/c_trace.log"), trace(1));
		await writeFile(path.join(folder, "run/20260501T000000Z/py_trace.log"), trace(3).replaceAll("TRACE_C", "TRACE_PY"));
		await body(folder);
	} finally {
		await rm(folder, { recursive: true, force: true });
	}
}

async function ran(workspace: Workspace, text: string, use: (engine: Engine, run: NotebookRun) => Promise<void>): Promise<void> {
	const engine = await openNodeEngine();
	try {
		await load(workspace, engine);
		await use(engine, await runNotebook(engine, parseNotebook(text), {}));
	} finally {
		await engine.close();
	}
}

test("an archive holds what the cells read and nothing else, and is the workspace in which they are reproduced", async () => {
	await withFolder(async (folder) => {
		const workspace = folderWorkspace(folder);
		let packed: Uint8Array | null = null;
		await ran(workspace, TEXT, async (engine, run) => {
			for (const [name, one] of run.cells) assert.equal(one.failure, null, name);
			// A computed run's row names one side; both sides' bytes decide what it says.
			assert.deepEqual(Object.keys(run.cells.get("runs_here")!.sources), ["run/20260501T000000Z/c_trace.log", "run/20260501T000000Z/py_trace.log"]);
			const parts = await archiveParts(engine, run);
			assert.deepEqual(parts.map(({ path: at, why, problem }) => [at, why, problem]), [["logs/$& a.jsonl", "read", null], ["run/20260501T000000Z/c_trace.log", "read", null], ["run/20260501T000000Z/py_trace.log", "read", null]]);
			const notebook = parseNotebook(TEXT);
			const text = toMarkdown({ ...notebook, head: withPins(notebook.head, AT, pinsOf(run).pins) });
			packed = await archiveOf(workspace, { fileName: "secret-team/two.md", text }, parts, AT);
			await appendFile(path.join(folder, "logs/$& a.jsonl"), "{}\n");
			await assert.rejects(archiveOf(folderWorkspace(folder), { fileName: "two.md", text }, parts, AT), (error) => error instanceof CasebookError && /changed since it was loaded/.test(error.message));
		});
		const archive = archiveWorkspace("two.casebook.zip", async () => packed!);
		const { files } = await archive.manifest();
		assert.deepEqual(files.map((file) => file.path), ["logs/$& a.jsonl", "notebooks/two.md", "run/20260501T000000Z/c_trace.log", "run/20260501T000000Z/py_trace.log"]);
		const raw = Buffer.from(packed!).toString("latin1");
		for (const hidden of ["secret-team", "unused", path.basename(folder)]) assert.ok(!raw.includes(hidden), hidden);
		const inside = new TextDecoder().decode((await archive.bytes("notebooks/two.md", 0, 1_000_000)).bytes);
		await ran(archive, inside, async (_, run) => {
			const outcomes = [...outcomesOf(parseNotebook(inside), run)];
			assert.deepEqual(outcomes.map(([name, outcome]) => [name, outcome.state]), [["a", "reproduced"], ["runs_here", "reproduced"], ["days", "reproduced"]]);
		});
	});
});

test("a report draws its charts, lists its pins, says what was not drawn, and holds no script", async () => {
	await withFolder(async (folder) => {
		await ran(folderWorkspace(folder), TEXT, async (engine, run) => {
			const notebook = { ...parseNotebook(TEXT), pins: pinsOf(run).pins, pinnedAt: AT };
			const html = reportHtml(reportOf(notebook, run, { at: AT, with: engine.version }, await chartsOf(engine, notebook, run)));
			assert.equal(html.match(/<svg /g)?.length, 1);
			assert.match(html, /gone, which is no cell with rows/);
			assert.match(html, /<h2>Pins<\/h2>/);
			for (const cell of run.cells.values()) if (cell.digest !== null) assert.ok(html.includes(cell.digest), cell.cell.name);
			assert.doesNotMatch(html, /<script|<link|<iframe|\ssrc=|\son\w+=/i);
		});
	});
});

test("a notebook's name in its archive says nothing of where it came from and meets no other file", () => {
	assert.equal(archivedName("a/b/two.md", []), "notebooks/two.md");
	assert.equal(archivedName("two.md", ["Notebooks/TWO.md", "notebooks/two-2.md"]), "notebooks/two-3.md");
	assert.equal(archivedName("", []), "notebooks/notebook.md");
	assert.equal(archivedName("README", []), "notebooks/README.md");
});
