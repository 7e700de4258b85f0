import assert from "node:assert/strict";
import { test } from "node:test";
import { type Line, LineSplitter, lineText, placeInFile } from "./lines";

type Seen = { text: string; number: number; byteOffset: number; invalidAt: number; terminated: boolean };

function split(bytes: Uint8Array, sizes: readonly number[]): Seen[] {
	const seen: Seen[] = [];
	const splitter = new LineSplitter((line: Line) => seen.push({ text: lineText(line), number: line.number, byteOffset: line.byteOffset, invalidAt: line.invalidAt, terminated: line.terminated }));
	let at = 0;
	for (let n = 0; at < bytes.length; n++) {
		const size = sizes[n % sizes.length]!;
		splitter.push(bytes.slice(at, at + size));
		at += size;
	}
	splitter.end();
	return seen;
}

const DIVISIONS = [[1_000_000], [1], [2], [3], [5, 1, 7], [4, 0, 9]];

function everyWay(bytes: Uint8Array): Seen[] {
	const whole = split(bytes, DIVISIONS[0]!);
	for (const sizes of DIVISIONS) assert.deepEqual(split(bytes, sizes), whole, `in pieces of ${sizes.join(", ")}`);
	return whole;
}

function utf16(text: string, little: boolean): Uint8Array {
	const out: number[] = [];
	for (const unit of [0xfeff, ...Array.from({ length: text.length }, (_, i) => text.charCodeAt(i))]) out.push(...(little ? [unit & 255, unit >> 8] : [unit >> 8, unit & 255]));
	return Uint8Array.from(out);
}

const encode = (text: string) => new TextEncoder().encode(text);
const line = (text: string, number: number, byteOffset: number, more: Partial<Seen> = {}): Seen => ({ text, number, byteOffset, invalidAt: -1, terminated: true, ...more });

test("LF, CRLF, a lone CR, blank lines, NUL and a last line without newline", () => {
	assert.deepEqual(everyWay(encode("a\r\n\nb\rc\n\0x\nend\r")), [line("a", 1, 0), line("", 2, 3), line("b\rc", 3, 4), line("\0x", 4, 8), line("end\r", 5, 11, { terminated: false })]);
	assert.deepEqual(everyWay(encode("a\n")), [line("a", 1, 0)]);
	assert.deepEqual(everyWay(encode("")), []);
	assert.deepEqual(everyWay(encode("\n")), [line("", 1, 0)]);
	assert.deepEqual(everyWay(encode("x")), [line("x", 1, 0, { terminated: false })]);
});

test("a UTF-8 byte order mark is taken off and counted in offsets", () => {
	assert.deepEqual(everyWay(encode("\ufeffa\nü\n")), [line("a", 1, 3), line("ü", 2, 5)]);
	assert.deepEqual(everyWay(encode("\ufeff")), []);
});

test("UTF-16 of both byte orders, with characters beyond the first plane", () => {
	for (const little of [true, false]) {
		assert.deepEqual(everyWay(utf16("a😀\r\nü\nlast", little)), [line("a😀", 1, 2), line("ü", 2, 12), line("last", 3, 16, { terminated: false })]);
	}
	assert.deepEqual(everyWay(utf16("\ufeff", true)).length, 1, "a second mark is a character");
});

test("half a character in UTF-16 is invalid where it stands", () => {
	assert.deepEqual(everyWay(utf16("a\ud800b\nc\udc00\n", true)), [line("a\ufffdb", 1, 2, { invalidAt: 4 }), line("c\ufffd", 2, 10, { invalidAt: 12 })]);
	assert.deepEqual(everyWay(Uint8Array.from([0xff, 0xfe, 0x61, 0x00, 0x62])), [line("a\ufffd", 1, 2, { invalidAt: 4, terminated: false })]);
	assert.deepEqual(everyWay(Uint8Array.from([0xff, 0xfe, 0x00, 0xd8])), [line("\ufffd", 1, 2, { invalidAt: 2, terminated: false })]);
});

test("invalid UTF-8 is found by its offset in the file and shown as U+FFFD", () => {
	const bytes = (...parts: (string | number)[]) => Uint8Array.from(parts.flatMap((part) => (typeof part === "string" ? [...encode(part)] : [part])));
	assert.deepEqual(everyWay(bytes("ok\na", 0xff, "b\n")), [line("ok", 1, 0), line("a\ufffdb", 2, 3, { invalidAt: 4 })]);
	// overlong, a surrogate, beyond U+10FFFF, a character that its line cuts
	for (const bad of [[0xc0, 0x80], [0xe0, 0x80, 0x80], [0xed, 0xa0, 0x80], [0xf4, 0x90, 0x80, 0x80], [0xf8], [0x80], [0xe2, 0x82]]) {
		assert.equal(everyWay(bytes("x", ...bad, "\n"))[0]!.invalidAt, 1, bad.join(" "));
	}
	for (const good of ["\u0080", "\u07ff", "\u0800", "\ud7ff", "\ue000", "\uffff", "\u{10000}", "\u{10ffff}"]) assert.equal(everyWay(encode(`${good}\n`))[0]!.invalidAt, -1);
});

test("a 50 MB line in pieces is one line", () => {
	const size = 50 * 1024 * 1024;
	const piece = new Uint8Array(1 << 20).fill(0x61);
	const seen: number[] = [];
	const splitter = new LineSplitter((one) => seen.push(one.end - one.start, one.byteOffset));
	for (let n = 0; n < size; n += piece.length) splitter.push(piece);
	splitter.push(encode("\nx\n"));
	splitter.end();
	assert.deepEqual(seen, [size, 0, 1, size + 1]);
});

test("a place in a line is an offset in the file, in UTF-16 too", () => {
	let place = -1;
	const splitter = new LineSplitter((one) => {
		place = placeInFile(one, one.end - 1);
	});
	splitter.push(utf16("ü😀x\n", false));
	splitter.end();
	assert.equal(place, 2 + 2 + 4);
});
