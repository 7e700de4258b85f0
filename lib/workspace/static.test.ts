import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { access, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { CasebookError } from "@/lib/model";
import { folderWorkspace } from "./folder";
import { staticWorkspace } from "./static";
import { parseStaticManifest, staticFile } from "./static-manifest";
import { writeStaticWorkspace } from "./static-write";
import type { StreamEvent } from "./types";

const folders: string[] = [];
after(async () => {
	for (const folder of folders) await rm(folder, { recursive: true, force: true });
});

async function folder(): Promise<string> {
	const made = await mkdtemp(join(tmpdir(), "casebook-static-"));
	folders.push(made);
	return made;
}

const BASE = "http://host.test/sub/workspace";
const sha = (bytes: Uint8Array | string) => createHash("sha256").update(bytes).digest("hex");
const big = Buffer.alloc(1_000_000, "0123456789abcdef");
const FILES: Record<string, string | Buffer> = { "a.txt": "alpha", "copy of a.txt": "alpha", "empty.txt": "", "odd #1 100%?.jsonl": "{}\n", "sub/größe.txt": "ä", "sub/big.bin": big };

interface Host {
	fetch: typeof globalThis.fetch;
	asked: { url: string; range: string | null }[];
	/** answers instead of the file, by the end of the address */
	instead: Map<string, () => Response | Promise<Response>>;
}

/** A plain host on a folder, without a network. */
function host(root: string, options: { ranges: boolean }): Host {
	const asked: Host["asked"] = [];
	const instead: Host["instead"] = new Map();
	const fetch = async (input: RequestInfo | URL, init?: RequestInit): Promise<Response> => {
		init?.signal?.throwIfAborted();
		const url = String(input);
		const range = new Headers(init?.headers).get("range");
		asked.push({ url, range });
		assert.ok(url.startsWith(`${BASE}/`), url);
		const path = url.slice(BASE.length + 1);
		const other = instead.get(path);
		if (other !== undefined) return other();
		const bytes = await readFile(join(root, path)).catch(() => null);
		if (bytes === null) return new Response("<h1>nothing</h1>", { status: 404 });
		const [, from, to] = /^bytes=(\d+)-(\d+)$/.exec(range ?? "") ?? [];
		if (!options.ranges || from === undefined) return new Response(new Uint8Array(bytes));
		const end = Math.min(Number(to), bytes.length - 1);
		return new Response(new Uint8Array(bytes.subarray(Number(from), end + 1)), { status: 206, headers: { "content-range": `bytes ${from}-${end}/${bytes.length}` } });
	};
	return { fetch, asked, instead };
}

async function exported(): Promise<{ root: string; out: string; outcome: Awaited<ReturnType<typeof writeStaticWorkspace>> }> {
	const [root, out] = [await folder(), await folder()];
	await mkdir(join(root, "sub"));
	for (const [path, text] of Object.entries(FILES)) await writeFile(join(root, path), text);
	await writeFile(join(root, ".gitignore"), "secret.txt\n");
	await writeFile(join(root, "secret.txt"), "not to be copied");
	await symlink("a.txt", join(root, "link.txt"));
	return { root, out, outcome: await writeStaticWorkspace(folderWorkspace(root), out) };
}

/** Five bytes, and then the connection breaks. */
function cutOff(): ReadableStream<Uint8Array> {
	let sent = false;
	return new ReadableStream({
		pull(controller) {
			if (sent) controller.error(new Error("cut"));
			else controller.enqueue(new Uint8Array(5));
			sent = true;
		},
	});
}

async function all(events: AsyncIterable<StreamEvent>): Promise<StreamEvent[]> {
	const out: StreamEvent[] = [];
	for await (const event of events) out.push(event);
	return out;
}

async function failure(work: Promise<unknown>): Promise<CasebookError> {
	const error = await work.then(() => null, (thrown: unknown) => thrown);
	assert.ok(error instanceof CasebookError, String(error));
	return error;
}

test("a copy holds what is served, once, under its hash; what is left out is in the list alone", async () => {
	const { root, out, outcome } = await exported();
	const served = (await folderWorkspace(root).manifest()).files;
	const manifest = parseStaticManifest(JSON.parse(await readFile(join(out, "manifest.json"), "utf8")));
	assert.deepEqual(manifest.files.map(({ sha256: _, ...entry }) => entry), served);
	const distinct = new Set([...Object.values(FILES), "secret.txt\n"].map((text) => `${sha(text)}.bin`));
	assert.deepEqual(new Set(await readdir(join(out, "files"))), distinct);
	assert.deepEqual(await readdir(out).then((names) => names.sort()), ["files", "manifest.json"]);
	assert.equal(manifest.files.find((file) => file.path === "secret.txt")?.sha256, null);
	assert.deepEqual([outcome.files, outcome.leftOut, outcome.failed], [8, 1, []]);
	for (const file of manifest.files) if (file.sha256 !== null) await access(join(out, staticFile(file.sha256)));
});

test("streams and ranges are those of the folder, on hosts with and without ranges", async () => {
	const { root, out } = await exported();
	const original = folderWorkspace(root);
	for (const ranges of [true, false]) {
		const { fetch } = host(out, { ranges });
		const copy = staticWorkspace(BASE, fetch);
		const manifest = await copy.manifest();
		assert.equal(copy.name, original.name);
		const paths = [...manifest.files.filter((file) => file.state === "served").map((file) => file.path), "nowhere", "secret.txt"];
		const joined = (events: StreamEvent[]) => {
			const texts = new Map<string, string>();
			for (const event of events) {
				if (event.type === "data") texts.set(event.path, (texts.get(event.path) ?? "") + Buffer.from(event.chunk).toString("latin1"));
				else texts.set(event.path, `${texts.get(event.path) ?? ""}|${JSON.stringify(event)}`);
			}
			return texts;
		};
		assert.deepEqual(joined(await all(copy.stream(paths))), joined(await all(original.stream(paths))));
		for (const [path, from, to] of [["sub/big.bin", 0, 10], ["sub/big.bin", 123_456, 654_321], ["sub/big.bin", 999_990, 2_000_000], ["sub/big.bin", 1_000_000, 1_000_001], ["sub/big.bin", 5, 5], ["a.txt", 1, 3], ["empty.txt", 0, 10], ["odd #1 100%?.jsonl", 0, 3]] as const) {
			assert.deepEqual(await copy.bytes(path, from, to), await original.bytes(path, from, to).then((range) => ({ ...range, bytes: new Uint8Array(range.bytes) })), `${path} ${from} ${to}`);
		}
		for (const [path, from, to] of [["nowhere", 0, 1], ["secret.txt", 0, 1], ["a.txt", 2, 1], ["sub/big.bin", 0, 9 * 1024 * 1024]] as const) {
			const error = await failure(copy.bytes(path, from, to));
			assert.equal(error.message, (await failure(original.bytes(path, from, to))).message);
		}
	}
});

test("no name of a file reaches the host, and a part of a file is asked for as a range", async () => {
	const { out } = await exported();
	const { fetch, asked } = host(out, { ranges: true });
	const copy = staticWorkspace(BASE, fetch);
	const manifest = await copy.manifest();
	await all(copy.stream(manifest.files.filter((file) => file.state === "served").map((file) => file.path)));
	await copy.bytes("sub/big.bin", 7, 9);
	for (const { url } of asked) assert.match(url.slice(BASE.length), /^\/(manifest\.json|files\/[0-9a-f]{64}\.bin)$/);
	assert.equal(asked.at(-1)?.range, "bytes=7-8");
	assert.equal(asked.filter(({ url }) => url.endsWith("manifest.json")).length, 1);
});

test("a host that lacks a file, changed it, or answers a page for everything gives an error and never rows", async () => {
	const { out } = await exported();
	const { fetch, instead } = host(out, { ranges: true });
	const copy = staticWorkspace(BASE, fetch);
	const { files } = await copy.manifest();
	assert.ok(files.length > 0);
	instead.set(staticFile(sha("alpha")), () => new Response("<h1>Welcome</h1>"));
	instead.set(staticFile(sha("ä")), () => new Response("", { status: 503 }));
	instead.set(staticFile(sha("{}\n")), () => Promise.reject(new TypeError("network")));
	instead.set(staticFile(sha(big)), () => new Response(cutOff()));
	const events = await all(copy.stream(["a.txt", "sub/größe.txt", "odd #1 100%?.jsonl", "sub/big.bin", "empty.txt"]));
	const ends = new Map(events.flatMap((event) => (event.type === "error" ? [[event.path, event.message]] : event.type === "end" ? [[event.path, "end"]] : [])));
	assert.match(ends.get("a.txt")!, /^The host answered 16 bytes with the sha256 [0-9a-f]{64}, not the 5 that were exported/);
	assert.match(ends.get("sub/größe.txt")!, /answers 503 for [0-9a-f]{64}\.bin/);
	assert.match(ends.get("odd #1 100%?.jsonl")!, /does not answer for/);
	assert.match(ends.get("sub/big.bin")!, /^The host stopped answering/);
	assert.equal(ends.get("empty.txt"), "end");
	instead.set(staticFile(sha("alpha")), () => new Response("<h1>Welcome</h1>", { headers: { "content-length": "16" } }));
	assert.match((await failure(copy.bytes("a.txt", 0, 40))).message, /^a\.txt: the host answers a file of 16 bytes, not the 5 that were exported/);
});

test("a range that is not the one that was asked for is refused", async () => {
	const { out } = await exported();
	const { fetch, instead } = host(out, { ranges: true });
	const copy = staticWorkspace(BASE, fetch);
	await copy.manifest();
	for (const range of ["bytes 0-4/1000000", "bytes 5-9/1000001", "items 5-9/1000000", ""]) {
		instead.set(staticFile(sha(big)), () => new Response("12345", { status: 206, headers: range === "" ? {} : { "content-range": range } }));
		assert.match((await failure(copy.bytes("sub/big.bin", 5, 10))).message, /answers another part of the file/, range);
	}
	instead.set(staticFile(sha(big)), () => new Response("123", { status: 206, headers: { "content-range": "bytes 5-9/1000000" } }));
	assert.match((await failure(copy.bytes("sub/big.bin", 5, 10))).message, /3 of 5 bytes arrived/);
});

test("what is no list of a copy is refused with a sentence", async () => {
	const { out } = await exported();
	const { fetch, instead } = host(out, { ranges: true });
	const good = JSON.parse(await readFile(join(out, "manifest.json"), "utf8")) as { files: { state: string; sha256: string | null }[] };
	const answers: [Response | (() => Response), RegExp][] = [
		[() => new Response("<!doctype html>"), /is not readable\. Export it again/],
		[() => new Response("{}"), /does not say that it is casebook\.static-workspace\.v1/],
		[() => new Response(JSON.stringify({ ...good, format: "casebook.static-workspace.v9" })), /its format is "casebook\.static-workspace\.v9"/],
		[() => new Response(JSON.stringify({ ...good, files: good.files.map((file) => ({ ...file, sha256: file.sha256 === null ? null : "../../secret" })) })), /has no hash that fits its state/],
		[() => new Response("", { status: 404 }), /answers 404 for manifest\.json/],
	];
	for (const [answer, expected] of answers) {
		instead.set("manifest.json", answer as () => Response);
		assert.match((await failure(staticWorkspace(BASE, fetch).manifest())).message, expected);
	}
});

test("cancelling ends a stream, and what was begun ahead", async () => {
	const { out } = await exported();
	const { fetch } = host(out, { ranges: true });
	const copy = staticWorkspace(BASE, fetch);
	const { files } = await copy.manifest();
	const stop = new AbortController();
	const read = async () => {
		for await (const event of copy.stream(files.filter((file) => file.state === "served").map((file) => file.path), stop.signal)) if (event.type === "start") stop.abort();
	};
	assert.equal((await failure(read())).failure.kind, "cancelled");
	assert.equal((await failure(copy.manifest(AbortSignal.abort()))).failure.kind, "cancelled");
});

test("a file that cannot be read is left out of the copy, and the list says why", async () => {
	const { root } = await exported();
	const out = await folder();
	const original = folderWorkspace(root);
	const broken = {
		...original,
		async *stream(paths: readonly string[]): AsyncGenerator<StreamEvent> {
			for await (const event of original.stream(paths)) {
				if (event.path !== "sub/big.bin" || event.type === "start") yield event;
				else if (event.type === "end") yield { type: "error", path: event.path, message: "It is not there any more." };
			}
		},
	};
	const outcome = await writeStaticWorkspace(broken, out);
	assert.deepEqual(outcome.failed, [{ path: "sub/big.bin", message: "It is not there any more." }]);
	const { files } = parseStaticManifest(JSON.parse(await readFile(join(out, "manifest.json"), "utf8")));
	const entry = files.find((file) => file.path === "sub/big.bin");
	assert.deepEqual([entry?.state, entry?.note, entry?.sha256], ["left out", "It is not there any more.", null]);
	assert.ok(!(await readdir(out)).includes("part"));
});
