import assert from "node:assert/strict";
import { test } from "node:test";
import { addsUp, type Batch, type Parser, RAW_LIMIT, rowsOf, type Value } from "@/lib/model";
import { csv } from "./csv";
import { factorComparison } from "./factor-comparison";
import { jsonl } from "./jsonl";
import { parityCsv } from "./parity-csv";
import { parityJson } from "./parity-json";
import { sessionLog } from "./session-log";

const encoder = new TextEncoder();

function read(text: string | Uint8Array, parser: Parser = jsonl("log.jsonl")) {
	const bytes = typeof text === "string" ? encoder.encode(text) : text;
	// In pieces, as files come.
	const batches: Batch[] = [];
	for (let at = 0; at < bytes.length; at += 65_536) batches.push(...parser.push(bytes.subarray(at, at + 65_536)));
	const end = parser.end();
	batches.push(...end.batches);
	assert.ok(addsUp(end.account));
	const rows = (table: string): Record<string, Value>[] => batches.filter((batch) => batch.table === table).flatMap((batch) => [...rowsOf(batch)]);
	const type = (name: string) => batches[0]?.fields.find((field) => field.name === name)?.type.kind;
	return { ...end, batches, rows, type };
}

test("absent, null, empty and zero are four things", () => {
	const { rows } = read('{"n":0,"s":""}\n{"n":null,"s":null}\n{}\n');
	assert.deepEqual(
		rows("jsonl").map((row) => [row.n, row.s, row.absent]),
		[
			[0n, "", null],
			[null, null, null],
			[null, null, ["n", "s"]],
		],
	);
});

test("integers beyond 2^53 stay exact, beyond int64 stay digits, beside decimals too", () => {
	const { rows, type } = read('{"a":9007199254740993,"b":9223372036854775808,"c":9007199254740993,"d":1}\n{"a":-9223372036854775808,"b":1,"c":0.5,"d":-0}\n');
	assert.deepEqual([type("a"), type("b"), type("c"), type("d")], ["int64", "text", "text", "double"]);
	const [first, second] = rows("jsonl");
	assert.deepEqual([first?.a, first?.b, first?.c], [9007199254740993n, "9223372036854775808", "9007199254740993"]);
	assert.deepEqual([second?.a, second?.b, second?.c], [-9223372036854775808n, "1", "0.5"]);
	assert.ok(Object.is(second?.d, -0));
});

test("numbers beside text are their digits; times beside text are text; booleans beside numbers are JSON", () => {
	const { rows, type } = read('{"a":1.50,"t":"2026-01-01T00:00:00Z","b":true}\n{"a":"x","t":"soon","b":1}\n');
	assert.deepEqual([type("a"), type("t"), type("b")], ["text", "text", "text"]);
	assert.deepEqual(
		rows("jsonl").map((row) => [row.a, row.t, row.b]),
		[
			["1.50", "2026-01-01T00:00:00Z", "true"],
			["x", "soon", "1"],
		],
	);
	assert.deepEqual(
		rows("json_values").map((row) => [row.field, row.path, row.type, row.text, row.line]),
		[
			["b", "", "true", "true", 1n],
			["b", "", "number", "1", 2n],
		],
	);
});

test("of a repeated key the last value counts, for the type too", () => {
	const { rows, type, notes } = read('{"a":"text","a":1}\n{"a":{"b":1,"b":2}}\n{"a":3}\n');
	assert.equal(type("a"), "text");
	assert.deepEqual(
		rows("jsonl").map((row) => row.a),
		["1", '{"b":1,"b":2}', "3"],
	);
	assert.match(notes.join("\n"), /2 times an object repeats a key/);
	assert.equal(read('{"a":"text","a":1}\n').type("a"), "int64");
});

test("an object with more than 200 different keys is JSON text, a struct up to there", () => {
	const wide = (from: number, to: number) => `{"o":{${Array.from({ length: to - from }, (_, i) => `"k${from + i}":${i}`).join(",")}}}`;
	assert.equal(read(`${wide(0, 150)}\n${wide(100, 200)}\n`).type("o"), "struct");
	const over = read(`${wide(0, 150)}\n${wide(100, 201)}\n`);
	assert.equal(over.type("o"), "text");
	assert.equal(over.rows("json_values").length, 251);
	assert.equal(over.rows("jsonl")[1]?.o, wide(100, 201).slice(5, -1));
});

test("a record with more than 1,000 different keys over the file is one JSON text", () => {
	const lines = Array.from({ length: 1001 }, (_, i) => `{"k${i}":${i}}`).join("\n");
	const { rows, batches, account } = read(lines);
	assert.deepEqual(
		batches[0]?.fields.map((field) => field.name),
		["value", "source", "line", "byte_offset", "absent"],
	);
	assert.equal(account.records, 1001);
	assert.equal(rows("jsonl")[1000]?.value, '{"k1000":1000}');
});

