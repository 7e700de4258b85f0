"use client";

import { useSyncExternalStore } from "react";

const never = () => () => undefined;

function isApple(): boolean {
	return /Mac|iPhone|iPad/.test(navigator.platform);
}

/** `Ctrl`, or `⌘` on Apple systems. */
export function useModKey(): "Ctrl" | "⌘" {
	return useSyncExternalStore(
		never,
		() => (isApple() ? "⌘" : "Ctrl"),
		() => "Ctrl",
	);
}
