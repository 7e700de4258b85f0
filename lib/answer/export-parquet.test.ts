import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import fc from "fast-check";
import { parquetMetadata, parquetReadObjects, parquetSchema } from "hyparquet";
import type { Engine, QueryResult } from "@/lib/engine/engine";
import { openNodeEngine } from "@/lib/engine/open-node";
import { CasebookError } from "@/lib/model";
import { type ParquetOptions, parquetChunks, parquetNotes } from "./export-parquet";
import { nanosOf } from "./parquet-columns";

let engine: Engine;
before(async () => {
	engine = await openNodeEngine();
});
after(() => engine.close());

const run = (sql: string, maxRows?: number) => engine.query(sql, { role: "user", ...(maxRows ? { maxRows } : {}) });

async function file(result: QueryResult, options?: ParquetOptions): Promise<ArrayBuffer> {
	const parts: Uint8Array<ArrayBuffer>[] = [];
	for await (const part of parquetChunks(result, options)) parts.push(part.bytes);
	return new Blob(parts).arrayBuffer();
}

/** Rows as another reader sees them; times stay numbers of their unit. */
async function read(buffer: ArrayBuffer): Promise<Record<string, unknown>[]> {
	const raw = (value: bigint) => value;
	return parquetReadObjects({ file: buffer, parsers: { timestampFromMilliseconds: raw, timestampFromMicroseconds: raw, timestampFromNanoseconds: raw, dateFromDays: (days: number) => days, stringFromBytes: (bytes: Uint8Array) => new TextDecoder().decode(bytes) } as never });
}

const element = (buffer: ArrayBuffer, name: string) => parquetSchema(parquetMetadata(buffer)).children.find((child) => child.element.name === name)!.element;

test("integers of every width come back as they were, with their own type", async () => {
	const sql = `SELECT * FROM (VALUES
		((-128)::TINYINT, 255::UTINYINT, (-32768)::SMALLINT, 65535::USMALLINT, (-2147483648)::INTEGER, 4294967295::UINTEGER, (-9223372036854775808)::BIGINT, 18446744073709551615::UBIGINT),
		(127, 0, 32767, 0, 2147483647, 0, 9223372036854775807, 0), (NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL)) AS v(i1, u1, i2, u2, i4, u4, i8, u8)`;
	const buffer = await file(await run(sql));
	assert.deepEqual(await read(buffer), [
		{ i1: -128, u1: 255, i2: -32768, u2: 65535, i4: -2147483648, u4: 4294967295, i8: -9223372036854775808n, u8: 18446744073709551615n },
		{ i1: 127, u1: 0, i2: 32767, u2: 0, i4: 2147483647, u4: 0, i8: 9223372036854775807n, u8: 0n },
		{ i1: null, u1: null, i2: null, u2: null, i4: null, u4: null, i8: null, u8: null },
	]);
	assert.equal(element(buffer, "u2").converted_type, "UINT_16");
	assert.equal(element(buffer, "i8").type, "INT64");
});

test("decimals are written unscaled, at every width", async () => {
	const buffer = await file(await run("SELECT 1.234::DECIMAL(9,3) AS small, -0.05::DECIMAL(18,2) AS middle, 12345678901234567890.123456789::DECIMAL(38,9) AS large, -170141183460469231731687303715884105::HUGEINT AS huge"));
	const metadata = parquetMetadata(buffer);
	assert.deepEqual(
		metadata.schema.slice(1).map(({ name, type, precision, scale }) => ({ name, type, precision, scale })),
		[
			{ name: "small", type: "INT32", precision: 9, scale: 3 },
			{ name: "middle", type: "INT64", precision: 18, scale: 2 },
			{ name: "large", type: "FIXED_LEN_BYTE_ARRAY", precision: 38, scale: 9 },
			{ name: "huge", type: "FIXED_LEN_BYTE_ARRAY", precision: 38, scale: 0 },
		],
	);
	const statistics = metadata.row_groups[0]!.columns.map((column) => column.meta_data?.statistics?.min_value);
	assert.ok(statistics.every((value) => value !== undefined));
	const [row] = await read(buffer);
	assert.equal(row!.small, 1.234);
	assert.equal(row!.middle, -0.05);
	assert.equal(unscaled(buffer, 2), 12345678901234567890123456789n);
	assert.equal(unscaled(buffer, 3), -170141183460469231731687303715884105n);
});

/** The only value of a 16-byte column, from the bytes of the file: the reader makes doubles of decimals. */
function unscaled(buffer: ArrayBuffer, column: number): bigint {
	const { meta_data } = parquetMetadata(buffer).row_groups[0]!.columns[column]!;
	const end = Number(meta_data!.data_page_offset) + Number(meta_data!.total_compressed_size);
	// One value of 16 bytes ends the only page; the codec keeps so few bytes as they are.
	const bytes = new Uint8Array(buffer, end - 16, 16);
	return BigInt.asIntN(128, bytes.reduce((value, byte) => (value << 8n) | BigInt(byte), 0n));
}

test("a 128-bit integer of 39 digits is refused in words, not rounded", async () => {
	await assert.rejects(file(await run("SELECT 170141183460469231731687303715884105727::HUGEINT AS total")), (error) => error instanceof CasebookError && error.failure.kind === "limit" && /total has a value of 39 digits/.test(error.message));
});

