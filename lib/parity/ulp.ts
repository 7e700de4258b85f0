/**
 * Distance in units in the last place: how many representable numbers lie between two of them, as the difference of their
 * bit patterns in sign-magnitude order (Dawson, "Comparing Floating Point Numbers"; the `ulp` measure of Google Test).
 */

const doubles = new Float64Array(2);
const doubleWords = new Uint32Array(doubles.buffer);
const floats = new Float32Array(2);
const floatWords = new Uint32Array(floats.buffer);
/** Which half of a double holds its sign. */
const HIGH = new Uint32Array(new Float64Array([-0]).buffer)[1] === 0x80000000 ? 1 : 0;

/** The width of the floating-point numbers of a value: 64 bits, or the 32 of `float32`. */
export type FloatWidth = 32 | 64;

/**
 * How many steps of a double (or, with 32, of a float) apart two numbers are. +0 and -0 are 0 apart; NaN on a side gives
 * NaN; an infinity against anything but itself gives Infinity. With 32 both numbers are rounded to floats first. Exact up to
 * 2^53; beyond it rounded to a double.
 */
export function ulpDistance(a: number, b: number, width: FloatWidth = 64): number {
	if (Number.isNaN(a) || Number.isNaN(b)) return Number.NaN;
	if (a === b) return 0;
	if (!Number.isFinite(a) || !Number.isFinite(b)) return Number.POSITIVE_INFINITY;
	return width === 64 ? doubleDistance(a, b) : floatDistance(a, b);
}

function doubleDistance(a: number, b: number): number {
	doubles[0] = a;
	doubles[1] = b;
	const [aHigh, bHigh] = [doubleWords[HIGH]!, doubleWords[2 + HIGH]!];
	const [aLow, bLow] = [doubleWords[1 - HIGH]!, doubleWords[3 - HIGH]!];
	const [aTop, bTop] = [aHigh & 0x7fffffff, bHigh & 0x7fffffff];
	// The halves are subtracted before they are put together, so that a small distance between large patterns stays exact.
	return aHigh >>> 31 === bHigh >>> 31 ? Math.abs((aTop - bTop) * 2 ** 32 + (aLow - bLow)) : (aTop + bTop) * 2 ** 32 + (aLow + bLow);
}

function floatDistance(a: number, b: number): number {
	floats[0] = a;
	floats[1] = b;
	if (!Number.isFinite(floats[0]!) || !Number.isFinite(floats[1]!)) return floats[0] === floats[1] ? 0 : Number.POSITIVE_INFINITY;
	const [aTop, bTop] = [floatWords[0]! & 0x7fffffff, floatWords[1]! & 0x7fffffff];
	return floatWords[0]! >>> 31 === floatWords[1]! >>> 31 ? Math.abs(aTop - bTop) : aTop + bTop;
}
