import { type FromSliceWorker, SliceWork, type ToSliceWorker } from "./tensor-work";

/** Turns the bytes of two arrays into an image, off the page's thread: one image after the other. */
const scope = self as unknown as { postMessage(message: FromSliceWorker, transfer: Transferable[]): void; onmessage: ((event: MessageEvent<ToSliceWorker>) => void) | null };
let work: SliceWork | null = null;

scope.onmessage = ({ data }) => {
	try {
		switch (data.type) {
			case "start":
				work = new SliceWork(data.task);
				break;
			case "push":
				work?.push(data.side, data.first, data.bytes);
				scope.postMessage({ type: "taken" }, []);
				break;
			case "finish": {
				if (work === null) throw new Error("no image was begun");
				const image = work.finish();
				work = null;
				scope.postMessage({ type: "image", image }, [image.kind, image.atRow, image.atCol, image.reference, image.candidate, image.difference].map(({ buffer }) => buffer));
			}
		}
	} catch (error) {
		work = null;
		scope.postMessage({ type: "failed", message: error instanceof Error ? error.message : String(error) }, []);
	}
};
