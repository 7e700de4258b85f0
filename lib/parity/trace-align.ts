/** The values of one side of a trace, as columns in the order of the trace; all arrays but `offsets` and `numbers` have one entry a value. */
export interface TraceSide {
	keys: readonly string[];
	/** what numbers a keyed row, such as `phi_tic=0`; null where the key is not of a row */
	ordinals: readonly (string | null)[];
	/** 0 for the first value of this key and ordinal in the trace */
	occurrences: Int32Array;
	/** value `i` has the numbers from `offsets[i]` to `offsets[i + 1]`; none where its text is not of numbers */
	offsets: Int32Array;
	numbers: Float64Array;
	texts: readonly string[];
	lines: Int32Array;
}

/** One value, as a table's row has it. */
export interface TraceValue {
	key: string;
	ordinal: string | null;
	occurrence: number;
	numbers: readonly number[] | null;
	text: string;
	line: number;
	position: number;
}

/** The columns of some values, in the order of their positions. */
export function traceSide(unordered: readonly TraceValue[]): TraceSide {
	const values = [...unordered].sort((a, b) => a.position - b.position);
	const offsets = new Int32Array(values.length + 1);
	values.forEach((value, i) => {
		offsets[i + 1] = offsets[i]! + (value.numbers?.length ?? 0);
	});
	const numbers = new Float64Array(offsets[values.length]!);
	values.forEach((value, i) => {
		if (value.numbers !== null) numbers.set(value.numbers, offsets[i]!);
	});
	return {
		keys: values.map(({ key }) => key), ordinals: values.map(({ ordinal }) => ordinal), occurrences: Int32Array.from(values, ({ occurrence }) => occurrence), offsets, numbers,
		texts: values.map(({ text }) => text), lines: Int32Array.from(values, ({ line }) => line),
	};
}

/** Rows of a side by key, then ordinal, then occurrence. */
class TraceIndex {
	private readonly keys = new Map<string, Map<string | null, number[]>>();

	constructor(side: TraceSide) {
		for (let row = 0; row < side.keys.length; row++) {
			const key = side.keys[row]!;
			const ordinals = this.keys.get(key) ?? new Map<string | null, number[]>();
			if (ordinals.size === 0) this.keys.set(key, ordinals);
			const ordinal = side.ordinals[row]!;
			const rows = ordinals.get(ordinal);
			if (rows === undefined) ordinals.set(ordinal, [row]);
			else rows.push(row);
		}
	}

	names(): IterableIterator<string> {
		return this.keys.keys();
	}

	has(key: string): boolean {
		return this.keys.has(key);
	}

	/** Whether all, or none, of a key's values are of numbered rows. */
	ordinalsOf(key: string): Map<string | null, number[]> {
		return this.keys.get(key)!;
	}

	/** The row, or -1. Values count in their order, so that two that both say occurrence 0 are still two. */
	find(key: string, ordinal: string | null, nth: number): number {
		return this.keys.get(key)?.get(ordinal)?.[nth] ?? -1;
	}
}

/** A key of one side that may be another of the other side. */
export interface KeyOffer {
	/** the side whose key has no suffix */
	base: "reference" | "candidate";
	key: string;
	/** keys of the other side that equal it plus a suffix, or that are the same field of its numbered rows */
	others: string[];
	kind: "suffix" | "row";
	/** the one that is paired; null while nothing decides */
	chosen: string | null;
	why: string;
}

/** How the keys of two sides go together. */
export interface Alignment {
	/** for each row of the reference the row of the candidate, or -1 */
	partner: Int32Array;
	/** 1 where a row was paired over different keys */
	aliased: Uint8Array;
	/** 1 for each row of the candidate that has a partner */
	taken: Uint8Array;
	offers: KeyOffer[];
}

/**
 * Pairs by key, ordinal and occurrence. A key that only one side has is offered with the keys of the other side, one-sided too, that equal
 * it plus a suffix after `_`, `-` or `.` (`I_before_scaling` with `I_before_scaling_pre_polar`), or that name the same field of rows with the same
 * numbers (`PHI.k_frac` with `k_frac`, both by `phi_tic`). One single offer that no other key claims is paired and marked; several are not,
 * unless `aliases` decides.
 *
 * @param aliases reference key → candidate key, from a recorded comparison or by hand
 */
