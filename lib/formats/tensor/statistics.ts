import type { TensorHeader } from "./header";

/** Values that are decoded at once. */
const BLOCK = 4096;

export interface Statistics {
	/** of the finite values; null where there is none */
	min: number | null;
	max: number | null;
	mean: number | null;
	/** population */
	std: number | null;
	nans: number;
	infinities: number;
	/** integers beyond ±2^53, which a double rounds */
	wide: number;
}

/**
 * Figures of a stream of values, in one pass and without keeping them: each block has its own mean and squares around it, which
 * are merged (Chan), and the sum is compensated (Neumaier), so that many values lose no more digits than few.
 */
export class StreamStatistics {
	/** values taken */
	count = 0;
	private readonly block = new Float64Array(BLOCK);
	private readonly bytes: Uint8Array;
	private readonly decode: (count: number) => void;
	/** bytes of the block that has begun */
	private held = 0;
	private finite = 0;
	private mean = 0;
	/** of the distances from the mean, each times `scale`: what is squared must neither overflow nor vanish */
	private squares = 0;
	private scale = 0;
	private sum = 0;
	private lost = 0;
	private min = Number.POSITIVE_INFINITY;
	private max = Number.NEGATIVE_INFINITY;
	private nans = 0;
	private infinities = 0;
	private wide = 0;

	constructor(private readonly header: Pick<TensorHeader, "kind" | "width" | "bigEndian">) {
		const buffer = new ArrayBuffer(BLOCK * header.width);
		this.bytes = new Uint8Array(buffer);
		this.decode = this.decoderOf(buffer);
	}

	/** Takes the next bytes, in any division. */
	push(chunk: Uint8Array): void {
		const { bytes } = this;
		for (let at = 0; at < chunk.length; ) {
			const size = Math.min(bytes.length - this.held, chunk.length - at);
			bytes.set(chunk.subarray(at, at + size), this.held);
			this.held += size;
			at += size;
			// Blocks are whole, so that the figures do not depend on how the bytes came.
			if (this.held === bytes.length) this.takeHeld();
		}
	}

	private takeHeld(): void {
		const count = Math.floor(this.held / this.header.width);
		this.held = 0;
		this.takeBlock(count);
	}

	/** No more bytes; part of a value at the end does not count. Called once. */
	finish(): Statistics {
		this.takeHeld();
		const { finite, nans, infinities, wide } = this;
		if (finite === 0) return { min: null, max: null, mean: null, std: null, nans, infinities, wide };
		const total = this.sum + this.lost;
		// A sum may leave the doubles where the mean does not.
		const mean = Number.isFinite(total) ? total / finite : this.mean;
		return { min: this.min, max: this.max, mean, std: this.scale === 0 ? 0 : Math.sqrt(this.squares / finite) / this.scale, nans, infinities, wide };
	}

	private takeBlock(count: number): void {
		if (count === 0) return;
		if (this.header.bigEndian) swap(this.bytes, count, this.header.width);
		this.decode(count);
		this.count += count;
		const { block } = this;
		let size = 0;
		let mean = 0;
		let largest = 0;
		for (let i = 0; i < count; i++) {
			const value = block[i]!;
			if (value - value !== 0) {
				if (Number.isNaN(value)) this.nans++;
				else this.infinities++;
				continue;
			}
			block[size++] = value;
			mean += (value - mean) / size;
			if (value < this.min) this.min = value;
			if (value > this.max) this.max = value;
			if (value > largest) largest = value;
			else if (-value > largest) largest = -value;
			this.add(value);
		}
		if (size === 0) return;
		const scale = this.scaleFor(largest);
		let squares = 0;
		let drift = 0;
		for (let i = 0; i < size; i++) {
			const delta = (block[i]! - mean) * scale;
			squares += delta * delta;
			drift += delta;
		}
		squares -= (drift * drift) / size;
		const all = this.finite + size;
		const delta = scale === 0 ? -this.mean : mean + drift / size / scale - this.mean;
		this.squares += squares + (delta * scale) ** 2 * ((this.finite * size) / all);
		this.mean += delta * (size / all);
		this.finite = all;
	}

	/** A power of two that brings the largest value so far near 1. */
	private scaleFor(largest: number): number {
		if (largest > 0 && (this.scale === 0 || largest * this.scale > 2 ** 400)) {
			const scale = 2 ** -Math.min(1000, Math.max(-1000, Math.floor(Math.log2(largest))));
			if (this.scale > 0) this.squares *= (scale / this.scale) ** 2;
			this.scale = scale;
		}
		return this.scale;
	}

	private add(value: number): void {
		const sum = this.sum + value;
		this.lost += Math.abs(this.sum) >= Math.abs(value) ? this.sum - sum + value : value - sum + this.sum;
		this.sum = sum;
	}

	/** Turns the first `count` values of the buffer into doubles in `block`. */
	private decoderOf(buffer: ArrayBuffer): (count: number) => void {
		const { kind, width } = this.header;
		const from = (values: ArrayLike<number>) => (count: number) => {
			for (let i = 0; i < count; i++) this.block[i] = values[i]!;
		};
		if (kind === "b") {
			const values = new Uint8Array(buffer);
			return (count) => {
				for (let i = 0; i < count; i++) this.block[i] = values[i] === 0 ? 0 : 1;
			};
		}
		if (kind === "f" && width === 2) {
			const values = new Uint16Array(buffer);
			return (count) => {
				for (let i = 0; i < count; i++) this.block[i] = halfOf(values[i]!);
			};
		}
		if (kind === "f") return from(width === 4 ? new Float32Array(buffer) : new Float64Array(buffer));
		if (width === 8) {
			const values = kind === "i" ? new BigInt64Array(buffer) : new BigUint64Array(buffer);
			return (count) => {
				for (let i = 0; i < count; i++) {
					const value = Number(values[i]);
					if (value > Number.MAX_SAFE_INTEGER || value < Number.MIN_SAFE_INTEGER) this.wide++;
					this.block[i] = value;
				}
			};
		}
		if (kind === "i") return from(width === 1 ? new Int8Array(buffer) : width === 2 ? new Int16Array(buffer) : new Int32Array(buffer));
		return from(width === 1 ? new Uint8Array(buffer) : width === 2 ? new Uint16Array(buffer) : new Uint32Array(buffer));
	}
}

/** The value of a 16-bit float. */
export function halfOf(bits: number): number {
	const sign = bits & 0x8000 ? -1 : 1;
	const exponent = (bits >> 10) & 31;
	const fraction = bits & 1023;
	if (exponent === 0) return sign * fraction * 2 ** -24;
	if (exponent === 31) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
	return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

function swap(bytes: Uint8Array, count: number, width: number): void {
	for (let at = 0; at < count * width; at += width) {
		for (let low = at, high = at + width - 1; low < high; low++, high--) {
			const byte = bytes[low]!;
			bytes[low] = bytes[high]!;
			bytes[high] = byte;
		}
	}
}
