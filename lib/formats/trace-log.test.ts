import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { addsUp, type Batch, type LineAccount, type Parser, rowsOf, type Value } from "@/lib/model";
import { traceLog } from "./trace-log";
import { type FastLine, fastTraceLine } from "./trace/fast-line";
import { readTraceLine } from "./trace/line";
import { numbersOf } from "./trace/numbers";
import { sideOfPath, sidesAmong } from "./trace/sides";

const NUMBERS: [text: string, numbers: number[] | null][] = [
	["1", [1]],
	["-0.5 2e-3 .5 7.", [-0.5, 0.002, 0.5, 7]],
	["[1, 2, 3]", [1, 2, 3]],
	["[1 0 0; 0 1 -0]", [1, 0, 0, 0, 1, -0]],
	["(0,1)", [0, 1]],
	["[[1, 2], [3, 4]] m", [1, 2, 3, 4]],
	["inf", [Number.POSITIVE_INFINITY]],
	["-nan", [Number.NaN]],
	["-Infinity nan", [Number.NEGATIVE_INFINITY, Number.NaN]],
	["1e-3 meters", [0.001]],
	["1.5D+02", [150]],
	["1/V = 24.5", [24.5]],
	["a . (b x c) = 4e-5", [4e-5]],
	["rotx:0 roty:-1.5", [0, -1.5]],
	["gpu:0", null],
	["1.2.3", null],
	["1+2j", null],
	["2026-05-04", null],
	["12px", null],
	["[1, 2", null],
	["[1, x]", null],
	["CUSTOM", null],
	["infinite", null],
	["", null],
];

for (const [text, numbers] of NUMBERS) test(`the numbers of ${JSON.stringify(text)}`, () => assert.deepEqual(numbersOf(text), numbers));

test("any list of numbers comes back, however it is written", () => {
	fc.assert(
		fc.property(fc.array(fc.double(), { minLength: 1, maxLength: 9 }), fc.constantFrom(["[", ", ", "]"], ["", " ", ""], ["(", ",", ")"], ["[", "; ", "]"]), (numbers, [open, between, close]) => {
			const text = `${open}${numbers.map((number) => (Object.is(number, -0) ? "-0" : String(number))).join(between)}${close}`;
			assert.deepEqual(numbersOf(text), numbers);
		}),
	);
});

const LINES: [line: string, tag: string, ordinal: string | null, values: [key: string, text: string][]][] = [
	["TRACE_C: pix0_vector -0.2 0.3", "C", null, [["pix0_vector", "-0.2 0.3"]]],
	["TRACE_C:beam=1 2", "C", null, [["beam", "1 2"]]],
	["TRACE_C_PHI phi_tic=3 k_frac=-0.6 F=2", "C_PHI", "phi_tic=3", [["k_frac", "-0.6"], ["F", "2"]]],
	["TRACE_C_PHI: phi_tic=3 k_frac=-0.6", "C_PHI", "phi_tic=3", [["k_frac", "-0.6"]]],
	["TRACE_PY_SOURCE 0: weight 1", "PY_SOURCE", "0", [["weight", "1"]]],
	["TRACE_PY_TRICUBIC: [0,0,0]=90.9", "PY_TRICUBIC", "[0,0,0]", [["", "90.9"]]],
	["TRACE_PY_H_COORDS: [-8.0, -7.0]", "PY_H_COORDS", null, [["", "[-8.0, -7.0]"]]],
	["TRACE_PY: mode fast path", "PY", null, [["mode", "fast path"]]],
	["  TRACE: lambda0 = 0.97 Angstroms", "", null, [["lambda0", "0.97 Angstroms"]]],
	["TRACE: After: a = [1, 2] |a| = 2.2", "", null, [["After: a", "[1, 2]"], ["After: |a|", "2.2"]]],
	["TRACE: V = 2, W = 3", "", null, [["V", "2"], ["W", "3"]]],
];