test("what nests deeper than 16 is JSON text", () => {
	const nested = (depth: number) => `{"a":${"[".repeat(depth)}1${"]".repeat(depth)}}\n`;
	const leaf = (value: Value): Value => (Array.isArray(value) ? leaf(value[0] as Value) : value);
	assert.equal(leaf(read(nested(16)).rows("jsonl")[0]?.a), 1n);
	assert.equal(leaf(read(nested(17)).rows("jsonl")[0]?.a), "[1]");
	assert.equal(read(nested(17)).rows("json_values")[0]?.path, `${"/0".repeat(17)}`);
});

test("100,000 nested arrays are a record", () => {
	const depth = 100_000;
	const { rows, account, notes } = read(`{"a":${"[".repeat(depth)}${"]".repeat(depth)}}\n`);
	assert.equal(account.records, 1);
	let value: Value = rows("jsonl")[0]?.a;
	for (let n = 0; n < 16; n++) value = (value as Value[])[0];
	assert.equal((value as string).length, 2 * (depth - 16));
	assert.match(notes.join("\n"), /json_values leaves out what nests deeper/);
});

test("a 50 MB line is a record; one that is broken is a reject, cut, and says so", () => {
	const size = 50 * 1024 * 1024;
	const good = new Uint8Array(size).fill(0x78);
	good.set(encoder.encode('{"big":"'));
	good.set(encoder.encode('"}\n'), size - 3);
	const { rows, account } = read(good);
	assert.equal(account.records, 1);
	assert.equal(String(rows("jsonl")[0]?.big).length, size - 11);

	good[size - 3] = 0x78;
	const broken = read(good);
	assert.equal(broken.rejects[0]?.raw.length, RAW_LIMIT);
	assert.equal(broken.rejects[0]?.reason, "not JSON: the string opened at byte 7 never closes; the raw text is cut after 1,000,000 of 52,428,799 characters");
});

test("a last line without newline is a record when complete, pending when it breaks off, else a reject", () => {
	assert.deepEqual(read('{"a":1}\n{"a":2}').account, { lines: 2, records: 2, rejects: 0, blanks: 0, comments: 0, other: 0, pending: 0 });
	assert.deepEqual(read('{"a":1}\n{"a":').account, { lines: 2, records: 1, rejects: 0, blanks: 0, comments: 0, other: 0, pending: 1 });
	assert.deepEqual(read(Uint8Array.from([...encoder.encode('1\n"'), 0xe2, 0x82])).account, { lines: 2, records: 1, rejects: 0, blanks: 0, comments: 0, other: 0, pending: 1 });
	assert.equal(read('{"a":1}\n  \t').account.blanks, 1);
	for (const cut of ['{"a":1,', '{"a"', '[1,2', '"x', '"\\', '"\\u00', "tru", "-", "1.", "1e+", '{"a":nul']) assert.equal(read(`1\n${cut}`).account.pending, 1, cut);
	for (const wrong of ['{"a":1}}', "{a:1}", "01", '{"a":1,}', "[1 2", '"\\u0x', '"\\q', "trux", "hello"]) assert.equal(read(`1\n${wrong}`).account.rejects, 1, wrong);
	assert.equal(read(Uint8Array.from([...encoder.encode('1\n"a'), 0xff])).account.rejects, 1);
	assert.equal(read(Uint8Array.of(0xff, 0xfe, 0x22, 0, 0x61, 0, 0x62)).account.pending, 1);
	assert.equal(read(Uint8Array.of(0xff, 0xfe, 0x61, 0, 0x61, 0, 0x62)).account.rejects, 1);
	assert.equal(read(Uint8Array.from([...encoder.encode("1\nx"), 0xe2, 0x82])).account.rejects, 1);
});

test("keys that SQL cannot have side by side are renamed and told", () => {
	const { rows, notes } = read('{"Field":1,"field":2,"FIELD":3,"source":4,"absent":5,"":6,"é":7,"É":8,"record_source":9}\n');
	const { source, line, byte_offset, absent, ...own } = rows("jsonl")[0] ?? {};
	assert.deepEqual([source, line, byte_offset, absent], ["log.jsonl", 1n, 0n, null]);
	assert.deepEqual({ ...own }, { Field: 1n, "field~2": 2n, "FIELD~3": 3n, record_source: 4n, record_absent: 5n, empty_key: 6n, é: 7n, É: 8n, "record_source~2": 9n });
	assert.equal(notes.length, 6);
});

test("batches close at 50,000 rows with one type throughout", () => {
	const { batches, rows } = read(`${Array.from({ length: 100_001 }, (_, i) => `{"i":${i}}`).join("\n")}\n{"i":0.5}\n`);
	assert.deepEqual(
		batches.map((batch) => batch.numRows),
		[50_000, 50_000, 2],
	);
	assert.ok(batches.every((batch) => batch.fields[0]?.type.kind === "double"));
	assert.equal(rows("jsonl")[100_000]?.line, 100_001n);
});

