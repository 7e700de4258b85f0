"use client";

import { useSyncExternalStore } from "react";

const never = () => () => undefined;

/** What the browser holds back at this address, in one line; nothing where it holds back nothing. `inset` aligns it with the lines of a menu. */
export function AddressNote({ inset = false }: { inset?: boolean }) {
	const secure = useSyncExternalStore(
		never,
		() => window.isSecureContext,
		() => true,
	);
	if (secure) return null;
	return (
		<div
			className="small i3"
			style={inset ? { padding: "var(--s-2)" } : undefined}
			title="Browsers give the clipboard and lasting access to a chosen folder only to addresses that begin with https, and to this machine's own. Copying works here by an older way; a folder has to be chosen again each time. Nothing else is missing. Plain http is not encrypted."
		>
			Plain http: chosen folders are not remembered, and the network can read along.
		</div>
	);
}
