"use client";

import { useVirtualizer } from "@tanstack/react-virtual";
import { type RefObject, useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from "react";
import { flushSync } from "react-dom";
import { furthest, type Position, type Scale, scaleOf, scrolled, toReal } from "./scale";

export const HEAD_HEIGHT = 32;
/** Below this count all columns are rendered. */
const FEW_COLUMNS = 30;
/** rows that are rendered above and below the sight */
const AROUND = 5;
/** after so many milliseconds without a scroll the scrollbar is set to where the rows are */
const REST = 160;

export interface Window {
	rowHeight: number;
	/** display rows that are rendered, with their distance from the body's top in real pixels */
	rows: readonly { index: number; top: number }[];
	/** columns that are rendered, and the width of those left of them and in all */
	columns: readonly number[];
	before: number;
	width: number;
	/** height of the body in real pixels */
	height: number;
	/** rows that a page key moves */
	page: number;
	/** scrolls a place into view; row −1 is the head, which is always in view */
	show(row: number, column: number): void;
}

/** Which rows and columns of a grid are in sight. Row heights are equal, so that rows are found by arithmetic; tall bodies are scaled (see `scale.ts`). */
export function useWindow(scroller: RefObject<HTMLDivElement | null>, rows: number, widths: readonly number[], countWidth: number): Window {
	const rowHeight = useRowHeight(scroller);
	const viewport = useViewport(scroller);
	const scale = useMemo(() => scaleOf(rows, rowHeight, viewport), [rows, rowHeight, viewport]);
	const { position, moveTo } = usePosition(scroller, scale);

	const horizontal = useVirtualizer<HTMLDivElement, Element>({
		horizontal: true,
		count: widths.length,
		enabled: widths.length > FEW_COLUMNS,
		getScrollElement: () => scroller.current,
		estimateSize: (index) => widths[index] ?? 0,
		overscan: 3,
	});
	// biome-ignore lint/correctness/useExhaustiveDependencies: sizes are read again when one of these changes
	useLayoutEffect(() => {
		horizontal.measure();
	}, [widths]);

	const some = widths.length > FEW_COLUMNS ? horizontal.getVirtualItems().map((item) => item.index) : null;
	const from = some === null ? 0 : (some[0] ?? 0);
	const to = some === null ? widths.length : (some.at(-1) ?? -1) + 1;
	// The same list while the same columns are in sight: rows are not drawn again for a new one.
	const columns = useMemo(() => Array.from({ length: Math.max(0, to - from) }, (_, i) => from + i), [from, to]);

	const offset = Math.min(position.offset, furthest(scale));
	const shift = Math.round(position.top - offset);
	const first = Math.max(0, Math.floor(offset / rowHeight) - AROUND);
	const last = Math.min(rows, Math.ceil((offset + viewport) / rowHeight) + AROUND);
	const sum = (end: number) => widths.slice(0, end).reduce((total, width) => total + width, 0);
	return {
		rowHeight,
		rows: Array.from({ length: Math.max(0, last - first) }, (_, i) => ({ index: first + i, top: (first + i) * rowHeight + shift })),
		columns,
		before: sum(from),
		width: sum(widths.length),
		height: scale.real,
		page: Math.max(1, Math.floor(viewport / rowHeight) - 1),
		show(row, column) {
			const element = scroller.current;
			if (element === null) return;
			const top = row * rowHeight;
			if (row >= 0 && top < offset) moveTo(top);
			else if (row >= 0 && top + rowHeight > offset + viewport) moveTo(top + rowHeight - viewport);
			const left = sum(column);
			const width = widths[column] ?? 0;
			const sight = element.clientWidth - countWidth;
			if (left < element.scrollLeft || width > sight) element.scrollLeft = left;
			else if (left + width > element.scrollLeft + sight) element.scrollLeft = left + width - sight;
		},
	};
}

/** Follows the scrollbar. Small moves pass every row; once they end, the scrollbar is set to where the rows are. */
function usePosition(scroller: RefObject<HTMLDivElement | null>, scale: Scale): { position: Position; moveTo: (offset: number) => void } {
	const [position, setPosition] = useState<Position>({ top: 0, offset: 0 });
	const at = useRef<Position>(position);
	const now = useRef(scale);
	now.current = scale;

	const moveTo = useCallback(
		(offset: number) => {
			const element = scroller.current;
			if (element === null) return;
			const inside = Math.max(0, Math.min(furthest(now.current), offset));
			// Whole pixels: the browser keeps them, so that they need not be read back, which would lay out the page.
			at.current = { top: Math.round(toReal(now.current, inside)), offset: inside };
			element.scrollTop = at.current.top;
			setPosition(at.current);
		},
		[scroller],
	);

	useEffect(() => {
		const element = scroller.current;
		if (element === null) return;
		let rest: ReturnType<typeof setTimeout> | undefined;
		const settle = () => {
			// The scrollbar was moved and its event has not come yet: setting it now would undo the reader's move.
			if (Math.abs(element.scrollTop - at.current.top) >= 1) {
				follow();
				return;
			}
			const { top, offset } = at.current;
			// Before the next frame, which would show the rows at another place.
			if (Math.abs(toReal(now.current, offset) - top) > 1) flushSync(() => moveTo(offset));
		};
		const follow = () => {
			const top = element.scrollTop;
			if (Math.abs(top - at.current.top) < 1) return;
			at.current = scrolled(now.current, at.current, top);
			setPosition(at.current);
			clearTimeout(rest);
			rest = setTimeout(settle, REST);
		};
		element.addEventListener("scroll", follow, { passive: true });
		return () => {
			clearTimeout(rest);
			element.removeEventListener("scroll", follow);
		};
	}, [scroller, moveTo]);
	return { position, moveTo };
}

/** The height of the rows in sight. */
function useViewport(scroller: RefObject<HTMLDivElement | null>): number {
	const [height, setHeight] = useState(0);
	useLayoutEffect(() => {
		const element = scroller.current;
		if (element === null) return;
		const read = () => setHeight(Math.max(0, element.clientHeight - HEAD_HEIGHT));
		read();
		const watching = new ResizeObserver(read);
		watching.observe(element);
		return () => watching.disconnect();
	}, [scroller]);
	return height;
}

/** The height of a row: 28 px, more where the density or a coarse pointer asks for it. */
function useRowHeight(scroller: RefObject<HTMLDivElement | null>): number {
	const [height, setHeight] = useState(28);
	useEffect(() => {
		const read = () => {
			if (scroller.current === null) return;
			const value = Number.parseFloat(getComputedStyle(scroller.current).getPropertyValue("--row"));
			if (value > 0) setHeight(value);
		};
		read();
		window.addEventListener("resize", read);
		return () => window.removeEventListener("resize", read);
	}, [scroller]);
	return height;
}
