import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { addsUp, type Parser, rowsOf } from "@/lib/model";
import { checkpointLog } from "./checkpoint";
import { rewriteLine, withWords } from "./checkpoint/rewrite";

const encoder = new TextEncoder();
const decoder = new TextDecoder();

function read(text: string, size = 64 * 1024) {
	const bytes = encoder.encode(text);
	let parser: Parser | undefined = checkpointLog("c.jsonl");
	let readings = 0;
	for (;;) {
		readings++;
		const batches = [];
		for (let at = 0; at < bytes.length; at += size) batches.push(...parser.push(bytes.slice(at, at + size)));
		const end = parser.end();
		batches.push(...end.batches);
		if (end.restart === undefined) return { ...end, readings, fields: batches.map((batch) => batch.fields), rows: batches.filter((batch) => batch.table === "checkpoints").flatMap((batch) => [...rowsOf(batch)]) };
		parser = end.restart;
	}
}

test("what is rewritten has the same length and comes back as it was", () => {
	const value = fc.oneof(fc.constantFrom("NaN", "Infinity", "-Infinity", "null", '"NaN"', '"a,b]"', '"\\\\"', "[NaN]", "{}"), fc.integer().map(String), fc.double({ noNaN: true, noDefaultInfinity: true }).map(String));
	const space = fc.constantFrom("", " ", "  ", "\t");
	fc.assert(
		fc.property(fc.array(fc.tuple(value, space), { maxLength: 8 }), fc.constantFrom('"[1,2]"', '"(3, )"', '"torch.Size([4, 5])"', "[6]", '"odd"', "null"), space, (items, shape, gap) => {
			const line = `{"checkpoint":"c",${gap}"values":${gap}[${items.map(([item, around]) => around + item + around).join(",")}],"shape"${gap}:${gap}${shape}}`;
			const bytes = encoder.encode(line);
			const rewritten = rewriteLine(bytes, 0, bytes.length);
			if (rewritten === null) return;
			assert.equal(rewritten.line.length, bytes.length);
			const back = rewritten.line.slice();
			if (rewritten.shape !== null) back.set(rewritten.shape.text, rewritten.shape.at);
			assert.equal(withWords(decoder.decode(back)), line);
		}),
	);
});

test("bytes that are given are not changed", () => {
	const bytes = encoder.encode('{"checkpoint":"c","values":[NaN],"shape":"[1]"}\n');
	const before = bytes.slice();
	const parser = checkpointLog("c.jsonl");
	parser.push(bytes);
	parser.end();
	assert.deepEqual(bytes, before);
});

test("NaN, infinities, nulls, zeros and an empty list stay what they are; a bare word elsewhere is a reject", () => {
	const { rows, rejects } = read('{"checkpoint":"a","values":[NaN,"NaN",-Infinity,null,0,-0.0]}\n{"checkpoint":"b","values":[]}\n{"checkpoint":"c","values":null}\n{"checkpoint":"d"}\n{"checkpoint":"e","values":[1],"norm":Infinity}\n{"checkpoint":"f","values":["NaN"],"inner":{"values":[NaN]}}\n');
	assert.deepEqual(rows[0]?.values, [Number.NaN, Number.NaN, Number.NEGATIVE_INFINITY, null, 0, -0]);
	assert.deepEqual(rows.slice(1).map((row) => row.values), [[], null, null]);
	assert.deepEqual(rows.map((row) => (row.absent as string[] | null)?.includes("values") ?? false), [false, false, false, true]);
	assert.deepEqual(rejects.map(({ line, reason }) => [line, /is no JSON value/.test(reason)]), [[5, true], [6, true]]);
	assert.ok(rejects[0]!.raw.endsWith('"norm":Infinity}'));
});

test("a log of more than a stream's beginning, whose last line has the first NaN", () => {
	const lines = Array.from({ length: 60_000 }, (_, i) => `{"checkpoint":"layer ${i % 32}","team":"c","token_idx":${i},"shape":"[1,4]","values":[${i},${i + 1},0.5,-2]}`);
	lines.push('{"checkpoint":"last","team":"py","token_idx":0,"shape":[1,4],"values":[NaN,1009864046716911616.5,1,1]}', '{"checkpoint":"bad","values":[Infinity,"x"]}');
	const text = `${lines.join("\n")}\n`;
	const { rows, rejects, account, fields, notes } = read(text);
	assert.ok(addsUp(account));
	assert.deepEqual([account.records, account.rejects, rows.length], [60_001, 1, 60_001]);
	for (const field of fields.flat()) if (field.name === "values") assert.deepEqual(field.type, { kind: "list", of: { kind: "double" } });
	assert.deepEqual(rows[59_999]?.values, [59_999, 60_000, 0.5, -2]);
	assert.deepEqual(rows[60_000]?.values, [Number.NaN, 1009864046716911600, 1, 1]);
	assert.equal(rows[60_000]?.byte_offset, BigInt(text.indexOf('{"checkpoint":"last"')));
	assert.equal(rejects[0]?.raw, '{"checkpoint":"bad","values":[Infinity,"x"]}');
	assert.ok(notes.some((note) => note.includes("more digits than a double")));
});
