/** What a browser keeps of a notebook that is being written, until it is saved or thrown away. Pure; the storage comes in. */

export interface Draft {
	markdown: string;
	/** the file's text that the draft began from; null where there was no file */
	base: string | null;
	/** ISO in UTC, when it was last changed */
	at: string;
}

/** What is needed of `localStorage`. */
export interface DraftStorage {
	readonly length: number;
	key(index: number): string | null;
	getItem(key: string): string | null;
	setItem(key: string, value: string): void;
	removeItem(key: string): void;
}

const PREFIX = "casebook.draft:";

function keyOf(workspace: string, path: string): string {
	return PREFIX + JSON.stringify([workspace, path]);
}

/** The draft of a notebook; null where there is none, or what is kept is none. */
export function readDraft(storage: DraftStorage, workspace: string, path: string): Draft | null {
	try {
		const kept: unknown = JSON.parse(storage.getItem(keyOf(workspace, path)) ?? "null");
		if (typeof kept !== "object" || kept === null) return null;
		const { markdown, base, at } = kept as { [name: string]: unknown };
		return typeof markdown === "string" && (base === null || typeof base === "string") && typeof at === "string" ? { markdown, base, at } : null;
	} catch {
		return null;
	}
}

/** Keeps a draft. False where the browser has no room for it or keeps nothing: the page has to say so. */
export function writeDraft(storage: DraftStorage, workspace: string, path: string, draft: Draft): boolean {
	try {
		storage.setItem(keyOf(workspace, path), JSON.stringify(draft));
		return true;
	} catch {
		return false;
	}
}

export function removeDraft(storage: DraftStorage, workspace: string, path: string): void {
	try {
		storage.removeItem(keyOf(workspace, path));
	} catch {
		// A browser that keeps nothing has nothing to remove.
	}
}

/** The paths of a workspace's drafts, sorted. */
export function draftPaths(storage: DraftStorage, workspace: string): string[] {
	const out: string[] = [];
	for (let i = 0; i < storage.length; i++) {
		const key = storage.key(i);
		if (key === null || !key.startsWith(PREFIX)) continue;
		try {
			const [of, path] = JSON.parse(key.slice(PREFIX.length)) as unknown[];
			if (of === workspace && typeof path === "string" && readDraft(storage, workspace, path) !== null) out.push(path);
		} catch {
			// Somebody else's key.
		}
	}
	return out.sort();
}

/** A title as a YAML value of one line. */
function yamlText(title: string): string {
	return JSON.stringify(title.replace(/[\r\n]+/g, " "));
}

/** A new notebook under a title, and the path that it gets beside those that are `taken`. */
export function newNotebook(title: string, taken: readonly string[]): { path: string; markdown: string } {
	const name = title.trim() === "" ? "Untitled" : title.trim();
	const slug = name.normalize("NFKD").replace(/[^A-Za-z0-9]+/g, "-").replace(/^-+|-+$/g, "").toLowerCase().slice(0, 60) || "notebook";
	const known = new Set(taken.map((path) => path.toLowerCase()));
	let path = `notebooks/${slug}.md`;
	for (let n = 2; known.has(path); n++) path = `notebooks/${slug}-${n}.md`;
	return { path, markdown: `---\ncasebook: 1\ntitle: ${yamlText(name)}\n---\n\n# ${name.replace(/[\r\n]+/g, " ").replace(/[\\`*_[\]<>{}#]/g, "\\$&")}\n` };
}
