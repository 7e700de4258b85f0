import type { Metadata, Viewport } from "next";
import localFont from "next/font/local";
import { cookies } from "next/headers";
import type { ReactNode } from "react";
import { AppShell } from "@/components/shell/app-shell";
import { IS_STATIC } from "@/components/shell/asset-urls";
import { isTheme, THEME_COOKIE, type Theme } from "@/components/shell/theme-cookie";
import { WorkspaceProvider } from "@/components/shell/workspace-provider";
import "./globals.css";

const sans = localFont({
	src: [
		{ path: "./fonts/ibm-plex-sans-latin-wght-normal.woff2", weight: "100 700", style: "normal" },
		{ path: "./fonts/ibm-plex-sans-latin-wght-italic.woff2", weight: "100 700", style: "italic" },
	],
	variable: "--font-plex-sans",
	// Fetched when a text needs them: preloading would bring all of them, italics too, before the page.
	preload: false,
	display: "swap",
});

const mono = localFont({
	src: [
		{ path: "./fonts/ibm-plex-mono-latin-400-normal.woff2", weight: "400", style: "normal" },
		{ path: "./fonts/ibm-plex-mono-latin-500-normal.woff2", weight: "500", style: "normal" },
		{ path: "./fonts/ibm-plex-mono-latin-600-normal.woff2", weight: "600", style: "normal" },
	],
	variable: "--font-plex-mono",
	preload: false,
	display: "swap",
	adjustFontFallback: false,
});

export const metadata: Metadata = {
	title: { default: "Casebook", template: "%s · Casebook" },
	description: "A local-first notebook for parity investigations.",
	referrer: "no-referrer",
};

export const viewport: Viewport = { width: "device-width", initialScale: 1, colorScheme: "light dark" };

/**
 * What the cookie says. Asking for it makes every page one of its request: each answer carries a nonce of its own, so none
 * may be kept. In a static copy a script of the page does it instead (`lib/cli/site-html.ts`).
 */
async function chosenTheme(): Promise<Theme | undefined> {
	if (IS_STATIC) return undefined;
	const chosen = (await cookies()).get(THEME_COOKIE)?.value;
	return isTheme(chosen) && chosen !== "system" ? chosen : undefined;
}

export default async function RootLayout({ children }: { children: ReactNode }) {
	return (
		<html lang="en" className={`${sans.variable} ${mono.variable}`} data-theme={await chosenTheme()} suppressHydrationWarning={IS_STATIC}>
			<body>
				<WorkspaceProvider>
					<AppShell>{children}</AppShell>
				</WorkspaceProvider>
			</body>
		</html>
	);
}
