import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { domainOf, roundStep } from "./axis";
import { short } from "./spec";

test("a domain holds every value and has round ends", () => {
	assert.deepEqual(domainOf([3, 97], true), [0, 100]);
	assert.deepEqual(domainOf([1.34, 2.2], false), [1.2, 2.2]);
	assert.deepEqual(domainOf([-5, 5], false), [-6, 6]);
	assert.equal(domainOf([], false), null);
	assert.deepEqual(domainOf([], true), [0, 1]);
	assert.deepEqual(domainOf([0], false), [0, 1]);
	assert.deepEqual(domainOf([5e-324], false), [-1, 1]);
	assert.deepEqual(domainOf([0, 5e-324], false), [0, 5e-324]);
	assert.deepEqual(domainOf([1e12, 1e12 + 0.0001220703125], false), [1e12, 1e12 + 0.0001220703125]);
	fc.assert(
		fc.property(fc.array(fc.double({ min: -1e12, max: 1e12, noNaN: true }), { minLength: 1 }), fc.boolean(), (values, zero) => {
			const domain = domainOf(values, zero);
			assert.ok(domain !== null && domain[0] < domain[1]);
			const slack = 1e-9 * Math.max(...values.map(Math.abs), 1e-12);
			assert.ok(values.every((value) => value >= domain[0] - slack && value <= domain[1] + slack), `${values} in ${domain}`);
			if (zero) assert.ok(domain[0] <= 0 && domain[1] >= 0);
		}),
	);
});

test("a round step is 1, 2 or 5 times a power of ten", () => {
	assert.deepEqual([0.3, 1, 1.1, 4, 6, 30].map(roundStep), [0.5, 1, 2, 5, 10, 50]);
});

test("labels keep integers whole and use a true minus", () => {
	assert.deepEqual([1234567, -3, 0.123456, 1e-7, 0, -1.5].map(short), ["1,234,567", "−3", "0.1235", "1.00e−7", "0", "−1.5"]);
});
