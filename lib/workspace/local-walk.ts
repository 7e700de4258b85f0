import { CasebookError } from "@/lib/model";
import { ESCAPED_NAME, leftOutByName, Listing, MAX_DEPTH, MAX_FILE_BYTES, MAX_IGNORE_FILE_BYTES, TOO_DEEP, TOO_LARGE } from "./listing";
import { errorWord, isNamed, type LocalFile, type LocalFolder, type LocalNode, type LocalTree } from "./local-tree";
import { printableName } from "./names";
import { checkCancelled } from "./range";
import { type IgnoreFile, parseIgnoreFile } from "./rules";
import type { FileEntry } from "./types";

/** Questions to the browser under way at once. */
const CONCURRENCY = 64;

/** A served file of a walk. */
export interface LocalEntry {
	node: LocalFile;
	bytes: number;
	/** milliseconds, as the browser tells it */
	modified: number;
}

export interface LocalSnapshot {
	/** in the order of a manifest */
	entries: FileEntry[];
	files: ReadonlyMap<string, LocalEntry>;
}

interface Folder {
	node: LocalFolder;
	/** manifest path: `""` or ending with `/` */
	path: string;
	/** the same with the file's own characters, for matching rules */
	raw: string;
	depth: number;
	ignores: readonly IgnoreFile[];
	/** its parts were chosen one by one: no rule leaves them out */
	chosen: boolean;
}

/**
 * Lists dropped or chosen files by the rules of a served folder; nothing is read but `.gitignore` files. Throws
 * CasebookError where the top folder cannot be read, and `cancelled`.
 */
export async function walkLocal({ root, chosen }: LocalTree, signal?: AbortSignal): Promise<LocalSnapshot> {
	const walker = new Walker(signal);
	await walker.folder({ node: root, path: "", raw: "", depth: 0, ignores: [], chosen });
	return { entries: walker.listing.sorted(), files: walker.files };
}

class Walker {
	readonly listing = new Listing();
	readonly files = new Map<string, LocalEntry>();
	constructor(private readonly signal: AbortSignal | undefined) {}

	async folder(folder: Folder): Promise<void> {
		let nodes: LocalNode[];
		try {
			nodes = [...(await folder.node.list())];
		} catch (error) {
			const reason = `the folder cannot be read (${errorWord(error)})`;
			if (folder.depth > 0) return this.listing.leaveOut(folder.path, 0, 0, reason);
			const { name } = folder.node;
			throw new CasebookError({ kind: "source", path: name, message: isNamed(error, "NotFoundError") ? `${name}: the folder is not there any more. Open another one.` : `${name}: ${reason}. Open it again and allow reading it.` }, error);
		}
		nodes.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
		const ignores = folder.chosen ? folder.ignores : await this.ignoresOf(folder, nodes);
		for (let i = 0; i < nodes.length; i += CONCURRENCY) {
			checkCancelled(this.signal);
			const slice = nodes.slice(i, i + CONCURRENCY);
			const opened = await Promise.all(slice.map((node) => (node.kind === "file" ? opening(node) : null)));
			for (const [j, node] of slice.entries()) {
				if (this.listing.full) return this.listing.stopAt(folder.path, "open a smaller folder");
				if (node.kind === "folder") await this.subfolder(folder, node, ignores);
				else this.file(folder, node, opened[j]!, ignores);
			}
		}
	}

	private async subfolder(parent: Folder, node: LocalFolder, ignores: readonly IgnoreFile[]): Promise<void> {
		const { text } = nameOf(node);
		const path = this.listing.unique(`${parent.path}${text}`, "/");
		const raw = `${parent.raw}${node.name}/`;
		const rule = parent.chosen ? null : leftOutByName(node.name, raw, ignores);
		if (rule !== null) this.listing.leaveOut(path, 0, 0, rule);
		else if (parent.depth + 1 > MAX_DEPTH) this.listing.leaveOut(path, 0, 0, TOO_DEEP);
		else await this.folder({ node, path, raw, depth: parent.depth + 1, ignores, chosen: false });
	}

	private file(parent: Folder, node: LocalFile, opened: Opened, ignores: readonly IgnoreFile[]): void {
		// It went away while the folder was listed.
		if ("problem" in opened && isNamed(opened.problem, "NotFoundError")) return;
		const { text, escaped } = nameOf(node);
		const path = this.listing.unique(`${parent.path}${text}`, "");
		if ("problem" in opened) {
			this.listing.leaveOut(path, 0, 0, `cannot be read (${errorWord(opened.problem)})`);
			return;
		}
		const { size, lastModified } = opened.file;
		const rule = parent.chosen ? null : (leftOutByName(node.name, `${parent.raw}${node.name}`, ignores) ?? (size > MAX_FILE_BYTES ? TOO_LARGE : null));
		if (rule !== null) {
			this.listing.leaveOut(path, size, lastModified, rule);
			return;
		}
		this.listing.serve(path, size, lastModified, escaped ? ESCAPED_NAME : null);
		this.files.set(path, { node, bytes: size, modified: lastModified });
	}

	private async ignoresOf(folder: Folder, nodes: readonly LocalNode[]): Promise<readonly IgnoreFile[]> {
		const found = nodes.find((node) => node.name === ".gitignore");
		if (found?.kind !== "file") return folder.ignores;
		try {
			const text = await (await found.open()).slice(0, MAX_IGNORE_FILE_BYTES).text();
			return [...folder.ignores, parseIgnoreFile(folder.raw, text)];
		} catch {
			// It is listed among the files with what is wrong with it; git takes it for absent too.
			return folder.ignores;
		}
	}
}

type Opened = { file: File } | { problem: unknown };

function opening(node: LocalFile): Promise<Opened> {
	return node.open().then(
		(file) => ({ file }),
		(problem: unknown) => ({ problem }),
	);
}

const encoder = new TextEncoder();

function nameOf(node: LocalNode): { text: string; escaped: boolean } {
	return printableName(encoder.encode(node.name));
}
