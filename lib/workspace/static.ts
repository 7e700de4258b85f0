import { CasebookError } from "@/lib/model";
import { sha256 } from "./local-hash";
import type { Hasher } from "./local-read";
import { checkCancelled, checkRange, NOT_IN_WORKSPACE, notInWorkspace } from "./range";
import { fetched, problemOf, rangeOf } from "./static-fetch";
import { parseStaticManifest, STATIC_MANIFEST, type StaticEntry, type StaticManifest, staticFile } from "./static-manifest";
import type { StreamEvent, Workspace } from "./types";

export interface StaticOptions {
	/** an incremental sha256; hash-wasm's by default, loaded when it is first needed */
	createHash?: () => Promise<Hasher>;
}

/** Files up to this size are fetched ahead of their turn, so that many small ones do not wait for one another. */
const SMALL_BYTES = 256 * 1024;
/** How many are begun ahead: what a browser asks of one host at a time. */
const AHEAD = 6;

/**
 * A workspace that `casebook export-site` wrote, on any host that answers GET. `baseUrl` is its folder, without a slash at
 * its end. Every file that is streamed is hashed here and compared with the list: one that differs is an `error`, never
 * rows. `bytes` asks for a range, and takes the part out of the whole where the host does not answer ranges.
 */
export function staticWorkspace(baseUrl: string, fetch: typeof globalThis.fetch, options: StaticOptions = {}): Workspace {
	const createHash = options.createHash ?? sha256;
	let name = "workspace";
	let latest: Promise<ReadonlyMap<string, StaticEntry>> | undefined;
	const list = async (signal?: AbortSignal): Promise<StaticManifest> => {
		// Files never change under their name; the list does when the copy is made anew.
		const response = await fetched(fetch, `${baseUrl}/${STATIC_MANIFEST}`, { cache: "no-cache" }, signal);
		const text: unknown = await response.json().catch((cause: unknown) => {
			checkCancelled(signal);
			throw new CasebookError({ kind: "source", path: STATIC_MANIFEST, message: "The list of files of this static copy is not readable. Export it again." }, cause);
		});
		return parseStaticManifest(text);
	};
	const remember = (reading: ReturnType<typeof list>) => {
		const files = reading.then((manifest) => new Map(manifest.files.filter((file) => file.state === "served").map((file) => [file.path, file])));
		latest = files;
		files.catch(() => {
			if (latest === files) latest = undefined;
		});
		return files;
	};
	return {
		get name() {
			return name;
		},
		async manifest(signal) {
			const reading = list(signal);
			remember(reading);
			const manifest = await reading;
			name = manifest.name;
			return { name, files: manifest.files, generated_at: manifest.generated_at, version: manifest.version };
		},
		async *stream(paths, signal) {
			const files = await (latest ?? remember(list(signal)));
			yield* readStatic(baseUrl, fetch, files, paths, await createHash(), signal);
		},
		async bytes(path, from, to, signal) {
			checkRange(path, from, to);
			checkCancelled(signal);
			const entry = (await (latest ?? remember(list(signal)))).get(path);
			if (entry === undefined) throw notInWorkspace(path);
			const end = Math.min(to, entry.bytes);
			const bytes = from >= end ? new Uint8Array() : await rangeOf(fetch, urlOf(baseUrl, entry), { path, from, to: end, size: entry.bytes }, signal);
			return { bytes, modifiedAt: entry.modified_at, size: entry.bytes };
		},
	};
}

function urlOf(baseUrl: string, entry: StaticEntry): string {
	return `${baseUrl}/${staticFile(entry.sha256 ?? "")}`;
}

/** A file whose turn is near. */
type Begun = { entry: StaticEntry; whole: Uint8Array | null } | { entry: StaticEntry | undefined; problem: unknown };

async function* readStatic(baseUrl: string, fetch: typeof globalThis.fetch, files: ReadonlyMap<string, StaticEntry>, paths: readonly string[], hasher: Hasher, signal?: AbortSignal): AsyncGenerator<StreamEvent> {
	// Ends what was begun ahead, also when the reader of these events goes away.
	const stop = new AbortController();
	const both = stop.signal;
	const onAbort = () => stop.abort();
	signal?.addEventListener("abort", onAbort, { once: true });
	const begin = async (entry: StaticEntry | undefined): Promise<Begun> => {
		if (entry === undefined) return { entry, problem: null };
		try {
			if (entry.bytes > SMALL_BYTES) return { entry, whole: null };
			if (entry.bytes === 0) return { entry, whole: new Uint8Array() };
			return { entry, whole: new Uint8Array(await (await fetched(fetch, urlOf(baseUrl, entry), {}, both)).arrayBuffer()) };
		} catch (problem) {
			return { entry, problem };
		}
	};
	const ahead: Promise<Begun>[] = [];
	let next = 0;
	try {
		for (const path of paths) {
			checkCancelled(signal);
			for (; next < paths.length && ahead.length < AHEAD; next++) ahead.push(begin(files.get(paths[next]!)));
			const begun = await ahead.shift()!;
			checkCancelled(signal);
			if (begun.entry === undefined) yield { type: "error", path, message: NOT_IN_WORKSPACE };
			else if ("problem" in begun) yield { type: "error", path, message: problemOf(begun.problem) };
			else yield* readOne(fetch, urlOf(baseUrl, begun.entry), begun, hasher, both);
		}
	} catch (error) {
		checkCancelled(signal);
		throw error;
	} finally {
		signal?.removeEventListener("abort", onAbort);
		stop.abort();
	}
}

async function* readOne(fetch: typeof globalThis.fetch, url: string, { entry, whole }: Extract<Begun, { whole: unknown }>, hasher: Hasher, signal: AbortSignal): AsyncGenerator<StreamEvent> {
	const { path } = entry;
	yield { type: "start", path, bytes: entry.bytes, modifiedAt: entry.modified_at };
	hasher.init();
	let sent = 0;
	try {
		for await (const chunk of whole === null ? chunksOf(await fetched(fetch, url, {}, signal)) : whole.length === 0 ? [] : [whole]) {
			hasher.update(chunk);
			sent += chunk.length;
			yield { type: "data", path, chunk };
		}
	} catch (problem) {
		if (signal.aborted) throw new CasebookError({ kind: "cancelled", message: "Cancelled." }, problem);
		yield { type: "error", path, message: problemOf(problem) };
		return;
	}
	const found = hasher.digest();
	if (found === entry.sha256) yield { type: "end", path, sha256: found, bytes: sent, changed: false };
	else yield { type: "error", path, message: `The host answered ${sent} bytes with the sha256 ${found}, not the ${entry.bytes} that were exported (${entry.sha256}). Copy the export to the host again.` };
}

async function* chunksOf(response: Response): AsyncGenerator<Uint8Array> {
	const reader = response.body?.getReader();
	try {
		while (reader !== undefined) {
			const { done, value } = await reader.read();
			if (done) return;
			yield value;
		}
	} finally {
		reader?.cancel().catch(() => undefined);
	}
}
