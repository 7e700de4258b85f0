import { type Batch, type ColumnBuilder, emptyAccount, type Parser, type ParserEnd, type Reject } from "@/lib/model";
import { rejectInvalid, rejectLine } from "../reject";
import { isBlank, type Line, LineSplitter, placeInFile } from "../text/lines";
import { isCutCharacter } from "../text/utf8";
import { repeatedKeys } from "./plan";
import { Filling, MAX_COLUMNS, Shape, TOO_MUCH } from "./schema";
import { openRecord, Shredder } from "./shred";
import { type JsonProblem, OBJECT, Tape } from "./tape";

/** Bytes of U+FFFD, which half a character at the end of a UTF-16 file becomes. */
const HALF = 3;

/** What a log format adds to JSONL. */
export interface LogFormat {
	table: string;
	/** promises the format's own fields, in their order */
	declare?: (root: Shape) => void;
	/** why a line of JSON is no record of the format, or null */
	check?: (tape: Tape, root: Shape) => string | null;
	/** moves values between fields after a record was opened */
	arrange?: (tape: Tape, token: number, root: Shape) => void;
	appendMap?: (builder: ColumnBuilder, tape: Tape, token: number) => void;
}

/**
 * The parser of a JSONL log, in two passes: while bytes come it checks each line and widens the types; `end` writes the
 * records with the types that fit them all. So its batches come at the end, and it keeps the file's bytes until then.
 */
export function jsonLog(path: string, format: LogFormat): Parser {
	return new JsonLog(path, format);
}

class JsonLog implements Parser {
	private readonly path: string;
	private readonly format: LogFormat;
	private readonly root = new Shape(null, MAX_COLUMNS);
	private readonly filling = new Filling();
	private readonly tape = new Tape();
	private readonly lines: LineSplitter;
	private readonly records: Line[] = [];
	private readonly rejects: Reject[] = [];
	private readonly account = emptyAccount();
	private readonly notes: string[] = [];
	private readonly lone = { lines: 0, first: 0 };

	constructor(path: string, format: LogFormat) {
		this.path = path;
		this.format = format;
		format.declare?.(this.root);
		this.lines = new LineSplitter((line) => this.take(line));
	}

	push(bytes: Uint8Array): Batch[] {
		this.lines.push(bytes);
		return [];
	}

	end(): ParserEnd {
		this.lines.end();
		const { root, tape, notes, format } = this;
		const repeated = repeatedKeys(root);
		if (repeated > 0) notes.push(`${repeated} time${repeated === 1 ? "" : "s"} an object repeats a key; the last value counts`);
		if (this.lone.lines > 0) notes.push(`lone surrogates keep their escape as text in ${this.lone.lines} line${this.lone.lines === 1 ? "" : "s"}, first in line ${this.lone.first}`);
		if (this.records.length === 0) return { batches: [], rejects: this.rejects, account: this.account, notes };
		const sparse = format.declare === undefined && this.filling.isSparse(root);
		const shredder = new Shredder({ table: format.table, source: this.path, root, sparse, arrange: format.arrange, appendMap: format.appendMap, notes });
		for (const line of this.records) {
			tape.parse(line.bytes, line.start, line.end);
			shredder.row(tape, 0, line.number, line.byteOffset);
		}
		return { batches: shredder.finish(), rejects: this.rejects, account: this.account, notes };
	}

	private take(line: Line): void {
		const { account, tape, root } = this;
		account.lines++;
		if (isBlank(line)) {
			account.blanks++;
			return;
		}
		const problem = line.invalidAt < 0 ? tape.parse(line.bytes, line.start, line.end) : null;
		if (line.invalidAt >= 0 || problem !== null) {
			if (!line.terminated && breaksOff(tape, line, problem)) {
				account.pending++;
				this.notes.push(`line ${line.number}, the last, has no newline and is not complete yet`);
				return;
			}
			account.rejects++;
			this.rejects.push(problem === null ? rejectInvalid(line) : rejectLine(line, `not JSON: ${problem.describe((at) => `byte ${placeInFile(line, at)}`)}`));
			return;
		}
		const reason = this.format.check?.(tape, root) ?? null;
		if (reason !== null) {
			account.rejects++;
			this.rejects.push(rejectLine(line, reason));
			return;
		}
		if ((root.flags & TOO_MUCH) === 0 && openRecord(root, tape, 0, this.format.arrange)) {
			this.filling.count(root, tape.kind(0) === OBJECT);
			root.mergeSlots(tape, 0);
		}
		if (tape.loneSurrogates > 0 && this.lone.lines++ === 0) this.lone.first = line.number;
		account.records++;
		this.records.push(line);
	}
}

/** Whether a line without newline may still become JSON: its text ends too early, or its last character does. */
function breaksOff(tape: Tape, line: Line, problem: JsonProblem | null): boolean {
	if (line.invalidAt < 0) return problem?.cut === true;
	const at = line.encoding === "utf-8" ? line.start + line.invalidAt - line.byteOffset : line.end - HALF;
	const half = line.encoding === "utf-8" ? isCutCharacter(line.bytes, at, line.end) : at >= line.start && placeInFile(line, at) <= line.invalidAt;
	return half && tape.parse(line.bytes, line.start, at)?.cut === true;
}
