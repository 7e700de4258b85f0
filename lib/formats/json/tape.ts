import { hex4, isDigit, isShortEscape, isWord, lowSurrogate, skipDigits, skipSpace } from "./bytes";

/**
 * A byte-level JSON reader that puts one document onto a reusable tape. It accepts and rejects exactly what
 * `JSON.parse` does with the decoded text, and never recurses, so depth costs memory only.
 */

export const NULL = 0;
export const FALSE = 1;
export const TRUE = 2;
export const NUMBER = 3;
export const STRING = 4;
export const OBJECT = 5;
export const ARRAY = 6;

const KIND_MASK = 7;
/** a string with at least one escape */
const ESCAPED = 8;
/** a string with an escaped surrogate that has no partner */
const LONE = 16;
/** a number with a fraction or an exponent */
const DECIMAL = 32;

/** Ints a token takes: kind and flags, start, end, index past it, number of children. */
const STRIDE = 5;

const WORDS = ["true", "false", "null"];

const EMPTY = new Uint8Array(0);

/** Why bytes are not JSON. `offset` is an index into the bytes; `describe` words it with the caller's way of naming places. */
export interface JsonProblem {
	offset: number;
	/** the text ends too early: with more of it this could still become JSON */
	cut: boolean;
	describe(place: (offset: number) => string): string;
}

/**
 * The tokens of one document, in the order in which they stand. An object's children are key, value, key, value;
 * its count is that of its members. A container's `next` is the index of the token after its last child.
 */
export class Tape {
	/** what the tokens point into; the caller must not change it while the tape is in use */
	bytes: Uint8Array = EMPTY;
	/** number of tokens */
	size = 0;
	/** strings of the document that hold a lone surrogate */
	loneSurrogates = 0;
	private data = new Int32Array(STRIDE * 256);
	private problem: JsonProblem | null = null;
	/** where the text ends */
	private limit = 0;
	/** what follows the document is not looked at */
	private prefix = false;

	/**
	 * Reads `bytes[from, to)`, which must be valid UTF-8. Returns null when it is one JSON document, else what is
	 * wrong. After a problem the tape holds the tokens before it, with open containers closed there, which
	 * is what `detect` looks at when a file is cut by its first 64 KiB.
	 */
	parse(bytes: Uint8Array, from: number, to: number): JsonProblem | null {
		this.bytes = bytes;
		this.size = 0;
		this.loneSurrogates = 0;
		this.problem = null;
		this.limit = to;
		const open = this.run(bytes, from, to);
		if (this.problem !== null) this.closeOpen(open, to);
		return this.problem;
	}

	/** Reads the one value that starts at `from`; `end(0)` is where it ends. False when what stands there is none. */
	parseValue(bytes: Uint8Array, from: number, to: number): boolean {
		this.prefix = true;
		const problem = this.parse(bytes, from, to);
		this.prefix = false;
		return problem === null;
	}

	kind(token: number): number {
		return this.data[token * STRIDE]! & KIND_MASK;
	}

	/** Offset of the token's first byte; of a string, its opening quote. */
	start(token: number): number {
		return this.data[token * STRIDE + 1]!;
	}

	/** Offset past the token's last byte. */
	end(token: number): number {
		return this.data[token * STRIDE + 2]!;
	}

	/** Index of the token after this one and all that is inside it. */
	next(token: number): number {
		return this.data[token * STRIDE + 3]!;
	}

	/** Elements of an array, members of an object (a repeated key counts each time). */
	count(token: number): number {
		return this.data[token * STRIDE + 4]!;
	}

	isEscaped(token: number): boolean {
		return (this.data[token * STRIDE]! & ESCAPED) !== 0;
	}

	hasLoneSurrogate(token: number): boolean {
		return (this.data[token * STRIDE]! & LONE) !== 0;
	}

	/** Whether a number has a fraction or an exponent. */
	isDecimal(token: number): boolean {
		return (this.data[token * STRIDE]! & DECIMAL) !== 0;
	}

