import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { expressionInterpreter } from "vega-interpreter";
import { type ChartChoice, type ChartInk, chartName, chartWords, fitChoice, markCells, marksOf, markWords, planOf, specOf } from "@/lib/chart";
import type { Engine, QueryResult } from "@/lib/engine/engine";
import { openNodeEngine } from "@/lib/engine/open-node";

let engine: Engine;
before(async () => {
	engine = await openNodeEngine();
});
after(() => engine.close());

const INK: ChartInk = { ink1: "#111", ink2: "#222", ink3: "#333", rule: "#444", ruleStrong: "#555", surface: "#fff", focus: "#00f", series: ["#101", "#202", "#303", "#404", "#505", "#606"], fontUi: "sans-serif", fontMono: "monospace" };

async function rowsOf(sql: string): Promise<QueryResult> {
	const result = await engine.query(sql, { role: "user", maxRows: 10_000_000 });
	await result.complete;
	return result;
}

/** A choice drawn on the real engine: its plan, its marks, and the SVG that Vega makes without a page. */
async function drawn(sql: string, choice: ChartChoice) {
	const result = await rowsOf(sql);
	const fitted = fitChoice(choice, result.columns);
	assert.ok(fitted !== null);
	const plan = planOf(fitted, result.columns, sql, result.numRows, true);
	const rows = plan.sql === null ? result : await rowsOf(plan.sql);
	const data = marksOf(plan, rows);
	const vega = await import("vega");
	const lite = await import("vega-lite");
	const warnings: string[] = [];
	const logger = { level: () => logger, error: (...said: unknown[]) => note(said), warn: (...said: unknown[]) => note(said), info: () => logger, debug: () => logger };
	const note = (said: unknown[]) => {
		warnings.push(said.join(" "));
		return logger;
	};
	const compiled = lite.compile(specOf(plan, data, INK, 600), { logger: logger as never }).spec;
	const view = new vega.View(vega.parse(compiled, undefined, { ast: true }), { renderer: "none", expr: expressionInterpreter, logLevel: vega.Warn, logger: logger as never });
	const svg = await view.toSVG();
	view.finalize();
	assert.deepEqual(warnings, []);
	return { result, plan, data, rows, svg, words: chartWords(plan, data, result.numRows).join(" ") };
}

const choice = (patch: Partial<ChartChoice>): ChartChoice => ({ kind: "bars", x: "x", y: "y", colour: null, aggregate: "none", ...patch });

test("a histogram counts every row, in round steps, and sets rows without a number apart", async () => {
	const { data, words, svg, plan } = await drawn("SELECT CASE WHEN range < 10 THEN NULL ELSE range END AS x FROM range(5000000)", choice({ kind: "histogram" }));
	assert.equal(data.marks.reduce((sum, mark) => sum + (mark.n ?? 0), 0), 5_000_000);
	const [first] = data.marks;
	assert.equal(Number(first!.x2) - Number(first!.x), 200_000);
	assert.equal(data.marks.at(-1)!.x, null);
	assert.equal(data.marks.at(-1)!.n, 10);
	assert.match(words, /All 5,000,000 rows in steps of 200000\. 10 rows without a number\./);
	assert.equal(chartName(plan), "Rows by x");
	assert.match(svg, /<path/);
});

test("groups are aggregated exactly over all rows, the largest first, and the rest is said", async () => {
	const { data, words, rows, plan } = await drawn("SELECT 'name ' || (range % 100) AS x, range AS y FROM range(1000000)", choice({ aggregate: "sum" }));
	assert.equal(data.marks.length, 40);
	assert.equal(data.of, 100);
	const [largest] = data.marks;
	assert.equal(largest!.x, "name 99");
	const total = await rowsOf("SELECT sum(range) FROM range(1000000) WHERE range % 100 = 99");
	assert.equal(markCells(plan, largest!, rows).y, total.text(0, 0));
	assert.match(words, /The 40 largest of 100 categories/);
	assert.match(markWords(plan, largest!, rows), /^x name 99 · sum of y 5000490000 · 10,000 rows$/);
});

