import type { FastLine } from "./fast-line";

const latin = new TextDecoder("latin1");

/** A tag with a key of its lines: what rows of one name share. */
interface Head {
	tag: string[];
	key: string;
	hash: number;
	tagSize: number;
	/** as the lines have it, from the tag to the key's end without the colon and spaces between */
	bytes: Uint8Array | null;
}

/** The different tags with a key of a log, by their number in order of first appearance. */
export class TraceHeads {
	readonly all: Head[] = [];
	private readonly byName = new Map<string, number>();
	/** open addressing over the bytes of heads; one more than the head, 0 where none is */
	private table = new Int32Array(1024);
	/** plain lines by head */
	private readonly lines: number[] = [];
	/** other lines by the first word of their tag */
	private readonly otherWords = new Map<string, number>();

	/** How many lines have each first word of a tag. */
	words(): Map<string, number> {
		const words = new Map(this.otherWords);
		this.lines.forEach((lines, head) => {
			const word = this.all[head]!.tag[0];
			if (word !== undefined) words.set(word, (words.get(word) ?? 0) + lines);
		});
		return words;
	}

	/** Counts a line that is not plain. */
	count(tag: readonly string[]): void {
		const word = tag[0];
		if (word !== undefined) this.otherWords.set(word, (this.otherWords.get(word) ?? 0) + 1);
	}

	/** The head of a plain line, which is counted. */
	take(bytes: Uint8Array, line: FastLine): number {
		const head = this.find(bytes, line);
		this.lines[head] = (this.lines[head] ?? 0) + 1;
		return head;
	}

	id(tag: string[], key: string): number {
		const name = `${tag.join("_")}\0${key}`;
		const known = this.byName.get(name);
		if (known !== undefined) return known;
		this.byName.set(name, this.all.length);
		return this.all.push({ tag, key, hash: 0, tagSize: tag.join("_").length, bytes: null }) - 1;
	}

	/** The head of a plain line, by its bytes: no text is made of a name that was seen before. */
	private find(bytes: Uint8Array, { tagStart, tagEnd, keyStart, keyEnd, hash }: FastLine): number {
		const tagSize = tagEnd - tagStart;
		const size = tagSize + keyEnd - keyStart;
		const mask = this.table.length - 1;
		let slot = hash & mask;
		for (; this.table[slot] !== 0; slot = (slot + 1) & mask) {
			const id = this.table[slot]! - 1;
			const head = this.all[id]!;
			if (head.hash !== hash || head.bytes!.length !== size || head.tagSize !== tagSize) continue;
			let same = true;
			for (let i = 0; same && i < size; i++) same = head.bytes![i] === bytes[i < tagSize ? tagStart + i : keyStart + i - tagSize];
			if (same) return id;
		}
		const tag = latin.decode(bytes.subarray(tagStart, tagEnd)).split("_");
		const key = latin.decode(bytes.subarray(keyStart, keyEnd));
		const id = this.id(tag, key);
		const own = new Uint8Array(size);
		own.set(bytes.subarray(tagStart, tagEnd));
		own.set(bytes.subarray(keyStart, keyEnd), tagSize);
		this.all[id]!.hash = hash;
		this.all[id]!.bytes = own;
		this.table[slot] = id + 1;
		if (this.all.length * 2 > this.table.length) this.rehash();
		return id;
	}

	private rehash(): void {
		this.table = new Int32Array(this.table.length * 4);
		const mask = this.table.length - 1;
		this.all.forEach(({ bytes, hash }, id) => {
			if (bytes === null) return;
			let slot = hash & mask;
			while (this.table[slot] !== 0) slot = (slot + 1) & mask;
			this.table[slot] = id + 1;
		});
	}
}

