"use client";

import { createContext, type ReactNode, useCallback, useContext, useMemo, useRef, useState } from "react";
import type { EvidenceRequest, LoadEvidence } from "./types";

interface OpenEvidence extends EvidenceRequest {
	/** counts up, so that opening another figure starts afresh */
	serial: number;
	/** the id of the figure that opened it */
	by: string | null;
}

interface EvidenceActions {
	/** Opens the drawer on a figure. `by` is the figure's id, for its `aria-expanded`. */
	open(request: EvidenceRequest, by?: string): void;
	close(): void;
}

const Actions = createContext<EvidenceActions | null>(null);
const Current = createContext<{ current: OpenEvidence | null; load: LoadEvidence | null }>({ current: null, load: null });

/** Holds which figure's evidence is open. `loadEvidence` asks the engine and the workspace. */
export function EvidenceProvider({ loadEvidence, children }: { loadEvidence: LoadEvidence; children: ReactNode }) {
	const [current, setCurrent] = useState<OpenEvidence | null>(null);
	const serial = useRef(0);
	const open = useCallback((request: EvidenceRequest, by?: string) => {
		serial.current++;
		const focused = document.activeElement instanceof HTMLElement ? document.activeElement : null;
		setCurrent({ ...request, anchor: request.anchor ?? focused, serial: serial.current, by: by ?? null });
	}, []);
	const close = useCallback(() => setCurrent(null), []);
	const actions = useMemo(() => ({ open, close }), [open, close]);
	const state = useMemo(() => ({ current, load: loadEvidence }), [current, loadEvidence]);
	return (
		<Actions.Provider value={actions}>
			<Current.Provider value={state}>{children}</Current.Provider>
		</Actions.Provider>
	);
}

const NOWHERE: EvidenceActions = { open: () => undefined, close: () => undefined };

/** Opens and closes the drawer; does nothing outside a provider. */
export function useEvidence(): EvidenceActions {
	return useContext(Actions) ?? NOWHERE;
}

/** Whether there is a drawer to open. */
export function useHasEvidence(): boolean {
	return useContext(Actions) !== null;
}

/** The open figure and the loader, for the drawer itself. */
export function useOpenEvidence(): { current: OpenEvidence | null; load: LoadEvidence | null } {
	return useContext(Current);
}

/** Whether the figure with this id is the open one. */
export function useIsOpen(id: string): boolean {
	return useContext(Current).current?.by === id;
}
