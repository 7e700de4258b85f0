import { stringOf } from "./strings";
import { OBJECT, type Tape } from "./tape";

/** The value of a named member (the last, if the key is repeated), or -1; -1 too where the token is no object. */
export function memberOf(tape: Tape, token: number, name: string): number {
	if (token < 0 || tape.kind(token) !== OBJECT) return -1;
	let found = -1;
	for (const [key, value] of membersIn(tape, token)) if (stringOf(tape, key) === name) found = value;
	return found;
}

/** The first of several names that is a member: its name and value, or null. */
export function firstMember(tape: Tape, token: number, names: readonly string[]): { name: string; token: number } | null {
	for (const name of names) {
		const found = memberOf(tape, token, name);
		if (found >= 0) return { name, token: found };
	}
	return null;
}

/** Key and value tokens of an object, in file order, repeated keys included. In a cut document only whole members. */
export function* membersIn(tape: Tape, token: number): Generator<[number, number]> {
	let key = token + 1;
	while (key + 1 < tape.next(token)) {
		yield [key, key + 1];
		key = tape.next(key + 1);
	}
}

/** Element tokens of an array. */
export function* itemsIn(tape: Tape, token: number): Generator<number> {
	for (let item = token + 1; item < tape.next(token); item = tape.next(item)) yield item;
}
