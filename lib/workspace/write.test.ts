import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, test } from "node:test";
import { CasebookError, type Failure } from "@/lib/model";
import { ServedFolder } from "./served";
import { type Saved, saveNotebook } from "./write";
import { DISK, type Disk } from "./write-atomic";
import { type Expected, MAX_NOTEBOOK_BYTES } from "./write-path";
import { walk } from "./walk";

const utf8 = (text: string) => new TextEncoder().encode(text);
const sha = (text: string) => createHash("sha256").update(text).digest("hex");
const isNotebook = (text: string) => text.startsWith("---\ncasebook: 1\n");
const note = (body: string) => `---\ncasebook: 1\n---\n\n${body}\n`;
const NEW: Expected = { kind: "new" };
const over = (text: string): Expected => ({ kind: "version", sha256: sha(text) });

let outside: string;
let root: string;
beforeEach(() => {
	outside = mkdtempSync(join(tmpdir(), "casebook-write-"));
	root = join(outside, "folder");
	mkdirSync(root);
});
afterEach(() => rmSync(outside, { recursive: true, force: true }));

const save = (path: string, text: string | Uint8Array, expected: Expected, disk: Disk = DISK, include: string[] = []): Promise<Saved> => saveNotebook(root, include, { path, bytes: typeof text === "string" ? utf8(text) : text, expected, isNotebook }, disk);
const at = (path: string) => readFileSync(join(root, path), "utf8");

async function refused(work: Promise<unknown>, words: RegExp, rule?: string): Promise<Failure> {
	const error = await work.then(
		() => assert.fail("it was not refused"),
		(thrown: unknown) => thrown,
	);
	assert.ok(error instanceof CasebookError, String(error));
	assert.match(error.message, words);
	if (rule !== undefined) assert.equal(error.failure.kind === "refused" ? error.failure.rule : error.failure.kind, rule);
	return error.failure;
}

/** Every name below the folder, hidden ones too. */
const everything = () => (readdirSync(root, { recursive: true }) as string[]).sort();

test("a new notebook is written with the folders above it, a known version is replaced, and the rights stay", async () => {
	assert.deepEqual(await save("notebooks/deep/a.md", note("one"), NEW), { state: "saved", sha256: sha(note("one")), isNew: true });
	assert.equal(at("notebooks/deep/a.md"), note("one"));
	chmodSync(join(root, "notebooks/deep/a.md"), 0o640);
	assert.deepEqual(await save("notebooks/deep/a.md", note("two"), over(note("one"))), { state: "saved", sha256: sha(note("two")), isNew: false });
	assert.equal(at("notebooks/deep/a.md"), note("two"));
	assert.equal(statSync(join(root, "notebooks/deep/a.md")).mode & 0o7777, 0o640);
	assert.deepEqual(everything(), ["notebooks", "notebooks/deep", "notebooks/deep/a.md"]);
});

test("a version that was not expected is shown and never replaced", async () => {
	writeFileSync(join(root, "a.md"), note("theirs"));
	const other = { state: "other version", sha256: sha(note("theirs")), text: note("theirs") };
	assert.deepEqual(await save("a.md", note("mine"), over(note("older"))), other);
	assert.deepEqual(await save("a.md", note("mine"), NEW), other);
	assert.equal(at("a.md"), note("theirs"));
	assert.deepEqual(await save("gone/a.md", note("mine"), over(note("older"))), { state: "other version", sha256: null, text: null });
	assert.deepEqual(everything(), ["a.md"], "no folder is left of a save that did not take place");
	assert.equal((await save("a.md", note("mine"), over(note("theirs")))).state, "saved");
	// The answer to a save may have been lost on the way: the same once more is no conflict.
	assert.deepEqual(await save("a.md", note("mine"), over(note("theirs"))), { state: "saved", sha256: sha(note("mine")), isNew: false });
});

