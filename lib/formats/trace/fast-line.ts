/** Where the parts of a plain line stand in its bytes. */
export interface FastLine {
	/** after `TRACE_`, to the colon */
	tagStart: number;
	tagEnd: number;
	keyStart: number;
	keyEnd: number;
	/** the value runs from here to the end of the line */
	textStart: number;
	/** of tag and key */
	hash: number;
	/** the first `count` are the line's */
	numbers: Float64Array;
	count: number;
}

const SPACE = 0x20;
const COLON = 0x3a;
const TRACE = [0x54, 0x52, 0x41, 0x43, 0x45, 0x5f];
const TENS = Float64Array.from({ length: 23 }, (_, i) => Number(`1e${i}`));
/** Below this at most 15 digits were read, and the double is exact. */
const EXACT = 1e15;

/**
 * Reads a line of the form `TRACE_C: name 1.5 -2e-3`: an upper-case tag, one word, and one or more decimal numbers with single spaces between them, and
 * nothing else. False for every other line; `readTraceLine` reads those, and would read these just so.
 */
export function fastTraceLine(bytes: Uint8Array, start: number, end: number, out: FastLine): boolean {
	for (let i = 0; i < TRACE.length; i++) if (bytes[start + i] !== TRACE[i]) return false;
	let at = start + TRACE.length;
	let hash = 17;
	out.tagStart = at;
	for (; at < end; at++) {
		const byte = bytes[at]!;
		if (!isUpper(byte) && !(byte === 0x5f && at > out.tagStart && isUpper(bytes[at - 1]!) && isUpper(bytes[at + 1]!))) break;
		hash = (Math.imul(hash, 31) + byte) | 0;
	}
	out.tagEnd = at;
	if (at === out.tagStart || bytes[at] !== COLON || bytes[at + 1] !== SPACE) return false;
	at += 2;
	out.keyStart = at;
	const letter = bytes[at]! | 0x20;
	// `inf` and `nan` are numbers, whatever follows.
	if (letter === 0x69 || letter === 0x6e) {
		const word = ((bytes[at + 1]! | 0x20) << 8) | (bytes[at + 2]! | 0x20);
		if (word === 0x6e66 || word === 0x616e) return false;
	}
	if (letter !== 0x7f && !(letter >= 0x61 && letter <= 0x7a)) return false;
	for (; at < end; at++) {
		const byte = bytes[at]!;
		const low = byte | 0x20;
		if (!((low >= 0x61 && low <= 0x7a) || (byte >= 0x30 && byte <= 0x39) || byte === 0x5f || byte === 0x2e)) break;
		hash = (Math.imul(hash, 31) + byte) | 0;
	}
	out.keyEnd = at;
	if (bytes[at] !== SPACE) return false;
	out.hash = hash >>> 0;
	out.textStart = ++at;
	out.count = 0;
	while (at < end) {
		const next = readDecimal(bytes, at, end, out);
		if (next < 0) return false;
		if (next === end) return true;
		if (bytes[next] !== SPACE) return false;
		at = next + 1;
	}
	return false;
}

function isUpper(byte: number): boolean {
	return (byte >= 0x41 && byte <= 0x5a) || (byte >= 0x30 && byte <= 0x39);
}

/** Appends the number at `from` and returns where it ends; -1 where there is none. */
function readDecimal(bytes: Uint8Array, from: number, end: number, out: FastLine): number {
	let at = from;
	const sign = bytes[at];
	if (sign === 0x2d || sign === 0x2b) at++;
	const first = at;
	let value = 0;
	for (; at < end && isDigit(bytes[at]!); at++) value = value * 10 + (bytes[at]! - 0x30);
	if (at === first) return -1;
	let scale = 0;
	if (at < end && bytes[at] === 0x2e) {
		const point = ++at;
		for (; at < end && isDigit(bytes[at]!); at++) value = value * 10 + (bytes[at]! - 0x30);
		scale = at - point;
	}
	let isPlain = value < EXACT && scale <= 22;
	if (at < end && (bytes[at]! | 0x20) === 0x65) {
		isPlain = false;
		at++;
		if (bytes[at] === 0x2b || bytes[at] === 0x2d) at++;
		const power = at;
		while (at < end && isDigit(bytes[at]!)) at++;
		if (at === power) return -1;
	}
	// Two exact doubles and one operation give the nearest double; everything else is read from its text.
	const size = isPlain ? value / TENS[scale]! : Number(textOf(bytes, first, at));
	if (out.count === out.numbers.length) {
		const more = new Float64Array(out.numbers.length * 2);
		more.set(out.numbers);
		out.numbers = more;
	}
	out.numbers[out.count++] = sign === 0x2d ? -size : size;
	return at;
}

function isDigit(byte: number): boolean {
	return byte >= 0x30 && byte <= 0x39;
}

function textOf(bytes: Uint8Array, start: number, end: number): string {
	let text = "";
	for (let i = start; i < end; i++) text += String.fromCharCode(bytes[i]!);
	return text;
}
