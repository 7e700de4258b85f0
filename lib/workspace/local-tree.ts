import type { LocalRoot, LocalSource } from "./local-types";

/** Dropped and chosen files as one tree, whatever the browser gave for them. */
export type LocalNode = LocalFile | LocalFolder;

export interface LocalFile {
	kind: "file";
	name: string;
	/** The file as it is now (`again`), or as it was when it was chosen. Rejects with the browser's DOMException. */
	open(): Promise<File>;
	/** whether `open` asks the disk again */
	again: boolean;
}

export interface LocalFolder {
	kind: "folder";
	name: string;
	/** What is in it, in any order. Rejects with the browser's DOMException, or Error where it could not be looked into. */
	list(): Promise<readonly LocalNode[]>;
	/** The node of this name, or null. */
	child(name: string): Promise<LocalNode | null>;
}

export interface LocalTree {
	root: LocalFolder;
	/** each part was chosen by itself, so that no rule leaves out the parts themselves */
	chosen: boolean;
}

/** The tree of a source. One folder alone is the workspace; of several parts each keeps its name. */
export function treeOf(source: LocalSource): LocalTree {
	const [first] = source.roots;
	if (first?.kind === "folder" && source.roots.length === 1) return { root: handleFolder(first.handle), chosen: false };
	const top = new Branch(source.name);
	for (const root of source.roots) plant(top, root);
	const [only] = top.nodes;
	return top.nodes.length === 1 && only?.kind === "folder" ? { root: only, chosen: false } : { root: top, chosen: true };
}

function plant(top: Branch, root: LocalRoot): void {
	switch (root.kind) {
		case "folder":
			top.add(handleFolder(root.handle));
			break;
		case "file":
			top.add(handleFile(root.handle));
			break;
		case "loose":
			leaf(top, root.path, (name) => ({ kind: "file", name, open: async () => root.file, again: false }));
			break;
		case "unreadable":
			leaf(top, root.path, (name) => ({ kind: "file", name, open: () => Promise.reject(new Error(root.problem)), again: false }));
			break;
		case "closed":
			leaf(top, root.path, (name) => closedFolder(name, root.problem));
	}
}

function leaf(top: Branch, path: string, make: (name: string) => LocalNode): void {
	const names = path.split("/");
	const name = names.pop()!;
	top.below(names).add(make(name));
}

/** A folder of which the parts are known. */
class Branch implements LocalFolder {
	readonly kind = "folder";
	readonly nodes: LocalNode[] = [];
	private readonly branches = new Map<string, Branch>();

	constructor(readonly name: string) {}

	add(node: LocalNode): void {
		this.nodes.push(node);
	}

	below(names: readonly string[]): Branch {
		let branch: Branch = this;
		for (const name of names) {
			let next = branch.branches.get(name);
			if (next === undefined) {
				next = new Branch(name);
				branch.branches.set(name, next);
				branch.nodes.push(next);
			}
			branch = next;
		}
		return branch;
	}

	async list(): Promise<readonly LocalNode[]> {
		return this.nodes;
	}

	async child(name: string): Promise<LocalNode | null> {
		return this.branches.get(name) ?? this.nodes.find((node) => node.name === name) ?? null;
	}
}

function closedFolder(name: string, problem: string | null): LocalFolder {
	return {
		kind: "folder",
		name,
		async list() {
			if (problem !== null) throw new Error(problem);
			return [];
		},
		child: async () => null,
	};
}

function handleFile(handle: FileSystemFileHandle): LocalFile {
	return { kind: "file", name: handle.name, open: () => handle.getFile(), again: true };
}

function handleFolder(handle: FileSystemDirectoryHandle): LocalFolder {
	return {
		kind: "folder",
		name: handle.name,
		async list() {
			const nodes: LocalNode[] = [];
			for await (const child of handle.values()) nodes.push(nodeOf(child));
			return nodes;
		},
		async child(name) {
			try {
				return handleFile(await handle.getFileHandle(name));
			} catch (error) {
				if (isNamed(error, "NotFoundError")) return null;
				if (!isNamed(error, "TypeMismatchError")) throw error;
			}
			return handleFolder(await handle.getDirectoryHandle(name));
		},
	};
}

function nodeOf(handle: FileSystemDirectoryHandle | FileSystemFileHandle): LocalNode {
	return handle.kind === "directory" ? handleFolder(handle as FileSystemDirectoryHandle) : handleFile(handle as FileSystemFileHandle);
}

/** Whether an error is a DOMException (or any Error) of this name. */
export function isNamed(error: unknown, name: string): boolean {
	return typeof error === "object" && error !== null && "name" in error && error.name === name;
}

/** The browser's word for an error, such as `NotReadableError`; its message where it has no word of its own. */
export function errorWord(error: unknown): string {
	if (!(error instanceof Error) && !(typeof DOMException === "function" && error instanceof DOMException)) return String(error);
	return error.name === "Error" ? error.message : error.name;
}
