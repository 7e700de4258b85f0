import assert from "node:assert/strict";
import { test } from "node:test";
import { decodeLink, encodeLink, LinkProblem } from "./codec";
import { readFrontMatter, withPins } from "./front-matter";
import { CellCycle, runningOrder, settingsOf } from "./graph";
import { HOSTILE_CELLS } from "./hostile/cells";
import { hostileLinks } from "./hostile/links";
import { HOSTILE_PROSE } from "./hostile/prose";
import { COSTLY_SQL, ENDLESS_SQL, HOSTILE_SQL } from "./hostile/sql";
import { type Hostile, hostileText } from "./hostile/types";
import { inputSpec } from "./inputs";
import { parseNotebook, toMarkdown } from "./parse";
import { proseOf } from "./prose";
import { reportHtml } from "./report";
import { cellsOf, type Notebook, type Pin } from "./types";
import { summaryOf } from "./verdict";
import { blockReach, MAX_WORDS, wordsWeight } from "./weight";

const ALL: readonly Hostile[] = [...HOSTILE_PROSE, ...HOSTILE_CELLS, ...HOSTILE_SQL, ...COSTLY_SQL, ...ENDLESS_SQL];

test("the set is as large as it says, and each has an idea of its own", () => {
	const ideas = [...ALL, ...hostileLinks()].map(({ idea }) => idea);
	assert.equal(new Set(ideas).size, ideas.length);
	assert.ok(ideas.length >= 130, String(ideas.length));
});

function report(notebook: Notebook): string {
	return reportHtml({ notebook, cells: new Map(), summary: summaryOf([]), ranAt: "", ranWith: "", inputs: {} });
}

// Some of these took a minute each: the limit of this test is what they may take together.
test("every hostile notebook travels, is read, keeps its bytes and becomes a report without a tag of its own", { timeout: 90_000 }, () => {
	for (const hostile of ALL) {
		const text = hostileText(hostile);
		const shared = decodeLink(encodeLink({ markdown: text, pinnedAt: null, pins: {}, results: {} }));
		assert.equal(shared.markdown, text, hostile.idea);
		const notebook = parseNotebook(text);
		assert.equal(toMarkdown(notebook), text, hostile.idea);
		for (const cell of cellsOf(notebook)) {
			settingsOf(cell);
			try {
				if (cell.kind === "input") inputSpec(cell);
			} catch (error) {
				assert.ok(error instanceof RangeError, hostile.idea);
			}
		}
		try {
			runningOrder(cellsOf(notebook));
		} catch (error) {
			assert.ok(error instanceof CellCycle, hostile.idea);
		}
		const html = report(notebook);
		const tags = new Set([...html.matchAll(/<([a-z][a-z0-9]*)/gi)].map((found) => found[1]!.toLowerCase()));
		for (const tag of ["script", "img", "iframe", "object", "embed", "form", "link", "base", "svg", "math", "video", "audio", "dialog", "template", "area", "input", "button"]) assert.ok(!tags.has(tag), `${hostile.idea}: <${tag}>`);
		assert.equal(html.match(/<style/g)?.length, 1, hostile.idea);
		for (const [, attribute] of html.matchAll(/<[a-z][^>]*\s(on[a-z]+|style|srcdoc|formaction)=/gi)) assert.fail(`${hostile.idea}: ${attribute}`);
		for (const [, href] of html.matchAll(/href="([^"]*)"/g)) assert.match(href!, /^(https?:\/\/|mailto:|#cell-)/, hostile.idea);
	}
	assert.equal(({} as { title?: string }).title, undefined);
});

test("a link of a stranger is one sentence, or a notebook that holds what it holds", { timeout: 60_000 }, () => {
	for (const { idea, link, opens } of hostileLinks()) {
		if (opens) assert.equal(typeof decodeLink(link).markdown, "string", idea);
		else assert.throws(() => decodeLink(link), (error) => error instanceof LinkProblem && /^[^\n]{20,200}$/.test(error.message), idea);
	}
	const pins = decodeLink(hostileLinks().find(({ idea }) => idea === "pins of prototypes")!.link).pins;
	assert.deepEqual(Object.keys(pins), ["__proto__", "constructor"]);
	assert.equal(({} as { digest?: string }).digest, undefined);
});

test("what would take too long is shown as it is written, and says so; what people write is Markdown", () => {
	const words = (markdown: string) => JSON.stringify(proseOf(markdown)).slice(0, 300);
	for (const long of ["[a][b] ".repeat(20_000), "x\n\n".repeat(100_000), `|${" a |".repeat(1500)}\n|${"-|".repeat(1500)}\n${`|${" b |".repeat(1500)}\n`.repeat(20)}`]) assert.match(words(long), /stands here as it is written/);
	const usual = Array.from({ length: 300 }, (_, n) => `## Part ${n}\n\nA *paragraph* with [a link](/x), \`code\` and **more**,\nover two lines.\n\n- one\n  - two\n    - three\n\n| a | b | c |\n|---|---|---|\n| 1 | *2* | 3 |\n\n    code\n        indented\n`).join("\n");
	assert.ok(wordsWeight(usual) < MAX_WORDS, String(wordsWeight(usual)));
	assert.equal(blockReach(usual), usual.length);
	// Many texts that are cheap each are not cheap together.
	const each = `${"[a][b] ".repeat(700)}\n\n\`\`\`sql\nSELECT 1\n\`\`\`\n\n`;
	const many = parseNotebook(each.repeat(50)).segments;
	assert.equal(many.filter((one) => one.kind === "cell").length, 50);
	const plain = many.filter((one) => one.kind === "text" && one.plain === true).length;
	assert.ok(plain > 0 && plain < 50, String(plain));
});

test("pins over thousands of sources are read at once; lines that are not ours are YAML's", () => {
	const pin: Pin = { digest: "a".repeat(64), rows: 7, shown: '1 "x" # \u2028', sources: Object.fromEntries(Array.from({ length: 3000 }, (_, n) => [`logs/ü ${n}: "#.jsonl`, "b".repeat(64)])) };
	const pins = Object.fromEntries(Array.from({ length: 12 }, (_, n) => [`cell_${n}`, pin]));
	for (const eol of ["\n", "\r\n"]) {
		const head = withPins(`---${eol}casebook: 1${eol}title: T${eol}---${eol}`, "2026-05-02T12:00:00.000Z", pins);
		assert.ok(head.length > 3_000_000);
		const front = readFrontMatter(`${head}text`);
		assert.deepEqual(front.problems, []);
		assert.equal(front.version, 1);
		assert.deepEqual(JSON.parse(JSON.stringify(front.pins)), pins);
	}
	const by = (lines: string) => readFrontMatter(`---\ncasebook: 1\npins:\n${lines}---\n`);
	assert.equal(by(`  a: {digest: ${"c".repeat(64)}, rows: 2}\n`).pins.a?.rows, 2);
	assert.equal(by(`  a:\n    digest: "${"c".repeat(64)}"\n    # by hand\n    rows: 0x10\n`).pins.a?.rows, 16);
	assert.equal(by(`  a:\n    rows: 1\n`).problems.length, 1);
	assert.equal(by(`  a:\n    digest: ${"c".repeat(64)}\n    sources:\n      "x": nothing\n`).problems.length, 1);
});
