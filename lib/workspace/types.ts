/** A workspace as its readers see it: a list of files, their bytes in few streams, any range of one file. */

/** Files per request of the served folder; the server refuses more. */
export const MAX_BATCH_FILES = 500;
/** A request is closed before the file that would bring it over this many bytes; one larger file is a request of its own. */
export const MAX_BATCH_BYTES = 64 * 1024 * 1024;
/** Largest piece of one file in a stream. */
export const CHUNK_BYTES = 1024 * 1024;
/** Largest range that one `bytes` call answers. */
export const MAX_RANGE_BYTES = 8 * 1024 * 1024;

/** One line of the manifest: a file that is served, or a file or folder that is left out and why. */
export interface FileEntry {
	/** inside the workspace, with `/`; a folder that is left out ends with `/`. Unprintable parts are written as `\xNN`. */
	path: string;
	/** 0 for what is no regular file */
	bytes: number;
	/** RFC 3339 with milliseconds, UTC */
	modified_at: string;
	state: "served" | "left out";
	/** why it is left out, or what a reader should know of it (such as that it is a link); null where there is nothing to say */
	note: string | null;
}

export interface Manifest {
	/** the folder's own name, for titles */
	name: string;
	/** sorted by path, in code unit order */
	files: FileEntry[];
	generated_at: string;
	/** changes when a path, a size, a modified time or a state does */
	version: string;
}

/** What a stream of files says, per file in the order that was asked for: `start`, `data`…, then `end` or `error`; or `error` alone. */
export type StreamEvent =
	/** `bytes` is the size when the file was opened */
	| { type: "start"; path: string; bytes: number; modifiedAt: string }
	/** `release`, where there is one, gives the chunk's memory back: it will hold other bytes then */
	| { type: "data"; path: string; chunk: Uint8Array; release?: () => void }
	/** `sha256` (hex) and `bytes` are of what was sent; `changed` says that the file no longer is what the manifest lists */
	| { type: "end"; path: string; sha256: string; bytes: number; changed: boolean }
	| { type: "error"; path: string; message: string };

/** A range of one file. `size` is the size of the whole file when it was read. */
export interface FileRange {
	bytes: Uint8Array;
	modifiedAt: string;
	size: number;
}

export interface Workspace {
	/** the folder's name; a served workspace knows it once the manifest came */
	readonly name: string;
	/** The list of files as it is now. Throws CasebookError. */
	manifest(signal?: AbortSignal): Promise<Manifest>;
	/**
	 * The bytes of files, in the order of `paths`, any number of them. A file that cannot be read is an `error`
	 * event and never stops the others. Throws only a CasebookError of kind `cancelled`.
	 */
	stream(paths: readonly string[], signal?: AbortSignal): AsyncIterable<StreamEvent>;
	/** Bytes `[from, to)` of a file, cut at its end; at most `MAX_RANGE_BYTES`. Throws CasebookError. */
	bytes(path: string, from: number, to: number, signal?: AbortSignal): Promise<FileRange>;
}
