import type { MarkdownIt, Token } from "markdown-it";

/** What a line of text says without its markup. */
export interface Inline {
	/** HTML kept as it is written, line ends as blanks, of an image what stands for it */
	text: string;
	/** its first words in bold that stand in nothing else */
	bold: string | null;
	/** its first inline code that stands in nothing else, or in bold */
	code: string | null;
}

/** Without any of these a line is its own text. */
const MARKUP = /[\\`*_~<&[\]]/;

/** Reads the inside of a paragraph, heading or cell; `env` holds what the document's references lead to. */
export function inlineOf(parser: MarkdownIt, content: string, env: Record<string, unknown>): Inline {
	if (!MARKUP.test(content)) return { text: content, bold: null, code: null };
	const tokens: Token[] = [];
	parser.inline.parse(content, parser, env, tokens);
	let bold: string | null = null;
	let code: string | null = null;
	tokens.forEach((token, i) => {
		if (token.type === "strong_open" && token.level === 0) bold ??= textOf(tokens.slice(i + 1, closeOf(tokens, i)));
		if (token.type === "code_inline" && (token.level === 0 || (token.level === 1 && isInStrong(tokens, i)))) code ??= token.content;
	});
	return { text: textOf(tokens), bold, code };
}

function textOf(tokens: readonly Token[]): string {
	return tokens.map((token) => (token.type === "softbreak" || token.type === "hardbreak" ? " " : token.type === "image" ? textOf(token.children ?? []) : token.type === "footnote_ref" ? "" : token.content)).join("");
}

function closeOf(tokens: readonly Token[], open: number): number {
	const close = tokens.findIndex((token, i) => i > open && token.level === tokens[open]!.level && token.type === "strong_close");
	return close < 0 ? tokens.length : close;
}

/** Whether what is one level deep lies in bold. */
function isInStrong(tokens: readonly Token[], at: number): boolean {
	const opener = tokens.findLastIndex((token, i) => i < at && token.level === 0 && token.nesting === 1);
	return opener >= 0 && tokens[opener]!.type === "strong_open";
}
