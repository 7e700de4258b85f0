import assert from "node:assert/strict";
import { test } from "node:test";
import type { LocalSource } from "@/lib/workspace/local-types";
import { askToRead } from "./open-permission";
import { MOST_RECENT, newestFirst, type Recent, recentOf, sameEntry, withNewest } from "./recent-list";

/** A handle of a folder, as far as the list asks it. */
function handle(name: string, permission?: { query: PermissionState; request: () => Promise<PermissionState> }): FileSystemDirectoryHandle {
	const made = {
		kind: "directory" as const,
		name,
		isSameEntry: async (other: FileSystemHandle) => other.name === name,
		...(permission && { queryPermission: async () => permission.query, requestPermission: permission.request }),
	};
	return made as Partial<FileSystemDirectoryHandle> as FileSystemDirectoryHandle;
}

const folder = (name: string): LocalSource => ({ name, roots: [{ kind: "folder", handle: handle(name) }] });
const loose = (name: string, path: string): LocalSource => ({ name, roots: [{ kind: "loose", path, file: new File(["1"], name) }] });
const at = (minute: number) => new Date(Date.UTC(2026, 4, 2, 12, minute));
const entry = (id: string, minute: number): Recent => ({ id, name: id, kind: "folder", how: "chosen", openedAt: at(minute).toISOString(), source: folder(id) });

test("an entry keeps handles and never files: those must be chosen again", () => {
	assert.deepEqual(recentOf({ kind: "served" }, "data", "x", at(1)), { id: "served", name: "data", kind: "served", how: "served", openedAt: "2026-05-02T12:01:00.000Z", source: null });
	const kept = recentOf({ kind: "local", source: folder("logs"), how: "dropped" }, "logs", "x", at(1));
	assert.deepEqual([kept.id, kept.kind, kept.how, kept.source?.name], ["x", "folder", "dropped", "logs"]);
	const named = recentOf({ kind: "local", source: loose("logs", "logs/a.txt"), how: "chosen" }, "logs", "x", at(1));
	assert.deepEqual([named.id, named.kind, named.source], ["folder:logs", "folder", null]);
	assert.equal(recentOf({ kind: "local", source: loose("a.txt", "a.txt"), how: "chosen" }, "a.txt", "x", at(1)).kind, "files");
});

test("the list is newest first, holds ten, and says what left it", () => {
	let list: Recent[] = [];
	for (let i = 0; i < MOST_RECENT + 2; i++) {
		const put = withNewest(list, entry(`w${i}`, i));
		list = put.list;
		assert.deepEqual(put.gone, i < MOST_RECENT ? [] : [`w${i - MOST_RECENT}`]);
	}
	assert.deepEqual(list.map(({ id }) => id), Array.from({ length: MOST_RECENT }, (_, i) => `w${MOST_RECENT + 1 - i}`));
	const again = withNewest(list, entry("w5", 50));
	assert.equal(again.list.length, MOST_RECENT);
	assert.equal(again.list[0]!.id, "w5");
	assert.equal(again.list.filter(({ id }) => id === "w5").length, 1);
	assert.deepEqual(newestFirst([entry("old", 1), entry("new", 2)]).map(({ id }) => id), ["new", "old"]);
});

test("the same folder is one entry, whatever handle leads to it", async () => {
	const list = [entry("a", 1), entry("b", 2), { ...entry("c", 3), source: null }];
	assert.equal((await sameEntry(list, folder("b")))?.id, "b");
	assert.equal(await sameEntry(list, folder("z")), null);
	assert.equal(await sameEntry(list, { name: "b and 1 more", roots: [...folder("b").roots, ...folder("a").roots] }), null);
	assert.equal(await sameEntry(list, loose("b", "b")), null);
});

test("the browser is asked where it has to be, and a no is a failure that names the folder", async () => {
	const asked: string[] = [];
	const answered = async (query: PermissionState, answer: PermissionState | Error) => {
		asked.push(query);
		if (answer instanceof Error) throw answer;
		return answer;
	};
	const source = (query: PermissionState, answer: PermissionState | Error): LocalSource => ({
		name: "logs",
		roots: [{ kind: "folder", handle: handle("logs", { query, request: () => answered(query, answer) }) }],
	});
	await askToRead(folder("no permissions here"));
	await askToRead(source("granted", "denied"));
	assert.deepEqual(asked, []);
	await askToRead(source("prompt", "granted"));
	assert.deepEqual(asked, ["prompt"]);
	const refused = { name: "CasebookError", message: /^logs was not read: the browser has not been allowed to\. Try again/ };
	await assert.rejects(askToRead(source("prompt", "denied")), refused);
	await assert.rejects(askToRead(source("prompt", new Error("no click before"))), refused);
	await assert.rejects(askToRead(source("denied", "granted")), refused);
});
