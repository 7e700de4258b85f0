"use client";

import { useEffect, useState } from "react";
import { IS_STATIC } from "@/components/shell/asset-urls";
import { useWorkspace } from "@/components/shell/workspace-provider";
import { mayWrite } from "@/lib/workspace/save-client";

/** One question for the whole tab: a server is not started anew with another flag under an open page without it being reloaded. */
let asked: Promise<boolean | null> | undefined;

/**
 * Whether the open workspace can be written to: `yes`, or why not: `read-only` (a server without `--write`), `static` (no server), `local` (dropped or chosen
 * files). Null until the server answered.
 */
export type MayWrite = "yes" | "read-only" | "static" | "local";

export function useMayWrite(): MayWrite | null {
	const { opened } = useWorkspace();
	const [served, setServed] = useState<boolean | null>(null);
	const fixed = IS_STATIC ? "static" : opened.kind === "local" ? "local" : null;
	useEffect(() => {
		if (fixed !== null) return;
		let wanted = true;
		asked ??= mayWrite(location.origin, (input, init) => fetch(input, init));
		void asked.then((may) => {
			if (may === null) asked = undefined;
			if (wanted) setServed(may ?? false);
		});
		return () => {
			wanted = false;
		};
	}, [fixed]);
	return fixed ?? (served === null ? null : served ? "yes" : "read-only");
}
