/**
 * Browsers cap the height of an element (Firefox at about 17.8 million pixels, Chromium at 33.5). Rows that would be
 * taller are laid into this height: near both ends a pixel of the scrollbar is a pixel of the rows, in between it
 * stands for more.
 */
export const TALLEST = 15_000_000;
/** so many pixels at each end are not compressed, so that the first and the last rows are reached like those of a small result */
export const EDGE = 2_000_000;
/** A scroll of up to so many pixels is a wheel, a finger or a key and moves by as many pixels of rows; the scrollbar's thumb jumps further. */
export const STEP = 4_000;

/** How the rows fit into an element that a browser can lay out. All in pixels. */
export interface Scale {
	/** the height that the rows would have */
	virtual: number;
	/** the height that the element has */
	real: number;
	/** the height that is in sight */
	viewport: number;
}

export function scaleOf(rows: number, rowHeight: number, viewport: number): Scale {
	const virtual = rows * rowHeight;
	return { virtual, real: Math.min(virtual, TALLEST), viewport };
}

/** The furthest that the rows scroll. */
export function furthest({ virtual, viewport }: Scale): number {
	return Math.max(0, virtual - viewport);
}

/** Which pixel of the rows a place of the scrollbar means. */
export function toVirtual(scale: Scale, top: number): number {
	const far = furthest(scale);
	const end = Math.max(0, scale.real - scale.viewport);
	if (far <= end) return Math.max(0, Math.min(far, top));
	if (top <= EDGE) return Math.max(0, top);
	if (top >= end - EDGE) return far - Math.max(0, end - top);
	return EDGE + ((top - EDGE) * (far - 2 * EDGE)) / (end - 2 * EDGE);
}

/** Where the scrollbar stands for a pixel of the rows: the inverse of `toVirtual`. */
export function toReal(scale: Scale, offset: number): number {
	const far = furthest(scale);
	const end = Math.max(0, scale.real - scale.viewport);
	if (far <= end) return Math.max(0, Math.min(end, offset));
	if (offset <= EDGE) return Math.max(0, offset);
	if (offset >= far - EDGE) return end - Math.max(0, far - offset);
	return EDGE + ((offset - EDGE) * (end - 2 * EDGE)) / (far - 2 * EDGE);
}

/** Where the scrollbar stands, and which pixel of the rows is at the top of the sight. */
export interface Position {
	top: number;
	offset: number;
}

/**
 * The position after the scrollbar moved to `top`. A small move scrolls the rows by the same pixels, so that a wheel
 * passes every row; a jump goes where the scrollbar points.
 */
export function scrolled(scale: Scale, from: Position, top: number): Position {
	const by = top - from.top;
	if (scale.virtual <= scale.real || Math.abs(by) > STEP) return { top, offset: toVirtual(scale, top) };
	return { top, offset: Math.max(0, Math.min(furthest(scale), from.offset + by)) };
}
