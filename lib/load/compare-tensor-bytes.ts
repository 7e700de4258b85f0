import { GzipStream, isGzip } from "@/lib/formats/gzip";
import { headerLength, readHeader, type TensorHeader } from "@/lib/formats/tensor/header";
import { halfOf } from "@/lib/formats/tensor/statistics";
import { joinBytes } from "@/lib/model";
import type { Numbers } from "@/lib/parity/tensors";
import { type FileRange, MAX_RANGE_BYTES, type Workspace } from "@/lib/workspace/types";

/** Turns the bytes of an NPY file into its values, piece by piece, in the order of the file. Throws an Error with the reason where they are none. */
export class TensorDecoder {
	header: TensorHeader | null = null;
	private readonly ready: Numbers[] = [];
	private start: Uint8Array[] | null = [];
	private gzip: GzipStream | null = null;
	private head: Uint8Array | null = null;
	/** bytes of a value whose end has not come */
	private rest: Uint8Array = new Uint8Array(0);
	private left = 0;

	/** The bytes may be overwritten afterwards. */
	push(chunk: Uint8Array): void {
		if (this.start === null) {
			this.pass(chunk);
			return;
		}
		this.start.push(chunk.slice());
		if (this.start.reduce((sum, piece) => sum + piece.length, 0) >= 2) this.begin();
	}

	/** The values so far that were not taken. */
	take(): Numbers[] {
		return this.ready.splice(0);
	}

	/** No more bytes. */
	end(): void {
		if (this.start !== null) this.begin();
		this.gzip?.end();
		if (this.gzip?.fault) throw new Error(this.gzip.fault.reason);
		if (this.header === null) throw new Error("the file ends inside its header");
		if (this.left > 0) throw new Error(`the file is ${this.left.toLocaleString("en-US")} bytes shorter than its header says`);
	}

	private begin(): void {
		const bytes = joinBytes(this.start ?? []);
		this.start = null;
		if (isGzip(bytes)) this.gzip = new GzipStream((piece) => this.read(piece));
		this.pass(bytes);
	}

	private pass(chunk: Uint8Array): void {
		if (this.gzip !== null) this.gzip.push(chunk);
		else this.read(chunk);
	}

	private read(chunk: Uint8Array): void {
		if (this.header !== null) {
			this.decode(chunk);
			return;
		}
		this.head = this.head === null ? chunk.slice() : joinBytes([this.head, chunk]);
		const length = headerLength(this.head);
		if (length === null || (typeof length === "number" && this.head.length < length)) return;
		const header = typeof length === "number" ? readHeader(this.head.subarray(0, length)) : length;
		if ("fault" in header) throw new Error(header.fault);
		this.header = header;
		this.left = header.elements * header.width;
		const { head } = this;
		this.head = null;
		this.decode(head.subarray(header.dataAt));
	}

	private decode(chunk: Uint8Array): void {
		const { width } = this.header!;
		const usable = Math.min(chunk.length, this.left);
		const size = this.rest.length + usable;
		const whole = size - (size % width);
		// A buffer of its own: aligned for its type, and the chunk's memory is given back.
		const bytes = new Uint8Array(size);
		bytes.set(this.rest);
		bytes.set(chunk.subarray(0, usable), this.rest.length);
		this.left -= usable;
		this.rest = bytes.slice(whole);
		if (whole > 0) this.ready.push(valuesOf(bytes.buffer, whole / width, this.header!));
	}
}

/** The values of whole elements as a file has them. @param buffer belongs to the values then */
export function valuesOf(buffer: ArrayBuffer, count: number, { kind, width, bigEndian }: Pick<TensorHeader, "kind" | "width" | "bigEndian">): Numbers {
	if (bigEndian) swap(new Uint8Array(buffer), count, width);
	switch (kind) {
		case "b":
			return Uint8Array.from(new Uint8Array(buffer, 0, count), (byte) => (byte === 0 ? 0 : 1));
		case "f":
			if (width === 2) return Float32Array.from(new Uint16Array(buffer, 0, count), halfOf);
			return width === 4 ? new Float32Array(buffer, 0, count) : new Float64Array(buffer, 0, count);
		case "i":
			return width === 1 ? new Int8Array(buffer, 0, count) : width === 2 ? new Int16Array(buffer, 0, count) : width === 4 ? new Int32Array(buffer, 0, count) : new BigInt64Array(buffer, 0, count);
		case "u":
			return width === 1 ? new Uint8Array(buffer, 0, count) : width === 2 ? new Uint16Array(buffer, 0, count) : width === 4 ? new Uint32Array(buffer, 0, count) : new BigUint64Array(buffer, 0, count);
	}
}

function swap(bytes: Uint8Array, count: number, width: number): void {
	for (let at = 0; at < count * width; at += width) bytes.subarray(at, at + width).reverse();
}

/** The values of one file; pieces in the order of the file. Throws what the decoder throws. */
export async function* valuesOfChunks(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Numbers> {
	const decoder = new TensorDecoder();
	for await (const chunk of chunks) {
		decoder.push(chunk);
		yield* decoder.take();
	}
	decoder.end();
	yield* decoder.take();
}

/** A file's bytes in ranges, the next asked for while the one before is used: two files can be read side by side. */
export async function* chunksOf(workspace: Workspace, path: string, signal?: AbortSignal): AsyncGenerator<Uint8Array> {
	let size = Number.POSITIVE_INFINITY;
	let at = 0;
	const ask = (from: number) => workspace.bytes(path, from, Math.min(from + MAX_RANGE_BYTES, size), signal);
	let next: Promise<FileRange> | null = ask(0);
	while (next !== null) {
		const range: FileRange = await next;
		size = range.size;
		at += range.bytes.length;
		next = at < size && range.bytes.length > 0 ? ask(at) : null;
		// Nobody awaits it where the reader stops early.
		next?.catch(() => undefined);
		yield range.bytes;
	}
}

/** All pieces as one array. */
export function joinNumbers(pieces: readonly Numbers[]): Numbers {
	const [first] = pieces;
	if (first === undefined) return new Float64Array(0);
	if (pieces.length === 1) return first;
	const length = pieces.reduce((sum, piece) => sum + piece.length, 0);
	const joined = new (first.constructor as new (length: number) => Numbers)(length);
	let at = 0;
	for (const piece of pieces) {
		joined.set(piece as never, at);
		at += piece.length;
	}
	return joined;
}
