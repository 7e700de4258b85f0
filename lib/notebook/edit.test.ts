import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import fc from "fast-check";
import { docMarkdown, drawnOf, type EditDoc, editDoc, insertPiece, isShown, mergeWithNext, movePiece, removePiece, segmentOf, setAttribute, setBody, setText, settled, splitPiece, withQuery } from "./edit";
import { edited, editHistory, redone, undone } from "./edit-history";
import { cellsOf } from "./types";

const SAMPLE = "---\ncasebook: 1\ntitle: T\n---\n\n# Head\n\nOne\n<div>\nraw\n\n```sql   name=a  odd title=\"A \\\"q\\\"\"\nSELECT 1 AS n\n```\n~~~check name=ok expect=\"= 1\"\nSELECT n FROM a\n~~~\nText\n- list\n\n````sql\nSELECT '\n```\n'\n````\nlast without end";
const keyOf = (doc: EditDoc, word: string) => doc.pieces.find((piece) => piece.raw.includes(word))!.key;
const names = (doc: EditDoc) => cellsOf(drawnOf(doc)).map((cell) => cell.name);

test("a document is its text, and a change that changes nothing keeps every byte", () => {
	for (const text of [SAMPLE, SAMPLE.replaceAll("\n", "\r\n"), "", "no head\n```sql\n", "```sql\nSELECT 1", `\uFEFF${SAMPLE}`]) {
		let doc = editDoc(text);
		assert.equal(docMarkdown(doc), text);
		for (const [at, segment] of drawnOf(doc).segments.entries()) {
			const { key } = doc.pieces[at]!;
			doc = segment.kind === "cell" ? doc : setText(doc, key, segment.raw.replace(/^(?:[ \t]*\r?\n)*/, "").replace(/(?:\r?\n[ \t]*)+$/, ""));
		}
		assert.equal(docMarkdown(settled(doc)), text);
	}
});

test("a body, an attribute and a text change alone; fences grow where they must", () => {
	let doc = editDoc(SAMPLE);
	const a = keyOf(doc, "name=a");
	doc = setBody(doc, a, "SELECT 2 AS n");
	assert.equal(docMarkdown(doc), SAMPLE.replace("SELECT 1 AS n", "SELECT 2 AS n"));
	doc = setAttribute(doc, a, "title", "B");
	assert.equal(docMarkdown(doc), SAMPLE.replace("SELECT 1 AS n", "SELECT 2 AS n").replace('title="A \\"q\\""', "title=B"));
	doc = setAttribute(doc, a, "title", null);
	assert.ok(docMarkdown(doc).includes("```sql   name=a  odd\n"));
	doc = setBody(doc, a, "SELECT '\n```\n'");
	assert.ok(docMarkdown(doc).includes("````sql   name=a  odd\nSELECT '\n```\n'\n````\n"));
	assert.deepEqual(names(doc), ["a", "ok", "c3"]);
	doc = setText(doc, keyOf(doc, "- list"), "Other");
	assert.ok(docMarkdown(doc).includes("~~~\nOther\n\n````sql"));
	const crlf = setBody(editDoc(SAMPLE.replaceAll("\n", "\r\n")), keyOf(editDoc(SAMPLE), "name=a"), "SELECT 3\nFROM x");
	assert.ok(docMarkdown(crlf).includes("SELECT 3\r\nFROM x\r\n```\r\n"));
	assert.ok(!/[^\r]\n/.test(docMarkdown(crlf)));
	// A head that a tool has written with other line ends than the body decides nothing about the body.
	const [head, ...body] = SAMPLE.split(/(?<=\n---\n)/);
	const mixed = `${head}${body.join("").replaceAll("\n", "\r\n")}`;
	const edited = docMarkdown(setBody(editDoc(mixed), keyOf(editDoc(SAMPLE), "name=a"), "SELECT 3\nFROM x"));
	assert.ok(edited.startsWith(head!) && edited.includes("SELECT 3\r\nFROM x\r\n```\r\n"));
});

