import assert from "node:assert/strict";
import { test } from "node:test";
import { servedWorkspace } from "./client";
import { encodeFrames } from "./frames";
import type { StreamEvent } from "./types";

const SIZE = 5 * 1024 * 1024;
const FILE = Uint8Array.from({ length: SIZE }, (_, i) => (i * 31 + (i >> 12)) & 0xff);

async function* events(): AsyncGenerator<StreamEvent> {
	yield { type: "start", path: "big.bin", bytes: SIZE, modifiedAt: "2026-01-01T00:00:00.000Z" };
	for (let at = 0; at < SIZE; at += 1024 * 1024) yield { type: "data", path: "big.bin", chunk: FILE.subarray(at, at + 1024 * 1024) };
	yield { type: "end", path: "big.bin", sha256: "00", bytes: SIZE, changed: false };
}

/** A server whose body is a stream of bytes, as a browser's is. */
const fetchBytes: typeof globalThis.fetch = async () => {
	const frames = encodeFrames(events());
	const body = new ReadableStream({
		type: "bytes",
		async pull(controller) {
			const { done, value } = await frames.next();
			if (!done) {
				controller.enqueue(value.slice());
				return;
			}
			controller.close();
			controller.byobRequest?.respond(0);
		},
	});
	return new Response(body as unknown as ReadableStream<Uint8Array>);
};

test("memory that is given back is read into again, and what is kept stays as it is", async () => {
	for (const releases of [true, false]) {
		const kept: Uint8Array[] = [];
		let size = 0;
		for await (const event of servedWorkspace("", fetchBytes).stream(["big.bin"])) {
			if (event.type !== "data") continue;
			kept.push(releases ? event.chunk.slice() : event.chunk);
			size += event.chunk.length;
			if (releases) event.release?.();
		}
		assert.equal(size, SIZE);
		assert.equal(Buffer.compare(Buffer.concat(kept), FILE), 0, releases ? "copied, then released" : "never released");
	}
});
