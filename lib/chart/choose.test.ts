import assert from "node:assert/strict";
import { test } from "node:test";
import { defaultChoice, fitChoice, isChoice } from "./choose";
import type { ChartChoice } from "./types";

const choice = (patch: Partial<ChartChoice>): ChartChoice => ({ kind: "bars", x: "x", y: "y", colour: null, aggregate: "none", ...patch });

test("what a result suggests", () => {
	const column = (name: string, kind: "number" | "text" | "boolean" | "time" | "nested", type = "X") => ({ name, kind, type });
	const once = () => false;
	const often = () => true;
	const suggest = (columns: ReturnType<typeof column>[], repeats = once) => {
		const found = defaultChoice(columns, repeats);
		return found === null ? null : [found.kind, found.x, found.y, found.colour, found.aggregate];
	};
	assert.deepEqual(suggest([column("at", "time", "TIMESTAMP"), column("ms", "number")]), ["line", "at", "ms", null, "none"]);
	assert.deepEqual(suggest([column("daemon", "text"), column("n", "number")]), ["bars", "daemon", "n", null, "none"]);
	assert.deepEqual(suggest([column("daemon", "text"), column("n", "number")], often), ["bars", "daemon", "n", null, "mean"]);
	assert.deepEqual(suggest([column("a", "number"), column("b", "number")]), ["points", "a", "b", null, "none"]);
	assert.deepEqual(suggest([column("a", "number")]), ["histogram", "a", null, null, "count"]);
	assert.deepEqual(suggest([column("word", "text")]), ["bars", "word", null, null, "count"]);
	assert.equal(suggest([column("list", "nested")]), null);
});

test("a kept choice is fitted to other columns", () => {
	const columns = [{ name: "word", kind: "text", type: "VARCHAR" }, { name: "n", kind: "number", type: "BIGINT" }] as const;
	assert.deepEqual(fitChoice(choice({ kind: "line", x: "gone", y: "gone" }), columns), { kind: "points", x: "word", y: "n", colour: null, aggregate: "none" });
	assert.deepEqual(fitChoice(choice({ kind: "histogram", x: "word" }), columns), { kind: "bars", x: "word", y: "n", colour: null, aggregate: "none" });
	assert.deepEqual(fitChoice(choice({ x: "word", colour: "word" }), [columns[0]]), { kind: "bars", x: "word", y: null, colour: null, aggregate: "count" });
});

test("only a whole choice is taken from a storage", () => {
	assert.ok(isChoice(JSON.parse(JSON.stringify(choice({ colour: "who" })))));
	for (const wrong of [null, 1, {}, choice({ kind: "pie" as never }), choice({ aggregate: "mode" as never }), { ...choice({}), x: 3 }, { ...choice({}), colour: undefined }]) assert.ok(!isChoice(wrong));
});
