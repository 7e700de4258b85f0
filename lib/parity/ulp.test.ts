import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { ulpDistance } from "./ulp";

/** The same distance by whole numbers of any size. */
function byBigInt(a: number, b: number): number {
	const view = new BigInt64Array(new Float64Array([a, b]).buffer);
	const ordered = (bits: bigint) => (bits < 0n ? -(bits & 0x7fffffffffffffffn) : bits);
	const distance = ordered(view[0]!) - ordered(view[1]!);
	return Number(distance < 0n ? -distance : distance);
}

test("neighbours are one apart, in doubles and in floats", () => {
	assert.equal(ulpDistance(1, 1 + Number.EPSILON), 1);
	assert.equal(ulpDistance(1, 1 - Number.EPSILON / 2), 1);
	assert.equal(ulpDistance(1, 1 + 2 ** -23, 32), 1);
	assert.equal(ulpDistance(1, 1 + 2 ** -23), 2 ** 29);
	assert.equal(ulpDistance(1, 1 + Number.EPSILON, 32), 0);
	assert.equal(ulpDistance(2 ** 52, 2 ** 52 + 3), 3);
});

test("zero has one place, whatever its sign, and distances run through it", () => {
	assert.equal(ulpDistance(0, -0), 0);
	assert.equal(ulpDistance(Number.MIN_VALUE, -Number.MIN_VALUE), 2);
	assert.equal(ulpDistance(2 ** -149, -(2 ** -149), 32), 2);
});

test("NaN and infinity are answers of their own", () => {
	assert.ok(Number.isNaN(ulpDistance(Number.NaN, 1)));
	assert.ok(Number.isNaN(ulpDistance(Number.NaN, Number.NaN)));
	assert.equal(ulpDistance(Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY), 0);
	assert.equal(ulpDistance(Number.POSITIVE_INFINITY, Number.MAX_VALUE), Number.POSITIVE_INFINITY);
	assert.equal(ulpDistance(1e300, 1, 32), Number.POSITIVE_INFINITY);
	assert.equal(ulpDistance(1e300, 1e301, 32), 0, "both are infinite as floats");
});

test("it is the difference of the ordered bit patterns, and the order of the sides does not matter", () => {
	const finite = fc.double({ noNaN: true, noDefaultInfinity: true });
	fc.assert(
		fc.property(finite, finite, (a, b) => {
			assert.equal(ulpDistance(a, b), byBigInt(a, b));
			assert.equal(ulpDistance(b, a), ulpDistance(a, b));
		}),
	);
});
