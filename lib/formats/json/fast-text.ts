import { invalidUtf8At } from "../text/utf8";
import { hex4, lowSurrogate } from "./bytes";
import type { FastNode } from "./fast-node";
import { putPoint, SHORT } from "./strings";

/**
 * Appends the string that opens at `from` to the node's text column, straight into its buffer; returns the offset past the closing
 * quote. -1 when it is no string, not UTF-8, or holds a lone surrogate, which somebody has to tell. A newline stands
 * at `limit`, so that every string ends before it.
 */
export function readText(node: FastNode, bytes: Uint8Array, from: number, limit: number): number {
	const column = node.column!;
	column.reserve(limit - from);
	const out = column.bytes;
	let size = column.size;
	let at = from + 1;
	let high = 0;
	for (;;) {
		const byte = bytes[at++]!;
		if (byte === 0x22) break;
		if (byte < 0x20) return -1;
		if (byte !== 0x5c) {
			high |= byte;
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
	if (high >= 0x80 && invalidUtf8At(bytes, from + 1, at - 1) >= 0) return -1;
	column.endText(size);
	return at;
}
