import type { Field } from "@/lib/model";
import type { SourceInfo } from "./source-text";

/** What the reading side says to the side that owns the engine. Rows travel encoded in a buffer of their own, so that a worker can hand them over without a copy. */
export type LoadEvent =
	| { type: "manifest"; name: string; files: number; bytes: number }
	/** rows of one table; the table is made first if it is not there. `more` says that rows of the same file come right behind. */
	| { type: "rows"; table: string; fields: readonly Field[]; stream: Uint8Array; rows: number; more: boolean }
	/** rows of a source that were wrong, because its types were found to be others; `drop` says that the table holds no other rows and is none any more */
	| { type: "forget"; table: string; source: string; drop: boolean }
	/** sources that answer under their own path; also the end of what came before, where there are none */
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

/** Takes an event and resolves when it was dealt with: the reader waits, so that nothing piles up. To the memory of its rows, where that comes back. */
export type Emit = (event: LoadEvent) => Promise<ArrayBuffer | null>;
