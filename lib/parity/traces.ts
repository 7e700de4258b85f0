import { VERDICTS, type Verdict } from "@/lib/model";
import { brief, counted, relativeTo } from "./delta";
import { type Alignment, alignTraces, type KeyOffer, type TraceSide } from "./trace-align";

/** Casebook's own tolerance for factors of a trace, relative to the reference. */
export const TRACE_TOLERANCE = 1e-6;

/** What a pair of values came to; the order of `STATES` is what the state column holds. */
const STATES = ["numbers", "same text", "other text", "other length", "not a number on one side", "not a number on both sides", "text against numbers"] as const;
type State = (typeof STATES)[number];

/** One factor of both traces. */
export interface TracePair {
	key: string;
	/** the candidate's key where it is another, else null */
	alias: string | null;
	ordinal: string | null;
	occurrence: number;
	reference: { row: number; line: number; text: string };
	candidate: { row: number; line: number; text: string };
	/** candidate − reference, of the component with the largest relative difference; null where no numbers were compared */
	absDelta: number | null;
	/** the same ÷ |reference|: 0 for zero against zero, ±Infinity for zero against something */
	relDelta: number | null;
	/** which component that is; null for single numbers */
	component: number | null;
	verdict: Verdict;
	reason: string;
}

/**
 * Two traces, aligned and compared. Columns have one entry a pair, in the order of the reference; `pair(i)` puts one into words. A million pairs
 * are a few typed arrays.
 */
export class TraceComparison {
	readonly referenceRows: Int32Array;
	readonly candidateRows: Int32Array;
	/** signed, candidate − reference; NaN where no numbers were compared */
	readonly absDelta: Float64Array;
	/** signed, relative to the reference; NaN where no numbers were compared */
	readonly relDelta: Float64Array;
	readonly component: Int32Array;
	private readonly states: Uint8Array;
	readonly onlyReference: Int32Array;
	readonly onlyCandidate: Int32Array;
	readonly offers: KeyOffer[];
	readonly length: number;

	constructor(
		private readonly reference: TraceSide,
		private readonly candidate: TraceSide,
		private readonly alignment: Alignment,
		readonly tolerance: number,
		rows: Int32Array,
	) {
		const paired = rows.filter((row) => alignment.partner[row]! >= 0);
		this.length = paired.length;
		this.referenceRows = paired;
		this.candidateRows = paired.map((row) => alignment.partner[row]!);
		this.onlyReference = rows.filter((row) => alignment.partner[row]! < 0);
		this.onlyCandidate = rowNumbers(candidate.keys.length).filter((row) => alignment.taken[row] === 0);
		this.offers = alignment.offers;
		this.absDelta = new Float64Array(this.length).fill(Number.NaN);
		this.relDelta = new Float64Array(this.length).fill(Number.NaN);
		this.component = new Int32Array(this.length).fill(-1);
		this.states = new Uint8Array(this.length);
		for (let i = 0; i < this.length; i++) this.states[i] = STATES.indexOf(this.compareOne(i));
	}

	verdict(i: number): Verdict {
		const state = STATES[this.states[i]!]!;
		switch (state) {
			case "numbers":
				return Math.abs(this.relDelta[i]!) <= this.tolerance ? "pass" : "fail";
			case "same text":
				return "pass";
			case "other text":
			case "not a number on one side":
				return "fail";
			case "other length":
			case "text against numbers":
			case "not a number on both sides":
				return "incomparable";
		}
	}

	/** How many pairs have each verdict; what only one side has is unmatched. */
	counts(): Record<Verdict, number> {
		const counts = Object.fromEntries(VERDICTS.map((verdict) => [verdict, 0])) as Record<Verdict, number>;
		for (let i = 0; i < this.length; i++) counts[this.verdict(i)]++;
		counts.unmatched = this.onlyReference.length + this.onlyCandidate.length;
		return counts;
	}

	/** The first failing pair in the order of the reference, as an index; -1 when none fails. */
	firstDivergence(): number {
		for (let i = 0; i < this.length; i++) if (this.verdict(i) === "fail") return i;
		return -1;
	}

	pair(i: number): TracePair {
		const [r, c] = [this.referenceRows[i]!, this.candidateRows[i]!];
		const { reference, candidate } = this;
		const compared = STATES[this.states[i]!] === "numbers";
		const single = reference.offsets[r + 1]! - reference.offsets[r]! === 1;
		return {
			key: reference.keys[r]!,
			alias: this.alignment.aliased[r] === 1 ? candidate.keys[c]! : null,
			ordinal: reference.ordinals[r]!,
			occurrence: reference.occurrences[r]!,
			reference: { row: r, line: reference.lines[r]!, text: reference.texts[r]! },
			candidate: { row: c, line: candidate.lines[c]!, text: candidate.texts[c]! },
			absDelta: compared ? this.absDelta[i]! : null,
			relDelta: compared ? this.relDelta[i]! : null,
			component: compared && !single ? this.component[i]! : null,
			verdict: this.verdict(i),
			reason: this.reason(i, single),
		};
	}