export function alignTraces(reference: TraceSide, candidate: TraceSide, aliases: ReadonlyMap<string, string> = new Map()): Alignment {
	const left = new TraceIndex(reference);
	const right = new TraceIndex(candidate);
	const decided = [...aliases].filter(([r, c]) => left.has(r) && right.has(c));
	const offers = offersOf(left, right, new Map(decided));
	const renamed = new Map(decided);
	for (const offer of offers) if (offer.chosen !== null) renamed.set(...((offer.base === "reference" ? [offer.key, offer.chosen] : [offer.chosen, offer.key]) as [string, string]));
	const claimed = new Map([...renamed].map(([r, c]) => [c, r]));

	const rows = reference.keys.length;
	const alignment: Alignment = { partner: new Int32Array(rows).fill(-1), aliased: new Uint8Array(rows), taken: new Uint8Array(candidate.keys.length), offers };
	const seen = new Map<string, Map<string | null, number>>();
	for (let row = 0; row < rows; row++) {
		const key = reference.keys[row]!;
		const ordinal = reference.ordinals[row]!;
		const counts = seen.get(key) ?? new Map<string | null, number>();
		if (counts.size === 0) seen.set(key, counts);
		const nth = counts.get(ordinal) ?? 0;
		counts.set(ordinal, nth + 1);
		const other = renamed.get(key) ?? key;
		// A candidate key that a person or a record gave to another key is not this key's any more.
		if ((claimed.get(other) ?? key) !== key) continue;
		const found = right.find(other, ordinal, nth);
		if (found < 0) continue;
		alignment.partner[row] = found;
		alignment.taken[found] = 1;
		if (other !== key) alignment.aliased[row] = 1;
	}
	return alignment;
}

function offersOf(left: TraceIndex, right: TraceIndex, decided: ReadonlyMap<string, string>): KeyOffer[] {
	const gone = new Set(decided.values());
	const onlyLeft = [...left.names()].filter((key) => !right.has(key));
	const onlyRight = [...right.names()].filter((key) => !left.has(key));
	const offers = [...suffixOffers(onlyLeft, onlyRight, "reference"), ...suffixOffers(onlyRight, onlyLeft, "candidate"), ...rowOffers(onlyLeft, onlyRight, left, right)];
	const claims = new Map<string, number>();
	const claim = (side: string, key: string) => claims.set(`${side}\0${key}`, (claims.get(`${side}\0${key}`) ?? 0) + 1);
	for (const { base, key, others } of offers) {
		claim(base, key);
		for (const other of others) claim(base === "reference" ? "candidate" : "reference", other);
	}
	for (const offer of offers) {
		const [r, c] = offer.base === "reference" ? [offer.key, offer.others] : [offer.others, offer.key];
		const already = typeof r === "string" ? decided.get(r) : [...decided].find(([, to]) => to === c)?.[0];
		if (already !== undefined) {
			offer.chosen = offer.others.includes(already) ? already : null;
			offer.why = offer.chosen === null ? `paired with ${already} by a recorded comparison or by hand` : "decided by a recorded comparison or by hand";
			continue;
		}
		if (offer.others.length > 1) {
			offer.why = `${offer.others.length} keys of the other side would fit, so none is paired`;
			continue;
		}
		const [other] = offer.others as [string];
		const otherSide = offer.base === "reference" ? "candidate" : "reference";
		const free = claims.get(`${otherSide}\0${other}`) === 1 && claims.get(`${offer.base}\0${offer.key}`) === 1 && !(otherSide === "candidate" ? gone.has(other) : decided.has(other));
		offer.chosen = free ? other : null;
		offer.why = free ? (offer.kind === "suffix" ? "the only key of the other side that is this one plus a suffix" : "the only key of the other side for this field of the same numbered rows") : `${other} would fit more than one key, so none is paired`;
	}
	return offers;
}

function suffixOffers(bases: readonly string[], others: readonly string[], base: KeyOffer["base"]): KeyOffer[] {
	// In sorted order the keys that begin with a base follow it directly.
	const sorted = [...others].sort();
	const offers: KeyOffer[] = [];
	for (const key of bases) {
		let low = 0;
		for (let high = sorted.length; low < high; ) {
			const middle = (low + high) >>> 1;
			if (sorted[middle]! < key) low = middle + 1;
			else high = middle;
		}
		const fitting: string[] = [];
		for (; low < sorted.length && sorted[low]!.startsWith(key); low++) if (/^[_.-]./.test(sorted[low]!.slice(key.length))) fitting.push(sorted[low]!);
		if (fitting.length > 0) offers.push({ base, key, others: fitting, kind: "suffix", chosen: null, why: "" });
	}
	return offers;
}

function rowOffers(onlyLeft: readonly string[], onlyRight: readonly string[], left: TraceIndex, right: TraceIndex): KeyOffer[] {
	const fieldOf = (key: string) => key.slice(key.lastIndexOf(".") + 1);
	const byField = new Map<string, string[]>();
	for (const key of onlyRight) byField.set(fieldOf(key), [...(byField.get(fieldOf(key)) ?? []), key]);
	const offers: KeyOffer[] = [];
	for (const key of onlyLeft) {
		const ordinals = left.ordinalsOf(key);
		const fitting = (byField.get(fieldOf(key)) ?? []).filter((other) => [...right.ordinalsOf(other).keys()].some((ordinal) => ordinal !== null && ordinals.has(ordinal)));
		if (fitting.length > 0) offers.push({ base: "reference", key, others: fitting, kind: "row", chosen: null, why: "" });
	}
	return offers;
}
