import assert from "node:assert/strict";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import { parquetWriteBuffer, type ParquetWriteOptions } from "hyparquet-writer";
import { rowsOf } from "@/lib/model";
import { parquet } from "./parquet";
import { ParquetColumns } from "./parquet/columns";
import { clockText, dateText, timestampText } from "./parquet/times";

async function read(bytes: Uint8Array) {
	const parser = parquet("t.parquet");
	for (let at = 0; at < bytes.length; at += 5000) parser.push(bytes.subarray(at, at + 5000));
	await parser.prepare?.();
	const end = parser.end();
	return { ...end, rows: end.batches.flatMap((batch) => [...rowsOf(batch)]) };
}

const ROWS = 5000;

function write(options: Partial<ParquetWriteOptions> = {}): Uint8Array {
	const rows = Array.from({ length: ROWS }, (_, i) => i);
	const columnData = [
		{ name: "i", data: rows.map(BigInt), type: "INT64" as const },
		{ name: "n", data: rows.map((i) => (i * 7919) % 1013), type: "INT32" as const },
		{ name: "t", data: rows.map((i) => `text ${i % 37}`), type: "STRING" as const },
		{ name: "x", data: rows.map((i) => (i % 3 === 0 ? null : i / 7)), type: "DOUBLE" as const },
	];
	return new Uint8Array(parquetWriteBuffer({ columnData, rowGroupSize: 2048, ...options }));
}

const CODECS: [name: string, options: Partial<ParquetWriteOptions>][] = [
	["uncompressed", { codec: "UNCOMPRESSED" }],
	["snappy", { codec: "SNAPPY" }],
	["gzip", { codec: "GZIP", compressors: { GZIP: (input) => new Uint8Array(gzipSync(input)) } }],
];
// The other codecs are among the fixtures.
for (const [name, options] of CODECS) {
	test(`${name}: every row in order, over several row groups`, async () => {
		const { rows, batches, rejects } = await read(write(options));
		assert.deepEqual(rejects, []);
		assert.equal(rows.length, ROWS);
		assert.equal(batches.length, 3);
		rows.forEach((row, i) => {
			assert.deepEqual([row.i, row.n, row.t, row.x, row.source, row.line], [BigInt(i), BigInt((i * 7919) % 1013), `text ${i % 37}`, i % 3 === 0 ? null : i / 7, "t.parquet", null]);
		});
	});
}

test("a damaged row group is a reject that says where; the others are kept", async () => {
	const bytes = write();
	const columns = await ParquetColumns.open(bytes);
	assert.ok(columns instanceof ParquetColumns);
	const { meta_data: chunk } = columns.metadata.row_groups[1]!.columns[1]!;
	const start = Number(chunk!.dictionary_page_offset ?? chunk!.data_page_offset);
	const broken = bytes.slice();
	broken.fill(0xff, start, start + 40);
	const { rows, rejects } = await read(broken);
	assert.equal(rejects.length, 1);
	assert.match(rejects[0]!.reason, /^row group 2 of 3 \(rows 2,048 to 4,095\), column "n" \(bytes \d+ to \d+\) cannot be read: .+ The row group is left out\.$/);
	assert.equal(rejects[0]!.byteOffset, start);
	assert.deepEqual(rows.map((row) => Number(row.i)), [...Array(2048).keys(), ...Array.from({ length: ROWS - 4096 }, (_, i) => i + 4096)]);
});

test("a file cut at any of many places is a reject, never a crash", async () => {
	const bytes = new Uint8Array(parquetWriteBuffer({ columnData: [{ name: "a", data: [1], type: "INT32" }, { name: "b", data: ["b"], type: "STRING" }] }));
	for (let length = 4; length < bytes.length; length += 3) {
		const { rejects, rows } = await read(bytes.subarray(0, length));
		assert.equal(rejects.length, 1, `cut after ${length}`);
		assert.equal(rows.length, 0);
	}
});

test("dates and times as text", () => {
	assert.deepEqual([0, -1, 19_782, 2_932_896, -719_528, 2_932_897, -719_893].map(dateText), ["1970-01-01", "1969-12-31", "2024-02-29", "9999-12-31", "0000-01-01", "+10000-01-01", "-0001-01-01"]);
	for (let days = -200_000; days < 200_000; days += 997) assert.equal(dateText(days), new Date(days * 86_400_000).toISOString().slice(0, 10));
	assert.equal(clockText(37_267_500_000_000n), "10:21:07.5");
	assert.equal(timestampText(-1n, true), "1969-12-31T23:59:59.999999999Z");
});
