import type { Field } from "@/lib/model";
import type { SourceInfo } from "./source-text";

/** What the reading side says to the side that owns the engine. Rows travel encoded, so that a worker can hand them over without a copy. */
export type LoadEvent =
	| { type: "manifest"; name: string; files: number; bytes: number }
	/** rows of one table; the table is made first if it is not there */
	| { type: "rows"; table: string; fields: readonly Field[]; stream: Uint8Array; rows: number }
	/** a source that answers under its own path */
	| { type: "views"; views: readonly SourceView[] }
	| { type: "sources"; infos: readonly SourceInfo[] }
	| { type: "progress"; progress: LoadProgress };

export interface SourceView {
	path: string;
	/** its path, or that with `~2` where a name that differs only in case was there first */
	view: string;
	/** the table that holds its rows */
	table: string;
}

export interface LoadProgress {
	filesDone: number;
	filesTotal: number;
	bytesDone: number;
	bytesTotal: number;
	records: number;
	rejects: number;
	rejectFiles: number;
	/** the file being read */
	current: string | null;
}

/** Takes an event and resolves when it was dealt with: the reader waits, so that nothing piles up. */
export type Emit = (event: LoadEvent) => Promise<void>;
