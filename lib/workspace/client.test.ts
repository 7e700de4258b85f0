import assert from "node:assert/strict";
import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { Readable } from "node:stream";
import { CasebookError } from "@/lib/model";
import { planBatches, servedWorkspace } from "./client";
import { encodeFrames } from "./frames";
import { bodyText, ServedFolder } from "./served";
import type { StreamEvent } from "./types";

const servers: Server[] = [];
const folders: string[] = [];
after(async () => {
	for (const server of servers) {
		server.closeAllConnections();
		server.close();
	}
	for (const folder of folders) await rm(folder, { recursive: true });
});

async function listening(listener: RequestListener): Promise<string> {
	const server = createServer(listener);
	servers.push(server);
	await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
	return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function all(events: AsyncIterable<StreamEvent>): Promise<StreamEvent[]> {
	const out: StreamEvent[] = [];
	for await (const event of events) out.push(event);
	return out;
}

async function* from<T>(items: readonly T[]): AsyncGenerator<T> {
	yield* items;
}

/** One file's events. */
function events(path: string, text: string): StreamEvent[] {
	const chunk = new TextEncoder().encode(text);
	return [{ type: "start", path, bytes: chunk.length, modifiedAt: "2026-01-01T00:00:00.000Z" }, { type: "data", path, chunk }, { type: "end", path, sha256: "00", bytes: chunk.length, changed: false }];
}

async function frames(list: readonly StreamEvent[]): Promise<Buffer> {
	const pieces: Uint8Array[] = [];
	for await (const piece of encodeFrames(from(list))) pieces.push(piece);
	return Buffer.concat(pieces);
}

/** A server on a folder, as the route handlers put it together. */
async function onFolder(files: Record<string, string>): Promise<{ url: string; counts: { requests: number } }> {
	const root = await mkdtemp(join(tmpdir(), "casebook-client-"));
	folders.push(root);
	for (const [path, text] of Object.entries(files)) await writeFile(join(root, path), text);
	const served = new ServedFolder(root, []);
	const counts = { requests: 0 };
	const url = await listening(async (request, response) => {
		counts.requests++;
		if (request.url === "/api/workspace") {
			response.end(JSON.stringify(await served.manifest()));
			return;
		}
		const body = await bodyText(new Request("http://x/", { method: "POST", body: Readable.toWeb(request) as ReadableStream<Uint8Array>, duplex: "half" } as RequestInit));
		Readable.fromWeb((await served.batch(body)) as import("node:stream/web").ReadableStream<Uint8Array>).pipe(response);
	});
	return { url, counts };
}

test("3,000 small files take the manifest and at most 8 requests", async () => {
	const { url, counts } = await onFolder(Object.fromEntries(Array.from({ length: 3000 }, (_, i) => [`${i}.jsonl`, `{"i":${i}}\n`])));
	const workspace = servedWorkspace(url, fetch);
	const { files } = await workspace.manifest();
	const got = new Map<string, string>();
	for (const batch of planBatches(files)) {
		for await (const event of workspace.stream(batch)) if (event.type === "data") got.set(event.path, `${got.get(event.path) ?? ""}${Buffer.from(event.chunk)}`);
	}
	assert.equal(got.size, 3000);
	assert.equal(got.get("2999.jsonl"), '{"i":2999}\n');
	assert.ok(counts.requests <= 9, `${counts.requests} requests`);
	assert.match(workspace.name, /^casebook-client-/);
});

test("more paths than one request answers are asked for in several", async () => {
	const { url, counts } = await onFolder({ "a.txt": "1" });
	const got = await all(servedWorkspace(url, fetch).stream([...Array.from({ length: 1200 }, (_, i) => `no-${i}`), "a.txt"]));
	assert.equal(got.filter((event) => event.type === "error" && event.message === "It is not in the workspace.").length, 1200);
	assert.deepEqual(got.at(-1)?.type, "end");
	assert.equal(counts.requests, 3);
});

test("a stream that dies is an error for the file under way and for each not begun", async () => {
	const whole = await frames([...events("a", "alpha"), ...events("b", "beta"), ...events("c", "gamma")]);
	const a = await frames(events("a", "alpha"));
	const cuts = { "inside a": 20, "between a and b": a.length, "inside b's data": whole.indexOf("beta") + 2, "before the end": whole.length - 1 };
	for (const [where, cut] of Object.entries(cuts)) {
		for (const how of ["destroyed", "ended"] as const) {
			const url = await listening((_, response) => {
				response.writeHead(200);
				response.write(whole.subarray(0, cut), () => (how === "ended" ? response.end() : setImmediate(() => response.destroy())));
			});
			const got = await all(servedWorkspace(url, fetch).stream(["a", "b", "c"]));
			const last = new Map(got.map((event) => [event.path, event]));
			assert.deepEqual([...last.keys()], ["a", "b", "c"], where);
			for (const [path, event] of last) {
				const complete = cut >= whole.length - 1 ? path !== "c" : cut >= a.length && path === "a";
				// Bytes on their way when a connection is torn down may be lost; what is told as an end is one.
				if (how === "ended" && complete) assert.equal(event.type, "end", `${where} ${how} ${path}`);
				if (!complete) assert.deepEqual(event, { type: "error", path, message: "The server stopped answering." }, `${where} ${how} ${path}`);
			}
		}
	}
});

test("a server that hangs is given up", async () => {
	const url = await listening((_, response) => {
		response.writeHead(200);
		response.write(Buffer.of(1));
	});
	const got = await all(servedWorkspace(url, fetch, { idleMs: 50 }).stream(["a", "b"]));
	assert.deepEqual(got.map((event) => (event.type === "error" ? event.message : event.type)), ["The server stopped answering.", "The server stopped answering."]);
});

test("a server that is not there, refuses, or makes no sense is told so", async () => {
	const gone = servedWorkspace("http://127.0.0.1:9", fetch);
	await assert.rejects(gone.manifest(), (error) => error instanceof CasebookError && /stopped answering.*npm start/.test(error.message));
	assert.match((await all(gone.stream(["a"])))[0]?.type ?? "", /error/);
	const refusing = servedWorkspace(await listening((_, response) => response.writeHead(403).end("Not here.\n")), fetch);
	await assert.rejects(refusing.manifest(), (error) => error instanceof CasebookError && error.message === "Not here.");
	assert.deepEqual(await all(refusing.stream(["a"])), [{ type: "error", path: "a", message: "Not here." }]);
	const talking = servedWorkspace(await listening((_, response) => response.end('{"files":[{"path":1}]}')), fetch);
	await assert.rejects(talking.manifest(), (error) => error instanceof CasebookError && /makes no sense/.test(error.message));
	const swapped = await frames(events("b", "beta"));
	const confused = servedWorkspace(await listening((_, response) => response.end(swapped)), fetch);
	assert.match(((await all(confused.stream(["a"])))[0] as { message: string }).message, /makes no sense \(b came where a was asked for\)/);
});

test("a trailer that counts other bytes than came is an error", async () => {
	const list = events("a", "alpha").map((event) => (event.type === "end" ? { ...event, bytes: 6 } : event));
	const body = await frames(list);
	const got = await all(servedWorkspace(await listening((_, response) => response.end(body)), fetch).stream(["a"]));
	assert.deepEqual(got.at(-1), { type: "error", path: "a", message: "5 of 6 bytes arrived." });
});

test("cancelling ends a stream with a failure of that kind, before and after it began", async () => {
	const url = await listening((_, response) => {
		response.writeHead(200);
		frames(events("a", "alpha").slice(0, 2)).then((bytes) => response.write(bytes));
	});
	const cancelled = (error: unknown) => error instanceof CasebookError && error.failure.kind === "cancelled";
	const stop = new AbortController();
	await assert.rejects(async () => {
		for await (const event of servedWorkspace(url, fetch).stream(["a", "b"], stop.signal)) if (event.type === "data") stop.abort();
	}, cancelled);
	await assert.rejects(all(servedWorkspace(url, fetch).stream(["a"], AbortSignal.abort())), cancelled);
	await assert.rejects(servedWorkspace(url, fetch).manifest(AbortSignal.abort()), cancelled);
});
