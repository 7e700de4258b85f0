import { classifyNumber, DECIMAL, doubleOf, HUGE_INT, integerOf, ODD_DECIMAL } from "../numbers";
import { isDigit, skipDigits } from "./bytes";
import { DOUBLE, type FastNode } from "./fast-node";

/** Powers of ten that a double holds exactly. */
const TENS = Float64Array.from({ length: 23 }, (_, i) => Number(`1e${i}`));
/** Digits that come to less than this are at most 15, and so an exact double; more of them come to no less, rounded or not. */
const EXACT = 1e15;

/**
 * Appends the number at `at` to the node's int64 or double column and returns where it ends; -1 when it is none, or
 * one that would widen the column. Up to 15 digits and an exponent within ±22 the double is one exact operation on two
 * exact doubles, so it is the nearest; everything else is read by `Number`.
 */
export function readNumber(node: FastNode, bytes: Uint8Array, from: number): number {
	let at = from;
	let byte = bytes[at]!;
	const negative = byte === 0x2d;
	if (negative) byte = bytes[++at]!;
	const first = at;
	let value = 0;
	if (byte === 0x30) byte = bytes[++at]!;
	else {
		while (byte >= 0x30 && byte <= 0x39) {
			value = value * 10 + (byte - 0x30);
			byte = bytes[++at]!;
		}
	}
	if (at === first) return -1;
	if (byte !== 0x2e && byte !== 0x65 && byte !== 0x45) {
		if (value >= EXACT || (negative && value === 0)) return readOdd(node, bytes, from);
		if (node.kind === DOUBLE) node.column!.appendDouble(negative ? -value : value);
		else node.column!.appendInteger(negative ? -value : value);
		return at;
	}
	if (node.kind !== DOUBLE) return -1;
	let scale = 0;
	if (byte === 0x2e) {
		byte = bytes[++at]!;
		const point = at;
		while (byte >= 0x30 && byte <= 0x39) {
			value = value * 10 + (byte - 0x30);
			byte = bytes[++at]!;
		}
		scale = at - point;
		if (scale === 0) return -1;
	}
	if (byte === 0x65 || byte === 0x45 || value >= EXACT || scale > 22) return readOdd(node, bytes, from);
	const exact = value / TENS[scale]!;
	node.column!.appendDouble(negative ? -exact : exact);
	return at;
}

/** The same for a number that takes more care; -1 when its digits ask for more than the place has seen. */
function readOdd(node: FastNode, bytes: Uint8Array, from: number): number {
	const to = endOfNumber(bytes, from);
	if (to < 0) return -1;
	const bits = classifyNumber(bytes, from, to);
	if ((bits & ~node.shape.flags) !== 0) return -1;
	if (node.kind === DOUBLE) node.column!.appendDouble(doubleOf(bytes, from, to));
	else if (bits & (HUGE_INT | DECIMAL | ODD_DECIMAL)) return -1;
	else node.column!.append(integerOf(bytes, from, to));
	return to;
}

/** Where the JSON number at `from` ends, or -1 when it lacks digits. A newline comes before the end of the bytes. */
function endOfNumber(bytes: Uint8Array, from: number): number {
	const limit = bytes.length;
	let at = bytes[from] === 0x2d ? from + 1 : from;
	const whole = at;
	at = bytes[at] === 0x30 ? at + 1 : skipDigits(bytes, at, limit);
	if (at === whole) return -1;
	if (bytes[at] === 0x2e) {
		const point = at + 1;
		at = skipDigits(bytes, point, limit);
		if (at === point) return -1;
	}
	if (bytes[at] === 0x65 || bytes[at] === 0x45) {
		at++;
		if (bytes[at] === 0x2b || bytes[at] === 0x2d) at++;
		if (!isDigit(bytes[at]!)) return -1;
		at = skipDigits(bytes, at, limit);
	}
	return at;
}
