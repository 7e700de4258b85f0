"use client";

import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useRef, useState } from "react";
import { Icon } from "./icon";

interface ToastEntry {
	id: number;
	text: string;
}

const ToastContext = createContext<(text: string) => void>(() => undefined);

/** How long a report stays, in milliseconds. It stays while it is pointed at. */
const STAYS = 5000;

/** Holds the reports. They say what was done and never ask. */
export function ToastProvider({ children }: { children: ReactNode }) {
	const [entries, setEntries] = useState<ToastEntry[]>([]);
	const next = useRef(0);
	const say = useCallback((text: string) => {
		next.current++;
		const entry = { id: next.current, text };
		setEntries((old) => [...old.slice(-2), entry]);
	}, []);
	const drop = useCallback((id: number) => setEntries((old) => old.filter((entry) => entry.id !== id)), []);
	return (
		<ToastContext.Provider value={say}>
			{children}
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

/** Puts text on the clipboard and says so; without a secure context it says why it cannot. */
export function useCopy(): (text: string, what?: string) => void {
	const toast = useToast();
	return useMemo(
		() => (text: string, what = "Copied") => {
			if (navigator.clipboard === undefined) {
				toast("Not copied: over plain http to another host the browser gives no clipboard.");
				return;
			}
			navigator.clipboard.writeText(text).then(
				() => toast(what),
				() => toast("Not copied: the browser refused the clipboard."),
			);
		},
		[toast],
	);
}
