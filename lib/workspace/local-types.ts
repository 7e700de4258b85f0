/**
 * What was dropped or chosen, in a form that can be handed to a worker and, where it is all handles, kept in IndexedDB.
 * A handle is asked again for its content each time the workspace is read; a `File` stands for the bytes of one moment.
 */
export interface LocalSource {
	/** the folder's or the file's own name, or words for several */
	name: string;
	roots: readonly LocalRoot[];
}

export type LocalRoot =
	| { kind: "folder"; handle: FileSystemDirectoryHandle }
	| { kind: "file"; handle: FileSystemFileHandle }
	/** a file of which there is no handle; `path` is inside the workspace, with `/` between names */
	| { kind: "loose"; path: string; file: File }
	/** a file that could not be opened */
	| { kind: "unreadable"; path: string; problem: string }
	/** a folder that was not looked into; `problem` is why, null where its name alone was the reason */
	| { kind: "closed"; path: string; problem: string | null };

/** Whether every part can be read again later: there is a handle for each. */
export function canReopen(source: LocalSource): boolean {
	return source.roots.every((root) => root.kind === "folder" || root.kind === "file");
}
