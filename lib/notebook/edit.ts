import { templateOf, withBody, withInfo } from "./edit-cell";
import { type HeadKey, withHeadValue } from "./head-value";
import { parseNotebook } from "./parse";
import { type Cell, type CellKind, cellsOf, type Notebook, type Segment } from "./types";

/** A piece of the file while it is edited: a cell with its fences, a text, or the blank lines between two of them. */
export interface Piece {
	/** stays with the piece through every operation */
	key: number;
	raw: string;
	/** shown although it is blank: a text that was just made */
	fresh: boolean;
}

/** A notebook under the hands of its author. The head and the pieces joined are the file, byte for byte. */
export interface EditDoc {
	head: string;
	pieces: readonly Piece[];
	/** the next piece's key */
	next: number;
}

export type PieceKind = CellKind | "text";

/** What an operation came to: the new document and the piece to select; or why it cannot be. */
export type Edited = { doc: EditDoc; selected: number | null } | { problem: string };

/** The document of a Markdown text. */
export function editDoc(markdown: string): EditDoc {
	return piecesOf({ head: "", pieces: [], next: 1 }, markdown);
}

export function docMarkdown(doc: EditDoc): string {
	return doc.head + doc.pieces.map((piece) => piece.raw).join("");
}

/** Whether a piece is something to select; blank lines between two are not. */
export function isShown(piece: Piece): boolean {
	return piece.fresh || piece.raw.trim() !== "";
}

/** The document as a notebook with one segment a piece. A text whose fence is still open is text until `settled` says what it does. */
export function drawnOf(doc: EditDoc): Notebook {
	const notebook = parseNotebook(docMarkdown(doc));
	return { ...notebook, segments: aligned(doc, notebook) ?? alone(doc) };
}

/** The document cut as its text says: after typing a fence into a text, or leaving one open. The bytes are the same. */
export function settled(doc: EditDoc): EditDoc {
	return aligned(doc, parseNotebook(docMarkdown(doc))) === null ? piecesOf(doc, docMarkdown(doc)) : doc;
}

/** The pieces as a text is parsed; one that was there before, with the same bytes, keeps its key. */
function piecesOf(before: EditDoc, markdown: string): EditDoc {
	const notebook = parseNotebook(markdown);
	const known = new Map<string, number[]>();
	for (const piece of before.pieces) known.set(piece.raw, [...(known.get(piece.raw) ?? []), piece.key]);
	let { next } = before;
	const pieces = notebook.segments.map(({ raw }) => ({ key: known.get(raw)?.shift() ?? next++, raw, fresh: false }));
	return { head: notebook.head, pieces, next };
}

/** One segment a piece where the parsed cells are whole pieces; null where they are not. */
function aligned(doc: EditDoc, notebook: Notebook): Segment[] | null {
	if (notebook.head !== doc.head) return null;
	const cells = new Map<number, Segment>();
	let at = 0;
	for (const segment of notebook.segments) {
		if (segment.kind === "cell") cells.set(at, segment);
		at += segment.raw.length;
	}
	const out: Segment[] = [];
	let line = 1 + (doc.head.match(/\n/g)?.length ?? 0);
	at = 0;
	for (const { raw } of doc.pieces) {
		const cell = raw === "" ? undefined : cells.get(at);
		if (cell !== undefined && cell.raw !== raw) return null;
		if (cell !== undefined) cells.delete(at);
		out.push(cell ?? { kind: "text", raw, line });
		line += raw.match(/\n/g)?.length ?? 0;
		at += raw.length;
	}
	return cells.size === 0 ? out : null;
}

/** Each piece by itself. */
function alone(doc: EditDoc): Segment[] {
	const names = new Set<string>();
	let ordinal = 0;
	let line = 1;
	return doc.pieces.map(({ raw }) => {
		const { segments } = parseNotebook(raw);
		const only = segments.length === 1 ? segments[0]! : null;
		const at = line;
		line += raw.match(/\n/g)?.length ?? 0;
		if (only?.kind !== "cell") return { kind: "text", raw, line: at };
		ordinal++;
		let name = only.cell.named ? only.cell.name : `c${ordinal}`;
		for (let n = 2; names.has(name.toLowerCase()); n++) name = `${name.replace(/__\d+$/, "")}__${n}`;
		names.add(name.toLowerCase());
		return { ...only, line: at, cell: { ...only.cell, name, line: at } };
	});
}

