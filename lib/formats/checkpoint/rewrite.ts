import { invalidUtf8At } from "../text/utf8";

/**
 * Checkpoint logs write what JSON has no word for: bare `NaN` and `Infinity` among their values, and a shape as text
 * (`"[1,151936]"`). Each is rewritten here to JSON of exactly its length, so that every byte offset stays right:
 * a bare word to a string of as many bytes, a shape in quotes to the list inside it.
 */

/** What stands for a bare word between its quotes; no program writes it. */
const MARK = 0x7f;
const QUOTE = 0x22;
const SPACE = 0x20;
const WORDS: readonly (readonly [word: string, value: number])[] = [
	["NaN", Number.NaN],
	["Infinity", Number.POSITIVE_INFINITY],
	["-Infinity", Number.NEGATIVE_INFINITY],
];

/** The number that a string among the values means: one of the three words, or what a bare one was rewritten to. Else null. */
export function wordValue(text: string): number | null {
	for (const [word, value] of WORDS) if (text === word || text === markOf(word)) return value;
	return null;
}

function markOf(word: string): string {
	return (word.startsWith("-") ? "-" : "").padEnd(word.length - 2, "\x7f");
}

/** Text with the bare words put back, for what people read. */
export function withWords(text: string): string {
	return text.replace(/"(-?)(\x7f+)"/g, (whole, _sign: string, marks: string) => WORDS.find(([word]) => `"${markOf(word)}"` === whole)?.[0] ?? `"${marks}"`);
}

/** A shape that was taken out of its quotes: where it stands in its line and what it was. */
export interface ShapeText {
	at: number;
	text: Uint8Array;
}

/**
 * The line `bytes[start, end)`, rewritten, or null where nothing is to be rewritten. Only what stands in the record's own
 * `values` and `shape` is: a bare word elsewhere stays what it is, no JSON.
 */
export function rewriteLine(bytes: Uint8Array, start: number, end: number): { line: Uint8Array; shape: ShapeText | null } | null {
	const found = membersOf(bytes, start, end);
	const words = found.values === null ? [] : bareWords(bytes, found.values, end);
	const shape = found.shape === null ? null : listInQuotes(bytes, found.shape, end);
	// A line of broken bytes is a reject that shows it as it is.
	if ((words.length === 0 && shape === null) || invalidUtf8At(bytes, start, end) >= 0) return null;
	const line = bytes.slice(start, end);
	for (const { at, length } of words) {
		line.fill(MARK, at - start, at - start + length);
		line[at - start] = QUOTE;
		line[at - start + length - 1] = QUOTE;
		if (bytes[at] === 0x2d) line[at - start + 1] = 0x2d;
	}
	if (shape !== null) line.set(shape.list, shape.at - start);
	return { line, shape: shape === null ? null : { at: shape.at - start, text: bytes.slice(shape.at, shape.at + shape.list.length) } };
}

/** Where the values of the record's own `values` and `shape` start. */
function membersOf(bytes: Uint8Array, start: number, end: number): { values: number | null; shape: number | null } {
	const found: { values: number | null; shape: number | null } = { values: null, shape: null };
	let depth = 0;
	for (let at = start; at < end; at++) {
		const byte = bytes[at]!;
		if (byte === 0x7b || byte === 0x5b) depth++;
		else if (byte === 0x7d || byte === 0x5d) depth--;
		else if (byte === QUOTE) {
			const close = closingQuote(bytes, at, end);
			if (close < 0) break;
			if (depth === 1) {
				let next = skip(bytes, close + 1, end);
				if (bytes[next] === 0x3a) {
					next = skip(bytes, next + 1, end);
					if (isName(bytes, at + 1, close, "values") && bytes[next] === 0x5b) found.values = next;
					else if (isName(bytes, at + 1, close, "shape") && bytes[next] === QUOTE) found.shape = next;
				}
			}
			at = close;
		}
	}
	return found;
}

/** The bare words of the list that opens at `from`. */
function bareWords(bytes: Uint8Array, from: number, end: number): { at: number; length: number }[] {
	const words: { at: number; length: number }[] = [];
	let depth = 0;
	for (let at = from; at < end; at++) {
		const byte = bytes[at]!;
		if (byte === QUOTE) {
			at = closingQuote(bytes, at, end);
			if (at < 0) break;
		} else if (byte === 0x5b || byte === 0x7b) depth++;
		else if (byte === 0x5d || byte === 0x7d) {
			if (--depth === 0) break;
		} else if (depth === 1 && (byte === 0x4e || byte === 0x49 || (byte === 0x2d && bytes[at + 1] === 0x49))) {
			const word = WORDS.find(([text]) => isName(bytes, at, Math.min(end, at + text.length), text))?.[0];
			if (word === undefined) continue;
			words.push({ at, length: word.length });
			at += word.length - 1;
		}
	}
	return words;
}

/** The list of integers that stands in quotes at `at`, as a JSON list of as many bytes: `"[1,2]"`, `"(1, 2)"`, `"torch.Size([1, 2])"`. */
function listInQuotes(bytes: Uint8Array, at: number, end: number): { at: number; list: Uint8Array } | null {
	const close = closingQuote(bytes, at, end);
	if (close < 0) return null;
	const text = new TextDecoder("latin1").decode(bytes.subarray(at + 1, close));
	const match = /^((?:torch\.Size\()?)([[(])(\s*(?:\d+(?:\s*,\s*\d+)*\s*,?)?\s*)[\])](\)?)$/.exec(text);
	if (!match || (match[1] !== "") !== (match[4] !== "")) return null;
	const numbers = match[3]!.replace(/,(\s*)$/, " $1");
	const list = `${" ".repeat(1 + match[1]!.length)}[${numbers}]${" ".repeat(match[4]!.length + 1)}`;
	return { at, list: new TextEncoder().encode(list) };
}

function closingQuote(bytes: Uint8Array, open: number, end: number): number {
	for (let at = open + 1; at < end; at++) {
		if (bytes[at] === 0x5c) at++;
		else if (bytes[at] === QUOTE) return at;
	}
	return -1;
}

function skip(bytes: Uint8Array, from: number, end: number): number {
	let at = from;
	while (at < end && (bytes[at] === SPACE || bytes[at] === 0x09)) at++;
	return at;
}

function isName(bytes: Uint8Array, from: number, to: number, name: string): boolean {
	if (to - from !== name.length) return false;
	for (let i = 0; i < name.length; i++) if (bytes[from + i] !== name.charCodeAt(i)) return false;
	return true;
}
