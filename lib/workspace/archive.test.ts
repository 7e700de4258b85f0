import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import { deflateSync, unzipSync, zipSync } from "fflate";
import fc from "fast-check";
import { CasebookError } from "@/lib/model";
import { archiveFiles, archiveWorkspace, isArchiveName } from "./archive";
import { ARCHIVE_LIST } from "./archive-list";
import { writeArchive } from "./archive-write";
import { MAX_ARCHIVE_BYTES, MAX_RATIO } from "./archive-zip";
import { localWorkspace } from "./local";
import type { Workspace } from "./types";

const TIME = "2026-05-02T12:00:00.000Z";
const utf8 = (text: string) => new TextEncoder().encode(text);
const sha = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");
const NOTEBOOK = { path: "notebooks/two.md", bytes: utf8("---\ncasebook: 1\n---\n"), modifiedAt: TIME };
const LOG = { path: "logs/a b/ü.jsonl", bytes: utf8(`${JSON.stringify({ a: 1 })}\n`.repeat(5000)), modifiedAt: "2026-05-01T00:00:00.000Z" };
const CONTENT = { notebook: NOTEBOOK, sources: [LOG, { path: "empty.txt", bytes: new Uint8Array(), modifiedAt: TIME }], madeAt: TIME };

const opened = (bytes: Uint8Array, name = "x.casebook.zip") => archiveWorkspace(name, async () => bytes);

async function read(workspace: Workspace, path: string): Promise<{ text: string; sha256: string | null; error: string | null }> {
	const decoder = new TextDecoder();
	let text = "";
	for await (const event of workspace.stream([path])) {
		if (event.type === "data") text += decoder.decode(event.chunk, { stream: true });
		if (event.type === "end") return { text, sha256: event.sha256, error: null };
		if (event.type === "error") return { text, sha256: null, error: event.message };
	}
	throw new Error("the stream has no end");
}

/** One sentence that names the archive. */
async function refused(bytes: Uint8Array, words: RegExp): Promise<void> {
	const started = performance.now();
	for (const ask of [(one: Workspace) => one.manifest(), (one: Workspace) => read(one, LOG.path).then(() => one.manifest())]) {
		await assert.rejects(ask(opened(bytes)), (error) => error instanceof CasebookError && error.message.startsWith("x.casebook.zip cannot be opened. ") && words.test(error.message) ? true : assert.fail(String(error)));
	}
	assert.ok(performance.now() - started < 2000, "it takes no 2 s");
}

test("what goes in comes out: paths, bytes, times, hashes, the same archive each time", async () => {
	const bytes = await writeArchive(CONTENT);
	assert.deepEqual(await writeArchive(CONTENT), bytes);
	assert.ok(bytes.length < LOG.bytes.length / 10);
	const workspace = opened(bytes, "Two logs.casebook.zip");
	assert.equal(workspace.name, "Two logs");
	const { files, version } = await workspace.manifest();
	assert.deepEqual(files.map((file) => [file.path, file.bytes, file.modified_at, file.state]), [["empty.txt", 0, TIME, "served"], [LOG.path, LOG.bytes.length, LOG.modifiedAt, "served"], [NOTEBOOK.path, NOTEBOOK.bytes.length, TIME, "served"]]);
	assert.match(version, /^[0-9a-f]{32}$/);
	assert.deepEqual(await read(workspace, LOG.path), { text: new TextDecoder().decode(LOG.bytes), sha256: sha(LOG.bytes), error: null });
	assert.deepEqual(await read(workspace, "empty.txt"), { text: "", sha256: sha(new Uint8Array()), error: null });
	assert.match((await read(workspace, "../x")).error ?? "", /not in the workspace/);
	const part = await workspace.bytes(LOG.path, 1, 4);
	assert.deepEqual([new TextDecoder().decode(part.bytes), part.size, part.modifiedAt], ['"a"', LOG.bytes.length, LOG.modifiedAt]);
	assert.deepEqual((await archiveFiles("x", async () => bytes)).map((file) => file.path), [NOTEBOOK.path, LOG.path, "empty.txt"]);
	// Any other program opens it, too.
	assert.deepEqual(unzipSync(bytes)[`files/${LOG.path}`], LOG.bytes);
});