for (const [line, tag, ordinal, values] of LINES) {
	test(`the line ${line}`, () => {
		const read = readTraceLine(line);
		assert.deepEqual([read?.tag.join("_"), read?.ordinal, read?.values.map(({ key, text }) => [key, text])], [tag, ordinal, values]);
	});
}

for (const line of ["TRACE_PY_GRID_START", "TRACE_C:", "TRACE: Computing cross products:", "TRACE: no numbers in this one", "Captured 10 TRACE_PY_PHI lines", "TRACES: x 1"]) test(`no value in ${line}`, () => assert.equal(readTraceLine(line), null));

test("sides are those that write, not those that comment", () => {
	assert.deepEqual(sidesAmong(new Map([["C", 60], ["CONFIG", 1], ["PIXEL", 3]])), { sides: new Set(["C"]), main: "c" });
	assert.deepEqual(sidesAmong(new Map([["ALPHA", 10], ["BETA", 9], ["Z9", 1]])).sides, new Set(["ALPHA", "BETA", "Z9"]));
	assert.equal(sidesAmong(new Map()).main, null);
	assert.deepEqual(["a/trace_py_scaling.log", "c_stdout.txt", "trace.log", "c_vs_py.log", "trace_golden.log.gz"].map(sideOfPath), ["py", "c", null, null, "golden"]);
});

const plain = fc.tuple(
	fc.constantFrom("C", "PY", "C_PHI", "PY_2", "A__B", "c"),
	fc.constantFrom(": ", ": ", ": ", ": ", ":  ", ":", " 3: "),
	fc.oneof(fc.constantFrom("I_before", "k.x", "_a", "nan_count", "inf", "a=b", "|a|", "3x"), fc.stringMatching(/^[a-zA-Z_][\w.]{0,8}$/)),
	fc.array(fc.oneof({ weight: 9, arbitrary: fc.double({ noDefaultInfinity: true, noNaN: true }).map(String) }, fc.constantFrom("1.", "+5", "-0", "1e5", "1E-7", "1.5d3", ".5", "12px", "", "123456789012345678901", "0.000000000000000000000000123")), { minLength: 1, maxLength: 5 }),
	fc.constantFrom(" ", " ", " ", "  ", ", "),
	fc.constantFrom("", "", "", " ", " m"),
);

test("a line that is read from its bytes is what its text says, and plain lines are read from their bytes", () => {
	const encoder = new TextEncoder();
	const out: FastLine = { tagStart: 0, tagEnd: 0, keyStart: 0, keyEnd: 0, textStart: 0, hash: 0, numbers: new Float64Array(1), count: 0 };
	let fast = 0;
	fc.assert(
		fc.property(plain, ([tag, colon, key, values, between, tail]) => {
			const line = `TRACE_${tag}${colon}${key} ${values.join(between)}${tail}`;
			const bytes = encoder.encode(`${line}\n`);
			if (!fastTraceLine(bytes, 0, bytes.length - 1, out)) return;
			fast++;
			const text = (from: number, to: number) => line.slice(from, to);
			assert.deepEqual({ tag: text(out.tagStart, out.tagEnd).split("_"), ordinal: null, values: [{ key: text(out.keyStart, out.keyEnd), text: line.slice(out.textStart), numbers: [...out.numbers.subarray(0, out.count)] }] }, readTraceLine(line));
		}),
		{ seed: 11, numRuns: 4000 },
	);
	assert.ok(fast > 300, `${fast} lines`);
});

interface Told {
	tables: Record<string, Record<string, Value>[]>;
	account: LineAccount;
	rejects: unknown;
	restarts: number;
}

