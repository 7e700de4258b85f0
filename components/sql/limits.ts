import type { QueryResult } from "@/lib/engine/engine";
import { CasebookError } from "@/lib/model";

/** The most rows that the page holds of a result. */
export const MOST_ROWS = 10_000_000;
/** The most memory that the rows of a result take in the page, in bytes. */
export const MOST_BYTES = 1_500_000_000;

/** The bytes that the rows take so far; 0 where the engine does not count them. */
export function bytesOf(result: QueryResult): number {
	return "byteLength" in result && typeof result.byteLength === "number" ? result.byteLength : 0;
}

/**
 * Waits for all rows, but for no more than fit: `stop` is called when they take more than `most` bytes. Returns whether
 * rows were left behind. Throws what the stream threw.
 */
export async function whole(result: QueryResult, stop: () => void, most = MOST_BYTES): Promise<{ cut: boolean }> {
	let full = false;
	const unwatch = result.onGrow(() => {
		if (full || result.done || bytesOf(result) <= most) return;
		full = true;
		stop();
	});
	try {
		await result.complete;
	} catch (error) {
		if (!full || !(error instanceof CasebookError) || error.failure.kind !== "cancelled") throw error;
		return { cut: true };
	} finally {
		unwatch();
	}
	return { cut: result.truncated };
}