test("any files come back, and an archive of another program with the same list opens", async () => {
	await fc.assert(fc.asyncProperty(fc.array(fc.uint8Array({ maxLength: 3000 }), { maxLength: 6 }), async (contents) => {
		const sources = contents.map((bytes, i) => ({ path: `d/${i}.bin`, bytes, modifiedAt: TIME }));
		const files = await archiveFiles("x", async () => writeArchive({ ...CONTENT, sources }));
		assert.deepEqual(files.slice(1).map((file) => file.bytes), contents);
	}), { numRuns: 30 });
	const again = zipSync(unzipSync(await writeArchive(CONTENT)), { level: 9, comment: "made by hand" });
	assert.equal((await opened(again).manifest()).files.length, 3);
});

test("an archive that was dropped is the workspace that it holds", async () => {
	const bytes = await writeArchive(CONTENT);
	for (const name of ["x.casebook.zip", "x.casebook (1).zip"]) {
		const workspace = localWorkspace({ name, roots: [{ kind: "loose", path: name, file: new File([bytes], name) }] });
		assert.deepEqual((await workspace.manifest()).files.map((file) => file.path), ["empty.txt", LOG.path, NOTEBOOK.path]);
		assert.equal(workspace.name, "x");
	}
	assert.deepEqual(["a.zip", "casebook.zip", "a.casebook.zip.txt", "a.casebook"].map(isArchiveName), [false, false, false, false]);
	const two = localWorkspace({ name: "2 files", roots: ["a.casebook.zip", "b.txt"].map((path) => ({ kind: "loose", path, file: new File([bytes], path) })) });
	assert.equal((await two.manifest()).files.length, 2);
});

test("a cut archive, whatever is missing, is one sentence", async () => {
	const bytes = await writeArchive({ ...CONTENT, sources: [{ ...LOG, bytes: utf8("short") }] });
	for (let end = 0; end < bytes.length; end += 7) await refused(bytes.slice(0, end), /not whole|no ZIP file/);
	await refused(utf8("not a zip at all, but long enough to be one"), /no ZIP file/);
	await refused(zipSync({ "a.txt": utf8("a") }), /holds no casebook-archive\.json/);
});

test("every changed byte is noticed or changes nothing that is read", async () => {
	const bytes = await writeArchive({ ...CONTENT, sources: [{ ...LOG, bytes: utf8("short") }] });
	const plain = await archiveFiles("x", async () => bytes);
	for (let at = 0; at < bytes.length; at++) {
		const changed = bytes.slice();
		changed[at] = changed[at]! ^ 0x15;
		try {
			const files = await archiveFiles("x", async () => changed);
			for (const [i, file] of files.entries()) assert.ok(Buffer.from(file.bytes).equals(plain[i]!.bytes), `byte ${at}`);
		} catch (error) {
			assert.ok(error instanceof CasebookError, `byte ${at}: ${String(error)}`);
		}
	}
});

/** An archive with entries and a list of a stranger's making. */
function forged(entries: readonly Forged[], list: unknown): Uint8Array {
	return zipOf([{ path: ARCHIVE_LIST, bytes: utf8(typeof list === "string" ? list : JSON.stringify(list)) }, ...entries]);
}

interface Forged {
	path: string;
	bytes: Uint8Array;
	/** instead of what is true */
	size?: number;
	mode?: number;
	localPath?: string;
	flags?: number;
	method?: number;
	/** begin of the entry whose bytes this one shares */
	at?: number;
}

