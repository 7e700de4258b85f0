import { readdir, stat } from "node:fs/promises";
import path from "node:path";
import { CasebookError } from "@/lib/model";
import { buildSample } from "./build";
import type { SampleFile } from "./file";
import { pinned, writeFiles } from "./pins";

async function filesUnder(folder: string, inside = ""): Promise<string[]> {
	const entries = await readdir(path.join(folder, inside), { withFileTypes: true });
	const lists = await Promise.all(entries.map((entry) => {
		const name = inside === "" ? entry.name : `${inside}/${entry.name}`;
		return entry.isDirectory() ? filesUnder(folder, name) : [name];
	}));
	return lists.flat();
}

function refused(message: string): CasebookError {
	return new CasebookError({ kind: "refused", rule: "sample-target", message });
}

/**
 * Writes the sample workspace into the folder `out`, which is made if it is not there. The bytes are the same every
 * time. Fails with a `refused` failure, before anything is written, where `out` is a file, or holds a file that is not one of the sample's own.
 */
export async function writeSample(out: string): Promise<{ files: number; bytes: number }> {
	const { files } = buildSample();
	const target = await stat(out).catch((error: NodeJS.ErrnoException) => {
		if (error.code === "ENOENT") return null;
		throw error;
	});
	if (target !== null && !target.isDirectory()) throw refused(`${out} is a file. Name a folder for the sample workspace.`);
	if (target !== null) {
		const own = new Set(files.map((file) => file.path));
		const foreign = (await filesUnder(out)).filter((name) => !own.has(name)).sort();
		if (foreign.length > 0) {
			const more = foreign.length > 1 ? ` and ${foreign.length - 1} more` : "";
			throw refused(`${out} holds ${foreign[0]}${more}, which the sample did not write. Name an empty folder, or one that holds nothing but an earlier sample.`);
		}
	}
	made ??= pinned(files);
	const whole = await made;
	await writeFiles(out, whole);
	return { files: whole.length, bytes: whole.reduce((sum, file) => sum + file.bytes.length, 0) };
}

/** Pinning takes an engine and some seconds, and comes to the same bytes. */
let made: Promise<SampleFile[]> | null = null;
