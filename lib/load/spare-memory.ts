/** Smaller pieces are not kept: they cost little. */
const SMALL = 1024 * 1024;
/** So many are kept: those that can be on their way at once. */
const KEPT = 4;

/** Buffers that the engine gave back, to be filled again: touching fresh memory costs more than all that is written into it. */
export class SpareMemory {
	private readonly spare: ArrayBuffer[] = [];

	/** A buffer of at least so many bytes, with anything in it. */
	take(bytes: number): ArrayBuffer {
		if (bytes < SMALL) return new ArrayBuffer(bytes);
		let best = -1;
		for (const [i, { byteLength }] of this.spare.entries()) if (byteLength >= bytes && (best < 0 || byteLength < this.spare[best]!.byteLength)) best = i;
		if (best >= 0) return this.spare.splice(best, 1)[0]!;
		// The next piece is about as large, so this one has some room for it.
		return new ArrayBuffer(Math.ceil((bytes * 1.25) / SMALL) * SMALL);
	}

	give(buffer: ArrayBuffer): void {
		if (buffer.byteLength < SMALL) return;
		this.spare.push(buffer);
		// The smallest fits least often.
		if (this.spare.length > KEPT) this.spare.sort((a, b) => b.byteLength - a.byteLength).pop();
	}
}
