import { type Batch, joinBytes, LINES_PER_START, type Parser, type ParserEnd } from "@/lib/model";
import { byteOrderMark, invalidUtf8At } from "../text/utf8";
import { type LogFormat, LogLines } from "./log-lines";
import type { Shape } from "./schema";
import { Shredder } from "./shred";

const LF = 0x0a;
const CR = 0x0d;
/** Whole lines are taken in pieces of about this size, which bounds what a text column reserves. */
const PIECE = 1024 * 1024;
/** the longest byte order mark */
const MARK = 3;

/**
 * The parser of a UTF-8 log whose types are known from its beginning: records are written as they come. A line that widens a type
 * makes all that was put out wrong; the rest is then read for its types only, and the end asks for a restart with the
 * types of the whole file.
 */
export class LogStream implements Parser {
	/** a line that goes on in the next bytes is copied */
	readonly isDone = true;
	readonly lineStarts: number[] = [0];
	private readonly lines: LogLines;
	private shredder: Shredder;
	/** what was put out has other columns than the whole file needs */
	private stale = false;
	private line = 1;
	/** offset in the file of the next line */
	private offset = 0;
	private begun = false;
	/** bytes of a line whose end has not come, or of a beginning that may be a byte order mark */
	private pieces: Uint8Array[] = [];

	/** `root` has the types so far, `sparse` whether the records lack most of many columns. */
	constructor(
		private readonly path: string,
		private readonly format: LogFormat,
		private readonly root: Shape,
		private readonly sparse: boolean,
	) {
		root.recount();
		this.lines = new LogLines(format, root);
		this.shredder = this.newShredder();
	}

	push(bytes: Uint8Array): Batch[] {
		if (!this.begun) {
			this.pieces.push(bytes.slice());
			if (this.pieces.reduce((sum, piece) => sum + piece.length, 0) >= MARK) this.begin();
		} else this.take(bytes);
		return this.full(this.shredder.take());
	}

	/** Whether what was put out so far is wrong, or would be if the file ended here. */
	get isStale(): boolean {
		return this.stale || this.lines.isSparse !== this.sparse;
	}

	/** A reading from the file's beginning with the types so far. */
	again(): LogStream {
		return new LogStream(this.path, this.format, this.root, this.lines.isSparse);
	}

	end(): ParserEnd {
		if (!this.begun) this.begin();
		const rest = joinBytes(this.pieces);
		if (rest.length > 0) this.general(rest, 0, rest.length, false);
		const { account, rejects } = this.lines;
		this.stale = this.isStale;
		if (this.stale) {
			this.full(this.shredder.finish([]));
			return { batches: [], rejects: [], account, notes: [], restart: this.again() };
		}
		const notes = this.lines.notes();
		if (account.records === 0) return { batches: [], rejects, account, notes };
		this.shredder.differs(notes);
		return { batches: this.shredder.finish(notes), rejects, account, notes };
	}

	private newShredder(): Shredder {
		const { path, format, root, sparse } = this;
		const isPlain = format.check === undefined && format.arrange === undefined;
		const fast = format.guard ? { guard: format.guard } : isPlain ? { guard: null } : undefined;
		return new Shredder({ table: format.table, source: path, root, sparse, arrange: format.arrange, appendMap: format.appendMap, fast, notes: [] });
	}

	/** The batches, unless they are wrong. */
	private full(batches: Batch[]): Batch[] {
		if (!this.stale) return batches;
		for (const batch of batches) batch.recycle?.();
		return [];
	}

	private begin(): void {
		const bytes = joinBytes(this.pieces);
		const { length } = byteOrderMark(bytes);
		this.begun = true;
		this.pieces = [];
		this.offset = length;
		this.take(bytes.subarray(length));
	}

	private take(bytes: Uint8Array): void {
		let from = 0;
		if (this.pieces.length > 0) {
			from = bytes.indexOf(LF) + 1;
			if (from === 0) {
				this.pieces.push(bytes.slice());
				return;
			}
			const line = joinBytes([...this.pieces, bytes.subarray(0, from)]);
			this.pieces = [];
			this.wholeLines(line, 0, line.length - 1);
		}
		const last = bytes.lastIndexOf(LF);
		for (let at = from; at <= last; ) {
			const newline = at + PIECE < last ? bytes.lastIndexOf(LF, at + PIECE) : last;
			const limit = newline >= at ? newline : bytes.indexOf(LF, at);
			this.wholeLines(bytes, at, limit);
			at = limit + 1;
		}
		const rest = Math.max(from, last + 1);
		if (rest < bytes.length) this.pieces.push(bytes.slice(rest));
	}

	/** The lines of `bytes[from, limit]`, a newline at `limit`. */
	private wholeLines(bytes: Uint8Array, from: number, limit: number): void {
		const fast = limit - from <= PIECE;
		let at = from;
		while (at <= limit) {
			const next = fast ? this.shredder.line(bytes, at, limit, this.line, this.offset) : -1;
			if (next < 0) {
				const newline = bytes.indexOf(LF, at);
				this.general(bytes, at, newline, true);
				at = newline + 1;
				continue;
			}
			this.lines.count(this.shredder.seen);
			this.nextLine(next - at);
			at = next;
		}
	}

	/** One line, whatever it holds; `to` is where its newline stands, or where the file ends. */
	private general(bytes: Uint8Array, from: number, to: number, terminated: boolean): void {
		const end = terminated && to > from && bytes[to - 1] === CR ? to - 1 : to;
		const invalid = invalidUtf8At(bytes, from, end);
		const line = { bytes, start: from, end, number: this.line, byteOffset: this.offset, invalidAt: invalid < 0 ? -1 : this.offset + invalid - from, encoding: "utf-8" as const, terminated };
		if (terminated) this.nextLine(to - from + 1);
		const { changes } = this.root.widening;
		if (!this.lines.take(line)) return;
		if (this.root.widening.changes !== changes) this.widened();
		this.shredder.row(this.lines.tape, 0, line.number, line.byteOffset);
	}

	/** The line under way takes so many bytes, its newline included. */
	private nextLine(bytes: number): void {
		this.line++;
		this.offset += bytes;
		if ((this.line - 1) % LINES_PER_START === 0) this.lineStarts.push(this.offset);
	}

	private widened(): void {
		if (!this.shredder.differs()) {
			this.shredder.refresh();
			return;
		}
		this.stale = true;
		this.shredder = this.newShredder();
	}
}
