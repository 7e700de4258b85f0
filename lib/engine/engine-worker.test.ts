import assert from "node:assert/strict";
import { test } from "node:test";

test("the engine's answer to an append takes the rows' buffer back along, and only that answer does", async () => {
	const sent: [message: unknown, transfer: unknown][] = [];
	let hear: (event: { data: unknown }) => void = () => assert.fail("nothing listens");
	// A worker's global scope, as far as the script uses it.
	Object.assign(globalThis, {
		location: { hash: "" },
		postMessage: (message: unknown, transfer: unknown) => sent.push([message, transfer]),
		addEventListener: (_: string, listener: typeof hear) => {
			hear = listener;
		},
	});
	await import("./engine-worker");
	const stream = new Uint8Array(new ArrayBuffer(64), 0, 10);
	hear({ data: { messageId: 7, type: "INSERT_ARROW_FROM_IPC_STREAM", data: [1, stream, { name: "t" }] } });
	hear({ data: { messageId: 8, type: "RUN_QUERY", data: [1, "SELECT 1"] } });
	const post = (globalThis as unknown as { postMessage(message: unknown, transfer: unknown): void }).postMessage;
	post({ messageId: 1, requestId: 8, type: "QUERY_RESULT", data: null }, []);
	post({ messageId: 2, requestId: 7, type: "OK", data: null }, []);
	post({ messageId: 3, requestId: 7, type: "OK", data: null }, []);
	assert.deepEqual(sent, [
		[{ messageId: 1, requestId: 8, type: "QUERY_RESULT", data: null }, []],
		[{ messageId: 2, requestId: 7, type: "OK", data: null, lent: stream.buffer }, [stream.buffer]],
		[{ messageId: 3, requestId: 7, type: "OK", data: null }, []],
	]);
	assert.equal((sent[1]![1] as unknown[])[0], stream.buffer);
});
