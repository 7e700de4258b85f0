import assert from "node:assert/strict";
import { test } from "node:test";
import { barSize, barsOf, type DayCounts, dayName, monthsOf, spanOf } from "./days";

const days: DayCounts[] = [
	{ day: "2026-04-29", counts: { accepted: 3, infra_error: 1 } },
	{ day: "2026-05-02", counts: { accepted: 2 } },
];

test("a span reaches over all series and their gaps", () => {
	assert.deepEqual(spanOf([{ days }, { days: [{ day: "2026-05-03", counts: {} }] }]), { first: "2026-04-29", last: "2026-05-03", length: 5 });
	assert.equal(spanOf([{ days: [] }]), null);
});

test("days without a record are bars of nothing", () => {
	const bars = barsOf(days, { first: "2026-04-29", length: 4 });
	assert.deepEqual(
		bars.map((bar) => [bar.day, bar.total]),
		[
			["2026-04-29", 4],
			["2026-04-30", 0],
			["2026-05-01", 0],
			["2026-05-02", 2],
		],
	);
});

test("long spans share bars and lose nothing", () => {
	const bars = barsOf(days, { first: "2026-04-28", length: 7 }, 3);
	assert.deepEqual(
		bars.map((bar) => [bar.day, bar.days, bar.total]),
		[
			["2026-04-28", 3, 4],
			["2026-05-01", 3, 2],
			["2026-05-04", 1, 0],
		],
	);
	assert.equal(barSize(14, 300), 1);
	assert.equal(barSize(1000, 300), 17);
	assert.equal(barSize(5, 0), 5);
});

test("the axis names a month once, and the year when it changes", () => {
	const bars = barsOf([], { first: "2025-12-31", length: 33 });
	assert.deepEqual(monthsOf(bars), [
		{ at: 0, label: "December 2025" },
		{ at: 1, label: "January 2026" },
		{ at: 32, label: "February" },
	]);
	assert.equal(dayName({ day: "2026-04-02", days: 1 }), "Apr 2");
	assert.equal(dayName({ day: "2026-04-02", days: 7 }), "Apr 2 and 6 days on");
});
