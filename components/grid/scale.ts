/**
 * Browsers cap the height of an element (Firefox at about 17.8 million pixels, Chromium at 33.5). Above this height
 * the scrollbar stands for more than it measures; keys still move by single rows.
 */
export const TALLEST = 15_000_000;

export interface Scale {
	/** the height that the rows would have */
	virtual: number;
	/** the height that the element has */
	real: number;
	/** virtual pixels for one real pixel of the scrollbar */
	ratio: number;
}

/** How the rows fit into an element that a browser can lay out. */
export function scaleOf(rows: number, rowHeight: number, viewport: number): Scale {
	const virtual = rows * rowHeight;
	if (virtual <= TALLEST) return { virtual, real: virtual, ratio: 1 };
	return { virtual, real: TALLEST, ratio: (virtual - viewport) / (TALLEST - viewport) };
}
