import assert from "node:assert/strict";
import { test } from "node:test";
import { sourceOf, stringOf } from "./strings";
import { ARRAY, FALSE, NULL, NUMBER, OBJECT, Tape, TRUE } from "./tape";

const encoder = new TextEncoder();
const tape = new Tape();

function parse(text: string): string | null {
	const bytes = encoder.encode(text);
	const problem = tape.parse(bytes, 0, bytes.length);
	return problem === null ? null : problem.describe((at) => `byte ${at}`);
}

/** What `JSON.parse` would make of the document on the tape, built without recursion. */
function valueOnTape(): unknown {
	const stack: { token: number; value: unknown }[] = [];
	let root: unknown;
	for (let at = 0; at < tape.size; ) {
		while (stack.length > 0 && at >= tape.next(stack[stack.length - 1]!.token)) stack.pop();
		const parent = stack[stack.length - 1];
		let key: string | null = null;
		if (parent && tape.kind(parent.token) === OBJECT) key = stringOf(tape, at++);
		const token = at++;
		const kind = tape.kind(token);
		const value = kind === NULL ? null : kind === TRUE ? true : kind === FALSE ? false : kind === NUMBER ? Number(sourceOf(tape, token)) : kind === OBJECT ? {} : kind === ARRAY ? [] : stringOf(tape, token);
		if (!parent) root = value;
		else if (key === null) (parent.value as unknown[]).push(value);
		else Object.defineProperty(parent.value, key, { value, enumerable: true, configurable: true, writable: true });
		if (kind === OBJECT || kind === ARRAY) stack.push({ token, value });
	}
	return root;
}

/** `JSON.parse`'s value with lone surrogates as the escapes that the tape keeps; the fuzzer writes them in lower case. */
function expected(text: string): unknown {
	return JSON.parse(text, (_, value: unknown) => {
		if (typeof value === "string") return spell(value);
		if (value === null || typeof value !== "object" || Array.isArray(value)) return value;
		const out = {};
		for (const [key, item] of Object.entries(value)) Object.defineProperty(out, spell(key), { value: item, enumerable: true, configurable: true, writable: true });
		return out;
	});
}

function spell(text: string): string {
	return text.replace(/[\ud800-\udbff][\udc00-\udfff]|[\ud800-\udfff]/g, (unit) => (unit.length === 2 ? unit : `\\u${unit.charCodeAt(0).toString(16)}`));
}

/** A small seeded generator (mulberry32), so that a failure can be run again. */
function randomFrom(seed: number): () => number {
	let state = seed;
	return () => {
		state = (state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
	};
}

const ATOMS = ["null", "true", "false", "0", "-0", "12", "-3.25", "1e5", "1E-7", "9007199254740993", "0.1", '""', '"a"', '"é"', '"😀"', '"\\u0041"', '"\\ud83d\\ude00"', '"\\ud800"', '"\\udc00x"', '"\\ud800\\ud801"', '"\\n\\t\\"\\\\\\/"', '"\u2028"', '"\u007f"', '"__proto__"'];
const NOISE = ["{", "}", "[", "]", ",", ":", '"', "\\", "\\u12", "\\ud8", " ", "\t", "\n", "\r", "\0", "\u000b", "\u00a0", "\ufeff", "-", "+", ".", "e", "0", "01", "NaN", "Infinity", "tru", "nul", "'", "/", "//", "é", "\u0001", "0x1", "1.", ".5", "1e", "--1"];

function generate(random: () => number, depth: number): string {
	const pick = <T>(list: readonly T[]) => list[Math.floor(random() * list.length)]!;
	const space = () => (random() < 0.2 ? pick([" ", "\t", "\n", "\r", "  "]) : "");
	const roll = random();
	if (depth > 4 || roll < 0.5) return pick(ATOMS);
	const items = Array.from({ length: Math.floor(random() * 4) }, () => `${space()}${roll < 0.75 ? `${pick(['"a"', '"b"', '"A"', '"\\u0061"', '""', '"__proto__"', '"0"'])}${space()}:${space()}` : ""}${generate(random, depth + 1)}${space()}`);
	return roll < 0.75 ? `{${items.join(",")}}` : `[${items.join(",")}]`;
}

function mutate(random: () => number, text: string): string {
	let out = text;
	for (let n = 1 + Math.floor(random() * 3); n > 0; n--) {
		const at = Math.floor(random() * (out.length + 1));
		const noise = NOISE[Math.floor(random() * NOISE.length)]!;
		const roll = random();
		if (roll < 0.4) out = out.slice(0, at) + noise + out.slice(at);
		else if (roll < 0.7) out = out.slice(0, at) + out.slice(at + 1);
		else if (roll < 0.85) out = out.slice(0, at);
		else out = out.slice(0, at) + noise + out.slice(at + 1);
	}
	// A mutation may split a pair of surrogates, which no UTF-8 could write.
	return out.replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, "?");
}

