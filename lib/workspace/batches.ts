import { MAX_BATCH_BYTES, MAX_BATCH_FILES } from "./types";

/**
 * Groups files into few requests, in their order: at most `maxFiles` files and, unless it is one file alone,
 * `maxBytes` bytes each.
 */
export function planBatches(files: readonly { path: string; bytes: number }[], maxFiles = MAX_BATCH_FILES, maxBytes = MAX_BATCH_BYTES): string[][] {
	const batches: string[][] = [];
	let current: string[] = [];
	let bytes = 0;
	for (const file of files) {
		if (current.length > 0 && (current.length >= maxFiles || bytes + file.bytes > maxBytes)) {
			batches.push(current);
			current = [];
			bytes = 0;
		}
		current.push(file.path);
		bytes += file.bytes;
	}
	if (current.length > 0) batches.push(current);
	return batches;
}
