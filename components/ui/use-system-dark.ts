"use client";

import { useSyncExternalStore } from "react";

/** Whether the system asks for dark; a page without a theme of its own follows it. */
export function useSystemDark(): boolean {
	return useSyncExternalStore(
		(listener) => {
			const query = window.matchMedia("(prefers-color-scheme: dark)");
			query.addEventListener("change", listener);
			return () => query.removeEventListener("change", listener);
		},
		() => window.matchMedia("(prefers-color-scheme: dark)").matches,
		() => false,
	);
}
