import { type Batch, BatchBuilder, DOUBLE, emptyAccount, type Field, INT64, type Parser, type ParserEnd, type Reject, TEXT } from "@/lib/model";
import { rejectInvalid } from "./reject";
import { TEXT_LINES_FIELDS } from "./text";
import { isBlank, type Line, LineSplitter, lineText } from "./text/lines";
import { sideOfPath, sidesAmong } from "./trace/sides";
import { type NameOf, TraceStore } from "./trace/store";

export const TRACE_FIELDS: Field[] = [
	{ name: "side", type: TEXT },
	{ name: "position", type: INT64 },
	{ name: "key", type: TEXT },
	{ name: "ordinal", type: TEXT },
	{ name: "occurrence", type: INT64 },
	{ name: "numbers", type: { kind: "list", of: DOUBLE } },
	{ name: "text", type: TEXT },
	{ name: "source", type: TEXT },
	{ name: "line", type: INT64 },
	{ name: "byte_offset", type: INT64 },
];

const ROWS = 50_000;

/** A file beyond this many bytes is not kept: its sides are taken from so much of it. */
const STREAM_FROM = 4 * 1024 * 1024;

/**
 * A trace log: its lines `TRACE_<SIDE>: key value…` become rows of `trace_values`, in their order. Every other line is a row of
 * `text_lines`, so that a search finds it; a line is never in both tables, because `trace_values` has its text.
 *
 * Sides are those of the whole file. From `streamFrom` bytes on rows are put out, `rows` or more at a time, with the sides so far, and where the end shows others, it asks
 * for the file once more.
 */
export function traceLog(path: string, streamFrom = STREAM_FROM, rows = ROWS): Parser {
	return new TraceLog(path, streamFrom, rows, null);
}

type Sides = ReturnType<typeof sidesAmong>;

class TraceLog implements Parser {
	private readonly lines: LineSplitter;
	private readonly account = emptyAccount();
	private readonly rejects: Reject[] = [];
	private readonly store = new TraceStore();
	private readonly others: BatchBuilder;
	private otherBatches: Batch[] = [];
	private bytes = 0;
	/** what was put out has other sides than the whole file says */
	private stale = false;
	/** heads when their names were looked at last */
	private looked = 0;

	/** those that rows are put out with; null until they are known */
	private sides: Sides | null;

	/** `told` are the sides of the whole file, where it was read before. */
	constructor(
		private readonly path: string,
		private readonly streamFrom: number,
		private readonly rows: number,
		private readonly told: Sides | null,
	) {
		this.sides = told;
		this.others = new BatchBuilder("text_lines", TEXT_LINES_FIELDS);
		this.lines = new LineSplitter((line) => this.take(line));
	}

	push(bytes: Uint8Array): Batch[] {
		this.lines.push(bytes);
		this.bytes += bytes.length;
		if (this.sides === null && this.bytes >= this.streamFrom && this.store.size > 0) this.sides = this.sidesSoFar();
		const full = this.otherBatches;
		this.otherBatches = [];
		return this.sides === null || (this.store.size < this.rows && !this.stale) ? full : [...full, ...this.drain()];
	}

	end(): ParserEnd {
		this.lines.end();
		const sides = this.sidesSoFar();
		const { rejects, account } = this;
		if (this.sides !== null && (this.stale || this.store.differs(this.nameBy(sides)))) {
			return { batches: [], rejects: [], account, notes: [], restart: new TraceLog(this.path, this.streamFrom, this.rows, sides) };
		}
		if (this.others.numRows > 0) this.otherBatches.push(this.others.finish());
		return { batches: [...this.store.drain(TRACE_FIELDS, this.path, this.nameBy(sides)), ...this.otherBatches], rejects, account, notes: [] };
	}

	private take(line: Line): void {
		this.account.lines++;
		if (line.invalidAt >= 0) {
			this.account.rejects++;
			this.rejects.push(rejectInvalid(line));
			return;
		}
		if (this.store.takeBytes(line)) {
			this.account.records++;
			return;
		}
		if (isBlank(line)) {
			this.account.blanks++;
			return;
		}
		const text = lineText(line);
		if (!text.includes("TRACE") || !this.store.takeText(text, line.number, line.byteOffset)) {
			this.account.other++;
			this.others.add({ text, source: this.path, line: line.number, byte_offset: line.byteOffset });
			if (this.others.numRows >= ROWS) this.otherBatches.push(this.others.finish());
			return;
		}
		this.account.records++;
	}

	/** The rows so far, unless those before were wrong: a tag that is new may be of a side that nobody knew. */
	private drain(): Batch[] {
		if (this.told === null && this.looked < this.store.headCount) {
			this.looked = this.store.headCount;
			this.sides = this.sidesSoFar();
			this.stale ||= this.store.differs(this.nameBy(this.sides));
		}
		if (!this.stale && this.sides !== null) return this.store.drain(TRACE_FIELDS, this.path, this.nameBy(this.sides));
		this.store.clear();
		return [];
	}

	private sidesSoFar(): Sides {
		return sidesAmong(this.store.words());
	}

	private nameBy({ sides, main }: Sides): NameOf {
		const fileSide = main ?? sideOfPath(this.path);
		return (tag, key) => {
			const own = tag[0] !== undefined && sides.has(tag[0]);
			const row = (own ? tag.slice(1) : tag).join("_");
			const name = [row, key].filter((part) => part !== "").join(".");
			return { side: own ? tag[0]!.toLowerCase() : fileSide, key: name === "" ? "TRACE" : name };
		};
	}
}

export interface TraceRow {
	side: string | null;
	key: string;
	ordinal: string | null;
	numbers: number[] | null;
	/** null where JSON says null */
	text: string | null;
	line: number;
	byteOffset: number | null;
}

/** Rows of `trace_values` of one file; counts positions and occurrences. */
export class TraceRows {
	private readonly builder = new BatchBuilder("trace_values", TRACE_FIELDS);
	private readonly done: Batch[] = [];
	private readonly seen = new Map<string, number>();
	private position = 0;

	constructor(private readonly path: string) {}

	add(row: TraceRow): void {
		const id = `${row.side ?? ""}\0${row.key}\0${row.ordinal ?? ""}`;
		const occurrence = this.seen.get(id) ?? 0;
		this.seen.set(id, occurrence + 1);
		this.builder.add({ side: row.side, position: this.position++, key: row.key, ordinal: row.ordinal, occurrence, numbers: row.numbers, text: row.text, source: this.path, line: row.line, byte_offset: row.byteOffset });
		if (this.builder.numRows >= ROWS) this.done.push(this.builder.finish());
	}

	finish(): Batch[] {
		if (this.builder.numRows > 0) this.done.push(this.builder.finish());
		return this.done;
	}
}
