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

/** the longest byte order mark */
const MARK = 3;

/**
 * The parser of a JSONL log. A small file is read in two passes: while bytes come each line is checked and the types widen; `end`
 * writes the records with the types that fit them all. A large one goes on as a `LogStream` from `streamFrom` bytes.
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
		return this.stream !== null;
	}

	push(bytes: Uint8Array): Batch[] {
		if (this.stream !== null) return this.stream.push(bytes);
		this.splitter.push(bytes);
		this.chunks.push(bytes);
		if (this.bytes < MARK) this.first = joinBytes([this.first, bytes.subarray(0, MARK)]);
		this.bytes += bytes.length;
		const isReady = this.bytes >= this.streamFrom && this.lines.account.records > 0;
		return isReady && byteOrderMark(this.first).encoding === "utf-8" ? this.beginStream() : [];
	}

	end(): ParserEnd {
		if (this.stream !== null) return this.stream.end();
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

	/** What was read so far has given the types; it is read again, as the beginning of a stream. */
	private beginStream(): Batch[] {
		const stream = new LogStream(this.path, this.format, this.root, this.lines.isSparse);
		const { chunks } = this;
		this.stream = stream;
		this.chunks = [];
		this.records = [];
		return chunks.flatMap((chunk) => stream.push(chunk));
	}
}
