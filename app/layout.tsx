import type { Metadata, Viewport } from "next";
import localFont from "next/font/local";
import { cookies } from "next/headers";
import type { ReactNode } from "react";
import { AppShell } from "@/components/shell/app-shell";
import { isTheme, THEME_COOKIE } from "@/components/shell/theme-cookie";
import { WorkspaceProvider } from "@/components/shell/workspace-provider";
import "./globals.css";

/** Every answer carries its own nonce, so no page is kept between requests. */
export const dynamic = "force-dynamic";

const sans = localFont({
	src: [
		{ path: "./fonts/ibm-plex-sans-latin-wght-normal.woff2", weight: "100 700", style: "normal" },
		{ path: "./fonts/ibm-plex-sans-latin-wght-italic.woff2", weight: "100 700", style: "italic" },
	],
	variable: "--font-plex-sans",
	display: "swap",
});

const mono = localFont({
	src: [
		{ path: "./fonts/ibm-plex-mono-latin-400-normal.woff2", weight: "400", style: "normal" },
		{ path: "./fonts/ibm-plex-mono-latin-500-normal.woff2", weight: "500", style: "normal" },
		{ path: "./fonts/ibm-plex-mono-latin-600-normal.woff2", weight: "600", style: "normal" },
	],
	variable: "--font-plex-mono",
	display: "swap",
	adjustFontFallback: false,
});

export const metadata: Metadata = {
	title: { default: "Casebook", template: "%s · Casebook" },
	description: "A local-first notebook for parity investigations.",
	referrer: "no-referrer",
};

export const viewport: Viewport = { width: "device-width", initialScale: 1, colorScheme: "light dark" };

export default async function RootLayout({ children }: { children: ReactNode }) {
	const chosen = (await cookies()).get(THEME_COOKIE)?.value;
	const theme = isTheme(chosen) && chosen !== "system" ? chosen : undefined;
	return (
		<html lang="en" className={`${sans.variable} ${mono.variable}`} data-theme={theme}>
			<body>
				<WorkspaceProvider>
					<AppShell>{children}</AppShell>
				</WorkspaceProvider>
			</body>
		</html>
	);
}
