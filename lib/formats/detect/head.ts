import { rewriteLine } from "../checkpoint/rewrite";
import { Tape } from "../json/tape";
import { invalidUtf8At, showBytes, wholeText } from "../text/utf8";

/** Bytes of a file that detection looks at. */
export const HEAD_BYTES = 65_536;

/** The start of a file, decoded. */
export interface Head {
	bytes: Uint8Array;
	text: string;
	/** whole lines; also the last one when the file ends with the head */
	lines: string[];
	/** whether the file may go on after the head */
	cut: boolean;
	/** NUL bytes and invalid sequences */
	badBytes: number;
}

export function readHead(file: Uint8Array): Head {
	const cut = file.length >= HEAD_BYTES;
	const { bytes: decoded } = wholeText(file.subarray(0, HEAD_BYTES));
	const bytes = cut ? withoutCutCharacter(decoded) : decoded;
	const text = showBytes(bytes);
	const lines = text.split("\n").map((line) => line.replace(/\r$/, ""));
	if (cut && lines.length > 1) lines.pop();
	return { bytes, text, lines, cut, badBytes: countBad(bytes) };
}

/** The first lines that are not blank, each on its own tape, as far as they are JSON (a line that the head cuts counts). */
export function jsonLines(head: Head, limit: number): { tapes: Tape[]; others: number } {
	const encoder = new TextEncoder();
	const filled = head.lines.filter((line) => line.trim() !== "").slice(0, limit);
	const tapes: Tape[] = [];
	for (const line of filled) {
		const tape = new Tape();
		const written = encoder.encode(line);
		// The bare NaN of a checkpoint log must not hide what the line is.
		const bytes = rewriteLine(written, 0, written.length)?.line ?? written;
		const problem = tape.parse(bytes, 0, bytes.length);
		if (problem === null || (head.cut && head.lines.length === 1 && tape.size > 2)) tapes.push(tape);
	}
	return { tapes, others: filled.length - tapes.length };
}

function withoutCutCharacter(bytes: Uint8Array): Uint8Array {
	for (let back = 1; back <= 3 && back <= bytes.length; back++) {
		const byte = bytes[bytes.length - back]!;
		if (byte >= 0xc0) return back < width(byte) ? bytes.subarray(0, bytes.length - back) : bytes;
		if (byte < 0x80) return bytes;
	}
	return bytes;
}

function width(lead: number): number {
	return lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
}

function countBad(bytes: Uint8Array): number {
	let bad = 0;
	for (let at = bytes.indexOf(0); at >= 0; at = bytes.indexOf(0, at + 1)) bad++;
	for (let at = invalidUtf8At(bytes, 0, bytes.length); at >= 0; at = invalidUtf8At(bytes, at + 1, bytes.length)) bad++;
	return bad;
}
