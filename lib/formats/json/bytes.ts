/** The first offset at or after `at` that is not JSON whitespace. */
export function skipSpace(bytes: Uint8Array, at: number, to: number): number {
	let i = at;
	while (i >= 0 && i < to) {
		const byte = bytes[i]!;
		if (byte !== 0x20 && byte !== 0x0a && byte !== 0x0d && byte !== 0x09) break;
		i++;
	}
	return i;
}

export function skipDigits(bytes: Uint8Array, at: number, to: number): number {
	let i = at;
	while (i < to && isDigit(bytes[i]!)) i++;
	return i;
}

export function isDigit(byte: number): boolean {
	return byte >= 0x30 && byte <= 0x39;
}

export function isWord(byte: number): boolean {
	return isDigit(byte) || (byte >= 0x41 && byte <= 0x5a) || (byte >= 0x61 && byte <= 0x7a) || byte === 0x5f;
}

export function isShortEscape(byte: number): boolean {
	return byte === 0x22 || byte === 0x5c || byte === 0x2f || byte === 0x62 || byte === 0x66 || byte === 0x6e || byte === 0x72 || byte === 0x74;
}

/** The value of four hexadecimal digits, or -1. */
export function hex4(bytes: Uint8Array, at: number, to: number): number {
	if (at + 4 > to) return -1;
	let value = 0;
	for (let i = at; i < at + 4; i++) {
		const byte = bytes[i]!;
		const digit = isDigit(byte) ? byte - 0x30 : byte >= 0x61 && byte <= 0x66 ? byte - 0x57 : byte >= 0x41 && byte <= 0x46 ? byte - 0x37 : -1;
		if (digit < 0) return -1;
		value = value * 16 + digit;
	}
	return value;
}

/** The low surrogate that an escape at `at` writes, or -1. */
export function lowSurrogate(bytes: Uint8Array, at: number, to: number): number {
	if (at + 6 > to || bytes[at] !== 0x5c || bytes[at + 1] !== 0x75) return -1;
	const unit = hex4(bytes, at + 2, to);
	return unit >= 0xdc00 && unit <= 0xdfff ? unit : -1;
}
