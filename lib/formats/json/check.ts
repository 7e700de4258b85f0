import { classifyNumber, HUGE_INT, INT } from "../numbers";
import { timeOfBytes } from "../times";
import { memberOf } from "./members";
import type { Shape } from "./schema";
import { excerptOf, stringOf } from "./strings";
import { ARRAY, FALSE, NULL, NUMBER, OBJECT, STRING, type Tape, TRUE } from "./tape";

/**
 * Compares a record with what its format promises. Returns null, or the reason of the first field that breaks the
 * promise: `"timestamp" is not an RFC 3339 time ("yesterday")`. Null is allowed everywhere, and so is absence.
 */
export function checkRecord(shape: Shape, tape: Tape, token: number, path = ""): string | null {
	let hint = 0;
	for (let key = token + 1; key < tape.next(token); key = tape.next(key + 1)) {
		const at = shape.keys.findToken(tape, key, hint);
		hint = at + 1;
		const field = at < 0 ? null : shape.fields[at]!;
		if (!field || field.declared === null) continue;
		const name = shape.keys.names[at]!;
		const reason = checkValue(field, tape, key + 1, path === "" ? name : `${path}.${name}`);
		// Of a repeated key only the last value counts.
		if (reason !== null && memberOf(tape, token, name) === key + 1) return reason;
	}
	return null;
}

/** The same for one value at `path` (dotted). */
export function checkValue(field: Shape, tape: Tape, token: number, path: string): string | null {
	const kind = tape.kind(token);
	if (kind === NULL) return null;
	switch (field.declared) {
		case null:
		case "json":
			return null;
		case "text":
			return kind === STRING ? null : wrong(path, tape, token, "text");
		case "boolean":
			return kind === TRUE || kind === FALSE ? null : wrong(path, tape, token, "true or false");
		case "number":
			return kind === NUMBER ? null : wrong(path, tape, token, "a number");
		case "int64":
			return isInt64(tape, token) ? null : `${named(path)} is not an integer (${excerptOf(tape, token)})`;
		case "time":
			return checkTime(tape, token, path);
		case "numbers by name":
			return kind === OBJECT ? checkNumbers(tape, token, path) : wrong(path, tape, token, "an object of numbers");
		case "list": {
			if (kind !== ARRAY) return wrong(path, tape, token, "a list");
			let index = 0;
			for (let item = token + 1; item < tape.next(token); item = tape.next(item)) {
				const reason = checkValue(field.element, tape, item, `${path}[${index++}]`);
				if (reason !== null) return reason;
			}
			return null;
		}
		case "struct":
			return kind === OBJECT ? checkRecord(field, tape, token, path) : wrong(path, tape, token, "an object");
	}
}

export function checkTime(tape: Tape, token: number, path: string): string | null {
	if (isTime(tape, token)) return null;
	const bare = tape.kind(token) === STRING && /^\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d:\d\d(\.\d+)?$/.test(stringOf(tape, token));
	return `${named(path)} is ${bare ? "a time without a zone" : "not an RFC 3339 time"} (${excerptOf(tape, token)})`;
}

export function isTime(tape: Tape, token: number): boolean {
	return tape.kind(token) === STRING && !tape.isEscaped(token) && timeOfBytes(tape.bytes, tape.start(token) + 1, tape.end(token) - 1) !== null;
}

function isInt64(tape: Tape, token: number): boolean {
	if (tape.kind(token) !== NUMBER || tape.isDecimal(token)) return false;
	// -0 classifies as a decimal, for its sign; as a promised integer it is 0.
	const bits = classifyNumber(tape.bytes, tape.start(token), tape.end(token));
	return (bits & INT) !== 0 || (bits & HUGE_INT) === 0;
}

function checkNumbers(tape: Tape, token: number, path: string): string | null {
	for (let key = token + 1; key < tape.next(token); key = tape.next(key + 1)) {
		const kind = tape.kind(key + 1);
		if (kind !== NUMBER && kind !== NULL) return wrong(`${path}.${stringOf(tape, key)}`, tape, key + 1, "a number");
	}
	return null;
}

/** `"prompt" is a number, not text (5)`. */
export function wrong(path: string, tape: Tape, token: number, wanted: string): string {
	return `${named(path)} is ${kindWord(tape.kind(token))}, not ${wanted} (${excerptOf(tape, token)})`;
}

/** A top-level field in quotes, a nested one by its dotted path. */
function named(path: string): string {
	return /[.[]/.test(path) ? path : `"${path}"`;
}

export function kindWord(kind: number): string {
	switch (kind) {
		case NULL:
			return "null";
		case TRUE:
		case FALSE:
			return "a boolean";
		case NUMBER:
			return "a number";
		case STRING:
			return "text";
		case ARRAY:
			return "a list";
		default:
			return "an object";
	}
}
