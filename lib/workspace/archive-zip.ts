import { Inflate } from "fflate";

/** Reading a ZIP container of a stranger's making: everything is looked at before a byte is unpacked, and unpacking stops at what was promised. */

/** Entries of one container; more are refused. */
export const MAX_ARCHIVE_ENTRIES = 20_000;
/** What one container may unpack to, all together. */
export const MAX_ARCHIVE_BYTES = 512 * 1024 * 1024;
/** An entry that unpacks to more than `RATIO_FROM` bytes may grow by this factor at most. */
export const MAX_RATIO = 250;
export const RATIO_FROM = 4 * 1024 * 1024;

/** Why a container is not opened, as one sentence. */
export class ArchiveProblem extends Error {
	override name = "ArchiveProblem";
}

export interface ZipEntry {
	path: string;
	/** as the container says; `unpack` holds it to that */
	bytes: number;
	/** its bytes in the container */
	packed: Uint8Array;
	stored: boolean;
}

const END = 0x06054b50;
const CENTRAL = 0x02014b50;
const LOCAL = 0x04034b50;
const END_BYTES = 22;

/**
 * The entries of a ZIP, by path. Throws ArchiveProblem for one that is cut or has no list of contents, for encryption, ZIP64 and
 * unknown ways of packing, links, two entries of one name or over one another's bytes, names that lead out of a folder, and for
 * what promises to unpack to too much.
 */
export function readZip(bytes: Uint8Array): Map<string, ZipEntry> {
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	const end = endOf(view);
	const count = view.getUint16(end + 10, true);
	const from = view.getUint32(end + 16, true);
	const size = view.getUint32(end + 12, true);
	if (view.getUint16(end + 4, true) !== 0 || view.getUint16(end + 8, true) !== count) throw new ArchiveProblem("The archive comes in several parts, which are not opened.");
	if (count === 0xffff || from === 0xffffffff) throw new ArchiveProblem("The archive is a ZIP64, which is not opened.");
	if (count > MAX_ARCHIVE_ENTRIES) throw new ArchiveProblem(`The archive lists ${count} entries; at most ${MAX_ARCHIVE_ENTRIES} are opened.`);
	if (from + size > end) throw new ArchiveProblem("The archive is not whole: its list of contents lies outside of it.");
	const entries = new Map<string, ZipEntry>();
	const spans: [from: number, to: number, path: string][] = [];
	const folded = new Set<string>();
	let total = 0;
	let at = from;
	for (let i = 0; i < count; i++) {
		if (at + 46 > end || view.getUint32(at, true) !== CENTRAL) throw new ArchiveProblem("The archive is not whole: its list of contents is broken.");
		const { entry, span, next, folder } = centralEntry(view, bytes, at, end);
		at = next;
		if (folder) continue;
		// Two names that some file systems take for one would be one file there.
		const key = entry.path.normalize("NFC").toLowerCase();
		if (folded.has(key)) throw new ArchiveProblem(`The archive holds two entries of the name ${JSON.stringify(entry.path)}.`);
		folded.add(key);
		total += entry.bytes;
		if (total > MAX_ARCHIVE_BYTES) throw new ArchiveProblem(`The archive unpacks to more than ${MAX_ARCHIVE_BYTES / 1024 / 1024} MiB, which is not opened.`);
		if (entry.bytes > RATIO_FROM && entry.bytes > entry.packed.length * MAX_RATIO) throw new ArchiveProblem(`${JSON.stringify(entry.path)} unpacks to more than ${MAX_RATIO} times its size, which is not opened.`);
		entries.set(entry.path, entry);
		spans.push([span[0], span[1], entry.path]);
	}
	spans.sort((a, b) => a[0] - b[0]);
	for (let i = 1; i < spans.length; i++) if (spans[i]![0] < spans[i - 1]![1]) throw new ArchiveProblem(`The entries ${JSON.stringify(spans[i - 1]![2])} and ${JSON.stringify(spans[i]![2])} share bytes of the archive, which is not opened.`);
	return entries;
}

/** Where the list of contents ends; a comment may follow. */
function endOf(view: DataView): number {
	const last = view.byteLength - END_BYTES;
	for (let at = last; at >= 0 && at >= last - 0xffff; at--) if (view.getUint32(at, true) === END && at + END_BYTES + view.getUint16(at + 20, true) === view.byteLength) return at;
	throw new ArchiveProblem(view.byteLength >= 4 && view.getUint32(0, true) === LOCAL ? "The archive is not whole: its end is missing. Copy it again." : "This is no archive: it is no ZIP file.");
}

