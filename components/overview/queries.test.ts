import assert from "node:assert/strict";
import path from "node:path";
import { after, before, test } from "node:test";
import { ask } from "@/lib/answer/ask";
import type { Engine } from "@/lib/engine/engine";
import { openNodeEngine } from "@/lib/engine/open-node";
import { load } from "@/lib/load/load";
import { brokenProbes, probeBroke, teamOfProbe } from "@/lib/tables/broken";
import { caseTotals, notCompared, probesBoard, probesPassing } from "@/lib/tables/board";
import { bind, type NamedQuery, type Params } from "@/lib/tables/query";
import { runBundle } from "@/lib/tables/run-bundle";
import { folderWorkspace } from "@/lib/workspace/folder";

let engine: Engine;
before(async () => {
	engine = await openNodeEngine();
	await load(folderWorkspace(path.resolve(process.cwd(), "data")), engine);
});
after(() => engine.close());

async function both<P extends Params, R>(query: NamedQuery<P, R>, params: P): Promise<{ rows: R[]; lines: number }> {
	const { rows } = await ask(engine, query, params);
	const twin = await engine.query(bind(query.rows, params), { role: "page" });
	await twin.complete;
	assert.deepEqual(
		twin.columns.slice(0, 2).map((column) => column.name),
		["source", "line"],
		query.name,
	);
	return { rows, lines: twin.numRows };
}

test("every failing probe says since which run and commit it fails, and what was good before", async () => {
	const broken = await both(brokenProbes, {});
	const failing = (await ask(engine, probesBoard, {})).rows.filter((row) => row.status === "fail");
	assert.deepEqual(broken.rows.map((row) => row.probe).sort(), failing.map((row) => row.probe).sort());
	assert.equal(broken.lines, broken.rows.length);
	for (const row of broken.rows) {
		const board = failing.find((one) => one.probe === row.probe)!;
		assert.equal(row.ranAt, board.brokenSince, row.probe);
		assert.equal(row.brokenRuns, board.brokenRuns, row.probe);
	}
	const json = broken.rows.find((row) => row.probe === "extract_json")!;
	assert.deepEqual([json.gitCommit?.slice(0, 7), json.brokenRuns, json.runs, json.goodCommit?.slice(0, 7), json.goodAt], ["4ebd25e", 2, 12, "11b3425", "2026-05-03 09:17:25"]);
	const one = await both(probeBroke, { probe: "extract_json" });
	assert.deepEqual([one.rows.length, one.lines, one.rows[0]!.ranAt], [1, 1, json.ranAt]);
});

test("a team is on a probe only where its page names a file of it", async () => {
	const { rows } = await both(brokenProbes, {});
	const teams = (probe: string) => rows.find((row) => row.probe === probe)!.teams.map((one) => one.team);
	assert.deepEqual(teams("reports/scaling/metrics.json"), ["Scaling audit"]);
	assert.deepEqual(teams("reports/hidden-states/parity_report.csv"), ["Hidden states"]);
	assert.deepEqual(teams("extract_json"), ["Gateway cutover"]);
	assert.deepEqual(teams("junit/pytest.junit.xml"), []);
	// The page names the folder first and the file a line later: the file says more.
	const summary = rows.find((row) => row.probe === "reports/parity/SUMMARY.md")!.teams;
	assert.deepEqual(summary.map(({ team, path: named }) => [team, named]), [["Gateway cutover", "reports/parity/SUMMARY.md"]]);
	const named = await both(teamOfProbe, { probe: "reports/scaling/metrics.json", team: "Scaling audit" });
	assert.deepEqual([named.rows.length, named.lines], [1, 1]);
	assert.match(named.rows[0]!.path, /^reports\/scaling\/.*metrics\.json$/);
});

test("a run outside every bundle has none", async () => {
	const { rows } = await both(brokenProbes, {});
	const loose = rows.find((row) => row.probe === "junit/pytest.junit.xml")!;
	assert.deepEqual((await both(runBundle, { probe: loose.probe, run: loose.run })).rows, []);
});

test("a report and what Casebook computes of the same raw files count once, by lines of that one", async () => {
	const { rows } = await ask(engine, probesBoard, {});
	assert.deepEqual(rows.flatMap((row) => (row.sameAs === null ? [] : [[row.probe, row.sameAs]])).sort(), [
		["reports/hidden-states/parity_report.csv", "reports/hidden-states/checkpoints"],
		["reports/scaling/metrics.json", "reports/scaling/traces"],
		["tensors/tensors", "tensors/detector_metrics.json"],
	]);
	const counted = rows.filter((row) => row.sameAs === null);
	const sum = (pick: (row: (typeof rows)[number]) => number) => counted.reduce((total, row) => total + pick(row), 0);
	const totals = await both(caseTotals, {});
	const [found] = totals.rows;
	assert.deepEqual([found!.probes, found!.passed, found!.compared, found!.notCompared], [counted.length, sum((row) => row.passed), sum((row) => row.compared), sum((row) => row.total - row.compared)]);
	const passing = await both(probesPassing, {});
	assert.deepEqual([passing.rows[0]!.probes, passing.rows[0]!.pass, passing.lines], [counted.length, counted.filter((row) => row.status === "pass").length, passing.rows[0]!.pass]);
	assert.equal((await both(notCompared, {})).rows[0]!.cases, found!.notCompared);
});
