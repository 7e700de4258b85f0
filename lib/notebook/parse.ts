import { fromMarkdown } from "mdast-util-from-markdown";
import { readFrontMatter } from "./front-matter";
import { parseInfo } from "./info";
import { blockReach, MAX_WORDS, wordsWeight } from "./weight";
import { type Cell, CELL_KINDS, type CellKind, type Notebook, type NotebookProblem, type Segment } from "./types";

/** The version of the format that is written here. */
export const NOTEBOOK_VERSION = 1;
/** A page with more is no report; the file still is what it was. */
export const MAX_CELLS = 2000;
/** The settings of a chart or an input are some lines; a long list of choices comes from a query. */
export const MAX_SETTINGS = 20_000;
const NAME = /^[A-Za-z_][A-Za-z0-9_]{0,62}$/;

/** Whether a Markdown text is a notebook: its front matter says `casebook:` with a version. */
export function isNotebook(text: string): boolean {
	return readFrontMatter(text).version !== null;
}

/**
 * A Markdown text as a notebook. Its pieces joined are the text, whatever it holds. Never throws: what makes no sense is
 * listed in `problems`, with its line. A text of a later version is not read (`laterVersion`).
 */
export function parseNotebook(markdown: string): Notebook {
	const front = readFrontMatter(markdown);
	const body = markdown.slice(front.head.length);
	const firstLine = 1 + countLines(front.head);
	const problems: NotebookProblem[] = [...front.problems];
	const segments: Segment[] = [];
	const names = new Map<string, number>();
	let at = 0;
	let line = firstLine;
	let cells = 0;
	let words = 0;
	const take = (end: number, make: (raw: string, line: number) => Segment) => {
		const raw = body.slice(at, end);
		segments.push(make(raw, line));
		line += countLines(raw);
		at = end;
	};
	const text = (raw: string, from: number): Segment => {
		words += raw.length > MAX_WORDS * 100 ? MAX_WORDS + 1 : wordsWeight(raw);
		return words > MAX_WORDS ? { kind: "text", raw, line: from, plain: true } : { kind: "text", raw, line: from };
	};
	const reach = blockReach(body);
	if (reach < body.length) problems.push({ line: firstLine + countLines(body.slice(0, reach)), message: "from here on the notebook is too long or nested too deeply; the rest is shown as text" });
	for (const fence of fencesOf(body.slice(0, reach))) {
		if (cells >= MAX_CELLS) {
			problems.push({ line: firstLine + fence.line - 1, message: `a notebook has at most ${MAX_CELLS} cells; the rest is shown as text` });
			break;
		}
		if (fence.start > at) take(fence.start, text);
		cells++;
		take(fence.end, (raw, from) => ({ kind: "cell", raw, line: from, cell: cellOf(fence, cells, from, names, problems) }));
	}
	if (at < body.length || segments.length === 0) take(body.length, text);
	return { version: front.version ?? NOTEBOOK_VERSION, title: front.title, team: front.team, tolerance: front.tolerance, pinnedAt: front.pinnedAt, pins: front.pins, head: front.head, segments, problems };
}

/** The notebook as Markdown: for one that was parsed and not changed, the text it was parsed from. */
export function toMarkdown(notebook: Notebook): string {
	return notebook.head + notebook.segments.map((segment) => segment.raw).join("");
}

/** A sentence where a notebook is of a version that this Casebook does not know; null where it does. */
export function laterVersion(notebook: Notebook): string | null {
	return notebook.version > NOTEBOOK_VERSION ? `This notebook says casebook: ${notebook.version}; this Casebook knows version ${NOTEBOOK_VERSION}. Open it with a later Casebook; as text it can be read here.` : null;
}

interface Fence {
	start: number;
	/** behind the line end of the closing fence */
	end: number;
	line: number;
	language: CellKind;
	meta: string;
	body: string;
}

/** What Markdown finds inside of lines. Where fences begin and end does not depend on it, and it takes most of the time. */
const WORDS = ["attention", "autolink", "codeText", "definition", "hardBreakEscape", "htmlText", "labelEnd", "labelStartImage", "labelStartLink"];

/** Fenced code at the top level whose language names a cell. A fence inside a list or a quotation is text. */
function fencesOf(body: string): Fence[] {
	const fences: Fence[] = [];
	for (const node of fromMarkdown(body, { extensions: [{ disable: { null: WORDS } }] }).children) {
		if (node.type !== "code" || !node.position || typeof node.lang !== "string") continue;
		const language = node.lang.toLowerCase();
		if (!(CELL_KINDS as readonly string[]).includes(language)) continue;
		const { start, end } = node.position;
		const from = start.offset!;
		if (!/^(`{3,}|~{3,})/.test(body.slice(from, from + 3))) continue;
		const stop = /^\r?\n/.exec(body.slice(end.offset!, end.offset! + 2))?.[0].length ?? 0;
		fences.push({ start: lineStart(body, from), end: end.offset! + stop, line: start.line, language: language as CellKind, meta: metaOf(body.slice(from, end.offset!)), body: node.value });
	}
	return fences;
}

/** The info string behind the language as it is written: Markdown would take the backslashes out of `\\"`. */
function metaOf(fence: string): string {
	return /^[`~]+[ \t]*\S+([^\r\n]*)/.exec(fence)?.[1] ?? "";
}

/** A fence may be indented by up to three blanks; they belong to it. */
function lineStart(body: string, at: number): number {
	const start = body.lastIndexOf("\n", at - 1) + 1;
	return /^ *$/.test(body.slice(start, at)) ? start : at;
}

function cellOf(fence: Fence, ordinal: number, line: number, names: Map<string, number>, problems: NotebookProblem[]): Cell {
	const { attributes } = parseInfo(fence.language, fence.meta);
	const attribute = (name: string) => attributes.find(([key]) => key === name)?.[1] ?? null;
	let name = attribute("name");
	if (name !== null && !NAME.test(name)) {
		problems.push({ line, message: `a cell's name is a letter followed by letters, digits and _ (${JSON.stringify(name)})` });
		name = null;
	}
	const named = name !== null;
	name ??= `c${ordinal}`;
	const before = names.get(name.toLowerCase());
	if (before !== undefined) {
		problems.push({ line, message: `two cells are named ${name}; the first is in line ${before}` });
		for (let n = 2; names.has(name.toLowerCase()); n++) name = `${name.replace(/__\d+$/, "")}__${n}`;
	}
	names.set(name.toLowerCase(), line);
	if ((fence.language === "chart" || fence.language === "input") && fence.body.length > MAX_SETTINGS) problems.push({ line, message: `the settings of ${name} are longer than ${MAX_SETTINGS} characters, so they are not read; a long list of choices comes from a query` });
	return { kind: fence.language, name, named, title: attribute("title"), attributes, body: fence.body, line };
}

function countLines(text: string): number {
	return text.match(/\n/g)?.length ?? 0;
}
