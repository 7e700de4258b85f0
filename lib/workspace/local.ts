import { CasebookError } from "@/lib/model";
import { archiveWorkspace, checkArchiveSize, isArchiveName } from "./archive";
import { isoTime } from "./listing";
import { type Hasher, readLocal, slice, whyNot } from "./local-read";
import { type LocalFile, type LocalFolder, type LocalNode, treeOf } from "./local-tree";
import type { LocalSource } from "./local-types";
import { type LocalSnapshot, walkLocal } from "./local-walk";
import { checkCancelled, checkRange, notInWorkspace } from "./range";
import type { Manifest, Workspace } from "./types";

export interface LocalOptions {
	now?: () => Date;
	/** an incremental sha256; hash-wasm's by default, loaded when it is first needed */
	createHash?: () => Promise<Hasher>;
	/** told the path of each chosen file that can no longer be read as it was */
	onStale?: (path: string) => void;
}

/** Names that a manifest writes as they are; anything else is found by walking. */
const PLAIN = /^[^\\~]+$/;

/**
 * Dropped or chosen files as a workspace: listed by the rules of a served folder, hashed while they are read, nothing
 * leaves the machine. One archive alone is the workspace that it holds. `manifest()` walks; `stream` answers for the paths of the latest manifest, and walks first where
 * there is none. `bytes` finds one file without a walk.
 */
export function localWorkspace(source: LocalSource, options: LocalOptions = {}): Workspace {
	const { now = () => new Date(), createHash = sha256, onStale = () => undefined } = options;
	const tree = treeOf(source);
	const archive = archiveIn(source);
	if (archive !== null) return archiveWorkspace(archive, () => readArchive(tree.root, archive));
	let latest: Promise<LocalSnapshot> | undefined;
	const walked = (signal?: AbortSignal) => {
		const walking = walkLocal(tree, signal);
		latest = walking;
		walking.catch(() => {
			if (latest === walking) latest = undefined;
		});
		return walking;
	};
	const located = async (path: string, signal: AbortSignal | undefined): Promise<LocalFile | null> => {
		if (latest !== undefined || !PLAIN.test(path)) return (await (latest ?? walked(signal))).files.get(path)?.node ?? null;
		return find(tree.root, path).catch((error: unknown) => {
			throw failure(path, error, true);
		});
	};
	return {
		name: source.name,
		async manifest(signal): Promise<Manifest> {
			const { entries } = await walked(signal);
			const hasher = await createHash();
			hasher.init();
			const encoder = new TextEncoder();
			for (const file of entries) hasher.update(encoder.encode(`${file.path}\0${file.bytes}\0${file.modified_at}\0${file.state}\n`));
			return { name: source.name, files: entries, generated_at: now().toISOString(), version: hasher.digest().slice(0, 32) };
		},
		async *stream(paths, signal) {
			const { files } = await (latest ?? walked(signal));
			yield* readLocal(files, paths, await createHash(), onStale, signal);
		},
		async bytes(path, from, to, signal) {
			checkRange(path, from, to);
			checkCancelled(signal);
			const node = await located(path, signal);
			if (node === null) throw notInWorkspace(path);
			try {
				const file = await node.open();
				const bytes = await slice(file, from, Math.max(from, Math.min(to, file.size)));
				checkCancelled(signal);
				return { bytes, modifiedAt: isoTime(file.lastModified), size: file.size };
			} catch (error) {
				throw failure(path, error, node.again);
			}
		},
	};
}

/** The name of the one archive that a source is; null where it is anything else. */
function archiveIn({ roots }: LocalSource): string | null {
	const [root] = roots;
	if (roots.length !== 1 || root === undefined) return null;
	const name = root.kind === "file" ? root.handle.name : root.kind === "loose" ? root.path : "";
	return isArchiveName(name) && !name.includes("/") ? name : null;
}

async function readArchive(root: LocalFolder, name: string): Promise<Uint8Array> {
	const node = await root.child(name);
	if (node?.kind !== "file") throw notInWorkspace(name);
	try {
		const file = await node.open();
		checkArchiveSize(name, file.size);
		return new Uint8Array(await file.arrayBuffer());
	} catch (error) {
		throw failure(name, error, node.again);
	}
}

async function find(root: LocalFolder, path: string): Promise<LocalFile | null> {
	let node: LocalNode | null = root;
	for (const name of path.split("/")) {
		if (node?.kind !== "folder") return null;
		node = await node.child(name);
	}
	return node?.kind === "file" ? node : null;
}

function failure(path: string, error: unknown, again: boolean): CasebookError {
	return error instanceof CasebookError ? error : new CasebookError({ kind: "source", path, message: `${path}: ${whyNot(error, again)}` }, error);
}

/** Comes when it is first needed: a page that only asks for ranges never does. */
async function sha256(): Promise<Hasher> {
	return (await import("./local-hash")).sha256();
}
