"use client";

import { useSyncExternalStore } from "react";
import { Icon } from "@/components/ui/icon";
import { isTheme, THEME_COOKIE, type Theme } from "./theme-cookie";

const listeners = new Set<() => void>();

/** Changes the theme of this page and remembers it for a year. */
export function setTheme(theme: Theme): void {
	const root = document.documentElement;
	if (theme === "system") delete root.dataset.theme;
	else root.dataset.theme = theme;
	// biome-ignore lint/suspicious/noDocumentCookie: the cookie store API is absent without a secure context
	document.cookie = `${THEME_COOKIE}=${theme}; path=/; max-age=31536000; samesite=lax`;
	for (const listener of listeners) listener();
}

function currentTheme(): Theme {
	const value = document.documentElement.dataset.theme;
	return isTheme(value) ? value : "system";
}

/** The theme in force; `system` until the page has hydrated. A chart that reads colours redraws when it changes. */
export function useTheme(): Theme {
	return useSyncExternalStore(
		(listener) => {
			listeners.add(listener);
			return () => listeners.delete(listener);
		},
		currentTheme,
		() => "system",
	);
}

const NEXT: { [theme in Theme]: Theme } = { system: "light", light: "dark", dark: "system" };
const ICONS = { system: "system", light: "sun", dark: "moon" } as const;

/** Steps through system, light, dark. `wide` shows the word as well. */
export function ThemeSwitch({ wide = false }: { wide?: boolean }) {
	const theme = useTheme();
	const label = `Theme: ${theme}`;
	return (
		<button type="button" className={wide ? undefined : "btn quiet icon"} aria-label={`${label}. Switch to ${NEXT[theme]}`} title={`${label}, press for ${NEXT[theme]}`} onClick={() => setTheme(NEXT[theme])}>
			<Icon name={ICONS[theme]} />
			{wide && label}
		</button>
	);
}