test("what is no notebook is neither written nor replaced", async () => {
	await refused(save("a.md", "# no front matter", NEW), /a\.md was not saved: it is no notebook/, "save");
	await refused(save("a.md", new Uint8Array([...utf8(note("x")), 0xff]), NEW), /it is no notebook/, "save");
	await refused(save("a.md", note("x".repeat(MAX_NOTEBOOK_BYTES)), NEW), /a notebook that is saved has at most 5242880/, "limit");
	const present: [string, string | Uint8Array, RegExp][] = [
		["README.md", "# Read me", /README\.md in the folder is no notebook; nothing was saved over it/],
		["bytes.md", new Uint8Array([0xff, 0xfe, 0]), /is no UTF-8 text/],
		["large.md", note("x".repeat(MAX_NOTEBOOK_BYTES)), /more than a notebook has/],
	];
	for (const [path, content, words] of present) {
		writeFileSync(join(root, path), content);
		const before = readFileSync(join(root, path));
		for (const expected of [NEW, { kind: "version", sha256: createHash("sha256").update(before).digest("hex") } as const]) await refused(save(path, note("mine"), expected), words, "not saved over");
		assert.deepEqual(readFileSync(join(root, path)), before);
	}
	mkdirSync(join(root, "folder.md"));
	await refused(save("folder.md", note("x"), NEW), /folder\.md is no file/, "not saved over");
	assert.deepEqual(everything(), ["README.md", "bytes.md", "folder.md", "large.md"]);
});

test("no link is followed, wherever it leads and wherever it stands on the way", async () => {
	mkdirSync(join(outside, "elsewhere"));
	mkdirSync(join(root, "real"));
	writeFileSync(join(outside, "elsewhere/a.md"), note("outside"));
	writeFileSync(join(root, "real/a.md"), note("inside"));
	symlinkSync(join(outside, "elsewhere"), join(root, "out"));
	symlinkSync("real", join(root, "in"));
	symlinkSync(join(outside, "elsewhere/a.md"), join(root, "file.md"));
	symlinkSync("real/a.md", join(root, "near.md"));
	symlinkSync(join(outside, "not-there.md"), join(root, "dangling.md"));
	for (const path of ["out/a.md", "out/new.md", "in/a.md", "in/new.md", "out/deep/new.md"]) for (const expected of [NEW, over(note("outside")), over(note("inside"))]) await refused(save(path, note("mine"), expected), /^(out|in) is a link; nothing is saved through it/, "save");
	for (const path of ["file.md", "near.md", "dangling.md"]) for (const expected of [NEW, over(note("outside")), over(note("inside"))]) await refused(save(path, note("mine"), expected), /is a link; nothing is saved through it/, "save");
	await refused(save("real/a.md/b.md", note("mine"), NEW), /real\/a\.md is no folder/, "save");
	assert.deepEqual(readdirSync(outside).sort(), ["elsewhere", "folder"]);
	assert.deepEqual(readdirSync(join(outside, "elsewhere")), ["a.md"]);
	assert.equal(readFileSync(join(outside, "elsewhere/a.md"), "utf8"), note("outside"));
	assert.equal(at("real/a.md"), note("inside"));
});

test("the folder itself may be reached by a link", async () => {
	symlinkSync(root, join(outside, "short"));
	await saveNotebook(join(outside, "short"), [], { path: "a.md", bytes: utf8(note("x")), expected: NEW, isNotebook });
	assert.equal(at("a.md"), note("x"));
});

test("nothing is saved where the walk would not find it again", async () => {
	writeFileSync(join(root, ".gitignore"), "build/\n*.draft.md\n!keep.draft.md\n");
	mkdirSync(join(root, "docs"));
	writeFileSync(join(root, "docs/.gitignore"), "/private.md\n");
	const cases: [string, string[]][] = [["build/a.md", []], ["node_modules/x/a.md", []], ["docs/private.md", []], ["docs/x/private.md", []], ["keep.draft.md", []], ["x.draft.md", []], ["build/a.md", ["build/"]], ["build/b.md", ["b.md"]], ["node_modules/x/b.md", ["b.md"]], ["docs/private.md", ["*.md"]]];
	for (const [path, include] of cases) {
		const outcome: unknown = await save(path, note(path), NEW, DISK, include).catch((error: unknown) => error);
		if (outcome instanceof CasebookError) {
			assert.match(outcome.message, /Casebook leaves it out \((named by .*\.gitignore|installed packages)\)/, path);
			// The walk agrees: the same file, put there by hand, is left out.
			mkdirSync(join(root, path, ".."), { recursive: true });
			writeFileSync(join(root, path), note(path));
		}
		const { files } = await walk(root, { include });
		assert.equal(files.has(path), !(outcome instanceof CasebookError), `${path} ${include}`);
		rmSync(join(root, path));
	}
});