/** All that a parser says of a log, given in pieces of a size, and again as often as it asks. */
function told(log: string, streamFrom: number, size: number, rows?: number): Told {
	const bytes = new TextEncoder().encode(log);
	let parser: Parser = traceLog("runs/trace.log", streamFrom, rows);
	for (let restarts = 0; ; restarts++) {
		assert.ok(restarts < 2, "one restart is enough for a file that does not change");
		const tables: Told["tables"] = { trace_values: [], text_lines: [] };
		const keep = (batches: readonly Batch[]) => {
			for (const batch of batches) {
				tables[batch.table]!.push(...rowsOf(batch));
				batch.recycle?.();
			}
		};
		for (let at = 0; at < bytes.length; at += size) keep(parser.push(bytes.slice(at, at + size)));
		const end = parser.end();
		assert.ok(addsUp(end.account));
		if (end.restart) {
			parser = end.restart;
			continue;
		}
		keep(end.batches);
		return { tables, account: end.account, rejects: end.rejects, restarts };
	}
}

test("a long log that is put out as it comes is what it is at once, whatever its sides turn out to be", () => {
	const tag = fc.constantFrom("_C", "_C", "_C", "_PY", "_C_PHI", "_CONFIG", "_ALPHA", "_B2", "");
	const line = fc.oneof(
		{ weight: 9, arbitrary: fc.tuple(tag, fc.constantFrom(": ", " 1: ", ":"), fc.constantFrom("F_latt", "k", "k.x"), fc.constantFrom(" 1.5", " 1 2 3", "=4", " word", " 1e-3 m")).map((parts) => `TRACE${parts.join("")}`) },
		{ weight: 1, arbitrary: fc.constantFrom("", "plain", "TRACE_C_PHI phi_tic=3 k=1 F=2", "TRACE_PY_GRID: [1, 2]") },
	);
	let restarts = 0;
	fc.assert(
		fc.property(fc.array(line, { minLength: 1, maxLength: 60 }), fc.constantFrom(1, 40, 300), fc.constantFrom(7, 64, 5000), fc.constantFrom(1, 10, 1000), (lines, streamFrom, size, rows) => {
			const log = `${lines.join("\n")}\n`;
			const { restarts: none, ...whole } = told(log, Number.POSITIVE_INFINITY, log.length);
			const { restarts: times, ...streamed } = told(log, streamFrom, size, rows);
			restarts += times;
			assert.equal(none, 0);
			assert.deepEqual(streamed, whole);
		}),
		{ seed: 12, numRuns: 600 },
	);
	assert.ok(restarts > 10, `${restarts} logs began again`);
});

test("a side that comes late begins a long log again, and counts go on over batches", () => {
	const many = (side: string, from: number, count: number) => Array.from({ length: count }, (_, i) => `TRACE_${side}: k ${from + i}\nTRACE_${side} 3: row=${from + i} b=1`).join("\n");
	const late = told(`${many("C", 0, 600)}\nTRACE_X: k 1\nnote\n${many("PY", 0, 300)}\nTRACE: k 5\n`, 1000, 700, 100);
	const rows = late.tables.trace_values!;
	assert.equal(late.restarts, 0, "a new side takes nothing from the rows before it");
	const mixed = told(`TRACE: k 5\n${many("C", 0, 600)}\n${many("PY", 0, 700)}\n`, 1000, 700, 100);
	assert.equal(mixed.restarts, 1, "the side that writes most is that of lines without one");
	assert.equal(mixed.tables.trace_values![0]!.side, "py");
	assert.deepEqual(rows.map(({ position }) => position), rows.map((_, i) => BigInt(i)));
	assert.deepEqual([rows.at(-1)?.side, rows.at(-1)?.occurrence], ["c", 600n]);
	assert.deepEqual(rows.filter(({ side, key, ordinal }) => side === "py" && key === "k" && ordinal === null).length, 300);
	for (const { tables } of [late, mixed]) {
		const seen = new Map<string, bigint>();
		for (const { side, key, ordinal, occurrence } of tables.trace_values!) {
			const id = `${side}\0${key}\0${ordinal}`;
			assert.equal(occurrence, seen.get(id) ?? 0n);
			seen.set(id, (seen.get(id) ?? 0n) + 1n);
		}
	}
});
