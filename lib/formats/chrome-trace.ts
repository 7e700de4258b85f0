import { emptyAccount, joinBytes, type Parser, type ParserEnd, type Reject } from "@/lib/model";
import { EventColumns } from "./chrome/columns";
import { type Part, type Split, splitEvents } from "./chrome/split";
import { kindWord } from "./json/check";
import { LineIndex } from "./json/document";
import { excerptOf } from "./json/strings";
import { OBJECT, Tape } from "./json/tape";
import { rejectOf } from "./reject";
import { fileOffset, showBytes, type WholeText, wholeText } from "./text/utf8";

/** What a note shows of a member that is no event. */
const SHOWN = 40;

/**
 * Chrome trace events, `{"traceEvents": […]}` or the bare list, into the table `trace_events`. Events are read one by one, so a large
 * file costs its bytes and its rows. A list that is not closed is allowed by the format; what is broken is a reject, and the
 * events before it are kept.
 */
export function chromeTrace(path: string): Parser {
	const chunks: Uint8Array[] = [];
	return {
		push(bytes) {
			chunks.push(bytes);
			return [];
		},
		end: () => read(wholeText(joinBytes(chunks)), path),
	};
}

function read(text: WholeText, path: string): ParserEnd {
	const { bytes } = text;
	const lines = new LineIndex(bytes);
	const reader = new Reader(text, lines);
	if (text.invalidAt >= 0) {
		const account = { ...emptyAccount(), lines: lines.count, rejects: lines.count };
		return { batches: [], rejects: [rejectOf(null, text.invalidAt, `invalid ${text.encoding === "utf-8" ? "UTF-8" : "UTF-16"} at byte ${text.invalidAt}`, showBytes(bytes))], account, notes: [] };
	}
	const split = splitEvents(bytes);
	const columns = new EventColumns(path);
	const good = reader.check(split, columns);
	for (const part of good) {
		reader.tape.parse(bytes, part.start, part.end);
		columns.add(reader.tape, reader.lineOf(part.start), fileOffset(text, part.start));
	}
	const batches = columns.finish();
	const notes = [...columns.notes, ...reader.notes];
	const members = split.members.filter(({ value }) => !reader.broken.has(value.start));
	if (members.length > 0) notes.push(`beside its events the document holds ${members.map(({ key, value }) => `${showBytes(bytes, key.start + 1, key.end - 1)}: ${excerpt(bytes, value)}`).join(", ")}`);
	return { batches, rejects: reader.rejects, account: reader.account(good), notes };
}

class Reader {
	readonly tape = new Tape();
	readonly rejects: Reject[] = [];
	readonly notes: string[] = [];
	/** where parts start that are no JSON */
	readonly broken = new Set<number>();
	private readonly bad = new Set<number>();
	private cursor = { line: 1, at: 0 };

	constructor(
		private readonly text: WholeText,
		private readonly lines: LineIndex,
	) {}

	/** Parses each part once; returns the events that are good, which the columns have seen. */
	check(split: Split, columns: EventColumns): Part[] {
		const { bytes } = this.text;
		const good: Part[] = [];
		for (const part of split.events) {
			const problem = this.tape.parse(bytes, part.start, part.end);
			if (problem !== null) this.reject(part, `not JSON: ${problem.describe((at) => this.lines.place(at))}`);
			else if (this.tape.kind(0) !== OBJECT) this.reject(part, `the event in ${this.lines.place(part.start)} is ${kindWord(this.tape.kind(0))}, not an object (${excerptOf(this.tape, 0)})`);
			else {
				columns.see(this.tape);
				good.push(part);
			}
		}
		for (const { key, value } of split.members) {
			for (const part of [key, value]) {
				const problem = this.tape.parse(bytes, part.start, part.end);
				if (problem === null) continue;
				this.reject(part, `not JSON: ${problem.describe((at) => this.lines.place(at))}`);
				this.broken.add(value.start);
			}
		}
		const { fault } = split;
		// The format lets a program that is killed leave its list open.
		if (fault?.cut === true && fault.at >= bytes.length && split.listAt >= 0) this.notes.push("the document is not closed at its end, as a program that was stopped leaves it");
		else if (fault !== null) this.reject({ start: fault.at, end: bytes.length }, `not JSON: ${fault.reason} (${this.lines.place(Math.min(fault.at, bytes.length))})`);
		return good;
	}

	/** The line of an offset; offsets come in rising order. */
	lineOf(at: number): number {
		const { bytes } = this.text;
		let { line, at: from } = this.cursor;
		for (let next = bytes.indexOf(0x0a, from); next >= 0 && next < at; next = bytes.indexOf(0x0a, from)) {
			line++;
			from = next + 1;
		}
		this.cursor = { line, at: from };
		return line;
	}

	/** A line with something broken is a reject, else one with an event is a record. */
	account(good: readonly Part[]): ParserEnd["account"] {
		const account = { ...emptyAccount(), lines: this.lines.count };
		const covered = new Uint8Array(account.lines + 2);
		for (const { start, end } of good) covered.fill(1, this.lines.lineAt(start), this.lines.lineAt(end - 1) + 1);
		for (let line = 1; line <= account.lines; line++) {
			if (this.bad.has(line)) account.rejects++;
			else if (covered[line] === 1) account.records++;
			else if (this.lines.isBlank(line)) account.blanks++;
			else account.other++;
		}
		return account;
	}

	private reject(part: Part, reason: string): void {
		const first = Math.min(this.lines.lineAt(part.start), Math.max(1, this.lines.count));
		const last = this.lines.lineAt(Math.max(part.start, part.end - 1));
		for (let line = first; line <= last; line++) if (!this.lines.isBlank(line)) this.bad.add(line);
		this.rejects.push(rejectOf(first, fileOffset(this.text, part.start), reason, showBytes(this.text.bytes, part.start, part.end)));
	}
}

function excerpt(bytes: Uint8Array, { start, end }: Part): string {
	const text = showBytes(bytes, start, Math.min(end, start + SHOWN * 4)).replace(/\s+/g, " ");
	return text.length > SHOWN || start + SHOWN * 4 < end ? `${text.slice(0, SHOWN)}…` : text;
}