test("what is inserted, moved, split and merged stays a cell of its own", () => {
	let doc = editDoc(SAMPLE);
	const head = keyOf(doc, "# Head");
	const made = insertPiece(doc, head, "below", "sql", "SELECT 7");
	doc = made.doc;
	assert.deepEqual(names(doc), ["query", "a", "ok", "c4"]);
	const moved = movePiece(doc, keyOf(doc, "last without end"), -1);
	assert.ok("doc" in moved);
	assert.deepEqual(names(moved.doc), ["query", "a", "ok", "c4"]);
	assert.ok(docMarkdown(moved.doc).indexOf("last without end") < docMarkdown(moved.doc).indexOf("````sql"));
	assert.deepEqual(movePiece(doc, head, -1), { problem: "It is the first cell." });
	const split = splitPiece(doc, made.selected, 6);
	assert.ok("doc" in split);
	assert.deepEqual(names(split.doc).slice(0, 2), ["query", "query_2"]);
	const merged = mergeWithNext(split.doc, made.selected);
	assert.ok("doc" in merged);
	assert.match(docMarkdown(merged.doc), /SELECT\n\n7\n```/);
	assert.ok("problem" in mergeWithNext(doc, head));
	assert.ok("problem" in splitPiece(doc, made.selected, 0));
	const text = splitPiece(editDoc("one two"), 1, 3);
	assert.ok("doc" in text);
	assert.equal(docMarkdown(text.doc), "one\n\ntwo");
	const one = mergeWithNext(text.doc, 1);
	assert.ok("doc" in one);
	assert.equal(docMarkdown(one.doc), "one\n\ntwo");
	assert.equal(docMarkdown(removePiece(made.doc, made.selected).doc), SAMPLE);
});

test("a fence that is typed into a text becomes a cell when the text is left; an open one takes what follows", () => {
	const doc = editDoc("---\ncasebook: 1\n---\nwords\n\n```sql name=a\nSELECT 1\n```\n");
	const words = keyOf(doc, "words");
	const typed = setText(doc, words, "words\n\n```sql name=b\nSELECT 2\n```");
	assert.deepEqual(names(settled(typed)), ["b", "a"]);
	const open = setText(doc, words, "words\n\n```sql name=b\nSELECT 2");
	assert.equal(drawnOf(open).segments.length, open.pieces.length);
	assert.equal(segmentOf(open, keyOf(open, "name=a"))?.kind, "cell");
	assert.equal(docMarkdown(settled(open)), docMarkdown(open));
});

const operation = fc.record({ op: fc.constantFrom("insert", "remove", "up", "down", "split", "merge", "text", "body", "name"), at: fc.nat(30), n: fc.nat(40), word: fc.constantFrom("x", "SELECT 1", "# h", "```", "~~~~\na", "- l", "<div>", "  i", "a\n\nb", ""), kind: fc.constantFrom("text" as const, "sql" as const, "chart" as const, "check" as const, "input" as const) });
type Operation = typeof operation extends fc.Arbitrary<infer T> ? T : never;

function applied(doc: EditDoc, { op, at, n, word, kind }: Operation): EditDoc {
	const shown = doc.pieces.filter(isShown);
	const key = shown[at % Math.max(1, shown.length)]?.key ?? null;
	if (key === null || op === "insert") return insertPiece(doc, key, n % 2 ? "above" : "below", kind, kind === "text" ? word : undefined).doc;
	const cell = segmentOf(doc, key)?.kind === "cell";
	const result = op === "up" ? movePiece(doc, key, -1) : op === "down" ? movePiece(doc, key, 1) : op === "split" ? splitPiece(doc, key, n) : op === "merge" ? mergeWithNext(doc, key) : null;
	if (result !== null) return "doc" in result ? result.doc : doc;
	if (op === "remove") return removePiece(doc, key).doc;
	if (op === "name") return cell ? setAttribute(doc, key, "title", word.replace(/\n/g, " ")) : doc;
	return cell ? setBody(doc, key, word) : setText(doc, key, word);
}

test("any operations and their undo give the very bytes back; moves lose nothing", () => {
	fc.assert(
		fc.property(fc.constantFrom(SAMPLE, SAMPLE.replaceAll("\n", "\r\n"), ""), fc.array(operation, { maxLength: 14 }), (text, operations) => {
			let history = editHistory(editDoc(text));
			const seen = [text];
			for (const one of operations) {
				const before = history.now.doc;
				const doc = applied(before, one);
				if (doc === before) continue;
				if (one.op === "up" || one.op === "down") for (const piece of before.pieces) assert.ok(doc.pieces.some(({ key, raw }) => key === piece.key && raw === piece.raw));
				history = edited(history, doc, null);
				seen.push(docMarkdown(doc));
				assert.equal(docMarkdown(settled(doc)), docMarkdown(doc));
			}
			const last = seen.at(-1);
			for (const expected of seen.toReversed()) {
				assert.equal(docMarkdown(history.now.doc), expected);
				history = undone(history);
			}
			for (let n = 0; n < seen.length; n++) history = redone(history);
			assert.equal(docMarkdown(history.now.doc), last);
		}),
		{ numRuns: 400, seed: 7 },
	);
});

test("cells with closed fences and plain words stay cells through any moves", () => {
	fc.assert(
		fc.property(fc.array(fc.tuple(fc.nat(20), fc.boolean()), { maxLength: 20 }), (moves) => {
			let doc = editDoc(SAMPLE);
			const all = names(doc).filter((name) => !name.startsWith("c")).sort();
			for (const [at, down] of moves) {
				const shown = doc.pieces.filter(isShown);
				const moved = movePiece(doc, shown[at % shown.length]!.key, down ? 1 : -1);
				if ("doc" in moved) doc = moved.doc;
				assert.deepEqual(names(doc).filter((name) => !name.startsWith("c")).sort(), all);
				assert.equal(cellsOf(drawnOf(settled(doc))).length, 3);
			}
		}),
		{ numRuns: 200, seed: 7 },
	);
});

test("every notebook of the sample opens and comes back as it was", () => {
	const folder = "data/notebooks";
	const files = readdirSync(folder).filter((name) => name.endsWith(".md"));
	assert.ok(files.length > 0);
	for (const name of files) {
		const text = readFileSync(join(folder, name), "utf8");
		assert.equal(docMarkdown(editDoc(text)), text);
	}
});

test("typing in one piece is one step; a pause or another piece makes a new one", () => {
	const doc = editDoc("a\n\n```sql\n1\n```\n");
	let history = editHistory(doc);
	for (const [text, at] of [["ab", 0], ["abc", 100], ["abcd", 5000]] as const) history = edited(history, setText(history.now.doc, 1, text), 1, { key: 1, at });
	assert.equal(history.past.length, 2);
	history = undone(history);
	assert.match(docMarkdown(history.now.doc), /^abc\n/);
});

test("a query is added at the end under a free name, whatever it holds, and the rest keeps its bytes", () => {
	for (const text of [SAMPLE, SAMPLE.replaceAll("\n", "\r\n"), "---\ncasebook: 1\n---\n"]) {
		const once = withQuery(text, "SELECT '```' AS \"x\";\n", "a", 'Cases of "p"');
		const twice = withQuery(once.markdown, "SELECT 2", "", null);
		assert.ok(twice.markdown.startsWith(text));
		const cells = cellsOf(drawnOf(editDoc(twice.markdown)));
		assert.equal(cells.at(-2)!.body, "SELECT '```' AS \"x\"");
		assert.equal(cells.at(-2)!.title, 'Cases of "p"');
		assert.equal(cells.at(-2)!.name, once.cell);
		assert.equal(cells.at(-1)!.name, twice.cell);
		assert.equal(new Set(cells.map((cell) => cell.name)).size, cells.length);
	}
});
