import { type Batch, BatchBuilder, type Field } from "@/lib/model";
import type { Line } from "../text/lines";
import { fastTraceLine, type FastLine } from "./fast-line";
import { TraceHeads } from "./heads";
import { readTraceLine, type TraceValue } from "./line";

const encoder = new TextEncoder();
const ROWS = 50_000;
const NONE = -1;
/** A file has fewer different ordinals. */
const MOST_ORDINALS = 2 ** 32;

/** What the rows of a head are written with. */
interface Name {
	side: string | null;
	key: string;
	/** heads of one side and key */
	group: number;
	sideBytes: Uint8Array | null;
	keyBytes: Uint8Array;
}

/** The side and the key of a tag and a key. */
export type NameOf = (tag: readonly string[], key: string) => { side: string | null; key: string };

/**
 * The values of a trace log in the order of their lines, as a few growing arrays: values wait until the sides of the file are known, and a million
 * objects would not.
 */
export class TraceStore {
	private readonly heads = new TraceHeads();
	private readonly ordinals: string[] = [];
	private readonly ordinalOf = new Map<string, number>();
	/** rows that were drained */
	private position = 0;
	/** of the heads whose rows were drained */
	private readonly names: Name[] = [];
	private readonly groups = new Map<string, number>();
	/** by group: rows without an ordinal that were drained */
	private readonly seen: number[] = [];
	/** by group and ordinal */
	private readonly seenRows = new Map<number, number>();
	private builder: BatchBuilder | null = null;
	private rows = 0;
	private head = new Int32Array(1024);
	private ordinal = new Int32Array(1024);
	private line = new Int32Array(1024);
	private place = new Float64Array(1024);
	private numberEnd = new Int32Array(1024);
	private textEnd = new Int32Array(1024);
	private numbers = new Float64Array(1024);
	private text = new Uint8Array(16_384);
	private readonly fast: FastLine = { tagStart: 0, tagEnd: 0, keyStart: 0, keyEnd: 0, textStart: 0, hash: 0, numbers: new Float64Array(64), count: 0 };

	/** Takes a line of plain form from its bytes; false for any other line, which `takeText` may read. */
	takeBytes({ bytes, start, end, number, byteOffset }: Line): boolean {
		const { fast } = this;
		if (!fastTraceLine(bytes, start, end, fast)) return false;
		const head = this.heads.take(bytes, fast);
		const numbersAt = this.rows === 0 ? 0 : this.numberEnd[this.rows - 1]!;
		const textAt = this.rows === 0 ? 0 : this.textEnd[this.rows - 1]!;
		const size = end - fast.textStart;
		this.makeRoom(numbersAt + fast.count, textAt + size);
		for (let i = 0; i < fast.count; i++) this.numbers[numbersAt + i] = fast.numbers[i]!;
		for (let i = 0; i < size; i++) this.text[textAt + i] = bytes[fast.textStart + i]!;
		this.put(head, NONE, number, byteOffset, numbersAt + fast.count, textAt + size);
		return true;
	}

	/** Takes a line from its text; false where it is none of a trace. */
	takeText(text: string, number: number, byteOffset: number): boolean {
		const trace = readTraceLine(text);
		if (trace === null) return false;
		this.heads.count(trace.tag);
		const ordinal = trace.ordinal === null ? NONE : this.ordinalId(trace.ordinal);
		for (const value of trace.values) this.putValue(this.heads.id(trace.tag, value.key), ordinal, value, number, byteOffset);
		return true;
	}

	/** How many lines have each first word of a tag. */
	words(): Map<string, number> {
		return this.heads.words();
	}

	/** Rows that were not drained yet. */
	get size(): number {
		return this.rows;
	}

	/** Different tags with a key so far. */
	get headCount(): number {
		return this.heads.all.length;
	}

	/** Whether some tag and key would have another side or key than the rows that were drained. */
	differs(nameOf: NameOf): boolean {
		return this.names.some((known, head) => {
			const { side, key } = nameOf(this.heads.all[head]!.tag, this.heads.all[head]!.key);
			return side !== known.side || key !== known.key;
		});
	}

	/** Forgets the rows that were not drained. What the lines' tags are goes on being counted. */
	clear(): void {
		this.position += this.rows;
		this.rows = 0;
	}

	/**
	 * The rows so far, which the store then no longer holds, as batches of `trace_values` with these fields in this order: side, position, key, ordinal,
	 * occurrence, numbers, text, source, line, byte_offset. Positions and occurrences go on from those drained before, for which
	 * `nameOf` must have been the same.
	 */
	drain(fields: Field[], source: string, nameOf: NameOf): Batch[] {
		this.builder ??= new BatchBuilder("trace_values", fields);
		this.nameHeads(nameOf);
		const path = encoder.encode(source);
		const done: Batch[] = [];
		for (let from = 0; from < this.rows; from += ROWS) {
			this.write(this.builder, from, Math.min(this.rows, from + ROWS), path);
			done.push(this.builder.finish());
		}
		this.clear();
		return done;
	}

