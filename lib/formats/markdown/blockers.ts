import { itemText } from "./items";
import type { Block, Outline, Section } from "./outline";
import { pairsOf } from "./pairs";
import { withoutEmoji } from "./text";

export interface Blocker {
	title: string;
	problem: string | null;
	root_cause: string | null;
	fix: string | null;
	line: number;
}

const BLOCKER = /^(?:(?:current|critical|active|main|known)\s+)?(?:blockers?|blocking issues?)\b\s*(?:#?\d+\b)?\s*[:\u2013\u2014-]?\s*(.*)$/i;
const PARTS: readonly (readonly ["problem" | "root_cause" | "fix", RegExp])[] = [
	["root_cause", /^(?:root )?cause\b|^why\b/i],
	["fix", /^(?:(?:required|proposed|suggested) )?(?:fix|solution|workaround|resolution)\b/i],
	["problem", /^(?:problem|symptoms?|issue|error|impact)\b/i],
];

/** The blockers of a page: each section called a blocker, or each item of a section that only lists them. */
export function blockersOf(outline: Outline): Blocker[] {
	const found: Blocker[] = [];
	for (const section of outline.sections) {
		const match = section.level > 1 ? BLOCKER.exec(section.title) : null;
		if (!match || hasBlockerAbove(section)) continue;
		const inside = outline.blocks.filter((block) => !block.quoted && liesIn(block.section, section));
		const parts = partsOf(inside, section);
		const nothingSaid = parts.problem === null && parts.root_cause === null && parts.fix === null;
		const items = inside.filter((block) => block.kind === "item" && block.depth === 0 && block.section === section);
		if (match[1] === "" && nothingSaid && items.length > 0) {
			for (const item of items) {
				const title = item.kind === "item" ? itemText(item) : "";
				if (!isNone(title)) found.push({ title, problem: null, root_cause: null, fix: null, line: item.line });
			}
			continue;
		}
		const paragraph = inside.find((block) => block.kind === "paragraph");
		const title = match[1] || parts.problem || (paragraph?.kind === "paragraph" ? withoutEmoji(paragraph.text) : "");
		if (title !== "" && !isNone(title)) found.push({ title, ...parts, line: section.line });
	}
	return found;
}

function isNone(text: string): boolean {
	return /^(?:none|no blockers?|n\/a|nothing)(?:\s+(?:now|known|currently|right now|so far|at (?:this time|present)))?[.!]?$/i.test(text);
}

function hasBlockerAbove(section: Section): boolean {
	for (let at = section.parent; at !== null; at = at.parent) if (at.level > 1 && BLOCKER.test(at.title)) return true;
	return false;
}

function liesIn(section: Section | null, outer: Section): boolean {
	for (let at = section; at !== null; at = at.parent) if (at === outer) return true;
	return false;
}

/** Problem, cause and fix: the text of the subsections of such a title, else the pairs `**Problem:** text`. */
function partsOf(blocks: readonly Block[], blocker: Section): Pick<Blocker, "problem" | "root_cause" | "fix"> {
	const parts: Record<"problem" | "root_cause" | "fix", string[]> = { problem: [], root_cause: [], fix: [] };
	const onlyCode: typeof parts = { problem: [], root_cause: [], fix: [] };
	for (const block of blocks) {
		const part = block.section === blocker || block.section === null ? undefined : PARTS.find(([, pattern]) => pattern.test(block.section!.title))?.[0];
		if (part !== undefined) {
			if (block.kind === "paragraph") parts[part].push(withoutEmoji(block.text));
			else if (block.kind === "item") parts[part].push(itemText(block));
			else if (block.kind === "code") onlyCode[part].push(block.text);
			continue;
		}
		const lines = block.kind === "paragraph" ? block.source : block.kind === "item" ? [{ text: block.text, line: block.line }] : [];
		for (const pair of lines.flatMap(({ text, line }) => pairsOf(text, line))) {
			const named = PARTS.find(([, pattern]) => pattern.test(pair.key))?.[0];
			if (named !== undefined && pair.value !== "") parts[named].push(withoutEmoji(pair.value));
		}
	}
	const textOf = (part: keyof typeof parts) => parts[part].join("\n") || onlyCode[part].join("\n") || null;
	return { problem: textOf("problem"), root_cause: textOf("root_cause"), fix: textOf("fix") };
}
