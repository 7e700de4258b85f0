import type { Engine } from "@/lib/engine/engine";
import type { SourceText } from "@/lib/load/source-text";
import type { Failure } from "@/lib/model";
import type { Workspace } from "@/lib/workspace/client";
import type { LocalSource } from "@/lib/workspace/local-types";

/** Where the open workspace comes from: the folder that the server serves, or files of this machine that never leave it. */
export type Opened = { kind: "served" } | { kind: "local"; source: LocalSource; how: "dropped" | "chosen" };

/** How far the workspace is. Counts are of what has been read so far. */
export interface LoadStatus {
	phase: "opening" | "loading" | "ready" | "failed" | "cancelled";
	filesDone: number;
	filesTotal: number;
	records: number;
	rejects: number;
	/** files that hold a reject */
	rejectFiles: number;
	bytesDone: number;
	bytesTotal: number;
	bytesPerSecond: number;
	/** the file that is being read */
	current: string | null;
	failure: Failure | null;
	/** when loading ended, ISO in UTC */
	loadedAt: string | null;
	/** one line about the load that a reader should know */
	notice: string | null;
	/** chosen files that changed or went away since they were chosen, and cannot be read again without choosing them again */
	stale: number;
}

/** What every page knows about the workspace. */
export interface WorkspaceState {
	name: string;
	opened: Opened;
	/** as of its last change of phase; the numbers as they run are `useLoadProgress` */
	load: LoadStatus;
	/** counts up with every load or append; queries are keyed by it */
	version: number;
	/** rows by table for the sidebar: it shows `sources`, `probes`, `probes_failing`, `sessions` and `teams` where they are known */
	counts: Record<string, number>;
	engine: Engine | null;
	/** stops loading; what was read stays */
	cancel(): void;
	/** reads the same workspace again, into a new engine */
	reload(): void;
	/** reads another workspace instead; what named things of the old one is cleared */
	open(next: Opened): void;
	workspace: Workspace | null;
	/** Lines [from, from + count) of a loaded source. Rejects with a CasebookError for what is no text or not loaded. */
	lines(path: string, from: number, count: number, signal?: AbortSignal): Promise<SourceText>;
}
