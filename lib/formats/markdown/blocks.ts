import MarkdownIt, { type Token } from "markdown-it";
import footnotes from "markdown-it-footnote";
import { inlineOf, type Inline } from "./inline";
import { rowCells } from "./row-cells";

interface Placed {
	/** first line, 0-based in what was parsed */
	line: number;
}

interface Leaf extends Placed {
	/** the line after the last */
	end: number;
	inline: Inline;
}

export interface HeadingNode extends Leaf {
	type: "heading";
	depth: number;
}

export interface ParagraphNode extends Leaf {
	type: "paragraph";
}

export interface CodeNode extends Placed {
	type: "code";
	value: string;
}

export interface HtmlNode extends Placed {
	type: "html";
	value: string;
}

export interface TableNode extends Placed {
	type: "table";
	/** the header first; cells as they stand, fewer or more than the header has where a line does */
	rows: { line: number; cells: string[] }[];
}

export interface ItemNode extends Placed {
	type: "item";
	/** null where the item has no box */
	checked: boolean | null;
	children: BlockNode[];
}

export interface ListNode extends Placed {
	type: "list";
	children: ItemNode[];
}

export interface GroupNode extends Placed {
	type: "blockquote" | "footnote";
	children: BlockNode[];
}

export type BlockNode = HeadingNode | ParagraphNode | CodeNode | HtmlNode | TableNode | ListNode | GroupNode;

const TASK = /^\[([ xX])\][ \t\n]+(?=\S)/;

/**
 * Blocks only; what is inside a line is read where it is wanted. Footnotes stay where they are written. Bare addresses are
 * known so that no star or underscore in one is taken for emphasis.
 */
const parser = new MarkdownIt({ html: true, linkify: true }).use(footnotes).disable(["linkify", "replacements", "smartquotes", "inline", "text_join", "footnote_tail", "footnote_inline"]);
// An address is shown as it is written, and whatever it leads to: nothing here is ever a link.
parser.normalizeLinkText = (text) => text;
parser.validateLink = () => true;

/**
 * Reads GitHub Markdown into its blocks. markdown-it does it in an eighth of the time of the parser that pages are drawn with,
 * and to the same outline; it differs in that one tilde around words (`~x~`) is text, as in `~3 GB`.
 */
export function blocksOf(lines: readonly string[]): BlockNode[] {
	const env: Record<string, unknown> = {};
	const reader = new BlockReader(lines, parser.parse(lines.join("\n"), env), env);
	return reader.children(null);
}

/** Makes a tree of the flat list of tokens. */
class BlockReader {
	private at = 0;

	constructor(
		private readonly lines: readonly string[],
		private readonly tokens: readonly Token[],
		private readonly env: Record<string, unknown>,
	) {}

	/** Blocks up to the token that closes the block around them. */
	children(closing: string | null): BlockNode[] {
		const nodes: BlockNode[] = [];
		while (this.at < this.tokens.length) {
			const token = this.tokens[this.at++]!;
			if (token.type === closing) break;
			const node = this.node(token);
			if (node !== null) nodes.push(node);
		}
		return nodes;
	}

	private node(token: Token): BlockNode | null {
		const line = token.map?.[0] ?? 0;
		switch (token.type) {
			case "heading_open":
				return { type: "heading", depth: Number(token.tag.slice(1)), ...this.leaf(token) };
			case "paragraph_open":
				return { type: "paragraph", ...this.leaf(token) };
			case "fence":
			case "code_block":
				return { type: "code", line, value: token.content.replace(/\n$/, "") };
			case "html_block":
				return { type: "html", line, value: token.content };
			case "bullet_list_open":
			case "ordered_list_open":
				return { type: "list", line, children: this.items(token.type.replace("open", "close")) };
			case "blockquote_open":
				return { type: "blockquote", line, children: this.children("blockquote_close") };
			case "footnote_reference_open":
				return { type: "footnote", line, children: this.children("footnote_reference_close") };
			case "table_open":
				return { type: "table", line, rows: this.rows() };
			default:
				return null;
		}
	}

	private leaf(token: Token): Leaf {
		const content = this.tokens[this.at]!;
		this.at += 2;
		const [line, end] = token.map ?? [0, 1];
		return { line, end, inline: inlineOf(parser, content.content, this.env) };
	}

	private items(closing: string): ItemNode[] {
		const items: ItemNode[] = [];
		while (this.at < this.tokens.length) {
			const token = this.tokens[this.at++]!;
			if (token.type === closing) break;
			if (token.type !== "list_item_open") continue;
			const checked = this.box();
			items.push({ type: "item", line: token.map?.[0] ?? 0, checked, children: this.children("list_item_close") });
		}
		return items;
	}

	/** Takes the box of a task away from its item's first paragraph. */
	private box(): boolean | null {
		const content = this.tokens[this.at]?.type === "paragraph_open" ? this.tokens[this.at + 1] : undefined;
		const box = content && TASK.exec(content.content);
		if (!content || !box) return null;
		content.content = content.content.slice(box[0].length);
		return box[1] !== " ";
	}

	/** The parser fills short rows and drops what is too much, so a row's cells are read from its line. */
	private rows(): TableNode["rows"] {
		const rows: TableNode["rows"] = [];
		while (this.at < this.tokens.length) {
			const token = this.tokens[this.at++]!;
			if (token.type === "table_close") break;
			if (token.type !== "tr_open") continue;
			const line = token.map?.[0] ?? 0;
			rows.push({ line, cells: rowCells(this.lines[line] ?? "").map((cell) => inlineOf(parser, cell, this.env).text) });
		}
		return rows;
	}
}