/** The piece's text as an author edits it: without the blank lines around it. */
export function textOf(raw: string): { before: string; text: string; after: string } {
	const before = /^(?:[ \t]*\r?\n)*/.exec(raw)![0];
	const rest = raw.slice(before.length);
	const text = rest.replace(/(?:\r?\n[ \t]*)+$/, "");
	return { before, text, after: rest.slice(text.length) };
}

/** Sets the words of a text. Blank lines around it stay. */
export function setText(doc: EditDoc, key: number, text: string): EditDoc {
	return replaced(doc, key, (piece) => {
		const parts = textOf(piece.raw);
		const eol = eolAt(doc, key);
		const written = text.replace(/\r\n?|\n/g, eol);
		return written === parts.text ? piece.raw : parts.before + written + (parts.after === "" && written !== "" ? eol : parts.after);
	});
}

/** Sets what stands between a cell's fences; the fences stay, and grow where the body holds some of their length. */
export function setBody(doc: EditDoc, key: number, body: string): EditDoc {
	return replaced(doc, key, (piece) => withBody(piece.raw, body, eolAt(doc, key)));
}

/** Sets a value of the front matter, or takes its line out where it is empty; null where it is not written as one value. */
export function setHead(doc: EditDoc, key: HeadKey, value: string): EditDoc | null {
	const head = withHeadValue(doc.head, key, value);
	return head === null ? null : head === doc.head ? doc : { ...doc, head };
}

/** Sets one attribute of a cell's fence; null takes it out. */
export function setAttribute(doc: EditDoc, key: number, name: string, value: string | null): EditDoc {
	return replaced(doc, key, (piece) => withInfo(piece.raw, name, value));
}

function replaced(doc: EditDoc, key: number, raw: (piece: Piece) => string): EditDoc {
	return { ...doc, pieces: doc.pieces.map((piece) => (piece.key === key ? same(piece, raw(piece)) : piece)) };
}

function same(piece: Piece, raw: string): Piece {
	return raw === piece.raw ? piece : { ...piece, raw };
}

/** Puts a new piece before or behind `key` (at the end where it is null), with `body` where there is one. */
export function insertPiece(doc: EditDoc, key: number | null, where: "above" | "below", kind: PieceKind, body?: string, name?: string): { doc: EditDoc; selected: number } {
	const at = key === null ? doc.pieces.length : doc.pieces.findIndex((piece) => piece.key === key) + (where === "below" ? 1 : 0);
	const raw = kind === "text" ? (body ?? "") : templateOf(kind, freeName(doc, name ?? (kind === "sql" ? "query" : kind)), lastQuery(doc, at), eolAt(doc, key), body);
	const piece: Piece = { key: doc.next, raw, fresh: kind === "text" };
	const pieces = [...doc.pieces.slice(0, at), piece, ...doc.pieces.slice(at)];
	return { doc: glued({ ...doc, pieces, next: doc.next + 1 }, doc), selected: piece.key };
}

/** Takes a piece out, with the blank lines behind it. The one that is selected then is its successor, else the one before. */
export function removePiece(doc: EditDoc, key: number): { doc: EditDoc; selected: number | null } {
	const at = doc.pieces.findIndex((piece) => piece.key === key);
	if (at < 0) return { doc, selected: null };
	const after = doc.pieces[at + 1];
	const drop = after !== undefined && !isShown(after) ? 2 : 1;
	const pieces = [...doc.pieces.slice(0, at), ...doc.pieces.slice(at + drop)];
	const selected = pieces.slice(at).find(isShown) ?? pieces.slice(0, at).findLast(isShown);
	return { doc: glued({ ...doc, pieces }, doc), selected: selected?.key ?? null };
}

