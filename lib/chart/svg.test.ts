import assert from "node:assert/strict";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { test } from "node:test";
import type { TopLevelSpec } from "vega-lite";
import { chartSvg, fitChoice, marksOf, planOf, svgOf, type ChartColumn, type ChartKind } from "./index";

const COLUMNS: ChartColumn[] = [{ name: '<script>alert("x")</script>&', type: "VARCHAR", kind: "text" }, { name: "day", type: "DATE", kind: "time" }, { name: "n", type: "BIGINT", kind: "number" }];
const ROWS = [['<img src=x onerror="alert(1)">', "2026-05-01", 3], ["b", "2026-05-02", 5], [null, "2026-05-04", 4]] as const;
const RESULT = { numRows: ROWS.length, cell: (row: number, column: number) => ROWS[row]![column]!, text: (row: number, column: number) => (ROWS[row]![column] === null ? null : String(ROWS[row]![column])) };

test("every kind of drawing is one SVG that holds no markup of a stranger's and names nothing outside", async () => {
	const kinds: [ChartKind, string, string | null][] = [["bars", COLUMNS[0]!.name, null], ["line", "day", COLUMNS[0]!.name], ["points", "day", null], ["histogram", "n", null]];
	for (const [kind, x, colour] of kinds) {
		const choice = fitChoice({ kind, x, y: "n", colour, aggregate: "none" }, COLUMNS);
		assert.ok(choice !== null, kind);
		const plan = planOf(choice, COLUMNS, "SELECT 1", ROWS.length, true);
		// A histogram's own rows come from the engine: a step's begin, its count, its width.
		const steps = { numRows: 2, cell: (row: number, column: number) => [[3, 2, 1], [5, 1, 1]][row]![column]!, text: () => null };
		const svg = await chartSvg(plan, marksOf(plan, kind === "histogram" ? steps : RESULT));
		assert.match(svg, /^<svg role="img" aria-label="[^"]+" /, kind);
		assert.match(svg, /<path [^>]*d="M|<path d="M/, `${kind} draws something`);
		// Text is text whatever it says; what counts are the tags.
		const tags = (svg.match(/<[^>]*>/g) ?? []).map((tag) => tag.replace(/aria-label="[^"]*"/g, ""));
		for (const tag of tags) assert.doesNotMatch(tag, /<(?!\/?(svg|g|path|line|rect|text)[ >/])|\son\w+=|href=|style=|url\(/i, kind);
		assert.deepEqual([...svg.matchAll(/https?:\/\/[^"]+/g)].map(([url]) => url).filter((url) => !url.startsWith("http://www.w3.org/")), [], kind);
	}
});

test("a drawing asks for nothing, whatever its specification names", async () => {
	let asked = 0;
	const server = createServer((_, response) => {
		asked++;
		response.end("x\n1\n");
	});
	await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
	try {
		const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/x.csv`;
		const specs: TopLevelSpec[] = [{ data: { url }, mark: "point", encoding: { x: { field: "x", type: "quantitative" } } }, { data: { values: [{ url }] }, mark: "image", encoding: { url: { field: "url" } } }];
		for (const spec of specs) await svgOf(spec).catch((error: unknown) => assert.match(String(error), /is not loaded/));
		assert.equal(asked, 0);
	} finally {
		server.close();
	}
});
