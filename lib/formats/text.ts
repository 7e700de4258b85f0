import { type Batch, BatchBuilder, emptyAccount, type Field, INT64, type Parser, type ParserEnd, type Reject, TEXT } from "@/lib/model";
import { rejectInvalid } from "./reject";
import { isBlank, type Line, LineSplitter } from "./text/lines";

export const TEXT_LINES_FIELDS: Field[] = [
	{ name: "text", type: TEXT },
	{ name: "source", type: TEXT },
	{ name: "line", type: INT64 },
	{ name: "byte_offset", type: INT64 },
];

const ROWS = 50_000;
const BYTES = 16 * 1024 * 1024;

/** Plain text, a row a line that is not blank, into the table `text_lines`. Its batches come while bytes do. */
export function text(path: string): Parser {
	return new PlainText(path);
}

class PlainText implements Parser {
	private readonly builder = new BatchBuilder("text_lines", TEXT_LINES_FIELDS);
	private readonly account = emptyAccount();
	private readonly rejects: Reject[] = [];
	private readonly lines: LineSplitter;
	private readonly source: Uint8Array;
	private pendingBytes = 0;
	private ready: Batch[] = [];

	constructor(path: string) {
		this.source = new TextEncoder().encode(path);
		this.lines = new LineSplitter((line) => this.take(line));
	}

	push(bytes: Uint8Array): Batch[] {
		this.lines.push(bytes);
		const batches = this.ready;
		this.ready = [];
		return batches;
	}

	end(): ParserEnd {
		this.lines.end();
		if (this.builder.numRows > 0) this.ready.push(this.builder.finish());
		return { batches: this.ready, rejects: this.rejects, account: this.account, notes: [] };
	}

	private take(line: Line): void {
		this.account.lines++;
		if (line.invalidAt >= 0) {
			this.account.rejects++;
			this.rejects.push(rejectInvalid(line));
			return;
		}
		if (isBlank(line)) {
			this.account.blanks++;
			return;
		}
		this.account.records++;
		this.builder.column(0).appendUtf8(line.bytes, line.start, line.end);
		this.builder.column(1).appendUtf8(this.source, 0, this.source.length);
		this.builder.column(2).append(line.number);
		this.builder.column(3).append(line.byteOffset);
		this.builder.endRow();
		this.pendingBytes += line.end - line.start;
		if (this.builder.numRows < ROWS && this.pendingBytes < BYTES) return;
		this.ready.push(this.builder.finish());
		this.pendingBytes = 0;
	}
}