test("a line of few rows is the rows in the order of time, with its gaps", async () => {
	const { data, words, svg } = await drawn("SELECT * FROM (VALUES (TIMESTAMP '2026-05-03 00:00:00', 3, 'a'), (TIMESTAMP '2026-05-01 00:00:00', 1, 'a'), (TIMESTAMP '2026-05-02 00:00:00', NULL, 'a'), (NULL, 9, 'a'), (TIMESTAMP '2026-05-01 00:00:00', 5, 'b')) AS v(x, y, who)", choice({ kind: "line", colour: "who" }));
	assert.deepEqual(data.marks.map((mark) => [mark.x, mark.y, mark.colour]), [[Date.UTC(2026, 4, 1), 1, "a"], [Date.UTC(2026, 4, 1), 5, "b"], [Date.UTC(2026, 4, 2), null, "a"], [Date.UTC(2026, 4, 3), 3, "a"]]);
	assert.deepEqual(data.marks.filter((mark) => mark.last).map((mark) => mark.colour), ["b", "a"]);
	assert.match(words, /2 rows without a place; a gap is a gap/);
	assert.match(svg, />a<\/text>/);
});

test("a line of many rows is the mean of steps of the clock, every row in one", async () => {
	for (const type of ["TIMESTAMP", "TIMESTAMP_NS", "TIMESTAMPTZ", "DATE"]) {
		const { data, words, plan, rows } = await drawn(`SELECT (TIMESTAMP '2026-01-01' + to_seconds(range * 60))::${type} AS x, range % 10 AS y FROM range(20000)`, choice({ kind: "line" }));
		assert.equal(plan.mode, "buckets");
		assert.equal(data.marks.reduce((sum, mark) => sum + (mark.n ?? 0), 0), 20_000, type);
		assert.match(words, /each point is the mean of y of a step of/);
		assert.match(markCells(plan, data.marks[0]!, rows).x, /^2026-01-01 to 2026-01-0/);
	}
});

test("many points are counted in fields, none is left out", async () => {
	const { data, plan, words } = await drawn("SELECT range % 1000 AS x, range % 7 AS y FROM range(300000)", choice({ kind: "points" }));
	assert.equal(plan.mode, "fields");
	assert.equal(data.marks.reduce((sum, mark) => sum + (mark.n ?? 0), 0), 300_000);
	assert.match(words, /all 300,000 rows are counted in/);
});

test("bars by colour, points on categories, and values below zero", async () => {
	const sql = "SELECT * FROM (VALUES ('a', 'u', 1.5), ('a', 'v', -2), ('b', 'u', 3)) AS t(x, who, y)";
	for (const patch of [choice({ colour: "who" }), choice({ colour: "who", aggregate: "sum" }), choice({ kind: "points", colour: "who" }), choice({ aggregate: "count", y: null, colour: "who" }), choice({ aggregate: "median" })]) {
		const { svg } = await drawn(sql, patch);
		assert.match(svg, />b<\/text>/);
	}
});

test("odd names, two columns of one name, comments and more statements than one do no harm", async () => {
	const { data } = await drawn(`SELECT 'k' AS "a ""b""; --", 2 AS y, 3 AS y -- the end`, choice({ x: `a "b"; --`, aggregate: "sum" }));
	assert.deepEqual(data.marks.map((mark) => [mark.x, mark.y]), [["k", 2]]);
});

test("more than six colours and NULL among the categories are said and shown", async () => {
	const { data, words } = await drawn("SELECT CASE WHEN range % 2 = 0 THEN NULL ELSE 'odd' END AS x, 'c' || (range % 9) AS who, range AS y FROM range(900)", choice({ aggregate: "count", y: null, colour: "who" }));
	assert.equal(data.colours.drawn.length, 6);
	assert.match(words, /6 of 9 values of who are drawn/);
	assert.ok(data.marks.some((mark) => mark.x === "null"));
});
