import { basename, resolve } from "node:path";
import { printableName } from "./names";
import { readFiles, readRange } from "./read";
import type { Workspace } from "./types";
import { type Snapshot, type WalkOptions, walk } from "./walk";

/**
 * A folder of this machine as a workspace, for Node. `manifest()` walks it; `stream` and `bytes` answer for the paths
 * of the latest manifest, and walk first where there is none. All throw CasebookError when `root` is no folder.
 */
export function folderWorkspace(root: string, options: WalkOptions = {}): Workspace {
	let latest: Promise<Snapshot> | undefined;
	const current = () => {
		latest ??= walk(root, options);
		return latest;
	};
	return {
		name: printableName(Buffer.from(basename(resolve(root)))).text || "workspace",
		async manifest() {
			latest = walk(root, options);
			return (await latest).manifest;
		},
		async *stream(paths, signal) {
			yield* readFiles(await current(), paths, signal);
		},
		async bytes(path, from, to) {
			return readRange(await current(), path, from, to);
		},
	};
}
