import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import fc from "fast-check";
import { addsUp, type Batch, LINES_PER_START, type Parser, rowsOf, type Value } from "@/lib/model";
import { SESSIONS } from "../session-log";
import { jsonLog, type LogFormat } from "./log";

const PLAIN: LogFormat = { table: "jsonl" };
const encoder = new TextEncoder();

interface Outcome {
	tables: Record<string, { columns: unknown; rows: Record<string, Value>[] }>;
	rejects: unknown;
	account: unknown;
	notes: unknown;
	restarts: number;
}

/** All that a parser says of a file, given in pieces of the sizes, over and over, and again as often as it asks. */
function outcome(first: Parser, bytes: Uint8Array, sizes: readonly number[]): Outcome {
	let parser = first;
	for (let restarts = 0; ; restarts++) {
		assert.ok(restarts < 2, "one restart is enough for a file that does not change");
		const tables: Outcome["tables"] = {};
		// As the collector does: rows are copied out, and the memory given back at once.
		const keep = (batches: readonly Batch[]) => {
			for (const batch of batches) {
				tables[batch.table] ??= { columns: batch.fields, rows: [] };
				const table = tables[batch.table]!;
				assert.deepEqual(batch.fields, table.columns);
				for (const column of batch.columns) assert.equal(column.length, batch.numRows);
				for (const row of rowsOf(batch)) table.rows.push(row);
				batch.recycle?.();
			}
		};
		for (let at = 0, n = 0; at < bytes.length; n++) {
			const size = sizes[n % sizes.length]!;
			const chunk = bytes.slice(at, at + size);
			keep(parser.push(chunk));
			// What the parser is done with will hold other bytes.
			if (parser.isDone) chunk.fill(0x7b);
			at += size;
		}
		const end = parser.end();
		if (end.restart) {
			parser = end.restart;
			continue;
		}
		keep(end.batches);
		assert.ok(addsUp(end.account));
		if (parser.lineStarts) assert.deepEqual(parser.lineStarts, startsOf(bytes));
		return { tables, rejects: end.rejects, account: end.account, notes: end.notes, restarts };
	}
}

/** Where every 256th line begins, a line that ends the file with nothing in it included. */
function startsOf(bytes: Uint8Array): number[] {
	const starts = [0];
	for (let at = bytes.indexOf(10), lines = 1; at >= 0; at = bytes.indexOf(10, at + 1), lines++) if (lines % LINES_PER_START === 0) starts.push(at + 1);
	return starts;
}

/** Compares the streamed reading with that in two passes; returns how often the file had to be begun again. */
function same(format: LogFormat, bytes: Uint8Array, streamFrom: number, sizes: readonly number[]): number {
	const { restarts: none, ...whole } = outcome(jsonLog("log.jsonl", format, Number.POSITIVE_INFINITY), bytes, [bytes.length || 1]);
	const { restarts, ...streamed } = outcome(jsonLog("log.jsonl", format, streamFrom), bytes, sizes);
	assert.equal(none, 0);
	assert.deepEqual(streamed, whole);
	return restarts;
}

const space = fc.constantFrom("", "", "", " ", "\t", "  ");
const number = fc.oneof(
	fc.integer().map(String),
	fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n }).map(String),
	fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => JSON.stringify(value)),
	fc.tuple(fc.nat(), fc.nat(), fc.integer({ min: -30, max: 30 })).map(([a, b, e]) => `${a}.${b}e${e}`),
	fc.constantFrom("0", "-0", "0.0", "1.50", "0.000123", "123456789012345.6", "999999999999999", "1000000000000000", "9007199254740993", "0.1234567890123456789", "1e400", "5e-324", "1E5", "-1.25", "01", "1.", "-"),
);
const text = fc.oneof(
	fc.string({ unit: "grapheme" }).map((value) => JSON.stringify(value)),
	fc.constantFrom('""', '"plain"', '"\\u00e9\\n\\"\\/"', '"\\ud83d\\ude00"', '"\\ud800"', '"\\udc00x"', '"\\u0000"', '"zwölf"', '"\\x"', '"tab\there"'),
);
const time = fc.oneof(
	fc.date({ noInvalidDate: true, min: new Date("1600-01-01T00:00:00Z"), max: new Date("2300-01-01T00:00:00Z") }).map((date) => `"${date.toISOString()}"`),
	fc.constantFrom('"2024-02-29T23:59:59Z"', '"2023-02-29T00:00:00Z"', '"2026-01-01T00:00:00.123456789Z"', '"2026-01-01 00:00:00+02:00"', '"2026-01-01T00:00:00.1234567890Z"', '"2026-01-01T00:00:60Z"', '"2026-01-01t00:00:00z"', '"2199-12-31T23:59:59.999999999Z"', '"1969-12-31T23:59:59.5Z"', '"2026-13-01T00:00:00Z"'),
);
const word = fc.constantFrom("true", "false", "null", "null", "tru", "nul");
const scalars = { number, text, time, word };

