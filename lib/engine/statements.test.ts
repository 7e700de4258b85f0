import assert from "node:assert/strict";
import { test } from "node:test";
import { splitStatements } from "./statements";

const split = (script: string) => splitStatements(script).map(({ sql, word, offset }) => [sql, word, offset]);

test("a script is split at semicolons outside of strings, names, dollar quotes and comments", () => {
	assert.deepEqual(split("SELECT 1; SELECT 2"), [["SELECT 1", "SELECT", 0], ["SELECT 2", "SELECT", 10]]);
	assert.deepEqual(split("SELECT ';''; ' ; FROM \"a;\"\"b\""), [["SELECT ';''; '", "SELECT", 0], ['FROM "a;""b"', "FROM", 17]]);
	assert.deepEqual(split("SELECT $$ ; $$, $q$ $$ ; $q$; TABLE t"), [["SELECT $$ ; $$, $q$ $$ ; $q$", "SELECT", 0], ["TABLE t", "TABLE", 30]]);
	assert.deepEqual(split("SELECT 1 -- ; not here\n; VALUES (1)"), [["SELECT 1 -- ; not here", "SELECT", 0], ["VALUES (1)", "VALUES", 25]]);
	assert.deepEqual(split("SELECT 1 /* ; /* ; */ ; */ ; FROM t"), [["SELECT 1 /* ; /* ; */ ; */", "SELECT", 0], ["FROM t", "FROM", 29]]);
	assert.deepEqual(split("SELECT E'\\';' ; FROM t"), [["SELECT E'\\';'", "SELECT", 0], ["FROM t", "FROM", 16]]);
});

test("the first word is found behind comments and brackets", () => {
	assert.equal(splitStatements("/* DROP */ -- x\n  ( (select 1))")[0]?.word, "SELECT");
	assert.equal(splitStatements("-- only words\n/* and more */").length, 0);
	assert.equal(splitStatements(" ;; \n;").length, 0);
});

test("what is not closed runs to the end", () => {
	assert.equal(splitStatements("SELECT 'a; FROM t").length, 1);
	assert.equal(splitStatements("SELECT $$a; FROM t").length, 1);
	assert.equal(splitStatements("SELECT /* a; FROM t").length, 1);
});
