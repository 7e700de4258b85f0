import type { ItemState, RowInput } from "@/lib/model";
import type { Item, Outline, Section } from "./outline";
import { cellState, emojiState, markState, sectionState, withoutMark, wordState } from "./states";
import { withoutEmoji, withoutMarkup } from "./text";

/** The state of a list item: its box, mark or emoji, its words, else what the sections above it say. */
export function itemState(item: Item): ItemState {
	if (item.checked !== null) return item.checked ? "done" : "open";
	const mark = markState(item.text);
	if (mark !== null) return mark;
	const above = inheritedState(item.section);
	const emoji = emojiState(item.text);
	if (emoji === "done" || emoji === "open" || emoji === "blocked") return emoji;
	// a cross or a warning under "Blocked" marks what is blocked, not something that failed by itself
	if (emoji !== null) return above === "blocked" ? "blocked" : (wordState(item.text) ?? emoji);
	return wordState(item.text) ?? above ?? "unknown";
}

/** What the nearest section with a state in its title says. */
export function inheritedState(section: Section | null): ItemState | null {
	for (let at = section; at !== null; at = at.parent) {
		// the title of the document speaks of the whole of it
		if (at.level === 1) return null;
		const state = sectionState(at.title);
		if (state !== null) return state;
	}
	return null;
}

/** The text of an item without emoji, and without the mark that is its state. */
export function itemText(item: Item): string {
	return withoutMark(withoutEmoji(item.text));
}

/** Rows of `doc_items`: every list item, and every table row with a cell that says a state, in the order of the file. */
export function itemRows(outline: Outline, source: string): RowInput[] {
	const rows: RowInput[] = [];
	for (const block of outline.blocks) {
		const section = block.section?.title ?? null;
		if (block.kind === "item") rows.push({ section, state: itemState(block), text: itemText(block), source, line: block.line });
		if (block.kind !== "table") continue;
		for (const row of block.rows) {
			const at = row.cells.findIndex((cell) => cellState(cell) !== null);
			if (at < 0) continue;
			const text = row.cells.filter((cell, i) => i !== at && cell !== "").map((cell) => withoutMarkup(withoutEmoji(cell)));
			rows.push({ section, state: cellState(row.cells[at]!), text: text.join(" \u00b7 ") || withoutEmoji(row.cells[at]!), source, line: row.line });
		}
	}
	return rows;
}
