import type { ItemState } from "@/lib/model";
import type { TeamRow } from "@/lib/tables/teams";

export type TeamState = TeamRow["state"];

export const TEAM_STATES: readonly TeamState[] = ["blocked", "active", "unknown", "clear", "resolved"];
export const STATE_NAMES: { [state in TeamState]: string } = { blocked: "Blocked", active: "Active", unknown: "Not known", clear: "Clear", resolved: "Resolved" };

/** The word of a status line without its first word where the icon beside it says that: `BLOCKED on HTTP` is `on HTTP`. */
export function stateReason(state: TeamState, words: string | null): string | null {
	if (words === null) return null;
	const rest = words.trim().replace(new RegExp(`^(?:${state})\\b[\\s:.\u2013\u2014-]*`, "i"), "");
	return rest === "" ? null : rest;
}

/** The state a said word of a document is drawn with. */
export function saidState(said: string | null): ItemState {
	switch (said) {
		case "ready":
		case "done":
			return "done";
		case "pending":
		case "open":
			return "open";
		case "missing":
		case "failed":
			return "failed";
		case "partial":
			return "partial";
		case "blocked":
			return "blocked";
		default:
			return "unknown";
	}
}

export interface BarPart {
	kind: "done" | "blocked" | "open";
	x: number;
	width: number;
}

/** The parts of a bar of `width` pixels with a gap of 1 between them; a part that counts something is at least 2 wide. */
export function barParts(counts: { done: number; blocked: number; open: number }, width: number): BarPart[] {
	const kinds = (["done", "blocked", "open"] as const).filter((kind) => counts[kind] > 0);
	const total = kinds.reduce((sum, kind) => sum + counts[kind], 0);
	if (total === 0) return [];
	const room = width - (kinds.length - 1);
	const wide = kinds.map((kind) => Math.max(2, (counts[kind] / total) * room));
	const over = wide.reduce((sum, one) => sum + one, 0) - room;
	const largest = wide.indexOf(Math.max(...wide));
	wide[largest]! -= over;
	let x = 0;
	return kinds.map((kind, i) => {
		const part = { kind, x, width: wide[i]! };
		x += wide[i]! + 1;
		return part;
	});
}