/** Exchanges a piece with the shown one before or behind it. */
export function movePiece(doc: EditDoc, key: number, by: -1 | 1): Edited {
	const at = doc.pieces.findIndex((piece) => piece.key === key);
	const other = by === 1 ? doc.pieces.findIndex((piece, n) => n > at && isShown(piece)) : doc.pieces.findLastIndex((piece, n) => n < at && isShown(piece));
	if (at < 0 || other < 0) return { problem: by === 1 ? "It is the last cell." : "It is the first cell." };
	const pieces = [...doc.pieces];
	[pieces[at], pieces[other]] = [pieces[other]!, pieces[at]!];
	return { doc: glued({ ...doc, pieces }, doc), selected: key };
}

/** Cuts a text or a query in two at a place of what is edited (`textOf`, or the cell's body). */
export function splitPiece(doc: EditDoc, key: number, offset: number): Edited {
	const segment = segmentOf(doc, key);
	if (segment === null) return { problem: "The cell is gone." };
	const at = doc.pieces.findIndex((piece) => piece.key === key);
	const whole = segment.kind === "text" ? textOf(segment.raw).text : segment.cell.body;
	const [head, tail] = [whole.slice(0, offset), whole.slice(offset)];
	if (head.trim() === "" || tail.trim() === "") return { problem: "There is nothing on one side of the cursor." };
	if (segment.kind === "cell" && segment.cell.kind !== "sql" && segment.cell.kind !== "check") return { problem: "Only texts and queries can be split." };
	const eol = eolAt(doc, key);
	if (segment.kind === "text") {
		const { before, after } = textOf(segment.raw);
		const pieces = [...doc.pieces.slice(0, at), same(doc.pieces[at]!, before + head.trimEnd() + eol + eol), { key: doc.next, raw: tail.trimStart() + after, fresh: false }, ...doc.pieces.slice(at + 1)];
		return { doc: glued({ ...doc, pieces, next: doc.next + 1 }, doc), selected: doc.next };
	}
	const first = withBody(segment.raw, head.trimEnd(), eol);
	const second = withInfo(withBody(segment.raw, tail.trimStart(), eol), "name", freeName(doc, segment.cell.name));
	const pieces = [...doc.pieces.slice(0, at), same(doc.pieces[at]!, first), { key: doc.next, raw: second, fresh: false }, ...doc.pieces.slice(at + 1)];
	return { doc: glued({ ...doc, pieces, next: doc.next + 1 }, doc), selected: doc.next };
}

/** Joins a piece with the shown one behind it, of the same kind. The first one's fence and name stay. */
export function mergeWithNext(doc: EditDoc, key: number): Edited {
	const at = doc.pieces.findIndex((piece) => piece.key === key);
	const next = doc.pieces.findIndex((piece, n) => n > at && isShown(piece));
	if (at < 0 || next < 0) return { problem: "There is no cell behind it." };
	const { segments } = drawnOf(doc);
	const [one, two] = [segments[at]!, segments[next]!];
	const kind = (segment: Segment) => (segment.kind === "text" ? "text" : segment.cell.kind);
	if (kind(one) !== kind(two)) return { problem: `A ${kind(one)} cell and a ${kind(two)} cell cannot become one.` };
	const eol = eolAt(doc, key);
	let raw: string;
	if (one.kind === "cell" && two.kind === "cell") raw = withBody(one.raw, `${one.cell.body}\n\n${two.cell.body}`, eol);
	else raw = textOf(one.raw).before + textOf(one.raw).text + eol + eol + textOf(two.raw).text + textOf(two.raw).after;
	const pieces = [...doc.pieces.slice(0, at), same(doc.pieces[at]!, raw), ...doc.pieces.slice(next + 1)];
	return { doc: glued({ ...doc, pieces }, doc), selected: key };
}

