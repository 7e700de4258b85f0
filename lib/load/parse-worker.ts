import { failureOf } from "@/lib/model";
import { servedWorkspace } from "@/lib/workspace/client";
import type { LoadEvent } from "./events";
import { readWorkspace } from "./read-workspace";
import type { FromWorker, ToWorker } from "./worker-protocol";

/** The reading side in a worker of its own: fetches, recognises, parses, judges and encodes; the page only hands buffers on. */
const scope = self as unknown as { postMessage(message: FromWorker, transfer: Transferable[]): void; onmessage: ((event: MessageEvent<ToWorker>) => void) | null };
const abort = new AbortController();
const waiting = new Map<number, () => void>();
let nextId = 1;

function emit(event: LoadEvent): Promise<void> {
	const id = nextId++;
	if (event.type === "progress" || event.type === "sources") {
		scope.postMessage({ type: "event", id, event }, []);
		return Promise.resolve();
	}
	const transfer = event.type === "rows" && event.stream.byteLength === event.stream.buffer.byteLength ? [event.stream.buffer as ArrayBuffer] : [];
	return new Promise((resolve) => {
		waiting.set(id, resolve);
		scope.postMessage({ type: "event", id, event }, transfer);
	});
}

scope.onmessage = ({ data }) => {
	switch (data.type) {
		case "read":
			readWorkspace(servedWorkspace(data.origin, fetch.bind(self)), emit, abort.signal).then(
				() => scope.postMessage({ type: "done" }, []),
				(error: unknown) => scope.postMessage({ type: "failed", failure: failureOf(error) }, []),
			);
			break;
		case "ack":
			waiting.get(data.id)?.();
			waiting.delete(data.id);
			break;
		case "cancel":
			abort.abort();
	}
};
