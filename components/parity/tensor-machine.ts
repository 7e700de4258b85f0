import { tensorWorkerUrl } from "@/components/shell/asset-urls";
import { inThread, type SliceMachine } from "@/lib/answer/tensor-image";
import type { FromSliceWorker, ToSliceWorker } from "@/lib/answer/tensor-work";
import { CasebookError } from "@/lib/model";

/** Up to so many cells are worked through while the page waits: about 5 ms. */
const SMALL_CELLS = 200_000;

/** A machine for a slice of so many cells: a worker of its own where they are many. `end` gives its memory back. */
export async function sliceMachine(cells: number): Promise<SliceMachine & { end(): void }> {
	if (cells <= SMALL_CELLS) return { ...inThread(), end: () => undefined };
	return inWorker(new Worker(await tensorWorkerUrl()));
}

function inWorker(worker: Worker): SliceMachine & { end(): void } {
	let waiting: { take: (message: FromSliceWorker) => void; fail: (error: Error) => void } | null = null;
	const broken = (words: string) => new CasebookError({ kind: "source", path: "workers/tensor.js", message: `The image could not be made: ${words}. Reload the page to try again.` });
	worker.onmessage = ({ data }: MessageEvent<FromSliceWorker>) => {
		if (data.type === "failed") waiting?.fail(broken(data.message));
		else waiting?.take(data);
	};
	worker.onerror = (event) => waiting?.fail(broken(event.message || "its worker could not be started"));
	const ask = (message: ToSliceWorker, transfer: Transferable[] = []) =>
		new Promise<FromSliceWorker>((take, fail) => {
			waiting = { take, fail };
			worker.postMessage(message, transfer);
		});
	return {
		start: (task) => worker.postMessage({ type: "start", task } satisfies ToSliceWorker),
		push: async (side, first, bytes) => {
			await ask({ type: "push", side, first, bytes }, [bytes]);
		},
		finish: async () => {
			const answer = await ask({ type: "finish" });
			if (answer.type !== "image") throw broken("its worker gave no image");
			return answer.image;
		},
		end: () => worker.terminate(),
	};
}
