"use client";

import { useCallback, useSyncExternalStore } from "react";
import type { QueryResult } from "@/lib/engine/engine";

/** How many rows have arrived. Re-renders at most once a frame while they stream. */
export function useRowCount(result: QueryResult | null): number {
	const subscribe = useCallback(
		(changed: () => void) => {
			let frame = 0;
			const stop = result?.onGrow(() => {
				if (frame !== 0) return;
				frame = requestAnimationFrame(() => {
					frame = 0;
					changed();
				});
			});
			return () => {
				cancelAnimationFrame(frame);
				stop?.();
			};
		},
		[result],
	);
	const read = () => result?.numRows ?? 0;
	return useSyncExternalStore(subscribe, read, () => 0);
}
