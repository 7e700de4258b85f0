/** Where distances lie on a logarithmic axis that sets exact zero apart, left of a break. Pixels throughout. */
export interface DotScale {
	width: number;
	/** x of exact zero, and of the dotted break between zero and the axis */
	zero: number;
	break: number;
	/** x of a distance; its sign does not count */
	x(value: number): number;
	/** x of the tolerance; null where there is none */
	tolerance: number | null;
	/** every decade; those with a label have a text */
	ticks: { x: number; label: string | null }[];
}

const ZERO = 18;
const BREAK = 37;
const START = 54;
const RIGHT = 20;
/** a labelled tick needs about this much room */
const LABEL = 46;

/**
 * The axis for the values of one run. It covers every finite value that is not zero, and the tolerance, in whole
 * decades, at least three. Null when there is nothing to draw: no finite value.
 */
export function dotScale(values: readonly (number | null)[], tolerance: number | null, width = 380): DotScale | null {
	const finite = values.filter((value): value is number => value !== null && Number.isFinite(value));
	if (finite.length === 0) return null;
	const bounds = [...finite, ...(tolerance === null ? [] : [tolerance])].map(Math.abs).filter((value) => value > 0).map(Math.log10);
	let low = Math.floor(bounds.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY));
	let high = Math.ceil(bounds.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY));
	if (bounds.length === 0) {
		low = -3;
		high = 0;
	}
	while (high - low < 3) {
		low--;
		if (high - low < 3) high++;
	}
	const end = width - RIGHT;
	const at = (log: number) => START + ((log - low) / (high - low)) * (end - START);
	const step = Math.max(1, Math.ceil(((high - low) * LABEL) / (end - START)));
	const tolAt = tolerance === null ? null : tolerance === 0 ? ZERO : at(Math.log10(Math.abs(tolerance)));
	const ticks: DotScale["ticks"] = [];
	for (let decade = low; decade <= high; decade++) {
		const x = at(decade);
		// the tolerance has a label of its own; a decade beside it would run into it
		const free = tolAt === null || Math.abs(x - tolAt) >= 44;
		ticks.push({ x, label: (decade - low) % step === 0 && free ? `1e${decade}` : null });
	}
	return {
		width,
		zero: ZERO,
		break: BREAK,
		x: (value) => (value === 0 ? ZERO : Number.isFinite(value) ? at(Math.log10(Math.abs(value))) : end),
		tolerance: tolAt,
		ticks,
	};
}

/** How many times over the tolerance a distance is; null where that says nothing. */
export function timesOver(value: number | null, tolerance: number | null): number | null {
	if (value === null || tolerance === null || tolerance === 0 || !Number.isFinite(value)) return null;
	return Math.abs(value) / Math.abs(tolerance);
}
