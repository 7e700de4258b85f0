/** What bytes of a text file read as, or why they do not. `byteOffset` counts from the start of the file. */
export type Decoded = { ok: true; text: string; encoding: "UTF-8" | "UTF-16LE" | "UTF-16BE" } | { ok: false; byteOffset: number; line: number; reason: string };

/** Decodes a whole file as fatal UTF-8, or as UTF-16 where a byte order mark says so; the mark itself is dropped. */
export function decodeText(bytes: Uint8Array): Decoded {
	if (bytes[0] === 0xff && bytes[1] === 0xfe) return decodeAs(bytes.subarray(2), "UTF-16LE", 2);
	if (bytes[0] === 0xfe && bytes[1] === 0xff) return decodeAs(bytes.subarray(2), "UTF-16BE", 2);
	const bom = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
	return decodeAs(bytes.subarray(bom), "UTF-8", bom);
}

/** The lines of a text without their line ends; a last line counts where it is not empty. */
export function splitLines(text: string): string[] {
	if (text === "") return [];
	const lines = text.split("\n");
	if (lines[lines.length - 1] === "") lines.pop();
	return lines.map((line) => (line.endsWith("\r") ? line.slice(0, -1) : line));
}

function decodeAs(bytes: Uint8Array, encoding: "UTF-8" | "UTF-16LE" | "UTF-16BE", skipped: number): Decoded {
	try {
		return { ok: true, text: new TextDecoder(encoding, { fatal: true, ignoreBOM: true }).decode(bytes), encoding };
	} catch {
		const at = encoding === "UTF-8" ? firstInvalidUtf8(bytes) : firstInvalidUtf16(bytes, encoding === "UTF-16LE");
		const hex = at < bytes.length ? `byte 0x${bytes[at]!.toString(16).padStart(2, "0")}` : "the end of the file";
		return { ok: false, byteOffset: skipped + at, line: lineOf(bytes, at), reason: `not valid ${encoding}: ${hex} at byte offset ${skipped + at} is not part of a character` };
	}
}

/** 1-based line of a byte; in UTF-16 the zero byte beside a line feed does not matter for counting. */
function lineOf(bytes: Uint8Array, at: number): number {
	let line = 1;
	for (let i = 0; i < at; i++) if (bytes[i] === 0x0a) line++;
	return line;
}

function firstInvalidUtf8(bytes: Uint8Array): number {
	let at = 0;
	while (at < bytes.length) {
		const lead = bytes[at]!;
		const size = lead < 0x80 ? 1 : lead >= 0xc2 && lead <= 0xdf ? 2 : lead >= 0xe0 && lead <= 0xef ? 3 : lead >= 0xf0 && lead <= 0xf4 ? 4 : 0;
		if (size === 0) return at;
		for (let i = 1; i < size; i++) {
			const byte = bytes[at + i];
			const low = i === 1 && lead === 0xe0 ? 0xa0 : i === 1 && lead === 0xf0 ? 0x90 : 0x80;
			const high = i === 1 && lead === 0xed ? 0x9f : i === 1 && lead === 0xf4 ? 0x8f : 0xbf;
			if (byte === undefined || byte < low || byte > high) return at;
		}
		at += size;
	}
	return at;
}

function firstInvalidUtf16(bytes: Uint8Array, little: boolean): number {
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	for (let at = 0; at + 1 < bytes.length; at += 2) {
		const unit = view.getUint16(at, little);
		if (unit < 0xd800 || unit > 0xdfff) continue;
		const next = at + 3 < bytes.length ? view.getUint16(at + 2, little) : 0;
		if (unit > 0xdbff || next < 0xdc00 || next > 0xdfff) return at;
		at += 2;
	}
	return bytes.length - (bytes.length % 2);
}