/** A value of a kind that a file mostly sticks to, nested to a few levels. */
const value: fc.Arbitrary<string> = fc.letrec<{ any: string }>((tie) => ({
	any: fc.oneof(
		{ depthSize: "small", withCrossShrink: true },
		fc.oneof(...Object.values(scalars)),
		fc.tuple(space, fc.array(tie("any"), { maxLength: 3 })).map(([gap, items]) => `[${gap}${items.join(`,${gap}`)}${gap}]`),
		fc.tuple(space, fc.array(fc.tuple(fc.constantFrom('"a"', '"b"', '"ö"', '"a\\u0062"', '"q\\""'), tie("any")), { maxLength: 3 })).map(([gap, members]) => `{${members.map(([key, item]) => `${key}:${gap}${item}`).join(`${gap},`)}}`),
	),
})).any;

/** Lines of one make, with an odd one here and there. */
const file = fc
	.record({
		fields: fc.uniqueArray(fc.tuple(fc.constantFrom('"id"', '"t"', '"note"', '"n"', '"ok"', '"list"', '"host"', '"ä b"', '"source"'), fc.constantFrom<fc.Arbitrary<string>>(fc.integer().map(String), fc.constantFrom("1.5", "2.25", "-3", "0.1"), fc.constantFrom('"x"', '"y\\n"', '"zwölf"'), fc.constantFrom('"2026-01-01T00:00:00Z"', "null"), fc.constantFrom("true", "null"), fc.constantFrom("[]", "[1,2]", "[null]"), fc.constantFrom('{"a":1,"b":"x"}', '{"b":null}', "{}"), fc.constantFrom('[{"i":1,"e":null}]', '[{"e":"x","i":2},{}]'))), { minLength: 1, maxLength: 6, selector: ([key]) => key }),
		gap: space,
	})
	.chain(({ fields, gap }) => {
		const usual = fc.tuple(...fields.map(([key, kind]) => fc.option(kind.map((item) => `${key}:${gap}${item}`), { freq: 6 }))).map((members) => `{${members.filter((member) => member !== null).join(`,${gap}`)}}`);
		const changed = fc.tuple(fc.constantFrom(...fields.map(([key]) => key), '"new"'), value).chain(([key, item]) => usual.map((line) => (line === "{}" ? `{${key}:${item}}` : `{${key}:${item},${line.slice(1)}`)));
		const odd = fc.oneof(changed, changed, changed, value, fc.constantFrom("", "  ", "{", '{"a":', "[1]", '{"id":1}}', "\uFEFF", "{}\r", "\r"));
		return fc.array(fc.oneof({ arbitrary: usual, weight: 9 }, { arbitrary: odd, weight: 1 }), { minLength: 1, maxLength: 40 });
	});

const division = fc.array(fc.constantFrom(1, 2, 7, 64, 300, 5000), { minLength: 1, maxLength: 4 });

test("a streamed log is what two passes make of it, whatever is in it and however it comes", () => {
	let restarts = 0;
	fc.assert(
		fc.property(file, fc.constantFrom("\n", "\r\n"), fc.boolean(), fc.constantFrom(1, 20, 200), division, (lines, newline, ends, streamFrom, sizes) => {
			restarts += same(PLAIN, encoder.encode(lines.join(newline) + (ends ? newline : "")), streamFrom, sizes);
		}),
		{ numRuns: 1500, seed: 5 },
	);
	assert.ok(restarts > 100, `${restarts} files widened after they were begun`);
});

test("bytes that are no UTF-8 are the same rejects in a stream", () => {
	fc.assert(
		fc.property(file, fc.array(fc.tuple(fc.nat(), fc.constantFrom(0xff, 0xc3, 0xe2, 0x80, 0x22, 0x5c, 0x0a, 0x00)), { minLength: 1, maxLength: 4 }), division, (lines, hits, sizes) => {
			const bytes = encoder.encode(`${lines.join("\n")}\n`);
			for (const [at, byte] of hits) bytes[at % bytes.length] = byte;
			same(PLAIN, bytes, 20, sizes);
		}),
		{ numRuns: 500, seed: 6 },
	);
});

const attempt = fc.record({ iteration: fc.constantFrom<unknown>(0, 1, 2, null), verdict: fc.constantFrom("accepted", "no_json"), error: fc.option(fc.string()), raw: fc.string({ unit: "grapheme" }), span_id: fc.constantFrom("0a", "0b") }, { requiredKeys: ["iteration"] });
const session = fc.record(
	{
		schema: fc.constantFrom<unknown>("session.iterate.v1", "session.iterate.v2", "session.iterate.v2", "other", null, 1),
		session_id: fc.string(),
		timestamp: fc.constantFrom<unknown>("2026-01-01T00:00:00.5Z", "2026-05-04T05:11:33.123456789Z", null, "yesterday"),
		iterations: fc.constantFrom<unknown>(1, 2, "3", 2.5),
		attempts: fc.oneof({ arbitrary: fc.array(attempt, { maxLength: 3 }), weight: 5 }, { arbitrary: fc.constantFrom<unknown>(null, [1], "x"), weight: 1 }),
		artifact: fc.jsonValue({ maxDepth: 2 }),
		grounded_in_roster: fc.constantFrom(true, false, null),
		duration_ms: fc.constantFrom<unknown>(5, 12, 5.5, 2 ** 60, 0.1, "x"),
		extra: fc.constantFrom<unknown>(1, "x", { a: 1 }, [1]),
	},
	{ requiredKeys: ["schema", "session_id"] },
);

