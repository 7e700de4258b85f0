import { CasebookError } from "@/lib/model";
import { encodeFrames } from "./frames";
import { openFile, PieceRing, readChunk, readFiles, readRange } from "./read";
import { CHUNK_BYTES, MAX_BATCH_FILES, type Manifest } from "./types";
import { keepLink, keptLink } from "./links";
import { type Snapshot, walk } from "./walk";
import { type Saved, saveNotebook, type Wanted } from "./write";
import { Turns } from "./write-path";

/** The request bodies of a batch of `MAX_BATCH_FILES` long paths fit well. */
const MAX_BODY_BYTES = 4 * 1024 * 1024;

/** The server's side of a served folder: what the route handlers answer with. */
export class ServedFolder {
	private latest: Promise<Snapshot> | undefined;
	private readonly turns = new Turns();

	/** `writable`: the server was started with `--write` */
	constructor(
		private readonly root: string,
		private readonly include: readonly string[],
		readonly writable = false,
	) {}

	/** Saves a notebook (`write.ts`), one after another where they are of one path. What is asked for next is looked up anew. */
	async save(wanted: Wanted): Promise<Saved> {
		this.mustBeWritable();
		const saved = await this.turns.run(wanted.path.normalize("NFC").toLowerCase(), () => saveNotebook(this.root, this.include, wanted));
		if (saved.state === "saved") this.latest = undefined;
		return saved;
	}

	/** Keeps the text of a link (`links.ts`); its id. */
	async keepLink(text: string): Promise<string> {
		this.mustBeWritable();
		return this.turns.run("/links", () => keepLink(this.root, text));
	}

	/** The text of a kept link; also where nothing can be written. */
	async keptLink(id: string): Promise<string> {
		return keptLink(this.root, id);
	}

	/** Throws CasebookError (`refused`) on a server that was started without `--write`. */
	mustBeWritable(): void {
		if (!this.writable) throw new CasebookError({ kind: "refused", rule: "--write", message: "Nothing is saved here: this Casebook was started without --write. Download the file, or start it again with npm start -- PATH --write." });
	}

	/** Walks the folder; what is asked for later is looked up in this list. */
	async manifest(): Promise<Manifest> {
		const walked = walk(this.root, { include: this.include });
		this.latest = walked;
		walked.catch(() => {
			if (this.latest === walked) this.latest = undefined;
		});
		return (await walked).manifest;
	}

	/** The files of a request body `{paths}` as frames, each to be sent before it is overwritten (see `PieceRing`). Throws CasebookError on any other body. */
	async batch(body: string): Promise<ReadableStream<Uint8Array>> {
		const paths = parsePaths(body);
		const snapshot = await this.snapshot();
		const stop = new AbortController();
		return streamOf(encodeFrames(readFiles(snapshot, paths, stop.signal, new PieceRing())), () => stop.abort());
	}

	async range(path: string, from: number, to: number) {
		return readRange(await this.snapshot(), path, from, to);
	}

	/** A whole file as a stream of the size that it has now. */
	async whole(path: string): Promise<{ stream: ReadableStream<Uint8Array>; size: number; modifiedAt: string }> {
		const { handle, size, modifiedAt } = await openFile(await this.snapshot(), path);
		async function* chunks(): AsyncGenerator<Uint8Array> {
			for (let at = 0; at < size; ) {
				const chunk = await readChunk(handle, at, Math.min(CHUNK_BYTES, size - at));
				if (chunk.length === 0) throw new CasebookError({ kind: "source", path, message: `${path} became shorter while it was sent.` });
				at += chunk.length;
				yield chunk;
			}
		}
		return { stream: streamOf(chunks(), () => undefined, () => handle.close()), size, modifiedAt };
	}

	private async snapshot(): Promise<Snapshot> {
		if (this.latest === undefined) await this.manifest();
		return this.latest!;
	}
}

/** The folder that `npm start` names in CASEBOOK_ROOT and CASEBOOK_INCLUDE; one for all route handlers of the process. */
export function servedFolder(env: Record<string, string | undefined> = process.env): ServedFolder {
	const shared = globalThis as { [SHARED]?: ServedFolder };
	shared[SHARED] ??= fromEnvironment(env);
	return shared[SHARED];
}

/** Route handlers are bundled apart; the global object is what they have in common. */
const SHARED = Symbol.for("casebook.served-folder");

function fromEnvironment(env: Record<string, string | undefined>): ServedFolder {
	if (!env.CASEBOOK_ROOT) throw new CasebookError({ kind: "source", path: "", message: "CASEBOOK_ROOT names no folder. Start the server with npm start." });
	const include = JSON.parse(env.CASEBOOK_INCLUDE || "[]") as unknown;
	if (!Array.isArray(include) || !include.every((glob) => typeof glob === "string")) {
		throw new CasebookError({ kind: "source", path: "", message: "CASEBOOK_INCLUDE is no JSON list of globs. Start the server with npm start." });
	}
	return new ServedFolder(env.CASEBOOK_ROOT, include, env.CASEBOOK_WRITE === "1");
}

/** The body of a request as text. Throws CasebookError (`limit`) once it is longer than a batch can be. */
export async function bodyText(request: Request): Promise<string> {
	return (await bodyBytes(request, MAX_BODY_BYTES, "The list of paths is too long.")).toString("utf8");
}

/** The body of a request. Throws CasebookError (`limit`) with the message once it is longer than `limit` bytes. */
export async function bodyBytes(request: Request, limit: number, message: string): Promise<Buffer> {
	const pieces: Uint8Array[] = [];
	let size = 0;
	for await (const piece of request.body ?? []) {
		size += piece.length;
		if (size > limit) throw new CasebookError({ kind: "limit", what: "bytes of a request", limit: `${limit}`, message });
		pieces.push(piece);
	}
	return Buffer.concat(pieces);
}

function parsePaths(body: string): string[] {
	const bad = (message: string) => new CasebookError({ kind: "refused", rule: "batch", message });
	let value: unknown;
	try {
		value = JSON.parse(body);
	} catch {
		throw bad("The body is not JSON.");
	}
	const paths = typeof value === "object" && value !== null && "paths" in value ? value.paths : null;
	if (!Array.isArray(paths) || !paths.every((path) => typeof path === "string")) throw bad('The body must be {"paths": [text, …]}.');
	if (paths.length > MAX_BATCH_FILES) {
		throw new CasebookError({ kind: "limit", what: "files of one request", limit: `${MAX_BATCH_FILES}`, message: `One request answers at most ${MAX_BATCH_FILES} files.` });
	}
	return paths;
}

/** A stream that pulls from a generator as it is read, and ends it when the reader goes away. */
function streamOf(source: AsyncGenerator<Uint8Array>, onCancel: () => void, onEnd: () => Promise<void> = async () => undefined): ReadableStream<Uint8Array> {
	return new ReadableStream<Uint8Array>(
		{
			async pull(controller) {
				try {
					const { done, value } = await source.next();
					if (!done) return controller.enqueue(value);
					await onEnd();
					controller.close();
				} catch (error) {
					await onEnd();
					controller.error(error);
				}
			},
			async cancel() {
				onCancel();
				await source.return(undefined).catch(() => undefined);
				await onEnd();
			},
		},
		{ highWaterMark: 0 },
	);
}
