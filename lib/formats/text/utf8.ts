/** Offset of the first byte of `bytes[from, to)` that is not valid UTF-8 (overlong forms and surrogates are not), or -1. */
export function invalidUtf8At(bytes: Uint8Array, from: number, to: number): number {
	let at = from;
	while (at < to) {
		const lead = bytes[at]!;
		if (lead < 0x80) {
			at++;
			continue;
		}
		const width = lead >= 0xc2 && lead <= 0xdf ? 2 : lead >= 0xe0 && lead <= 0xef ? 3 : lead >= 0xf0 && lead <= 0xf4 ? 4 : 0;
		if (width === 0 || at + width > to) return at;
		const second = bytes[at + 1]!;
		const low = lead === 0xe0 ? 0xa0 : lead === 0xf0 ? 0x90 : 0x80;
		const high = lead === 0xed ? 0x9f : lead === 0xf4 ? 0x8f : 0xbf;
		if (second < low || second > high) return at;
		for (let i = 2; i < width; i++) if ((bytes[at + i]! & 0xc0) !== 0x80) return at;
		at += width;
	}
	return -1;
}

/** Whether `bytes[from, to)` is the beginning of one UTF-8 character, short of its last bytes. */
export function isCutCharacter(bytes: Uint8Array, from: number, to: number): boolean {
	const lead = bytes[from] ?? 0;
	const width = lead >= 0xf0 && lead <= 0xf4 ? 4 : lead >= 0xe0 ? 3 : lead >= 0xc2 ? 2 : 0;
	if (lead > 0xf4 || to <= from || to - from >= width) return false;
	for (let at = from + 1; at < to; at++) if ((bytes[at]! & 0xc0) !== 0x80) return false;
	return true;
}

export type Encoding = "utf-8" | "utf-16le" | "utf-16be";

/** The encoding that a byte order mark names (UTF-8 without one) and the mark's length. */
export function byteOrderMark(head: Uint8Array): { encoding: Encoding; length: number } {
	if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return { encoding: "utf-8", length: 3 };
	if (head[0] === 0xff && head[1] === 0xfe) return { encoding: "utf-16le", length: 2 };
	if (head[0] === 0xfe && head[1] === 0xff) return { encoding: "utf-16be", length: 2 };
	return { encoding: "utf-8", length: 0 };
}

const loose = new TextDecoder("utf-8", { ignoreBOM: true });

/** Text of a byte range; what is not UTF-8 shows as U+FFFD. */
export function showBytes(bytes: Uint8Array, from = 0, to = bytes.length): string {
	return loose.decode(bytes.subarray(from, to));
}


/** A whole file as UTF-8 without byte order mark. */
export interface WholeText {
	bytes: Uint8Array;
	encoding: Encoding;
	/** length of the byte order mark that was taken off */
	mark: number;
	/** offset into the file of the first byte that is not valid in its encoding, or -1 */
	invalidAt: number;
}

/** Decodes a file at once. In a UTF-16 file what is invalid becomes U+FFFD, in UTF-8 it is left as it is. */
export function wholeText(file: Uint8Array): WholeText {
	const { encoding, length } = byteOrderMark(file);
	if (encoding === "utf-8") {
		const bytes = file.subarray(length);
		const at = invalidUtf8At(bytes, 0, bytes.length);
		return { bytes, encoding, mark: length, invalidAt: at < 0 ? -1 : at + length };
	}
	const { bytes, invalidAt } = utf16ToUtf8(file.subarray(length), encoding);
	return { bytes, encoding, mark: length, invalidAt: invalidAt < 0 ? -1 : invalidAt + length };
}

/** Offset into the file of an offset into its `WholeText` bytes. */
export function fileOffset(text: WholeText, at: number): number {
	if (text.encoding === "utf-8") return text.mark + at;
	return text.mark + utf16Length(text.bytes, 0, at) * 2;
}

/** UTF-16 code units that `bytes[from, to)` takes. */
export function utf16Length(bytes: Uint8Array, from: number, to: number): number {
	let units = 0;
	for (let i = from; i < to; i++) {
		const byte = bytes[i]!;
		if ((byte & 0xc0) !== 0x80) units += byte >= 0xf0 ? 2 : 1;
	}
	return units;
}

function utf16ToUtf8(file: Uint8Array, encoding: "utf-16le" | "utf-16be"): { bytes: Uint8Array; invalidAt: number } {
	// The web's encoder does the work; only what it replaced has to be found by hand.
	const text = new TextDecoder(encoding, { ignoreBOM: true }).decode(file);
	const bytes = new TextEncoder().encode(text);
	const high = encoding === "utf-16le" ? 1 : 0;
	const unit = (at: number) => (file[at + high]! << 8) | file[at + 1 - high]!;
	for (let at = 0; at < file.length; at += 2) {
		if (at + 1 >= file.length) return { bytes, invalidAt: at };
		const value = unit(at);
		if (value < 0xd800 || value > 0xdfff) continue;
		const paired = value < 0xdc00 && at + 3 < file.length && (unit(at + 2) & 0xfc00) === 0xdc00;
		if (!paired) return { bytes, invalidAt: at };
		at += 2;
	}
	return { bytes, invalidAt: -1 };
}
