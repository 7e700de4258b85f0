import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { readFrontMatter, withPins } from "./front-matter";
import { withHeadValue } from "./head-value";

const HEAD = "---\ncasebook: 1   # of the format\ntitle: Old  # ours\nowner: me\n---\n";

test("one value changes and every other byte stays", () => {
	assert.equal(withHeadValue(HEAD, "title", "New one"), "---\ncasebook: 1   # of the format\ntitle: New one  # ours\nowner: me\n---\n");
	assert.equal(withHeadValue(HEAD, "team", "WREN"), "---\ncasebook: 1   # of the format\ntitle: Old  # ours\nteam: WREN\nowner: me\n---\n");
	assert.equal(withHeadValue(HEAD, "title", ""), "---\ncasebook: 1   # of the format\nowner: me\n---\n");
	assert.equal(withHeadValue(HEAD.replaceAll("\n", "\r\n"), "title", "a: b"), '---\r\ncasebook: 1   # of the format\r\ntitle: "a: b"  # ours\r\nowner: me\r\n---\r\n');
	assert.equal(withHeadValue("", "title", "T"), "---\ncasebook: 1\ntitle: T\n---\n");
	assert.equal(withHeadValue("", "title", null), "");
	assert.equal(withHeadValue(HEAD, "team", null), HEAD);
});

test("values over several lines, empty ones and pins behind them are dealt with; what is no single value is left", () => {
	assert.equal(withHeadValue("---\ntitle: >\n  long\n  text\ncasebook: 1\n---\n", "title", "short"), "---\ntitle: short\ncasebook: 1\n---\n");
	assert.equal(withHeadValue("---\ntitle: >\n  long\n  text\ncasebook: 1\n---\n", "title", null), "---\ncasebook: 1\n---\n");
	assert.equal(withHeadValue("---\ncasebook: 1\ntitle:\n---\n", "title", "T"), "---\ncasebook: 1\ntitle: T\n---\n");
	assert.equal(withHeadValue("---\ncasebook: 1\ntitle: [a]\n---\n", "title", "T"), null);
	assert.equal(withHeadValue("---\ncasebook: 1\n  bad: [\n---\n", "title", "T"), null);
	const pinned = withPins(HEAD, "2026-05-02T12:00:00Z", { a: { digest: "0".repeat(64), rows: 1, shown: null, sources: {} } });
	const changed = withHeadValue(pinned, "title", "T")!;
	assert.equal(changed, pinned.replace("Old", "T"));
	assert.equal(withHeadValue("---\ncasebook: 1\npins: {}\ntitle: behind\n---\n", "title", "T"), null);
});

test("whatever is written is read back as one line of the same words", () => {
	fc.assert(
		fc.property(fc.string({ unit: "grapheme", maxLength: 40 }), fc.constantFrom("title", "team", "tolerance"), (text, key) => {
			const head = withHeadValue(HEAD, key as "title", text)!;
			const read = readFrontMatter(`${head}# Body\n`);
			assert.deepEqual(read.problems, []);
			assert.equal(read.head, head);
			const said = text.trim() === "" ? null : text.replace(/\s+/g, " ");
			assert.equal(read[key as "title"], said ?? null);
		}),
	);
});
