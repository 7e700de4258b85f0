import assert from "node:assert/strict";
import { test } from "node:test";
import type { Verdict } from "@/lib/model";
import { columnsInView, cursorRow, dayGroups, rowsOfCases, stepPath, tally, worstOf } from "./strip-model";

const LETTERS: { [letter: string]: Verdict | null } = { p: "pass", f: "fail", u: "unmatched", i: "incomparable", s: "skipped", ".": null };

/** One text a run, one letter a case. */
const of =
	(...runs: string[]) =>
	(caseIndex: number, run: number): Verdict | null =>
		LETTERS[runs[run]?.[caseIndex] ?? "."] ?? null;

test("rows cover every case once and in order", () => {
	for (const cases of [0, 1, 9, 40, 41, 79, 400, 1001]) {
		const rows = rowsOfCases(cases);
		assert.equal(rows.length, Math.min(cases, 40));
		assert.equal(rows.reduce((sum, row) => sum + row.to - row.from, 0), cases);
		rows.forEach((row, i) => {
			assert.ok(row.to > row.from);
			assert.equal(row.from, rows[i - 1]?.to ?? 0);
		});
	}
});

test("a bin shows its worst verdict and counts each", () => {
	const verdict = of("ppspu", "pifup", ".....", "pp...");
	const row = { from: 0, to: 5 };
	assert.equal(worstOf(row, 0, verdict), "unmatched");
	assert.equal(worstOf(row, 1, verdict), "fail");
	assert.equal(worstOf(row, 2, verdict), null);
	assert.equal(worstOf(row, 3, verdict), "pass");
	assert.deepEqual(tally(row, 1, verdict), [
		{ verdict: "fail", count: 1 },
		{ verdict: "incomparable", count: 1 },
		{ verdict: "unmatched", count: 1 },
		{ verdict: "pass", count: 2 },
	]);
});

test("the cursor stands above the first case that fails, on the floor, or nowhere", () => {
	const rows = rowsOfCases(5);
	const at = (run: string) => cursorRow(rows, 5, 0, of(run));
	assert.equal(at("fpppp"), 0);
	assert.equal(at("uuppf"), 4);
	assert.equal(at("ppppp"), 5);
	assert.equal(at("uuupu"), 5);
	assert.equal(at("uisuu"), null);
	assert.equal(at("....."), null);
	const binned = rowsOfCases(80);
	assert.equal(cursorRow(binned, 80, 0, (i) => (i === 41 ? "fail" : "pass")), 20);
});

test("the step line breaks where nothing was compared", () => {
	assert.equal(stepPath([10, 10, 32], 28), "M0 10H28V10H56V32H84");
	assert.equal(stepPath([10, null, 32], 28), "M0 10H28M56 32H84");
	assert.equal(stepPath([null, null], 28), "");
});

test("neighbouring runs of a day stand together", () => {
	assert.deepEqual(dayGroups(["Oct 5", "Oct 5", "Oct 6", null, "Oct 5"]), [
		{ label: "Oct 5", short: "5", month: "Oct", from: 0, to: 2 },
		{ label: "Oct 6", short: "6", month: "Oct", from: 2, to: 3 },
		{ label: "no time", short: "?", month: "", from: 3, to: 4 },
		{ label: "Oct 5", short: "5", month: "Oct", from: 4, to: 5 },
	]);
});

test("few runs are all columns; of many those in view and the keyboard's, every run in one column or gap", () => {
	assert.ok(columnsInView(160, 18, 0, 400, 3).every(({ kind }) => kind === "run"));
	for (const [left, roving] of [[0, 999], [9000, 0], [17_700, 999], [5000, 290], [17_990, -1]] as const) {
		const columns = columnsInView(1000, 18, left, 400, roving);
		columns.forEach(({ from, to }, i) => {
			assert.equal(from, columns[i - 1]?.to ?? 0);
			assert.ok(to > from);
		});
		assert.equal(columns.at(-1)?.to, 1000);
		const drawn = columns.flatMap(({ kind, from }) => (kind === "run" ? [from] : []));
		assert.ok(drawn.length < 80);
		for (let px = left; px < Math.min(18_000, left + 400); px += 18) assert.ok(drawn.includes(Math.floor(px / 18)), `${left}: ${px}`);
		if (roving >= 0) assert.ok(drawn.includes(roving));
	}
});
