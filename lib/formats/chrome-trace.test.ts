import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { addsUp, rowsOf } from "@/lib/model";
import { chromeTrace } from "./chrome-trace";
import { splitEvents } from "./chrome/split";

const encoder = new TextEncoder();

function read(text: string) {
	const parser = chromeTrace("t.json");
	parser.push(encoder.encode(text));
	const end = parser.end();
	assert.ok(addsUp(end.account), JSON.stringify(end.account));
	return { ...end, rows: end.batches.flatMap((batch) => [...rowsOf(batch)]) };
}

test("the parts of any document are those that JSON.parse sees", () => {
	fc.assert(
		fc.property(fc.array(fc.oneof(fc.dictionary(fc.string(), fc.jsonValue(), { maxKeys: 4 }), fc.jsonValue())), fc.dictionary(fc.string(), fc.jsonValue(), { maxKeys: 3 }), fc.constantFrom(undefined, 1, "\t"), fc.boolean(), (events, others, space, bare) => {
			const { traceEvents: _taken, ...rest } = others;
			const text = bare ? JSON.stringify(events, null, space) : JSON.stringify({ ...rest, traceEvents: events }, null, space);
			const bytes = encoder.encode(text);
			const split = splitEvents(bytes);
			const parsed = split.events.map(({ start, end }): unknown => JSON.parse(new TextDecoder().decode(bytes.subarray(start, end))));
			assert.equal(split.fault, null);
			assert.deepEqual(parsed, JSON.parse(JSON.stringify(events)));
			assert.equal(split.members.length, bare ? 0 : Object.keys(rest).length);
		}),
	);
});

test("a list that is cut anywhere keeps the events before, and its lines add up", () => {
	const text = '{"traceEvents":[\n{"ph":"X","ts":1,"dur":2,"name":"a\\"]"},\n{"ph":"X","ts":2,"args":{"k":[1,{"z":"}"}]}}\n],\n"displayTimeUnit":"ns"}\n';
	for (let length = 1; length < text.length; length++) {
		const { rows, rejects, notes } = read(text.slice(0, length));
		const events = text.slice(0, length).split("\n").slice(1, 3).filter((line) => /\}(,|$)/.test(line) && JSON.stringify(line).length > 0 && isWhole(line.replace(/,$/, ""))).length;
		assert.equal(rows.length, events, `cut after ${length}`);
		if (length < text.length - 1) assert.ok(rejects.length + notes.length > 0, `cut after ${length} is said`);
	}
	assert.deepEqual(read(text).rejects, []);
});

function isWhole(text: string): boolean {
	try {
		JSON.parse(text);
		return true;
	} catch {
		return false;
	}
}

test("numbers keep their column where they can; a time stays microseconds", () => {
	const { rows, batches } = read('[{"ph":"X","ts":1,"pid":9007199254740993,"tid":"main","id":"0x1","name":7,"source":"gpu","args":{"a":1}},{"ph":"X","ts":2.5,"pid":2,"tid":3,"id":4,"args":null}]');
	const types = Object.fromEntries(batches[0]!.fields.map(({ name, type }) => [name, type.kind]));
	assert.deepEqual([types.ts, types.dur, types.pid, types.tid, types.id, types.args], ["double", "double", "int64", "text", "text", "text"]);
	assert.deepEqual([rows[0]?.pid, rows[0]?.tid, rows[0]?.name, rows[0]?.record_source, rows[0]?.args, rows[0]?.source], [9007199254740993n, "main", "7", "gpu", '{"a":1}', "t.json"]);
	assert.deepEqual([rows[1]?.tid, rows[1]?.args, rows[1]?.absent], ["3", null, ["name", "cat", "dur"]]);
});

test("events with ever new keys do not make ever new columns", () => {
	const { rows, batches, notes } = read(JSON.stringify(Array.from({ length: 500 }, (_, i) => ({ ph: "X", ts: i, [`key ${i}`]: i }))));
	assert.equal(rows.length, 500);
	assert.equal(batches[0]!.fields.length, 200 + 5);
	assert.equal(rows[499]?.more, '{"key 499":499}');
	assert.ok(notes.some((note) => note.includes("200 different keys")));
});
