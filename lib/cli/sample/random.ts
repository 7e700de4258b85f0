/**
 * Seeded pseudo-random numbers (sfc32). Every stream has a name and starts from it alone, so that a change to one file
 * of the sample does not move the others. Only + - * / and square roots are used on floats anywhere in this room:
 * those are exact on every machine, which sines and logarithms are not.
 */
export class Random {
	private a: number;
	private b: number;
	private c: number;
	private d = 1;

	constructor(name: string) {
		let hash = 0x811c9dc5;
		for (let i = 0; i < name.length; i++) hash = Math.imul(hash ^ name.charCodeAt(i), 0x01000193);
		this.a = hash | 0;
		this.b = Math.imul(hash, 0x9e3779b1) | 0;
		this.c = 20260415;
		for (let i = 0; i < 15; i++) this.bits();
	}

	/** 32 bits, as an unsigned integer. */
	private bits(): number {
		const t = (((this.a + this.b) | 0) + this.d) | 0;
		this.d = (this.d + 1) | 0;
		this.a = this.b ^ (this.b >>> 9);
		this.b = (this.c + (this.c << 3)) | 0;
		this.c = ((this.c << 21) | (this.c >>> 11)) + t;
		return t >>> 0;
	}

	/** In [0, 1). */
	next(): number {
		return this.bits() / 4294967296;
	}

	/** A whole number from `low` to `high`, both included. */
	int(low: number, high: number): number {
		return low + Math.floor(this.next() * (high - low + 1));
	}

	chance(probability: number): boolean {
		return this.next() < probability;
	}

	pick<T>(values: readonly T[]): T {
		return values[this.int(0, values.length - 1)]!;
	}

	/** One of the keys, as often as its weight says. */
	weighted<K extends string>(weights: Readonly<Record<K, number>>): K {
		const keys = Object.keys(weights) as K[];
		let left = this.next() * keys.reduce((sum, key) => sum + weights[key], 0);
		for (const key of keys) {
			left -= weights[key];
			if (left < 0) return key;
		}
		return keys[keys.length - 1]!;
	}

	/** `count` different values, in random order; all of them where there are fewer. */
	some<T>(values: readonly T[], count: number): T[] {
		const rest = [...values];
		const out: T[] = [];
		while (out.length < count && rest.length > 0) out.push(rest.splice(this.int(0, rest.length - 1), 1)[0]!);
		return out;
	}

	/** About normal around 0 with deviation 1 (a sum of twelve uniform numbers). */
	bell(): number {
		let sum = -6;
		for (let i = 0; i < 12; i++) sum += this.next();
		return sum;
	}

	/** `digits` lower-case hexadecimal digits. */
	hex(digits: number): string {
		let out = "";
		while (out.length < digits) out += this.bits().toString(16).padStart(8, "0");
		return out.slice(0, digits);
	}
}
