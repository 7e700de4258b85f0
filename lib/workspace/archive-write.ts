import { Deflate } from "fflate";
import { CasebookError } from "@/lib/model";
import { ARCHIVE_LIST, ARCHIVE_VERSION, FILES } from "./archive-list";
import { badPath, MAX_ARCHIVE_BYTES, MAX_ARCHIVE_ENTRIES, RATIO_FROM } from "./archive-zip";
import { sha256 } from "./local-hash";
import { checkCancelled } from "./range";

export interface ArchiveFile {
	/** inside the workspace */
	path: string;
	bytes: Uint8Array;
	/** RFC 3339; a run without a time of its own has the file's */
	modifiedAt: string;
}

export interface ArchiveContent {
	notebook: ArchiveFile;
	/** what its cells read, none of them the notebook itself */
	sources: readonly ArchiveFile[];
	/** RFC 3339 */
	madeAt: string;
}

/** Large entries that shrink further than this are stored as they are: a reader refuses what grows without measure. */
const PACK_RATIO = 100;
const STEP = 256 * 1024;

/** Why a path cannot go into an archive, or null. */
export function whyNotArchived(path: string): string | null {
	return badPath(path);
}

/**
 * A notebook and its sources as one ZIP: their exact bytes under `files/`, and a list of each with size, time and sha256. The same content gives
 * the same bytes. Gives the page a turn between pieces. Throws CasebookError (`limit`, `refused`, `cancelled`).
 */
export async function writeArchive(content: ArchiveContent, options: { signal?: AbortSignal; pause?: () => Promise<void> } = {}): Promise<Uint8Array<ArrayBuffer>> {
	const files = [content.notebook, ...content.sources];
	const total = files.reduce((sum, file) => sum + file.bytes.length, 0);
	if (total > MAX_ARCHIVE_BYTES) throw new CasebookError({ kind: "limit", what: "bytes of an archive", limit: String(MAX_ARCHIVE_BYTES), message: `The notebook's sources are ${total} bytes; an archive holds at most ${MAX_ARCHIVE_BYTES / 1024 / 1024} MiB.` });
	if (files.length >= MAX_ARCHIVE_ENTRIES) throw new CasebookError({ kind: "limit", what: "files of an archive", limit: String(MAX_ARCHIVE_ENTRIES), message: `The notebook reads ${files.length - 1} sources; an archive holds fewer than ${MAX_ARCHIVE_ENTRIES}.` });
	const seen = new Set<string>();
	for (const { path } of files) {
		const why = badPath(path);
		if (why !== null) throw new CasebookError({ kind: "refused", rule: "names in an archive", message: `${JSON.stringify(path)} cannot go into an archive: its name ${why}.` });
		const key = path.normalize("NFC").toLowerCase();
		if (seen.has(key)) throw new CasebookError({ kind: "refused", rule: "names in an archive", message: `${JSON.stringify(path)} cannot go into an archive: another file's name is the same on some systems.` });
		seen.add(key);
	}
	const hasher = await sha256();
	const listed = files.map((file) => {
		hasher.init();
		hasher.update(file.bytes);
		return { path: file.path, bytes: file.bytes.length, sha256: hasher.digest(), modified_at: file.modifiedAt };
	});
	const list = { casebook_archive: ARCHIVE_VERSION, notebook: content.notebook.path, made_at: content.madeAt, files: listed };
	const zip = new ZipWriter();
	zip.add(ARCHIVE_LIST, new TextEncoder().encode(`${JSON.stringify(list, null, "\t")}\n`), false, []);
	for (const file of files) {
		const packed = await pack(file.bytes, options);
		const stored = packed === null;
		zip.add(`${FILES}${file.path}`, file.bytes, !stored, packed ?? []);
	}
	return zip.end();
}

/** Deflated pieces; null where the bytes are better stored as they are. */
async function pack(bytes: Uint8Array, { signal, pause = async () => undefined }: { signal?: AbortSignal; pause?: () => Promise<void> }): Promise<Uint8Array[] | null> {
	if (bytes.length === 0) return null;
	const pieces: Uint8Array[] = [];
	let size = 0;
	const deflate = new Deflate({ level: 6 }, (piece) => {
		pieces.push(piece);
		size += piece.length;
	});
	for (let at = 0; at < bytes.length; at += STEP) {
		checkCancelled(signal);
		deflate.push(bytes.slice(at, at + STEP), at + STEP >= bytes.length);
		await pause();
	}
	return size >= bytes.length || (bytes.length > RATIO_FROM && bytes.length > size * PACK_RATIO) ? null : pieces;
}

/** Writes a ZIP whose entries carry their sizes in front, without times: the list has those. */
class ZipWriter {
	private readonly parts: Uint8Array[] = [];
	private readonly central: Uint8Array[] = [];
	private at = 0;

	add(path: string, bytes: Uint8Array, deflated: boolean, packed: readonly Uint8Array[]): void {
		const name = new TextEncoder().encode(path);
		const data = deflated ? packed : [bytes];
		const size = data.reduce((sum, piece) => sum + piece.length, 0);
		// Shared by both headers: version 2.0, UTF-8 names, method, 1980-01-01, checksum, sizes, length of the name.
		const common = new DataView(new ArrayBuffer(26));
		common.setUint16(0, 20, true);
		common.setUint16(2, 0x0800, true);
		common.setUint16(4, deflated ? 8 : 0, true);
		common.setUint32(6, 0x0021_0000, true);
		common.setUint32(10, crc32(bytes), true);
		common.setUint32(14, size, true);
		common.setUint32(18, bytes.length, true);
		common.setUint16(22, name.length, true);
		const shared = new Uint8Array(common.buffer);
		const start = this.at;
		this.push(Uint8Array.of(0x50, 0x4b, 3, 4), shared, name, ...data);
		const where = new DataView(new ArrayBuffer(14));
		where.setUint32(10, start, true);
		this.central.push(Uint8Array.of(0x50, 0x4b, 1, 2, 20, 0), shared, new Uint8Array(where.buffer), name);
	}

	end(): Uint8Array<ArrayBuffer> {
		const from = this.at;
		const count = this.central.length / 4;
		this.push(...this.central);
		const tail = new DataView(new ArrayBuffer(22));
		tail.setUint32(0, 0x06054b50, true);
		tail.setUint16(8, count, true);
		tail.setUint16(10, count, true);
		tail.setUint32(12, this.at - from, true);
		tail.setUint32(16, from, true);
		this.push(new Uint8Array(tail.buffer));
		const out = new Uint8Array(this.at);
		let at = 0;
		for (const part of this.parts) {
			out.set(part, at);
			at += part.length;
		}
		return out;
	}

	private push(...parts: readonly Uint8Array[]): void {
		for (const part of parts) {
			this.parts.push(part);
			this.at += part.length;
		}
	}
}

const CRC = Uint32Array.from({ length: 256 }, (_, byte) => {
	let value = byte;
	for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
	return value;
});

/** The checksum that a ZIP wants of each entry; what holds is the sha256 of the list. */
function crc32(bytes: Uint8Array): number {
	let value = 0xffffffff;
	for (let i = 0; i < bytes.length; i++) value = (value >>> 8) ^ CRC[(value ^ bytes[i]!) & 0xff]!;
	return ~value >>> 0;
}
