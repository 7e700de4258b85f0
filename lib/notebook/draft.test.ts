import assert from "node:assert/strict";
import { test } from "node:test";
import { type DraftStorage, draftPaths, newNotebook, readDraft, removeDraft, writeDraft } from "./draft";
import { staleCells } from "./graph";
import { isNotebook, parseNotebook } from "./parse";
import { cellsOf } from "./types";

function storage(room = Number.POSITIVE_INFINITY): DraftStorage {
	const kept = new Map<string, string>();
	return {
		get length() {
			return kept.size;
		},
		key: (index) => [...kept.keys()][index] ?? null,
		getItem: (key) => kept.get(key) ?? null,
		setItem(key, value) {
			if (value.length > room) throw new Error("QuotaExceededError");
			kept.set(key, value);
		},
		removeItem: (key) => void kept.delete(key),
	};
}

test("a draft is kept by workspace and path, and only drafts come back", () => {
	const own = storage();
	const draft = { markdown: "# a\r\n", base: null, at: "2026-05-02T12:00:00.000Z" };
	assert.ok(writeDraft(own, "w", "notebooks/b.md", draft));
	assert.ok(writeDraft(own, "w", "a\n\"b\".md", { ...draft, base: "x" }));
	own.setItem("casebook.draft:not json", "{}");
	own.setItem('casebook.draft:["w","broken.md"]', '{"markdown":1}');
	assert.deepEqual(readDraft(own, "w", "notebooks/b.md"), draft);
	assert.equal(readDraft(own, "other", "notebooks/b.md"), null);
	assert.equal(readDraft(own, "w", "broken.md"), null);
	removeDraft(own, "w", "a\n\"b\".md");
	assert.equal(readDraft(own, "w", "a\n\"b\".md"), null);
	assert.equal(writeDraft(storage(10), "w", "x.md", draft), false);
});

test("the drafts of a workspace are listed although other keys are beside them", () => {
	const own = storage();
	own.setItem("theme", "dark");
	own.setItem("casebook.draft:not json", "{}");
	writeDraft(own, "w", "b.md", { markdown: "", base: null, at: "" });
	writeDraft(own, "v", "c.md", { markdown: "", base: null, at: "" });
	writeDraft(own, "w", "a.md", { markdown: "", base: null, at: "" });
	assert.deepEqual(draftPaths(own, "w"), ["a.md", "b.md"]);
});

test("a new notebook is one, under any title, beside those that are there", () => {
	for (const title of ["Gateway cutover: day 2", "", "«Ätna» \"quoted\"\nsecond", "---", "{{ a.b }}", "日本"]) {
		const { path, markdown } = newNotebook(title, []);
		assert.ok(isNotebook(markdown), markdown);
		assert.equal(parseNotebook(markdown).title, title.trim() === "" ? "Untitled" : title.trim().replace(/\n/g, " "));
		assert.match(path, /^notebooks\/[a-z0-9-]+\.md$/);
	}
	assert.equal(newNotebook("A", ["notebooks/a.md", "notebooks/A-2.md"]).path, "notebooks/a-3.md");
});

test("a change makes stale what was changed and what depends on it, and nothing else", () => {
	const head = "---\ncasebook: 1\n---\n";
	const cell = (name: string, sql: string) => `\`\`\`sql name=${name}\n${sql}\n\`\`\`\n\n`;
	const before = cellsOf(parseNotebook(head + cell("a", "SELECT 1 AS n") + cell("b", "SELECT n FROM a") + cell("c", "SELECT 3")));
	const ran = new Map(before.map((one) => [one.name, one]));
	const stale = (...cells: string[]) => [...staleCells(cellsOf(parseNotebook(head + cells.join(""))), ran)].sort();
	const [a, b, c] = [cell("a", "SELECT 1 AS n"), cell("b", "SELECT n FROM a"), cell("c", "SELECT 3")];
	assert.deepEqual(stale(a, b, c), []);
	assert.deepEqual(stale(c, b, a), []);
	assert.deepEqual(stale(cell("a", "SELECT 2 AS n"), b, c), ["a", "b"]);
	assert.deepEqual(stale(a, b, c, cell("d", "SELECT 4")), ["d"]);
	assert.deepEqual(stale(b, c), ["b"]);
});