	private compareOne(i: number): State {
		const r = this.referenceRows[i]!;
		const c = this.candidateRows[i]!;
		const from = this.reference.offsets[r]!;
		const start = this.candidate.offsets[c]!;
		const length = this.reference.offsets[r + 1]! - from;
		const other = this.candidate.offsets[c + 1]! - start;
		if (length === 0 && other === 0) return this.reference.texts[r] === this.candidate.texts[c] ? "same text" : "other text";
		if (length === 0 || other === 0) return "text against numbers";
		if (length !== other) return "other length";
		let worst = -1;
		let nanAt = -1;
		for (let k = 0; k < length; k++) {
			const x = this.reference.numbers[from + k]!;
			const y = this.candidate.numbers[start + k]!;
			if (Number.isNaN(x) || Number.isNaN(y)) {
				if (nanAt < 0) nanAt = k;
				if (Number.isNaN(x) && Number.isNaN(y)) continue;
				this.component[i] = k;
				return "not a number on one side";
			}
			// Equal infinities differ by nothing; subtracting them would give NaN.
			const difference = x === y ? 0 : y - x;
			const relative = Math.abs(x) === Number.POSITIVE_INFINITY && difference !== 0 ? difference : relativeTo(difference, x);
			if (Math.abs(relative) > worst) {
				worst = Math.abs(relative);
				this.component[i] = k;
				this.absDelta[i] = difference;
				this.relDelta[i] = relative;
			}
		}
		// A difference beyond the tolerance fails, whatever the other components are.
		if (nanAt < 0 || worst > this.tolerance) return "numbers";
		this.component[i] = nanAt;
		return "not a number on both sides";
	}

	private reason(i: number, single: boolean): string {
		const place = single ? "" : ` in component ${this.component[i]}`;
		const state = STATES[this.states[i]!]!;
		switch (state) {
			case "numbers": {
				const size = Math.abs(this.relDelta[i]!);
				const isZero = size === Number.POSITIVE_INFINITY && this.reference.numbers[this.reference.offsets[this.referenceRows[i]!]! + this.component[i]!] === 0;
				if (isZero) return `the reference is zero and the candidate is not${place}`;
				return size <= this.tolerance ? `max-rel ${brief(size)} is within ${brief(this.tolerance)}` : `max-rel ${brief(size)} is beyond ${brief(this.tolerance)}${place}`;
			}
			case "same text":
				return "both sides are the same text";
			case "other text":
				return "the two sides are different texts";
			case "other length": {
				const count = (side: TraceSide, row: number) => counted(side.offsets[row + 1]! - side.offsets[row]!, "number");
				return `the reference has ${count(this.reference, this.referenceRows[i]!)}, the candidate ${count(this.candidate, this.candidateRows[i]!)}`;
			}
			case "text against numbers":
				return "one side is a text and the other is numbers";
			case "not a number on one side":
				return `one side is NaN${place}`;
			case "not a number on both sides":
				return `both sides are NaN${place}`;
		}
	}
}

/** 0, 1, 2, … */
function rowNumbers(length: number): Int32Array {
	const rows = new Int32Array(length);
	for (let row = 0; row < length; row++) rows[row] = row;
	return rows;
}

export interface TraceOptions {
	/** largest |candidate − reference| ÷ |reference|; default `TRACE_TOLERANCE` */
	tolerance?: number;
	/** reference key → candidate key, from a recorded comparison or by hand */
	aliases?: ReadonlyMap<string, string>;
	/** reference keys to compare, in this order, as a recorded comparison lists them; default all, in the order of the reference */
	only?: readonly string[];
}

/**
 * Compares two traces factor by factor: signed deltas candidate − reference, relative to the reference; vectors by the component with the largest
 * relative difference. With `only`, values of other keys are left out of everything but the alignment: that is the answer of a recorded comparison,
 * and not the answer of the whole traces.
 */
export function compareTraces(reference: TraceSide, candidate: TraceSide, { tolerance = TRACE_TOLERANCE, aliases, only }: TraceOptions = {}): TraceComparison {
	const alignment = alignTraces(reference, candidate, aliases);
	if (only === undefined) return new TraceComparison(reference, candidate, alignment, tolerance, rowNumbers(reference.keys.length));
	const rows = new Map<string, number[]>(only.map((key) => [key, []]));
	for (let row = 0; row < reference.keys.length; row++) rows.get(reference.keys[row]!)?.push(row);
	const chosen = Int32Array.from([...rows.values()].flat());
	const wanted = new Set(only.map((key) => alignment.offers.find((offer) => offer.base === "reference" && offer.key === key)?.chosen ?? aliases?.get(key) ?? key));
	const taken = alignment.taken.map((flag, row) => (flag === 1 || !wanted.has(candidate.keys[row]!) ? 1 : 0));
	return new TraceComparison(reference, candidate, { ...alignment, taken }, tolerance, chosen);
}

/**
 * Aliases that a recorded comparison decides: where its factor is offered several keys (or one), the one whose single number is the recorded
 * candidate value. A factor whose value none or several of them have decides nothing.
 *
 * @param recorded the comparison's factors with the value of each side
 */
export function aliasesOfRecord(reference: TraceSide, candidate: TraceSide, recorded: readonly { key: string; reference: number | null; candidate: number | null }[]): Map<string, string> {
	const aliases = new Map<string, string>();
	const numberOf = (side: TraceSide, key: string) => {
		const row = side.keys.indexOf(key);
		return row >= 0 && side.offsets[row + 1]! - side.offsets[row]! === 1 ? side.numbers[side.offsets[row]!]! : null;
	};
	const { offers } = alignTraces(reference, candidate);
	for (const factor of recorded) {
		for (const offer of offers) {
			const names = offer.base === "reference" ? (offer.key === factor.key ? offer.others.map((other) => [offer.key, other] as const) : []) : offer.key === factor.key || offer.others.includes(factor.key) ? offer.others.map((other) => [other, offer.key] as const) : [];
			const fitting = names.filter(([r, c]) => factor.candidate !== null && numberOf(candidate, c) === factor.candidate && (factor.reference === null || numberOf(reference, r) === factor.reference));
			if (fitting.length === 1) aliases.set(...(fitting[0] as [string, string]));
		}
	}
	return aliases;
}
