import { type ColumnBuilder, emptyAccount, type Reject } from "@/lib/model";
import { rejectInvalid, rejectLine } from "../reject";
import { isBlank, type Line, placeInFile } from "../text/lines";
import { isCutCharacter } from "../text/utf8";
import type { Guard } from "./fast-row";
import { repeatedKeys } from "./plan";
import { Filling, type Shape, TOO_MUCH } from "./schema";
import { openRecord } from "./shred";
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
	/**
	 * Set where `check` is null for every object whose promised fields are null, absent or of the promised type, and whose
	 * field so named begins so: then large files of the format are read the fast way. A format without `check` needs none.
	 */
	guard?: Guard;
	/** moves values between fields after a record was opened */
	arrange?: (tape: Tape, token: number, root: Shape) => void;
	appendMap?: (builder: ColumnBuilder, tape: Tape, token: number) => void;
}

/** Takes lines one by one: which are records, how their types widen, what became of the others. */
export class LogLines {
	readonly tape = new Tape();
	readonly filling = new Filling();
	readonly rejects: Reject[] = [];
	readonly account = emptyAccount();
	private readonly format: LogFormat;
	private readonly root: Shape;
	private readonly pendingNotes: string[] = [];
	private readonly lone = { lines: 0, first: 0 };

	constructor(format: LogFormat, root: Shape) {
		this.format = format;
		this.root = root;
	}

	/** Facts about the lines that a reader should know. */
	notes(): string[] {
		const { lone, root } = this;
		const notes = [...this.pendingNotes];
		const repeated = repeatedKeys(root);
		if (repeated > 0) notes.push(`${repeated} time${repeated === 1 ? "" : "s"} an object repeats a key; the last value counts`);
		if (lone.lines > 0) notes.push(`lone surrogates keep their escape as text in ${lone.lines} line${lone.lines === 1 ? "" : "s"}, first in line ${lone.first}`);
		return notes;
	}

	/** Whether the records lack most of many columns, though not too many, so that each is kept as one text. */
	get isSparse(): boolean {
		return this.format.declare === undefined && (this.root.flags & TOO_MUCH) === 0 && this.filling.isSparse(this.root);
	}

	/** Takes a line; true when it is a record, which then is on the tape and in the shape. */
	take(line: Line): boolean {
		const { account, tape, root } = this;
		account.lines++;
		if (isBlank(line)) {
			account.blanks++;
			return false;
		}
		const problem = line.invalidAt < 0 ? tape.parse(line.bytes, line.start, line.end) : null;
		if (line.invalidAt >= 0 || problem !== null) {
			if (!line.terminated && breaksOff(tape, line, problem)) {
				account.pending++;
				this.pendingNotes.push(`line ${line.number}, the last, has no newline and is not complete yet`);
				return false;
			}
			this.reject(problem === null ? rejectInvalid(line) : rejectLine(line, `not JSON: ${problem.describe((at) => `byte ${placeInFile(line, at)}`)}`));
			return false;
		}
		const reason = this.format.check?.(tape, root) ?? null;
		if (reason !== null) {
			this.reject(rejectLine(line, reason));
			return false;
		}
		if ((root.flags & TOO_MUCH) === 0 && openRecord(root, tape, 0, this.format.arrange)) {
			this.filling.count(root, tape.kind(0) === OBJECT);
			root.mergeSlots(tape, 0);
		}
		if (tape.loneSurrogates > 0 && this.lone.lines++ === 0) this.lone.first = line.number;
		account.records++;
		return true;
	}

	/** Counts a line that was read as a record without its help, with so many different keys. */
	count(keys: number): void {
		this.account.lines++;
		this.account.records++;
		this.filling.add(keys);
	}

	private reject(reject: Reject): void {
		this.account.rejects++;
		this.rejects.push(reject);
	}
}

/** Whether a line without newline may still become JSON: its text ends too early, or its last character does. */
function breaksOff(tape: Tape, line: Line, problem: JsonProblem | null): boolean {
	if (line.invalidAt < 0) return problem?.cut === true;
	const at = line.encoding === "utf-8" ? line.start + line.invalidAt - line.byteOffset : line.end - HALF;
	const half = line.encoding === "utf-8" ? isCutCharacter(line.bytes, at, line.end) : at >= line.start && placeInFile(line, at) <= line.invalidAt;
	return half && tape.parse(line.bytes, line.start, at)?.cut === true;
}
