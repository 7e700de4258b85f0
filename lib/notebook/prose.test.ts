import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { type Block, type Inline, proseOf, safeLink, visible } from "./prose";

function linksOf(blocks: readonly (Block | Inline)[]): string[] {
	const out: string[] = [];
	JSON.stringify(blocks, (key, value: unknown) => {
		if (key === "href") out.push(String(value));
		return value;
	});
	return out;
}

function textOf(blocks: readonly (Block | Inline)[]): string {
	let out = "";
	JSON.stringify(blocks, (key, value: unknown) => {
		if (key === "text") out += String(value);
		return value;
	});
	return out;
}

test("prose keeps its structure and its figures", () => {
	const blocks = proseOf("# T **b** `c`\n\n1. one\n2. [x] two\n\n| a | b |\n|---|--:|\n| {{ c1.n }} | `x` |\n\n> q\n\n---\n");
	assert.deepEqual(blocks.map((block) => block.kind), ["heading", "list", "table", "quote", "rule"]);
	const [, , table] = blocks;
	assert.ok(table?.kind === "table");
	assert.deepEqual(table.rows[0]![0]![0], { kind: "figure", figure: { cell: "c1", column: "n", row: 0, raw: "{{ c1.n }}", start: 0, end: 10 } });
	assert.equal(table.align[1], "right");
});

test("nothing of a stranger's becomes more than text or a harmless link", () => {
	const hostile = [
		"<script>alert(1)</script>",
		"<img src=x onerror=alert(1)>",
		"<style>body{display:none}</style>",
		"<iframe src='https://example.invalid'></iframe>",
		"<form action=/api><input name=a></form>",
		"<svg><a xlink:href='javascript:alert(1)'><text>x</text></a></svg>",
		"<div style='position:fixed'>Reproduced 12 of 12</div>",
		"[x](javascript:alert(1))",
		"[x](  JaVaScRiPt:alert(1))",
		"[x](java\u0000script:alert(1))",
		"[x](java&#10;script:alert(1))",
		"[x](data:text/html,<script>alert(1)</script>)",
		"[x](vbscript:msgbox)",
		"[x](file:///etc/passwd)",
		"[x](blob:https://example.invalid/1)",
		"[x](//example.invalid/)",
		"[x](/\\example.invalid/)",
		"[x](\\\\example.invalid)",
		"[x][r]\n\n[r]: javascript:alert(1)",
		"![x](https://example.invalid/pixel.png)",
		"![x][r]\n\n[r]: https://example.invalid/pixel.png",
		"<javascript:alert(1)>",
		"javascript:alert(1)",
		"[x](#javascript:alert(1))",
		"[^1]\n\n[^1]: <script>x</script>",
		"| <script>x</script> |\n|---|\n| <img src=x> |",
		"`<script>`",
		"<!-- <script>x</script> -->",
		"<![CDATA[<script>x</script>]]>",
		"<?php echo 1 ?>",
	];
	for (const markdown of hostile) {
		for (const href of linksOf(proseOf(markdown))) assert.match(href, /^(https?:\/\/|mailto:|\/[^/\\])/, markdown);
		if (markdown.includes("pixel.png")) assert.deepEqual(linksOf(proseOf(markdown)).filter((href) => href.includes("pixel")), [], markdown);
	}
	assert.ok(textOf(proseOf("<script>alert(1)</script>")).includes("<script>"), "what cannot be shown is shown as what it is");
});

test("links", () => {
	assert.equal(safeLink("https://example.invalid/a b"), "https://example.invalid/ab");
	assert.equal(safeLink("/probe?id=a"), "/probe?id=a");
	for (const bad of ["", "javascript:1", "//x", "/\\x", "x", "../x", "data:,", "ht\ntps:x"]) assert.equal(safeLink(bad), null, bad);
});

test("hidden characters are written out", () => {
	assert.equal(visible("a\u202eb\u200bc\u{e0041}"), "a⟨U+202E⟩b⟨U+200B⟩c⟨U+E0041⟩");
	assert.equal(textOf(proseOf("t\u202eitle")), "t⟨U+202E⟩itle");
	assert.equal(visible("Grüße, 你好 🟡"), "Grüße, 你好 🟡");
});

test("any text gives prose, also deep nesting, and soon", () => {
	fc.assert(fc.property(fc.string({ unit: "grapheme", maxLength: 400 }), (text) => Array.isArray(proseOf(text))), { numRuns: 200 });
	const started = performance.now();
	for (const deep of [">".repeat(3000), "- ".repeat(1000), "[".repeat(5000), "*".repeat(5000), "![".repeat(2000), "`".repeat(5000)]) assert.ok(Array.isArray(proseOf(deep)));
	assert.ok(performance.now() - started < 10_000, "none of them hangs");
});
