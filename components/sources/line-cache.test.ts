import assert from "node:assert/strict";
import { test } from "node:test";
import { CasebookError } from "@/lib/model";
import { CHUNK, type FetchedLines, LineCache } from "./line-cache";

const TOTAL = 100_000;

interface Call {
	from: number;
	signal: AbortSignal;
	answer(): void;
	fail(message: string): void;
}

function harness() {
	const calls: Call[] = [];
	const cache = new LineCache(
		(from, count, signal) =>
			new Promise<FetchedLines>((resolve, reject) => {
				signal.addEventListener("abort", () => reject(new DOMException("stopped", "AbortError")));
				calls.push({
					from,
					signal,
					answer: () => resolve({ first: from, lines: Array.from({ length: Math.min(count, TOTAL - from + 1) }, (_, i) => `line ${from + i}`), total: TOTAL, changed: false, encoding: "utf-8" }),
					fail: (message) => reject(new CasebookError({ kind: "source", path: "a.log", message })),
				});
			}),
	);
	let told = 0;
	cache.subscribe(() => told++);
	const settled = () => new Promise((resolve) => setImmediate(resolve));
	return { cache, calls, settled, told: () => told };
}

test("lines come in chunks, each asked for once", async () => {
	const { cache, calls, settled, told } = harness();
	cache.want(CHUNK, CHUNK + 1);
	cache.want(CHUNK, CHUNK + 1);
	assert.deepEqual(
		calls.map((call) => call.from),
		[1, CHUNK + 1],
	);
	assert.equal(cache.get(1), undefined);
	for (const call of calls) call.answer();
	await settled();
	assert.equal(cache.get(1), "line 1");
	assert.equal(cache.get(CHUNK), `line ${CHUNK}`);
	assert.equal(cache.get(CHUNK + 1), `line ${CHUNK + 1}`);
	assert.equal(cache.get(2 * CHUNK + 1), undefined);
	assert.equal(cache.snapshot().total, TOTAL);
	assert.equal(told(), 2);
	cache.want(1, CHUNK);
	assert.equal(calls.length, 2);
});

test("what is out of view is given up, what is in view goes on", async () => {
	const { cache, calls, settled } = harness();
	cache.want(1, 10);
	cache.want(50_000, 50_010);
	assert.equal(calls[0]!.signal.aborted, true);
	assert.equal(calls[1]!.signal.aborted, false);
	calls[1]!.answer();
	await settled();
	assert.equal(cache.get(50_000), "line 50000");
	assert.equal(cache.snapshot().failure, null);
	cache.want(1, 10);
	assert.equal(calls.length, 3);
});

test("a failure is told and can be tried again", async () => {
	const { cache, calls, settled } = harness();
	cache.want(1, 10);
	calls[0]!.fail("a.log is gone.");
	await settled();
	assert.equal(cache.snapshot().failure?.message, "a.log is gone.");
	cache.retry();
	cache.want(1, 10);
	calls[1]!.answer();
	await settled();
	assert.equal(cache.snapshot().failure, null);
	assert.equal(cache.get(10), "line 10");
});

test("only so many chunks are kept, the latest used among them", async () => {
	const { cache, calls, settled } = harness();
	for (let chunk = 0; chunk < 60; chunk++) {
		cache.want(1, 1);
		cache.want(chunk * CHUNK + 1, chunk * CHUNK + 1);
		calls.at(-1)!.answer();
		await settled();
	}
	assert.equal(cache.get(1), "line 1");
	assert.equal(cache.get(CHUNK + 1), undefined);
	assert.equal(cache.get(59 * CHUNK + 1), `line ${59 * CHUNK + 1}`);
});

test("nothing is asked for past the end", async () => {
	const { cache, calls, settled } = harness();
	cache.want(1, 1);
	calls[0]!.answer();
	await settled();
	cache.want(TOTAL + 5_000, TOTAL + 5_100);
	assert.equal(calls.length, 1);
});
