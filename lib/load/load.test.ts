import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import path from "node:path";
import { after, before, describe, test } from "node:test";
import { ask } from "@/lib/answer/ask";
import { SAMPLE_ANSWERS } from "@/lib/cli/sample/answers";
import type { Engine } from "@/lib/engine/engine";
import { openNodeEngine } from "@/lib/engine/open-node";
import * as baselines from "@/lib/tables/baselines";
import * as bundles from "@/lib/tables/bundles";
import * as parity from "@/lib/tables/parity";
import { bind, type NamedQuery, type Params } from "@/lib/tables/query";
import * as sessions from "@/lib/tables/sessions";
import * as sources from "@/lib/tables/sources";
import * as teams from "@/lib/tables/teams";
import { folderWorkspace } from "@/lib/workspace/folder";
import { type Loaded, load } from "./load";
import { readLines } from "./source-text";

let engine: Engine;
let loaded: Loaded;

async function rows(sql: string): Promise<(string | null)[][]> {
	const result = await engine.query(sql);
	await result.complete;
	return Array.from({ length: result.numRows }, (_, row) => result.columns.map((_, column) => result.text(row, column)));
}

async function one(sql: string): Promise<string | null> {
	return (await rows(sql))[0]?.[0] ?? null;
}

describe("the sample workspace", () => {
	const workspace = folderWorkspace(path.resolve("data"), { include: [] });

	before(async () => {
		engine = await openNodeEngine();
		loaded = await load(workspace, engine);
	});
	after(() => engine.close());

	test("every line of every file is accounted for", async () => {
		assert.deepEqual(await rows("SELECT path FROM sources WHERE lines <> records + rejects + blanks + comments + other + pending"), []);
		assert.deepEqual(await rows("SELECT path FROM sources WHERE state IN ('ready', 'partial') AND (lines IS NULL OR sha256 IS NULL)"), []);
	});

	test("sessions and attempts are what the generator wrote", async () => {
		const { sessions: answer } = SAMPLE_ANSWERS;
		assert.equal(Number(await one("SELECT count(*) FROM sessions")), answer.rows);
		for (const [daemon, count] of Object.entries(answer.byDaemon)) assert.equal(Number(await one(`SELECT count(*) FROM sessions WHERE daemon = '${daemon}'`)), count, daemon);
		for (const [verdict, count] of Object.entries(answer.byVerdict)) assert.equal(Number(await one(`SELECT count(*) FROM sessions WHERE final_verdict = '${verdict}'`)), count, verdict);
		assert.equal(await one("SELECT count(*) FROM attempts"), await one("SELECT sum(len(attempts)) FROM sessions"));
		assert.equal(await one("SELECT count(*) FROM sessions WHERE line IS NULL OR byte_offset IS NULL"), "0");
	});

	test("rejects are where the generator broke lines", async () => {
		const found = await rows("SELECT source, line FROM rejects ORDER BY source, line");
		assert.deepEqual(found, [...SAMPLE_ANSWERS.rejects].map(({ path: file, line }) => [file, String(line)]).sort((a, b) => (a.join() < b.join() ? -1 : 1)));
	});

	test("a row's byte offset leads to its line", async () => {
		const [row] = await rows("SELECT source, line, byte_offset, session_id FROM sessions ORDER BY line LIMIT 1 OFFSET 500");
		const [source, line, offset, id] = row as [string, string, string, string];
		const { bytes } = await workspace.bytes(source, Number(offset), Number(offset) + 200);
		assert.ok(new TextDecoder().decode(bytes).startsWith("{"));
		assert.ok(new TextDecoder().decode(bytes).includes(id));
		const text = await readLines(workspace, loaded.infos.get(source)!, Number(line), 1);
		assert.ok(text.lines[0]?.includes(id));
	});

	test("probes stand as the generator's own bookkeeping says", async () => {
		for (const probe of SAMPLE_ANSWERS.probes) {
			const found = await rows(`SELECT passed, compared, total, first_divergence, runs FROM probes WHERE probe = '${probe.probe}'`);
			const last = probe.runs.at(-1)!;
			assert.deepEqual(found[0]?.slice(0, 4), [String(last.passed), String(last.compared), String(last.total), last.firstDivergence], probe.probe);
			assert.equal(found[0]?.[4], String(probe.runs.length), probe.probe);
		}
	});

	test("a recorded pass whose values differ is flagged", async () => {
		assert.deepEqual(await rows("SELECT source, case_name, verdict FROM cases WHERE recorded_verdict ILIKE 'pass' AND verdict = 'fail'"), [["reports/parity/20260429T043355Z/session_log.json", "unicode_in_prompt", "fail"]]);
	});

	test("the seed's own query runs as it is written", async () => {
		const found = await rows("SELECT daemon, COUNT(*) FROM read_json_auto('sessions.jsonl', format='nd') GROUP BY daemon ORDER BY daemon");
		assert.deepEqual(found, Object.entries(SAMPLE_ANSWERS.sessions.byDaemon).map(([daemon, count]) => [daemon, String(count)]).sort());
	});

	test("the last baseline drifts where the generator made it", async () => {
		const { rows: drift } = await ask(engine, baselines.lastDrift, {});
		assert.equal(drift.find((item) => item.metric === "p3_rejected")?.verdict, "warn");
		assert.equal(drift.find((item) => item.metric === "p2_evidence_rows")?.verdict, "ok");
	});

	test("the evidence bundle of the last comparison: its files, commands, exit code, checksums and tests", async () => {
		const { bundle, runs } = SAMPLE_ANSWERS.scaling;
		const { rows: list } = await ask(engine, bundles.bundleList, {});
		assert.equal(list.length, runs.length);
		const { match, differs, missing, itself } = list.find((row) => row.bundle === bundle.path)!;
		assert.deepEqual({ match, differs, missing, itself }, { match: bundle.checksums.match, differs: bundle.checksums.differs, missing: bundle.checksums.missing, itself: bundle.checksums.itself });
		const [detail] = (await ask(engine, bundles.bundleRow, { bundle: bundle.path })).rows;
		assert.deepEqual([detail?.exitCode, detail?.gitCommit, detail?.bundleAtFrom], [bundle.exitCode, runs.at(-1)!.commit, "content"]);
		assert.match(detail?.commands ?? "", /compare_traces\.py/);
		assert.deepEqual(detail?.environment?.find((item) => item.name === "dtype"), { name: "dtype", value: "float64" });
		const { rows: files } = await ask(engine, bundles.bundleFiles, { bundle: bundle.path });
		assert.deepEqual([files.length, files.reduce((sum, file) => sum + file.bytes, 0)], [detail?.files, detail?.bytes]);
		const { rows: inside } = await ask(engine, bundles.bundleRuns, { bundle: bundle.path });
		assert.deepEqual(inside.filter((run) => run.source === bundle.tests.path).map((run) => [run.passed, run.failed, run.skipped]), [[bundle.tests.passed, 0, 0]]);
		assert.equal((await ask(engine, bundles.bundleChecksums, { bundle: bundle.path })).rows[0]?.state, "differs");
		assert.deepEqual(await rows(`SELECT value FROM benchmarks WHERE metric = 'speedup_warm' AND size = ${SAMPLE_ANSWERS.benchmark.size}`), [[String(SAMPLE_ANSWERS.benchmark.speedupWarm)]]);
	});

	test("teams are as their pages say, also the mis-decoded one", async () => {
		const { rows: board } = await ask(engine, teams.teamBoard, {});
		assert.equal(board.length, 4);
		assert.equal(board.filter((team) => team.state === "blocked").length, 2);
		assert.equal(await one("SELECT count(*) FROM docs WHERE repaired"), "1");
	});

	// What makes each kind of question have an answer in the sample; a parameter that is not named here is null.
	const PROBE = { probe: "extract_json", run: "reports/parity/20260505T082747Z/extract_json.json", position: 0, case_name: "nested_fence" };
	const SESSION = { id: "unified-check-001", source: "logs/sessions.jsonl", line: 1 };
	const SOURCE = { source: "logs/sessions.jsonl", path: "logs/sessions.jsonl" };
	const TEAM = { source: "teams/hidden_states_status.md", team: "Hidden states" };
	const LOG = SAMPLE_ANSWERS.baselines.path;
	const BASELINE = { metric: "p3_rejected", before: `${LOG}:8`, after: `${LOG}:9`, tolerance: 0.2, source: LOG, line: 9 };
	const rooms: [object, Record<string, string | number>][] = [[parity, PROBE], [sessions, SESSION], [sources, SOURCE], [teams, TEAM], [baselines, BASELINE], [bundles, { bundle: SAMPLE_ANSWERS.scaling.bundle.path }]];
	const isQuery = (value: unknown): value is NamedQuery<Params, unknown> => typeof value === "object" && value !== null && "rows" in value && "sql" in value;

	for (const [room, given] of rooms) for (const query of Object.values(room).filter(isQuery)) {
		test(`${query.name} reads its rows, and its twin names lines that exist`, async () => {
			const params = (sql: string) => Object.fromEntries([...sql.matchAll(/\$([a-z_][a-z0-9_]*)/g)].map((match) => [match[1]!, given[match[1]!] ?? null]));
			const answer = await ask(engine, query, params(query.sql) as Params);
			assert.ok(answer.rows.length > 0, answer.sql);
			const twin = bind(query.rows, params(query.rows) as Params);
			const lost = await rows(`SELECT t.source, t.line FROM (${twin}) t LEFT JOIN sources s ON s.path = t.source WHERE s.path IS NULL OR t.line < 1 OR t.line > s.lines`);
			assert.deepEqual(lost, [], twin);
		});
	}
});

