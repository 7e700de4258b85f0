import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import fc from "fast-check";
import { figuresOf } from "./figures";
import { readFrontMatter, withPins } from "./front-matter";
import { affectedBy, CellCycle, needsOf, runningOrder } from "./graph";
import { parseInfo, printInfo } from "./info";
import { composeSql } from "./compose";
import { isOrdered, parametersOf, tokens } from "./lexer";
import { isNotebook, laterVersion, parseNotebook, toMarkdown } from "./parse";
import { cellsOf, type Pin } from "./types";

const TEXT = `---
casebook: 1
title: "Gateway cutover"   # kept as it is
owner: somebody
tolerance: rel:1e-6
---

# What differs

On the last run {{ failing.n }} cases fail.

\`\`\`input name=daemon
type: select
query: SELECT DISTINCT daemon FROM sessions
\`\`\`

\`\`\`sql name=failing title="Failing \\"cases\\"" odd
SELECT count(*) AS n FROM latest_cases WHERE verdict = 'fail' AND $daemon <> '$daemon'
\`\`\`

~~~check name=none_fail expect="no rows"
SELECT * FROM failing WHERE n > 0;
~~~

\`\`\`chart
from: failing
\`\`\`

\`\`\`python
print("no cell")
\`\`\`
`;

test("a notebook's cells, names, attributes and lines", () => {
	const notebook = parseNotebook(TEXT);
	assert.equal(notebook.title, "Gateway cutover");
	assert.equal(notebook.tolerance, "rel:1e-6");
	assert.deepEqual(notebook.problems, []);
	assert.deepEqual(cellsOf(notebook).map((cell) => [cell.kind, cell.name, cell.title, cell.line]), [["input", "daemon", null, 12], ["sql", "failing", 'Failing "cases"', 17], ["check", "none_fail", null, 21], ["chart", "c4", null, 25]]);
	assert.equal(cellsOf(notebook)[2]!.body, "SELECT * FROM failing WHERE n > 0;");
	assert.deepEqual(cellsOf(notebook)[1]!.attributes.at(-1), ["odd", ""]);
	assert.equal(toMarkdown(notebook), TEXT);
});

test("what is no notebook, and what a later version says", () => {
	assert.equal(isNotebook(TEXT), true);
	for (const text of ["", "# A page", "---\ntitle: x\n---\n", "casebook: 1\n", "\n---\ncasebook: 1\n---\n", "---\ncasebook: yes\n---\n"]) assert.equal(isNotebook(text), false, JSON.stringify(text));
	assert.match(laterVersion(parseNotebook("---\ncasebook: 2\n---\n")) ?? "", /casebook: 2.*version 1/);
	assert.equal(laterVersion(parseNotebook(TEXT)), null);
});

test("names that occur twice and bad names are said, and stay apart", () => {
	const notebook = parseNotebook("---\ncasebook: 1\n---\n```sql name=a\nSELECT 1\n```\n```sql name=A\nSELECT 2\n```\n```sql name=1x\nSELECT 3\n```\n");
	assert.deepEqual(cellsOf(notebook).map((cell) => cell.name), ["a", "A__2", "c3"]);
	assert.deepEqual(notebook.problems.map((problem) => problem.line), [7, 10]);
});

function* markdownUnder(folder: string): Generator<string> {
	for (const entry of readdirSync(folder, { withFileTypes: true })) {
		const file = path.join(folder, entry.name);
		if (entry.isDirectory() && entry.name !== ".git") yield* markdownUnder(file);
		else if (entry.isFile() && /\.(md|markdown)$/.test(entry.name)) yield file;
	}
}

test("Markdown, notebook, Markdown is the identity on every page of the sample", () => {
	let files = 0;
	for (const file of markdownUnder("data")) {
		const text = readFileSync(file, "utf8");
		assert.equal(toMarkdown(parseNotebook(text)), text, file);
		files++;
	}
	assert.ok(files > 5, "the sample has pages");
});

let shared: string[] = [];
try {
	shared = [...markdownUnder(path.resolve(process.cwd(), "../shared"))];
} catch {
	// absent: the test below says so
}
test("Markdown, notebook, Markdown is the identity on the shared documents", { skip: shared.length === 0 ? "../shared is not here" : false }, () => {
	for (const file of shared) {
		const text = readFileSync(file, "utf8");
		assert.equal(toMarkdown(parseNotebook(text)), text, file);
	}
});

test("the identity holds for anything, also inside a notebook", () => {
	const piece = fc.oneof(fc.constantFrom("```sql name=a\n", "```\n", "~~~check\n", "~~~\n", "SELECT 1\n", "---\n", "casebook: 1\n", "# h\r\n", "\uFEFF", "- x\n  ```sql\n  y\n  ```\n", "> ```sql\n> x\n> ```\n", "   ```chart\n", "````sql\n```\n````", "\t", "{{ a.b }}"), fc.string({ unit: "grapheme" }));
	fc.assert(
		fc.property(fc.array(piece, { maxLength: 20 }), fc.boolean(), (pieces, head) => {
			const text = (head ? "---\ncasebook: 1\n---\n" : "") + pieces.join("");
			assert.equal(toMarkdown(parseNotebook(text)), text);
		}),
		{ numRuns: 300 },
	);
});