/** The segment of a piece; null where there is none. */
export function segmentOf(doc: EditDoc, key: number): Segment | null {
	return drawnOf(doc).segments[doc.pieces.findIndex((piece) => piece.key === key)] ?? null;
}

/** A name that no cell has. */
export function freeName(doc: EditDoc, wanted: string): string {
	const taken = new Set(cellsOf(drawnOf(doc)).map((cell) => cell.name.toLowerCase()));
	const base = wanted.replace(/[^A-Za-z0-9_]+/g, "_").replace(/^(?![A-Za-z_])/, "q_").replace(/_\d+$/, "").slice(0, 50);
	if (!taken.has(base.toLowerCase())) return base;
	for (let n = 2; ; n++) if (!taken.has(`${base}_${n}`.toLowerCase())) return `${base}_${n}`;
}

function lastQuery(doc: EditDoc, at: number): Cell | null {
	return cellsOf({ ...drawnOf(doc), segments: drawnOf(doc).segments.slice(0, at) }).findLast((cell) => cell.kind === "sql") ?? null;
}

/** Puts the line ends in that keep pieces what they are: a blank line between two that did not follow one another in `before`. */
function glued(doc: EditDoc, before: EditDoc): EditDoc {
	const known = new Set(before.pieces);
	const links = new Set([...linksOf(before.pieces).values()].map(({ keys }) => keys));
	const mine = linksOf(doc.pieces);
	const out: Piece[] = [];
	let { next } = doc;
	let text = "";
	for (const piece of doc.pieces) {
		const untouched = links.has(mine.get(piece)!.keys) && mine.get(piece)!.pieces.every((one) => known.has(one));
		if (!untouched && piece.raw.trim() !== "" && text.trim() !== "" && !/\n[ \t]*\r?\n[ \t]*$/.test(text)) {
			const eol = eolAt(before, before.pieces.some(({ key }) => key === piece.key) ? piece.key : (out.at(-1)?.key ?? null));
			const raw = /\n[ \t]*$/.test(text) ? eol : eol + eol;
			out.push({ key: next++, raw, fresh: false });
		}
		out.push(piece);
		text = (text + piece.raw).slice(-2000);
	}
	return { ...doc, pieces: out, next };
}

/** For each piece the way to it from the last one with words. */
function linksOf(pieces: readonly Piece[]): Map<Piece, { keys: string; pieces: readonly Piece[] }> {
	const out = new Map<Piece, { keys: string; pieces: readonly Piece[] }>();
	let way: Piece[] = [];
	for (const piece of pieces) {
		way = [...way, piece];
		out.set(piece, { keys: way.map(({ key }) => key).join(" "), pieces: way });
		if (piece.raw.trim() !== "") way = [piece];
	}
	return out;
}

/** How lines end about a piece (at the end where it is null): as in it, else before it, else behind it, else in the head. */
function eolAt(doc: EditDoc, key: number | null): string {
	const at = key === null ? doc.pieces.length : doc.pieces.findIndex((piece) => piece.key === key);
	const near = [...doc.pieces.slice(0, at + 1).reverse(), ...doc.pieces.slice(at + 1)].map(({ raw }) => raw);
	for (const raw of [...near, doc.head]) {
		const end = /\r?\n/.exec(raw);
		if (end !== null) return end[0];
	}
	return "\n";
}

/**
 * A notebook's text with one more SQL cell at its end, and the name that the cell got. The query is one statement; a semicolon behind it goes.
 *
 * @param title of the cell; null for none
 */
export function withQuery(markdown: string, sql: string, name: string, title: string | null): { markdown: string; cell: string } {
	const doc = editDoc(markdown);
	const { doc: grown, selected } = insertPiece(doc, doc.pieces.at(-1)?.key ?? null, "below", "sql", sql.trim().replace(/(?:\s*;)+$/, ""), name === "" ? "query" : name);
	const done = title === null || title === "" ? grown : setAttribute(grown, selected, "title", title);
	const segment = segmentOf(done, selected);
	return { markdown: docMarkdown(done), cell: segment?.kind === "cell" ? segment.cell.name : name };
}
