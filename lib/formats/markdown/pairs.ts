import { withoutMarkup } from "./text";

export interface Pair {
	/** lower case, words parted by one blank */
	key: string;
	/** without the marks of emphasis and code; emoji are kept */
	value: string;
	line: number;
}

const PAIR = /^\s*(?:[-*+]\s+)?(?:\p{Extended_Pictographic}\uFE0F?\s*)?(?:\*\*|__)?\s*([A-Za-z][A-Za-z]?[A-Za-z0-9 _/#-]{0,38})(?:\*\*|__)?\s?:(.*)$/u;
const LONGEST = 4_000;

/** The first word or words of a work order's line, such as `Mapped tests:`. */
export const WORK_ORDER_KEY = /^([A-Z][A-Za-z&-]*(?: [A-Za-z&-]+){0,3}):(?=\s|$)/;

/** The line that ends a commit of a pasted log. */
export const COMMIT_DATE = /^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2} [+-]\d{2}:?\d{2}\s*$/;

/** How a document has to be read at all. */
export type Shape = "document" | "work order" | "commit log";

const HEAD_KEYS = new Set(["date", "timestamp", "generated", "generated at", "created", "updated", "last updated", "status", "team", "issue", "bundle id", "commit", "git commit", "git sha", "commit sha", "mission", "branch", "severity", "priority"]);

/** The `Key: value` pairs of a line; several where they are parted by `|` or a dot and their keys are bold. */
export function pairsOf(text: string, line: number): Pair[] {
	if (text.length > LONGEST || !text.includes(":")) return [];
	return text.split(/\s[|·•]\s+(?=\*\*)/).flatMap((part) => {
		const match = PAIR.exec(part);
		return match ? [{ key: keyOf(match[1]!), value: withoutMarkup(match[2]!), line }] : [];
	});
}

/** Whether a line is one that heads of documents have. */
export function isHeadLine(text: string): boolean {
	return pairsOf(text, 0).some((pair) => HEAD_KEYS.has(pair.key));
}

function keyOf(text: string): string {
	return text.toLowerCase().replace(/[^a-z0-9]+/g, " ").trim();
}
