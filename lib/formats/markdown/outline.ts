import { type BlockNode, blocksOf, type HeadingNode, type ItemNode, type ListNode, type ParagraphNode, type TableNode } from "./blocks";
import { type Chunk, cutIntoChunks, isDelimiterRow } from "./chunks";
import { COMMIT_DATE, isHeadLine, type Shape, WORK_ORDER_KEY } from "./pairs";
import { oneLine, withoutEmoji } from "./text";

/** A heading with what it lies under. `title` has no emoji. */
export interface Section {
	level: number;
	title: string;
	line: number;
	parent: Section | null;
}

interface Placed {
	/** 1-based */
	line: number;
	section: Section | null;
	/** stands in a block quote: the words of another document */
	quoted: boolean;
}

export interface Paragraph extends Placed {
	kind: "paragraph";
	text: string;
	/** as they stand in the file */
	source: { text: string; line: number }[];
}

export interface Item extends Placed {
	kind: "item";
	/** plain text of the item itself, emoji kept, without nested lists and code blocks */
	text: string;
	/** its first words in bold */
	bold: string | null;
	/** its first inline code */
	inlineCode: string | null;
	/** code blocks in the item */
	code: string[];
	/** 0 at the top of a list */
	depth: number;
	checked: boolean | null;
	/** ends with a nested list */
	groups: boolean;
}

export interface Row {
	line: number;
	cells: string[];
}

export interface Table extends Placed {
	kind: "table";
	header: Row;
	rows: Row[];
}

export interface CodeBlock extends Placed {
	kind: "code";
	text: string;
}

export type Block = Paragraph | Item | Table | CodeBlock;

export interface Outline {
	sections: Section[];
	/** in the order of the file */
	blocks: Block[];
	notes: string[];
}

/**
 * Reads lines as GitHub Markdown into sections and blocks. HTML is never interpreted, nothing is fetched. Any text
 * comes back as something: what the parser cannot take is kept as paragraphs, and a note says so.
 */
export function outlineOf(lines: readonly string[], shape: Shape): Outline {
	const reader = new OutlineReader(lines, shape);
	for (const chunk of cutIntoChunks(lines, CUTS[shape])) reader.read(chunk);
	return reader.outline;
}

/** Lines that start something new in texts that are no Markdown by birth: there a list would swallow the line after it. */
const CUTS: Readonly<Record<Shape, ((line: string) => boolean) | undefined>> = {
	document: undefined,
	"work order": (line) => WORK_ORDER_KEY.test(line),
	"commit log": (line) => COMMIT_DATE.test(line),
};

class OutlineReader {
	readonly outline: Outline = { sections: [], blocks: [], notes: [] };
	private section: Section | null = null;
	private offset = 0;

	constructor(
		private readonly lines: readonly string[],
		private readonly shape: Shape,
	) {}

	read(chunk: Chunk): void {
		const own = this.lines.slice(chunk.start, chunk.end);
		if (!own.some((line) => line.trim() !== "")) return;
		// the next commit of a log lies under no heading of the last one
		if (this.shape === "commit log" && COMMIT_DATE.test(own[0]!)) this.section = null;
		if (chunk.plain) {
			this.readPlain(chunk, "a line is longer or nested deeper than Markdown is read, or lies beyond the first 2,000,000 characters");
			return;
		}
		const header = chunk.tableHeader === null ? [] : this.lines.slice(chunk.tableHeader, chunk.tableHeader + 2);
		this.offset = chunk.start - header.length;
		let nodes: BlockNode[];
		try {
			nodes = blocksOf([...header, ...own]);
		} catch (error) {
			this.readPlain(chunk, `the Markdown parser gave up (${error instanceof Error ? error.message : String(error)})`);
			return;
		}
		nodes.forEach((node, i) => {
			if (i === 0 && header.length > 0 && node.type === "table") this.continueTable(node);
			else this.visit(node, false);
		});
	}

