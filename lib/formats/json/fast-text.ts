import { hex4, lowSurrogate } from "./bytes";
import type { FastNode } from "./fast-node";
import { putPoint, SHORT } from "./strings";

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
/** Bytes of a word, and what may be written past a string's end. */
const WORD = 4;
/** The high bit of each byte of a word. */
const HIGH = 0x80808080 | 0;
const ONES = 0x01010101;
const QUOTES = 0x22222222;
const BACKSLASHES = 0x5c5c5c5c;
const SPACES = 0x20202020;

/**
 * Appends the string that opens at `from` to the node's text column, straight into its buffer; returns the offset past the closing
 * quote. -1 when it is no string, not UTF-8, or holds a lone surrogate, which somebody has to tell. `view` shows the same
 * bytes. A newline stands at `limit`, so that every string ends before it.
 */
export function readText(node: FastNode, bytes: Uint8Array, view: DataView, from: number, limit: number): number {
	const column = node.column!;
	column.reserve(limit - from + WORD);
	const out = column.bytes;
	const words = node.writer(out);
	const lastWord = bytes.length - WORD;
	let size = column.size;
	let at = from + 1;
	for (;;) {
		// Four bytes at once, up to a quote, a backslash, a control character, or what is no ASCII.
		while (at <= lastWord) {
			const word = view.getInt32(at, true);
			words.setInt32(size, word, true);
			// A byte's high bit is set by what takes too much from it, or was set before. One may be marked without cause behind another.
			const odd = (((word ^ QUOTES) - ONES) | ((word ^ BACKSLASHES) - ONES) | (word - SPACES) | word) & HIGH;
			if (odd === 0) {
				at += WORD;
				size += WORD;
				continue;
			}
			const plain = (31 - Math.clz32(odd & -odd)) >> 3;
			at += plain;
			size += plain;
			break;
		}
		const byte = bytes[at]!;
		if (byte === QUOTE) break;
		if (byte < 0x20) return -1;
		if (byte >= 0x80) {
			const width = characterWidth(bytes, at, byte);
			if (width === 0) return -1;
			for (let i = 0; i < width; i++) out[size++] = bytes[at++]!;
			continue;
		}
		at++;
		if (byte !== BACKSLASH) {
			out[size++] = byte;
			continue;
		}
		const letter = bytes[at++]!;
		const short = SHORT[letter]!;
		if (short !== 0) {
			out[size++] = short;
			continue;
		}
		if (letter !== 0x75) return -1;
		let point = hex4(bytes, at, limit);
		if (point < 0) return -1;
		at += 4;
		if (point >= 0xd800 && point <= 0xdfff) {
			const low = point < 0xdc00 ? lowSurrogate(bytes, at, limit) : -1;
			if (low < 0) return -1;
			point = 0x10000 + ((point - 0xd800) << 10) + (low - 0xdc00);
			at += 6;
		}
		size = putPoint(out, size, point);
	}
	column.endText(size);
	return at + 1;
}

/** Bytes of the character that begins with `lead`; 0 where it is not UTF-8 (overlong forms and surrogates are not). */
function characterWidth(bytes: Uint8Array, at: number, lead: number): number {
	const second = bytes[at + 1]!;
	if (lead < 0xe0) return lead >= 0xc2 && (second & 0xc0) === 0x80 ? 2 : 0;
	if (lead > 0xf4) return 0;
	const low = lead === 0xe0 ? 0xa0 : lead === 0xf0 ? 0x90 : 0x80;
	const high = lead === 0xed ? 0x9f : lead === 0xf4 ? 0x8f : 0xbf;
	if (second < low || second > high || (bytes[at + 2]! & 0xc0) !== 0x80) return 0;
	if (lead < 0xf0) return 3;
	return (bytes[at + 3]! & 0xc0) === 0x80 ? 4 : 0;
}
