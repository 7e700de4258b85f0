import type { Batch, Column } from "@/lib/model";
import type { TraceSide } from "@/lib/parity/trace-align";

const decoder = new TextDecoder();

/** Rows of `trace_values` of one batch, in the order of the log, as copies that outlive it. */
export class TracePart {
	private constructor(
		readonly rows: number,
		readonly sides: readonly (string | null)[],
		readonly keys: readonly string[],
		readonly ordinals: readonly (string | null)[],
		readonly occurrences: Int32Array,
		/** rows + 1; a row without numbers has none between its offsets */
		readonly offsets: Int32Array,
		readonly numbers: Float64Array,
		readonly lines: Int32Array,
		private readonly textBytes: Uint8Array,
		private readonly textOffsets: Int32Array,
		private readonly textValidity: Uint8Array | null,
	) {}

	/** @param word gives one string for equal ones */
	static of(batch: Batch, word: (text: string) => string): TracePart {
		const column = (name: string) => batch.columns[batch.fields.findIndex((field) => field.name === name)]!;
		const numbers = column("numbers");
		const text = column("text");
		const texts = (name: string) => words(column(name), word);
		return new TracePart(
			batch.numRows, texts("side"), texts("key").map((key) => key ?? ""), texts("ordinal"), lows(column("occurrence")),
			numbers.offsets!.slice(0, batch.numRows + 1), (numbers.children[0]!.values as Float64Array).slice(), lows(column("line")),
			text.bytes!.slice(), text.offsets!.slice(0, batch.numRows + 1), text.validity?.slice() ?? null,
		);
	}

	/** A value's text; JSON's null is `null`. */
	textOf(row: number): string {
		if (this.textValidity !== null && !((this.textValidity[row >> 3] ?? 0) & (1 << (row & 7)))) return "null";
		return decoder.decode(this.textBytes.subarray(this.textOffsets[row], this.textOffsets[row + 1]));
	}
}

/** Before the keys of rows in JSON, which have no row name: `F_latt` of step 3 must not be taken for the log's own `F_latt`. */
const ROWS = "rows.";

/** A key as its file has it. */
export function plainKey(key: string): string {
	return key.startsWith(ROWS) ? key.slice(ROWS.length) : key;
}

/** One side of a pair of traces: the rows that are of it, of one or more files. */
export class TraceRowsOfSide {
	readonly side: TraceSide;
	private readonly texts: string[];
	private readonly origin: { path: string; from: number; part: TracePart; rows: Int32Array }[] = [];

	/** @param files the parts of each file, in order; rows of another side are left out */
	constructor(files: readonly { path: string; parts: readonly TracePart[] }[], side: string | null) {
		let count = 0;
		let held = 0;
		for (const { path, parts } of files) {
			for (const part of parts) {
				const rows = new Int32Array(part.rows);
				let kept = 0;
				for (let row = 0; row < part.rows; row++) {
					if (part.sides[row] !== side) continue;
					rows[kept++] = row;
					held += part.offsets[row + 1]! - part.offsets[row]!;
				}
				this.origin.push({ path, from: count, part, rows: rows.subarray(0, kept) });
				count += kept;
			}
		}
		const keys = new Array<string>(count);
		const ordinals = new Array<string | null>(count);
		const occurrences = new Int32Array(count);
		const offsets = new Int32Array(count + 1);
		const numbers = new Float64Array(held);
		const lines = new Int32Array(count);
		this.texts = new Array<string>(count).fill("");
		for (const { path, from, part, rows } of this.origin) {
			const isJson = isJsonTrace(path);
			for (let i = 0; i < rows.length; i++) {
				const row = rows[i]!;
				const at = from + i;
				const [start, end] = [part.offsets[row]!, part.offsets[row + 1]!];
				keys[at] = isJson ? `${ROWS}${part.keys[row]!}` : part.keys[row]!;
				ordinals[at] = part.ordinals[row]!;
				occurrences[at] = part.occurrences[row]!;
				lines[at] = part.lines[row]!;
				for (let k = start; k < end; k++) numbers[offsets[at]! + k - start] = part.numbers[k]!;
				offsets[at + 1] = offsets[at]! + end - start;
				// Texts with numbers are only read for the cases that are listed.
				if (start === end) this.texts[at] = part.textOf(row);
			}
		}
		this.side = { keys, ordinals, occurrences, offsets, numbers, texts: this.texts, lines };
	}

	/** Where a row stands, and its text. Puts the text into `side`, too. */
	where(row: number): { path: string; line: number; text: string } {
		let low = 0;
		for (let high = this.origin.length - 1; low < high; ) {
			const middle = (low + high + 1) >>> 1;
			if (this.origin[middle]!.from <= row) low = middle;
			else high = middle - 1;
		}
		const { path, from, part, rows } = this.origin[low]!;
		this.texts[row] = part.textOf(rows[row - from]!);
		return { path, line: this.side.lines[row]!, text: this.texts[row]! };
	}
}

/** Keyed rows of a JSON document, as against a log. */
export function isJsonTrace(path: string): boolean {
	return /\.json(\.gz)?$/i.test(path);
}

/** Texts of a column that has few different ones. */
function words(column: Column, word: (text: string) => string): (string | null)[] {
	if (column.nulls === column.length) return new Array<null>(column.length).fill(null);
	const offsets = column.offsets!;
	const bytes = column.bytes!;
	const known = new Map<number, { from: number; to: number; one: string }[]>();
	const out = new Array<string | null>(column.length);
	for (let row = 0; row < column.length; row++) {
		if (column.validity !== null && !((column.validity[row >> 3] ?? 0) & (1 << (row & 7)))) {
			out[row] = null;
			continue;
		}
		const [from, to] = [offsets[row]!, offsets[row + 1]!];
		// By its bytes: no text is made of one that was seen before.
		let hash = 17;
		for (let at = from; at < to; at++) hash = (Math.imul(hash, 31) + bytes[at]!) | 0;
		const alike = known.get(hash) ?? [];
		let found = alike.find((other) => isSame(bytes, from, to, other));
		if (found === undefined) {
			found = { from, to, one: word(decoder.decode(bytes.subarray(from, to))) };
			known.set(hash, [...alike, found]);
		}
		out[row] = found.one;
	}
	return out;
}

function isSame(bytes: Uint8Array, from: number, to: number, other: { from: number; to: number }): boolean {
	if (to - from !== other.to - other.from) return false;
	for (let i = from, k = other.from; i < to; i++, k++) if (bytes[i] !== bytes[k]) return false;
	return true;
}

/** The values of an int64 column that are known to be small. */
function lows(column: Column): Int32Array {
	const bigs = column.values as BigInt64Array;
	const halves = new Int32Array(bigs.buffer, bigs.byteOffset, bigs.length * 2);
	const out = new Int32Array(column.length);
	for (let i = 0; i < out.length; i++) out[i] = halves[i * 2]!;
	return out;
}