function zipOf(entries: readonly Forged[]): Uint8Array {
	const parts: Buffer[] = [];
	const central: Buffer[] = [];
	let at = 0;
	for (const entry of entries) {
		const packed = Buffer.from(deflateSync(entry.bytes, { level: 9 }));
		const fields = (path: string) => {
			const name = Buffer.from(path);
			const out = Buffer.alloc(26);
			out.writeUInt16LE(20, 0);
			out.writeUInt16LE(entry.flags ?? 0x800, 2);
			out.writeUInt16LE(entry.method ?? 8, 4);
			out.writeUInt32LE(packed.length, 14);
			out.writeUInt32LE(entry.size ?? entry.bytes.length, 18);
			out.writeUInt16LE(name.length, 22);
			return [out, name] as const;
		};
		const [local, localName] = fields(entry.localPath ?? entry.path);
		const [shared, name] = fields(entry.path);
		const where = Buffer.alloc(14);
		where.writeUInt32LE(((entry.mode ?? 0) << 16) >>> 0, 6);
		where.writeUInt32LE(entry.at ?? at, 10);
		central.push(Buffer.concat([Buffer.from([0x50, 0x4b, 1, 2, 20, 3]), shared, where, name]));
		const whole = Buffer.concat([Buffer.from([0x50, 0x4b, 3, 4]), local, localName, packed]);
		parts.push(whole);
		at += whole.length;
	}
	const contents = Buffer.concat(central);
	const end = Buffer.alloc(22);
	end.writeUInt32LE(0x06054b50, 0);
	end.writeUInt16LE(entries.length, 8);
	end.writeUInt16LE(entries.length, 10);
	end.writeUInt32LE(contents.length, 12);
	end.writeUInt32LE(at, 16);
	return new Uint8Array(Buffer.concat([...parts, contents, end]));
}

const listOf = (files: readonly { path: string; bytes: Uint8Array; sha256?: string; size?: number }[], notebook = files[0]!.path, version: unknown = 1) => ({ casebook_archive: version, notebook, made_at: TIME, files: files.map((file) => ({ path: file.path, bytes: file.size ?? file.bytes.length, sha256: file.sha256 ?? sha(file.bytes), modified_at: TIME })) });
const A = { path: "a.md", bytes: utf8("a") };
const entryOf = (file: { path: string; bytes: Uint8Array }): Forged => ({ path: `files/${file.path}`, bytes: file.bytes });

test("the forger makes what opens, so that what it changes is what is refused", async () => {
	assert.equal((await opened(forged([entryOf(A)], listOf([A]))).manifest()).files.length, 1);
});

test("a list that lies is caught: another hash, another size, a file too many or too few, a notebook that is not there", async () => {
	await refused(forged([entryOf(A)], listOf([{ ...A, sha256: sha(utf8("b")) }])), /"a\.md" is not what the archive lists: its sha256/);
	await refused(forged([entryOf(A)], listOf([{ ...A, size: 2 }])), /with 2 bytes and holds 1/);
	await refused(forged([entryOf(A), entryOf({ path: "b.md", bytes: A.bytes })], listOf([A])), /holds "files\/b\.md", which it does not list/);
	await refused(forged([entryOf(A), { path: "b.md", bytes: A.bytes }], listOf([A])), /holds "b\.md", which it does not list/);
	await refused(forged([entryOf(A)], listOf([A, { path: "b.md", bytes: A.bytes }])), /lists "b\.md" and does not hold it/);
	await refused(forged([entryOf(A)], listOf([A, A])), /lists "a\.md" twice/);
	await refused(forged([entryOf(A)], listOf([A], "b.md")), /names the notebook "b\.md"/);
	await refused(forged([entryOf(A)], listOf([A], "__proto__")), /names the notebook "__proto__"/);
	await refused(forged([entryOf(A)], listOf([A], "a.md", 2)), /version 2.*later Casebook/);
	for (const list of ["", "[]", "null", "{}", "{\"casebook_archive\":1}", { ...listOf([A]), files: [{}] }, { ...listOf([A]), files: [{ path: "a.md", bytes: -1 }] }, { ...listOf([A]), files: [null] }, { ...listOf([A]), made_at: "yesterday" }]) await refused(forged([entryOf(A)], list), /makes no sense/);
});

