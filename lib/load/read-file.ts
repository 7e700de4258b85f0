import { detect } from "@/lib/formats/detect";
import { addsUp, type Batch, emptyAccount, joinBytes, type LineAccount, type Parser, type Reject, type SourceState } from "@/lib/model";
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
	index: LineIndex;
	text: boolean;
	encoding: SourceInfo["encoding"];
}

/** Reads one file as its bytes come. The format is decided on the first 64 KiB, or on all there is. */
export class FileReader {
	private head: Uint8Array[] | null = [];
	private headBytes = 0;
	private parser: Parser | null = null;
	private format: string | null = null;
	private state: SourceState = "ready";
	private readonly notes: string[] = [];
	private readonly batches: Batch[] = [];
	private readonly indexer = new LineIndexer();
	private text = true;
	private encoding: SourceInfo["encoding"] = "utf-8";
	private broken: Reject | null = null;

	constructor(private readonly path: string) {}

	push(chunk: Uint8Array): void {
		this.indexer.push(chunk);
		if (this.head === null) {
			this.parse(chunk);
			return;
		}
		this.head.push(chunk);
		this.headBytes += chunk.length;
		if (this.headBytes >= HEAD_BYTES) this.decide();
	}

	finish(): FileResult {
		if (this.head !== null) this.decide();
		const rest = this.end();
		const account = this.parser === null ? null : (rest?.account ?? emptyAccount());
		if (account && !addsUp(account)) throw new RangeError(`${this.path}: the lines do not add up: ${JSON.stringify(account)}`);
		const rejects = [...(rest?.rejects ?? []), ...(this.broken ? [this.broken] : [])];
		const batches = [...this.batches, ...(rest?.batches ?? [])];
		let state = this.state;
		if (state === "ready" && rejects.length > 0) state = batches.some((batch) => batch.numRows > 0) ? "partial" : "failed";
		if (state === "ready" && account && account.pending > 0) {
			state = "partial";
			this.notes.push("the last line is not complete yet");
		}
		return { format: this.format, state, batches, rejects, account, notes: [...this.notes, ...(rest?.notes ?? [])], index: this.indexer.finish(), text: this.text, encoding: this.encoding };
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
		const detection = detect(this.path, head.subarray(0, HEAD_BYTES));
		switch (detection.kind) {
			case "read":
				this.format = detection.format;
				this.parser = detection.parser(this.path);
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
			this.batches.push(...this.parser.push(bytes));
		} catch (error) {
			this.fail(error);
		}
	}

	/** A parser that throws is a fault of ours; the file is kept out, said, and stops nothing. */
	private fail(error: unknown): void {
		this.state = "failed";
		this.batches.length = 0;
		this.broken = { line: null, byteOffset: null, reason: `The ${this.format} reader stopped: ${error instanceof Error ? error.message : String(error)}`, raw: "" };
	}
}