	private readPlain(chunk: Chunk, reason: string): void {
		this.outline.notes.push(`lines ${chunk.start + 1} to ${chunk.end} are read as plain text: ${reason}`);
		for (let i = chunk.start; i < chunk.end; i++) {
			const text = this.lines[i]!;
			const heading = /^(#{1,6})\s+(\S.{0,500})$/.exec(text);
			if (heading) this.open(heading[1]!.length, heading[2]!, i + 1);
			else if (text.trim() !== "") this.outline.blocks.push({ kind: "paragraph", text: oneLine(text), line: i + 1, section: this.section, quoted: false, source: [{ text, line: i + 1 }] });
		}
	}

	private visit(node: BlockNode, quoted: boolean, depth = 0): void {
		if (depth > 100) return;
		switch (node.type) {
			case "heading": {
				const line = this.lineOf(node);
				// `Status: x` above `---` is a line of the head that Markdown takes for a heading
				const underlined = !/^\s{0,3}#/.test(this.lines[line - 1] ?? "");
				if (quoted || (underlined && isHeadLine(this.lines[line - 1] ?? ""))) this.addParagraph(node, quoted);
				else this.open(node.depth, node.inline.text, line);
				return;
			}
			case "paragraph":
				this.addParagraph(node, quoted);
				return;
			case "code":
				this.outline.blocks.push({ kind: "code", text: node.value, ...this.place(node, quoted) });
				return;
			case "list":
				this.addList(node, quoted, 0);
				return;
			case "table":
				this.addTable(node, quoted);
				return;
			case "blockquote":
				for (const child of node.children) this.visit(child, true, depth + 1);
				return;
			case "footnote":
				for (const child of node.children) this.visit(child, quoted, depth + 1);
		}
	}

	private open(level: number, text: string, line: number): void {
		let parent = this.section;
		while (parent !== null && parent.level >= level) parent = parent.parent;
		this.section = { level, title: withoutEmoji(text), line, parent };
		this.outline.sections.push(this.section);
	}

	private addParagraph(node: HeadingNode | ParagraphNode, quoted: boolean): void {
		const start = this.lineOf(node);
		const source = this.lines.slice(start - 1, node.end + this.offset).map((text, i) => ({ text, line: start + i }));
		const key = this.shape === "work order" ? WORK_ORDER_KEY.exec(source[0]?.text ?? "") : null;
		if (key) this.open(2, key[1]!, start);
		this.outline.blocks.push({ kind: "paragraph", text: oneLine(node.inline.text), source, ...this.place(node, quoted) });
		source.forEach(({ text, line }, i) => {
			const header = source[i - 1]?.text;
			if (header?.includes("|") && isDelimiterRow(text)) this.outline.notes.push(`line ${line - 1}: a table's header has an unescaped "|" (its cells and the columns below it differ in number); read as text`);
		});
	}

	private addList(list: ListNode, quoted: boolean, depth: number): void {
		for (const item of list.children) this.addItem(item, quoted, depth);
	}

	private addItem(node: ItemNode, quoted: boolean, depth: number): void {
		const own = node.children.filter((child) => child.type !== "list" && child.type !== "code" && child.type !== "table");
		const item: Item = {
			kind: "item",
			text: oneLine(own.map(textOf).join(" ")),
			bold: firstOf(own, "bold"),
			inlineCode: firstOf(own, "code"),
			code: node.children.flatMap((child) => (child.type === "code" ? [child.value] : [])),
			depth,
			checked: node.checked,
			groups: node.children.at(-1)?.type === "list",
			...this.place(node, quoted),
		};
		this.outline.blocks.push(item);
		if (depth > 100) return;
		for (const child of node.children) {
			if (child.type === "list") this.addList(child, quoted, depth + 1);
			else if (child.type === "table") this.addTable(child, quoted);
		}
	}

	private addTable(node: TableNode, quoted: boolean): void {
		const [header, ...rows] = this.rowsOf(node);
		if (header) this.outline.blocks.push({ kind: "table", header, rows, ...this.place(node, quoted) });
	}

	private continueTable(node: TableNode): void {
		const last = this.outline.blocks.findLast((block) => block.kind === "table");
		if (last?.kind === "table") last.rows.push(...this.rowsOf(node).slice(1));
	}

	private rowsOf(node: TableNode): Row[] {
		return node.rows.map(({ line, cells }) => ({ line: line + 1 + this.offset, cells: cells.map(oneLine) }));
	}

	private lineOf(node: BlockNode | ItemNode): number {
		return node.line + 1 + this.offset;
	}

	private place(node: BlockNode | ItemNode, quoted: boolean): Placed {
		return { line: this.lineOf(node), section: this.section, quoted };
	}
}

/** All text of a block that lies in an item. */
function textOf(node: BlockNode | ItemNode): string {
	if ("inline" in node) return node.inline.text;
	if ("value" in node) return node.value;
	if (node.type === "table") return node.rows.flatMap(({ cells }) => cells).join("");
	return node.children.map(textOf).join("");
}

function firstOf(nodes: readonly BlockNode[], what: "bold" | "code"): string | null {
	for (const node of nodes) {
		const found = "inline" in node ? node.inline[what] : null;
		if (found !== null) return oneLine(found);
	}
	return null;
}
