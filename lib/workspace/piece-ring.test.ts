import assert from "node:assert/strict";
import { createHash, randomFillSync } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, get } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { Readable } from "node:stream";
import { test } from "node:test";
import { setImmediate as turn } from "node:timers/promises";
import { FrameDecoder } from "./frames";
import { PieceRing, readFiles } from "./read";
import { ServedFolder } from "./served";
import { CHUNK_BYTES } from "./types";
import { walk } from "./walk";

test("a large file arrives whole at a client that reads slowly, though its pieces share memory", async () => {
	const folder = mkdtempSync(path.join(tmpdir(), "casebook-ring-"));
	const content = randomFillSync(Buffer.alloc(40 * CHUNK_BYTES + 5));
	writeFileSync(path.join(folder, "large.bin"), content);
	const served = new ServedFolder(folder, []);
	const server = createServer(async (_, response) => {
		Readable.fromWeb((await served.batch(JSON.stringify({ paths: ["large.bin"] }))) as never).pipe(response);
	});
	try {
		await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
		const { port } = server.address() as AddressInfo;
		const response = await new Promise<import("node:http").IncomingMessage>((resolve, reject) => get({ port, host: "127.0.0.1", path: "/" }, resolve).on("error", reject));
		const hash = createHash("sha256");
		const decoder = new FrameDecoder();
		let said: string | null = null;
		let pieces = 0;
		for await (const bytes of response) {
			// The server runs far ahead of a client that lets it have many turns for each piece.
			if (pieces++ % 16 === 0) for (let i = 0; i < 50; i++) await turn();
			for (const event of decoder.push(bytes)) {
				if (event.type === "data") hash.update(event.chunk);
				if (event.type === "end") said = event.sha256;
			}
		}
		const whole = createHash("sha256").update(content).digest("hex");
		assert.deepEqual([hash.digest("hex"), said], [whole, whole]);
	} finally {
		server.closeAllConnections();
		server.close();
		rmSync(folder, { recursive: true });
	}
});

test("a piece's memory comes again only after several others", () => {
	const ring = new PieceRing();
	const seen = Array.from({ length: 16 }, () => ring.next());
	assert.equal(new Set(seen.slice(0, 8)).size, 8);
	assert.deepEqual(seen.map((piece) => seen.indexOf(piece)), [0, 1, 2, 3, 4, 5, 6, 7, 0, 1, 2, 3, 4, 5, 6, 7]);
});

test("files that have grown since they were listed are read ahead into memory of their own", async () => {
	const root = mkdtempSync(path.join(tmpdir(), "casebook-ring-"));
	try {
		const names = Array.from({ length: 20 }, (_, i) => `${String(i).padStart(2, "0")}.log`);
		for (const name of names) writeFileSync(path.join(root, name), "x");
		const snapshot = await walk(root);
		for (const [i, name] of names.entries()) writeFileSync(path.join(root, name), new Uint8Array(CHUNK_BYTES + 5).fill(i));
		const seen = new Map<string, number>();
		for await (const event of readFiles(snapshot, names, undefined, new PieceRing())) {
			if (event.type !== "data") continue;
			assert.ok(event.chunk.every((byte) => byte === names.indexOf(event.path)), `${event.path} holds another file's bytes`);
			seen.set(event.path, (seen.get(event.path) ?? 0) + event.chunk.length);
		}
		for (const name of names) assert.equal(seen.get(name), CHUNK_BYTES + 5);
	} finally {
		rmSync(root, { recursive: true, force: true });
	}
});
