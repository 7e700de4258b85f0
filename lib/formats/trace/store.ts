import { type Batch, BatchBuilder, type Field } from "@/lib/model";
import type { Line } from "../text/lines";
import { fastTraceLine, type FastLine } from "./fast-line";
import { readTraceLine, type TraceValue } from "./line";

const encoder = new TextEncoder();
const latin = new TextDecoder("latin1");
const ROWS = 50_000;
const NONE = -1;

/** A tag with a key of its lines: what rows of one name share. */
interface Head {
	tag: string[];
	key: string;
	hash: number;
	tagSize: number;
	/** as the lines have it, from the tag to the key's end without the colon and spaces between */
	bytes: Uint8Array | null;
}

/**
 * The values of a trace log in the order of their lines, as a few growing arrays: the sides are those of the whole file, so every value waits for
 * its end, and a million objects would not.
 */
export class TraceStore {
	private readonly heads: Head[] = [];
	private readonly headOf = new Map<string, number>();
	/** open addressing over the bytes of heads; one more than the head, 0 where none is */
	private table = new Int32Array(1024);
	private readonly ordinals: string[] = [];
	private readonly ordinalOf = new Map<string, number>();
	/** lines by the first word of their tag */
	private readonly lineWords = new Map<string, number>();
	private readonly headLines: number[] = [];
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
		const head = this.findHead(bytes, fast);
		this.headLines[head] = (this.headLines[head] ?? 0) + 1;
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
		const word = trace.tag[0];
		if (word !== undefined) this.lineWords.set(word, (this.lineWords.get(word) ?? 0) + 1);
		const ordinal = trace.ordinal === null ? NONE : this.ordinalId(trace.ordinal);
		for (const value of trace.values) this.putValue(this.headId(trace.tag, value.key), ordinal, value, number, byteOffset);
		return true;
	}

	/** How many lines have each first word of a tag. */
	words(): Map<string, number> {
		const words = new Map(this.lineWords);
		this.headLines.forEach((lines, head) => {
			const word = this.heads[head]!.tag[0];
			if (word !== undefined) words.set(word, (words.get(word) ?? 0) + lines);
		});
		return words;
	}

	/**
	 * The rows of `trace_values`, with these fields in this order: side, position, key, ordinal, occurrence, numbers, text, source, line, byte_offset.
	 *
	 * @param nameOf the side and the key of a tag and a key
	 */
	batches(fields: Field[], source: string, nameOf: (tag: readonly string[], key: string) => { side: string | null; key: string }): Batch[] {
		const names = this.heads.map(({ tag, key }) => nameOf(tag, key));
		const groups = new Map<string, number>();
		const group = names.map(({ side, key }) => {
			const name = `${side ?? ""}\0${key}`;
			const known = groups.get(name) ?? groups.size;
			groups.set(name, known);
			return known;
		});
		const sides = names.map(({ side }) => (side === null ? null : encoder.encode(side)));
		const keys = names.map(({ key }) => encoder.encode(key));
		const ordinals = this.ordinals.map((ordinal) => encoder.encode(ordinal));
		const path = encoder.encode(source);
		const seen = new Int32Array(groups.size);
		const seenRows = new Map<number, number>();
		const builder = new BatchBuilder("trace_values", fields);
		const done: Batch[] = [];
		for (let from = 0; from < this.rows; from += ROWS) {
			const to = Math.min(this.rows, from + ROWS);
			const [side, position, key, ordinal, occurrence, numbers, text, file, line, place] = Array.from({ length: 10 }, (_, i) => builder.column(i));
			for (let row = from; row < to; row++) {
				const head = this.head[row]!;
				const own = sides[head];
				if (own == null) side!.appendNull();
				else side!.appendUtf8(own, 0, own.length);
				position!.appendInteger(row);
				key!.appendUtf8(keys[head]!, 0, keys[head]!.length);
				const numbered = this.ordinal[row]!;
				if (numbered === NONE) {
					ordinal!.appendNull();
					occurrence!.appendInteger(seen[group[head]!]!++);
				} else {
					ordinal!.appendUtf8(ordinals[numbered]!, 0, ordinals[numbered]!.length);
					const id = group[head]! * ordinals.length + numbered;
					const nth = seenRows.get(id) ?? 0;
					seenRows.set(id, nth + 1);
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
			done.push(builder.finish());
		}
		return done;
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

	private headId(tag: string[], key: string): number {
		const name = `${tag.join("_")}\0${key}`;
		const known = this.headOf.get(name);
		if (known !== undefined) return known;
		this.headOf.set(name, this.heads.length);
		return this.heads.push({ tag, key, hash: 0, tagSize: tag.join("_").length, bytes: null }) - 1;
	}

	/** The head of a plain line, by its bytes: no text is made of a name that was seen before. */
	private findHead(bytes: Uint8Array, { tagStart, tagEnd, keyStart, keyEnd, hash }: FastLine): number {
		const tagSize = tagEnd - tagStart;
		const size = tagSize + keyEnd - keyStart;
		const mask = this.table.length - 1;
		let slot = hash & mask;
		for (; this.table[slot] !== 0; slot = (slot + 1) & mask) {
			const id = this.table[slot]! - 1;
			const head = this.heads[id]!;
			if (head.hash !== hash || head.bytes!.length !== size || head.tagSize !== tagSize) continue;
			let same = true;
			for (let i = 0; same && i < size; i++) same = head.bytes![i] === bytes[i < tagSize ? tagStart + i : keyStart + i - tagSize];
			if (same) return id;
		}
		const tag = latin.decode(bytes.subarray(tagStart, tagEnd)).split("_");
		const key = latin.decode(bytes.subarray(keyStart, keyEnd));
		const id = this.headId(tag, key);
		const own = new Uint8Array(size);
		own.set(bytes.subarray(tagStart, tagEnd));
		own.set(bytes.subarray(keyStart, keyEnd), tagSize);
		this.heads[id]!.hash = hash;
		this.heads[id]!.bytes = own;
		this.table[slot] = id + 1;
		if (this.heads.length * 2 > this.table.length) this.rehash();
		return id;
	}

	private rehash(): void {
		this.table = new Int32Array(this.table.length * 4);
		const mask = this.table.length - 1;
		this.heads.forEach(({ bytes, hash }, id) => {
			if (bytes === null) return;
			let slot = hash & mask;
			while (this.table[slot] !== 0) slot = (slot + 1) & mask;
			this.table[slot] = id + 1;
		});
	}
}

function larger<T extends Int32Array | Float64Array | Uint8Array>(from: T, to: T): T {
	to.set(from as never);
	return to;
}
