import { Gunzip } from "fflate";

/** A file may not grow beyond this when it is decompressed. */
export const MAX_UNPACKED = 4 * 1024 ** 3;
/** Beyond `RATIO_FREE` bytes a file may not grow more than this many times: what does holds one thing over and over. */
export const MAX_RATIO = 250;
export const RATIO_FREE = 1024 ** 3;

/** Compressed bytes that are decompressed at once; they hold at most about a thousand times as many. */
const SLICE = 4096;
/** A member's header may be this long before its end is looked for (its name and extra field). */
const TAIL = 160 * 1024;
/** An empty member: after a whole file it is recognised as the next one, after a cut file it is not. */
const EMPTY_MEMBER = Uint8Array.of(0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0);

/** Whether bytes begin like a gzip file. */
export function isGzip(head: Uint8Array): boolean {
	return head[0] === 0x1f && head[1] === 0x8b;
}

/** The name of what a gzip file holds: its own without `.gz`. */
export function innerPath(path: string): string {
	return path.replace(/\.tgz$/i, ".tar").replace(/\.gz$/i, "");
}

/** Where a gzip file could not be read on. `byteOffset` is of the compressed file. */
export interface GzipFault {
	byteOffset: number;
	reason: string;
	/** a limit was reached; the file itself may be whole */
	limit: boolean;
}

export interface GzipOptions {
	maxBytes?: number;
	maxRatio?: number;
	ratioFree?: number;
}

/**
 * Decompresses a gzip file as its bytes come, of one member or several, and checks each member's checksum. What was
 * decompressed before a fault has been given to `emit`, in pieces whose bytes stay as they are; after it nothing more comes.
 */
export class GzipStream {
	/** bytes given to `emit` */
	unpacked = 0;
	/** the first fault, or null */
	fault: GzipFault | null = null;
	private readonly gunzip: Gunzip;
	private readonly tail: { at: number; bytes: Uint8Array }[] = [];
	private packed = 0;
	private memberAt = 0;
	private crc = -1;
	private size = 0;
	private ending = false;
	private ended = false;

	constructor(
		private readonly emit: (bytes: Uint8Array) => void,
		private readonly options: GzipOptions = {},
	) {
		this.gunzip = new Gunzip((bytes) => this.take(bytes));
		this.gunzip.onmember = (offset) => this.endMember(offset);
	}

	push(bytes: Uint8Array): void {
		for (let at = 0; at < bytes.length && this.fault === null; at += SLICE) this.pushSlice(bytes.subarray(at, at + SLICE));
	}

	/** The file's end. */
	end(): void {
		if (this.fault !== null) return;
		this.ending = true;
		try {
			this.gunzip.push(EMPTY_MEMBER.slice(), false);
		} catch {
			// What a cut member makes of the empty one is of no interest; that it was not found is.
		}
		if (!this.ended) this.fail(this.packed, `the gzip data is cut off: the file ends at byte ${this.packed}, in the member that starts at byte ${this.memberAt}`);
	}

	private pushSlice(bytes: Uint8Array): void {
		const at = this.packed;
		this.tail.push({ at, bytes });
		this.packed += bytes.length;
		while (this.tail.length > 1 && this.tail[1]!.at < this.packed - TAIL) this.tail.shift();
		try {
			// The library keeps a view of what it is given.
			this.gunzip.push(bytes.slice(), false);
		} catch (error) {
			const words = error instanceof Error ? error.message : String(error);
			this.fail(at, words === "invalid gzip data" ? `what stands between byte ${Math.max(this.memberAt, at - SLICE)} and byte ${this.packed} is no gzip data` : `the gzip data is damaged between byte ${at} and byte ${this.packed} (${words})`);
		}
	}

	private take(bytes: Uint8Array): void {
		if (this.ending || this.fault !== null || bytes.length === 0) return;
		this.crc = crc32(this.crc, bytes);
		this.size += bytes.length;
		this.unpacked += bytes.length;
		const { maxBytes = MAX_UNPACKED, maxRatio = MAX_RATIO, ratioFree = RATIO_FREE } = this.options;
		if (this.unpacked > maxBytes) this.fail(this.packed, `Limit: a gzip file is decompressed up to ${count(maxBytes)} bytes. This one holds more; what came before is kept. Unpack it and load a part.`, true);
		else if (this.unpacked > ratioFree && this.unpacked > this.packed * maxRatio) this.fail(this.packed, `Limit: a gzip file over ${count(ratioFree)} bytes may be ${maxRatio} times its size. This one is more, as a zip bomb is; what came before is kept. Unpack it and load that.`, true);
		else this.emit(bytes);
	}

	private endMember(offset: number): void {
		if (this.fault !== null) return;
		if (this.ending) {
			if (offset !== this.packed || this.ended) return;
			this.ended = true;
		}
		const trailer = this.bytesAt(offset - 8);
		if (trailer !== null && (word(trailer, 0) !== ~this.crc >>> 0 || word(trailer, 4) !== this.size % 2 ** 32)) {
			this.fail(offset - 8, `the gzip data between byte ${this.memberAt} and byte ${offset} is damaged: its checksum or size at byte ${offset - 8} does not match.`);
		}
		this.memberAt = offset;
		this.crc = -1;
		this.size = 0;
	}

	/** Eight bytes of the file, or null where they are no longer held. */
	private bytesAt(offset: number): Uint8Array | null {
		const out = new Uint8Array(8);
		for (let i = 0; i < 8; i++) {
			const piece = this.tail.find(({ at, bytes }) => at <= offset + i && offset + i < at + bytes.length);
			if (!piece) return null;
			out[i] = piece.bytes[offset + i - piece.at]!;
		}
		return out;
	}

	private fail(byteOffset: number, reason: string, limit = false): void {
		this.fault ??= { byteOffset, reason, limit };
	}
}

const count = (bytes: number) => bytes.toLocaleString("en-US");
const word = (bytes: Uint8Array, at: number) => (bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24)) >>> 0;

const TABLE = Int32Array.from({ length: 256 }, (_, n) => {
	let value = n;
	for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
	return value;
});

function crc32(crc: number, bytes: Uint8Array): number {
	let value = crc;
	for (let i = 0; i < bytes.length; i++) value = TABLE[(value ^ bytes[i]!) & 255]! ^ (value >>> 8);
	return value;
}
