/** What became of a metric between two baselines. */
export type DriftVerdict = "ok" | "warn" | "added" | "removed";

/** The change of a metric, as a ratio of its earlier value, that is still no drift. */
export const DRIFT_TOLERANCE = 0.2;

export interface Drift {
	/** later less earlier, in the metric's unit; null where one side has no value */
	change: number | null;
	/** the change over the earlier value's size; null where that is zero or one side has no value */
	changeRatio: number | null;
	/** null where neither side has a value: nothing is said of such a metric */
	verdict: DriftVerdict | null;
	/** the verdict in words */
	reason: string;
}

/**
 * Compares one metric of two baselines. A change of more than `tolerance` warns; exactly as much does not. From zero to
 * something warns whatever the tolerance, because no ratio says how far that is. A metric that only one baseline has was
 * not compared: it is added or removed, and never ok. Null stands for a value that is absent or null.
 */
export function driftOf(before: number | null, after: number | null, tolerance: number = DRIFT_TOLERANCE): Drift {
	if (before === null || after === null) {
		if (before === null && after === null) return { change: null, changeRatio: null, verdict: null, reason: "neither baseline has a value" };
		return before === null ? { change: null, changeRatio: null, verdict: "added", reason: "only the later baseline has a value" } : { change: null, changeRatio: null, verdict: "removed", reason: "only the earlier baseline has a value" };
	}
	const change = after - before;
	const changeRatio = before === 0 ? null : change / Math.abs(before);
	if (before === after) return { change, changeRatio, verdict: "ok", reason: "unchanged" };
	if (changeRatio === null) return { change, changeRatio, verdict: "warn", reason: "from zero to something" };
	return Math.abs(change) / Math.abs(before) > tolerance ? { change, changeRatio, verdict: "warn", reason: `changed by more than ${percent(tolerance)} %` } : { change, changeRatio, verdict: "ok", reason: `within ${percent(tolerance)} %` };
}

/** A ratio in percent with at most six digits, without the noise of doubles: 0.07 is `7`. */
export function percent(ratio: number): string {
	return String(Number((ratio * 100).toPrecision(6)));
}

/** A tolerance as an address writes it: a ratio from 0 up, as `0.1` or `rel:0.1`. Null where the text is neither. */
export function parseTolerance(text: string): number | null {
	const match = /^(?:rel:)?(\d{1,6}(?:\.\d{1,12})?|\.\d{1,12}|\d(?:\.\d{1,12})?e-?\d{1,2})$/i.exec(text.trim());
	return match === null ? null : Number(match[1]);
}
