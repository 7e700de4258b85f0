"use client";

import type { ReactNode } from "react";
import { EvidenceDrawer } from "@/components/evidence/drawer";
import { ToastProvider } from "@/components/ui";
import { Dock } from "./dock";
import { KeysProvider } from "./keys";
import { KeysSheet } from "./keys-sheet";
import { LoadLine } from "./load-line";
import { PageTopProvider, TopBar } from "./page-top";
import { PaletteGate } from "./palette-gate";
import type { LoadPaletteItems } from "./palette-types";
import { Sidebar } from "./sidebar";

/**
 * The frame around every page. It brings the only `<main>`: a page renders `<PageTop/>` and then one
 * `<div className="page">` (padding, container of the column rules) or `<div className="split">`.
 * `items` fetches the palette's lines from the workspace. The Evidence drawer shows what an EvidenceProvider around
 * the shell holds.
 */
export function Shell({ children, items }: { children: ReactNode; items?: LoadPaletteItems }) {
	return (
		<ToastProvider>
			<KeysProvider>
				<PageTopProvider>
					<a className="skip" href="#content">
						Skip to the page
					</a>
					<div className="app">
						<Sidebar />
						<div className="main">
							<TopBar />
							<main id="content" className="content" tabIndex={-1}>
								{children}
							</main>
							<LoadLine />
						</div>
						<EvidenceDrawer />
					</div>
					<Dock />
					<PaletteGate items={items} />
					<KeysSheet />
				</PageTopProvider>
			</KeysProvider>
		</ToastProvider>
	);
}
