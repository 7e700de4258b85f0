import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { test } from "node:test";
import { contradiction } from "@/components/parity/recorded";
import { ask } from "@/lib/answer/ask";
import { openNodeEngine } from "@/lib/engine/open-node";
import { load } from "@/lib/load/load";
import { casesOfRecorded, recordedBesideValues } from "@/lib/tables/broken";
import { bind } from "@/lib/tables/query";
import { folderWorkspace } from "@/lib/workspace/folder";

test("a report that says pass of values beyond its tolerance is found with its cases; one that agrees is not", async () => {
	const folder = await mkdtemp(path.join(tmpdir(), "casebook-recorded-"));
	const engine = await openNodeEngine();
	try {
		const factor = (name: string, c: number, py: number, status: string) => ({ [name]: { c_value: c, py_value: py, status } });
		const report = { tolerance_rel: 1e-6, first_divergence: "d", num_divergent: 1, factors: { ...factor("a", 1, 1, "PASS"), ...factor("b", 1, 2, "PASS"), ...factor("d", 1, 3, "DIVERGENT") } };
		await writeFile(path.join(folder, "metrics.json"), JSON.stringify(report));
		await load(folderWorkspace(folder), engine);
		const { rows } = await ask(engine, recordedBesideValues, {});
		const contradicted = rows.filter((row) => contradiction(row.recorded, row.verdict) !== null);
		assert.deepEqual(contradicted.map(({ recorded, verdict, cases, firstCase }) => [recorded, verdict, cases, firstCase]), [["PASS", "fail", 1, "b"]]);
		const { probe, run } = contradicted[0]!;
		const cases = await ask(engine, casesOfRecorded, { probe, run, recorded: "PASS", verdict: "fail" });
		assert.deepEqual(cases.rows, [{ caseName: "b" }]);
		const twin = await engine.query(bind(recordedBesideValues.rows, {}), { role: "page" });
		await twin.complete;
		assert.equal(twin.numRows, rows.reduce((sum, row) => sum + row.cases, 0));
	} finally {
		await engine.close();
		await rm(folder, { recursive: true, force: true });
	}
});
