import { hex4, lowSurrogate } from "./bytes";
import { NUMBER, STRING, type Tape } from "./tape";

const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
let scratch = new Uint8Array(1024);

/** The content of a string token as text. A lone surrogate is its six-character escape, as the file writes it. */
export function stringOf(tape: Tape, token: number): string {
	const { bytes, start, end } = stringBytes(tape, token);
	return decoder.decode(bytes.subarray(start, end));
}

/**
 * The content of a string token as UTF-8: a range of the source where nothing is escaped, else of a shared scratch
 * buffer that the next call overwrites.
 */
export function stringBytes(tape: Tape, token: number): { bytes: Uint8Array; start: number; end: number } {
	const start = tape.start(token) + 1;
	const end = tape.end(token) - 1;
	if (!tape.isEscaped(token)) return { bytes: tape.bytes, start, end };
	if (scratch.length < end - start) scratch = new Uint8Array(Math.max(end - start, scratch.length * 2));
	return { bytes: scratch, start: 0, end: unescapeInto(tape.bytes, start, end, scratch) };
}

/** The token as it stands in the source: a string with its quotes, a number with its digits, a container with its spaces. */
export function sourceOf(tape: Tape, token: number): string {
	return decoder.decode(tape.bytes.subarray(tape.start(token), tape.end(token)));
}

/** A token for people: its source, cut. */
export function excerptOf(tape: Tape, token: number, limit = 60): string {
	const end = Math.min(tape.end(token), tape.start(token) + limit * 4);
	const text = decoder.decode(tape.bytes.subarray(tape.start(token), end)).replace(/\s+/g, " ");
	return text.length > limit || end < tape.end(token) ? `${text.slice(0, limit)}…` : text;
}

/** The value of a string, the digits of a number, the word of a literal: what a text column holds. */
export function plainText(tape: Tape, token: number): string {
	return tape.kind(token) === STRING ? stringOf(tape, token) : sourceOf(tape, token);
}

/** The double nearest to a number token, else null. */
export function numberOf(tape: Tape, token: number): number | null {
	return tape.kind(token) === NUMBER ? Number(sourceOf(tape, token)) : null;
}

/** Writes the unescaped `bytes[start, end)` to `out` (never longer than the input) and returns the length. */
function unescapeInto(bytes: Uint8Array, start: number, end: number, out: Uint8Array): number {
	let size = 0;
	let at = start;
	while (at < end) {
		const byte = bytes[at]!;
		if (byte !== 0x5c) {
			out[size++] = byte;
			at++;
			continue;
		}
		const letter = bytes[at + 1]!;
		if (letter !== 0x75) {
			out[size++] = SHORT[letter]!;
			at += 2;
			continue;
		}
		let point = hex4(bytes, at + 2, end);
		let width = 6;
		if (point >= 0xd800 && point <= 0xdfff) {
			const low = point < 0xdc00 ? lowSurrogate(bytes, at + 6, end) : -1;
			if (low < 0) {
				for (let i = 0; i < 6; i++) out[size++] = bytes[at + i]!;
				at += 6;
				continue;
			}
			point = 0x10000 + ((point - 0xd800) << 10) + (low - 0xdc00);
			width = 12;
		}
		size = putPoint(out, size, point);
		at += width;
	}
	return size;
}

/** Writes one code point as UTF-8 at `size` and returns the new size. */
export function putPoint(out: Uint8Array, size: number, point: number): number {
	let at = size;
	if (point < 0x80) out[at++] = point;
	else if (point < 0x800) {
		out[at++] = 0xc0 | (point >> 6);
		out[at++] = 0x80 | (point & 0x3f);
	} else if (point < 0x10000) {
		out[at++] = 0xe0 | (point >> 12);
		out[at++] = 0x80 | ((point >> 6) & 0x3f);
		out[at++] = 0x80 | (point & 0x3f);
	} else {
		out[at++] = 0xf0 | (point >> 18);
		out[at++] = 0x80 | ((point >> 12) & 0x3f);
		out[at++] = 0x80 | ((point >> 6) & 0x3f);
		out[at++] = 0x80 | (point & 0x3f);
	}
	return at;
}

/** The byte that a short escape stands for, by its letter; 0 for every other byte. */
export const SHORT = new Uint8Array(256);
for (const [letter, value] of ['""', "\\\\", "//", "b\b", "f\f", "n\n", "r\r", "t\t"]) SHORT[letter!.charCodeAt(0)] = value!.charCodeAt(0);
