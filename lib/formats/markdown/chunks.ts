/**
 * Cuts a document into pieces that a Markdown parser reads alike on their own. The parser's time grows with the
 * square of a block's size, so a long list, table or paragraph is cut as well.
 */
export interface Chunk {
	/** index of the first line */
	start: number;
	/** index after the last line */
	end: number;
	/** index of the header line of the table that goes on here */
	tableHeader: number | null;
	/** read as plain lines: a line is too long or nested too deep for the parser */
	plain: boolean;
}

const SOFT_LIMIT = 2_000;
const HARD_LIMIT = 32_000;
const LONG_LINE = 10_000;
/** Beyond this the parser is not asked any more, so that a file of hundreds of megabytes ends in time. */
const PARSED_LIMIT = 2_000_000;

const HEADING = /^#{1,6}(?:\s|$)/;
const LIST_ITEM = /^(?:[-*+]|\d{1,9}[.)])\s/;
const FENCE = /^( {0,3})(`{3,}(?=[^`]*$)|~{3,})/;
const DEEP = /^(?:[ \t]*(?:[>*+-]|\d{1,9}[.)])){40}/;
const DELIMITER_ROW = /^\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*$/;
const RAW_HTML: readonly (readonly [RegExp, RegExp])[] = [
	[/^ {0,3}<!--/, /-->/],
	[/^ {0,3}<(?:script|pre|style|textarea)(?:[\s>]|$)/i, /<\/(?:script|pre|style|textarea)>/i],
];

/** Whether a line is the `|---|:--|` row under a table's header. */
export function isDelimiterRow(line: string): boolean {
	return line.length < LONG_LINE && line.includes("-") && line.includes("|") && DELIMITER_ROW.test(line);
}

/** `cutBefore` asks for further cuts at lines that start something new although Markdown does not say so. */
export function cutIntoChunks(lines: readonly string[], cutBefore: (line: string) => boolean = () => false): Chunk[] {
	const chunks: Chunk[] = [];
	let chunk: Chunk = { start: 0, end: 0, tableHeader: null, plain: false };
	let size = 0;
	let total = 0;
	let table: number | null = null;
	let inList = false;
	let fence: { close: RegExp; inItem: boolean } | null = null;
	let htmlEnd: RegExp | null = null;

	const cut = (at: number, tableHeader: number | null) => {
		if (at > chunk.start) chunks.push({ ...chunk, end: at });
		chunk = { start: at, end: at, tableHeader, plain: false };
		size = 0;
	};

	for (let i = 0; i < lines.length; i++) {
		const line = lines[i]!;
		const previous = i === 0 ? "" : lines[i - 1]!;
		const atMargin = /^\S/.test(line);
		// a line at the margin ends a list item, and with it the fence that stands in it
		if (fence?.inItem && atMargin && !fence.close.test(line)) fence = null;

		if (fence !== null) {
			if (fence.close.test(line)) fence = null;
		} else if (htmlEnd !== null) {
			if (htmlEnd.test(line)) htmlEnd = null;
		} else {
			if (table !== null && !line.includes("|")) table = null;
			if (isDelimiterRow(line) && previous.includes("|")) table = i - 1;
			if (HEADING.test(line) || cutBefore(line)) cut(i, null);
			else if (size > SOFT_LIMIT && table !== null && i > table + 1 && line.includes("|")) cut(i, table);
			else if (size > SOFT_LIMIT && atMargin && previous.trim() === "") cut(i, null);
			else if (size > SOFT_LIMIT && LIST_ITEM.test(line) && inList) cut(i, null);
			else if (size > HARD_LIMIT) cut(i, null);
			if (atMargin) inList = LIST_ITEM.test(line);
			const opened: RegExpExecArray | null = line.length < LONG_LINE ? FENCE.exec(line) : null;
			if (opened) fence = { close: new RegExp(`^ {0,3}${opened[2]![0] === "~" ? "~" : "`"}{${opened[2]!.length},}\\s*$`), inItem: opened[1] !== "" && inList };
			else for (const [start, end] of RAW_HTML) if (start.test(line) && !end.test(line.slice(4))) htmlEnd = end;
		}
		if (line.length > LONG_LINE || total > PARSED_LIMIT || DEEP.test(line)) chunk.plain = true;
		size += line.length + 1;
		total += line.length + 1;
	}
	cut(lines.length, null);
	return chunks;
}
