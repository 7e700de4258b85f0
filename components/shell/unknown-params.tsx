"use client";

import { useSearchParams } from "next/navigation";
import { useEffect, useMemo, useSyncExternalStore } from "react";
import { Icon } from "@/components/ui/icon";
import { setUrlParams } from "./url-state";

export { readableQuery, setUrlParams, useUrlState } from "./url-state";

/** The parameters that the page on screen knows; null before a page has said so. */
let known: readonly string[] | null = null;
const listeners = new Set<() => void>();

function setKnown(names: readonly string[] | null): void {
	known = names;
	for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
	listeners.add(listener);
	return () => listeners.delete(listener);
}

/** Says which parameters this page knows. Returns those in the address that it does not. */
export function useKnownParams(names: readonly string[]): string[] {
	const params = useSearchParams();
	const list = names.join("\n");
	useEffect(() => {
		const mine = list.split("\n");
		setKnown(mine);
		return () => {
			if (known === mine) setKnown(null);
		};
	}, [list]);
	return useMemo(() => unknownOf(params, list.split("\n")), [params, list]);
}

function unknownOf(params: Iterable<[string, string]>, names: readonly string[]): string[] {
	return [...new Set([...params].map(([name]) => name))].filter((name) => !names.includes(name));
}

/** One line that names the parameters which the page does not know. Renders nothing where all are known. */
export function UnknownParams() {
	const params = useSearchParams();
	const names = useSyncExternalStore(
		subscribe,
		() => known,
		() => null,
	);
	const unknown = names === null ? [] : unknownOf(params, names);
	if (unknown.length === 0) return null;
	return (
		<div className="unknown-params" role="status">
			<Icon name="info" />
			<span>
				This page does not know{" "}
				{unknown.map((name, i) => (
					<span key={name}>
						{i > 0 && ", "}
						<code>{name}</code>
					</span>
				))}
				; it is shown as if {unknown.length === 1 ? "it were" : "they were"} not in the address.
			</span>
			<button type="button" className="btn quiet slim" onClick={() => setUrlParams(Object.fromEntries(unknown.map((name) => [name, null])), { replace: true })}>
				Remove
			</button>
		</div>
	);
}
