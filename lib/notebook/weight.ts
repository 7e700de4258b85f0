/**
 * What a text costs to read as Markdown. The parser takes more than a line's time for what is nested, and with the square of
 * the brackets and stars of one paragraph; a stranger can write a page that it does not finish. Counted before it is asked, in
 * units of about a line.
 */

/** A notebook is read so far that its blocks cost no more. */
export const MAX_BLOCKS = 20_000;
/** The texts of a notebook are set as Markdown while their words cost no more together. */
export const MAX_WORDS = 15_000;

/** a paragraph of so many marks costs their square by this in lines */
const MARKS_SQUARE = 4000;
/** and so do quotations in one line */
const QUOTES_SQUARE = 1000;
const LIST_MARKER = 3;
const TABLE_CELL = 1.5;

interface Paragraph {
	start: number;
	/** to find its blocks */
	blocks: number;
	/** to read its words as well */
	words: number;
}

/** The offset up to which the blocks of a text cost no more than `MAX_BLOCKS`: its length, or the start of a paragraph. */
export function blockReach(text: string): number {
	let spent = 0;
	for (const { start, blocks } of paragraphs(text)) {
		spent += blocks;
		if (spent > MAX_BLOCKS) return start;
	}
	return text.length;
}

/** What a text costs to be set as Markdown. */
export function wordsWeight(text: string): number {
	let spent = 0;
	for (const { words } of paragraphs(text)) spent += words;
	return spent;
}

/** Runs of lines that are not blank, cut also where a fence begins or ends. */
function* paragraphs(text: string): Generator<Paragraph> {
	let start = 0;
	let [blocks, marks, words, lines] = [0, 0, 0, 0];
	let table = false;
	/** a list is no deeper than the markers that came before */
	let markers = 0;
	for (let at = 0; at < text.length; ) {
		const end = text.indexOf("\n", at);
		const line = text.slice(at, end === -1 ? text.length : end);
		const from = at;
		at = end === -1 ? text.length : end + 1;
		if (lines > 0 && /^ {0,3}(?:```|~~~)/.test(line)) {
			yield { start, blocks, words: blocks + words + marks ** 2 / MARKS_SQUARE };
			start = from;
			[blocks, marks, words, lines] = [0, 0, 0, 0];
			table = false;
		}
		if (line.trim() === "") {
			yield { start, blocks: blocks + 1, words: blocks + 1 + words + marks ** 2 / MARKS_SQUARE };
			start = at;
			[blocks, marks, words, lines] = [0, 0, 0, 0];
			table = false;
			continue;
		}
		lines++;
		const opened = openedBy(line);
		markers += opened.markers;
		blocks += 1 + opened.markers * LIST_MARKER + opened.quotes + opened.quotes ** 2 / QUOTES_SQUARE + Math.min(opened.indent / 2, markers);
		if (lines === 2) table = /^[\s|:>-]*$/.test(line) && line.includes("-");
		const own = count(line, MARKS);
		if (table) words += count(line, PIPES) * TABLE_CELL + own ** 2 / MARKS_SQUARE;
		else marks += own;
	}
	yield { start, blocks, words: blocks + words + marks ** 2 / MARKS_SQUARE };
}

const MARKS = /[[\]*_~`<]/g;
const PIPES = /\|/g;

function count(text: string, what: RegExp): number {
	return text.match(what)?.length ?? 0;
}

/** The containers at the start of a line: its quotation marks, its list markers, and how far it is indented. */
function openedBy(line: string): { quotes: number; markers: number; indent: number } {
	const marker = /(?:[-+*]|\d{1,9}[.)])(?=[ \t]|$)/y;
	let [quotes, markers, indent] = [0, 0, 0];
	for (let at = 0; at < line.length; ) {
		const char = line[at]!;
		if (char === " ") indent++;
		else if (char === "\t") indent += 4;
		else if (char === ">") quotes++;
		else {
			marker.lastIndex = at;
			const found = marker.exec(line);
			if (found === null) break;
			markers++;
			at = marker.lastIndex;
			continue;
		}
		at++;
	}
	return { quotes, markers, indent };
}
