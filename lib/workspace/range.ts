import { CasebookError } from "@/lib/model";
import { MAX_RANGE_BYTES } from "./types";

export const NOT_IN_WORKSPACE = "It is not in the workspace.";

/** Whether a range may be asked for. Throws CasebookError: `refused` for what is no range, `limit` for one that is too long. */
export function checkRange(path: string, from: number, to: number): void {
	if (!Number.isSafeInteger(from) || !Number.isSafeInteger(to) || from < 0 || to < from) {
		throw new CasebookError({ kind: "refused", rule: "range", message: `${path}: "from" and "to" must be whole numbers with 0 ≤ from ≤ to.` });
	}
	if (to - from > MAX_RANGE_BYTES) {
		const limit = `${MAX_RANGE_BYTES / 1024 / 1024} MiB`;
		throw new CasebookError({ kind: "limit", what: "bytes of one request", limit, message: `${path}: one request answers at most ${limit}. Ask for the rest in further requests.` });
	}
}

/** What is said of a path that the list does not have. */
export function notInWorkspace(path: string): CasebookError {
	return new CasebookError({ kind: "refused", rule: "only files of the workspace", message: `${JSON.stringify(path)}: ${NOT_IN_WORKSPACE}` });
}

/** Throws CasebookError `cancelled` where the signal says so. */
export function checkCancelled(signal: AbortSignal | undefined): void {
	if (signal?.aborted) throw new CasebookError({ kind: "cancelled", message: "Cancelled." });
}
