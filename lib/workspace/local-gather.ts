import { CasebookError } from "@/lib/model";
import { MAX_DEPTH, MAX_ENTRIES } from "./listing";
import type { Dropped } from "./local-drop";
import { errorWord } from "./local-tree";
import type { LocalRoot, LocalSource } from "./local-types";

/** A workspace of what was dropped. Throws CasebookError where it holds neither a file nor a folder, or a dropped folder cannot be read. */
export async function sourceOfDrop(dropped: readonly Dropped[]): Promise<LocalSource> {
	// All at once: the browser answers as long as none of the promises waits for another.
	const handles = await Promise.all(dropped.map(({ handle }) => handle?.catch(() => null) ?? null));
	const roots: LocalRoot[] = [];
	for (const [i, { entry, file }] of dropped.entries()) {
		const handle = handles[i] ?? null;
		if (handle !== null) roots.push(rootOf(handle));
		else if (entry?.isDirectory) await walkEntry(entry as FileSystemDirectoryEntry, entry.name, roots, 0);
		else if (file !== null) roots.push({ kind: "loose", path: file.name, file });
		else if (entry?.isFile) roots.push(await looseOf({ path: entry.name, entry: entry as FileSystemFileEntry }));
		else roots.push({ kind: "unreadable", path: `item ${i + 1}`, problem: "the browser gave neither a handle nor a file for it" });
	}
	const names = dropped.map(({ entry, file }, i) => handles[i]?.name ?? entry?.name ?? file?.name ?? `item ${i + 1}`);
	const folders = dropped.filter(({ entry }, i) => (handles[i] ? handles[i].kind === "directory" : (entry?.isDirectory ?? false))).length;
	return sourceOf(roots, names, folders, "Nothing that was dropped is a file or a folder. Drop a folder, or files.");
}

/** A workspace of what a file input gave: a folder where it was asked for one, else files. Throws CasebookError where it is empty. */
export function sourceOfFiles(files: Iterable<File>): LocalSource {
	const roots = [...files].map((file): LocalRoot => ({ kind: "loose", path: file.webkitRelativePath === "" || file.webkitRelativePath === undefined ? file.name : file.webkitRelativePath, file }));
	const tops = new Set(roots.map((root) => (root.kind === "loose" ? root.path.split("/") : [])).map((names) => (names.length > 1 ? names[0]! : "")));
	const [folder] = tops;
	if (tops.size === 1 && folder !== undefined && folder !== "") return { name: folder, roots };
	return sourceOf(roots, roots.map((root) => (root.kind === "loose" ? root.path : "")), 0, "The folder holds no file. Choose one that does.");
}

/** A workspace of handles, as a picker gives them. Throws CasebookError where there is none. */
export function sourceOfHandles(handles: readonly FileSystemHandle[]): LocalSource {
	const folders = handles.filter((handle) => handle.kind === "directory").length;
	return sourceOf(handles.map(rootOf), handles.map((handle) => handle.name), folders, "Nothing was chosen. Choose a folder, or files.");
}

function rootOf(handle: FileSystemHandle): LocalRoot {
	return handle.kind === "directory" ? { kind: "folder", handle: handle as FileSystemDirectoryHandle } : { kind: "file", handle: handle as FileSystemFileHandle };
}

function sourceOf(roots: readonly LocalRoot[], names: readonly string[], folders: number, empty: string): LocalSource {
	const [first] = names;
	if (first === undefined) throw new CasebookError({ kind: "source", path: "", message: empty });
	if (names.length === 1) return { name: first, roots };
	return { name: folders === 0 ? `${names.length} files` : `${first} and ${names.length - 1} more`, roots };
}

/**
 * The files below a dropped folder of which the browser gives no handle. Folders that are left out by their name are
 * not looked into, so that a large one costs nothing; other rules wait for the walk, which has the ignore files.
 */
async function walkEntry(folder: FileSystemDirectoryEntry, path: string, roots: LocalRoot[], depth: number): Promise<void> {
	if (depth > MAX_DEPTH || roots.length > MAX_ENTRIES) {
		roots.push({ kind: "closed", path, problem: null });
		return;
	}
	let entries: FileSystemEntry[];
	try {
		entries = await entriesOf(folder);
	} catch (error) {
		if (depth === 0) throw new CasebookError({ kind: "source", path, message: `${path}: the folder cannot be read (${errorWord(error)}). Allow reading it, or drop another.` }, error);
		roots.push({ kind: "closed", path, problem: errorWord(error) });
		return;
	}
	if (entries.length === 0) roots.push({ kind: "closed", path, problem: null });
	const files: { path: string; entry: FileSystemFileEntry }[] = [];
	for (const entry of entries) {
		const below = `${path}/${entry.name}`;
		if (entry.isDirectory && (entry.name === ".git" || entry.name === "node_modules")) roots.push({ kind: "closed", path: below, problem: null });
		else if (entry.isDirectory) await walkEntry(entry as FileSystemDirectoryEntry, below, roots, depth + 1);
		else files.push({ path: below, entry: entry as FileSystemFileEntry });
	}
	roots.push(...(await Promise.all(files.map(looseOf))));
}

/** A file entry becomes a `File`, which a worker can be sent; one that cannot be opened is said, as what could not be looked into. */
async function looseOf({ path, entry }: { path: string; entry: FileSystemFileEntry }): Promise<LocalRoot> {
	try {
		return { kind: "loose", path, file: await new Promise<File>((resolve, reject) => entry.file(resolve, reject)) };
	} catch (error) {
		return { kind: "unreadable", path, problem: errorWord(error) };
	}
}

/** A reader of entries answers in parts; an empty one is the end. */
async function entriesOf(folder: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
	const reader = folder.createReader();
	const all: FileSystemEntry[] = [];
	for (;;) {
		const part = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
		if (part.length === 0) return all;
		all.push(...part);
	}
}
