"use client";

import { useSearchParams } from "next/navigation";
import { useCallback } from "react";

/** A query string that a person can read: slashes, colons, commas and at signs stay as they are. */
export function readableQuery(params: URLSearchParams): string {
	return params.toString().replaceAll("%2F", "/").replaceAll("%3A", ":").replaceAll("%2C", ",").replaceAll("%40", "@");
}

/**
 * Writes parameters into the address without asking the server. Null or empty removes one. A choice makes a step of the
 * browser's history; text that is being typed passes `replace`.
 */
export function setUrlParams(patch: { readonly [name: string]: string | null }, options: { replace?: boolean } = {}): void {
	const params = new URLSearchParams(window.location.search);
	for (const [name, value] of Object.entries(patch)) {
		if (value === null || value === "") params.delete(name);
		else params.set(name, value);
	}
	const query = readableQuery(params);
	const next = `${window.location.pathname}${query === "" ? "" : `?${query}`}${window.location.hash}`;
	if (next === `${window.location.pathname}${window.location.search}${window.location.hash}`) return;
	if (options.replace) window.history.replaceState(null, "", next);
	else window.history.pushState(null, "", next);
}

/** One parameter of the address: its value (null where it is absent) and the way to write it. */
export function useUrlState(name: string): [value: string | null, set: (value: string | null, options?: { replace?: boolean }) => void] {
	const value = useSearchParams().get(name);
	const set = useCallback((next: string | null, options?: { replace?: boolean }) => setUrlParams({ [name]: next }, options), [name]);
	return [value, set];
}
