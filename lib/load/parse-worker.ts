import { failureOf } from "@/lib/model";
import { servedWorkspace } from "@/lib/workspace/client";
import { localWorkspace } from "@/lib/workspace/local";
import { staticWorkspace } from "@/lib/workspace/static";
import type { Workspace } from "@/lib/workspace/types";
import type { LoadEvent } from "./events";
import { readWorkspace } from "./read-workspace";
import type { FromWorker, ReadFrom, ToWorker } from "./worker-protocol";

/** The reading side in a worker of its own: fetches, recognises, parses, judges and encodes; the page only hands buffers on. */
const scope = self as unknown as { postMessage(message: FromWorker, transfer: Transferable[]): void; onmessage: ((event: MessageEvent<ToWorker>) => void) | null };
/** of the load under way; a worker serves one after the other */
let abort = new AbortController();
const waiting = new Map<number, (memory: ArrayBuffer | null) => void>();
let nextId = 1;
/** chosen files that can no longer be read as they were */
let stale = 0;

function workspaceOf(from: ReadFrom): Workspace {
	switch (from.kind) {
		case "served":
			return servedWorkspace(from.origin, fetch.bind(self));
		case "static":
			return staticWorkspace(from.base, fetch.bind(self));
		case "local":
			return localWorkspace(from.source, { onStale: () => stale++ });
	}
}

function emit(event: LoadEvent): Promise<ArrayBuffer | null> {
	const id = nextId++;
	if (event.type === "progress" || event.type === "sources") {
		scope.postMessage({ type: "event", id, event }, []);
		return Promise.resolve(null);
	}
	const transfer = event.type === "rows" ? [event.stream.buffer as ArrayBuffer] : [];
	return new Promise((resolve) => {
		waiting.set(id, resolve);
		scope.postMessage({ type: "event", id, event }, transfer);
	});
}

scope.onmessage = ({ data }) => {
	switch (data.type) {
		case "read":
			abort = new AbortController();
			stale = 0;
			readWorkspace(workspaceOf(data.from), emit, abort.signal).then(
				() => scope.postMessage({ type: "done", stale }, []),
				(error: unknown) => scope.postMessage({ type: "failed", failure: failureOf(error) }, []),
			);
			break;
		case "ack":
			waiting.get(data.id)?.(data.memory);
			waiting.delete(data.id);
			break;
		case "cancel":
			abort.abort();
	}
};
