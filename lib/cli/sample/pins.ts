import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { openNodeEngine } from "@/lib/engine/open-node";
import { load } from "@/lib/load/load";
import { folderWorkspace } from "@/lib/workspace/folder";
import { checkNotebooks } from "../check";
import type { SampleFile } from "./file";

/** When the sample's notebooks were pinned; fixed, so that the bytes are the same every time. */
const PINNED_AT = new Date("2026-05-04T09:00:00.000Z");

/** Writes files into a folder, which is made if it is not there. */
export async function writeFiles(out: string, files: readonly SampleFile[]): Promise<void> {
	for (const file of files) {
		const place = path.join(out, ...file.path.split("/"));
		await mkdir(path.dirname(place), { recursive: true });
		await writeFile(place, file.bytes);
	}
}

/** The files, with pins in their notebooks: what the gate itself writes after it ran them over exactly these files. Fails where a check does. */
export async function pinned(files: readonly SampleFile[]): Promise<SampleFile[]> {
	const root = await mkdtemp(path.join(tmpdir(), "casebook-pins-"));
	const engine = await openNodeEngine();
	try {
		await writeFiles(root, files);
		const workspace = folderWorkspace(root, { include: [] });
		await load(workspace, engine);
		const said: string[] = [];
		const code = await checkNotebooks(engine, workspace, { notebooks: [], junit: null, html: null, markdown: null, archive: null, updatePins: true, root, out: (line) => said.push(line), now: () => PINNED_AT });
		if (code !== 0) throw new Error(`The notebooks of the sample do not hold:\n${said.join("\n")}`);
		return await Promise.all(files.map(async (file) => (/^notebooks\/.*\.md$/.test(file.path) ? { ...file, bytes: await readFile(path.join(root, ...file.path.split("/"))) } : file)));
	} finally {
		await engine.close();
		await rm(root, { recursive: true, force: true });
	}
}
