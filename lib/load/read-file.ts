import { detect } from "@/lib/formats/detect";
import { GzipStream, innerPath, isGzip } from "@/lib/formats/gzip";
import { addsUp, type Batch, emptyAccount, joinBytes, LINES_PER_START, type LineAccount, type Parser, type Reject, type SourceState } from "@/lib/model";
import { type LineIndex, LineIndexer } from "./line-index";
import type { SourceInfo } from "./source-text";

const HEAD_BYTES = 64 * 1024;

/** What one file came to. */
export interface FileResult {
	format: string | null;
	state: SourceState;
	batches: Batch[];
	rejects: Reject[];
	/** null for files that were not read */
	account: LineAccount | null;
	notes: string[];
	/** reads the file once more from its beginning: all batches of this reading are void. Nothing else counts then. */
	again: FileReader | null;
	/** the reader stopped: what `takeBatches` gave is void too */
	isVoid: boolean;
	/** of the text inside where the file is compressed */
	index: LineIndex;
	text: boolean;
	encoding: SourceInfo["encoding"];
	gzip: boolean;
}

/**
 * Reads one file as its bytes come. The format is decided on the first 64 KiB, or on all there is. A gzip file is read as what
 * is inside it, by the name without `.gz`; its lines and byte offsets are those of the text inside.
 */
export class FileReader {
	private head: Uint8Array[] | null = [];
	private headBytes = 0;
	private parser: Parser | null = null;
	private format: string | null = null;
	private state: SourceState = "ready";
	private readonly notes: string[] = [];
	private batches: Batch[] = [];
	private hasRows = false;
	private readonly indexer = new LineIndexer();
	private text = true;
	private encoding: SourceInfo["encoding"] = "utf-8";
	private broken: Reject | null = null;
	private gzip: GzipStream | null = null;
	/** the first bytes, until they tell whether the file is compressed */
	private start: Uint8Array[] | null = [];

	/** `again` is a parser that an earlier reading of the file has left. */
	constructor(
		private readonly path: string,
		private readonly again: Parser | null = null,
	) {}

	/** Whether the bytes pushed last may be overwritten. */
	get isDone(): boolean {
		return this.head === null && this.gzip === null && this.start === null && this.parser?.isDone === true;
	}

	/** The batches so far that are wanted now; `finish` gives the others. */
	takeBatches(wanted: (batch: Batch) => boolean): Batch[] {
		if (this.batches.length === 0) return [];
		const taken = this.batches.filter(wanted);
		this.batches = this.batches.filter((batch) => !wanted(batch));
		return taken;
	}

	push(chunk: Uint8Array): void {
		if (this.start === null) {
			this.pass(chunk);
			return;
		}
		this.start.push(chunk);
		if (this.start.reduce((sum, piece) => sum + piece.length, 0) >= 2) this.begin();
	}

	private begin(): void {
		const bytes = joinBytes(this.start ?? []);
		this.start = null;
		if (isGzip(bytes)) this.gzip = new GzipStream((piece) => this.take(piece));
		this.pass(bytes);
	}

	private pass(chunk: Uint8Array): void {
		if (this.gzip) this.gzip.push(chunk);
		else this.take(chunk);
	}

	/** Bytes of the text itself. */
	private take(chunk: Uint8Array): void {
		if (this.parser?.lineStarts) this.indexer.pass(chunk);
		else this.indexer.push(chunk);
		if (this.head === null) {
			this.parse(chunk);
			return;
		}
		this.head.push(chunk);
		this.headBytes += chunk.length;
		if (this.headBytes >= HEAD_BYTES) this.decide();
	}

	/** No more bytes. Called once. */
	async finish(): Promise<FileResult> {
		if (this.start !== null) this.begin();
		this.gzip?.end();
		if (this.head !== null) this.decide();
		await this.prepare();
		const rest = this.end();
		const account = this.parser === null ? null : (rest?.account ?? emptyAccount());
		if (account && !addsUp(account)) throw new RangeError(`${this.path}: the lines do not add up: ${JSON.stringify(account)}`);
		const rejects = [...(rest?.rejects ?? []), ...(this.broken ? [this.broken] : []), ...this.unpackingRejects()];
		const batches = [...this.batches, ...(rest?.batches ?? [])];
		const starts = this.parser?.lineStarts;
		// A parser that stopped has not seen the lines behind its last entry.
		const found = starts && { starts, lines: rest === null ? (starts.length - 1) * LINES_PER_START : rest.account.lines };
		let state = this.state;
		if (state === "ready" && rejects.length > 0) state = this.hasRows || batches.some((batch) => batch.numRows > 0) ? "partial" : "failed";
		if (state === "ready" && account && account.pending > 0) {
			state = "partial";
			this.notes.push("the last line is not complete yet");
		}
		return { format: this.format, state, batches, rejects, account, notes: [...this.notes, ...(rest?.notes ?? [])], index: this.indexer.finish(found ?? null), text: this.text, encoding: this.encoding, gzip: this.gzip !== null, again: rest?.restart ? new FileReader(this.path, rest.restart) : null, isVoid: this.broken !== null };
	}

	/** What a gzip file could not give. The byte is one of the compressed file, so it is no `byte_offset`, which is of the text inside. */
	private unpackingRejects(): Reject[] {
		if (this.gzip === null) return [];
		const { fault, unpacked } = this.gzip;
		this.notes.unshift(`unpacked from gzip (${unpacked.toLocaleString("en-US")} bytes); lines and byte offsets are those of the text inside`);
		if (fault === null) return [];
		return [{ line: null, byteOffset: null, reason: `${fault.reason}${fault.limit ? "" : " What was unpacked before it is kept."}`, raw: "" }];
	}

	private async prepare(): Promise<void> {
		if (!this.parser?.prepare || this.broken) return;
		try {
			await this.parser.prepare();
		} catch (error) {
			this.fail(error);
		}
	}

	private end(): ReturnType<Parser["end"]> | null {
		if (!this.parser || this.broken) return null;
		try {
			return this.parser.end();
		} catch (error) {
			this.fail(error);
			return null;
		}
	}

	private decide(): void {
		const head = joinBytes(this.head ?? []);
		this.head = null;
		this.encoding = head[0] === 0xff && head[1] === 0xfe ? "utf-16le" : head[0] === 0xfe && head[1] === 0xff ? "utf-16be" : "utf-8";
		this.text = this.encoding !== "utf-8" || !head.subarray(0, HEAD_BYTES).includes(0);
		const detection = detect(this.gzip === null ? this.path : innerPath(this.path), head.subarray(0, HEAD_BYTES));
		switch (detection.kind) {
			case "read":
				this.format = detection.format;
				this.parser = this.again ?? detection.parser(this.path);
				this.parse(head);
				break;
			case "known":
				this.format = detection.name;
				this.state = "known, not yet read";
				break;
			case "unrecognised":
				this.state = "unrecognised";
				this.notes.push(detection.reason);
		}
	}

	private parse(bytes: Uint8Array): void {
		if (!this.parser || this.broken) return;
		try {
			for (const batch of this.parser.push(bytes)) {
				this.batches.push(batch);
				this.hasRows ||= batch.numRows > 0;
			}
		} catch (error) {
			this.fail(error);
		}
	}

	/** A parser that throws is a fault of ours; the file is kept out, said, and stops nothing. */
	private fail(error: unknown): void {
		this.state = "failed";
		this.batches = [];
		this.hasRows = false;
		this.broken = { line: null, byteOffset: null, reason: `The ${this.format} reader stopped: ${error instanceof Error ? error.message : String(error)}`, raw: "" };
	}
}

