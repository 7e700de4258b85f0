import { CasebookError } from "@/lib/model";

const ADVICE = "Reload the page; if that does not help, copy the export to the host again.";

/** An answer that is good. Throws CasebookError: `cancelled`, or `source` with a sentence. */
export async function fetched(fetch: typeof globalThis.fetch, url: string, init: RequestInit, signal: AbortSignal | undefined): Promise<Response> {
	let response: Response;
	try {
		response = await fetch(url, { ...init, signal: signal ?? null });
	} catch (cause) {
		throw signal?.aborted ? cancelled(cause) : new CasebookError({ kind: "source", path: lastOf(url), message: `The host does not answer for ${lastOf(url)}. ${ADVICE}` }, cause);
	}
	if (response.ok) return response;
	await response.body?.cancel().catch(() => undefined);
	throw new CasebookError({ kind: "source", path: lastOf(url), message: `The host answers ${response.status} for ${lastOf(url)}. ${ADVICE}` });
}

/** What is said of a file that could not be read, without its name. */
export function problemOf(problem: unknown): string {
	return problem instanceof CasebookError ? problem.message : `The host stopped answering. ${ADVICE}`;
}

/** Bytes `[from, to)` of a file that has `size`, all within it. Throws CasebookError: `cancelled` or `source`. */
export async function rangeOf(fetch: typeof globalThis.fetch, url: string, part: { path: string; from: number; to: number; size: number }, signal: AbortSignal | undefined): Promise<Uint8Array> {
	const { path, from, to, size } = part;
	const response = await fetched(fetch, url, { headers: { Range: `bytes=${from}-${to - 1}` } }, signal);
	const partial = response.status === 206;
	if (partial) {
		const [, start, end, whole] = /^bytes (\d+)-(\d+)\/(\d+|\*)$/.exec(response.headers.get("content-range") ?? "") ?? [];
		if (Number(start) !== from || Number(end) !== to - 1 || (whole !== "*" && Number(whole) !== size)) {
			await response.body?.cancel().catch(() => undefined);
			throw new CasebookError({ kind: "source", path, message: `${path}: the host answers another part of the file than bytes ${from} to ${to}. Copy the export to the host again.` });
		}
	}
	const length = partial || response.headers.has("content-encoding") ? null : response.headers.get("content-length");
	if (length !== null && Number(length) !== size) {
		await response.body?.cancel().catch(() => undefined);
		throw new CasebookError({ kind: "source", path, message: `${path}: the host answers a file of ${length} bytes, not the ${size} that were exported. Copy the export to the host again.` });
	}
	// A host that does not answer ranges sends all of it; what comes before is dropped as it comes, what comes after is not awaited.
	const bytes = await taken(response, partial ? 0 : from, to - from, signal);
	if (bytes.length === to - from) return bytes;
	throw new CasebookError({ kind: "source", path, message: `${path}: ${bytes.length} of ${to - from} bytes arrived. Copy the export to the host again.` });
}

/** Up to `length` bytes of an answer after its first `skip`. */
async function taken(response: Response, skip: number, length: number, signal: AbortSignal | undefined): Promise<Uint8Array> {
	const bytes = new Uint8Array(length);
	let at = 0;
	let filled = 0;
	const reader = response.body?.getReader();
	try {
		while (reader !== undefined && filled < length) {
			const { done, value } = await reader.read();
			if (done) break;
			const piece = value.subarray(Math.min(value.length, Math.max(0, skip - at))).subarray(0, length - filled);
			bytes.set(piece, filled);
			filled += piece.length;
			at += value.length;
		}
	} catch (cause) {
		throw signal?.aborted ? cancelled(cause) : new CasebookError({ kind: "source", path: "", message: problemOf(cause) }, cause);
	} finally {
		reader?.cancel().catch(() => undefined);
	}
	return bytes.subarray(0, filled);
}

function cancelled(cause: unknown): CasebookError {
	return new CasebookError({ kind: "cancelled", message: "Cancelled." }, cause);
}

/** The end of an address, which names the file without the host. */
function lastOf(url: string): string {
	return url.slice(url.lastIndexOf("/") + 1);
}
