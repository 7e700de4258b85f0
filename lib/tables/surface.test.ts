import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Engine } from "@/lib/engine/engine";
import { openNodeEngine } from "@/lib/engine/open-node";
import { Loader } from "@/lib/load/loader";
import { bind } from "./query";

let engine: Engine;

before(async () => {
	engine = await openNodeEngine();
	await Loader.prepare(engine);
});
after(() => engine.close());

/** The public interface. Taking a name away breaks saved queries and links: it needs a line in the CHANGELOG. */
const SURFACE: Record<string, string> = {
	sources: "path format bytes sha256 modified_at lines records rejects blanks comments other pending rows state note",
	rejects: "source line byte_offset reason raw",
	sessions: "schema session_id trace_id timestamp daemon kind provider model prompt iterations max_iterations final_verdict attempts artifact validation grounded_in_roster duration_ms source line byte_offset absent",
	attempts: "session_id daemon timestamp iteration verdict error raw span_id source line byte_offset",
	probes: "probe title measure tolerance status passed compared total first_divergence last_run last_ran_at runs broken_since same_as source line",
	runs: "probe run ran_at ran_at_from git_commit reference candidate measure tolerance passed failed unmatched incomparable skipped first_divergence recorded_verdict recorded_first_divergence bundle same_as source line",
	cases: "probe run position case_name measure tolerance reference candidate value verdict recorded_verdict reason source line",
	latest_cases: "probe run position case_name measure tolerance reference candidate value verdict recorded_verdict reason source line",
	baselines: "recorded_at git_commit runtime metrics source line byte_offset absent",
	baseline_metrics: "recorded_at git_commit runtime metric value source line",
	json_values: "field path type text source line",
	docs: "title kind doc_date status team words repaired source line",
	doc_sections: "level title source line",
	doc_items: "section state text source line",
	doc_tables: "table_no row_no column_no column_name text number unit source line",
	teams: "team state state_words since blocker next_step done open blocked last_activity source line",
	blockers: "team title problem root_cause fix source line",
	artifacts: "team path said source line",
	criteria: "team text said source line",
	next_steps: "team position title duration command source line",
	text_lines: "text source line byte_offset",
	checkpoints: "checkpoint producer token_idx dtype shape values ts source line byte_offset absent",
	trace_values: "side position key ordinal occurrence numbers text source line byte_offset",
	tensors: "dtype shape fortran_order min max mean std nans infinities source line",
	benchmarks: "name size metric value unit source line",
	trace_events: "name cat ph ts dur pid tid source line byte_offset absent",
	audit_log: "subject_id seq ts action accessor prev_hmac hmac chain_state source line byte_offset absent",
	replay_runs: "schema run_id ran_at task model retrieved verdict error duration_ms source line byte_offset absent",
	evidence_rows: "evidence_id source_file provenance prompt_tokens completion_tokens metadata source line byte_offset absent",
	bundles: "bundle bundle_at bundle_at_from git_commit commands exit_code environment source line",
	checksums: "bundle path sha256 state source line",
};

for (const [table, columns] of Object.entries(SURFACE)) {
	test(`${table} has its columns, and no column needs quotes`, async () => {
		const result = await engine.query(`SELECT ${columns.split(" ").map((column) => `t.${column}`).join(", ")} FROM ${table} t`);
		await result.complete;
		assert.equal(result.numRows, 0);
		const bare = await engine.query(`SELECT ${columns.split(" ").join(", ")} FROM ${table}`);
		await bare.complete;
		assert.equal(bare.columns.length, columns.split(" ").length);
	});
}

test("drift() is there", async () => {
	const result = await engine.query('SELECT metric, "before", "after", change, change_ratio, verdict, reason FROM drift(\'2026-01-01\', \'2026-01-02\')');
	await result.complete;
	assert.equal(result.numRows, 0);
});

test("every table and column of the surface is described", async () => {
	const result = await engine.query("SELECT table_name, column_name FROM duckdb_columns() WHERE database_name = 'ws' AND table_name IN (SELECT table_name FROM duckdb_tables() WHERE database_name = 'ws' AND table_name NOT LIKE '\\_%' ESCAPE '\\') AND comment IS NULL");
	await result.complete;
	assert.equal(result.numRows, 0);
});

test("parameters become literals, and a mismatch is an error", () => {
	assert.equal(bind("SELECT $a, $b, $c, $d", { a: "it's", b: 1.5, c: null, d: true }), "SELECT 'it''s', 1.5, NULL, true");
	assert.equal(bind("SELECT $a", { a: "$b" }), "SELECT '$b'");
	assert.throws(() => bind("SELECT $a", {}), /no value for \$a/);
	assert.throws(() => bind("SELECT 1", { a: 1 }), /\$a is not in the query/);
	assert.throws(() => bind("SELECT $a", { a: Number.NaN }), /NaN/);
});
