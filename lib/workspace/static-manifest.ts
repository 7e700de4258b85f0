import { CasebookError } from "@/lib/model";
import { parseManifest } from "./manifest";
import type { FileEntry, Manifest } from "./types";

/** What the list of a static copy calls itself; another version is another name. */
export const STATIC_FORMAT = "casebook.static-workspace.v1";
export const STATIC_MANIFEST = "manifest.json";

/** An entry of a static copy's list. A served file lies under its hash, so that no name of a file matters to a host. */
export interface StaticEntry extends FileEntry {
	/** hex, of the bytes that were copied; null where the file is left out */
	sha256: string | null;
}

export interface StaticManifest extends Manifest {
	format: typeof STATIC_FORMAT;
	files: StaticEntry[];
}

/** Where the bytes with a hash (64 hex digits) are, from the folder of the list. No host takes `.bin` for a page or a script. */
export function staticFile(sha256: string): string {
	return `files/${sha256}.bin`;
}

/** Checks what came over the wire. Throws CasebookError (`source`) where it is no list of a static copy. */
export function parseStaticManifest(value: unknown): StaticManifest {
	const format = isRecord(value) ? value.format : undefined;
	if (format !== STATIC_FORMAT) throw wrong(typeof format === "string" ? `its format is ${JSON.stringify(format)}, not ${STATIC_FORMAT}` : `it does not say that it is ${STATIC_FORMAT}`);
	const manifest = parseManifest(value);
	const raw = (value as { files: unknown[] }).files;
	const files = manifest.files.map((entry, i): StaticEntry => {
		const sha256 = (raw[i] as { sha256?: unknown }).sha256 ?? null;
		const good = entry.state === "served" ? typeof sha256 === "string" && /^[0-9a-f]{64}$/.test(sha256) : sha256 === null;
		if (!good) throw wrong(`${JSON.stringify(entry.path)} has no hash that fits its state`);
		return { ...entry, sha256: sha256 as string | null };
	});
	return { ...manifest, format: STATIC_FORMAT, files };
}

function isRecord(value: unknown): value is Record<string, unknown> {
	return typeof value === "object" && value !== null && !Array.isArray(value);
}

function wrong(what: string): CasebookError {
	return new CasebookError({ kind: "source", path: STATIC_MANIFEST, message: `The list of files of this static copy cannot be used: ${what}. Export it again.` });
}
