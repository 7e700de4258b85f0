import type { EditDoc } from "./edit";

/** How many steps can be undone. */
const STEPS = 500;

interface Step {
	doc: EditDoc;
	selected: number | null;
}

/** A document with its way back and forth. Typing in one piece without a pause is one step. */
export interface EditHistory {
	past: readonly Step[];
	now: Step;
	future: readonly Step[];
	/** what the last step typed in, and when (ms); null where it was no typing */
	typing: { key: number; at: number } | null;
}

const PAUSE_MS = 1500;

export function editHistory(doc: EditDoc, selected: number | null = null): EditHistory {
	return { past: [], now: { doc, selected }, future: [], typing: null };
}

/** A new step. `typing` names the piece whose text grew, and the time in milliseconds. */
export function edited(history: EditHistory, doc: EditDoc, selected: number | null, typing: { key: number; at: number } | null = null): EditHistory {
	if (doc === history.now.doc) return selectedIn(history, selected);
	const joins = typing !== null && history.typing?.key === typing.key && typing.at - history.typing.at < PAUSE_MS && history.future.length === 0;
	return { past: joins ? history.past : [...history.past, history.now].slice(-STEPS), now: { doc, selected }, future: [], typing };
}

export function selectedIn(history: EditHistory, selected: number | null): EditHistory {
	return history.now.selected === selected ? history : { ...history, now: { ...history.now, selected }, typing: null };
}

/** One step back; the same history where there is none. */
export function undone(history: EditHistory): EditHistory {
	const before = history.past.at(-1);
	return before === undefined ? history : { past: history.past.slice(0, -1), now: before, future: [history.now, ...history.future], typing: null };
}

/** One step forth again; the same history where there is none. */
export function redone(history: EditHistory): EditHistory {
	const after = history.future[0];
	return after === undefined ? history : { past: [...history.past, history.now], now: after, future: history.future.slice(1), typing: null };
}
