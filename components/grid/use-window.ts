"use client";

import { elementScroll, observeElementOffset, observeElementRect, useVirtualizer } from "@tanstack/react-virtual";
import { type RefObject, useEffect, useLayoutEffect, useRef, useState } from "react";
import { type Scale, scaleOf } from "./scale";

export const HEAD_HEIGHT = 32;
/** Below this count all columns are rendered. */
const FEW_COLUMNS = 30;

export interface Window {
	rowHeight: number;
	/** display rows that are rendered, with their distance from the body's top in real pixels */
	rows: { index: number; top: number }[];
	/** columns that are rendered, and the width of those left of them and in all */
	columns: number[];
	before: number;
	width: number;
	/** height of the body in real pixels */
	height: number;
	/** rows that a page key moves */
	page: number;
	/** scrolls a place into view; row −1 is the head, which is always in view */
	show(row: number, column: number): void;
}

/** Which rows and columns of a grid are in sight. Row heights are equal; tall bodies are scaled (see `scale.ts`). */
export function useWindow(scroller: RefObject<HTMLDivElement | null>, rows: number, widths: readonly number[], countWidth: number): Window {
	const rowHeight = useRowHeight(scroller);
	const scale = useRef<Scale>({ virtual: 0, real: 0, ratio: 1 });
	const viewport = () => (scroller.current?.clientHeight ?? 0) - HEAD_HEIGHT;
	scale.current = scaleOf(rows, rowHeight, Math.max(0, viewport()));

	const vertical = useVirtualizer<HTMLDivElement, Element>({
		count: rows,
		getScrollElement: () => scroller.current,
		estimateSize: () => rowHeight,
		overscan: 8,
		observeElementOffset: (instance, report) => observeElementOffset(instance, (offset, scrolling) => report(offset * scale.current.ratio, scrolling)),
		observeElementRect: (instance, report) => observeElementRect(instance, ({ width, height }) => report({ width, height: Math.max(0, height - HEAD_HEIGHT) })),
		scrollToFn: (offset, options, instance) => elementScroll(offset / scale.current.ratio, options, instance),
	});
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
		vertical.measure();
	}, [rowHeight]);
	// biome-ignore lint/correctness/useExhaustiveDependencies: sizes are read again when one of these changes
	useLayoutEffect(() => {
		horizontal.measure();
	}, [widths]);

	const offset = vertical.scrollOffset ?? 0;
	const shift = offset / scale.current.ratio - offset;
	const some = widths.length > FEW_COLUMNS ? horizontal.getVirtualItems() : null;
	const columns = some === null ? widths.map((_, index) => index) : some.map((item) => item.index);
	const sum = (to: number) => widths.slice(0, to).reduce((total, width) => total + width, 0);
	return {
		rowHeight,
		rows: vertical.getVirtualItems().map((item) => ({ index: item.index, top: item.index * rowHeight + shift })),
		columns,
		before: sum(columns[0] ?? 0),
		width: sum(widths.length),
		height: scale.current.real,
		page: Math.max(1, Math.floor(viewport() / rowHeight) - 1),
		show(row, column) {
			const element = scroller.current;
			if (element === null) return;
			const { ratio } = scale.current;
			const from = element.scrollTop * ratio;
			const top = row * rowHeight;
			if (row >= 0 && top < from) element.scrollTop = Math.floor(top / ratio);
			else if (row >= 0 && top + rowHeight > from + viewport()) element.scrollTop = Math.ceil((top + rowHeight - viewport()) / ratio);
			const left = sum(column);
			const width = widths[column] ?? 0;
			const sight = element.clientWidth - countWidth;
			if (left < element.scrollLeft || width > sight) element.scrollLeft = left;
			else if (left + width > element.scrollLeft + sight) element.scrollLeft = left + width - sight;
		},
	};
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