test("120,000 generated and mutated lines are read as JSON.parse reads them", () => {
	const random = randomFrom(20260401);
	let accepted = 0;
	for (let n = 0; n < 120_000; n++) {
		const whole = generate(random, 0);
		const text = n % 2 === 0 ? whole : mutate(random, whole);
		let wanted: unknown;
		let valid = true;
		try {
			wanted = expected(text);
		} catch {
			valid = false;
		}
		const problem = parse(text);
		assert.equal(problem === null, valid, `${JSON.stringify(text)}: ${problem ?? "accepted"}`);
		if (!valid) continue;
		accepted++;
		const value = valueOnTape();
		assert.ok(JSON.stringify(value) === JSON.stringify(wanted), `${JSON.stringify(text)} became ${JSON.stringify(value)}`);
		if (n % 10 === 0) assert.deepStrictEqual(value, wanted, JSON.stringify(text));
	}
	assert.ok(accepted > 60_000 && accepted < 110_000, `${accepted} of the lines are JSON`);
});

test("every byte as the only one, and after a value", () => {
	for (let byte = 0; byte < 128; byte++) {
		for (const text of [String.fromCharCode(byte), `1${String.fromCharCode(byte)}`, `"${String.fromCharCode(byte)}"`, `"\\${String.fromCharCode(byte)}"`]) {
			let valid = true;
			try {
				JSON.parse(text);
			} catch {
				valid = false;
			}
			assert.equal(parse(text) === null, valid, JSON.stringify(text));
		}
	}
});

test("100,000 nested arrays and objects are accepted, and an unclosed one is named", () => {
	const depth = 100_000;
	assert.equal(parse("[".repeat(depth) + "]".repeat(depth)), null);
	assert.equal(tape.size, depth);
	assert.equal(tape.next(0), depth);
	assert.equal(parse(`${'{"a":'.repeat(depth)}1${"}".repeat(depth)}`), null);
	assert.equal(parse("[".repeat(depth) + "]".repeat(depth - 1)), "the array opened at byte 0 never closes");
});

test("problems name the place", () => {
	const cases: [string, string][] = [
		["", "nothing is there"],
		['{"a":"b', "the string opened at byte 5 never closes"],
		['["a" "b"]', "a comma or ] is missing at byte 5"],
		['{"a":1 "b":2}', "a comma or } is missing at byte 7"],
		['{"a" 1}', "a colon is missing at byte 5"],
		["{a:1}", "a key in double quotes is missing at byte 1"],
		['{"a":1,}', "a comma stands before } at byte 7"],
		["[1,]", 'a value is missing before "]" at byte 3'],
		["[NaN]", '"NaN" at byte 1 is no JSON value'],
		["012", "the number at byte 0 starts with a zero that does not belong there"],
		["[1.]", "the number at byte 1 lacks digits"],
		["1 2", "the value ends before byte 2, but more follows"],
		['"\\x"', "the escape at byte 1 is none of JSON's"],
		['"\\u12g4"', "\\u at byte 1 needs four hexadecimal digits"],
		['"a\u0001"', "a control character (U+0001) stands unescaped in a string at byte 2"],
		['{"é":[1,2', "the array opened at byte 6 never closes"],
	];
	for (const [text, reason] of cases) assert.equal(parse(text), reason, text);
});

test("a lone surrogate keeps its escape and is reported; a pair is one character", () => {
	assert.equal(parse('["\\ud800","\\uD83D\\uDE00","\\udfff\\ud800"]'), null);
	assert.equal(tape.loneSurrogates, 2);
	assert.equal(stringOf(tape, 1), "\\ud800");
	assert.equal(tape.hasLoneSurrogate(1), true);
	assert.equal(stringOf(tape, 2), "😀");
	assert.equal(tape.hasLoneSurrogate(2), false);
	assert.equal(stringOf(tape, 3), "\\udfff\\ud800");
});

test("a cut document can be walked as far as it goes", () => {
	assert.equal(parse('{"a":1,"b":{"c":[1,2'), "the array opened at byte 16 never closes");
	assert.equal(tape.count(0), 1);
	assert.equal(tape.next(0), tape.size);
	assert.equal(stringOf(tape, 1), "a");
});
