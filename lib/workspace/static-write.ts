import { createHash } from "node:crypto";
import { type FileHandle, mkdir, open, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { STATIC_FORMAT, STATIC_MANIFEST, type StaticEntry, type StaticManifest, staticFile } from "./static-manifest";
import type { FileEntry, Workspace } from "./types";

/**
 * Writes a workspace as `staticWorkspace` reads it: each served file under its hash, and last the list. What is left
 * out is in the list alone. A file that cannot be read is left out, and the list and `failed` say why. Of a file that is
 * written to meanwhile the list says what was copied.
 */
export async function writeStaticWorkspace(workspace: Workspace, folder: string): Promise<{ files: number; bytes: number; leftOut: number; failed: { path: string; message: string }[] }> {
	const manifest = await workspace.manifest();
	const written = new Map<string, StaticEntry>();
	const failed: { path: string; message: string }[] = [];
	const entries = new Map(manifest.files.map((file) => [file.path, file]));
	await mkdir(dirname(join(folder, staticFile(""))), { recursive: true });
	let copy: FileCopy | null = null;
	try {
		for await (const event of workspace.stream(manifest.files.filter((file) => file.state === "served").map((file) => file.path))) {
			const entry = entries.get(event.path);
			if (entry === undefined) continue;
			switch (event.type) {
				case "start":
					copy = await FileCopy.begin(folder, event.modifiedAt);
					break;
				case "data":
					await copy?.add(event.chunk);
					break;
				case "end":
					if (copy !== null) written.set(event.path, await copy.finish(entry));
					copy = null;
					break;
				case "error":
					await copy?.drop();
					copy = null;
					failed.push({ path: event.path, message: event.message });
			}
		}
	} finally {
		await copy?.drop();
	}
	const why = new Map(failed.map((file) => [file.path, file.message]));
	const files = manifest.files.map((file): StaticEntry => written.get(file.path) ?? { ...file, state: "left out", note: why.get(file.path) ?? file.note, sha256: null });
	const list: StaticManifest = { format: STATIC_FORMAT, name: manifest.name, generated_at: manifest.generated_at, version: manifest.version, files };
	await writeFile(join(folder, STATIC_MANIFEST), `${JSON.stringify(list)}\n`);
	const bytes = [...written.values()].reduce((sum, file) => sum + file.bytes, 0);
	return { files: written.size, bytes, leftOut: files.length - written.size, failed };
}

/** One file on its way: its name is known when its bytes are. */
class FileCopy {
	private readonly hash = createHash("sha256");
	private bytes = 0;

	private constructor(
		private readonly folder: string,
		private readonly part: string,
		private readonly handle: FileHandle,
		private readonly modifiedAt: string,
	) {}

	static async begin(folder: string, modifiedAt: string): Promise<FileCopy> {
		const part = join(folder, "part");
		return new FileCopy(folder, part, await open(part, "w"), modifiedAt);
	}

	async add(chunk: Uint8Array): Promise<void> {
		this.hash.update(chunk);
		this.bytes += chunk.length;
		await this.handle.appendFile(chunk);
	}

	async finish(entry: FileEntry): Promise<StaticEntry> {
		const sha256 = this.hash.digest("hex");
		await this.handle.close();
		await rename(this.part, join(this.folder, staticFile(sha256)));
		return { path: entry.path, bytes: this.bytes, modified_at: this.modifiedAt, state: "served", note: entry.note, sha256 };
	}

	async drop(): Promise<void> {
		await this.handle.close();
		await rm(this.part, { force: true });
	}
}
