import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { deflateSync } from "fflate";
import { checkRows, expectationOf } from "./check";
import { decodeLink, encodeLink, LinkProblem, MAX_UNPACKED, type SharedNotebook } from "./codec";
import { type DigestCell, digestOf, type DigestTable, parseTolerance } from "./digest";
import type { Cell, Pin } from "./types";
import { outcomeOf, summaryOf, summaryText } from "./verdict";

function table(names: string[], rows: DigestCell[][], kinds: string[] = names.map(() => "number")): DigestTable {
	return { columns: names.map((name, at) => ({ name, kind: kinds[at]! })), numRows: rows.length, cell: (row, column) => rows[row]![column]! };
}

const QUERY = "SELECT x FROM t";

test("a digest counts rows, not their order, unless the query orders them", async () => {
	const a = table(["x"], [[1], [2]]);
	const b = table(["x"], [[2], [1]]);
	assert.equal(await digestOf(a, QUERY), await digestOf(b, QUERY));
	assert.notEqual(await digestOf(a, `${QUERY} ORDER BY x`), await digestOf(b, `${QUERY} ORDER BY x`));
	assert.notEqual(await digestOf(a, QUERY), await digestOf(table(["x"], [[1], [2], [2]]), QUERY));
	assert.notEqual(await digestOf(a, QUERY), await digestOf(table(["y"], [[1], [2]]), QUERY));
	// Known once and for all: another value here breaks every link that was ever shared.
	assert.equal(await digestOf(table(["x", "t"], [[1.5, "a"], [null, ""]], ["number", "text"]), QUERY), "2bd7491aaaf05e1b47625384cd8ab66eabe1d7caec0ab93aab168f4c81b512cd");
});

test("numbers count by value at 12 digits or at the tolerance; null, zero and empty are three", async () => {
	const one = (cell: DigestCell, kind = "number", tolerance: string | null = null) => digestOf(table(["x"], [[cell]], [kind]), QUERY, tolerance === null ? null : parseTolerance(tolerance));
	for (const same of [1, 1n, "1", "1.000"] as const) assert.equal(await one(same), await one(1), String(same));
	assert.equal(await one(0.1 + 0.2), await one(0.3));
	assert.equal(await one("9007199254740993"), await one(9007199254740993n));
	assert.notEqual(await one("9007199254740993"), await one("9007199254740992"));
	assert.notEqual(await one(1 + 1e-9), await one(1));
	assert.equal(await one(1 + 1e-9, "number", "rel:1e-6"), await one(1, "number", "rel:1e-6"));
	assert.equal(await one(10.004, "number", "abs:0.01"), await one(10, "number", "abs:0.01"));
	assert.notEqual(await one(10.02, "number", "abs:0.01"), await one(10, "number", "abs:0.01"));
	const different = [null, 0, "", "null", "0", Number.NaN, Number.POSITIVE_INFINITY, false, [], [null], {}];
	const digests = await Promise.all(different.map((cell) => one(cell as DigestCell, typeof cell === "string" ? "text" : "number")));
	assert.equal(new Set(digests).size, different.length);
	assert.equal(await one(-0), await one(0));
});

test("tolerances", () => {
	assert.deepEqual(parseTolerance("abs:0.01"), { kind: "abs", size: 0.01 });
	assert.deepEqual(parseTolerance("1e-6"), { kind: "rel", size: 1e-6 });
	for (const bad of ["", "abs:", "rel:-1", "ulp:4", "0", "1e999"]) assert.equal(parseTolerance(bad), null, bad);
});

const HASH = "a".repeat(64);
const PIN: Pin = { digest: HASH, rows: 1, shown: "7", sources: { "a.jsonl": "b".repeat(64) } };

test("what a reader's run says of a pin", () => {
	const own = { digest: HASH, shown: "7", why: null, sources: { "a.jsonl": "b".repeat(64) } };
	assert.deepEqual(outcomeOf(PIN, own), { state: "reproduced" });
	assert.deepEqual(outcomeOf(PIN, { ...own, sources: { "a.jsonl": "c".repeat(64) } }), { state: "reproduced on changed sources", sources: ["a.jsonl"] });
	assert.deepEqual(outcomeOf(PIN, { ...own, sources: { "a.jsonl": null } }), { state: "reproduced on changed sources", sources: ["a.jsonl"] });
	assert.deepEqual(outcomeOf(PIN, { ...own, digest: "c".repeat(64), shown: "8" }), { state: "changed", before: "7", after: "8", sources: [] });
	assert.equal(outcomeOf(PIN, { ...own, digest: null, why: "a.jsonl is missing." }).state, "cannot be checked");
	assert.equal(outcomeOf(null, own).state, "cannot be checked");
	const outcomes = [outcomeOf(PIN, own), outcomeOf(null, own), outcomeOf(PIN, { ...own, digest: "c".repeat(64) })];
	assert.equal(summaryText(summaryOf(outcomes)), "Changed 1 of 3, cannot be checked 1 of 3, reproduced 1 of 3");
	assert.equal(summaryText(summaryOf([outcomes[0]!])), "Reproduced 1 of 1");
	assert.match(summaryText(summaryOf([])), /Nothing is pinned/);
});

const SHARED: SharedNotebook = { markdown: "# T\n```sql name=a\nSELECT 1\n```\n", pinnedAt: "2026-11-25T02:00:00.000Z", pins: { a: PIN }, results: { a: { columns: ["x"], rows: [["1"], [null]] } } };