for (const fails of ["write", "rename", "link"] as const) {
	test(`a disk that fails at ${fails} leaves the old file and nothing else`, async () => {
		const full = Object.assign(new Error("ENOSPC: no space left on device"), { code: "ENOSPC" });
		const disk: Disk = {
			...DISK,
			[fails]: async (...given: unknown[]) => {
				// Half of it is on the disk by then.
				if (fails === "write") await (given[0] as Awaited<ReturnType<typeof import("node:fs/promises").open>>).writeFile("half");
				throw full;
			},
		};
		writeFileSync(join(root, "a.md"), note("old"));
		const replaced = save("a.md", note("new"), over(note("old")), disk);
		if (fails === "link") await replaced;
		else await refused(replaced, /a\.md was not saved, and what was there is as it was: the disk has no room left/, "no place to save");
		assert.equal(at("a.md"), note(fails === "link" ? "new" : "old"));
		const created = save("new/b.md", note("new"), NEW, disk);
		if (fails === "rename") await created;
		else await refused(created, /new\/b\.md was not saved/, "no place to save");
		assert.deepEqual(everything(), fails === "rename" ? ["a.md", "new", "new/b.md"] : ["a.md"]);
	});
}

test("a file system without links is written to by renaming", async () => {
	const disk: Disk = { ...DISK, link: () => Promise.reject(Object.assign(new Error("EPERM"), { code: "EPERM" })) };
	assert.equal((await save("a.md", note("x"), NEW, disk)).state, "saved");
	assert.deepEqual(everything(), ["a.md"]);
});

test("a file that becomes another while it is saved is not lost", async () => {
	writeFileSync(join(root, "a.md"), note("old"));
	const meanwhile = (path: string): Disk => ({
		...DISK,
		async write(handle, bytes) {
			await DISK.write(handle, bytes);
			writeFileSync(join(root, path), note("meanwhile"));
		},
	});
	const other = { state: "other version", sha256: sha(note("meanwhile")), text: note("meanwhile") };
	assert.deepEqual(await save("a.md", note("mine"), over(note("old")), meanwhile("a.md")), other);
	assert.deepEqual(await save("b.md", note("mine"), NEW, meanwhile("b.md")), other);
	assert.deepEqual([at("a.md"), at("b.md")], [note("meanwhile"), note("meanwhile")]);
	assert.deepEqual(everything(), ["a.md", "b.md"]);
});

test("a half-written file is no source", async () => {
	let seen: string[] = [];
	const disk: Disk = {
		...DISK,
		async write(handle, bytes) {
			await DISK.write(handle, bytes);
			assert.equal(readdirSync(root).length, 1);
			seen = (await walk(root)).manifest.files.map((file) => file.path);
		},
	};
	await save("a.md", note("x"), NEW, disk);
	assert.deepEqual(seen, []);
	assert.deepEqual((await walk(root)).manifest.files.map((file) => file.path), ["a.md"]);
});

test("of saves over one version at the same time one takes place, and the file is one of them whole", async () => {
	const folder = new ServedFolder(root, [], true);
	writeFileSync(join(root, "a.md"), note("old"));
	assert.equal((await folder.manifest()).files.length, 1);
	const texts = Array.from({ length: 20 }, (_, n) => note(`${n} `.repeat(5000)));
	const outcomes = await Promise.all(texts.map((text) => folder.save({ path: "a.md", bytes: utf8(text), expected: over(note("old")), isNotebook })));
	assert.equal(outcomes.filter((one) => one.state === "saved").length, 1);
	assert.equal(at("a.md"), texts[outcomes.findIndex((one) => one.state === "saved")]);
	// What was saved is served at once, without another listing.
	await folder.save({ path: "new.md", bytes: utf8(note("new")), expected: NEW, isNotebook });
	assert.equal(new TextDecoder().decode((await folder.range("new.md", 0, 1000)).bytes), note("new"));
	await refused(new ServedFolder(root, []).save({ path: "c.md", bytes: utf8(note("x")), expected: NEW, isNotebook }), /started without --write/, "--write");
	assert.deepEqual(everything(), ["a.md", "new.md"]);
});
