import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import fc from "fast-check";
import type { Engine } from "@/lib/engine/engine";
import { openNodeEngine } from "@/lib/engine/open-node";
import { DRIFT_MACRO } from "@/lib/tables/ddl";
import { driftOf } from "./rules";

let engine: Engine;
before(async () => {
	engine = await openNodeEngine();
	await engine.define("CREATE TABLE ws.main.baseline_metrics (recorded_at TIMESTAMP_NS, metric VARCHAR, value DOUBLE, source VARCHAR, line BIGINT)");
	await engine.define(DRIFT_MACRO);
});
after(() => engine.close());

/** The rows of a query as they are. */
async function rows(sql: string): Promise<unknown[][]> {
	const result = await engine.query(sql, { role: "page" });
	await result.complete;
	return Array.from({ length: result.numRows }, (_, row) => result.columns.map((_, column) => result.cell(row, column)));
}

const text = (cell: unknown) => (cell === null || cell === undefined ? null : String(cell));

/** A double as SQL that keeps every bit of it. */
const double = (value: number | null) => (value === null ? "NULL" : `'${Object.is(value, -0) ? "-0" : value}'::DOUBLE`);

const value = fc.option(
	fc.oneof(
		fc.double({ noNaN: true, noDefaultInfinity: true }),
		fc.integer({ min: -1000, max: 1000 }),
		fc.constantFrom(0, -0, 10, 12, 0.3, 0.36, 5e-324, 1.7976931348623157e308),
	),
	{ nil: null },
);
const tolerance = fc.oneof(fc.constantFrom(0, 0.05, 0.07, 0.2, 0.5, 1), fc.double({ min: 0.0001, max: 10, noNaN: true }));

test("the macro of the engine and the rules agree on any two values", { timeout: 120_000 }, async () => {
	await fc.assert(
		fc.asyncProperty(fc.array(fc.tuple(value, value), { minLength: 1, maxLength: 60 }), tolerance, async (pairs, limit) => {
			await engine.define(`DELETE FROM ws.main.baseline_metrics; INSERT INTO ws.main.baseline_metrics VALUES ${pairs.flatMap(([a, b], i) => [`('2026-01-01', 'm${i}', ${double(a)}, 'log.jsonl', 1)`, `('2026-01-02', 'm${i}', ${double(b)}, 'log.jsonl', 2)`]).join(", ")}`);
			const found = await rows(`SELECT metric, change, change_ratio, verdict, reason FROM drift('2026-01-01', '2026-01-02', tolerance := '${limit}'::DOUBLE) ORDER BY substr(metric, 2)::INT`);
			const expected = pairs.map(([a, b], i) => {
				const drift = driftOf(a, b, limit);
				return [`m${i}`, drift.change, drift.changeRatio, drift.verdict, drift.reason];
			});
			assert.equal(found.length, expected.length);
			found.forEach(([metric, change, ratio, verdict, reason], i) => {
				const [name, wantChange, wantRatio, wantVerdict, wantReason] = expected[i]!;
				const number = (cell: unknown) => (cell === null || cell === undefined ? null : Number(cell) + 0);
				assert.deepEqual([text(metric), number(change), number(ratio), text(verdict), text(reason)], [name, number(wantChange), number(wantRatio), wantVerdict, wantReason], `${pairs[i]} at ${limit}`);
			});
		}),
		{ numRuns: 60 },
	);
});

test("a baseline is named by its time or by its line; of several at one time the last in the log counts", async () => {
	await engine.define(`DELETE FROM ws.main.baseline_metrics; INSERT INTO ws.main.baseline_metrics VALUES
		('2026-01-01 06:00:00', 'm', 10, 'log.jsonl', 1), ('2026-01-02 06:00:00', 'm', 11, 'log.jsonl', 2), ('2026-01-02 06:00:00', 'm', 20, 'log.jsonl', 3), (NULL, 'm', 12, 'other.jsonl', 7)`);
	const values = async (call: string) => (await rows(`SELECT "before", "after", verdict, source, line, before_source, before_line FROM ${call}`)).map((row) => row.map(text));
	assert.deepEqual(await values("drift('2026-01-01 06:00:00', '2026-01-02T06:00:00Z')"), [["10", "20", "warn", "log.jsonl", "3", "log.jsonl", "1"]]);
	assert.deepEqual(await values("drift('log.jsonl:1', 'log.jsonl:2')"), [["10", "11", "ok", "log.jsonl", "2", "log.jsonl", "1"]]);
	assert.deepEqual(await values("drift('log.jsonl:1', 'log.jsonl:2', 0.05)"), [["10", "11", "warn", "log.jsonl", "2", "log.jsonl", "1"]]);
	assert.deepEqual(await values("drift('other.jsonl:7', (SELECT max(recorded_at) FROM baseline_metrics))"), [["12", "20", "warn", "log.jsonl", "3", "other.jsonl", "7"]]);
	assert.deepEqual(await values("drift(NULL, 'log.jsonl:2')"), [[null, "11", "added", "log.jsonl", "2", null, null]]);
	await assert.rejects(rows("FROM drift('yesterday', 'log.jsonl:2')"), /names no baseline/);
});
