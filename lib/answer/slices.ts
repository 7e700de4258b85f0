/** Work that takes longer than this in one go is felt. */
const SLICE = 12;

/** Says when a loop has run long enough: `await` it and go on; the page has drawn and answered in between. */
export function slices(): () => Promise<void> | null {
	let since = performance.now();
	return () => {
		if (performance.now() - since < SLICE) return null;
		return aTask().then(() => {
			since = performance.now();
		});
	};
}

/** Lets the page draw and answer. A message, because timers of a hidden page and nested ones are slowed down. */
export function aTask(): Promise<void> {
	return new Promise((resolve) => {
		const channel = new MessageChannel();
		channel.port1.onmessage = () => {
			channel.port1.close();
			resolve();
		};
		channel.port2.postMessage(null);
	});
}

/** Runs a computation that yields now and then, in slices. Null where the signal ended it. */
export async function inSlices<R>(steps: Generator<void, R>, signal: AbortSignal): Promise<R | null> {
	const pause = slices();
	for (;;) {
		const step = steps.next();
		if (step.done) return step.value;
		await pause();
		if (signal.aborted) return null;
	}
}
