import { canReopen, type LocalSource } from "@/lib/workspace/local-types";
import type { Opened } from "./workspace-types";

/** A workspace that was open in this browser. */
export interface Recent {
	id: string;
	name: string;
	/** what the picker is asked for where it must be chosen again */
	kind: "served" | "folder" | "files";
	how: "served" | "dropped" | "chosen";
	/** ISO in UTC */
	openedAt: string;
	/** the handles, where the browser gave one for each part; null where it must be chosen again */
	source: LocalSource | null;
}

export interface RecentLists {
	/** newest first; an entry whose `source` is null must be chosen again, except the served folder */
	list: Recent[];
	/** false where the browser keeps nothing, so that the list ends with the page */
	kept: boolean;
}

export const MOST_RECENT = 10;

/** The entry of a workspace that is open now. `id` is for one that is not listed yet. */
export function recentOf(opened: Opened, name: string, id: string, now: Date): Recent {
	const openedAt = now.toISOString();
	if (opened.kind === "served") return { id: "served", name, kind: "served", how: "served", openedAt, source: null };
	const { source, how } = opened;
	const kind = kindOf(source);
	return canReopen(source) ? { id, name, kind, how, openedAt, source } : { id: `${kind}:${name}`, name, kind, how, openedAt, source: null };
}

function kindOf({ roots }: LocalSource): "folder" | "files" {
	return roots.some((root) => root.kind === "folder" || root.kind === "closed" || ("path" in root && root.path.includes("/"))) ? "folder" : "files";
}

/** The list with an entry at its head, at most `MOST_RECENT`, and the ids that left it. An older entry of the same id gives way. */
export function withNewest(list: readonly Recent[], entry: Recent): { list: Recent[]; gone: string[] } {
	const all = [entry, ...newestFirst(list.filter(({ id }) => id !== entry.id))];
	return { list: all.slice(0, MOST_RECENT), gone: all.slice(MOST_RECENT).map(({ id }) => id) };
}

export function newestFirst(list: readonly Recent[]): Recent[] {
	return [...list].sort((a, b) => (a.openedAt < b.openedAt ? 1 : a.openedAt > b.openedAt ? -1 : 0));
}

/** The listed entry that means the same files: one handle says whether it is another. Null where there is none. */
export async function sameEntry(list: readonly Recent[], source: LocalSource): Promise<Recent | null> {
	for (const entry of list) if (entry.source !== null && (await areSame(entry.source, source))) return entry;
	return null;
}

async function areSame(a: LocalSource, b: LocalSource): Promise<boolean> {
	if (a.roots.length !== b.roots.length) return false;
	for (const [i, root] of a.roots.entries()) {
		const other = b.roots[i]!;
		if (root.kind !== "folder" && root.kind !== "file") return false;
		if (other.kind !== root.kind || !(await root.handle.isSameEntry(other.handle))) return false;
	}
	return true;
}
