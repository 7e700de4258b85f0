import assert from "node:assert/strict";
import { test } from "node:test";
import { type CatalogTable, catalogOf, searchCatalog } from "./catalog";
import { suggest, tablesIn, type Word } from "./completion";

const columns = (...names: string[]) => names.map((name) => ({ name, type: "VARCHAR", describe: null }));
const TABLES: CatalogTable[] = [
	{ name: "sessions", file: false, describe: "one loop", columns: columns("session_id", "daemon", "Odd name") },
	{ name: "runs", file: false, describe: null, columns: columns("probe", "run") },
	{ name: "logs/sessions.jsonl", file: true, describe: null, columns: columns("kind") },
];
const WORDS: Word[] = [
	{ word: "count", kind: "function", describe: "Counts rows." },
	{ word: "read_json_auto", kind: "table function", describe: null },
	{ word: "SELECT", kind: "keyword", describe: null },
];

/** Suggests at the bar. */
function at(text: string, explicit = false) {
	const position = text.indexOf("|");
	return suggest(text.replace("|", ""), position, TABLES, WORDS, explicit);
}
const labels = (text: string, explicit = false) => at(text, explicit)?.options.map((option) => option.label) ?? null;

test("the tables of a statement are known by name, alias and file", () => {
	const names = (sql: string) => [...tablesIn(sql, TABLES)].map(([name, table]) => `${name}=${table.name}`);
	assert.deepEqual(names("SELECT * FROM sessions s JOIN runs AS r ON true"), ["sessions=sessions", "s=sessions", "runs=runs", "r=runs"]);
	assert.deepEqual(names("SELECT * FROM sessions WHERE daemon = 'x'"), ["sessions=sessions"]);
	assert.deepEqual(names("FROM 'logs/sessions.jsonl'"), ["logs/sessions.jsonl=logs/sessions.jsonl"]);
	assert.deepEqual(names("FROM read_json_auto('sessions.jsonl', format='nd') GROUP BY daemon"), ["sessions.jsonl=logs/sessions.jsonl"]);
	assert.deepEqual(names("FROM nowhere"), []);
});

test("after a name and a dot come that table's columns, quoted where they must be", () => {
	assert.deepEqual(labels("SELECT s.| FROM sessions s"), ["session_id", "daemon", "Odd name"]);
	assert.equal(at("SELECT s.| FROM sessions s")!.options[2]!.apply, '"Odd name"');
	assert.equal(labels("SELECT nope.| FROM sessions s"), null);
});

test("inside a string come the paths", () => {
	assert.deepEqual(labels("FROM '|"), ["logs/sessions.jsonl"]);
	assert.deepEqual(at("FROM read_json_auto('logs/se|'")?.from, "FROM read_json_auto('".length);
	assert.ok(!labels("SELECT 'done' + d|")!.includes("kind"));
});

test("columns of the tables in scope come before other names, and nothing comes before a letter", () => {
	assert.equal(labels("SELECT | FROM sessions"), null);
	assert.equal(labels("SELECT count(*) AS s|"), null);
	assert.equal(labels("SELECT 1|"), null);
	const options = at("SELECT d| FROM sessions")!.options;
	const boost = (label: string) => options.find((option) => option.label === label)!.boost;
	assert.ok(boost("daemon") > boost("runs"));
	assert.ok(boost("runs") > boost("SELECT"));
	assert.ok(!options.some((option) => option.label === "probe"));
	assert.ok(labels("SELECT p|")!.includes("probe"));
});

test("after FROM tables come first", () => {
	const options = at("SELECT * FROM s|")!.options;
	assert.equal(options.toSorted((a, b) => b.boost - a.boost)[0]!.kind, "table");
	assert.equal(options.find((option) => option.kind === "file")!.apply, "'logs/sessions.jsonl'");
});

test("rows of the schema become tables, and a search keeps what matches", () => {
	const row = (table: string, column: string) => ({ table, tableDescribe: null, file: false, column, type: "BIGINT", describe: null });
	const tables = catalogOf([row("runs", "probe"), row("runs", "passed"), row("cases", "probe")]);
	assert.deepEqual(tables.map((table) => [table.name, table.columns.length]), [["runs", 2], ["cases", 1]]);
	assert.deepEqual(searchCatalog(tables, "pass").map((table) => table.columns.map((column) => column.name)), [["passed"]]);
	assert.equal(searchCatalog(tables, "RUNS")[0]!.columns.length, 2);
	assert.equal(searchCatalog(tables, "").length, 2);
});
