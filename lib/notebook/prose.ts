import type { Nodes, PhrasingContent } from "mdast";
import { fromMarkdown } from "mdast-util-from-markdown";
import { gfmFromMarkdown } from "mdast-util-gfm";
import { gfm } from "micromark-extension-gfm";
import { type FigureReference, figuresOf } from "./figures";
import { MAX_WORDS, wordsWeight } from "./weight";

/**
 * Prose as a tree of what may be shown, and nothing else. Whoever draws it (a page, a report) knows only these kinds, so no
 * Markdown and no HTML of a stranger can become a script, a style, a frame, a form or a request: raw HTML is text, an image
 * is its words, and a link leads only to http, https, mailto or a place in the workspace.
 */
export type Block =
	| { kind: "heading"; level: 1 | 2 | 3 | 4 | 5 | 6; children: Inline[] }
	| { kind: "paragraph"; children: Inline[] }
	| { kind: "list"; ordered: boolean; start: number; items: { checked: boolean | null; children: Block[] }[] }
	| { kind: "quote"; children: Block[] }
	| { kind: "code"; language: string; text: string }
	| { kind: "table"; head: Inline[][]; rows: Inline[][][]; align: ("left" | "right" | "center" | null)[] }
	| { kind: "rule" };

export type Inline =
	| { kind: "text"; text: string }
	| { kind: "strong" | "emphasis" | "deleted"; children: Inline[] }
	| { kind: "code"; text: string }
	| { kind: "link"; href: string; children: Inline[] }
	| { kind: "break" }
	| { kind: "figure"; figure: FigureReference };

const MAX_DEPTH = 60;

/** so much of a text that is not set as Markdown is shown */
const PLAIN_CHARACTERS = 200_000;

/** The prose of a piece of Markdown; as it is written where that is asked for, or setting it would take too long. Never throws. */
export function proseOf(markdown: string, plain = false): Block[] {
	if (plain || markdown.length > MAX_WORDS * 100 || wordsWeight(markdown) > MAX_WORDS) return asWritten(markdown);
	const tree = fromMarkdown(markdown, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] });
	const targets = new Map<string, string>();
	for (const node of tree.children) if (node.type === "definition") targets.set(node.identifier, node.url);
	return tree.children.flatMap((node) => block(node, targets, 0));
}

function asWritten(markdown: string): Block[] {
	const left = markdown.length - PLAIN_CHARACTERS;
	const words = `This text is too long or too tangled to set it as Markdown; it stands here as it is written${left > 0 ? `, without its last ${left} characters` : ""}.`;
	return [{ kind: "paragraph", children: [{ kind: "text", text: words }] }, { kind: "code", language: "", text: visible(markdown.slice(0, PLAIN_CHARACTERS)) }];
}

type Targets = ReadonlyMap<string, string>;

function block(node: Nodes, targets: Targets, depth: number): Block[] {
	if (depth > MAX_DEPTH) return [{ kind: "paragraph", children: [{ kind: "text", text: "(nested too deeply to show)" }] }];
	const inside = (children: readonly Nodes[]) => children.flatMap((child) => block(child, targets, depth + 1));
	const line = (children: readonly PhrasingContent[]) => inlines(children, targets, depth + 1);
	switch (node.type) {
		case "heading":
			return [{ kind: "heading", level: node.depth, children: line(node.children) }];
		case "paragraph":
			return [{ kind: "paragraph", children: line(node.children) }];
		case "list":
			return [{ kind: "list", ordered: node.ordered === true, start: node.start ?? 1, items: node.children.map((item) => ({ checked: item.checked ?? null, children: inside(item.children) })) }];
		case "blockquote":
			return [{ kind: "quote", children: inside(node.children) }];
		case "code":
			return [{ kind: "code", language: node.lang ?? "", text: visible(node.value) }];
		case "thematicBreak":
			return [{ kind: "rule" }];
		case "html":
			return [{ kind: "code", language: "html", text: visible(node.value) }];
		case "table": {
			const [head, ...rows] = node.children.map((row) => row.children.map((cell) => line(cell.children)));
			return [{ kind: "table", head: head ?? [], rows, align: (node.align ?? []).map((one) => one ?? null) }];
		}
		case "footnoteDefinition":
			return [{ kind: "paragraph", children: [{ kind: "text", text: `[${node.identifier}] ` }] }, ...inside(node.children)];
		default:
			return [];
	}
}

function inlines(nodes: readonly PhrasingContent[], targets: Targets, depth: number): Inline[] {
	return nodes.flatMap((node) => inline(node, targets, depth));
}

function inline(node: PhrasingContent, targets: Targets, depth: number): Inline[] {
	if (depth > MAX_DEPTH) return [];
	switch (node.type) {
		case "text":
			return withFigures(node.value);
		case "strong":
			return [{ kind: "strong", children: inlines(node.children, targets, depth + 1) }];
		case "emphasis":
			return [{ kind: "emphasis", children: inlines(node.children, targets, depth + 1) }];
		case "delete":
			return [{ kind: "deleted", children: inlines(node.children, targets, depth + 1) }];
		case "inlineCode":
			return [{ kind: "code", text: visible(node.value) }];
		case "break":
			return [{ kind: "break" }];
		case "html":
			return [{ kind: "text", text: visible(node.value) }];
		case "link":
			return link(node.url, inlines(node.children, targets, depth + 1));
		case "linkReference":
			return link(targets.get(node.identifier) ?? "", inlines(node.children, targets, depth + 1));
		case "image":
			return [{ kind: "text", text: imageWords(node.alt, node.url) }];
		case "imageReference":
			return [{ kind: "text", text: imageWords(node.alt, targets.get(node.identifier) ?? "") }];
		case "footnoteReference":
			return [{ kind: "text", text: `[${node.identifier}]` }];
		default:
			return [];
	}
}

function imageWords(alt: string | null | undefined, url: string): string {
	return visible(`[image${alt ? `: ${alt}` : ""}, not loaded${url === "" ? "" : `: ${url.slice(0, 200)}`}]`);
}

function link(url: string, children: Inline[]): Inline[] {
	const href = safeLink(url);
	return href === null ? children : [{ kind: "link", href, children }];
}

/** A link's target where it is harmless: http, https, mailto, or a path of this site (`/probe?id=…`). Null for anything else. */
export function safeLink(url: string): string | null {
	// Browsers drop these characters inside a scheme, so `java\nscript:` would be one.
	const plain = [...url].filter((char) => char > " " && char !== "\u007f").join("");
	if (/^(https?:\/\/|mailto:)/i.test(plain)) return plain;
	if (/^\/(?![/\\])/.test(plain) && !plain.includes("\\")) return plain;
	return null;
}

function withFigures(text: string): Inline[] {
	const out: Inline[] = [];
	let at = 0;
	for (const figure of figuresOf(text)) {
		if (figure.start > at) out.push({ kind: "text", text: visible(text.slice(at, figure.start)) });
		out.push({ kind: "figure", figure });
		at = figure.end;
	}
	if (at < text.length) out.push({ kind: "text", text: visible(text.slice(at)) });
	return out;
}

/** Characters that show nothing and change how their neighbours read: marks of direction, zero-width ones and tags. */
const HIDDEN = /\u034f|[\u00ad\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\uffa0\ufff9-\ufffb]|[\u{e0000}-\u{e007f}]/gu;

/** The text with every hidden character written out, so that what is read is what is there: `⟨U+202E⟩`. */
export function visible(text: string): string {
	return text.replace(HIDDEN, (char) => `⟨U+${char.codePointAt(0)!.toString(16).toUpperCase().padStart(4, "0")}⟩`);
}
