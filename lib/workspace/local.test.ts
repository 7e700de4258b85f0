import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { appendFile, mkdir, mkdtemp, realpath, rm, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { after, test } from "node:test";
import { CasebookError } from "@/lib/model";
import { localWorkspace } from "./local";
import { captureDrop, type DroppedItem } from "./local-drop";
import { entryOf, fileHandle, fileOnDisk, folderHandle, inputFiles } from "./local-fakes";
import { sourceOfDrop, sourceOfFiles, sourceOfHandles } from "./local-gather";
import { canReopen, type LocalSource } from "./local-types";
import { CHUNK_BYTES, MAX_RANGE_BYTES, type StreamEvent, type Workspace } from "./types";
import { walk } from "./walk";

const made: string[] = [];
after(async () => {
	for (const folder of made) await rm(folder, { recursive: true, force: true });
});

async function folder(files: Record<string, string | Uint8Array>): Promise<string> {
	const root = await realpath(await mkdtemp(join(tmpdir(), "casebook-local-")));
	made.push(root);
	for (const [path, content] of Object.entries(files)) {
		const full = join(root, path);
		await mkdir(path.endsWith("/") ? full : dirname(full), { recursive: true });
		if (!path.endsWith("/")) await writeFile(full, content);
	}
	return root;
}

/** One folder in each form in which a browser can give it. */
async function forms(root: string): Promise<Record<string, LocalSource>> {
	return {
		handle: sourceOfHandles([folderHandle(root)]),
		input: sourceOfFiles(await inputFiles(root)),
		entries: await sourceOfDrop([{ handle: null, entry: entryOf(root, true), file: null }]),
		"dropped handle": await sourceOfDrop([{ handle: Promise.resolve(folderHandle(root)), entry: entryOf(root, true), file: null }]),
	};
}

async function all(stream: AsyncIterable<StreamEvent>): Promise<StreamEvent[]> {
	const events: StreamEvent[] = [];
	for await (const event of stream) events.push(event);
	return events;
}

/** What came of each file: its text and hash, or the error. */
async function contents(workspace: Workspace, paths: readonly string[]) {
	const out: Record<string, unknown> = {};
	let bytes: Uint8Array[] = [];
	for (const event of await all(workspace.stream(paths))) {
		if (event.type === "start") bytes = [];
		else if (event.type === "data") bytes.push(event.chunk);
		else if (event.type === "error") out[event.path] = event.message;
		else {
			const whole = Buffer.concat(bytes);
			assert.equal(event.bytes, whole.length);
			assert.equal(event.sha256, createHash("sha256").update(whole).digest("hex"), event.path);
			out[event.path] = { text: whole.toString("latin1"), changed: event.changed };
		}
	}
	return out;
}

const TRICKY = {
	".gitignore": "*.log\nout/\n!keep.log\n",
	".git/config": "secret",
	"node_modules/x/i.js": "1",
	"a.log": "12",
	"keep.log": "123",
	"sub/.gitignore": "!a.log\n*.tmp\n",
	"sub/a.log": "1",
	"sub/b.log": "12",
	"sub/c.tmp": "1",
	"sub/deep/er/y.csv": "a,b\n",
	"out/one.txt": "1",
	"pkg/node_modules/y/i.js": "1",
	"odd\u0007name.txt": "1",
	"umlaut-ü.txt": "ü",
	"Z.txt": "",
	"z/Z.txt": "1",
	"empty/": "",
};

test("every form of a folder is listed as the served folder is: same files, order, states, reasons", async () => {
	const root = await folder(TRICKY);
	// Browsers know milliseconds.
	for (const path of Object.keys(TRICKY)) await utimes(join(root, path), 1_700_000_000, 1_700_000_000);
	const served = (await walk(root)).manifest.files.map((file) => (file.path.endsWith("/") ? { ...file, modified_at: "" } : file));
	for (const [form, source] of Object.entries(await forms(root))) {
		const manifest = await localWorkspace(source, { now: () => new Date(0) }).manifest();
		const files = manifest.files.map((file) => (file.path.endsWith("/") ? { ...file, modified_at: "" } : file));
		// A browser tells no time of a folder that is left out; all else is the same.
		assert.deepEqual(files, served, form);
		assert.equal(manifest.name, basename(root), form);
		assert.equal(manifest.generated_at, "1970-01-01T00:00:00.000Z");
	}
});

test("every form gives the same bytes, hashes and ranges", async () => {
	const large = Buffer.alloc(CHUNK_BYTES * 2 + 17, "0123456789abcdef\n");
	const root = await folder({ "a.txt": "one\ntwo\n", "b/large.bin": large, "b/none.txt": "" });
	for (const [form, source] of Object.entries(await forms(root))) {
		const workspace = localWorkspace(source);
		const got = await contents(workspace, ["b/large.bin", "a.txt", "no.txt", "b/none.txt"]);
		assert.deepEqual(Object.keys(got), ["b/large.bin", "a.txt", "no.txt", "b/none.txt"], form);
		assert.deepEqual(got["a.txt"], { text: "one\ntwo\n", changed: false });
		assert.deepEqual(got["b/none.txt"], { text: "", changed: false });
		assert.deepEqual(got["b/large.bin"], { text: large.toString("latin1"), changed: false });
		assert.equal(got["no.txt"], "It is not in the workspace.");
		for (const fresh of [workspace, localWorkspace(source)]) {
			const range = await fresh.bytes("b/large.bin", CHUNK_BYTES, CHUNK_BYTES + 5);
			assert.deepEqual(Buffer.from(range.bytes), large.subarray(CHUNK_BYTES, CHUNK_BYTES + 5));
			assert.equal(range.size, large.length);
			assert.equal((await fresh.bytes("a.txt", 4, 4096)).bytes.length, 4);
			assert.equal((await fresh.bytes("a.txt", 99, 4096)).bytes.length, 0);
			await assert.rejects(fresh.bytes("b/none", 0, 1), /not (in the workspace|there any more)/);
			await assert.rejects(fresh.bytes("a.txt/x", 0, 1), /not in the workspace/);
			await assert.rejects(fresh.bytes("a.txt", 5, 2), /whole numbers/);
			await assert.rejects(fresh.bytes("a.txt", 0, MAX_RANGE_BYTES + 1), /8 MiB/);
		}
	}
});

test("a file with an escaped name is found by the name that the list shows", async () => {
	const root = await folder({ "odd\u0007name.txt": "content" });
	for (const source of Object.values(await forms(root))) assert.equal(Buffer.from((await localWorkspace(source).bytes("odd\\x07name.txt", 0, 100)).bytes).toString(), "content");
});

test("files that were chosen themselves are opened whatever they are called; rules hold inside folders", async () => {
	const root = await folder({ ".gitignore": "*.log\n", "a.log": "1", "out/.gitignore": "b.log\n", "out/b.log": "1", "out/c.txt": "1", "node_modules/m.csv": "1" });
	const source = sourceOfHandles([fileHandle(join(root, ".gitignore")), fileHandle(join(root, "a.log")), folderHandle(join(root, "out")), folderHandle(join(root, "node_modules"))]);
	assert.equal(source.name, ".gitignore and 3 more");
	const { files } = await localWorkspace(source).manifest();
	assert.deepEqual(files.map(({ path, state, note }) => [path, state, note]), [
		[".gitignore", "served", null],
		["a.log", "served", null],
		["node_modules/m.csv", "served", null],
		["out/.gitignore", "served", null],
		["out/b.log", "left out", "named by out/.gitignore"],
		["out/c.txt", "served", null],
	]);
});

test("two dropped files of one name are two files", async () => {
	const [one, two] = [await folder({ "a.txt": "1" }), await folder({ "a.txt": "22" })];
	const workspace = localWorkspace(sourceOfFiles([await fileOnDisk(join(one, "a.txt")), await fileOnDisk(join(two, "a.txt"))]));
	const { files, name } = await workspace.manifest();
	assert.equal(name, "2 files");
	assert.deepEqual(files.map(({ path, bytes }) => [path, bytes]), [["a.txt", 1], ["a.txt~2", 2]]);
	assert.deepEqual(await contents(workspace, ["a.txt~2"]), { "a.txt~2": { text: "22", changed: false } });
});

test("a chosen file that changed or vanished is an error that names it and is told as stale; the others come", async () => {
	const root = await folder({ "a.txt": "1", "b.txt": "2", "c.txt": "3" });
	const stale: string[] = [];
	const workspace = localWorkspace(sourceOfFiles(await inputFiles(root)), { onStale: (path) => stale.push(path) });
	await workspace.manifest();
	await appendFile(join(root, "a.txt"), "more");
	await rm(join(root, "b.txt"));
	const message = "It changed or went away since it was chosen. Choose it again to read it as it is.";
	assert.deepEqual(await contents(workspace, ["a.txt", "b.txt", "c.txt"]), { "a.txt": message, "b.txt": message, "c.txt": { text: "3", changed: false } });
	assert.deepEqual(stale, ["a.txt", "b.txt"]);
	await assert.rejects(workspace.bytes("a.txt", 0, 1), /^CasebookError: a\.txt: It changed or went away/);
});

test("a file behind a handle is read as it is now, and says that it changed since the list was made", async () => {
	const root = await folder({ "a.txt": "1", "b.txt": "2" });
	const stale: string[] = [];
	const workspace = localWorkspace(sourceOfHandles([folderHandle(root)]), { onStale: (path) => stale.push(path) });
	const { version } = await workspace.manifest();
	await appendFile(join(root, "a.txt"), "more");
	await rm(join(root, "b.txt"));
	assert.deepEqual(await contents(workspace, ["a.txt", "b.txt"]), { "a.txt": { text: "1more", changed: true }, "b.txt": "It is not there any more." });
	assert.deepEqual(stale, []);
	const again = await workspace.manifest();
	assert.deepEqual(again.files.map(({ path, bytes }) => [path, bytes]), [["a.txt", 5]]);
	assert.notEqual(again.version, version);
});

test("a log that is written to while it is read comes whole as it was when it was opened", async () => {
	const first = Buffer.alloc(CHUNK_BYTES * 3, "line\n");
	const root = await folder({ "a.log": first });
	const workspace = localWorkspace(sourceOfHandles([folderHandle(root)]));
	await workspace.manifest();
	const hash = createHash("sha256");
	let size = 0;
	for await (const event of workspace.stream(["a.log"])) {
		if (event.type === "data") {
			hash.update(event.chunk);
			size += event.chunk.length;
			await appendFile(join(root, "a.log"), "later\n");
		} else if (event.type === "end") {
			assert.deepEqual({ ...event, sha256: "" }, { type: "end", path: "a.log", sha256: "", bytes: first.length, changed: true });
			assert.equal(event.sha256, createHash("sha256").update(first).digest("hex"));
			assert.equal(hash.digest("hex"), event.sha256);
		} else assert.equal(event.type, "start");
	}
	assert.equal(size, first.length);
});

test("many small files come in the order that was asked for", async () => {
	const paths = Array.from({ length: 100 }, (_, i) => `d${i % 7}/f${i}.txt`);
	const root = await folder(Object.fromEntries(paths.map((path) => [path, path])));
	const shuffled = paths.toReversed();
	for (const source of Object.values(await forms(root))) {
		const got = await contents(localWorkspace(source), shuffled);
		assert.deepEqual(got, Object.fromEntries(shuffled.map((path) => [path, { text: path, changed: false }])));
		assert.deepEqual(Object.keys(got), shuffled);
	}
});

test("what cannot be looked into is listed with the reason; a top folder that cannot be is a failure that names it", async () => {
	const root = await folder({ "shut/a.txt": "1", "b.txt": "1" });
	const { files } = await localWorkspace(sourceOfHandles([folderHandle(root, new Set(["shut"]))])).manifest();
	assert.deepEqual(files.map(({ path, state, note }) => [path, state, note]), [["b.txt", "served", null], ["shut/", "left out", "the folder cannot be read (NotAllowedError)"]]);
	const shut = localWorkspace(sourceOfHandles([folderHandle(join(root, "shut"), new Set(["shut"]))]));
	await assert.rejects(shut.manifest(), /shut: the folder cannot be read \(NotAllowedError\)\. Open it again and allow reading it\./);
	const gone = localWorkspace(sourceOfHandles([folderHandle(join(root, "gone"))]));
	await assert.rejects(gone.manifest(), /gone: the folder is not there any more/);
});

test("cancelling ends a stream, a walk and a range with a failure of kind cancelled", async () => {
	const root = await folder({ "a.bin": Buffer.alloc(CHUNK_BYTES * 4), "b.txt": "1" });
	const cancelled = (error: unknown) => error instanceof CasebookError && error.failure.kind === "cancelled";
	const workspace = localWorkspace(sourceOfHandles([folderHandle(root)]));
	const stop = new AbortController();
	let chunks = 0;
	await assert.rejects(async () => {
		for await (const event of workspace.stream(["a.bin", "b.txt"], stop.signal)) {
			if (event.type !== "data") continue;
			chunks++;
			stop.abort();
		}
	}, cancelled);
	assert.equal(chunks, 1);
	await assert.rejects(workspace.manifest(AbortSignal.abort()), cancelled);
	await assert.rejects(workspace.bytes("b.txt", 0, 1, AbortSignal.abort()), cancelled);
});

test("a drop is taken at once: handles where there are some, else entries, else files; text is left alone", async () => {
	const root = await folder({ "logs/a.jsonl": "{}\n", "b.txt": "1" });
	const file = await fileOnDisk(join(root, "b.txt"));
	const items: DroppedItem[] = [
		{ kind: "string", getAsFile: () => null },
		{ kind: "file", getAsFile: () => null, webkitGetAsEntry: () => entryOf(join(root, "logs"), true), getAsFileSystemHandle: () => Promise.reject(new Error("no handle for this one")) },
		{ kind: "file", getAsFile: () => file, webkitGetAsEntry: () => null },
		{ kind: "file", getAsFile: () => null },
	];
	const source = await sourceOfDrop(captureDrop(items));
	assert.equal(source.name, "logs and 2 more");
	assert.equal(canReopen(source), false);
	const { files } = await localWorkspace(source).manifest();
	assert.deepEqual(files.map(({ path, state }) => [path, state]), [["b.txt", "served"], ["item 3", "left out"], ["logs/a.jsonl", "served"]]);
	await assert.rejects(sourceOfDrop(captureDrop(items.slice(0, 1))), /Nothing that was dropped is a file or a folder/);
});

test("a source can be read again later where each part has a handle; an empty choice says so", async () => {
	const root = await folder({ "a.txt": "1" });
	assert.equal(canReopen(sourceOfHandles([folderHandle(root)])), true);
	assert.equal(canReopen(sourceOfFiles(await inputFiles(root))), false);
	assert.throws(() => sourceOfFiles([]), /holds no file/);
	assert.throws(() => sourceOfHandles([]), /Nothing was chosen/);
});
