import { CasebookError } from "@/lib/model";
import { FrameDecoder } from "./frames";
import { parseManifest } from "./manifest";
import { type FileRange, MAX_BATCH_FILES, type Manifest, type StreamEvent, type Workspace } from "./types";

export { planBatches } from "./batches";
export type { FileEntry, FileRange, Manifest, StreamEvent, Workspace } from "./types";

/** how much of a stream is read at once */
const PIECE_BYTES = 512 * 1024;

export const STOPPED = "The server stopped answering.";

export interface ClientOptions {
	/** a stream that brings nothing for so long counts as dead; default 60,000 */
	idleMs?: number;
}

/**
 * The served folder over its API. `baseUrl` is the origin (or `""` on its own pages).
 * A stream that dies is an `error` event for the file under way and for each that was not begun.
 */
export function servedWorkspace(baseUrl: string, fetch: typeof globalThis.fetch, options: ClientOptions = {}): Workspace {
	const base = `${baseUrl}/api/workspace`;
	const idleMs = options.idleMs ?? 60_000;
	let name = "workspace";
	return {
		get name() {
			return name;
		},
		async manifest(signal) {
			const response = await request(fetch, base, { signal: signal ?? null });
			const manifest: Manifest = parseManifest(await response.json().catch((cause: unknown) => fail(signal, "The list of files is not readable.", cause)));
			name = manifest.name;
			return manifest;
		},
		async *stream(paths, signal) {
			for (let i = 0; i < paths.length; i += MAX_BATCH_FILES) yield* batch(fetch, base, paths.slice(i, i + MAX_BATCH_FILES), idleMs, signal);
		},
		async bytes(path, from, to, signal): Promise<FileRange> {
			const response = await request(fetch, `${base}/bytes?${new URLSearchParams({ path, from: String(from), to: String(to) })}`, { signal: signal ?? null });
			const bytes = new Uint8Array(await response.arrayBuffer().catch((cause: unknown) => fail(signal, STOPPED, cause)));
			const size = Number(response.headers.get("x-casebook-bytes") ?? Number.NaN);
			const modifiedAt = response.headers.get("x-casebook-modified");
			if (modifiedAt === null || !Number.isSafeInteger(size)) throw new CasebookError({ kind: "source", path, message: `${path}: the server's answer says neither size nor time.` });
			return { bytes, modifiedAt, size };
		},
	};
}

async function* batch(fetch: typeof globalThis.fetch, base: string, paths: readonly string[], idleMs: number, signal: AbortSignal | undefined): AsyncGenerator<StreamEvent> {
	const progress = new Progress(paths);
	let pieces: Pieces | undefined;
	let problem = STOPPED;
	try {
		const body = JSON.stringify({ paths });
		const response = await request(fetch, `${base}/batch`, { method: "POST", headers: { "content-type": "application/json" }, body, signal: signal ?? null });
		pieces = response.body ? new Pieces(response.body, idleMs) : undefined;
		const decoder = new FrameDecoder();
		while (pieces !== undefined) {
			const piece = await pieces.next();
			if (piece === null) break;
			for (const event of decoder.push(piece)) yield pieces.lent(progress.checked(event));
		}
	} catch (cause) {
		if (signal?.aborted) throw new CasebookError({ kind: "cancelled", message: "Cancelled." }, cause);
		if (cause instanceof CasebookError) problem = cause.message;
		else if (cause instanceof OutOfStep) problem = `The server's answer makes no sense (${cause.message})`;
	} finally {
		pieces?.cancel();
	}
	if (signal?.aborted) throw new CasebookError({ kind: "cancelled", message: "Cancelled." });
	for (const path of progress.open()) yield { type: "error", path, message: problem };
}

/**
 * A body piece by piece. Where the platform reads into memory that it is given, a piece whose data has all been released
 * is where the next is read into: touching fresh memory costs more than all that is done with the bytes.
 */
class Pieces {
	private readonly reader: ReadableStreamBYOBReader | null;
	private readonly plain: ReadableStreamDefaultReader<Uint8Array> | null;
	private buffer: ArrayBuffer | null = null;
	private owed = 0;
	/** since when a piece is waited for; null while none is */
	private since: number | null = null;
	private watch: ReturnType<typeof setTimeout> | undefined;