	/** Returns the innermost open container, or -1. */
	private run(bytes: Uint8Array, from: number, to: number): number {
		let at = from;
		let parent = -1;
		for (;;) {
			// A value stands here.
			at = skipSpace(bytes, at, to);
			if (at >= to) {
				if (parent >= 0) this.failUnclosed(parent, to);
				else this.fail(at, () => "nothing is there");
				return parent;
			}
			const byte = bytes[at]!;
			if (byte === 0x7b || byte === 0x5b) {
				const isObject = byte === 0x7b;
				const token = this.add(isObject ? OBJECT : ARRAY, at, at + 1);
				// While a container is open its `next` holds its parent, which makes a stack unnecessary.
				this.data[token * STRIDE + 3] = parent;
				parent = token;
				at = skipSpace(bytes, at + 1, to);
				if (at < to && bytes[at] === (isObject ? 0x7d : 0x5d)) {
					at++;
					parent = this.close(parent, at);
				} else if (isObject) {
					at = this.key(bytes, at, to, parent);
					if (at < 0) return parent;
					continue;
				} else {
					continue;
				}
			} else {
				at = this.scalar(bytes, at, to, byte);
				if (at < 0) return parent;
			}
			// A value has ended here; so may its parents.
			for (;;) {
				at = skipSpace(bytes, at, to);
				if (parent < 0) {
					if (at < to && !this.prefix) this.fail(at, (place) => `the value ends before ${place(at)}, but more follows`);
					return -1;
				}
				this.data[parent * STRIDE + 4]!++;
				if (at >= to) {
					this.failUnclosed(parent, to);
					return parent;
				}
				const isObject = this.kind(parent) === OBJECT;
				const mark = bytes[at]!;
				if (mark === 0x2c) {
					at++;
					if (isObject) {
						at = this.key(bytes, skipSpace(bytes, at, to), to, parent);
						if (at < 0) return parent;
					}
					break;
				}
				if (mark === (isObject ? 0x7d : 0x5d)) {
					at++;
					parent = this.close(parent, at);
					continue;
				}
				const where = at;
				this.fail(where, (place) => `a comma or ${isObject ? "}" : "]"} is missing at ${place(where)}`);
				return parent;
			}
		}
	}

	/** Reads a key and its colon; returns where the value may start, or -1. */
	private key(bytes: Uint8Array, at: number, to: number, parent: number): number {
		if (at >= to) return this.failUnclosed(parent, to);
		if (bytes[at] !== 0x22) return this.fail(at, (place) => (bytes[at] === 0x7d ? `a comma stands before } at ${place(at)}` : `a key in double quotes is missing at ${place(at)}`));
		const end = skipSpace(bytes, this.string(bytes, at, to), to);
		if (end < 0) return -1;
		if (end >= to) return this.failUnclosed(parent, to);
		if (bytes[end] !== 0x3a) return this.fail(end, (place) => `a colon is missing at ${place(end)}`);
		return end + 1;
	}

	private scalar(bytes: Uint8Array, at: number, to: number, byte: number): number {
		if (byte === 0x22) return this.string(bytes, at, to);
		if (byte === 0x2d || (byte >= 0x30 && byte <= 0x39)) return this.number(bytes, at, to);
		if (byte === 0x74) return this.literal(bytes, at, to, "true", TRUE);
		if (byte === 0x66) return this.literal(bytes, at, to, "false", FALSE);
		if (byte === 0x6e) return this.literal(bytes, at, to, "null", NULL);
		if (byte === 0x5d || byte === 0x7d || byte === 0x2c || byte === 0x3a) return this.fail(at, (place) => `a value is missing before "${String.fromCharCode(byte)}" at ${place(at)}`);
		return this.failWord(bytes, at, to);
	}

	private literal(bytes: Uint8Array, at: number, to: number, word: string, kind: number): number {
		const end = at + word.length;
		if (end > to) return this.failWord(bytes, at, to);
		for (let i = 1; i < word.length; i++) if (bytes[at + i] !== word.charCodeAt(i)) return this.failWord(bytes, at, to);
		this.add(kind, at, end);
		return end;
	}

	private number(bytes: Uint8Array, from: number, to: number): number {
		let at = from;
		let flags = 0;
		if (bytes[at] === 0x2d) at++;
		if (at < to && bytes[at] === 0x30) {
			at++;
			if (at < to && isDigit(bytes[at]!)) return this.fail(from, (place) => `the number at ${place(from)} starts with a zero that does not belong there`);
		} else {
			const digits = skipDigits(bytes, at, to);
			if (digits === at) return this.failNumber(from, at);
			at = digits;
		}
		if (at < to && bytes[at] === 0x2e) {
			flags = DECIMAL;
			const digits = skipDigits(bytes, at + 1, to);
			if (digits === at + 1) return this.failNumber(from, at + 1);
			at = digits;
		}
		if (at < to && (bytes[at] === 0x65 || bytes[at] === 0x45)) {
			flags = DECIMAL;
			at++;
			if (at < to && (bytes[at] === 0x2b || bytes[at] === 0x2d)) at++;
			const digits = skipDigits(bytes, at, to);
			if (digits === at) return this.failNumber(from, at);
			at = digits;
		}
		this.add(NUMBER | flags, from, at);
		return at;
	}

