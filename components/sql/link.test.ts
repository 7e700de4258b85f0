import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { hashOf, LONGEST_LINK, queryOf } from "./link";

test("a query survives its way through the address", () => {
	fc.assert(
		fc.property(fc.string({ unit: "grapheme", minLength: 1, maxLength: 300 }), (sql) => {
			const hash = hashOf(sql);
			if (sql.trim() === "") assert.equal(hash, "");
			else assert.equal(queryOf(hash!), sql);
		}),
	);
});

test("a plus stays a plus, and a percent sign that encodes nothing stays one", () => {
	assert.equal(queryOf("#q=SELECT%201+1"), "SELECT 1+1");
	assert.equal(queryOf("#q=SELECT 5 % 2"), "SELECT 5 % 2");
	assert.equal(queryOf("#q="), "");
});

test("a hash without a query is none", () => {
	assert.equal(queryOf(""), null);
	assert.equal(queryOf("#content"), null);
	assert.equal(queryOf("#x=1&q=SELECT%201"), "SELECT 1");
});

test("a query that makes too long a link gets none", () => {
	assert.equal(hashOf(`SELECT '${"x".repeat(LONGEST_LINK)}'`), null);
	assert.equal(hashOf("SELECT 1")?.startsWith("#q=SELECT%201"), true);
});
