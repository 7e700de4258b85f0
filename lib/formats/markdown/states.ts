import type { ItemState } from "@/lib/model";
import { withoutEmoji } from "./text";

export type TeamState = "blocked" | "active" | "clear" | "resolved" | "unknown";

const DONE = /[✅✔✓☑🟢🎉]/u;
const FAILED = /[❌✗✘✖☒🔴]/u;
const BLOCKED = /[🚫⛔🛑🔒]/u;
const PARTIAL = /[⚠🟡🟠🔶]/u;
const OPEN = /[⏳⌛⬜☐🔲🚧⏸🔜]/u;
const ANY = /[✅✔✓☑🟢🎉❌✗✘✖☒🔴🚫⛔🛑🔒⚠🟡🟠🔶⏳⌛⬜☐🔲🚧⏸🔜]/u;

/** The state that the first state emoji of a text stands for. */
export function emojiState(text: string): ItemState | null {
	const first = ANY.exec(text)?.[0];
	if (first === undefined) return null;
	if (DONE.test(first)) return "done";
	if (FAILED.test(first)) return "failed";
	if (BLOCKED.test(first)) return "blocked";
	if (PARTIAL.test(first)) return "partial";
	return OPEN.test(first) ? "open" : null;
}

const WORDS: readonly (readonly [ItemState, string])[] = [
	["open", "not started|not done|not complete|incomplete|open|pending|to-?do|planned|waiting|queued|remaining"],
	["blocked", "blocked"],
	["failed", "failed|fails?|failing|missing|rejected"],
	["partial", "in[ _-]progress|partial|partially done|ongoing|wip|active"],
	["done", "done|completed?|pass(?:ed)?|fixed|resolved|closed|finished|approved|verified"],
];
const WHOLE = WORDS.map(([state, words]) => [state, new RegExp(`^\\(?(?:${words})\\)?[.!:]?$`, "i")] as const);
const LEADING = WORDS.map(([state, words]) => [state, new RegExp(`^[([]?(?:${words})[)\\]]?\\s*[:\\u2013\\u2014-](?:\\s|$)`, "i")] as const);
const TRAILING = WORDS.map(([state, words]) => [state, new RegExp(`(?:[([](?:${words})[)\\]]|[:\\u2013\\u2014-]\\s*(?:${words}))[.!]?$`, "i")] as const);
const CAPITAL = WORDS.map(([state, words]) => [state, new RegExp(`^(?:${words.replace(/\[ _-\]/g, " ").toUpperCase()})\\b`)] as const);

const MARKS: Readonly<Record<string, ItemState>> = { D: "done", d: "done", x: "done", X: "done", P: "partial", p: "partial", "~": "partial", B: "blocked", b: "blocked", "!": "blocked", " ": "open", "": "open" };
const MARK = /^\s*\[([DdxXPp~Bb! ]?)\](?![(\w])|(?<![\w\]])\[([DdxXPp~Bb! ]?)\]\s*[.;]?\s*$/;

/** The state of `[D]`, `[P]` or `[ ]` at the start or the end of a text. */
export function markState(text: string): ItemState | null {
	const match = MARK.exec(text);
	return match ? (MARKS[match[1] ?? match[2] ?? ""] ?? null) : null;
}

/** The text without a mark at its start or end. */
export function withoutMark(text: string): string {
	return text.replace(MARK, "").trim();
}

/** The state that words at the start or the end of an item say; words in the middle of a sentence say nothing. */
export function wordState(text: string): ItemState | null {
	const plain = withoutEmoji(text);
	for (const patterns of [WHOLE, LEADING, TRAILING, CAPITAL]) for (const [state, pattern] of patterns) if (pattern.test(plain)) return state;
	return null;
}

/** The state that a whole table cell says, null where the cell is about something else. */
export function cellState(text: string): ItemState | null {
	const plain = withoutEmoji(text);
	if (plain.length > 120) return null;
	const words = (patterns: typeof WHOLE) => patterns.find(([, pattern]) => pattern.test(plain))?.[0] ?? null;
	return markState(text) ?? emojiState(text) ?? words(WHOLE) ?? words(CAPITAL);
}

/** What a section's title says of the items under it. */
export function sectionState(title: string): ItemState | null {
	const plain = title.toLowerCase();
	if (/\bblocked\b/.test(plain) && !/\b(?:un|not )blocked\b/.test(plain) || /^(?:current |open |active )?blockers?:?$/.test(plain)) return "blocked";
	if (/\bfail(?:ed|ing|ures?)\b/.test(plain)) return "failed";
	if (/\b(?:in progress|in_progress|ongoing|partial(?:ly)?)\b/.test(plain)) return "partial";
	if (/\b(?:next (?:steps?|actions?|up)|to-?do|pending|remaining|upcoming|planned|backlog|action items|open (?:items|issues|questions)|not (?:done|completed?|started)|incomplete)\b/.test(plain)) return "open";
	if (/\b(?:completed|done|finished|accomplish(?:ed|ments?)|achievements?)\b/.test(plain) || /^(?:\w+ )?complete$/.test(plain)) return "done";
	return null;
}

/** What a status line says of a team: its words decide, and its emoji only where they do not. */
export function teamState(status: string | null): TeamState {
	if (status === null) return "unknown";
	const words = withoutEmoji(status);
	const says = (pattern: RegExp) => pattern.test(words);
	if (says(/\b(?:unblocked|in[ _-]progress|active|ongoing|investigating|wip|incomplete|partial(?:ly)?|pending|started)\b/i) && !says(/(?<!un)\bblocked\b/i)) return "active";
	if (says(/\b(?:not blocked|no blockers?)\b/i)) return "clear";
	if (says(/\b(?:blocked|waiting (?:on|for)|stuck)\b/i)) return "blocked";
	if (says(/\b(?:resolved|closed|fixed)\b/i) && !says(/\bun(?:resolved|fixed)\b|\bnot (?:resolved|closed|fixed)\b/i)) return "resolved";
	if (says(/\b(?:completed?|pass(?:ed|es)?|done|clear|success(?:ful)?|approved|green|finished|ready)\b/i) && !says(/\bnot (?:completed?|passed|done|clear|approved|ready)\b/i)) return "clear";
	switch (emojiState(status)) {
		case "done":
			return "clear";
		case "failed":
		case "blocked":
			return "blocked";
		case "partial":
		case "open":
			return "active";
		default:
			return "unknown";
	}
}