	/** A wait of `idleMs` ends the body. */
	constructor(
		body: ReadableStream<Uint8Array>,
		private readonly idleMs: number,
	) {
		this.reader = byobReader(body);
		this.plain = this.reader === null ? body.getReader() : null;
	}

	async next(): Promise<Uint8Array | null> {
		this.since = performance.now();
		this.watch ??= setTimeout(() => this.look(), this.idleMs);
		try {
			return await this.read();
		} finally {
			this.since = null;
		}
	}

	/** One timer looks after many pieces: one for each would cost more than what it guards. */
	private look(): void {
		const left = this.since === null ? this.idleMs : this.since + this.idleMs - performance.now();
		if (left <= 0) this.cancel();
		else this.watch = setTimeout(() => this.look(), left);
	}

	private async read(): Promise<Uint8Array | null> {
		if (this.plain !== null) return (await this.plain.read()).value ?? null;
		const buffer = this.owed === 0 && this.buffer !== null ? this.buffer : new ArrayBuffer(PIECE_BYTES);
		this.buffer = null;
		this.owed = 0;
		const { value, done } = await this.reader!.read(new Uint8Array(buffer));
		if (done || value === undefined) return null;
		this.buffer = value.buffer;
		return value;
	}

	/** The event, with its way to give its memory back. */
	lent(event: StreamEvent): StreamEvent {
		if (event.type !== "data" || this.reader === null) return event;
		this.owed++;
		const { buffer } = this;
		let released = false;
		const release = () => {
			if (!released && this.buffer === buffer) this.owed--;
			released = true;
		};
		return { ...event, release };
	}

	cancel(): void {
		clearTimeout(this.watch);
		(this.reader ?? this.plain)?.cancel().catch(() => undefined);
	}
}

function byobReader(body: ReadableStream<Uint8Array>): ReadableStreamBYOBReader | null {
	try {
		return body.getReader({ mode: "byob" });
	} catch {
		// The stream is none of bytes, or the platform has no such readers.
		return null;
	}
}

class OutOfStep extends Error {}

/** Which files of a batch have come to an end, and how many bytes of the one under way have come. */
class Progress {
	private next = 0;
	private received = 0;
	constructor(private readonly paths: readonly string[]) {}

	/** The event, after making sure that it is the one whose turn it is and that its bytes are complete. */
	checked(event: StreamEvent): StreamEvent {
		const path = this.paths[this.next];
		if (event.path !== path) throw new OutOfStep(`${event.path} came where ${path ?? "nothing"} was asked for`);
		if (event.type === "start") this.received = 0;
		else if (event.type === "data") this.received += event.chunk.length;
		else this.next++;
		if (event.type === "end" && event.bytes !== this.received) return { type: "error", path, message: `${this.received} of ${event.bytes} bytes arrived.` };
		return event;
	}

	open(): readonly string[] {
		return this.paths.slice(this.next);
	}
}

async function request(fetch: typeof globalThis.fetch, url: string, init: RequestInit): Promise<Response> {
	const signal = init.signal ?? undefined;
	const response = await fetch(url, { ...init, cache: "no-store" }).catch((cause: unknown) => fail(signal, STOPPED, cause));
	if (response.ok) return response;
	const text = await response.text().catch(() => "");
	throw new CasebookError({ kind: "refused", rule: `HTTP ${response.status}`, message: errorText(text) ?? `The server answered ${response.status}.` });
}

/** The `error` of a JSON answer, or a plain answer's first line. */
function errorText(body: string): string | null {
	try {
		const value = JSON.parse(body) as unknown;
		return typeof value === "object" && value !== null && "error" in value && typeof value.error === "string" ? value.error : null;
	} catch {
		return body.trim() === "" || body.startsWith("<") ? null : body.trim().split("\n")[0]!;
	}
}

function fail(signal: AbortSignal | undefined, message: string, cause: unknown): never {
	if (signal?.aborted) throw new CasebookError({ kind: "cancelled", message: "Cancelled." }, cause);
	throw new CasebookError({ kind: "source", path: "", message: `${message} Start it again (npm start) and reload the page.` }, cause);
}
