import assert from "node:assert/strict";
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, test } from "node:test";
import { writeArchive } from "@/lib/workspace/archive-write";
import { walk } from "@/lib/workspace/walk";
import { unpackArchive } from "./unpack-archive";

const TIME = "2026-05-02T12:00:00.000Z";
const utf8 = (text: string) => new TextEncoder().encode(text);
let folder: string;
const made: string[] = [];
beforeEach(() => {
	folder = mkdtempSync(path.join(tmpdir(), "casebook-unpack-"));
});
afterEach(() => {
	for (const one of [folder, ...made.splice(0)]) rmSync(one, { recursive: true, force: true });
});

const source = (at: string, text: string) => ({ path: at, bytes: utf8(text), modifiedAt: TIME });
const archive = () => writeArchive({ notebook: source("notebooks/two.md", "---\ncasebook: 1\n---\n"), sources: [source("logs/a b/ü.jsonl", '{"a":1}\n'), source(".gitignore", "logs/\n"), source("node_modules/x/y.csv", "a,b\n"), source(".git/z.txt", "z")], madeAt: TIME });

async function unpacked(name: string, bytes: Uint8Array): Promise<string> {
	writeFileSync(path.join(folder, name), bytes);
	return unpackArchive(path.join(folder, name), (one) => made.push(one));
}

test("an archive becomes a folder of its name that only this user opens, with its bytes and times, all of it served", async () => {
	const root = await unpacked("Two logs.casebook (1).zip", await archive());
	assert.equal(path.basename(root), "Two logs");
	assert.equal(path.dirname(root), made[0]);
	assert.equal(statSync(made[0]!).mode & 0o777, 0o700);
	assert.equal(readFileSync(path.join(root, "logs/a b/ü.jsonl"), "utf8"), '{"a":1}\n');
	assert.equal(statSync(path.join(root, "logs/a b/ü.jsonl")).mtime.toISOString(), TIME);
	const { manifest } = await walk(root, { include: ["*"] });
	assert.equal(manifest.name, "Two logs");
	assert.deepEqual(manifest.files.map((file) => [file.path, file.state, file.modified_at]), [".git/z.txt", ".gitignore", "logs/a b/ü.jsonl", "node_modules/x/y.csv", "notebooks/two.md"].map((at) => [at, "served", TIME]));
});

test("a name that is no name of a folder leads nowhere", async () => {
	for (const name of ["..casebook.zip", "...casebook.zip", ".casebook.zip"]) {
		const root = await unpacked(name, await archive());
		assert.equal(path.dirname(root), made.at(-1), name);
		assert.equal(path.basename(root), "archive", name);
		assert.ok(existsSync(path.join(root, "notebooks/two.md")), name);
	}
});

test("of an archive with one changed byte nothing is written", async () => {
	const bytes = await archive();
	const at = Buffer.from(bytes).indexOf("casebook-archive.json") + 60;
	bytes[at] = bytes[at]! ^ 1;
	await assert.rejects(unpacked("x.casebook.zip", bytes), /^CasebookError: x\.casebook\.zip cannot be opened\. /);
	await assert.rejects(unpacked("y.casebook.zip", utf8("no archive")), /y\.casebook\.zip cannot be opened\. This is no archive/);
	assert.deepEqual(made, []);
});
