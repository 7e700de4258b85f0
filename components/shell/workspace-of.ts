import type { ReadFrom } from "@/lib/load/worker-protocol";
import { servedWorkspace, type Workspace } from "@/lib/workspace/client";

/** The page's own access to a workspace, for ranges of its files; the parse worker has one of its own. */
export function workspaceOf(from: ReadFrom): Workspace {
	const asked: typeof fetch = (input, init) => fetch(input, init);
	switch (from.kind) {
		case "served":
			return servedWorkspace(from.origin, asked);
		case "static":
			return later("workspace", async () => (await import("@/lib/workspace/static")).staticWorkspace(from.base, asked));
		case "local":
			return later(from.source.name, async () => (await import("@/lib/workspace/local")).localWorkspace(from.source));
	}
}

/** Makes sure that the browser lets the worker read; asks the reader where it has to. Rejects with a CasebookError (`refused`) where it may not. */
export async function mayRead(from: ReadFrom): Promise<void> {
	if (from.kind === "local") await (await import("./open-permission")).askToRead(from.source);
}

/** The code for other kinds than the served one comes when the first byte is asked for: most pages never need it. */
function later(name: string, make: () => Promise<Workspace>): Workspace {
	let made: Promise<Workspace> | undefined;
	const workspace = () => {
		made ??= make();
		return made;
	};
	return {
		name,
		manifest: async (signal) => (await workspace()).manifest(signal),
		async *stream(paths, signal) {
			yield* (await workspace()).stream(paths, signal);
		},
		bytes: async (path, from, to, signal) => (await workspace()).bytes(path, from, to, signal),
	};
}
