"use client";

import { useCallback, useEffect, useRef, useState } from "react";
import { hashOf, queryOf } from "./link";
import { activeTab, firstTabs, openLinked, readTabs, type Tabs, writeTabs } from "./tabs";

/** Edits reach the address and the storage after a pause of this many milliseconds. */
const PAUSE = 400;

export interface LinkedTabs {
	/** null before the page has read its storage and address */
	tabs: Tabs | null;
	setTabs(change: (old: Tabs) => Tabs): void;
	/** the whole address of a query; null where it would be too long */
	link(sql: string): string | null;
	tooLong: boolean;
	/** writes a query into the address now */
	writeLink(sql: string): void;
}

/** The tabs of this window, and the address that carries the one on screen. A query that comes with the address is shown, never run. */
export function useLinkedTabs(): LinkedTabs {
	const [tabs, setAll] = useState<Tabs | null>(null);
	const [tooLong, setTooLong] = useState(false);
	/** the query that the address carries, as this page knows it */
	const inAddress = useRef<string | null>(null);
	/** whether the reader has changed anything: a first visit leaves the address alone */
	const touched = useRef(false);

	useEffect(() => {
		const read = (tabs: Tabs): Tabs => {
			const sql = queryOf(window.location.hash);
			if (sql === null || sql === inAddress.current || sql.trim() === "") return tabs;
			inAddress.current = sql;
			return openLinked(tabs, sql);
		};
		setAll(read(readTabs(window.sessionStorage)));
		const follow = () => {
			const sql = queryOf(window.location.hash);
			if (sql === null || sql === inAddress.current || sql.trim() === "") return;
			inAddress.current = sql;
			setAll((old) => openLinked(old ?? firstTabs(), sql));
		};
		window.addEventListener("hashchange", follow);
		window.addEventListener("popstate", follow);
		// A link inside the app moves by pushState, which fires neither.
		const navigation = "navigation" in window ? window.navigation : null;
		navigation?.addEventListener("currententrychange", follow);
		return () => {
			inAddress.current = null;
			window.removeEventListener("hashchange", follow);
			window.removeEventListener("popstate", follow);
			navigation?.removeEventListener("currententrychange", follow);
		};
	}, []);

	const writeLink = useCallback((sql: string) => {
		const hash = hashOf(sql);
		setTooLong(hash === null);
		const next = `${window.location.pathname}${window.location.search}${hash ?? ""}`;
		inAddress.current = hash === null || hash === "" ? null : sql;
		if (next !== `${window.location.pathname}${window.location.search}${window.location.hash}`) window.history.replaceState(null, "", next);
	}, []);

	const latest = useRef<Tabs | null>(null);
	latest.current = tabs;
	const save = useCallback(() => {
		if (latest.current !== null) writeTabs(window.sessionStorage, latest.current);
	}, []);
	const text = tabs === null ? null : activeTab(tabs).text;
	useEffect(() => {
		if (tabs === null) return;
		const timer = setTimeout(save, PAUSE);
		return () => clearTimeout(timer);
	}, [tabs, save]);
	useEffect(() => {
		if (text === null || !touched.current) return;
		const timer = setTimeout(() => writeLink(text), PAUSE);
		return () => clearTimeout(timer);
	}, [text, writeLink]);
	useEffect(() => {
		window.addEventListener("pagehide", save);
		return () => {
			window.removeEventListener("pagehide", save);
			save();
		};
	}, [save]);

	const setTabs = useCallback((change: (old: Tabs) => Tabs) => {
		touched.current = true;
		setAll((old) => change(old ?? firstTabs()));
	}, []);
	const link = useCallback((sql: string) => {
		const hash = hashOf(sql);
		return hash === null ? null : `${window.location.origin}${window.location.pathname}${hash}`;
	}, []);
	return { tabs, setTabs, link, tooLong, writeLink };
}
