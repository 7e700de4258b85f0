import { readTime } from "./dates";
import type { Outline } from "./outline";
import { type Pair, pairsOf, type Shape, WORK_ORDER_KEY } from "./pairs";
import { withoutEmoji } from "./text";

/** What stands above the first section of a document. Everything is null where the document does not say it. */
export interface Heads {
	title: string | null;
	/** nanoseconds since 1970-01-01 UTC */
	date: bigint | null;
	/** as it is written, emoji kept */
	status: string | null;
	team: string | null;
	issue: string | null;
	commit: string | null;
	/** every pair of the head, and for a work order every `Key: value` line */
	pairs: Pair[];
}

const DATE_KEYS = ["date", "timestamp", "generated", "generated at", "created", "updated", "last updated", "bundle id"];
const COMMIT_KEYS = ["commit", "git commit", "git sha", "commit sha", "git head"];

/** Reads the head of a document; `bare` documents (pasted commit logs) have none but a title. */
export function headsOf(lines: readonly string[], outline: Outline, shape: Shape): Heads {
	const pairs = shape === "commit log" ? [] : shape === "work order" ? workOrderPairs(lines) : headPairs(outline);
	const first = (...keys: string[]) => pairs.find((pair) => keys.includes(pair.key) && pair.value !== "")?.value ?? null;
	const firstLine = withoutEmoji(lines.find((line) => line.trim() !== "")?.slice(0, 300) ?? "") || null;
	const heading = outline.sections[0]?.title || null;
	return {
		title: shape === "document" ? (heading ?? firstLine) : shape === "work order" ? (first("summary") ?? firstLine) : firstLine,
		date: DATE_KEYS.map((key) => pairs.find((pair) => pair.key === key)).reduce<bigint | null>((found, pair) => found ?? (pair ? (readTime(pair.value)?.ns ?? null) : null), null),
		status: first("status"),
		team: first("team"),
		issue: first("issue"),
		commit: COMMIT_KEYS.reduce<string | null>((found, key) => found ?? shaOf(first(key)), null),
		pairs,
	};
}

/** The pairs above the first heading that follows text, and those of the last paragraph where the head has no such key. */
function headPairs(outline: Outline): Pair[] {
	const start = outline.blocks[0];
	if (!start) return [];
	const end = outline.sections.find((section) => section.line > start.line)?.line ?? Number.POSITIVE_INFINITY;
	const pairs: Pair[] = [];
	for (const block of outline.blocks) {
		if (block.line >= end) break;
		if (block.quoted) continue;
		if (block.kind === "paragraph") for (const { text, line } of block.source) pairs.push(...pairsOf(text, line));
		else if (block.kind === "item") pairs.push(...pairsOf(block.text, block.line));
	}
	const last = outline.blocks.at(-1);
	if (last?.kind === "paragraph" && !last.quoted && last.line >= end) {
		const known = new Set(pairs.map((pair) => pair.key));
		for (const { text, line } of last.source) for (const pair of pairsOf(text, line)) if (pair.key !== "status" && !known.has(pair.key)) pairs.push(pair);
	}
	return pairs;
}

function workOrderPairs(lines: readonly string[]): Pair[] {
	return lines.flatMap((text, i) => (WORK_ORDER_KEY.test(text) ? pairsOf(text, i + 1) : []));
}

function shaOf(value: string | null): string | null {
	return value === null ? null : (/\b[0-9a-f]{7,40}\b/i.exec(value)?.[0] ?? null);
}