const REAL = path.resolve("../shared/real");

describe("real files", { skip: existsSync(REAL) ? false : "../shared/real is not here" }, () => {
	before(async () => {
		engine = await openNodeEngine();
		await load(folderWorkspace(REAL, { include: [] }), engine);
	});
	after(() => engine.close());

	test("nothing failed, nothing is lost", async () => {
		assert.deepEqual(await rows("SELECT path, note FROM sources WHERE state = 'failed'"), []);
		assert.deepEqual(await rows("SELECT path FROM sources WHERE lines <> records + rejects + blanks + comments + other + pending"), []);
	});

	test("the hidden-state report: 14 tokens compared, 94 entries on one side, first difference at token 7", async () => {
		assert.deepEqual(await rows("SELECT compared, total - compared, first_divergence, status FROM probes WHERE probe = 'hidden-states/expected_parity_report.csv'"), [["14", "94", "token 7", "fail"]]);
		assert.equal(await one("SELECT value FROM cases WHERE source LIKE 'hidden-states/%' AND case_name = 'token 7'"), "1009864000000000000.0");
		assert.deepEqual(await rows("SELECT max_abs_diff, mean_abs_diff FROM 'hidden-states/expected_parity_report.csv' WHERE token_idx = 20"), [["46538.46", "4658.598"]]);
	});

	test("the factor comparisons: three runs of one probe, 2 of 9 divergent, first I_before_scaling, as recorded", async () => {
		assert.deepEqual(await rows("SELECT probe, passed, failed, first_divergence, recorded_first_divergence, disagreements FROM runs WHERE source LIKE 'scaling-trace/%/metrics.json' ORDER BY run"), [
			["scaling-trace/metrics.json", "7", "2", "I_before_scaling", "I_before_scaling", "0"],
			["scaling-trace/metrics.json", "7", "2", "I_before_scaling", "I_before_scaling", "0"],
			["scaling-trace/metrics.json", "7", "2", "I_before_scaling", "I_before_scaling", "0"],
		]);
		assert.deepEqual(await rows("SELECT case_name FROM cases WHERE verdict = 'fail' AND source = 'scaling-trace/20251008T212459Z/metrics.json' ORDER BY position"), [["I_before_scaling"], ["I_pixel_final"]]);
		assert.deepEqual(await rows("SELECT reference, candidate FROM cases WHERE case_name = 'polar' AND source LIKE '%212459Z/metrics.json'"), [["0.91463969894451", "0.914639662310613"]]);
		assert.deepEqual(await rows("SELECT DISTINCT recorded_verdict FROM cases WHERE source LIKE 'scaling-trace/%/metrics.json' AND verdict = 'fail' ORDER BY 1"), [["CRITICAL"], ["DIVERGENT"]]);
		assert.deepEqual(await rows("SELECT ran_at_from, git_commit FROM runs WHERE source LIKE '%212459Z/metrics.json'"), [["sibling", "f81b8a5003ee25ec3f2f1b9ff2db591325cf9918"]]);
	});

	test("JUnit: 693 tests, 8 failed, 145 skipped; the empty run is not a pass", async () => {
		assert.deepEqual(await rows("SELECT passed, failed, skipped, passed + failed + skipped FROM runs WHERE probe = 'junit/pytest.junit.xml'"), [["540", "8", "145", "693"]]);
		assert.deepEqual(await rows("SELECT status, total FROM probes WHERE probe = 'junit/pytest_empty.xml'"), [["not compared", "0"]]);
	});

	test("five evidence bundles under bundles/ and one beside them, with their times, commits and commands", async () => {
		const found = await rows("SELECT regexp_extract(bundle, '[^/]*$'), bundle_at_from, left(git_commit, 8), commands IS NOT NULL, environment IS NOT NULL, exit_code FROM bundles ORDER BY bundle");
		assert.deepEqual(found, [
			["fix_20251008T231211Z", "folder", null, "false", "false", null],
			["20251009T024433Z", "content", "7f74e3aa", "true", "true", null],
			["20251008T203504Z", "content", "0b34a0b3", "true", "true", null],
			["20251009T185357Z", "folder", null, "true", "true", null],
			["20251010T043632Z", "folder", null, "false", "false", null],
			["20251008T212459Z", "content", "f81b8a50", "false", "true", null],
		]);
	});

	test("checksums: 8 of 8 match in one bundle, 6 named files are missing in another", async () => {
		assert.deepEqual(await rows("SELECT regexp_extract(bundle, '[^/]*$'), state, count(*) FROM checksums GROUP BY ALL ORDER BY 1"), [["20251008T203504Z", "match", "8"], ["20251009T024433Z", "missing", "6"]]);
		assert.equal(await one("SELECT count(*) FROM checksums WHERE state = 'match' AND found_sha256 = sha256 AND found = bundle || '/' || path"), "8");
	});

	test("image comparisons and test output of the bundles, each run in its bundle", async () => {
		assert.deepEqual(await rows("SELECT case_name, value, verdict FROM cases WHERE source LIKE '%/20251009T185357Z/metrics.json' ORDER BY position"), [["TC-D1", "0.048638784604524546", "fail"], ["TC-D3", "0.05295286882579458", "fail"]]);
		assert.deepEqual(await rows("SELECT value FROM cases WHERE source LIKE '%/20251009T024433Z/summary.json'"), [["0.9965614320231929"]]);
		assert.deepEqual(await rows("SELECT regexp_extract(bundle, '[^/]*$'), passed, failed, skipped FROM runs WHERE measure = 'status' AND bundle IS NOT NULL ORDER BY 1"), [["20251008T203504Z", "2", "0", "0"], ["20251009T024433Z", "2", "0", "0"], ["20251009T185357Z", "7", "0", "0"]]);
		assert.deepEqual(await rows("SELECT count(*) FROM runs WHERE source LIKE '%collect%'"), [["0"]]);
		assert.equal(await one("SELECT count(*) FROM runs WHERE inferred AND source LIKE '%.json'"), "0", "no file here is taken for a comparison that it is not");
	});
});
