import { CasebookError } from "@/lib/model";
import type { FileEntry, Manifest } from "./types";

/** Checks what came over the wire. Throws CasebookError (`source`) where it is no manifest. */
export function parseManifest(value: unknown): Manifest {
	if (!isRecord(value) || typeof value.name !== "string" || typeof value.generated_at !== "string" || typeof value.version !== "string" || !Array.isArray(value.files)) {
		throw wrong("the list of files");
	}
	const files = value.files.map((entry: unknown, i) => parseEntry(entry, i));
	return { name: value.name, files, generated_at: value.generated_at, version: value.version };
}

function parseEntry(entry: unknown, index: number): FileEntry {
	if (!isRecord(entry)) throw wrong(`entry ${index} of the list of files`);
	const { path, bytes, modified_at, state, note } = entry;
	const good = typeof path === "string" && typeof bytes === "number" && typeof modified_at === "string" && (note === null || typeof note === "string");
	if (!good || (state !== "served" && state !== "left out")) throw wrong(`entry ${index} of the list of files`);
	return { path, bytes, modified_at, state, note };
}

function isRecord(value: unknown): value is Record<string, unknown> {
	return typeof value === "object" && value !== null && !Array.isArray(value);
}

function wrong(what: string): CasebookError {
	return new CasebookError({ kind: "source", path: "", message: `The server's answer makes no sense: ${what} lacks what it needs. Reload the page; if that does not help, start Casebook again.` });
}