function centralEntry(view: DataView, bytes: Uint8Array, at: number, end: number): { entry: ZipEntry; span: [number, number]; next: number; folder: boolean } {
	const flags = view.getUint16(at + 8, true);
	const method = view.getUint16(at + 10, true);
	const packed = view.getUint32(at + 20, true);
	const size = view.getUint32(at + 24, true);
	const nameBytes = view.getUint16(at + 28, true);
	const next = at + 46 + nameBytes + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
	const system = view.getUint8(at + 5);
	const mode = view.getUint32(at + 38, true) >>> 16;
	const local = view.getUint32(at + 42, true);
	if (next > end) throw new ArchiveProblem("The archive is not whole: its list of contents is broken.");
	const name = bytes.subarray(at + 46, at + 46 + nameBytes);
	const path = pathOf(name);
	const quoted = JSON.stringify(path);
	if ((flags & 0x41) !== 0) throw new ArchiveProblem(`${quoted} is encrypted, which is not opened.`);
	if (method !== 0 && method !== 8) throw new ArchiveProblem(`${quoted} is packed in a way (${method}) that is not known.`);
	if (packed === 0xffffffff || size === 0xffffffff || local === 0xffffffff) throw new ArchiveProblem("The archive is a ZIP64, which is not opened.");
	// Unix and macOS write the kind of a file into the upper half.
	const kind = mode & 0o170000;
	if ((system === 3 || system === 19) && kind !== 0 && kind !== 0o100000 && kind !== 0o040000) throw new ArchiveProblem(`${quoted} is ${kind === 0o120000 ? "a link" : "no file"}, which is not opened.`);
	if (local + 30 > end || view.getUint32(local, true) !== LOCAL) throw new ArchiveProblem(`The archive is not whole: ${quoted} is not where its list says.`);
	const localName = view.getUint16(local + 26, true);
	const start = local + 30 + localName + view.getUint16(local + 28, true);
	if (start + packed > end) throw new ArchiveProblem(`The archive is not whole: ${quoted} ends outside of it.`);
	if (localName !== nameBytes || name.some((byte, i) => bytes[local + 30 + i] !== byte)) throw new ArchiveProblem(`${quoted} has another name in the archive than in its list.`);
	if (method === 0 && packed !== size) throw new ArchiveProblem(`${quoted} is said to be of two sizes.`);
	return { entry: { path, bytes: size, packed: bytes.subarray(start, start + packed), stored: method === 0 }, span: [local, start + packed], next, folder: path.endsWith("/") && size === 0 };
}

function pathOf(name: Uint8Array): string {
	let path: string;
	try {
		path = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(name);
	} catch {
		throw new ArchiveProblem("The archive holds a name that is no UTF-8.");
	}
	const why = badPath(path.endsWith("/") ? path.slice(0, -1) : path);
	if (why !== null) throw new ArchiveProblem(`The archive holds the name ${JSON.stringify(path)}, which ${why}.`);
	return path;
}

/** Why a path may not be a file's in an archive, or null: only names one below another, none of them special on any system. */
export function badPath(path: string): string | null {
	if (path === "" || path.length > 1024) return "is no name of a file";
	if (/^[/~]|^[A-Za-z]:/.test(path)) return "does not start inside a folder";
	if (path.includes("\\")) return "holds a backslash";
	if (/[\u0000-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/.test(path)) return "holds a character that shows nothing";
	const names = path.split("/");
	if (names.some((name) => name === "" || name === "." || name === "..")) return "leads out of its folder";
	return names.length > 64 ? "is deeper than 64 folders" : null;
}

/** The bytes of an entry. Stops at the size that the container promised; throws ArchiveProblem where it is not met. */
export function unpack(entry: ZipEntry): Uint8Array {
	if (entry.stored) return entry.packed.slice();
	const out = new Uint8Array(entry.bytes);
	let size = 0;
	let ended = false;
	const lies = () => new ArchiveProblem(`${JSON.stringify(entry.path)} does not unpack to the ${entry.bytes} bytes that the archive promises.`);
	const inflate = new Inflate((piece, final) => {
		if (size + piece.length > entry.bytes) throw lies();
		out.set(piece, size);
		size += piece.length;
		ended = final;
	});
	const STEP = 64 * 1024;
	try {
		for (let at = 0; at < entry.packed.length; at += STEP) inflate.push(entry.packed.subarray(at, at + STEP), at + STEP >= entry.packed.length);
	} catch (error) {
		if (error instanceof ArchiveProblem) throw error;
		throw new ArchiveProblem(`${JSON.stringify(entry.path)} cannot be unpacked: the archive is broken.`);
	}
	if (!ended || size !== entry.bytes) throw lies();
	return out;
}
