import { CasebookError } from "@/lib/model";
import type { LoadEvent } from "./events";
import type { FromWorker, ToWorker } from "./worker-protocol";

/** how long a cancelled reader has to hand over what it has read */
const CANCEL_GRACE_MS = 2000;

/**
 * Reads the served workspace in a worker and gives each event to `take`, in order. Resolves when all is read;
 * rejects with a CasebookError, `cancelled` on abort.
 */
export function loadInWorker(workerUrl: string, origin: string, take: (event: LoadEvent) => Promise<void>, signal: AbortSignal): Promise<void> {
	return new Promise((resolve, reject) => {
		const worker = new Worker(workerUrl);
		const send = (message: ToWorker) => worker.postMessage(message);
		const end = (settle: () => void) => {
			clearTimeout(grace);
			signal.removeEventListener("abort", onAbort);
			worker.terminate();
			settle();
		};
		let grace: ReturnType<typeof setTimeout> | undefined;
		const cancelled = () => end(() => reject(new CasebookError({ kind: "cancelled", message: "Loading was cancelled. What was read stays." })));
		// The reader is asked to hand over what it has; one that does not answer is ended.
		const onAbort = () => {
			send({ type: "cancel" });
			grace = setTimeout(cancelled, CANCEL_GRACE_MS);
		};
		signal.addEventListener("abort", onAbort, { once: true });
		worker.onerror = (event) => end(() => reject(new CasebookError({ kind: "source", path: workerUrl, message: `The reader stopped: ${event.message || "its worker could not be started"}. Reload to try again.` })));
		worker.onmessage = ({ data }: MessageEvent<FromWorker>) => {
			switch (data.type) {
				case "event":
					take(data.event).then(
						() => send({ type: "ack", id: data.id }),
						(error: unknown) => end(() => reject(error)),
					);
					break;
				case "done":
					end(resolve);
					break;
				case "failed":
					end(() => reject(new CasebookError(data.failure)));
			}
		};
		if (signal.aborted) cancelled();
		else send({ type: "read", origin });
	});
}
