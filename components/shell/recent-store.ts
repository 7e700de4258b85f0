import { canReopen, type LocalSource } from "@/lib/workspace/local-types";
import { newestFirst, type Recent, type RecentLists, recentOf, sameEntry, withNewest } from "./recent-list";
import type { Opened } from "./workspace-types";

/** The list of recent workspaces, in this browser's IndexedDB. Where that is forbidden the list lasts as long as the page. */

const DATABASE = "casebook-recent";
const STORE = "workspaces";

/** Entries of this page: what could not be stored, and `File`s, which are never stored. */
const held = new Map<string, LocalSource>();
let unstored: Recent[] = [];

/** The list as it is now. */
export async function recentWorkspaces(): Promise<RecentLists> {
	const stored = await read();
	const list = stored ?? unstored;
	return { list: newestFirst(list).map((entry) => ({ ...entry, source: entry.source ?? held.get(entry.id) ?? null })), kept: stored !== null };
}

/** Entries are put one after the other, so that none overtakes what another is comparing. */
let last: Promise<void> = Promise.resolve();

/** Puts a workspace at the head of the list. Never rejects. */
export function remember(opened: Opened, name: string): Promise<void> {
	last = last.then(() => put(opened, name)).catch(() => undefined);
	return last;
}

async function put(opened: Opened, name: string): Promise<void> {
	const before = (await read()) ?? unstored;
	const known = opened.kind === "local" && canReopen(opened.source) ? await sameEntry(before, opened.source) : null;
	const entry = recentOf(opened, name, known?.id ?? `${Date.now()}-${Math.random().toString(36).slice(2)}`, new Date());
	if (opened.kind === "local") held.set(entry.id, opened.source);
	const { list, gone } = withNewest(before, entry);
	unstored = list;
	for (const id of gone) held.delete(id);
	await write((store) => {
		store.put(entry);
		for (const id of gone) store.delete(id);
	});
}

/** Removes one entry; the files themselves are not touched. */
export async function forget(id: string): Promise<void> {
	held.delete(id);
	unstored = unstored.filter((entry) => entry.id !== id);
	await write((store) => store.delete(id));
}

export async function forgetAll(): Promise<void> {
	held.clear();
	unstored = [];
	await write((store) => store.clear());
}

/** All entries in any order; null where the browser stores nothing. */
async function read(): Promise<Recent[] | null> {
	const database = await open();
	if (database === null) return null;
	try {
		return await answer<Recent[]>(database.transaction(STORE).objectStore(STORE).getAll());
	} catch {
		return null;
	} finally {
		database.close();
	}
}

/** A list that cannot be written lasts as long as the page; the dialog says so when it reads it. */
async function write(change: (store: IDBObjectStore) => void): Promise<void> {
	const database = await open();
	if (database === null) return;
	try {
		const transaction = database.transaction(STORE, "readwrite");
		change(transaction.objectStore(STORE));
		await new Promise<void>((resolve) => {
			transaction.oncomplete = () => resolve();
			transaction.onabort = () => resolve();
		});
	} finally {
		database.close();
	}
}

async function open(): Promise<IDBDatabase | null> {
	try {
		const request = indexedDB.open(DATABASE, 1);
		request.onupgradeneeded = () => request.result.createObjectStore(STORE, { keyPath: "id" });
		return await answer(request);
	} catch {
		return null;
	}
}

function answer<T>(request: IDBRequest<T>): Promise<T> {
	return new Promise((resolve, reject) => {
		request.onsuccess = () => resolve(request.result);
		request.onerror = () => reject(request.error ?? new Error("The browser’s storage did not answer."));
	});
}
