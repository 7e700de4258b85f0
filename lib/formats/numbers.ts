/** What a number's digits demand of the column that holds it. Bits, so that a column can collect them. */
export const INT = 1;
/** an integer of int64 beyond ±2^53, which a double may not hold */
export const WIDE_INT = 2;
/** an integer beyond int64 */
export const HUGE_INT = 4;
/** a decimal whose digits the nearest double gives back */
export const DECIMAL = 8;
/** a decimal with more digits than a double holds, or outside its range */
export const ODD_DECIMAL = 16;

const INT64_MAX = 9223372036854775807n;
const INT64_MIN = -9223372036854775808n;
/** the smallest double with full precision */
const NORMAL = 2.2250738585072014e-308;

/** The column that takes all of some numbers; `digits` is text with the digits of the file. */
export type NumberColumn = "int64" | "double" | "digits";

export function numberColumn(bits: number): NumberColumn {
	if (bits & (HUGE_INT | ODD_DECIMAL)) return "digits";
	if (bits & DECIMAL) return bits & WIDE_INT ? "digits" : "double";
	return "int64";
}

/**
 * Classifies the number `bytes[start, end)`, which has the form of a JSON number. `-0` is a decimal: as an
 * integer it would lose its sign.
 */
export function classifyNumber(bytes: Uint8Array, start: number, end: number): number {
	let digits = 0;
	let plain = true;
	for (let i = start; i < end; i++) {
		const byte = bytes[i]!;
		if (byte >= 0x30 && byte <= 0x39) digits++;
		else if (byte !== 0x2d || i !== start) plain = false;
	}
	if (plain) {
		if (bytes[start] === 0x2d && digits === 1 && bytes[start + 1] === 0x30) return DECIMAL;
		if (digits <= 15) return INT;
		const value = BigInt(latin(bytes, start, end));
		if (value > INT64_MAX || value < INT64_MIN) return HUGE_INT;
		return value > 9007199254740992n || value < -9007199254740992n ? INT | WIDE_INT : INT;
	}
	return isFaithful(latin(bytes, start, end)) ? DECIMAL : ODD_DECIMAL;
}

/** Whether the nearest double shows the digits of `lexeme` again. Zeros at the end do not count. */
export function isFaithful(lexeme: string): boolean {
	const digits = significantDigits(lexeme);
	const value = Math.abs(Number(lexeme));
	if (!Number.isFinite(value)) return false;
	if (digits === "") return true;
	if (digits.length <= 15 && value >= NORMAL) return true;
	return digits === significantDigits(String(value)) || digits === significantDigits(value.toPrecision(17));
}

/** Digits of the mantissa without sign, point, and zeros at either end; empty for zero. */
export function significantDigits(lexeme: string): string {
	const exponent = lexeme.search(/[eE]/);
	const mantissa = exponent < 0 ? lexeme : lexeme.slice(0, exponent);
	return mantissa.replace(/[-+.]/g, "").replace(/^0+/, "").replace(/0+$/, "");
}

/** The integer of a lexeme: a number where that is exact, else a bigint. */
export function integerOf(bytes: Uint8Array, start: number, end: number): number | bigint {
	const text = latin(bytes, start, end);
	return end - start <= 15 ? Number(text) : BigInt(text);
}

export function doubleOf(bytes: Uint8Array, start: number, end: number): number {
	return Number(latin(bytes, start, end));
}

const ascii = new TextDecoder("latin1");

function latin(bytes: Uint8Array, start: number, end: number): string {
	if (end - start > 24) return ascii.decode(bytes.subarray(start, end));
	let text = "";
	for (let i = start; i < end; i++) text += String.fromCharCode(bytes[i]!);
	return text;
}
