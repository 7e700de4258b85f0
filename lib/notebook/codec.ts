import { deflateSync, Inflate } from "fflate";
import { readPins } from "./front-matter";
import type { Pin } from "./types";

/** The version of links that is written here. */
export const LINK_VERSION = 1;
/** What a link may unpack to. */
export const MAX_UNPACKED = 5 * 1024 * 1024;
/** Past this many characters mail programs and chats cut links. */
export const LONG_LINK = 8000;
const PREFIX = `c${LINK_VERSION}.`;

/** What a link carries; nothing else ever travels. */
export interface SharedNotebook {
	/** the notebook's Markdown without its pins */
	markdown: string;
	/** RFC 3339 */
	pinnedAt: string | null;
	pins: { [cell: string]: Pin };
	/** results that the author chose to send, as the author's: by cell, a header and rows of text */
	results: { [cell: string]: SharedResult };
}

export interface SharedResult {
	columns: readonly string[];
	rows: readonly (readonly (string | null)[])[];
}

/** Why a link cannot be opened, as one sentence. */
export class LinkProblem extends Error {
	override name = "LinkProblem";
}

/** The text behind `#`: a version, a checksum, then the content deflated, in base64url. */
export function encodeLink(notebook: SharedNotebook): string {
	const content = new TextEncoder().encode(JSON.stringify([notebook.markdown, notebook.pinnedAt, notebook.pins, notebook.results]));
	if (content.length > MAX_UNPACKED) throw new LinkProblem(`The notebook is ${content.length} bytes; a link carries at most ${MAX_UNPACKED}. Share it as a file or an archive.`);
	const packed = deflateSync(content, { level: 9 });
	return `${PREFIX}${checksum(content)}.${toBase64Url(packed)}`;
}

/**
 * The notebook of a link. Throws LinkProblem with one clear sentence for what is not ours, of a later version, cut, changed on the
 * way, or unpacks to more than `MAX_UNPACKED`: unpacking stops there.
 */
export function decodeLink(fragment: string): SharedNotebook {
	const text = fragment.replace(/^#/, "");
	const found = /^c(\d{1,6})\.([0-9a-f]{8})\.([A-Za-z0-9_-]*)$/.exec(text);
	if (!found) throw new LinkProblem("This is no link of Casebook, or a program on its way has changed it. Ask for it as a file.");
	if (Number(found[1]) > LINK_VERSION) throw new LinkProblem(`This link is of version ${found[1]}; this Casebook knows version ${LINK_VERSION}. Open it with a later Casebook.`);
	if (Number(found[1]) !== LINK_VERSION) throw new LinkProblem(`There is no version ${found[1]} of Casebook's links.`);
	const content = unpack(fromBase64Url(found[3]!));
	if (checksum(content) !== found[2]) throw new LinkProblem("The link is not whole: its checksum does not fit. Copy it again, from start to end.");
	let value: unknown;
	try {
		value = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(content));
	} catch {
		throw new LinkProblem("The link's content is not readable.");
	}
	return readShared(value);
}

function readShared(value: unknown): SharedNotebook {
	if (!Array.isArray(value) || value.length !== 4) throw new LinkProblem("The link's content is not a notebook.");
	const [markdown, pinnedAt, pins, results] = value as unknown[];
	if (typeof markdown !== "string" || !(pinnedAt === null || typeof pinnedAt === "string")) throw new LinkProblem("The link's content is not a notebook.");
	let read: { [cell: string]: Pin };
	try {
		read = readPins(pins);
	} catch (error) {
		throw new LinkProblem(`The link's pins make no sense: ${error instanceof Error ? error.message : String(error)}.`);
	}
	return { markdown, pinnedAt: pinnedAt !== null && /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(pinnedAt) ? pinnedAt : null, pins: read, results: readResults(results) };
}

function readResults(value: unknown): { [cell: string]: SharedResult } {
	const out: { [cell: string]: SharedResult } = Object.create(null);
	if (typeof value !== "object" || value === null || Array.isArray(value)) throw new LinkProblem("The link's results make no sense.");
	for (const [cell, result] of Object.entries(value)) {
		const { columns, rows } = (result ?? {}) as { columns?: unknown; rows?: unknown };
		const isText = (item: unknown) => typeof item === "string";
		if (!Array.isArray(columns) || !columns.every(isText) || !Array.isArray(rows) || !rows.every((row) => Array.isArray(row) && row.length === columns.length && row.every((item) => item === null || isText(item)))) throw new LinkProblem(`The link's result of ${cell} makes no sense.`);
		out[cell] = { columns: columns as string[], rows: rows as (string | null)[][] };
	}
	return out;
}

/** Inflates piece by piece, so that a small link cannot fill the memory. */
function unpack(packed: Uint8Array): Uint8Array {
	const pieces: Uint8Array[] = [];
	let size = 0;
	let ended = false;
	const inflate = new Inflate((piece, final) => {
		size += piece.length;
		if (size > MAX_UNPACKED) throw new LinkProblem(`The link unpacks to more than ${MAX_UNPACKED / 1024 / 1024} MB, which is not opened.`);
		pieces.push(piece);
		ended = final;
	});
	try {
		const STEP = 4096;
		for (let at = 0; at < packed.length; at += STEP) inflate.push(packed.subarray(at, at + STEP), at + STEP >= packed.length);
	} catch (error) {
		if (error instanceof LinkProblem) throw error;
		throw new LinkProblem("The link is not whole: it cannot be unpacked. Copy it again, from start to end.");
	}
	if (!ended) throw new LinkProblem("The link is not whole: its end is missing. Copy it again, from start to end.");
	const out = new Uint8Array(size);
	let at = 0;
	for (const piece of pieces) {
		out.set(piece, at);
		at += piece.length;
	}
	return out;
}

/** FNV-1a over the content: it finds what a mail program broke, and is no protection against anybody. */
function checksum(bytes: Uint8Array): string {
	let hash = 0x811c9dc5;
	for (const byte of bytes) hash = Math.imul(hash ^ byte, 0x01000193);
	return (hash >>> 0).toString(16).padStart(8, "0");
}

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
const VALUES = new Uint8Array(128);
for (let i = 0; i < ALPHABET.length; i++) VALUES[ALPHABET.charCodeAt(i)] = i;

function toBase64Url(bytes: Uint8Array): string {
	const parts: string[] = [];
	for (let at = 0; at < bytes.length; at += 3) {
		const rest = bytes.length - at;
		const bits = (bytes[at]! << 16) | ((bytes[at + 1] ?? 0) << 8) | (bytes[at + 2] ?? 0);
		parts.push(ALPHABET[bits >>> 18]! + ALPHABET[(bits >>> 12) & 63]! + (rest > 1 ? ALPHABET[(bits >>> 6) & 63]! : "") + (rest > 2 ? ALPHABET[bits & 63]! : ""));
	}
	return parts.join("");
}

function fromBase64Url(text: string): Uint8Array {
	if (text.length % 4 === 1) throw new LinkProblem("The link is not whole: its end is missing. Copy it again, from start to end.");
	const out = new Uint8Array(Math.floor((text.length * 3) / 4));
	let bits = 0;
	let held = 0;
	let at = 0;
	for (let i = 0; i < text.length; i++) {
		bits = ((bits << 6) | VALUES[text.charCodeAt(i)]!) & 0xffffff;
		held += 6;
		if (held >= 8) {
			held -= 8;
			out[at++] = (bits >>> held) & 0xff;
		}
	}
	return out;
}
