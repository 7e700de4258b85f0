"use client";

import { useRouter } from "next/navigation";
import { createContext, type ReactNode, useContext, useEffect, useMemo, useRef, useState, useSyncExternalStore } from "react";
import { PAGES } from "./nav";

interface KeyBinding {
	key: string;
	/** what it does, for the sheet */
	does: string;
	run: (event: KeyboardEvent) => void;
}

interface KeysState {
	add(binding: { current: KeyBinding }): () => void;
	/** the page's own keys, latest first */
	list(): readonly KeyBinding[];
	subscribe(listener: () => void): () => void;
	/** whether single letters work */
	enabled: boolean;
	setEnabled(on: boolean): void;
	sheetOpen: boolean;
	setSheetOpen(open: boolean): void;
	paletteOpen: boolean;
	setPaletteOpen(open: boolean): void;
}

const STORE = "casebook.keys";
/** After `g` the next letter is waited for this long, in milliseconds. */
const CHORD = 1500;
const TEXT_FIELDS = 'input:not([type="checkbox"]):not([type="radio"]):not([type="button"]), textarea, select, [contenteditable=""], [contenteditable="true"], [role="textbox"]';

const KeysContext = createContext<KeysState | null>(null);

function storedEnabled(): boolean {
	try {
		return window.localStorage.getItem(STORE) !== "off";
	} catch {
		// Storage can be forbidden; keys then work until they are switched off in this page.
		return true;
	}
}

function inTextField(target: EventTarget | null): boolean {
	return target instanceof Element && target.closest(TEXT_FIELDS) !== null;
}

/** Holds the key bindings of the shell and of the page on screen. */
export function KeysProvider({ children }: { children: ReactNode }) {
	const [enabled, setEnabledState] = useState(true);
	const [sheetOpen, setSheetOpen] = useState(false);
	const [paletteOpen, setPaletteOpen] = useState(false);
	const store = useRef<{ bindings: { current: KeyBinding }[]; listeners: Set<() => void>; snapshot: readonly KeyBinding[] }>({ bindings: [], listeners: new Set(), snapshot: [] });
	const router = useRouter();

	useEffect(() => setEnabledState(storedEnabled()), []);

	const api = useMemo(() => {
		const changed = () => {
			store.current.snapshot = store.current.bindings.map((binding) => binding.current).reverse();
			for (const listener of store.current.listeners) listener();
		};
		return {
			add(binding: { current: KeyBinding }) {
				store.current.bindings.push(binding);
				changed();
				return () => {
					store.current.bindings = store.current.bindings.filter((other) => other !== binding);
					changed();
				};
			},
			list: () => store.current.snapshot,
			subscribe(listener: () => void) {
				store.current.listeners.add(listener);
				return () => {
					store.current.listeners.delete(listener);
				};
			},
			setEnabled(on: boolean) {
				setEnabledState(on);
				try {
					window.localStorage.setItem(STORE, on ? "on" : "off");
				} catch {
					// The choice then lasts as long as the page.
				}
			},
		};
	}, []);

	const chordAt = useRef(0);
	useEffect(() => {
		const onKeyDown = (event: KeyboardEvent) => {
			if ((event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && event.key.toLowerCase() === "k") {
				event.preventDefault();
				setPaletteOpen((open) => !open);
				return;
			}
			if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || !enabled) return;
			if (inTextField(event.target) || document.querySelector('[role="dialog"][data-state="open"], [role="menu"]') !== null) return;
			if (event.timeStamp - chordAt.current < CHORD) {
				chordAt.current = 0;
				const page = PAGES.find((candidate) => candidate.key === event.key);
				if (page) {
					event.preventDefault();
					router.push(page.href);
					return;
				}
			}
			const own = store.current.bindings.findLast((binding) => binding.current.key === event.key);
			if (own) {
				event.preventDefault();
				own.current.run(event);
			} else if (event.key === "g") chordAt.current = event.timeStamp;
			else if (event.key === "?") {
				event.preventDefault();
				setSheetOpen(true);
			} else if (event.key === "/") focusFilter(event);
			else if (event.key === "e") openFocusedFigure(event);
			else if (event.key === "j" || event.key === "k") moveRow(event, event.key === "j" ? 1 : -1);
		};
		document.addEventListener("keydown", onKeyDown);
		return () => document.removeEventListener("keydown", onKeyDown);
	}, [enabled, router]);

	const state = useMemo(() => ({ ...api, enabled, sheetOpen, setSheetOpen, paletteOpen, setPaletteOpen }), [api, enabled, sheetOpen, paletteOpen]);
	return <KeysContext.Provider value={state}>{children}</KeysContext.Provider>;
}

function focusFilter(event: KeyboardEvent): void {
	const field = document.querySelector<HTMLElement>("[data-page-filter]");
	if (field === null) return;
	event.preventDefault();
	field.focus();
	if (field instanceof HTMLInputElement) field.select();
}

/** The focused figure, or the first one in the focused row. */
function openFocusedFigure(event: KeyboardEvent): void {
	const focused = document.activeElement;
	if (!(focused instanceof HTMLElement) || focused === document.body) return;
	const figure = focused.matches("button.p") ? focused : (focused.closest("tr, li, [data-row]")?.querySelector<HTMLElement>("button.p") ?? null);
	if (figure === null) return;
	event.preventDefault();
	figure.click();
}

/** Moves focus over the elements that a page marked with `data-row`. */
function moveRow(event: KeyboardEvent, by: 1 | -1): void {
	const rows = [...document.querySelectorAll<HTMLElement>("[data-row]")];
	if (rows.length === 0) return;
	event.preventDefault();
	const focused = document.activeElement;
	const at = rows.findIndex((row) => row === focused || row.contains(focused));
	const next = at < 0 ? (by === 1 ? 0 : rows.length - 1) : Math.max(0, Math.min(rows.length - 1, at + by));
	rows[next]?.focus();
}

/** The keys state; throws outside the shell. */
export function useKeys(): KeysState {
	const state = useContext(KeysContext);
	if (state === null) throw new Error("useKeys is called outside KeysProvider: render the component inside Shell.");
	return state;
}

/** Binds a single key while the component is mounted. The latest binding of a key wins; the `?` sheet lists it. */
export function useKey(key: string, does: string, run: (event: KeyboardEvent) => void, active = true): void {
	const add = useContext(KeysContext)?.add;
	const binding = useRef<KeyBinding>({ key, does, run });
	binding.current.run = run;
	useEffect(() => {
		if (!active || add === undefined) return;
		binding.current.key = key;
		binding.current.does = does;
		return add(binding);
	}, [active, add, key, does]);
}

/** The page's own keys, for the sheet. */
export function usePageKeys(): readonly { key: string; does: string }[] {
	const { list, subscribe } = useKeys();
	return useSyncExternalStore(subscribe, list, list);
}
