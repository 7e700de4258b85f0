import { joinBytes } from "@/lib/model";
import { putPoint } from "../json/strings";
import { byteOrderMark, type Encoding, invalidUtf8At, showBytes, utf16Length } from "./utf8";

/** One line of a file, as UTF-8 in `bytes[start, end)` without its LF or CRLF. */
export interface Line {
	bytes: Uint8Array;
	start: number;
	end: number;
	/** from 1 */
	number: number;
	/** of the line's first byte in the file as it is stored */
	byteOffset: number;
	/** offset in the file of the first byte that is not valid in the file's encoding, or -1 */
	invalidAt: number;
	encoding: Encoding;
	/** false for a last line without newline */
	terminated: boolean;
}

const LF = 0x0a;
const CR = 0x0d;

/**
 * Splits a file into lines, whatever the division of the chunks it is given. Takes UTF-8 with or without byte order
 * mark, and UTF-16 with one. NUL is a character like others; a lone CR ends no line. The pushed bytes must not be
 * changed afterwards: a line may be a view of them.
 */
export class LineSplitter {
	private readonly emit: (line: Line) => void;
	private encoding: Encoding | null = null;
	/** bytes of a line whose end has not come, in order */
	private pieces: Uint8Array[] = [];
	private lineNumber = 1;
	/** offset in the file of the next byte to come */
	private offset = 0;
	private lineOffset = 0;
	private wide: WideLine | null = null;

	constructor(emit: (line: Line) => void) {
		this.emit = emit;
	}

	push(chunk: Uint8Array): void {
		let bytes = chunk;
		if (this.encoding === null) {
			// Three bytes tell whether there is a byte order mark.
			this.pieces.push(chunk);
			if (this.pieces.reduce((sum, piece) => sum + piece.length, 0) < 3) return;
			bytes = this.begin();
		}
		this.take(bytes);
	}

	end(): void {
		if (this.encoding === null) this.take(this.begin());
		if (this.wide) {
			this.wide.finish();
			if (this.wide.pending) this.put(this.wide.bytes, 0, this.wide.size, this.wide.invalidAt, false);
			return;
		}
		const rest = joinBytes(this.pieces);
		if (rest.length > 0) this.put(rest, 0, rest.length, this.check(rest, 0, rest.length), false);
	}

	private begin(): Uint8Array {
		const bytes = joinBytes(this.pieces);
		const mark = byteOrderMark(bytes);
		this.pieces = [];
		this.encoding = mark.encoding;
		this.offset = mark.length;
		this.lineOffset = mark.length;
		if (mark.encoding !== "utf-8") this.wide = new WideLine(mark.encoding === "utf-16le", mark.length);
		return bytes.subarray(mark.length);
	}

	private take(bytes: Uint8Array): void {
		if (this.wide) this.takeWide(bytes, this.wide);
		else this.takeUtf8(bytes);
	}

	private takeUtf8(bytes: Uint8Array): void {
		let start = 0;
		for (let at = bytes.indexOf(LF); at >= 0; at = bytes.indexOf(LF, start)) {
			let line = bytes;
			let from = start;
			let to = at;
			if (this.pieces.length > 0) {
				this.pieces.push(bytes.subarray(start, at));
				line = joinBytes(this.pieces);
				this.pieces = [];
				from = 0;
				to = line.length;
			}
			if (to > from && line[to - 1] === CR) to--;
			this.offset += at + 1 - start;
			this.put(line, from, to, this.check(line, from, to), true);
			start = at + 1;
		}
		if (start < bytes.length) {
			this.pieces.push(bytes.subarray(start));
			this.offset += bytes.length - start;
		}
	}

	private takeWide(bytes: Uint8Array, wide: WideLine): void {
		for (let i = 0; i < bytes.length; i++) {
			if (!wide.byte(bytes[i]!)) continue;
			let to = wide.size;
			if (to > 0 && wide.bytes[to - 1] === CR) to--;
			this.offset = wide.offset;
			this.put(wide.bytes.slice(0, to), 0, to, wide.invalidAt, true);
			wide.reset();
		}
	}

	private check(bytes: Uint8Array, start: number, end: number): number {
		const at = invalidUtf8At(bytes, start, end);
		return at < 0 ? -1 : this.lineOffset + at - start;
	}

	private put(bytes: Uint8Array, start: number, end: number, invalidAt: number, terminated: boolean): void {
		this.emit({ bytes, start, end, number: this.lineNumber++, byteOffset: this.lineOffset, invalidAt, encoding: this.encoding ?? "utf-8", terminated });
		this.lineOffset = this.offset;
	}
}

/** A line of a UTF-16 file on its way to UTF-8. */
class WideLine {
	bytes = new Uint8Array(256);
	size = 0;
	invalidAt = -1;
	/** offset in the file of the next byte */
	offset: number;
	/** whether anything of the line has come */
	pending = false;
	private first = -1;
	private high = -1;
	private readonly little: boolean;

	constructor(little: boolean, offset: number) {
		this.little = little;
		this.offset = offset;
	}

	/** Takes one byte; true when it ends the line. */
	byte(value: number): boolean {
		this.offset++;
		this.pending = true;
		if (this.first < 0) {
			this.first = value;
			return false;
		}
		const unit = this.little ? (value << 8) | this.first : (this.first << 8) | value;
		this.first = -1;
		if (this.high >= 0) {
			const high = this.high;
			this.high = -1;
			if (unit >= 0xdc00 && unit <= 0xdfff) {
				this.write(0x10000 + ((high - 0xd800) << 10) + (unit - 0xdc00));
				return false;
			}
			this.invalid(this.offset - 4);
		}
		if (unit >= 0xd800 && unit <= 0xdbff) this.high = unit;
		else if (unit >= 0xdc00 && unit <= 0xdfff) this.invalid(this.offset - 2);
		else if (unit === LF) return true;
		else this.write(unit);
		return false;
	}

	/** The file ends: half a character is an invalid one. */
	finish(): void {
		if (this.high >= 0) this.invalid(this.offset - 2 - (this.first >= 0 ? 1 : 0));
		if (this.first >= 0) this.invalid(this.offset - 1);
	}

	reset(): void {
		this.size = 0;
		this.invalidAt = -1;
		this.pending = false;
	}

	private invalid(at: number): void {
		if (this.invalidAt < 0) this.invalidAt = at;
		this.write(0xfffd);
	}

	private write(point: number): void {
		if (this.size + 4 > this.bytes.length) {
			const next = new Uint8Array(this.bytes.length * 2);
			next.set(this.bytes);
			this.bytes = next;
		}
		this.size = putPoint(this.bytes, this.size, point);
	}
}

/** Offset in the file of `at`, an offset into `line.bytes`. */
export function placeInFile(line: Line, at: number): number {
	if (line.encoding === "utf-8") return line.byteOffset + at - line.start;
	return line.byteOffset + utf16Length(line.bytes, line.start, at) * 2;
}

/** The text of a line; what is not valid shows as U+FFFD. */
export function lineText(line: Line): string {
	return showBytes(line.bytes, line.start, line.end);
}

/** Why a line with `invalidAt` could not be read. */
export function invalidReason(line: Line): string {
	return `invalid ${line.encoding === "utf-8" ? "UTF-8" : "UTF-16"} at byte ${line.invalidAt}`;
}

/** Whether a line is nothing but spaces, tabs and carriage returns. */
export function isBlank(line: Line): boolean {
	for (let i = line.start; i < line.end; i++) {
		const byte = line.bytes[i]!;
		if (byte !== 0x20 && byte !== 0x09 && byte !== CR) return false;
	}
	return true;
}
