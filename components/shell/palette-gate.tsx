"use client";

import { lazy, Suspense, useEffect, useState } from "react";
import { useKeys } from "./keys";
import type { LoadPaletteItems } from "./palette-types";
import { useWorkspace } from "./workspace-provider";

const bring = () => import("./palette");
const Palette = lazy(() => bring().then((module) => ({ default: module.Palette })));

/** The palette, fetched when it is first opened, or once the workspace is read and nothing else is waiting. */
export function PaletteGate({ items }: { items?: LoadPaletteItems }) {
	const { paletteOpen } = useKeys();
	const { load } = useWorkspace();
	const [used, setUsed] = useState(false);
	if (paletteOpen && !used) setUsed(true);
	useEffect(() => {
		// A palette that could not be fetched ahead is fetched when it is opened.
		if (load.phase === "ready") void bring().catch(() => undefined);
	}, [load.phase]);
	if (!used) return null;
	return (
		<Suspense fallback={null}>
			<Palette items={items} />
		</Suspense>
	);
}