	/** Gives the heads that are new since the last time their side, key and group. */
	private nameHeads(nameOf: NameOf): void {
		for (let head = this.names.length; head < this.heads.all.length; head++) {
			const { side, key } = nameOf(this.heads.all[head]!.tag, this.heads.all[head]!.key);
			const name = `${side ?? ""}\0${key}`;
			const group = this.groups.get(name) ?? this.groups.size;
			this.groups.set(name, group);
			this.seen[group] ??= 0;
			this.names.push({ side, key, group, sideBytes: side === null ? null : encoder.encode(side), keyBytes: encoder.encode(key) });
		}
	}

	private write(builder: BatchBuilder, from: number, to: number, path: Uint8Array): void {
		const { names, seen } = this;
		const [side, position, key, ordinal, occurrence, numbers, text, file, line, place] = Array.from({ length: 10 }, (_, i) => builder.column(i));
		for (let row = from; row < to; row++) {
			const { sideBytes, keyBytes, group } = names[this.head[row]!]!;
			if (sideBytes === null) side!.appendNull();
			else side!.appendUtf8(sideBytes, 0, sideBytes.length);
			position!.appendInteger(this.position + row);
			key!.appendUtf8(keyBytes, 0, keyBytes.length);
			const numbered = this.ordinal[row]!;
			if (numbered === NONE) {
				ordinal!.appendNull();
				occurrence!.appendInteger(seen[group]!++);
			} else {
				const written = encoder.encode(this.ordinals[numbered]!);
				ordinal!.appendUtf8(written, 0, written.length);
				const id = group * MOST_ORDINALS + numbered;
				const nth = this.seenRows.get(id) ?? 0;
				this.seenRows.set(id, nth + 1);
				occurrence!.appendInteger(nth);
			}
			const [firstNumber, lastNumber] = [row === 0 ? 0 : this.numberEnd[row - 1]!, this.numberEnd[row]!];
			if (firstNumber === lastNumber) numbers!.appendNull();
			else {
				const values = numbers!.child(0);
				for (let i = firstNumber; i < lastNumber; i++) values.appendDouble(this.numbers[i]!);
				numbers!.closeList();
			}
			text!.appendUtf8(this.text, row === 0 ? 0 : this.textEnd[row - 1]!, this.textEnd[row]!);
			file!.appendUtf8(path, 0, path.length);
			line!.appendInteger(this.line[row]!);
			place!.appendInteger(this.place[row]!);
			builder.endRow();
		}
	}

	private putValue(head: number, ordinal: number, { text, numbers }: TraceValue, number: number, byteOffset: number): void {
		const numbersAt = this.rows === 0 ? 0 : this.numberEnd[this.rows - 1]!;
		const textAt = this.rows === 0 ? 0 : this.textEnd[this.rows - 1]!;
		const count = numbers?.length ?? 0;
		this.makeRoom(numbersAt + count, textAt + text.length * 3);
		for (let i = 0; i < count; i++) this.numbers[numbersAt + i] = numbers![i]!;
		const { written } = encoder.encodeInto(text, this.text.subarray(textAt));
		this.put(head, ordinal, number, byteOffset, numbersAt + count, textAt + written);
	}

	private put(head: number, ordinal: number, number: number, byteOffset: number, numberEnd: number, textEnd: number): void {
		const row = this.rows++;
		this.head[row] = head;
		this.ordinal[row] = ordinal;
		this.line[row] = number;
		this.place[row] = byteOffset;
		this.numberEnd[row] = numberEnd;
		this.textEnd[row] = textEnd;
	}

	private makeRoom(numbers: number, text: number): void {
		if (this.rows >= this.head.length) {
			const size = this.head.length * 2;
			this.head = larger(this.head, new Int32Array(size));
			this.ordinal = larger(this.ordinal, new Int32Array(size));
			this.line = larger(this.line, new Int32Array(size));
			this.place = larger(this.place, new Float64Array(size));
			this.numberEnd = larger(this.numberEnd, new Int32Array(size));
			this.textEnd = larger(this.textEnd, new Int32Array(size));
		}
		if (numbers > this.numbers.length) this.numbers = larger(this.numbers, new Float64Array(Math.max(numbers, this.numbers.length * 2)));
		if (text > this.text.length) this.text = larger(this.text, new Uint8Array(Math.max(text, this.text.length * 2)));
	}

	private ordinalId(ordinal: string): number {
		const known = this.ordinalOf.get(ordinal);
		if (known !== undefined) return known;
		this.ordinalOf.set(ordinal, this.ordinals.length);
		return this.ordinals.push(ordinal) - 1;
	}
}

function larger<T extends Int32Array | Float64Array | Uint8Array>(from: T, to: T): T {
	to.set(from as never);
	return to;
}
