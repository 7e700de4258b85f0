import assert from "node:assert/strict";
import path from "node:path";
import { after, before, test } from "node:test";
import { ask } from "@/lib/answer/ask";
import type { Engine } from "@/lib/engine/engine";
import { openNodeEngine } from "@/lib/engine/open-node";
import { load } from "@/lib/load/load";
import * as baselines from "@/lib/tables/baselines";
import { bind, type NamedQuery, type Params } from "@/lib/tables/query";
import { folderWorkspace } from "@/lib/workspace/folder";
import { nameOf } from "./address";

let engine: Engine;
before(async () => {
	engine = await openNodeEngine();
	await load(folderWorkspace(path.resolve(process.cwd(), "data")), engine);
});
after(() => engine.close());

/** The rows of a query and, as `file:line`, those of its twin. */
async function both<P extends Params, R>(query: NamedQuery<P, R>, params: P): Promise<{ rows: R[]; lines: string[] }> {
	const { rows } = await ask(engine, query, params);
	const twin = await engine.query(bind(query.rows, params), { role: "page" });
	await twin.complete;
	assert.deepEqual(
		twin.columns.slice(0, 2).map((column) => column.name),
		["source", "line"],
		query.name,
	);
	return { rows, lines: Array.from({ length: twin.numRows }, (_, row) => `${twin.cell(row, 0)}:${twin.cell(row, 1)}`) };
}

test("every baseline is listed, oldest first, and rests on its line", async () => {
	const list = await both(baselines.baselineList, {});
	const count = (await both(baselines.baselineCount, {})).rows[0]!.baselines;
	assert.equal(list.rows.length, count);
	assert.equal(list.lines.length, count);
	const times = list.rows.map((row) => row.recordedAt);
	assert.deepEqual(times, [...times].sort());
	const rejects = await both(baselines.baselineRejects, {});
	assert.deepEqual(rejects.rows, [{ rejects: 1, first: "baselines/audit_baselines.jsonl" }]);
	assert.deepEqual(rejects.lines, ["baselines/audit_baselines.jsonl:7"]);
});

test("any two baselines are compared, by name and by line alike, and rest on both lines", async () => {
	const list = (await ask(engine, baselines.baselineList, {})).rows;
	const [first, last] = [list[0]!, list.at(-1)!];
	const named = { before: nameOf(first), after: nameOf(last), tolerance: 0.2 };
	const drift = await both(baselines.driftBetween, named);
	assert.deepEqual((await both(baselines.driftBetween, { before: `${first.source}:${first.line}`, after: `${last.source}:${last.line}`, tolerance: 0.2 })).rows, drift.rows);
	assert.deepEqual(drift.lines, [`${last.source}:${last.line}`, `${first.source}:${first.line}`]);
	const of = (metric: string) => drift.rows.find((row) => row.metric === metric)!;
	assert.deepEqual([of("p3_rejected").before, of("p3_rejected").after, of("p3_rejected").verdict, of("p3_rejected").reason], [0, 74, "warn", "from zero to something"]);
	assert.equal(of("p4_sft_rows").reason, "unchanged");
	const ranks = drift.rows.map((row) => ["warn", "removed", "added", "ok"].indexOf(row.verdict ?? ""));
	assert.deepEqual(ranks, [...ranks].sort());
	const one = await both(baselines.driftOfMetric, { ...named, metric: "p3_rejected" });
	assert.deepEqual(one.rows, [of("p3_rejected")]);
	assert.equal(one.lines.length, 2);
	const counted = (await both(baselines.driftCount, named)).rows[0]!;
	assert.deepEqual(counted, { warn: drift.rows.filter((row) => row.verdict === "warn").length, compared: drift.rows.length, oneSided: 0 });
});

test("the last two are compared by default, and the tolerance moves the line", async () => {
	const list = (await ask(engine, baselines.baselineList, {})).rows;
	const [before, last] = [list.at(-2)!, list.at(-1)!];
	const drift = await both(baselines.lastDrift, {});
	assert.deepEqual(drift.rows, (await both(baselines.driftBetween, { before: nameOf(before), after: nameOf(last), tolerance: 0.2 })).rows);
	assert.deepEqual(drift.lines, [`${last.source}:${last.line}`, `${before.source}:${before.line}`]);
	assert.deepEqual(
		drift.rows.filter((row) => row.verdict === "warn").map((row) => row.metric),
		["p3_rejected"],
	);
	const loose = (await ask(engine, baselines.driftCount, { before: nameOf(before), after: nameOf(last), tolerance: 0.3 })).rows[0]!;
	const strict = (await ask(engine, baselines.driftCount, { before: nameOf(before), after: nameOf(last), tolerance: 0 })).rows[0]!;
	assert.deepEqual([loose.warn, strict.warn], [0, 2]);
	const change = await both(baselines.metricChange, { metric: "p3_rejected" });
	assert.deepEqual([change.rows[0]!.before, change.rows[0]!.after, change.lines.length], [57, 74, 2]);
});

test("a metric in every baseline, and in one", async () => {
	const series = await both(baselines.metricSeries, {});
	assert.equal(series.rows.length, series.lines.length);
	const one = await both(baselines.oneMetric, { metric: "p3_rejected" });
	assert.deepEqual(
		one.rows,
		series.rows.filter((row) => row.metric === "p3_rejected"),
	);
	const last = one.rows.at(-1)!;
	const point = await both(baselines.metricOfBaseline, { metric: "p3_rejected", source: last.source, line: last.line });
	assert.deepEqual(point.rows, [last]);
	assert.deepEqual(point.lines, [`${last.source}:${last.line}`]);
});
