import { mkdir, mkdtemp, readFile, stat, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { archiveFiles, archiveTitle, checkArchiveSize } from "@/lib/workspace/archive";

/**
 * Unpacks an archive into a new folder that only this user can open, named as the archive is, with the times of its files. Every hash is verified
 * before the first byte is written. Returns the folder. Throws CasebookError with a sentence for what is no archive.
 *
 * @param made told of the folder to remove, as soon as there is one
 */
export async function unpackArchive(file: string, made: (folder: string) => void): Promise<string> {
	const name = path.basename(file);
	checkArchiveSize(name, (await stat(file)).size);
	const files = await archiveFiles(name, () => readFile(file));
	const outside = await mkdtemp(path.join(tmpdir(), "casebook-archive-"));
	made(outside);
	const title = archiveTitle(name);
	const root = path.join(outside, /^\.{1,2}$/.test(title) ? "archive" : title);
	await mkdir(root, { mode: 0o700 });
	for (const { path: at, bytes, modifiedAt } of files) {
		const target = path.join(root, ...at.split("/"));
		await mkdir(path.dirname(target), { recursive: true, mode: 0o700 });
		await writeFile(target, bytes, { flag: "wx", mode: 0o600 });
		const time = new Date(modifiedAt);
		await utimes(target, time, time);
	}
	return root;
}
