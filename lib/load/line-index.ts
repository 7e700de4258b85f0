import { LINES_PER_START } from "@/lib/model";

/** Where every 256th line of a file starts, so that any line of a large file is one range read away. */
export interface LineIndex {
	/** byte offset of line 1 + i × `LINES_PER_ENTRY` */
	offsets: Float64Array;
	lines: number;
	bytes: number;
}

export const LINES_PER_ENTRY = LINES_PER_START;

/** Counts lines while bytes pass. A line ends at LF; a last line without one counts. */
export class LineIndexer {
	private offsets = new Float64Array(64);
	private entries = 1;
	private newlines = 0;
	private bytes = 0;
	private endsWithNewline = true;

	/** The next bytes, of which a parser tells where the lines begin. */
	pass(chunk: Uint8Array): void {
		this.bytes += chunk.length;
	}

	push(chunk: Uint8Array): void {
		let at = chunk.indexOf(10);
		while (at !== -1) {
			this.newlines++;
			if (this.newlines % LINES_PER_ENTRY === 0) this.add(this.bytes + at + 1);
			at = chunk.indexOf(10, at + 1);
		}
		if (chunk.length > 0) this.endsWithNewline = chunk[chunk.length - 1] === 10;
		this.bytes += chunk.length;
	}

	/** The index of the bytes that were pushed; where a parser has found the lines, of what it has found. */
	finish(found: { starts: readonly number[]; lines: number } | null = null): LineIndex {
		if (found !== null) return { offsets: Float64Array.from(found.starts), lines: found.lines, bytes: this.bytes };
		return { offsets: this.offsets.slice(0, this.entries), lines: this.newlines + (this.endsWithNewline ? 0 : 1), bytes: this.bytes };
	}

	private add(offset: number): void {
		if (this.entries === this.offsets.length) {
			const next = new Float64Array(this.entries * 2);
			next.set(this.offsets);
			this.offsets = next;
		}
		this.offsets[this.entries++] = offset;
	}
}
