import { stringBytes, stringOf } from "./strings";
import type { Tape } from "./tape";

const encoder = new TextEncoder();

/** The distinct keys of objects of one place, in order of first appearance. Finds most keys without decoding them. */
export class KeyTable {
	readonly names: string[] = [];
	private readonly raw: Uint8Array[] = [];
	private readonly index = new Map<string, number>();

	get size(): number {
		return this.names.length;
	}

	add(name: string): number {
		const known = this.index.get(name);
		if (known !== undefined) return known;
		const at = this.names.length;
		this.names.push(name);
		this.raw.push(encoder.encode(name));
		this.index.set(name, at);
		return at;
	}

	find(name: string): number {
		return this.index.get(name) ?? -1;
	}

	/** The index of the key token, or -1. `hint` is where the key is if the object looks like the one before it. */
	findToken(tape: Tape, token: number, hint: number): number {
		const guess = this.raw[hint];
		if (guess !== undefined) {
			const { bytes, start, end } = stringBytes(tape, token);
			if (end - start === guess.length && same(bytes, start, guess)) return hint;
		}
		return this.find(stringOf(tape, token));
	}
}

function same(bytes: Uint8Array, start: number, other: Uint8Array): boolean {
	for (let i = 0; i < other.length; i++) if (bytes[start + i] !== other[i]) return false;
	return true;
}
