import type { RowInput } from "@/lib/model";
import { blockersOf } from "./blockers";
import { readTime } from "./dates";
import type { Heads } from "./heads";
import { itemState, itemText } from "./items";
import type { Item, Outline, Section } from "./outline";
import { pairsOf } from "./pairs";
import { cellState, teamState } from "./states";
import { withoutEmoji } from "./text";

const NEXT_STEPS = /\b(?:next (?:steps?|actions?|up)|action items|to-?do)\b/i;
const ARTIFACTS = /\b(?:artifacts?|deliverables?)\b/i;
const CRITERIA = /\b(?:success|exit|acceptance|completion) criteria\b|^criteria\b/i;
const DURATION = /\(([^()]{0,40}?\d[^()]{0,20}?\b(?:seconds?|secs?|s|minutes?|mins?|m|hours?|hrs?|h|days?|d|weeks?)\b[^()]{0,20})\)/i;

export interface TeamPage {
	team_pages: RowInput[];
	blockers: RowInput[];
	artifacts: RowInput[];
	criteria: RowInput[];
	next_steps: RowInput[];
}

/** What a team's status page says, as rows of its tables. What the page does not say is null, never 0 or ''. */
export function teamPageOf(outline: Outline, heads: Heads, team: string | null, source: string): TeamPage {
	const items = outline.blocks.filter((block): block is Item => block.kind === "item" && !block.quoted);
	const steps = items.filter((item) => under(item.section, NEXT_STEPS) && item.depth === 0);
	const criteria = items.filter((item) => under(item.section, CRITERIA) && item.depth === 0);
	const artifacts = items.filter((item) => under(item.section, ARTIFACTS) && !item.groups);
	const blockers = blockersOf(outline);
	const counted = items.filter((item) => !under(item.section, CRITERIA) && !under(item.section, ARTIFACTS) && (under(item.section, NEXT_STEPS) ? item.depth === 0 : !item.groups));
	const count = (...states: string[]) => counted.filter((item) => states.includes(itemState(item))).length;
	const words = heads.status === null ? null : withoutEmoji(heads.status);
	const first = heads.pairs[0]?.line ?? outline.sections[0]?.line ?? 1;
	return {
		team_pages: [
			{
				team,
				state: teamState(heads.status),
				state_words: words,
				since: heads.date,
				blocker: blockers[0]?.title ?? reasonOf(words),
				next_step: steps[0] ? stepTitle(steps[0]) : null,
				done: count("done"),
				open: count("open", "partial"),
				blocked: count("blocked"),
				last_activity: lastActivity(outline, heads),
				source,
				line: heads.pairs.find((pair) => pair.key === "status")?.line ?? first,
			},
		],
		blockers: blockers.map((blocker) => ({ team, ...blocker, source })),
		artifacts: artifacts.map((item) => ({ team, path: artifactPath(item), said: artifactSaid(item), source, line: item.line })),
		criteria: [
			...criteria.map((item) => ({ team, text: itemText(item), said: itemState(item), source, line: item.line })),
			...criteriaRows(outline).map((row) => ({ team, ...row, source })),
		],
		next_steps: steps.map((item, i) => ({
			team,
			position: i + 1,
			title: stepTitle(item),
			duration: DURATION.exec(item.text)?.[1]?.trim() ?? null,
			command: item.code.length > 0 ? item.code.join("\n") : null,
			source,
			line: item.line,
		})),
	};
}

/** Whether a section or one that it lies under, other than the document's title, says so in its title. */
function under(section: Section | null, pattern: RegExp): boolean {
	for (let at = section; at !== null; at = at.parent) if (at.level > 1 && pattern.test(at.title)) return true;
	return false;
}

function stepTitle(item: Item): string {
	const bold = item.bold === null ? "" : withoutEmoji(item.bold);
	// bold words count as the title where they open the step
	const text = itemText(item);
	const title = bold !== "" && text.startsWith(bold) ? bold : text.replace(DURATION, "");
	return withoutEmoji(title).replace(/[\s:.]+$/, "");
}

function artifactPath(item: Item): string {
	return item.inlineCode ?? itemText(item).split(/\s+[\u2013\u2014-]\s+|:\s/)[0]!;
}

/** `ready` or `pending` as the item's own mark says, else as the title of its section does; null where neither speaks. */
function artifactSaid(item: Item): string | null {
	const title = item.section?.title ?? "";
	const waiting = /\b(?:pending|blocked|missing|to-?do|needed|planned)\b/i.test(title);
	const own = itemState(item);
	if (own === "done") return "ready";
	if (own === "failed") return "missing";
	if (own !== "unknown" || waiting) return "pending";
	return /\b(?:ready|generated|available|created|delivered)\b/i.test(title) ? "ready" : null;
}

function criteriaRows(outline: Outline): { text: string; said: string; line: number }[] {
	return outline.blocks.flatMap((block) => {
		if (block.kind !== "table" || block.quoted || !under(block.section, CRITERIA)) return [];
		return block.rows.map((row) => ({ text: withoutEmoji(row.cells[0] ?? ""), said: row.cells.slice(1).map(cellState).find((state) => state !== null) ?? "unknown", line: row.line }));
	});
}

/** What a status line says after "blocked on". */
function reasonOf(words: string | null): string | null {
	return /\b(?:blocked|waiting)\s*(?:on|by|for|:|[\u2013\u2014-])\s*(\S.*)$/i.exec(words ?? "")?.[1] ?? null;
}

/** The latest time among the document's own `Date:`, `Updated:` and like lines. */
function lastActivity(outline: Outline, heads: Heads): bigint | null {
	let latest = heads.date;
	for (const block of outline.blocks) {
		if (block.quoted || block.kind !== "paragraph") continue;
		for (const { text, line } of block.source) {
			for (const pair of pairsOf(text, line)) {
				if (!/\b(?:date|timestamp|updated|generated|completed|resolved)\b/.test(pair.key)) continue;
				const time = readTime(pair.value)?.ns ?? null;
				if (time !== null && (latest === null || time > latest)) latest = time;
			}
		}
	}
	return latest;
}