test("a session log has its known columns even when no record fills them, and duration widens only when it must", () => {
	const whole = read('{"schema":"session.iterate.v2","duration_ms":5}\n', sessionLog("s.jsonl"));
	assert.equal(whole.batches[0]?.fields.length, 17 + 4);
	assert.equal(whole.type("duration_ms"), "int64");
	assert.equal(whole.type("attempts"), "list");
	assert.equal(read('{"schema":"session.iterate.v2","duration_ms":5}\n{"schema":"session.iterate.v2","duration_ms":5.5}\n', sessionLog("s.jsonl")).type("duration_ms"), "double");
	const none = read('{"schema":"session.iterate.v1","timestamp":"2026-01-01T00:00:00"}\n', sessionLog("s.jsonl"));
	assert.equal(none.rejects[0]?.reason, '"timestamp" is a time without a zone ("2026-01-01T00:00:00")');
});

test("U+0000 in a key or a header is U+FFFD in the column's name, nested too", () => {
	const { batches, notes } = read('{"a\\u0000":1,"s":{"\\u0000":2},"\\u0000source":3}\n');
	assert.deepEqual(batches[0]?.fields.slice(0, 3).map((field) => field.name), ["a\uFFFD", "s", "\uFFFDsource"]);
	assert.deepEqual(batches[0]?.fields[1]?.type, { kind: "struct", fields: [{ name: "\uFFFD", type: { kind: "int64" } }] });
	assert.equal(notes.filter((note) => note.includes("U+0000")).length, 3);
	const table = read("a\0,b\n1,2\n", csv("t.csv"));
	assert.equal(table.batches[0]?.fields[0]?.name, "a\uFFFD");
	assert.match(table.notes.join(), /cannot hold U\+0000/);
});

test("records that lack most of many columns are one JSON text each; a dense file stays a table", () => {
	const lines = (count: number) => Array.from({ length: count }, (_, i) => `{"k${i}":${i}}`).join("\n");
	const sparse = read(lines(65));
	assert.deepEqual(sparse.batches[0]?.fields[0]?.name, "value");
	assert.equal(sparse.rows("jsonl")[64]?.absent, null);
	assert.match(sparse.notes.join(), /most records lack most/);
	assert.equal(read(lines(64)).batches[0]?.fields[0]?.name, "k0");
	const dense = `{${Array.from({ length: 65 }, (_, i) => `"k${i}":${i}`).join(",")}}`;
	assert.equal(read(`${dense}\n${dense}\n{}\n`).batches[0]?.fields[0]?.name, "k0");
	assert.equal(read(lines(65), sessionLog("s.jsonl")).account.rejects, 65);
});

test("batches close at 16 MB of the columns' own text, that of absent too", () => {
	const key = "k".repeat(5_000);
	const first = `{${Array.from({ length: 40 }, (_, i) => `"${key}${i}":1`).join(",")}}`;
	const { batches } = read(`${first}\n${"{}\n".repeat(200)}`);
	assert.ok(batches.length >= 3, `${batches.length} batches`);
	assert.equal(batches.reduce((sum, batch) => sum + batch.numRows, 0), 201);
});

test("a distance in CSV is a decimal number, an infinity or NaN; a line with anything else is a reject", () => {
	const { rows, rejects } = read("token_idx,max_abs_diff\n0,inf\n1,-inf\n2,Infinity\n3,nan\n4,0x1\n5,\n6,1e-3\n7,1_0\n", parityCsv("p.csv"));
	assert.deepEqual(
		rows("recorded_cases").map((row) => [row.case_name, row.value]),
		[
			["token 0", Number.POSITIVE_INFINITY],
			["token 1", Number.POSITIVE_INFINITY],
			["token 2", Number.POSITIVE_INFINITY],
			["token 3", Number.NaN],
			["token 6", 0.001],
		],
	);
	assert.deepEqual(
		rejects.map((reject) => [reject.line, reject.reason]),
		[
			[6, '"max_abs_diff" is not a decimal number, inf or nan ("0x1")'],
			[7, '"max_abs_diff" is not a decimal number, inf or nan ("")'],
			[9, '"max_abs_diff" is not a decimal number, inf or nan ("1_0")'],
		],
	);
});

test("null where a number is measured is a missing side; two errors have no payloads", () => {
	const sides = (parser: Parser, text: string) => read(text, parser).rows("recorded_cases").map((row) => [row.reference, row.candidate, row.reference_missing, row.candidate_missing]);
	assert.deepEqual(sides(parityJson("r.json"), '{"schema":"parity.report.v1","measure":"max-abs","cases":[{"case":"a","reference":null,"candidate":1},{"case":"b","reference":null,"candidate":null},{"case":"c","measure":"json","reference":null,"candidate":null},{"case":"d","status_reference":"timeout","status_candidate":"timeout"}]}'), [
		[null, "1", true, false],
		[null, null, true, true],
		["null", "null", false, false],
		[null, null, false, false],
	]);
	assert.deepEqual(sides(factorComparison("m.json"), '{"first_divergence":null,"factors":{"a":{"c_value":null,"py_value":1},"b":{"c_value":1,"py_value":null},"c":{"c_value":null,"py_value":null},"d":{}}}'), [
		[null, "1", true, false],
		["1", null, false, true],
		[null, null, true, true],
		[null, null, false, false],
	]);
});