test("a link says the same after its way", () => {
	const plain = (value: unknown) => JSON.parse(JSON.stringify(value)) as unknown;
	assert.deepEqual(plain(decodeLink(encodeLink(SHARED))), plain(SHARED));
	assert.deepEqual(plain(decodeLink(`#${encodeLink(SHARED)}`)), plain(SHARED));
	fc.assert(fc.property(fc.string({ unit: "grapheme", maxLength: 2000 }), (markdown) => decodeLink(encodeLink({ ...SHARED, markdown })).markdown === markdown.toWellFormed()));
});

test("a link that is cut, changed, later or not ours is one sentence", () => {
	const link = encodeLink(SHARED);
	for (let at = 0; at < link.length; at++) assert.throws(() => decodeLink(link.slice(0, at)), LinkProblem);
	for (let at = 0; at < link.length; at += 3) {
		const changed = link.slice(0, at) + (link[at] === "A" ? "B" : "A") + link.slice(at + 1);
		try {
			assert.deepEqual(JSON.stringify(decodeLink(changed)), JSON.stringify(SHARED));
		} catch (error) {
			assert.ok(error instanceof LinkProblem, String(error));
		}
	}
	assert.throws(() => decodeLink(link.replace("c1.", "c2.")), /version 2.*later Casebook/);
	for (const bad of ["", "#", "c1.00000000.", "c1.xyz.abc", "c99999999999.00000000.A", "javascript:alert(1)", "c0.00000000.AA"]) assert.throws(() => decodeLink(bad), LinkProblem, bad);
});

/** A link with content of a stranger's making. */
function forged(content: unknown): string {
	const bytes = new TextEncoder().encode(typeof content === "string" ? content : JSON.stringify(content));
	let hash = 0x811c9dc5;
	for (const byte of bytes) hash = Math.imul(hash ^ byte, 0x01000193);
	return `c1.${(hash >>> 0).toString(16).padStart(8, "0")}.${Buffer.from(deflateSync(bytes)).toString("base64url")}`;
}

test("a stranger's content is refused or read as what it is", () => {
	for (const bad of ["", "{}", "[1,2,3,4]", '["",null,{"a":{"digest":"x"}},{}]', '["",null,{},[]]', '["",null,{},{"a":{"columns":[1],"rows":[]}}]', '["",null,{},{"a":{"columns":["x"],"rows":[["1","2"]]}}]', '["",5,{},{}]', "\u0000"]) assert.throws(() => decodeLink(forged(bad)), LinkProblem, bad);
	const own = decodeLink(forged(`["",null,{"__proto__":{"digest":"${HASH}"}},{"__proto__":{"columns":[],"rows":[]},"constructor":{"columns":[],"rows":[]}}]`));
	assert.equal(({} as { digest?: string }).digest, undefined);
	assert.deepEqual(Object.keys(own.pins), ["__proto__"]);
	assert.equal(decodeLink(forged(["", "<script>", {}, {}])).pinnedAt, null);
});

test("a small link that unpacks without end is stopped", () => {
	const bomb = Buffer.from(deflateSync(new Uint8Array(MAX_UNPACKED * 20), { level: 1 })).toString("base64url");
	assert.ok(bomb.length < 1_000_000);
	assert.throws(() => decodeLink(`c1.00000000.${bomb}`), /unpacks to more than 5 MB/);
	assert.throws(() => encodeLink({ ...SHARED, markdown: "x".repeat(MAX_UNPACKED) }), /at most/);
});

const CHECK: Cell = { kind: "check", name: "k", named: true, title: null, attributes: [], body: "", line: 1 };

test("checks pass only on what they compared", () => {
	const expect = (text: string | null, tolerance: string | null = null) => expectationOf({ ...CHECK, attributes: text === null ? [] : [["expect", text]] }, tolerance);
	const none = table(["n"], []);
	assert.equal(checkRows(expect(null), none).passed, true);
	assert.deepEqual(checkRows(expect("no rows"), table(["n"], [[1], [2]])).offending, [0, 1]);
	assert.equal(checkRows(expect("true"), none).passed, false);
	assert.equal(checkRows(expect("true"), table(["ok"], [[true]])).passed, true);
	assert.equal(checkRows(expect("true"), table(["ok"], [[1]])).passed, false);
	assert.equal(checkRows(expect("true"), table(["ok"], [[null]])).passed, false);
	assert.equal(checkRows(expect("= 7"), none).passed, false);
	assert.equal(checkRows(expect("= 7"), table(["n"], [[7n]])).passed, true);
	assert.equal(checkRows(expect("= 7"), table(["n"], [[null]])).passed, false);
	assert.equal(checkRows(expect("= 0"), table(["n"], [[""]], ["text"])).passed, false);
	assert.equal(checkRows(expect("= 0.3"), table(["n"], [[0.1 + 0.2]])).passed, false);
	assert.equal(checkRows(expect("= 0.3", "rel:1e-9"), table(["n"], [[0.1 + 0.2]])).passed, true);
	assert.equal(checkRows(expect("= 9007199254740993"), table(["n"], [[9007199254740992n]])).passed, false);
	assert.equal(checkRows(expect("= 'ok'"), table(["w"], [["ok"]], ["text"])).passed, true);
	assert.equal(checkRows(expect("= null"), table(["w"], [[null]])).passed, true);
	assert.throws(() => expect("maybe"), /no rows.*true/);
	assert.throws(() => expect("= 1", "ulp:4"), /abs:0.01/);
});
