import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { addsUp, type Batch, type ColumnType, type Parser, type ParserEnd, rowsOf, type Value } from "@/lib/model";
import { detect, HEAD_BYTES } from "./detect";

const FIXTURES = path.resolve(process.cwd(), "lib/formats/fixtures");
/** Tested beside their own parsers. */
const ELSEWHERE = ["markdown", "junit", "repair"];

function typeName(type: ColumnType): string {
	switch (type.kind) {
		case "list":
			return `${typeName(type.of)}[]`;
		case "map":
			return `map(${typeName(type.of)})`;
		case "struct":
			return `{${type.fields.map((field) => `${field.name} ${typeName(field.type)}`).join(", ")}}`;
		default:
			return type.kind;
	}
}

function plain(value: Value): unknown {
	if (typeof value === "bigint") return Number.isSafeInteger(Number(value)) ? Number(value) : `${value}n`;
	// JSON has no word for them, and null is another thing.
	if (typeof value === "number" && !Number.isFinite(value)) return String(value);
	if (Array.isArray(value)) return value.map(plain);
	if (value !== null && typeof value === "object") return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, plain(item as Value)]));
	return value;
}

/** Feeds a parser in pieces of the given sizes, over and over, and writes down all that it says. */
async function outcome(parser: Parser, bytes: Uint8Array, sizes: readonly number[]) {
	const batches: Batch[] = [];
	for (let at = 0, n = 0; at < bytes.length; n++) {
		const size = sizes[n % sizes.length]!;
		batches.push(...parser.push(bytes.slice(at, at + size)));
		at += size;
	}
	await parser.prepare?.();
	const end: ParserEnd = parser.end();
	batches.push(...end.batches);
	assert.ok(addsUp(end.account), "the lines add up");
	for (const batch of batches) for (const column of batch.columns) assert.equal(column.length, batch.numRows, `${batch.table}: every column has ${batch.numRows} rows`);
	const tables = batches.map((batch) => ({ table: batch.table, columns: batch.fields.map((field) => `${field.name} ${typeName(field.type)}`), rows: [...rowsOf(batch)].map((row) => Object.values(row).map(plain)) }));
	return { tables, rejects: end.rejects, account: end.account, notes: end.notes };
}

const folders = readdirSync(FIXTURES).filter((name) => !ELSEWHERE.includes(name));
assert.ok(folders.length >= 9, "the fixtures are there");

for (const folder of folders) {
	const files = readdirSync(path.join(FIXTURES, folder)).filter((name) => !name.endsWith(".expected.json"));
	assert.ok(files.length > 0, `${folder} has fixtures`);
	for (const file of files) {
		const bytes = new Uint8Array(readFileSync(path.join(FIXTURES, folder, file)));
		const source = `${folder}/${file}`;
		const detection = detect(source, bytes.subarray(0, HEAD_BYTES));

		test(`fixture ${source}`, async () => {
			assert.ok(detection.kind === "read", `${source} is read`);
			const expected: unknown = JSON.parse(readFileSync(path.join(FIXTURES, folder, file.replace(/\.[^.]+$/, ".expected.json")), "utf8"));
			const got = { format: detection.format, ...(await outcome(detection.parser(source), bytes, [bytes.length || 1])) };
			assert.deepEqual(JSON.parse(JSON.stringify(got)), expected);
		});

		test(`fixture ${source} in any division of its bytes`, async () => {
			assert.ok(detection.kind === "read");
			const whole = await outcome(detection.parser(source), bytes, [bytes.length || 1]);
			for (const sizes of [[1], [2], [3, 1], [7, 64, 0, 5]]) assert.deepEqual(await outcome(detection.parser(source), bytes, sizes), whole, `in pieces of ${sizes.join(", ")}`);
		});
	}
}
