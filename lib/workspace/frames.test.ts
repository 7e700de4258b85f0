import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { encodeFrames, FrameDecoder } from "./frames";
import type { StreamEvent } from "./types";

const fileEvents = fc.tuple(fc.string({ unit: "grapheme" }), fc.array(fc.uint8Array({ minLength: 1, maxLength: 300 }), { maxLength: 4 }), fc.constantFrom("end", "error", "absent")).map(([path, chunks, end]): StreamEvent[] => {
	if (end === "absent") return [{ type: "error", path, message: "It is not in the workspace." }];
	const bytes = chunks.reduce((sum, chunk) => sum + chunk.length, 0);
	const data = chunks.map((chunk): StreamEvent => ({ type: "data", path, chunk }));
	const last: StreamEvent = end === "end" ? { type: "end", path, sha256: "00", bytes, changed: bytes % 2 === 0 } : { type: "error", path, message: "It is not there any more." };
	return [{ type: "start", path, bytes, modifiedAt: "2026-01-01T00:00:00.000Z" }, ...data, last];
});

async function* from<T>(items: readonly T[]): AsyncGenerator<T> {
	yield* items;
}

async function encoded(events: readonly StreamEvent[]): Promise<Uint8Array> {
	const pieces: Uint8Array[] = [];
	for await (const piece of encodeFrames(from(events))) pieces.push(piece);
	return Buffer.concat(pieces);
}

/** Joins the pieces in which data came. */
function joined(events: readonly StreamEvent[]): unknown[] {
	const out: unknown[] = [];
	let data: number[] | null = null;
	for (const event of events) {
		if (event.type === "data") {
			data ??= [];
			data.push(...event.chunk);
			continue;
		}
		if (data !== null) out.push(data);
		data = null;
		out.push(event);
	}
	return out;
}

test("frames come back the same in any division of the bytes", async () => {
	await fc.assert(
		fc.asyncProperty(fc.array(fileEvents, { maxLength: 5 }), fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 20 }), async (files, sizes) => {
			const events = files.flat();
			const bytes = await encoded(events);
			const decoder = new FrameDecoder();
			const got: StreamEvent[] = [];
			for (let at = 0, i = 0; at < bytes.length; i++) {
				const size = sizes[i % sizes.length]!;
				got.push(...decoder.push(bytes.subarray(at, at + size)));
				at += size;
			}
			assert.deepEqual(joined(got), joined(events));
			assert.ok(decoder.atBoundary);
		}),
		{ numRuns: 300 },
	);
});

test("a stream that is cut is not at a boundary", async () => {
	const bytes = await encoded([{ type: "start", path: "a", bytes: 3, modifiedAt: "" }, { type: "data", path: "a", chunk: new Uint8Array(3) }, { type: "end", path: "a", sha256: "", bytes: 3, changed: false }]);
	for (let cut = 1; cut < bytes.length; cut++) {
		const decoder = new FrameDecoder();
		for (const event of decoder.push(bytes.subarray(0, cut))) assert.notEqual(event.type, "end");
		assert.equal(decoder.atBoundary, false, `cut at ${cut}`);
	}
});

test("what is no frame is refused", async () => {
	const bad = [Uint8Array.of(9, 1, 0, 0, 0, 1), Uint8Array.of(1, 255, 255, 255, 255), Uint8Array.of(2, 1, 0, 0, 0, 1), Uint8Array.of(1, 0, 0, 0, 0), Uint8Array.of(1, 2, 0, 0, 0, 0x7b, 0x7d), Uint8Array.of(1, 1, 0, 0, 0, 0xff)];
	for (const bytes of bad) assert.throws(() => [...new FrameDecoder().push(bytes)], Error, bytes.join());
});

test("thousands of small files leave in few pieces", async () => {
	const events = Array.from({ length: 3000 }, (_, i): StreamEvent => ({ type: "error", path: `${i}`, message: "gone" }));
	let pieces = 0;
	for await (const _ of encodeFrames(from(events))) pieces++;
	assert.ok(pieces < 10, `${pieces} pieces`);
});
