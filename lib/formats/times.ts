const MAX = 9223372036854775807n;
const encoder = new TextEncoder();

/** Nanoseconds since 1970 UTC of an RFC 3339 time with a zone and at most nine digits of fraction, or null. */
export function timeOf(text: string): bigint | null {
	const bytes = encoder.encode(text);
	return timeOfBytes(bytes, 0, bytes.length);
}

/**
 * The same of UTF-8 bytes. The date and the time may be parted by a T or a space. Null for what is no such time, for a
 * leap second, and outside what 64 bits of nanoseconds hold (1677-09-21 to 2262-04-11).
 */
export function timeOfBytes(bytes: Uint8Array, start: number, end: number): bigint | null {
	// The shortest is 2025-01-01T00:00:00Z, the longest has nine digits and an offset.
	if (end - start < 20 || end - start > 35) return null;
	const year = digits(bytes, start, 4);
	const month = digits(bytes, start + 5, 2);
	const day = digits(bytes, start + 8, 2);
	const hour = digits(bytes, start + 11, 2);
	const minute = digits(bytes, start + 14, 2);
	const second = digits(bytes, start + 17, 2);
	if (year < 0 || month < 1 || month > 12 || day < 1 || hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59) return null;
	if (bytes[start + 4] !== 0x2d || bytes[start + 7] !== 0x2d || bytes[start + 13] !== 0x3a || bytes[start + 16] !== 0x3a) return null;
	const part = bytes[start + 10];
	if (part !== 0x54 && part !== 0x74 && part !== 0x20) return null;
	if (day > daysIn(year, month)) return null;

	let at = start + 19;
	let nanos = 0;
	if (bytes[at] === 0x2e) {
		const first = ++at;
		while (at < end && bytes[at]! >= 0x30 && bytes[at]! <= 0x39) at++;
		const width = at - first;
		if (width < 1 || width > 9) return null;
		nanos = digits(bytes, first, width) * 10 ** (9 - width);
	}
	let offset = 0;
	if (at >= end) return null;
	const zone = bytes[at]!;
	if (zone === 0x5a || zone === 0x7a) at++;
	else if ((zone === 0x2b || zone === 0x2d) && at + 6 <= end && bytes[at + 3] === 0x3a) {
		const hours = digits(bytes, at + 1, 2);
		const minutes = digits(bytes, at + 4, 2);
		if (hours < 0 || hours > 23 || minutes < 0 || minutes > 59) return null;
		offset = (hours * 60 + minutes) * (zone === 0x2b ? 60 : -60);
		at += 6;
	} else return null;
	if (at !== end) return null;

	const date = new Date(0);
	date.setUTCFullYear(year, month - 1, day);
	const seconds = date.getTime() / 1000 + hour * 3600 + minute * 60 + second - offset;
	const total = BigInt(seconds) * 1000000000n + BigInt(nanos);
	return total >= MAX || total <= -MAX ? null : total;
}

function daysIn(year: number, month: number): number {
	if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
	return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

function digits(bytes: Uint8Array, at: number, count: number): number {
	let value = 0;
	for (let i = at; i < at + count; i++) {
		const digit = bytes[i]! - 0x30;
		if (!(digit >= 0 && digit <= 9)) return -1;
		value = value * 10 + digit;
	}
	return value;
}
