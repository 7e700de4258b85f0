/**
 * The wire form of a stream of files. A frame is 1 byte type, 4 bytes little-endian length, payload. Per file: one
 * header, any number of data frames, one trailer; an error frame ends a file, or stands for one that never began.
 */
import { CHUNK_BYTES, type StreamEvent } from "./types";

const HEADER = 1;
const DATA = 2;
const TRAILER = 3;
const ERROR = 4;
const PREFIX = 5;
/** A frame of text is far smaller; a longer one is no frame. */
const MAX_TEXT_BYTES = 1024 * 1024;
/** Small frames leave together: thousands of small files are few writes. */
const GATHER_BYTES = 128 * 1024;

const encoder = new TextEncoder();
const decoder = new TextDecoder("utf-8", { fatal: true });

/** The frames of a stream, small ones gathered to about `GATHER_BYTES`. Pulls no further than it is pulled. */
export async function* encodeFrames(events: AsyncIterable<StreamEvent>): AsyncGenerator<Uint8Array> {
	let gathered: Uint8Array[] = [];
	let size = 0;
	for await (const event of events) {
		const [head, payload] = frameOf(event);
		gathered.push(head);
		size += head.length;
		const large = payload.length >= GATHER_BYTES;
		if (!large) {
			gathered.push(payload);
			size += payload.length;
		}
		if (large || size >= GATHER_BYTES) {
			yield concatenated(gathered, size);
			gathered = [];
			size = 0;
		}
		// A large piece leaves as it is, without a copy.
		if (large) yield payload;
	}
	if (size > 0) yield concatenated(gathered, size);
}

function frameOf(event: StreamEvent): [Uint8Array, Uint8Array] {
	switch (event.type) {
		case "start":
			return textFrame(HEADER, { path: event.path, bytes: event.bytes, modified_at: event.modifiedAt });
		case "data":
			return [prefix(DATA, event.chunk.length), event.chunk];
		case "end":
			return textFrame(TRAILER, { path: event.path, sha256: event.sha256, bytes: event.bytes, changed: event.changed });
		case "error":
			return textFrame(ERROR, { path: event.path, message: event.message });
	}
}

function textFrame(type: number, value: object): [Uint8Array, Uint8Array] {
	const payload = encoder.encode(JSON.stringify(value));
	return [prefix(type, payload.length), payload];
}

function prefix(type: number, length: number): Uint8Array {
	const bytes = new Uint8Array(PREFIX);
	bytes[0] = type;
	new DataView(bytes.buffer).setUint32(1, length, true);
	return bytes;
}

/** Reads frames from bytes in any division. Throws on what is no frame; data comes out in the pieces in which it comes in. */
export class FrameDecoder {
	private readonly head = new Uint8Array(PREFIX);
	private headSize = 0;
	/** payload bytes of the frame under way that are still to come */
	private left = 0;
	private text: Uint8Array | null = null;
	private path: string | null = null;

	/** True between files, where a stream may end. */
	get atBoundary(): boolean {
		return this.headSize === 0 && this.path === null;
	}

	*push(bytes: Uint8Array): Generator<StreamEvent> {
		let at = 0;
		while (at < bytes.length) {
			if (this.headSize < PREFIX) {
				this.head[this.headSize++] = bytes[at++]!;
				if (this.headSize < PREFIX) continue;
				this.begin();
				if (this.left > 0) continue;
			}
			const taken = Math.min(this.left, bytes.length - at);
			const piece = bytes.subarray(at, at + taken);
			at += taken;
			if (this.text !== null) this.text.set(piece, this.text.length - this.left);
			else if (taken > 0) yield { type: "data", path: this.path!, chunk: piece };
			this.left -= taken;
			if (this.left > 0) continue;
			this.headSize = 0;
			if (this.text !== null) yield this.textEvent(this.head[0]!, this.text);
		}
	}

	private begin(): void {
		const type = this.head[0]!;
		this.left = new DataView(this.head.buffer).getUint32(1, true);
		if (type < HEADER || type > ERROR) throw new Error(`There is no frame of type ${type}.`);
		if (this.left > (type === DATA ? CHUNK_BYTES : MAX_TEXT_BYTES)) throw new Error(`A frame of ${this.left} bytes is too long.`);
		if (type === DATA && this.path === null) throw new Error("Data came before a header.");
		if (type !== DATA && this.left === 0) throw new Error("A frame of text is empty.");
		this.text = type === DATA ? null : new Uint8Array(this.left);
		if (this.left === 0) this.headSize = 0;
	}

	private textEvent(type: number, bytes: Uint8Array): StreamEvent {
		const value = JSON.parse(decoder.decode(bytes)) as unknown;
		if (typeof value !== "object" || value === null) throw new Error("A frame of text is no object.");
		const fields = new Map<string, unknown>(Object.entries(value));
		const path = wanted(fields, "path", "string");
		if (this.path !== null && (type === HEADER || path !== this.path)) throw new Error(`A frame of ${path} came inside ${this.path}.`);
		if (this.path === null && type === TRAILER) throw new Error("A trailer came before a header.");
		this.path = type === HEADER ? path : null;
		switch (type) {
			case HEADER:
				return { type: "start", path, bytes: wanted(fields, "bytes", "number"), modifiedAt: wanted(fields, "modified_at", "string") };
			case TRAILER:
				return { type: "end", path, sha256: wanted(fields, "sha256", "string"), bytes: wanted(fields, "bytes", "number"), changed: wanted(fields, "changed", "boolean") };
			default:
				return { type: "error", path, message: wanted(fields, "message", "string") };
		}
	}
}

interface Kinds {
	string: string;
	number: number;
	boolean: boolean;
}

function wanted<K extends keyof Kinds>(fields: Map<string, unknown>, name: string, kind: K): Kinds[K] {
	const value = fields.get(name);
	if (typeof value !== kind) throw new Error(`"${name}" of a frame is no ${kind}.`);
	return value as Kinds[K];
}

function concatenated(pieces: readonly Uint8Array[], size: number): Uint8Array {
	const out = new Uint8Array(size);
	let at = 0;
	for (const piece of pieces) {
		out.set(piece, at);
		at += piece.length;
	}
	return out;
}
