import { type Batch, joinBytes, type Parser, type ParserEnd } from "@/lib/model";
import { type Line, LineSplitter } from "../text/lines";
import { byteOrderMark } from "../text/utf8";
import { type LogFormat, LogLines } from "./log-lines";
import { LogStream } from "./log-stream";
import { MAX_COLUMNS, Shape } from "./schema";
import { Shredder } from "./shred";

export type { LogFormat } from "./log-lines";

/** A file beyond this many bytes is not kept: its types are taken from so much of it, and widened when they must be. */
const STREAM_FROM = 4 * 1024 * 1024;
/** This part of it is read for its types alone; the rest is put out as soon as it has shown that it widens none. */
const SAMPLE = 1 / 4;

/** the longest byte order mark */
const MARK = 3;

/**
 * The parser of a JSONL log. A small file is read in two passes: while bytes come each line is checked and the types widen; `end`
 * writes the records with the types that fit them all. A large one goes on as a `LogStream`, whose records are held until `streamFrom` bytes have come.
 */
export function jsonLog(path: string, format: LogFormat, streamFrom = STREAM_FROM): Parser {
	return new JsonLog(path, format, streamFrom);
}

class JsonLog implements Parser {
	private readonly path: string;
	private readonly format: LogFormat;
	private readonly streamFrom: number;
	private readonly root = new Shape(null, MAX_COLUMNS);
	private readonly lines: LogLines;
	private readonly splitter: LineSplitter;
	private records: Line[] = [];
	private chunks: Uint8Array[] = [];
	private bytes = 0;
	/** the file's first bytes, where a byte order mark stands */
	private first: Uint8Array = new Uint8Array(0);
	private stream: LogStream | null = null;
	/** what the stream has put out while its types may still be found to be others; null once they are settled */
	private held: Batch[] | null = [];

	constructor(path: string, format: LogFormat, streamFrom: number) {
		this.path = path;
		this.format = format;
		this.streamFrom = streamFrom;
		format.declare?.(this.root);
		this.lines = new LogLines(format, this.root);
		this.splitter = new LineSplitter((line) => {
			if (this.lines.take(line)) this.records.push(line);
		});
	}

	get isDone(): boolean {
		return this.stream !== null && this.held === null;
	}

	get lineStarts(): readonly number[] | null {
		return this.held === null ? (this.stream?.lineStarts ?? null) : null;
	}

	push(bytes: Uint8Array): Batch[] {
		if (this.held === null) return this.stream!.push(bytes);
		this.chunks.push(bytes);
		if (this.bytes < MARK) this.first = joinBytes([this.first, bytes.subarray(0, MARK)]);
		this.bytes += bytes.length;
		if (this.stream !== null) this.held.push(...this.stream.push(bytes));
		else {
			this.splitter.push(bytes);
			const isReady = this.bytes >= this.streamFrom * SAMPLE && this.lines.account.records > 0;
			if (isReady && byteOrderMark(this.first).encoding === "utf-8") this.read(new LogStream(this.path, this.format, this.root, this.lines.isSparse));
		}
		return this.stream !== null && this.bytes >= this.streamFrom ? this.settle() : [];
	}

	end(): ParserEnd {
		if (this.held === null) return this.stream!.end();
		if (this.stream !== null) return this.endShort(this.stream);
		this.splitter.end();
		const { root, format, lines } = this;
		const { rejects, account, tape } = lines;
		const notes = lines.notes();
		if (this.records.length === 0) return { batches: [], rejects, account, notes };
		const shredder = new Shredder({ table: format.table, source: this.path, root, sparse: lines.isSparse, arrange: format.arrange, appendMap: format.appendMap, notes });
		for (const line of this.records) {
			tape.parse(line.bytes, line.start, line.end);
			shredder.row(tape, 0, line.number, line.byteOffset);
		}
		return { batches: shredder.finish(), rejects, account, notes };
	}

	/** Reads what has come, which is kept, as the beginning of a stream; what another stream made of it is void. */
	private read(stream: LogStream): void {
		for (const batch of this.held ?? []) batch.recycle?.();
		this.records = [];
		this.stream = stream;
		this.held = this.chunks.flatMap((chunk) => stream.push(chunk));
	}

	/** The types are those of the beginning from here on. Gives the records so far. */
	private settle(): Batch[] {
		while (this.stream!.isStale) this.read(this.stream!.again());
		const held = this.held ?? [];
		this.held = null;
		this.chunks = [];
		return held;
	}

	/** The end of a file that is still here as a whole: it is not asked for again. */
	private endShort(stream: LogStream): ParserEnd {
		const end = stream.end();
		if (end.restart === undefined) return { ...end, batches: [...(this.held ?? []), ...end.batches] };
		const next = stream.again();
		this.read(next);
		return this.endShort(next);
	}
}
