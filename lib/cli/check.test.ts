import assert from "node:assert/strict";
import { appendFile, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { test } from "node:test";
import { openNodeEngine } from "@/lib/engine/open-node";
import { load } from "@/lib/load/load";
import { folderWorkspace } from "@/lib/workspace/folder";
import { CheckProblem, checkNotebooks } from "./check";

const cell = (kind: string, name: string, sql: string, more = "") => `\`\`\`${kind} name=${name}${more}\n${sql}\n\`\`\`\n\n`;
const NOTEBOOK = `---
casebook: 1
title: Two logs
owner: stays
---

{{ a_rows.n }} sessions of a, {{ b_rows.n }} of b.

${cell("sql", "a_rows", "SELECT count(*) AS n FROM 'logs/a.jsonl'")}${cell("sql", "a_twice", "SELECT n * 2 AS twice FROM a_rows")}${cell("sql", "b_rows", "SELECT count(*) AS n FROM 'logs/b.jsonl'")}${cell("check", "both", "SELECT (SELECT n FROM a_rows) > 0 AND (SELECT n FROM b_rows) > 0 AS both", ' expect="true"')}`;

const row = (id: string) => `${JSON.stringify({ id, state: "ok" })}\n`;

interface Gate {
	code: number;
	said: string;
	junit: string;
	markdown: string;
	html: string;
}

/** The command's own way: an engine and a load of their own for every run. */
async function gate(root: string, more: { updatePins?: boolean; notebooks?: string[] } = {}): Promise<Gate> {
	const out = await mkdtemp(path.join(tmpdir(), "casebook-gate-out-"));
	const engine = await openNodeEngine();
	try {
		const workspace = folderWorkspace(root, { include: [] });
		await load(workspace, engine);
		const said: string[] = [];
		const file = (name: string) => path.join(out, name);
		const code = await checkNotebooks(engine, workspace, { notebooks: more.notebooks ?? [], junit: file("j.xml"), html: file("r.html"), markdown: file("s.md"), archive: null, updatePins: more.updatePins ?? false, root, out: (line) => said.push(line), now: () => new Date("2026-05-02T12:00:00Z") });
		return { code, said: said.join("\n"), junit: await readFile(file("j.xml"), "utf8"), markdown: await readFile(file("s.md"), "utf8"), html: await readFile(file("r.html"), "utf8") };
	} finally {
		await engine.close();
		await rm(out, { recursive: true, force: true });
	}
}

/** The pins' outcomes as each form says them: by cell, `passed`, `failed` or `could not be checked`. */
function statesOf({ said, junit, markdown }: Gate): { [cell: string]: string }[] {
	const printed = Object.fromEntries([...said.matchAll(/^(pass|FAIL|NOT CHECKED) +\S+ (pin|cell|check) (\w+):/gm)].map(([, word, what, name]) => [`${name} (${what})`, { pass: "passed", FAIL: "failed", "NOT CHECKED": "could not be checked" }[word!]!]));
	const xml = Object.fromEntries([...junit.matchAll(/<testcase [^>]*name="([^"]+)"[^>]*?(?:\/>|><(failure|error) )/g)].map(([, name, tag]) => [name!, tag === undefined ? "passed" : tag === "failure" ? "failed" : "could not be checked"]));
	const table = Object.fromEntries([...markdown.matchAll(/^\| (passed|failed|could not be checked) \| \S+ \| (\w+) \| (.*) \|$/gm)].map(([, state, name, text]) => [`${name} ${text}`, state!]));
	assert.equal(Object.keys(table).length, Object.keys(xml).length);
	for (const [key, state] of Object.entries(xml)) assert.ok(Object.entries(table).some(([line, own]) => line.startsWith(`${key.split(" ")[0]} `) && own === state), `${key} is ${state} in Markdown too`);
	return [printed, xml];
}

test("a pinned notebook is reproduced, changed by one line, and cannot be checked without a source: on the way of the command line", async () => {
	const root = await mkdtemp(path.join(tmpdir(), "casebook-gate-"));
	try {
		await mkdir(path.join(root, "logs"));
		await mkdir(path.join(root, "notebooks"));
		await writeFile(path.join(root, "logs/a.jsonl"), row("1") + row("2"));
		await writeFile(path.join(root, "logs/b.jsonl"), row("3"));
		const file = path.join(root, "notebooks/two.md");
		await writeFile(file, NOTEBOOK);
		const unpinned = await gate(root, { updatePins: true });
		assert.equal(unpinned.code, 0);
		const text = await readFile(file, "utf8");
		assert.ok(text.startsWith("---\ncasebook: 1\ntitle: Two logs\nowner: stays\npinned_at: 2026-05-02T12:00:00.000Z\npins:\n  a_rows:\n"));
		assert.equal(text.slice(text.indexOf("\n---\n")), NOTEBOOK.slice(NOTEBOOK.indexOf("\n---\n")), "the rest keeps its bytes");

		const same = await gate(root);
		assert.equal(same.code, 0);
		for (const states of statesOf(same)) assert.deepEqual(states, { "a_rows (pin)": "passed", "a_twice (pin)": "passed", "b_rows (pin)": "passed", "both (check)": "passed", "both (pin)": "passed" });
		assert.match(same.markdown, /^\*\*5 of 5 passed\*\*\n/);
		assert.match(same.junit, /tests="5" failures="0" errors="0"/);
		assert.match(same.html, /<b>Reproduced 4 of 4\.<\/b>/);

		// One more line in a: what counts it changes, and what depends on that; the check's answer is the same on other bytes.
		await appendFile(path.join(root, "logs/a.jsonl"), row("4"));
		const changed = await gate(root);
		assert.equal(changed.code, 1);
		for (const states of statesOf(changed)) assert.deepEqual(states, { "a_rows (pin)": "failed", "a_twice (pin)": "failed", "b_rows (pin)": "passed", "both (check)": "passed", "both (pin)": "passed" });
		assert.match(changed.said, /a_rows: changed: 2 → 3 \(logs\/a\.jsonl differs\)/);
		assert.match(changed.said, /a_twice: changed: 4 → 6 \(logs\/a\.jsonl differs\)/);
		assert.match(changed.said, /b_rows: reproduced \(/);
		assert.match(changed.said, /both: reproduced on changed sources \(logs\/a\.jsonl\)/);
		assert.match(changed.junit, /failures="2" errors="0"[\s\S]*<failure message="a_rows: changed: 2 → 3/);
		assert.match(changed.html, /<b>Changed 2 of 4, reproduced on changed sources 1 of 4, reproduced 1 of 4\.<\/b>/);

		// Without b nothing can be said of it, which is no pass; with a as it was nothing has failed either.
		await writeFile(path.join(root, "logs/a.jsonl"), row("1") + row("2"));
		await rm(path.join(root, "logs/b.jsonl"));
		const gone = await gate(root);
		assert.equal(gone.code, 2);
		for (const states of statesOf(gone)) {
			assert.equal(states["a_rows (pin)"], "passed");
			assert.equal(states["a_twice (pin)"], "passed");
			assert.equal(Object.entries(states).filter(([name, state]) => /^(b_rows|both) /.test(name) && state === "could not be checked").length, 2);
		}
		assert.match(gone.said, /NOT CHECKED +notebooks\/two\.md:\d+ cell b_rows: .*logs\/b\.jsonl/);
		assert.match(gone.said, /both: It needs the cell b_rows, which did not run/);
		assert.match(gone.junit, /failures="0" errors="2"/);
		assert.match(gone.html, /<b>Cannot be checked 2 of 4, reproduced 2 of 4\.<\/b>/);
		await assert.rejects(gate(root, { notebooks: ["notebooks/none.md"] }), CheckProblem);
	} finally {
		await rm(root, { recursive: true, force: true });
	}
});