test("an info string says the same after printing", () => {
	fc.assert(
		fc.property(fc.array(fc.tuple(fc.stringMatching(/^[a-z_][a-z0-9_]{0,8}$/), fc.string().map((text) => text.replace(/[`\r\n]+/g, " ")))), (attributes) => {
			const printed = printInfo("sql", attributes);
			assert.deepEqual(parseInfo("sql", printed.slice(3)).attributes, attributes);
		}),
	);
});

const plain = (value: unknown) => JSON.parse(JSON.stringify(value)) as unknown;

test("pins are written into the head, and everything else of it stays", () => {
	const pins: { [cell: string]: Pin } = { failing: { digest: "a".repeat(64), rows: 1, shown: '7 "x"', sources: { "logs/ü: #.jsonl": "b".repeat(64) } }, other: { digest: "c".repeat(64), rows: 0, shown: null, sources: {} } };
	const { head } = readFrontMatter(TEXT);
	const once = withPins(head, "2026-11-25T02:00:00.000Z", pins);
	const read = readFrontMatter(`${once}\ntext`);
	assert.deepEqual(plain(read.pins), pins);
	assert.equal(read.pinnedAt, "2026-11-25T02:00:00.000Z");
	assert.ok(once.includes('title: "Gateway cutover"   # kept as it is\nowner: somebody\n'));
	assert.equal(withPins(once, "2026-11-25T02:00:00.000Z", pins), once, "twice is once");
	assert.ok(withPins(head.replaceAll("\n", "\r\n"), "2026-11-25T02:00:00.000Z", pins).split("\n").every((line) => line === "" || line.endsWith("\r")), "line ends stay");
	assert.deepEqual(plain(readFrontMatter(withPins("", "2026-11-25T02:00:00.000Z", pins)).pins), pins);
});

test("pins that make no sense are a problem, never a crash", () => {
	for (const bad of ["pins: 5", "pins:\n  a: {digest: x}", "pins:\n  a:\n    digest: ../../etc", "pins: &a [*a]", "__proto__:\n  x: 1\npins:\n  __proto__: {digest: 1}", "title: [", `pins:\n  a: {digest: '${"a".repeat(64)}', sources: {f: 1}}`]) {
		const front = readFrontMatter(`---\ncasebook: 1\n${bad}\n---\n`);
		assert.ok(front.problems.length > 0, bad);
		assert.deepEqual(Object.keys(front.pins), [], bad);
	}
});

test("cells need one another by name where a table can stand, and nowhere else", () => {
	const body = (sql: string, name: string) => `\`\`\`sql name=${name}\n${sql}\n\`\`\`\n`;
	const cells = cellsOf(
		parseNotebook(
			`---\ncasebook: 1\n---\n${body("SELECT 1 AS x", "a")}${body("SELECT a FROM t WHERE a = 'FROM a' -- FROM a\n", "b")}${body('SELECT * FROM (SELECT * FROM "A") JOIN b ON true', "c")}${body("WITH a AS (SELECT 2) SELECT * FROM a, c", "d")}${body("SELECT a.x FROM s a, b", "e")}${body("FROM a.a", "f")}${body("SELECT count(*) FROM range(3), a", "g")}`,
		),
	);
	const needs = Object.fromEntries([...needsOf(cells)].map(([name, need]) => [name, need.cells.join()]));
	assert.deepEqual(needs, { a: "", b: "", c: "a,b", d: "c", e: "b", f: "", g: "a" });
	assert.deepEqual([...affectedBy(cells, ["b"])].sort(), ["b", "c", "d", "e"]);
});

test("the order of running follows what cells need, and a circle names its cells", () => {
	const text = (links: [string, string][]) => `---\ncasebook: 1\n---\n${links.map(([name, from]) => `\`\`\`sql name=${name}\nFROM ${from}\n\`\`\`\n`).join("")}`;
	assert.deepEqual(runningOrder(cellsOf(parseNotebook(text([["a", "b"], ["b", "c"], ["c", "t"]])))).map((cell) => cell.name), ["c", "b", "a"]);
	assert.throws(() => runningOrder(cellsOf(parseNotebook(text([["a", "b"], ["b", "c"], ["c", "b"]])))), (error) => error instanceof CellCycle && /b, c.*b → c → b/.test(error.message));
	assert.throws(() => runningOrder(cellsOf(parseNotebook(text([["a", "a"]])))), CellCycle);
});

test("the statement of a cell stands alone", () => {
	const notebook = parseNotebook(TEXT);
	const sql = composeSql(cellsOf(notebook), "none_fail", { daemon: "it's" });
	assert.match(sql, /^WITH "failing" AS \(\nSELECT count\(\*\).* AND 'it''s' <> '\$daemon'\n\)\n\(\nSELECT \* FROM failing WHERE n > 0\n\)$/);
	assert.throws(() => composeSql(cellsOf(notebook), "failing", {}), /no input has that name/);
	assert.throws(() => composeSql(cellsOf(notebook), "failing", { daemon: Number.NaN }), /NaN/);
	assert.equal(composeSql(cellsOf(parseNotebook("```sql name=a\nSELECT 1 -- x;\n;\n```\n")), "a", {}), "SELECT 1");
});

test("SQL's tokens leave out text, comments and quoted names", () => {
	assert.equal(isOrdered("SELECT * FROM t ORDER BY 1"), true);
	assert.equal(isOrdered("SELECT row_number() OVER (ORDER BY x) FROM (FROM t ORDER BY 1) -- ORDER BY"), false);
	assert.deepEqual(parametersOf("SELECT $a, '$b', $$ $c $$, \"$d\", /* $e */ $a, E'\\'$f'"), ["a"]);
	for (const sql of ["'", '"', "/*", "$$", "$x$", "((((", "))))", "--", "\u0000"]) assert.ok(tokens(sql).every((token) => token.end <= sql.length));
});

test("figures in prose", () => {
	assert.deepEqual(figuresOf('a {{c4.pass}} b {{ x."first divergence"[2] }} {{no}} {{ a.b').map(({ cell, column, row }) => [cell, column, row]), [["c4", "pass", 0], ["x", "first divergence", 2]]);
});
