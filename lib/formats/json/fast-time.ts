import { timeOfBytes } from "../times";
import type { FastNode } from "./fast-node";

const TWO_32 = 4294967296;

/**
 * Appends the RFC 3339 time between the quotes that open at `from` to the node's column; returns the offset past the closing
 * quote, or -1 when it is no such time. Times ending in Z between 1970 and 2199, the usual ones, are put together
 * from halves of 64 bits without big integers.
 */
export function readTime(node: FastNode, bytes: Uint8Array, from: number): number {
	const start = from + 1;
	const usual = readUsual(node, bytes, start);
	if (usual >= 0) return usual;
	let end = start;
	while (end < start + 36 && bytes[end] !== 0x22) {
		// An escape is never part of a time.
		if (bytes[end]! < 0x20 || bytes[end] === 0x5c) return -1;
		end++;
	}
	if (bytes[end] !== 0x22) return -1;
	const nanos = timeOfBytes(bytes, start, end);
	if (nanos === null) return -1;
	node.column!.append(nanos);
	return end + 1;
}

function readUsual(node: FastNode, bytes: Uint8Array, start: number): number {
	const year = two(bytes, start) * 100 + two(bytes, start + 2);
	const month = two(bytes, start + 5);
	const day = two(bytes, start + 8);
	const hour = two(bytes, start + 11);
	const minute = two(bytes, start + 14);
	const second = two(bytes, start + 17);
	// A digit that is none makes its number negative, or so large that no limit holds; days past 28 are rare enough.
	if (!(year >= 1970 && year < 2200 && month >= 1 && month <= 12 && day >= 1 && day <= 31 && hour >= 0 && hour < 24 && minute >= 0 && minute < 60 && second >= 0 && second < 60)) return -1;
	if (day > 28 && day > DAYS[month]! + (month === 2 && isLeap(year) ? 1 : 0)) return -1;
	if (bytes[start + 4] !== 0x2d || bytes[start + 7] !== 0x2d || bytes[start + 10] !== 0x54 || bytes[start + 13] !== 0x3a || bytes[start + 16] !== 0x3a) return -1;
	let at = start + 19;
	let nanos = 0;
	if (bytes[at] === 0x2e) {
		let unit = 1e9;
		let byte = bytes[++at]!;
		while (byte >= 0x30 && byte <= 0x39) {
			unit /= 10;
			if (unit < 1) return -1;
			nanos += (byte - 0x30) * unit;
			byte = bytes[++at]!;
		}
		if (unit === 1e9) return -1;
	}
	if (bytes[at] !== 0x5a || bytes[at + 1] !== 0x22) return -1;
	appendTime(node, daysFromCivil(year, month, day) * 86400 + hour * 3600 + minute * 60 + second, nanos);
	return at + 2;
}

/** `seconds × 10⁹ + nanos` as two halves; every step is below 2^53. */
function appendTime(node: FastNode, seconds: number, nanos: number): void {
	const top = Math.floor(seconds / 65536);
	const billions = top * 1e9;
	const billionsHigh = Math.floor(billions / 65536);
	const rest = (billions - billionsHigh * 65536) * 65536 + (seconds - top * 65536) * 1e9 + nanos;
	const carry = Math.floor(rest / TWO_32);
	node.column!.appendHalves((rest - carry * TWO_32) | 0, billionsHigh + carry);
}

/** Two digits as a number; outside 0 to 99 when they are none. */
function two(bytes: Uint8Array, at: number): number {
	const tens = bytes[at]! - 0x30;
	const ones = bytes[at + 1]! - 0x30;
	return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : -10000;
}

const DAYS = [0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

function isLeap(year: number): boolean {
	return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
}

/** Days since 1970-01-01, by years that begin in March so that the leap day is their last. */
function daysFromCivil(year: number, month: number, day: number): number {
	const marchYear = month <= 2 ? year - 1 : year;
	const marchMonth = month <= 2 ? month + 9 : month - 3;
	const ofYear = Math.floor((153 * marchMonth + 2) / 5) + day - 1;
	return marchYear * 365 + Math.floor(marchYear / 4) - Math.floor(marchYear / 100) + Math.floor(marchYear / 400) + ofYear - 719468;
}
