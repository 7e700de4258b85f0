import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { alignedLines } from "./line-diff";

/** By the book: the length of the longest common subsequence. */
function common(a: readonly string[], b: readonly string[]): number {
	let row = Array<number>(b.length + 1).fill(0);
	for (const one of a) {
		const next = [0];
		for (let at = 0; at < b.length; at++) next.push(one === b[at] ? row[at]! + 1 : Math.max(row[at + 1]!, next[at]!));
		row = next;
	}
	return row.at(-1)!;
}

const text = fc.array(fc.constantFrom("a", "b", "c", ""), { maxLength: 30 }).map((lines) => lines.join("\n"));

test("every line of both stands once, in order; equal ones are equal, and no more of them could be", () => {
	fc.assert(
		fc.property(text, text, (left, right) => {
			const rows = alignedLines(left, right);
			const [one, two] = [left.split("\n"), right.split("\n")];
			assert.deepEqual(rows.flatMap((row) => row.left ?? []), one.map((line, at) => ({ n: at + 1, text: line })));
			assert.deepEqual(rows.flatMap((row) => row.right ?? []), two.map((line, at) => ({ n: at + 1, text: line })));
			for (const row of rows) if (row.same) assert.equal(row.left?.text, row.right?.text);
			assert.equal(rows.filter((row) => row.same).length, common(one, two));
		}),
		{ numRuns: 500, seed: 7 },
	);
});

test("a replaced line stands beside its successor; texts with too little in common are one block that differs", () => {
	assert.deepEqual(
		alignedLines("a\nx\nc", "a\ny\nz\nc").map(({ left, right, same }) => [left?.n ?? null, right?.n ?? null, same]),
		[[1, 1, true], [2, 2, false], [null, 3, false], [3, 4, true]],
	);
	const many = (word: string) => Array.from({ length: 1500 }, (_, n) => `${word} ${n}`).join("\n");
	assert.ok(alignedLines(many("a"), many("b")).every((row) => !row.same));
	assert.equal(alignedLines(many("a"), many("b")).length, 1500);
});
