"use client";

import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useRef, useState } from "react";
import { putOnClipboard } from "./clipboard";
import { Dialog } from "./dialog";
import { Icon } from "./icon";

interface ToastEntry {
	id: number;
	text: string;
}

const ToastContext = createContext<(text: string) => void>(() => undefined);
const ByHandContext = createContext<(text: string) => void>(() => undefined);

/** How long a report stays, in milliseconds. It stays while it is pointed at. */
const STAYS = 5000;

/** Holds the reports, which say what was done and never ask, and the text that a reader has to copy by hand. */
export function ToastProvider({ children }: { children: ReactNode }) {
	const [entries, setEntries] = useState<ToastEntry[]>([]);
	const [byHand, setByHand] = useState<string | null>(null);
	const next = useRef(0);
	const say = useCallback((text: string) => {
		next.current++;
		const entry = { id: next.current, text };
		setEntries((old) => [...old.slice(-2), entry]);
	}, []);
	const drop = useCallback((id: number) => setEntries((old) => old.filter((entry) => entry.id !== id)), []);
	return (
		<ToastContext.Provider value={say}>
			<ByHandContext.Provider value={setByHand}>{children}</ByHandContext.Provider>
			<Dialog open={byHand !== null} onOpenChange={(open) => !open && setByHand(null)} title="Copy by hand">
				<p className="i2">The browser does not let this page copy. Press Ctrl C or ⌘ C, or choose Copy from the menu of the text.</p>
				<textarea className="m small" rows={8} style={{ width: "100%", marginTop: 12, padding: 8, background: "var(--surface-1)", border: "1px solid var(--rule-strong)", borderRadius: "var(--radius-1)" }} readOnly aria-label="Text to copy" value={byHand ?? ""} onFocus={(event) => event.currentTarget.select()} />
			</Dialog>
			<div className="toasts" role="status" aria-live="polite">
				{entries.map((entry) => (
					<Toast key={entry.id} text={entry.text} onEnd={() => drop(entry.id)} />
				))}
			</div>
		</ToastContext.Provider>
	);
}

/** Reports one thing: `const toast = useToast(); toast("Link copied, 6.1 KB")`. */
export function useToast(): (text: string) => void {
	return useContext(ToastContext);
}

function Toast({ text, onEnd }: { text: string; onEnd(): void }) {
	const [held, setHeld] = useState(false);
	const end = useRef(onEnd);
	end.current = onEnd;
	useEffect(() => {
		if (held) return;
		const timer = setTimeout(() => end.current(), STAYS);
		return () => clearTimeout(timer);
	}, [held]);
	return (
		<div className="over toast" onPointerEnter={() => setHeld(true)} onPointerLeave={() => setHeld(false)}>
			<Icon name="check" />
			<span>{text}</span>
			<button type="button" className="btn quiet icon slim" aria-label="Dismiss" onClick={onEnd}>
				<Icon name="close" />
			</button>
		</div>
	);
}

/** Puts text on the clipboard and says so; where the browser refuses, it shows the text to be copied by hand. */
export function useCopy(): (text: string, what?: string) => void {
	const toast = useToast();
	const byHand = useContext(ByHandContext);
	return useMemo(
		() => (text: string, what = "Copied") => {
			void putOnClipboard(text).then((done) => (done ? toast(what) : byHand(text)));
		},
		[toast, byHand],
	);
}