test("times keep their unit, nanoseconds too", async () => {
	const sql = "SELECT TIMESTAMP_NS '2026-05-02 12:58:41.123456789' AS ns, TIMESTAMP '1969-12-31 23:59:59.999999' AS us, TIMESTAMP_MS '2026-05-02 12:58:41.123' AS ms, TIMESTAMP_S '2026-05-02 12:58:41' AS s, TIMESTAMPTZ '2026-05-02 12:58:41+00' AS tz, DATE '1969-12-31' AS day, TIME '12:58:41.5' AS clock";
	const buffer = await file(await run(sql));
	const [row] = await read(buffer);
	assert.equal(row!.ns, 1777726721123456789n);
	assert.equal(row!.us, -1n);
	assert.equal(row!.ms, 1777726721123n);
	assert.equal(row!.s, 1777726721000n);
	assert.equal(row!.tz, 1777726721000000n);
	assert.equal(row!.day, -1);
	assert.equal(BigInt(row!.clock as bigint), 46_721_500_000n);
	assert.deepEqual(element(buffer, "ns").logical_type, { type: "TIMESTAMP", isAdjustedToUTC: false, unit: "NANOS" });
	assert.deepEqual(element(buffer, "tz").logical_type, { type: "TIMESTAMP", isAdjustedToUTC: true, unit: "MICROS" });
});

test("text, the empty string, NULL, booleans, floats and bytes", async () => {
	const buffer = await file(await run("SELECT * FROM (VALUES ('ä😀', true, 0.1::FLOAT, 'nan'::DOUBLE, 'a\\x00b'::BLOB), ('', false, NULL, '-inf'::DOUBLE, ''::BLOB), (NULL, NULL, 2::FLOAT, -0.0::DOUBLE, NULL)) AS v(word, ok, f, d, raw)"));
	const rows = await read(buffer);
	assert.deepEqual(rows.map((row) => row.word ?? null), ["ä😀", "", null]);
	assert.deepEqual(rows.map((row) => row.ok ?? null), [true, false, null]);
	assert.deepEqual(rows.map((row) => row.f ?? null), [Math.fround(0.1), null, 2]);
	assert.equal(element(buffer, "f").type, "FLOAT");
	assert.deepEqual(rows.map((row) => row.d), [Number.NaN, Number.NEGATIVE_INFINITY, -0]);
	assert.deepEqual([...new TextEncoder().encode(rows[0]!.raw as string)], [0x61, 0, 0x62]);
});

test("nested values are JSON text, and that is said", async () => {
	const result = await run("SELECT [1, NULL] AS list, {'a': 'x', 'n': 9007199254740993} AS struct, INTERVAL 3 DAY AS span, 'x' AS word");
	const [row] = await read(await file(result));
	assert.deepEqual(row, { list: "[1,null]", struct: '{"a":"x","n":9007199254740993}', span: "3 days", word: "x" });
	assert.deepEqual(parquetNotes(result), ["list as JSON text", "struct as JSON text", "span as text"]);
});

test("row groups follow one another, in the asked order, and two columns of one name stay two", async () => {
	const result = await run("SELECT range AS a, 'w' || (range % 3) AS a FROM range(10000)");
	const buffer = await file(result, { groupRows: 3000 });
	const metadata = parquetMetadata(buffer);
	assert.deepEqual(metadata.row_groups.map((group) => Number(group.num_rows)), [3000, 3000, 3000, 1000]);
	const rows = await read(buffer);
	assert.equal(rows.length, 10_000);
	assert.ok(rows.every((row, i) => row.a === BigInt(i) && row.a_1 === `w${i % 3}`));
	const turned = await read(await file(result, { order: [2, 0], names: ["x", "y"] }));
	assert.deepEqual(turned, [{ x: 2n, y: "w2" }, { x: 0n, y: "w0" }]);
});

test("no rows is a file with its columns, and a stream that breaks throws", async () => {
	const buffer = await file(await run("SELECT 1 AS a, 'x' AS b WHERE false"));
	assert.equal(Number(parquetMetadata(buffer).num_rows), 0);
	assert.deepEqual(parquetSchema(parquetMetadata(buffer)).children.map((child) => child.element.name), ["a", "b"]);
	const broken = await run("SELECT CASE WHEN range < 5000 THEN 1 ELSE error('row ' || range) END AS n FROM range(200000)").catch((error: unknown) => error);
	if (broken instanceof Error) assert.match(broken.message, /row /);
	else await assert.rejects(file(broken as QueryResult), /row /);
});

test("a time's text is its nanoseconds, before 1970 and where the calendar ends too", async () => {
	await fc.assert(
		fc.asyncProperty(fc.bigInt({ min: -(2n ** 62n), max: 2n ** 62n }), async (nanos) => {
			const { timeText } = await import("@/lib/engine/cells");
			assert.equal(nanosOf(timeText(nanos, false)), nanos);
		}),
	);
	assert.equal(nanosOf("day 106751991 04:00:54.775807"), 106751991n * 86_400_000_000_000n + 14_454_775_807_000n);
});
