import assert from "node:assert/strict";
import { test } from "node:test";
import type { BaselineRow } from "@/lib/tables/baselines";
import { addressOf, baselineText, metricHref, nameOf, placeOf, readChosen } from "./address";

const row = (recordedAt: string | null, line: number, byTime = recordedAt !== null): BaselineRow => ({ recordedAt, gitCommit: "b9724f24c9", runtime: "go", metrics: 1, byTime, source: "log.jsonl", line });
const ROWS = [row(null, 9), row("2026-05-01 06:00:00", 1), row("2026-05-02 06:00:00.5", 2, false), row("2026-05-02 06:00:00.5", 3), row("2026-05-02 18:00:00", 4)];
const chosen = (query: string) => readChosen(new URLSearchParams(query), ROWS);

test("a baseline is found by time, day or line, and each name leads back to it", () => {
	assert.equal(placeOf(ROWS, "2026-05-01T06:00:00Z"), 1);
	assert.equal(placeOf(ROWS, "2026-05-01T08:00:00+02:00"), 1);
	assert.equal(placeOf(ROWS, "2026-05-02T06:00:00.500Z"), 3);
	assert.equal(placeOf(ROWS, "2026-05-02"), 4);
	assert.equal(placeOf(ROWS, "log.jsonl:2"), 2);
	assert.equal(placeOf(ROWS, "2026-05-03"), -1);
	assert.equal(placeOf(ROWS, "yesterday"), -1);
	for (const [place, one] of ROWS.entries()) assert.equal(placeOf(ROWS, addressOf(one)), place);
	assert.equal(nameOf(ROWS[2]!), "log.jsonl:2");
	assert.equal(nameOf(ROWS[3]!), "2026-05-02 06:00:00.5");
});

test("the last two by default; one choice is compared with its neighbour", () => {
	assert.deepEqual(chosen(""), { before: 3, after: 4, tolerance: 0.2, bad: [] });
	assert.deepEqual(chosen("after=2026-05-01").before, 0);
	assert.deepEqual(chosen("before=2026-05-01").after, 4);
	assert.deepEqual(chosen("before=2026-05-02T18:00:00Z").after, 3);
	assert.deepEqual(chosen("after=log.jsonl:9").before, 1);
	assert.deepEqual(chosen("before=log.jsonl:2&after=2026-05-01&tolerance=0.05"), { before: 2, after: 1, tolerance: 0.05, bad: [] });
	assert.equal(readChosen(new URLSearchParams(), ROWS.slice(0, 1)).before, -1);
});

test("what the address says and nothing knows is named", () => {
	const { bad, tolerance, after } = chosen("after=2031-01-01&tolerance=lots");
	assert.deepEqual(bad.map(({ name, value }) => [name, value]), [["after", "2031-01-01"], ["tolerance", "lots"]]);
	assert.equal(tolerance, 0.2);
	assert.equal(after, 4);
});

test("a baseline in one line, and the way to a metric", () => {
	assert.match(baselineText(ROWS[1]!), /May 1.*b9724f2 · go$/);
	assert.match(baselineText(ROWS[0]!), /^time not known · b9724f2 · go · log\.jsonl:9$/);
	assert.equal(metricHref("a b", new URLSearchParams("before=2026-05-01&x=1")), "/baselines?before=2026-05-01&metric=a+b");
});
