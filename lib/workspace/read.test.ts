import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { appendFile, mkdir, mkdtemp, readdir, readlink, realpath, rename, rm, symlink, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { CasebookError } from "@/lib/model";
import { planBatches } from "./batches";
import { folderWorkspace } from "./folder";
import { readFiles } from "./read";
import { CHUNK_BYTES, MAX_RANGE_BYTES, type StreamEvent } from "./types";
import { walk } from "./walk";

const made: string[] = [];
after(async () => {
	for (const folder of made) await rm(folder, { recursive: true, force: true });
});

async function folder(files: Record<string, string | Uint8Array>): Promise<string> {
	const root = await realpath(await mkdtemp(join(tmpdir(), "casebook-read-")));
	made.push(root);
	for (const [path, content] of Object.entries(files)) {
		await mkdir(join(root, path, ".."), { recursive: true });
		await writeFile(join(root, path), content);
	}
	return root;
}

async function all(events: AsyncIterable<StreamEvent>): Promise<StreamEvent[]> {
	const out: StreamEvent[] = [];
	for await (const event of events) out.push(event);
	return out;
}

const sha256 = (bytes: Uint8Array | string) => createHash("sha256").update(bytes).digest("hex");

test("files come in the order asked for, each with the hash of its bytes", async () => {
	const big = new Uint8Array(CHUNK_BYTES * 2 + 7).map((_, i) => i * 31);
	const workspace = folderWorkspace(await folder({ "a.txt": "alpha", "empty.txt": "", "big.bin": big }));
	await workspace.manifest();
	const events = await all(workspace.stream(["big.bin", "empty.txt", "a.txt"]));
	assert.deepEqual(events.map((event) => `${event.type} ${event.path}`), ["start big.bin", "data big.bin", "data big.bin", "data big.bin", "end big.bin", "start empty.txt", "end empty.txt", "start a.txt", "data a.txt", "end a.txt"]);
	const ends = events.filter((event) => event.type === "end");
	assert.deepEqual(ends.map(({ sha256, bytes, changed }) => ({ sha256, bytes, changed })), [
		{ sha256: sha256(big), bytes: big.length, changed: false },
		{ sha256: sha256(""), bytes: 0, changed: false },
		{ sha256: sha256("alpha"), bytes: 5, changed: false },
	]);
	const data = Buffer.concat(events.flatMap((event) => (event.type === "data" && event.path === "big.bin" ? [event.chunk] : [])));
	assert.ok(data.equals(big));
});

test("files that are read ahead keep their order and their bytes, also where one has grown since it was listed", async () => {
	const names = Array.from({ length: 40 }, (_, i) => `${String(i).padStart(2, "0")}.txt`);
	const root = await folder(Object.fromEntries(names.map((name) => [name, name])));
	const snapshot = await walk(root);
	const grown = Buffer.alloc(CHUNK_BYTES * 3 + 5, "x");
	await writeFile(join(root, "20.txt"), grown);
	const events = await all(readFiles(snapshot, [...names, "absent.txt"]));
	const contents = new Map<string, Buffer>();
	for (const event of events) if (event.type === "data") contents.set(event.path, Buffer.concat([contents.get(event.path) ?? Buffer.alloc(0), event.chunk]));
	assert.deepEqual(events.flatMap((event) => (event.type === "end" || event.type === "error" ? [event.path] : [])), [...names, "absent.txt"]);
	for (const name of names) assert.ok(contents.get(name)!.equals(name === "20.txt" ? grown : Buffer.from(name)), name);
	assert.deepEqual(events.flatMap((event) => (event.type === "end" && event.changed ? [event.path] : [])), ["20.txt"]);
});

test("a reader that goes away, or is cancelled, leaves no file open", async () => {
	const names = Array.from({ length: 40 }, (_, i) => `${i}.txt`);
	const root = await folder({ ...Object.fromEntries(names.map((name) => [name, name])), "big.txt": "x".repeat(CHUNK_BYTES * 2) });
	const snapshot = await walk(root);
	const open = async () => {
		const handles = await readdir("/proc/self/fd").catch(() => []);
		const targets = await Promise.all(handles.map((handle) => readlink(`/proc/self/fd/${handle}`).catch(() => "")));
		return targets.filter((target) => target.startsWith(root));
	};
	const closed = async () => {
		while ((await open()).length > 0) await new Promise((resolve) => setImmediate(resolve));
	};
	for (const paths of [names, ["big.txt", ...names]]) {
		for await (const event of readFiles(snapshot, paths)) if (event.type === "data") break;
		await closed();
	}
	const stop = new AbortController();
	await assert.rejects(async () => {
		for await (const event of readFiles(snapshot, names, stop.signal)) if (event.type === "end") stop.abort();
	}, (error) => error instanceof CasebookError && error.failure.kind === "cancelled");
	await closed();
});

test("nothing but the exact paths of the manifest is answered", async () => {
	const root = await folder({ "a.txt": "1", "sub/b.txt": "2", ".git/config": "secret" });
	const outside = await folder({ "secret.txt": "secret" });
	await symlink(join(outside, "secret.txt"), join(root, "link.txt"));
	const workspace = folderWorkspace(root);
	const name = outside.split("/").at(-1)!;
	const tries = [
		"..", "../", `../${name}/secret.txt`, `sub/../../${name}/secret.txt`, `..%2f${name}%2fsecret.txt`, `%2e%2e/${name}/secret.txt`, `..\\${name}\\secret.txt`, `${root}/a.txt`, "/etc/passwd", `${outside}/secret.txt`,
		"a.txt\0", "a.txt\0.jpg", "\0", "", ".", "./a.txt", "sub//b.txt", "sub/./b.txt", "sub/../a.txt", "sub", "sub/", ".git/config", ".git/", "link.txt", "A.TXT", "a.txt/", "file:///etc/passwd", "__proto__", "constructor", "toString",
	];
	const events = await all(workspace.stream(tries));
	assert.deepEqual(events, tries.map((path) => ({ type: "error", path, message: "It is not in the workspace." })));
	for (const path of tries) await assert.rejects(workspace.bytes(path, 0, 10), (error) => error instanceof CasebookError && error.failure.kind === "refused", path);
});

test("a folder or file that was exchanged after the walk neither leaves the folder nor hangs", async () => {
	const outside = await folder({ "x.txt": "secret", "sub/x.txt": "secret" });
	const root = await folder({ "link.txt": "1", "pipe.txt": "1", "dir.txt": "1", "sub/x.txt": "1", "inner.txt": "1", "last.txt": "fine", "stay.txt": "1" });
	await symlink("stay.txt", join(root, "moves.txt"));
	const snapshot = await walk(root);
	const replace = async (path: string, target: string) => {
		await rm(join(root, path), { recursive: true });
		await symlink(target, join(root, path));
	};
	await replace("link.txt", join(outside, "x.txt"));
	await replace("sub", join(outside, "sub"));
	await replace("inner.txt", "stay.txt");
	await replace("moves.txt", join(outside, "x.txt"));
	await rm(join(root, "pipe.txt"));
	execFileSync("mkfifo", [join(root, "pipe.txt")]);
	await rm(join(root, "dir.txt"));
	await mkdir(join(root, "dir.txt"));
	const events = await all(readFiles(snapshot, ["link.txt", "sub/x.txt", "inner.txt", "moves.txt", "pipe.txt", "dir.txt", "last.txt"]));
	assert.deepEqual(events.filter((event) => event.type === "error").map((event) => `${event.path}: ${event.message}`), [
		"link.txt: It is a link that leaves the folder now.",
		"sub/x.txt: It is a link that leaves the folder now.",
		"inner.txt: It is a link now.",
		"moves.txt: It is a link that leaves the folder now.",
		"pipe.txt: It is not a file any more.",
		"dir.txt: It is not a file any more.",
	]);
	assert.equal(Buffer.concat(events.flatMap((event) => (event.type === "data" ? [event.chunk] : []))).toString(), "fine");
});

test("a file that vanished is an error of its own; the others come", async () => {
	const root = await folder({ "a.txt": "1", "b.txt": "2", "c.txt": "3" });
	const workspace = folderWorkspace(root);
	await workspace.manifest();
	await rm(join(root, "b.txt"));
	const events = await all(workspace.stream(["a.txt", "b.txt", "c.txt"]));
	assert.deepEqual(events.map((event) => event.type), ["start", "data", "end", "error", "start", "data", "end"]);
	assert.deepEqual(events[3], { type: "error", path: "b.txt", message: "It is not there any more." });
});

test("a file that grows, shrinks or is rewritten while it is read says so", async () => {
	const root = await folder({ "grows.log": new Uint8Array(CHUNK_BYTES * 2), "shrinks.log": new Uint8Array(CHUNK_BYTES * 2), "replaced.log": new Uint8Array(CHUNK_BYTES * 2), "grown-before.log": "1\n" });
	const workspace = folderWorkspace(root);
	await workspace.manifest();
	await appendFile(join(root, "grown-before.log"), "2\n");
	const ends = new Map<string, { bytes: number; changed: boolean }>();
	let chunks = 0;
	for await (const event of workspace.stream(["grows.log", "shrinks.log", "replaced.log", "grown-before.log"])) {
		if (event.type === "start") chunks = 0;
		if (event.type === "data" && ++chunks === 1) {
			if (event.path === "grows.log") await appendFile(join(root, "grows.log"), "more");
			if (event.path === "shrinks.log") await truncate(join(root, "shrinks.log"), CHUNK_BYTES);
			if (event.path === "replaced.log") {
				await writeFile(join(root, "new"), "other");
				await rename(join(root, "new"), join(root, "replaced.log"));
			}
		}
		if (event.type === "end") ends.set(event.path, { bytes: event.bytes, changed: event.changed });
	}
	assert.deepEqual(Object.fromEntries(ends), {
		"grows.log": { bytes: CHUNK_BYTES * 2, changed: true },
		"shrinks.log": { bytes: CHUNK_BYTES, changed: true },
		// What was opened is read to its end, as with a log that rotates away; its name stands for another file now.
		"replaced.log": { bytes: CHUNK_BYTES * 2, changed: true },
		"grown-before.log": { bytes: 4, changed: true },
	});
});

test("a stream that is cancelled stops and says so", async () => {
	const workspace = folderWorkspace(await folder({ "a.txt": "1", "b.txt": "2" }));
	await workspace.manifest();
	const stop = new AbortController();
	const seen: string[] = [];
	await assert.rejects(async () => {
		for await (const event of workspace.stream(["a.txt", "b.txt"], stop.signal)) {
			seen.push(event.type);
			if (event.type === "end") stop.abort();
		}
	}, (error) => error instanceof CasebookError && error.failure.kind === "cancelled");
	assert.deepEqual(seen, ["start", "data", "end"]);
});

test("ranges are cut at the file's end; impossible and too long ones are refused", async () => {
	const workspace = folderWorkspace(await folder({ "a.txt": "0123456789" }));
	const text = async (from: number, to: number) => Buffer.from((await workspace.bytes("a.txt", from, to)).bytes).toString();
	assert.equal(await text(2, 5), "234");
	assert.equal(await text(8, 100), "89");
	assert.equal(await text(50, 60), "");
	assert.equal(await text(3, 3), "");
	assert.equal((await workspace.bytes("a.txt", 0, 1)).size, 10);
	for (const [from, to] of [[-1, 2], [5, 2], [0.5, 2], [Number.NaN, 2], [0, Number.POSITIVE_INFINITY]] as const) {
		await assert.rejects(workspace.bytes("a.txt", from, to), (error) => error instanceof CasebookError && error.failure.kind === "refused", `${from} ${to}`);
	}
	await assert.rejects(workspace.bytes("a.txt", 0, MAX_RANGE_BYTES + 1), (error) => error instanceof CasebookError && error.failure.kind === "limit");
});

test("3,000 small files come whole in at most 8 batches", async () => {
	const workspace = folderWorkspace(await folder(Object.fromEntries(Array.from({ length: 3000 }, (_, i) => [`${i % 30}/${i}.jsonl`, `{"i":${i}}\n`]))));
	const { files } = await workspace.manifest();
	const batches = planBatches(files);
	assert.ok(batches.length <= 8, `${batches.length} batches`);
	let ended = 0;
	for (const batch of batches) for await (const event of workspace.stream(batch)) if (event.type === "end") ended++;
	assert.equal(ended, 3000);
});
