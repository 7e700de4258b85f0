import { printInfo, withAttribute } from "./info";
import type { Cell, CellKind } from "./types";

const OPENING = /^( {0,3})(`{3,}|~{3,})([ \t]*)([^\s`]+)([^\r\n]*)(\r?\n|$)/;

/** A cell's piece with another body. Throws RangeError for what is no cell. */
export function withBody(raw: string, body: string, eol: string): string {
	const open = OPENING.exec(raw);
	if (open === null) throw new RangeError("This piece is no cell.");
	const [line, indent, fence, gap, language, meta, end] = open as unknown as [string, string, string, string, string, string, string];
	const rest = raw.slice(line.length);
	const close = new RegExp(`(?:^|\\n) {0,3}${fence[0]}{${fence.length},}[ \\t]*(\\r?\\n)?$`).exec(rest);
	const tail = close?.[1] ?? (close === null ? eol : "");
	const longest = Math.max(0, ...[...body.matchAll(new RegExp(`^ {0,3}(${fence[0]}{3,})`, "gm"))].map((found) => found[1]!.length));
	const marks = fence[0]!.repeat(Math.max(fence.length, longest + 1));
	const kept = longest < fence.length && close !== null;
	const inner = body === "" ? "" : body.replace(/\r\n?|\n/g, eol) + eol;
	const opening = kept ? `${indent}${fence}${gap}${language}${meta}${end}` : `${indent}${marks}${gap}${language}${meta}${end || eol}`;
	return opening + inner + (kept ? close[0].replace(/^\n/, "") : `${marks}${tail}`);
}

/** A cell's piece with one attribute of its fence set, or taken out with null. Throws RangeError for what is no cell. */
export function withInfo(raw: string, name: string, value: string | null): string {
	const open = OPENING.exec(raw);
	if (open === null) throw new RangeError("This piece is no cell.");
	const [line, indent, fence, gap, language, meta, end] = open as unknown as [string, string, string, string, string, string, string];
	return `${indent}${fence}${gap}${language}${withAttribute(meta, name, value)}${end}${raw.slice(line.length)}`;
}

/** A new cell as Markdown; `source` is the query that a chart draws. */
export function templateOf(kind: CellKind, name: string, source: Cell | null, eol: string, body?: string): string {
	const attributes: [string, string][] = [["name", name], ...(kind === "check" ? ([["expect", "no rows"]] as [string, string][]) : [])];
	const given = body ?? bodyOf(kind, source);
	const raw = `\`\`\`${printInfo(kind, attributes)}${eol}\`\`\`${eol}`;
	return withBody(raw, given, eol);
}

function bodyOf(kind: CellKind, source: Cell | null): string {
	switch (kind) {
		case "sql":
		case "check":
			return "";
		case "chart":
			return `from: ${source?.name ?? "query"}\nkind: bar`;
		case "input":
			return "type: text\ndefault: all";
	}
}