test("names that lead out of the folder, twice the same, links and devices are refused before a byte is unpacked", async () => {
	const out = { "../a.md": /leads out/, "x/../../a.md": /leads out/, "./a.md": /leads out/, "x//a.md": /leads out/, "x\\..\\a.md": /backslash/, "..\\a.md": /backslash/, "a\u0000.md": /shows nothing/, "a\u202e.md": /shows nothing/ };
	for (const [path, words] of Object.entries(out)) await refused(forged([entryOf({ path, bytes: A.bytes })], listOf([{ path, bytes: A.bytes }])), words);
	for (const path of ["/etc/passwd", "C:/a.md", "~/a.md"]) {
		await refused(forged([{ path, bytes: A.bytes }], listOf([A])), /does not start inside/);
		await refused(forged([entryOf({ path, bytes: A.bytes })], listOf([{ path, bytes: A.bytes }])), /does not start inside|leads out/);
	}
	await refused(forged([entryOf(A), entryOf(A)], listOf([A])), /two entries of the name/);
	await refused(forged([entryOf(A), entryOf({ path: "A.MD", bytes: A.bytes })], listOf([A])), /two entries of the name/);
	await refused(forged([{ ...entryOf(A), mode: 0o120777 }], listOf([A])), /is a link/);
	await refused(forged([{ ...entryOf(A), mode: 0o060644 }], listOf([A])), /is no file/);
	await refused(forged([{ ...entryOf(A), localPath: "files/b.md" }], listOf([A])), /another name in the archive/);
	await refused(forged([{ ...entryOf(A), flags: 1 }], listOf([A])), /encrypted/);
	await refused(forged([{ ...entryOf(A), method: 99 }], listOf([A])), /\(99\)/);
});

test("what unpacks to too much is refused by what it promises, and stopped where it promises less than it holds", async () => {
	const zeros = { path: "zeros", bytes: new Uint8Array(8 * 1024 * 1024) };
	await refused(forged([entryOf(A), entryOf(zeros)], listOf([A, zeros])), new RegExp(`more than ${MAX_RATIO} times`));
	await refused(forged([entryOf(A), { ...entryOf(zeros), size: 100 }], listOf([A, { ...zeros, size: 100 }])), /does not unpack to the 100 bytes/);
	await refused(forged([entryOf(A), { ...entryOf(A), path: "files/b.md", size: 5 }], listOf([A, { path: "b.md", bytes: A.bytes, size: 5 }])), /does not unpack to the 5 bytes/);
	const half = { path: "b.md", bytes: A.bytes, size: MAX_ARCHIVE_BYTES / 2 };
	await refused(forged([entryOf(A), { ...entryOf(half), size: half.size }, { path: "files/c.md", bytes: A.bytes, size: half.size + 1 }], listOf([A])), /more than 250 times|more than 512 MiB/);
	// Entries over the same bytes make much of little.
	const list = JSON.stringify(listOf([A, { path: "b.md", bytes: A.bytes }]));
	const first = zipOf([{ path: ARCHIVE_LIST, bytes: utf8(list) }]).length - 22 - 46 - ARCHIVE_LIST.length;
	await refused(zipOf([{ path: ARCHIVE_LIST, bytes: utf8(list) }, entryOf(A), { ...entryOf(A), at: first }]), /two entries of the name|share bytes/);
	await refused(forged([entryOf(A), { ...entryOf({ path: "b.md", bytes: A.bytes }), localPath: "files/a.md", at: first }], listOf([A, { path: "b.md", bytes: A.bytes }])), /share bytes|another name/);
	// A file that packs so well is stored, so that the own archive opens.
	const files = await archiveFiles("x", async () => writeArchive({ ...CONTENT, sources: [{ ...zeros, modifiedAt: TIME }] }));
	assert.equal(files[1]!.bytes.length, zeros.bytes.length);
});

test("what cannot go into an archive is said before it is written", async () => {
	for (const path of ["../a", "a\\xff", "/a"]) await assert.rejects(writeArchive({ ...CONTENT, sources: [{ ...LOG, path }] }), (error) => error instanceof CasebookError && error.failure.kind === "refused" && error.message.includes(JSON.stringify(path)));
	await assert.rejects(writeArchive({ ...CONTENT, sources: [{ ...LOG, path: NOTEBOOK.path }] }), /the same on some systems/);
	const stop = new AbortController();
	stop.abort();
	await assert.rejects(writeArchive(CONTENT, { signal: stop.signal }), (error) => error instanceof CasebookError && error.failure.kind === "cancelled");
});
