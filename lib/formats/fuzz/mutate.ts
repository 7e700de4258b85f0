/** Seeded choices. */
export interface Random {
	/** an integer from 0, below `limit` */
	below(limit: number): number;
}

/** A generator that gives the same numbers for the same seed (mulberry32). */
export function randomOf(seed: number): Random {
	let state = seed >>> 0;
	return {
		below(limit) {
			state = (state + 0x6d2b79f5) >>> 0;
			let mixed = Math.imul(state ^ (state >>> 15), state | 1);
			mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
			return limit <= 0 ? 0 : Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296) * limit);
		},
	};
}

const NUMBERS = ["0", "-0", "-1", "1e999", "-1e-999", "9007199254740993", "18446744073709551616", "1.7976931348623157e308", "4294967296", "NaN", "-Infinity", "null", '"7"', "00", "1e", "2147483648"];
const MARKS = "{}[]()\"',:;|#=<>&\\/ \t\r\n\0`*-+.%$";
/** Bytes that mean something to some format: byte order marks, broken and lone characters, line ends, magic numbers. */
const PIECES: readonly (readonly number[])[] = [[0xef, 0xbb, 0xbf], [0xff, 0xfe], [0xfe, 0xff], [0xc3], [0xed, 0xa0, 0x80], [0xf0, 0x9f, 0x92, 0xa9], [0], [0x0d, 0x0a], [0x0a, 0x0a], [0x0d], [0xe2, 0x80, 0xa8], [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59], [0x50, 0x41, 0x52, 0x31], [0x1f, 0x8b, 0x08], [0xff, 0xff, 0xff, 0xff], [0x7f, 0xff, 0xff, 0xff], [0x80, 0, 0, 0]];
/** Longer files are cut to a window, so that many mutants fit into little time. */
const MOST = 256 * 1024;

/** A broken copy of `bytes`: one to six edits, some with parts of `other`. */
export function mutate(bytes: Uint8Array, other: Uint8Array, random: Random): Uint8Array {
	let out: Uint8Array = bytes.length > MOST ? bytes.slice(0, MOST) : bytes.slice();
	for (let edits = 1 + random.below(6); edits > 0; edits--) out = edit(out, other, random);
	return out.length > MOST * 2 ? out.slice(0, MOST * 2) : out;
}

function edit(bytes: Uint8Array, other: Uint8Array, random: Random): Uint8Array {
	const at = random.below(bytes.length + 1);
	const length = random.below(2) === 0 ? random.below(9) : random.below(Math.max(1, bytes.length >> 2));
	switch (random.below(10)) {
		case 0: {
			// Bits.
			const out = bytes.slice();
			if (at < out.length) out[at]! ^= 1 << random.below(8);
			return out;
		}
		case 1: {
			const out = bytes.slice();
			for (let i = 0, count = 1 + random.below(16); i < count && out.length > 0; i++) out[random.below(out.length)] = random.below(256);
			return out;
		}
		case 2:
			return bytes.slice(0, at);
		case 3:
			return splice(bytes, at, length, new Uint8Array(0));
		case 4: {
			const part = bytes.slice(at, at + length);
			return splice(bytes, random.below(bytes.length + 1), 0, part);
		}
		case 5: {
			const from = random.below(other.length + 1);
			return splice(bytes, at, random.below(2) * length, other.slice(from, from + Math.min(length, 4096)));
		}
		case 6: {
			const number = numberFrom(bytes, at);
			return splice(bytes, number.at, number.length, ascii(NUMBERS[random.below(NUMBERS.length)]!));
		}
		case 7: {
			const mark = ascii(MARKS[random.below(MARKS.length)]!);
			return splice(bytes, at, random.below(2), repeated(mark, random.below(8) === 0 ? 1 + random.below(3000) : 1));
		}
		case 8:
			return splice(bytes, at, 0, Uint8Array.from(PIECES[random.below(PIECES.length)]!));
		default:
			return swapLines(bytes, at, random);
	}
}

function splice(bytes: Uint8Array, at: number, remove: number, insert: Uint8Array): Uint8Array {
	const rest = bytes.subarray(Math.min(bytes.length, at + remove));
	const out = new Uint8Array(at + insert.length + rest.length);
	out.set(bytes.subarray(0, at));
	out.set(insert, at);
	out.set(rest, at + insert.length);
	return out;
}

/** The next run of digits after `at`. */
function numberFrom(bytes: Uint8Array, at: number): { at: number; length: number } {
	const isDigit = (i: number) => bytes[i]! >= 0x30 && bytes[i]! <= 0x39;
	let start = at;
	while (start < bytes.length && !isDigit(start)) start++;
	let end = start;
	while (end < bytes.length && isDigit(end)) end++;
	return { at: start, length: end - start };
}

/** Two lines that follow each other, the other way round; or one of them twice, or away. */
function swapLines(bytes: Uint8Array, at: number, random: Random): Uint8Array {
	const first = bytes.indexOf(0x0a, at) + 1;
	const second = first === 0 ? 0 : bytes.indexOf(0x0a, first) + 1;
	const third = second === 0 ? 0 : bytes.indexOf(0x0a, second) + 1;
	if (third === 0) return bytes;
	const [a, b] = [bytes.slice(first, second), bytes.slice(second, third)];
	const parts = [
		[b, a],
		[a, a, b],
		[b],
		[],
	][random.below(4)]!;
	const joined = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
	let size = 0;
	for (const part of parts) {
		joined.set(part, size);
		size += part.length;
	}
	return splice(bytes, first, third - first, joined);
}

function ascii(text: string): Uint8Array {
	return new TextEncoder().encode(text);
}

function repeated(bytes: Uint8Array, times: number): Uint8Array {
	const out = new Uint8Array(bytes.length * times);
	for (let i = 0; i < times; i++) out.set(bytes, i * bytes.length);
	return out;
}
