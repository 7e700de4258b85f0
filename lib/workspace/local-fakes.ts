import { readFileSync } from "node:fs";
import { lstat, readdir } from "node:fs/promises";
import { basename, join } from "node:path";

/**
 * For tests: what a browser gives, made of a folder on disk, as far as a workspace uses it. A file behind a handle that changed
 * since `getFile` cannot be read, as in a browser.
 */

function problem(name: string): DOMException {
	return new DOMException(`a ${name} of a test`, name);
}

/** A `File` of a path as it is now; reading it fails once the file on disk has another size or time. */
export async function fileOnDisk(path: string, relativePath = ""): Promise<File> {
	const stats = await lstat(path).catch(() => {
		throw problem("NotFoundError");
	});
	const file = new File([readFileSync(path)], basename(path), { lastModified: Math.trunc(stats.mtimeMs) });
	const unchanged = async () => {
		const now = await lstat(path).catch(() => null);
		if (now === null || now.size !== stats.size || now.mtimeMs !== stats.mtimeMs) throw problem("NotReadableError");
	};
	guarded(file, unchanged);
	Object.defineProperty(file, "webkitRelativePath", { value: relativePath });
	return file;
}

/** Makes a blob and its parts ask before they are read. */
function guarded(blob: Blob, mayRead: () => Promise<void>): void {
	const slice = blob.slice.bind(blob);
	const arrayBuffer = blob.arrayBuffer.bind(blob);
	const own = {
		slice: (from?: number, to?: number) => {
			const part = slice(from, to);
			guarded(part, mayRead);
			return part;
		},
		arrayBuffer: async () => {
			await mayRead();
			return arrayBuffer();
		},
	};
	for (const [name, value] of Object.entries(own)) Object.defineProperty(blob, name, { value });
}

/** The handle of a file; only what a workspace asks of one is there. */
export function fileHandle(path: string): FileSystemFileHandle {
	return { kind: "file", name: basename(path), getFile: () => fileOnDisk(path) } as Partial<FileSystemFileHandle> as FileSystemFileHandle;
}

/** The handle of a folder. `closed` names folders that a browser would not look into. */
export function folderHandle(path: string, closed: ReadonlySet<string> = new Set()): FileSystemDirectoryHandle {
	const child = async (name: string) => {
		const stats = await lstat(join(path, name)).catch(() => {
			throw problem("NotFoundError");
		});
		return stats.isDirectory();
	};
	const handle = {
		kind: "directory" as const,
		name: basename(path),
		async *values() {
			if (closed.has(basename(path))) throw problem("NotAllowedError");
			const names = await readdir(path).catch(() => {
				throw problem("NotFoundError");
			});
			// No order is promised.
			for (const name of names.reverse()) yield (await child(name)) ? folderHandle(join(path, name), closed) : fileHandle(join(path, name));
		},
		async getFileHandle(name: string) {
			if (await child(name)) throw problem("TypeMismatchError");
			return fileHandle(join(path, name));
		},
		async getDirectoryHandle(name: string) {
			if (!(await child(name))) throw problem("TypeMismatchError");
			return folderHandle(join(path, name), closed);
		},
	};
	return handle as Partial<FileSystemDirectoryHandle> as FileSystemDirectoryHandle;
}

/** The files that a folder input gives for a folder: all of them, in any order. */
export async function inputFiles(root: string): Promise<File[]> {
	const files: File[] = [];
	const below = async (path: string, relative: string): Promise<void> => {
		for (const name of await readdir(path)) {
			const full = join(path, name);
			if ((await lstat(full)).isDirectory()) await below(full, `${relative}/${name}`);
			else files.push(await fileOnDisk(full, `${relative}/${name}`));
		}
	};
	await below(root, basename(root));
	return files.reverse();
}

/** The entry of a folder or file, as browsers without handles give it: a reader answers in parts of two. */
export function entryOf(path: string, folder: boolean): FileSystemEntry {
	const entry = {
		name: basename(path),
		isDirectory: folder,
		isFile: !folder,
		file: (done: FileCallback, failed?: ErrorCallback) => {
			fileOnDisk(path).then(done, failed);
		},
		createReader: () => {
			let at = 0;
			return {
				readEntries: (done: FileSystemEntriesCallback, failed?: ErrorCallback) => {
					readdir(path, { withFileTypes: true }).then(
						(all) => {
							const part = all.slice(at, at + 2);
							at += part.length;
							done(part.map((one) => entryOf(join(path, one.name), one.isDirectory())));
						},
						() => failed?.(problem("NotReadableError")),
					);
				},
			};
		},
	};
	return entry as Partial<FileSystemEntry> as FileSystemEntry;
}
