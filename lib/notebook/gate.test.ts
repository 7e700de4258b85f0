import assert from "node:assert/strict";
import { test } from "node:test";
import { exitCode, type GateCell, gateLines, gateMarkdown, junitXml } from "./gate";
import { parseNotebook } from "./parse";
import { type ReportCell, reportHtml } from "./report";
import { summaryOf } from "./verdict";

const NOTEBOOK = parseNotebook('---\ncasebook: 1\ntitle: "A <b>title</b>"\n---\n# T {{ a.n }} {{ a.gone }}\n<script>alert(1)</script>\n\n```sql name=a title="</figcaption><script>x</script>"\nSELECT 1 AS n\n```\n```check name=k\nFROM a\n```\n');
const CELL: GateCell = { name: "k", line: 11, title: null, elapsedMs: 1, problem: null, check: { passed: true, expected: "no rows", found: "no rows" }, outcome: null, outcomeText: null, sources: 3 };

test("a gate's lines and its exit", () => {
	const one = (part: Partial<GateCell>) => gateLines("n.md", NOTEBOOK, [{ ...CELL, ...part }]);
	assert.equal(exitCode(one({})), 0);
	assert.equal(exitCode(one({ check: { passed: false, expected: "no rows", found: "2 rows" } })), 1);
	assert.equal(exitCode(one({ sources: 0 })), 2, "a gate that ran on no data fails");
	assert.match(one({ sources: 0 })[0]!.text, /read no source, so it checked nothing/);
	assert.equal(exitCode(one({ problem: "The cell needs b." })), 2);
	assert.equal(exitCode([]), 2, "nothing to check is no pass");
	const changed = one({ outcome: { state: "changed", before: "1", after: "2", sources: [] }, outcomeText: "changed: 1 → 2" });
	assert.equal(exitCode(changed), 1);
	assert.deepEqual(changed.map((line) => [line.what, line.state]), [["check", "passed"], ["pin", "failed"]]);
	assert.equal(exitCode(one({ check: null })), 2, "a notebook without checks and pins checks nothing");
	assert.equal(exitCode(gateLines("n.md", parseNotebook("---\ncasebook: 1\n---\n```check name=a\nx\n```\n```check name=a\nx\n```\n"), [CELL])), 2, "a notebook with problems does not pass");
});

test("JUnit and Markdown hold any text", () => {
	const lines = gateLines('a"<&>.md', NOTEBOOK, [{ ...CELL, check: { passed: false, expected: "]]>", found: "a|b\nc\u0001<x>" } }, { ...CELL, name: "p", problem: "gone" }]);
	const xml = junitXml(lines, "2026-11-25T00:00:00Z");
	assert.match(xml, /<testsuites name="casebook" tests="2" failures="1" errors="1">/);
	assert.ok(xml.includes("classname=\"a&quot;&lt;&amp;&gt;.md\"") && !xml.includes("\u0001"));
	assert.match(gateMarkdown(lines), /\*\*0 of 2 passed\*\*, 1 failed, 1 could not be checked[\s\S]*a\\\|b c/);
});

test("a report holds no markup of the notebook's and says what it does not show", () => {
	const run: ReportCell = { state: "ok", sql: "SELECT 1", elapsedMs: 1, columns: [{ name: "n<", kind: "number" }], rows: [["1"], [null], ["<img src=x>"]], numRows: 30, message: null, check: null, outcome: { state: "reproduced" }, pin: null, digest: "a".repeat(64), sources: { "x<y>.jsonl": "b".repeat(64) }, chart: null };
	const html = reportHtml({ notebook: NOTEBOOK, cells: new Map([["a", run]]), summary: summaryOf([{ state: "reproduced" }]), ranAt: "2026-11-25T00:00:00Z", ranWith: "a test", inputs: {} });
	assert.ok(!/<(script|img|iframe|form|object|embed|link)\b/i.test(html), "no element that acts");
	assert.ok(!/ on\w+=/i.test(html), "no handler");
	assert.match(html, /3 of 30 rows are shown/);
	assert.match(html, /default-src 'none'/);
	assert.match(html, /Reproduced 1 of 1/);
	assert.match(html, /class="bad">\{\{ a.gone \}\}/);
});
