import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { diffLines } from "./line-diff";

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

const lines = fc.array(fc.constantFrom("a", "b", "c", ""), { maxLength: 30 });

test("every line of both stands once, in order; equal ones are equal, and no more of them could be", () => {
	fc.assert(
		fc.property(lines, lines, (left, right) => {
			const rows = diffLines(left, right)!;
			assert.deepEqual(rows.flatMap((row) => row.left ?? []), left.map((_, at) => at));
			assert.deepEqual(rows.flatMap((row) => row.right ?? []), right.map((_, at) => at));
			for (const row of rows) assert.equal(row.same, row.left !== null && row.right !== null && row.same && left[row.left] === right[row.right]);
			assert.equal(rows.filter((row) => row.same).length, common(left, right));
		}),
		{ numRuns: 500, seed: 7 },
	);
});

test("a replaced line stands beside its successor, and what is far apart is not aligned", () => {
	assert.deepEqual(diffLines(["a", "x", "c"], ["a", "y", "z", "c"]), [
		{ left: 0, right: 0, same: true },
		{ left: 1, right: 1, same: false },
		{ left: null, right: 2, same: false },
		{ left: 2, right: 3, same: true },
	]);
	const many = (word: string) => Array.from({ length: 600 }, (_, n) => `${word} ${n}`);
	assert.equal(diffLines(many("a"), many("b")), null);
	assert.equal(diffLines(many("a"), [...many("a"), "b"])?.length, 601);
});
