import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
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
