"use client";

import { type RefCallback, useCallback, useRef, useState } from "react";

/**
 * The width inside an element's padding in CSS pixels, measured before the first paint and kept up to date. 0 until it is known.
 * Measuring lays the page out at once; who knows about how wide the element will be says so as `likely`, and it is only watched.
 */
export function useWidth<E extends HTMLElement>(likely = 0): [ref: RefCallback<E>, width: number] {
	const [width, setWidth] = useState(likely);
	const watching = useRef<ResizeObserver | null>(null);
	const known = useRef(likely > 0);
	const ref = useCallback((element: E | null) => {
		watching.current?.disconnect();
		watching.current = null;
		if (element === null) return;
		if (!known.current || typeof ResizeObserver === "undefined") {
			const style = getComputedStyle(element);
			setWidth(Math.floor(element.clientWidth - Number.parseFloat(style.paddingLeft) - Number.parseFloat(style.paddingRight)));
		}
		if (typeof ResizeObserver === "undefined") return;
		watching.current = new ResizeObserver((entries) => {
			const entry = entries.at(-1);
			if (entry) setWidth(Math.floor(entry.contentRect.width));
		});
		watching.current.observe(element);
	}, []);
	return [ref, width];
}
