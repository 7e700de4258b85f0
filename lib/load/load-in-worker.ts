import { CasebookError } from "@/lib/model";
import type { Emit } from "./events";
import type { FromWorker, ReadFrom, ToWorker } from "./worker-protocol";

/** how long a cancelled reader has to hand over what it has read */
const CANCEL_GRACE_MS = 2000;
/** how long a reader that has done its work is kept for the next load: its code is compiled, its memory is there */
const KEEP_MS = 60_000;

let kept: { url: string; worker: Worker; timer: ReturnType<typeof setTimeout> } | null = null;

function takeKept(url: string): Worker | null {
	if (kept === null) return null;
	const { worker, timer } = kept;
	clearTimeout(timer);
	const fits = kept.url === url;
	kept = null;
	if (fits) return worker;
	worker.terminate();
	return null;
}

function keep(url: string, worker: Worker): void {
	takeKept("")?.terminate();
	worker.onmessage = null;
	worker.onerror = null;
	kept = { url, worker, timer: setTimeout(() => takeKept("")?.terminate(), KEEP_MS) };
}

/**
 * Reads a workspace in a worker and gives each event to `take`, in order. Resolves when all is read, with the number of
 * chosen files that can no longer be read as they were (0 for a served folder); rejects with a CasebookError, `cancelled` on abort.
 */
export function loadInWorker(workerUrl: string, from: ReadFrom, take: Emit, signal: AbortSignal): Promise<{ stale: number }> {
	return new Promise((resolve, reject) => {
		const worker = takeKept(workerUrl) ?? new Worker(workerUrl);
		const send = (message: ToWorker, transfer: Transferable[] = []) => worker.postMessage(message, transfer);
		const end = (settle: () => void, reusable = false) => {
			clearTimeout(grace);
			signal.removeEventListener("abort", onAbort);
			if (reusable && !signal.aborted) keep(workerUrl, worker);
			else worker.terminate();
			settle();
		};
		let grace: ReturnType<typeof setTimeout> | undefined;
		// A reader that ended in the middle of a file has left its rows open.
		const fail = (error: CasebookError) =>
			end(() => {
				const settle = () => reject(error);
				take({ type: "views", views: [] }).then(settle, settle);
			});
		const cancelled = () => fail(new CasebookError({ kind: "cancelled", message: "Loading was cancelled. What was read stays." }));
		// The reader is asked to hand over what it has; one that does not answer is ended.
		const onAbort = () => {
			send({ type: "cancel" });
			grace = setTimeout(cancelled, CANCEL_GRACE_MS);
		};
		signal.addEventListener("abort", onAbort, { once: true });
		worker.onerror = (event) => fail(new CasebookError({ kind: "source", path: workerUrl, message: `The reader stopped: ${event.message || "its worker could not be started"}. Reload to try again.` }));
		worker.onmessage = ({ data }: MessageEvent<FromWorker>) => {
			switch (data.type) {
				case "event":
					take(data.event).then(
						(memory) => send({ type: "ack", id: data.id, memory }, memory === null ? [] : [memory]),
						(error: unknown) => end(() => reject(error)),
					);
					break;
				case "done":
					end(() => resolve({ stale: data.stale }), true);
					break;
				case "failed":
					fail(new CasebookError(data.failure));
			}
		};
		if (signal.aborted) cancelled();
		else send({ type: "read", from });
	});
}
