import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { classifyNumber, DECIMAL, HUGE_INT, INT, isFaithful, numberColumn, ODD_DECIMAL, WIDE_INT } from "./numbers";
import { timeOf } from "./times";

function bitsOf(text: string): number {
	const bytes = new TextEncoder().encode(text);
	return classifyNumber(bytes, 0, bytes.length);
}

test("integers by their size", () => {
	assert.equal(bitsOf("0"), INT);
	assert.equal(bitsOf("-12"), INT);
	assert.equal(bitsOf("9007199254740992"), INT);
	assert.equal(bitsOf("-9007199254740992"), INT);
	assert.equal(bitsOf("9007199254740993"), INT | WIDE_INT);
	assert.equal(bitsOf("9223372036854775807"), INT | WIDE_INT);
	assert.equal(bitsOf("9223372036854775808"), HUGE_INT);
	assert.equal(bitsOf("-9223372036854775808"), INT | WIDE_INT);
	assert.equal(bitsOf("-9223372036854775809"), HUGE_INT);
	assert.equal(bitsOf("-0"), DECIMAL);
});

test("decimals by whether a double gives their digits back", () => {
	for (const good of ["0.1", "943654.80923755", "7.94079248018965e-30", "1e+24", "10.000000000000000000000", "0.0", "-0.0", "0e5", "0.30000000000000004", "2.2250738585072014e-308", "5e-324", "1.7976931348623157e308"]) assert.equal(bitsOf(good), DECIMAL, good);
	for (const odd of ["0.1234567890123456789", "1e400", "1e-400", "4.9e-324", "0.30000000000000001", "1.00000000000000000001"]) assert.equal(bitsOf(odd), ODD_DECIMAL, odd);
});

test("the column of a mixture", () => {
	assert.equal(numberColumn(INT), "int64");
	assert.equal(numberColumn(INT | WIDE_INT), "int64");
	assert.equal(numberColumn(INT | DECIMAL), "double");
	assert.equal(numberColumn(INT | WIDE_INT | DECIMAL), "digits");
	assert.equal(numberColumn(HUGE_INT), "digits");
	assert.equal(numberColumn(DECIMAL | ODD_DECIMAL), "digits");
});

test("what any program prints of a double with all its digits is faithful", () => {
	fc.assert(
		fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
			assert.ok(isFaithful(String(value)), String(value));
			assert.ok(isFaithful(value.toPrecision(17)), value.toPrecision(17));
		}),
		{ numRuns: 5000, seed: 1 },
	);
});

test("a faithful decimal of any length names the same digits as its double", () => {
	fc.assert(
		fc.property(fc.stringMatching(/^[1-9]\.[0-9]{1,22}e-?[0-9]{1,2}$/), (text) => {
			if (!isFaithful(text)) return;
			const digits = text.replace(/e.*$/, "").replace(".", "").replace(/0+$/, "");
			// Printed with as many digits as it was written, it is what was written.
			assert.equal(Number(text).toExponential(digits.length - 1).replace(/e.*$/, "").replace(".", "").replace(/0+$/, ""), digits);
		}),
		{ numRuns: 5000, seed: 2 },
	);
});

test("times with a zone, to the nanosecond", () => {
	assert.equal(timeOf("1970-01-01T00:00:00Z"), 0n);
	assert.equal(timeOf("1970-01-01T00:00:00.000000001Z"), 1n);
	assert.equal(timeOf("2026-03-01T09:30:00.5+01:00"), 1772353800500000000n);
	assert.equal(timeOf("1969-12-31 23:59:59.999999999z"), -1n);
	assert.equal(timeOf("2262-04-11T23:47:16.854775806Z"), 9223372036854775806n);
	assert.equal(timeOf("2024-02-29T00:00:00-00:30"), BigInt(Date.UTC(2024, 1, 29, 0, 30)) * 1000000n);
	for (const bad of ["yesterday", "2026-03-01", "2026-03-01T00:00:00", "2026-03-01T00:00:00.Z", "2026-03-01T00:00:00.1234567890Z", "2026-02-30T00:00:00Z", "2025-02-29T00:00:00Z", "2026-13-01T00:00:00Z", "2026-03-01T24:00:00Z", "2026-03-01T00:00:60Z", "2026-03-01T00:00:00+0100", "2026-03-01T00:00:00+24:00", "2026-03-01T00:00:00Zx", " 2026-03-01T00:00:00Z", "1677-09-21T00:12:43Z", "2262-04-11T23:47:16.854775807Z", "9999-01-01T00:00:00Z"]) {
		assert.equal(timeOf(bad), null, bad);
	}
});

test("any time in range survives being written and read", () => {
	fc.assert(
		fc.property(fc.bigInt({ min: -9223372036000000000n, max: 9223372036000000000n }), (nanos) => {
			const seconds = nanos >= 0n ? nanos / 1000000000n : -((-nanos + 999999999n) / 1000000000n);
			const fraction = (nanos - seconds * 1000000000n).toString().padStart(9, "0");
			const text = new Date(Number(seconds) * 1000).toISOString().replace(".000Z", `.${fraction}Z`);
			assert.equal(timeOf(text), nanos, text);
		}),
		{ numRuns: 2000, seed: 3 },
	);
});