	private string(bytes: Uint8Array, from: number, to: number): number {
		let flags = 0;
		let at = from + 1;
		for (;;) {
			if (at >= to) return this.fail(from, (place) => `the string opened at ${place(from)} never closes`, to);
			const byte = bytes[at]!;
			if (byte === 0x22) break;
			if (byte < 0x20) {
				const where = at;
				return this.fail(where, (place) => `a control character (U+${byte.toString(16).toUpperCase().padStart(4, "0")}) stands unescaped in a string at ${place(where)}`);
			}
			if (byte !== 0x5c) {
				at++;
				continue;
			}
			flags |= ESCAPED;
			const slash = at;
			const letter = at + 1 < to ? bytes[at + 1]! : -1;
			if (letter < 0) return this.fail(from, (place) => `the string opened at ${place(from)} never closes`, to);
			if (letter !== 0x75) {
				if (!isShortEscape(letter)) return this.fail(slash, (place) => `the escape at ${place(slash)} is none of JSON's`);
				at += 2;
				continue;
			}
			const unit = hex4(bytes, at + 2, to);
			if (unit < 0) return this.fail(slash, (place) => `\\u at ${place(slash)} needs four hexadecimal digits`, isCutEscape(bytes, at + 2, to) ? to : slash);
			at += 6;
			if (unit < 0xd800 || unit > 0xdfff) continue;
			if (unit < 0xdc00 && lowSurrogate(bytes, at, to) >= 0) at += 6;
			else flags |= LONE;
		}
		if (flags & LONE) this.loneSurrogates++;
		this.add(STRING | flags, from, at + 1);
		return at + 1;
	}

	private add(kind: number, start: number, end: number): number {
		const token = this.size++;
		const base = token * STRIDE;
		if (base + STRIDE > this.data.length) {
			const next = new Int32Array(this.data.length * 2);
			next.set(this.data);
			this.data = next;
		}
		this.data[base] = kind;
		this.data[base + 1] = start;
		this.data[base + 2] = end;
		this.data[base + 3] = token + 1;
		this.data[base + 4] = 0;
		return token;
	}

	/** Ends a container and returns its parent. */
	private close(token: number, end: number): number {
		const base = token * STRIDE;
		const parent = this.data[base + 3]!;
		this.data[base + 2] = end;
		this.data[base + 3] = this.size;
		return parent;
	}

	/** Makes a cut document walkable: what is open ends here; a key without its value is outside every count. */
	private closeOpen(open: number, to: number): void {
		let token = open;
		while (token >= 0) token = this.close(token, to);
	}

	/** `reached` is how far the text was good. */
	private fail(offset: number, describe: JsonProblem["describe"], reached = offset): -1 {
		this.problem = { offset, cut: reached >= this.limit, describe };
		return -1;
	}

	private failUnclosed(parent: number, to: number): -1 {
		const what = this.kind(parent) === OBJECT ? "object" : "array";
		const start = this.start(parent);
		return this.fail(to, (place) => `the ${what} opened at ${place(start)} never closes`);
	}

	private failNumber(from: number, reached: number): -1 {
		return this.fail(from, (place) => `the number at ${place(from)} lacks digits`, reached);
	}

	private failWord(bytes: Uint8Array, at: number, to: number): -1 {
		let end = at;
		while (end < to && end < at + 24 && isWord(bytes[end]!)) end++;
		const word = String.fromCharCode(...bytes.subarray(at, end));
		return this.fail(at, (place) => (word === "" ? `what stands at ${place(at)} starts no JSON value` : `"${word}" at ${place(at)} is no JSON value`), end === to && WORDS.some((wanted) => wanted.startsWith(word)) ? to : at);
	}
}

/** Whether the digits of a \u escape are good as far as the text goes. */
function isCutEscape(bytes: Uint8Array, from: number, to: number): boolean {
	return to < from + 4 && /^[0-9a-fA-F]*$/.test(String.fromCharCode(...bytes.subarray(from, to)));
}
