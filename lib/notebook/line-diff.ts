import { diffArrays } from "diff";

/** A row of two texts side by side: a line of each, null where the other text has one more there. */
export interface LinePair {
	left: Line | null;
	right: Line | null;
	/** both have this line */
	same: boolean;
}

export interface Line {
	/** 1-based */
	n: number;
	text: string;
}

/** Texts that differ in more lines than this are compared no further: their middle is then one block that differs. */
const MAX_DIFFERENT = 2000;

/**
 * The lines of two texts side by side, by the fewest lines that have to be taken out and put in. Every line of both is
 * there once and in order. Lines that were replaced stand beside each other.
 */
export function alignedLines(left: string, right: string): LinePair[] {
	const [one, two] = [left.split("\n"), right.split("\n")];
	const parts = diffArrays(one, two, { maxEditLength: MAX_DIFFERENT }) ?? [
		{ value: one, removed: true, added: false, count: one.length },
		{ value: two, removed: false, added: true, count: two.length },
	];
	const pairs: LinePair[] = [];
	let out: string[] = [];
	let put: string[] = [];
	let [l, r] = [0, 0];
	const settle = () => {
		for (let i = 0; i < Math.max(out.length, put.length); i++) pairs.push({ left: i < out.length ? { n: ++l, text: out[i]! } : null, right: i < put.length ? { n: ++r, text: put[i]! } : null, same: false });
		out = [];
		put = [];
	};
	for (const part of parts) {
		if (part.removed) out.push(...part.value);
		else if (part.added) put.push(...part.value);
		else {
			settle();
			for (const text of part.value) pairs.push({ left: { n: ++l, text }, right: { n: ++r, text }, same: true });
		}
	}
	settle();
	return pairs;
}