test("a streamed session log keeps the format's promises, its JSON text and its rejects", () => {
	fc.assert(
		fc.property(fc.array(session, { minLength: 1, maxLength: 30 }), fc.constantFrom(1, 500), division, fc.boolean(), (rows, streamFrom, sizes, spaced) => {
			const text = rows.map((row) => (spaced ? JSON.stringify(row, null, 1).replace(/\n\s*/g, " ") : JSON.stringify(row))).join("\n");
			same(SESSIONS, encoder.encode(text), streamFrom, sizes);
		}),
		{ numRuns: 500, seed: 7 },
	);
});

test("the fixtures are the same in a stream", () => {
	const folder = path.resolve(process.cwd(), "lib/formats/fixtures");
	let files = 0;
	for (const [name, format] of [["jsonl", PLAIN], ["session-log", SESSIONS]] as const) {
		for (const entry of readdirSync(path.join(folder, name))) {
			if (entry.endsWith(".expected.json")) continue;
			files++;
			const bytes = new Uint8Array(readFileSync(path.join(folder, name, entry)));
			for (const streamFrom of [1, 100, 1000]) for (const sizes of [[bytes.length || 1], [1], [7, 64]]) same(format, bytes, streamFrom, sizes);
		}
	}
	assert.ok(files >= 2, `${files} fixtures`);
});

test("a type that widens, a field that comes and records that grow sparse begin a large file again", () => {
	const many = (line: string) => Array.from({ length: 50 }, () => line).join("\n");
	const text = (...parts: string[]) => encoder.encode(`${parts.join("\n")}\n`);
	assert.equal(same(PLAIN, text(many('{"a":1}'), many('{"a":2}')), 64, [50]), 0);
	assert.equal(same(PLAIN, text(many('{"a":1}'), '{"a":0.5}', many('{"a":2}')), 64, [50]), 1);
	assert.equal(same(PLAIN, text(many('{"a":1}'), '{"b":1}', many('{"a":2}'), '{"a":"x"}'), 64, [50]), 1);
	assert.equal(same(PLAIN, text(many('{"a":null}'), '{"a":"x"}'), 64, [50]), 0);
	assert.equal(same(PLAIN, text(many('{"a":"2026-01-01T00:00:00Z"}'), '{"a":"x"}'), 64, [50]), 1);
	assert.equal(same(PLAIN, text(...Array.from({ length: 70 }, (_, i) => `{"k${i}":1}`)), 64, [50]), 1);
	assert.equal(same(PLAIN, text(...Array.from({ length: 1001 }, (_, i) => `{"k${i}":1}`)), 64, [500]), 1);
});

test("what widens while the beginning is still held asks for nothing to be read again", () => {
	const many = (line: string) => Array.from({ length: 50 }, () => line).join("\n");
	const text = (...parts: string[]) => encoder.encode(`${parts.join("\n")}\n`);
	const wide = text(many('{"a":1}'), '{"a":0.5,"b":[1]}', many('{"a":2}'), many('{"a":2}'));
	// A quarter of it gives the types; the line lies behind that, and the file may end before the whole has come.
	for (const streamFrom of [800, 1100, 1300, 4000]) assert.equal(same(PLAIN, wide, streamFrom, [50]), 0, `${streamFrom}`);
	assert.equal(same(PLAIN, wide, 300, [50]), 1);
	const sparse = text(many('{"a":1}'), ...Array.from({ length: 70 }, (_, i) => `{"k${i}":1}`));
	assert.equal(same(PLAIN, sparse, 1400, [50]), 0);
});

test("batches of a stream close at 50,000 rows, and memory that was given back is filled again", () => {
	const lines = Array.from({ length: 120_000 }, (_, i) => `{"i":${i},"s":"text ${i}","l":[${i % 3 === 0 ? "null" : i}]}`);
	const { tables } = outcome(jsonLog("log.jsonl", PLAIN, 1000), encoder.encode(`${lines.join("\n")}\n`), [65_536]);
	const rows = tables.jsonl!.rows;
	assert.equal(rows.length, 120_000);
	for (const i of [0, 49_999, 50_000, 99_999, 100_000, 119_999]) assert.deepEqual([rows[i]?.i, rows[i]?.s, rows[i]?.l, rows[i]?.line], [BigInt(i), `text ${i}`, [i % 3 === 0 ? null : BigInt(i)], BigInt(i + 1)]);
});
