"use client";

import { useCallback, useSyncExternalStore } from "react";
import type { QueryResult } from "@/lib/engine/engine";

/** While rows stream, a page that shows their number draws so often; drawing in every frame would keep the rows from coming. */
const PAUSE = 120;

/** How many rows have arrived: the first at once, then a few times a second, the last at once. */
export function useRowCount(result: QueryResult | null): number {
	const subscribe = useCallback(
		(changed: () => void) => {
			let frame = 0;
			let timer: ReturnType<typeof setTimeout> | undefined;
			let drawn = Number.NEGATIVE_INFINITY;
			const draw = () => {
				clearTimeout(timer);
				timer = undefined;
				if (frame !== 0) return;
				frame = requestAnimationFrame(() => {
					frame = 0;
					drawn = performance.now();
					changed();
				});
			};
			const stop = result?.onGrow(() => {
				const wait = drawn + PAUSE - performance.now();
				if (wait <= 0 || result.done) draw();
				else timer ??= setTimeout(draw, wait);
			});
			return () => {
				clearTimeout(timer);
				cancelAnimationFrame(frame);
				stop?.();
			};
		},
		[result],
	);
	const read = () => result?.numRows ?? 0;
	return useSyncExternalStore(subscribe, read, () => 0);
}
