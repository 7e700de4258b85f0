import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { expectedOf, savePathProblem, Turns } from "./write-path";

test("a notebook is saved under names one below another that end in .md", () => {
	for (const path of ["a.md", "notebooks/status.md", "a b/ü (2).md", "x.y.md", "notebooks/2026-05-02 10:00.md"]) assert.equal(savePathProblem(path), null, path);
});

test("no path leads out of the folder, is hidden, or is no .md", () => {
	const wrong: [string, RegExp][] = [
		["", /is no name of a file/],
		["/etc/a.md", /does not start inside a folder/],
		["~/a.md", /does not start inside a folder/],
		["C:/a.md", /does not start inside a folder/],
		["../a.md", /leads out of its folder/],
		["a/../../b.md", /leads out of its folder/],
		["a/../b.md", /leads out of its folder/],
		["./a.md", /leads out of its folder/],
		["a//b.md", /leads out of its folder/],
		["a.md/", /leads out of its folder/],
		["a\\b.md", /holds a backslash/],
		["a\u0000.md", /holds a character that shows nothing/],
		["a\u202e.md", /holds a character that shows nothing/],
		["a\ud800.md", /is no text/],
		[`${"a/".repeat(64)}b.md`, /is deeper than 64 folders/],
		[`${"a".repeat(2000)}.md`, /is no name of a file/],
		[".a.md", /is hidden/],
		[".casebook/links/a.md", /is hidden/],
		["a/.git/b.md", /is hidden/],
		[".md", /is hidden/],
		["a/.md", /is hidden/],
		["a.txt", /does not end in \.md/],
		["a.md.txt", /does not end in \.md/],
		["a.MD", /does not end in \.md/],
		["md", /does not end in \.md/],
	];
	for (const [path, words] of wrong) assert.match(savePathProblem(path) ?? "nothing", words, JSON.stringify(path));
	fc.assert(
		fc.property(fc.array(fc.constantFrom("..", ".", "/", "\\", "a", ".git", "\u0000", ".md", "C:"), { maxLength: 12 }), (parts) => {
			const path = parts.join("");
			if (savePathProblem(path) !== null) return;
			assert.ok(path.split("/").every((name) => name !== "" && !name.startsWith(".")) && path.endsWith(".md") && !/[\\\u0000]/.test(path), path);
		}),
		{ numRuns: 2000 },
	);
});

test("one of two headers says which version a save replaces", () => {
	const sha256 = "0a".repeat(32);
	const of = (headers: Record<string, string>) => expectedOf(new Headers(headers));
	assert.equal(of({}), null);
	assert.deepEqual(of({ "if-none-match": "*" }), { kind: "new" });
	assert.deepEqual(of({ "if-match": `"${sha256}"` }), { kind: "version", sha256 });
	for (const bad of [{ "if-match": "*" }, { "if-match": sha256 }, { "if-match": `W/"${sha256}"` }, { "if-match": `"${sha256.toUpperCase()}"` }, { "if-match": `"${sha256}", "${sha256}"` }, { "if-match": "" }, { "if-none-match": `"${sha256}"` }, { "if-match": `"${sha256}"`, "if-none-match": "*" }]) assert.equal(of(bad as Record<string, string>), "unclear", JSON.stringify(bad));
});

test("tasks of one key take turns, also after one failed; others do not wait", async () => {
	const turns = new Turns();
	const said: string[] = [];
	const gates = new Map<string, () => void>();
	const task = (name: string) => async () => {
		said.push(`${name} begins`);
		await new Promise<void>((go) => gates.set(name, go));
		said.push(`${name} ends`);
		if (name === "a1") throw new Error("a1 failed");
		return name;
	};
	const turn = () => new Promise<void>((go) => setImmediate(go));
	const first = turns.run("a", task("a1"));
	const second = turns.run("a", task("a2"));
	const other = turns.run("b", task("b1"));
	await turn();
	assert.deepEqual(said, ["a1 begins", "b1 begins"]);
	gates.get("b1")!();
	assert.equal(await other, "b1");
	gates.get("a1")!();
	await assert.rejects(first, /a1 failed/);
	await turn();
	assert.deepEqual(said, ["a1 begins", "b1 begins", "b1 ends", "a1 ends", "a2 begins"]);
	gates.get("a2")!();
	assert.equal(await second, "a2");
	await turn();
	assert.equal(turns.size, 0);
});
