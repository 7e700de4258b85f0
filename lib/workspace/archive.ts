import { CasebookError } from "@/lib/model";
import { type ArchiveIndex, archiveTitle, contentOf, type ListedFile, readIndex } from "./archive-list";
import { ArchiveProblem } from "./archive-zip";
import { sha256 } from "./local-hash";
import { checkCancelled, checkRange, NOT_IN_WORKSPACE, notInWorkspace } from "./range";
import { CHUNK_BYTES, type Manifest, type Workspace } from "./types";

export { archiveTitle, isArchiveName } from "./archive-list";
export { ArchiveProblem } from "./archive-zip";

/** The archive itself is read whole. */
export const MAX_ARCHIVE_FILE_BYTES = 512 * 1024 * 1024;

interface Opened {
	index: ArchiveIndex;
	hash: (bytes: Uint8Array) => string;
}

/**
 * An archive as a workspace: the notebook and its sources, as they were packed. `manifest()` unpacks every file once and holds its bytes against
 * the listed sha256; a broken archive is a CasebookError (`source`) that names it and says what is wrong. Nothing is written anywhere.
 *
 * @param name of the archive's file
 * @param read the archive's bytes; asked once
 */
export function archiveWorkspace(name: string, read: () => Promise<Uint8Array>): Workspace {
	let opening: Promise<Opened> | undefined;
	const open = () => {
		opening ??= openArchive(name, read);
		return opening;
	};
	/** the file that was read last: a page reads one piece by piece */
	let last: { path: string; bytes: Uint8Array } | null = null;
	return {
		name: archiveTitle(name),
		async manifest(signal): Promise<Manifest> {
			const { index, hash } = await open();
			for (const file of index.files.values()) {
				checkCancelled(signal);
				said(name, () => contentOf(file, hash));
			}
			const files = [...index.files.values()].map((file) => ({ path: file.path, bytes: file.bytes, modified_at: file.modifiedAt, state: "served" as const, note: null })).sort((a, b) => (a.path < b.path ? -1 : 1));
			const facts = [...index.files.values()].map((file) => `${file.path}\0${file.sha256}\n`).sort();
			return { name: archiveTitle(name), files, generated_at: index.madeAt, version: hash(new TextEncoder().encode(facts.join(""))).slice(0, 32) };
		},
		async *stream(paths, signal) {
			const { index, hash } = await open();
			for (const path of paths) {
				checkCancelled(signal);
				const file = index.files.get(path);
				if (file === undefined) {
					yield { type: "error", path, message: NOT_IN_WORKSPACE };
					continue;
				}
				const bytes = said(name, () => contentOf(file, hash));
				yield { type: "start", path, bytes: bytes.length, modifiedAt: file.modifiedAt };
				for (let at = 0; at < bytes.length; at += CHUNK_BYTES) {
					checkCancelled(signal);
					yield { type: "data", path, chunk: bytes.slice(at, at + CHUNK_BYTES) };
				}
				yield { type: "end", path, sha256: file.sha256, bytes: bytes.length, changed: false };
			}
		},
		async bytes(path, from, to, signal) {
			checkRange(path, from, to);
			checkCancelled(signal);
			const { index, hash } = await open();
			const file = index.files.get(path);
			if (file === undefined) throw notInWorkspace(path);
			if (last?.path !== path) last = { path, bytes: said(name, () => contentOf(file, hash)) };
			return { bytes: last.bytes.slice(from, to), modifiedAt: file.modifiedAt, size: file.bytes };
		},
	};
}

/** Every file of an archive with its verified bytes, for whoever lays them out on disk. Throws CasebookError (`source`). */
export async function archiveFiles(name: string, read: () => Promise<Uint8Array>): Promise<{ path: string; bytes: Uint8Array; modifiedAt: string }[]> {
	const { index, hash } = await openArchive(name, read);
	return [...index.files.values()].map((file: ListedFile) => ({ path: file.path, bytes: said(name, () => contentOf(file, hash)), modifiedAt: file.modifiedAt }));
}

/** Whether an archive of this size is read at all. Throws CasebookError (`limit`) where not. */
export function checkArchiveSize(name: string, bytes: number): void {
	if (bytes > MAX_ARCHIVE_FILE_BYTES) throw new CasebookError({ kind: "limit", what: "bytes of an archive", limit: String(MAX_ARCHIVE_FILE_BYTES), message: `${name} is larger than ${MAX_ARCHIVE_FILE_BYTES / 1024 / 1024} MiB, which is not opened.` });
}

async function openArchive(name: string, read: () => Promise<Uint8Array>): Promise<Opened> {
	const bytes = await read();
	const hasher = await sha256();
	const hash = (content: Uint8Array) => {
		hasher.init();
		hasher.update(content);
		return hasher.digest();
	};
	return { index: said(name, () => readIndex(bytes)), hash };
}

/** What is wrong with an archive, said with its name. */
function said<T>(name: string, make: () => T): T {
	try {
		return make();
	} catch (error) {
		if (!(error instanceof ArchiveProblem)) throw error;
		throw new CasebookError({ kind: "source", path: name, message: `${name} cannot be opened. ${error.message}` }, error);
	}
}
