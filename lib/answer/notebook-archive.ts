import type { Engine } from "@/lib/engine/engine";
import { RULES_FILE } from "@/lib/load/compare-rules";
import { RunContexts } from "@/lib/load/run-context";
import { CasebookError } from "@/lib/model";
import { type ArchiveFile, whyNotArchived, writeArchive } from "@/lib/workspace/archive-write";
import type { Workspace } from "@/lib/workspace/types";
import type { NotebookRun } from "./notebook";

/** A source that goes into an archive, or cannot. */
export interface ArchivePart {
	path: string;
	bytes: number;
	/** as the engine was filled from it; null where it is not known */
	sha256: string | null;
	/** a cell reads it; it says beside one that is read when and on which commit a run was; it is the workspace's own rules */
	why: "read" | "beside" | "rules";
	/** why it stays here; null: it goes */
	problem: string | null;
}

/**
 * What an archive of this run holds: every source that its cells read, and those that say how these are to be understood. By path. A file
 * whose hash is not known, or whose name no archive holds, stays here and says why.
 */
export async function archiveParts(engine: Engine, run: NotebookRun, signal?: AbortSignal): Promise<ArchivePart[]> {
	const read = new Set([...run.cells.values()].flatMap((cell) => Object.keys(cell.sources)));
	const folders = new Set([...read].flatMap(foldersAbove));
	const result = await engine.query("SELECT path, bytes, sha256 FROM ws.main.sources WHERE state <> 'left out' ORDER BY path", { role: "page", ...(signal ? { signal } : {}) });
	await result.complete;
	const parts: ArchivePart[] = [];
	for (let row = 0; row < result.numRows; row++) {
		const path = result.text(row, 0)!;
		const why = read.has(path) ? "read" : path === RULES_FILE ? "rules" : RunContexts.isSibling(path) && folders.has(folderOf(path)) ? "beside" : null;
		if (why === null) continue;
		const sha256 = result.text(row, 2);
		const name = whyNotArchived(path);
		parts.push({ path, bytes: Number(result.cell(row, 1)), sha256, why, problem: name !== null ? `its name ${name}` : sha256 === null ? "its hash is not known" : null });
	}
	return parts;
}

function folderOf(path: string): string {
	return path.slice(0, Math.max(0, path.lastIndexOf("/")));
}

function foldersAbove(path: string): string[] {
	const names = path.split("/");
	return names.map((_, i) => names.slice(0, i).join("/"));
}

/** Where a notebook stands in its archive: under `notebooks/`, without the folders that it came from, beside whatever has that name. */
export function archivedName(fileName: string, taken: readonly string[]): string {
	const base = (fileName.split("/").at(-1) ?? "").replace(/[\\\u0000-\u001f]/g, "") || "notebook.md";
	const [, stem, end] = /^(.*?)(\.\w+)?$/s.exec(base) as unknown as [string, string, string | undefined];
	const known = new Set(taken.map((path) => path.normalize("NFC").toLowerCase()));
	for (let n = 1; ; n++) {
		const path = `notebooks/${stem}${n === 1 ? "" : `-${n}`}${end ?? ".md"}`;
		if (!known.has(path.normalize("NFC").toLowerCase())) return path;
	}
}

/**
 * Reads the parts from the workspace again and packs them with the notebook. A source whose bytes are no longer those that were loaded would prove
 * nothing: it is a CasebookError (`source`) that names it. Throws CasebookError.
 *
 * @param text of the notebook with its pins
 */
export async function archiveOf(workspace: Workspace, notebook: { fileName: string; text: string }, parts: readonly ArchivePart[], at: string, options: { signal?: AbortSignal; pause?: () => Promise<void> } = {}): Promise<Uint8Array<ArrayBuffer>> {
	const wanted = new Map(parts.filter((part) => part.problem === null).map((part) => [part.path, part]));
	const sources: ArchiveFile[] = [];
	let pieces: Uint8Array[] = [];
	let modifiedAt = "";
	for await (const event of workspace.stream([...wanted.keys()], options.signal)) {
		switch (event.type) {
			case "start":
				pieces = [];
				modifiedAt = event.modifiedAt;
				break;
			case "data":
				pieces.push(event.chunk.slice());
				event.release?.();
				break;
			case "end":
				if (event.sha256 !== wanted.get(event.path)?.sha256) throw new CasebookError({ kind: "source", path: event.path, message: `${event.path} changed since it was loaded. Load the workspace again and run the notebook, then make the archive.` });
				sources.push({ path: event.path, bytes: joined(pieces), modifiedAt });
				break;
			case "error":
				throw new CasebookError({ kind: "source", path: event.path, message: `${event.path}: ${event.message}` });
		}
	}
	const path = archivedName(notebook.fileName, [...wanted.keys()]);
	return writeArchive({ notebook: { path, bytes: new TextEncoder().encode(notebook.text), modifiedAt: at }, sources, madeAt: at }, options);
}

function joined(pieces: readonly Uint8Array[]): Uint8Array {
	const out = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
	let at = 0;
	for (const piece of pieces) {
		out.set(piece, at);
		at += piece.length;
	}
	return out;
}
