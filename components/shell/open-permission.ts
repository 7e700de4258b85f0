import { CasebookError } from "@/lib/model";
import type { LocalSource } from "@/lib/workspace/local-types";

/** What a handle answers where a browser keeps permissions for it. */
interface Asking {
	queryPermission?(descriptor: { mode: "read" }): Promise<PermissionState>;
	requestPermission?(descriptor: { mode: "read" }): Promise<PermissionState>;
}

/**
 * Makes sure that every handle of a source may be read; the browser asks the reader where it has to, which it does
 * only shortly after a click or a key. Rejects with a CasebookError (`refused`) where reading is not allowed.
 */
export async function askToRead(source: LocalSource): Promise<void> {
	for (const root of source.roots) {
		if (root.kind !== "folder" && root.kind !== "file") continue;
		const handle: FileSystemHandle & Asking = root.handle;
		const known = await handle.queryPermission?.({ mode: "read" });
		if (known === undefined || known === "granted") continue;
		// Without a click or a key just before, a browser refuses to ask; then nothing is granted either.
		const answer = known === "denied" ? known : await handle.requestPermission?.({ mode: "read" }).catch(() => known);
		if (answer === "granted") continue;
		throw new CasebookError({ kind: "refused", rule: "the browser’s permission to read", message: `${handle.name} was not read: the browser has not been allowed to. Try again and allow it when the browser asks, or open another workspace.` });
	}
}
