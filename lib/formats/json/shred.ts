import { type Batch, BatchBuilder, type ColumnBuilder, type Field, INT64, TEXT, TEXT_LIST } from "@/lib/model";
import { OWN_COLUMNS } from "../names";
import { doubleOf, integerOf } from "../numbers";
import { timeOfBytes } from "../times";
import { FastRows, type Guard } from "./fast-row";
import { holdsJson, type Member, membersOf, type Plan, samePlans } from "./plan";
import { type Shape, TOO_MUCH } from "./schema";
import { stringBytes, stringOf } from "./strings";
import { NULL, NUMBER, OBJECT, STRING, type Tape, TRUE } from "./tape";
import { escapePointer, JsonValues } from "./values";

const ROWS = 50_000;
const BYTES = 16 * 1024 * 1024;
/** The columns' own bytes are added up each time the rows may have brought so many. */
const CHECK_EVERY = 1024 * 1024;

export interface ShredderOptions {
	table: string;
	/** path of the source */
	source: string;
	/** the merged shape of all records */
	root: Shape;
	/** moves values between fields after a record was opened (for formats with other names of a field) */
	arrange?: (tape: Tape, token: number, root: Shape) => void;
	/** writes a map column; by default from an object of numbers */
	appendMap?: (builder: ColumnBuilder, tape: Tape, token: number) => void;
	/** the records lack most of many columns: each becomes one JSON text */
	sparse?: boolean;
	/** reads usual lines straight from their bytes (`line`): null, or what each record must begin with */
	fast?: { guard: Guard | null };
	/** collects facts worth telling */
	notes: string[];
}

/**
 * Writes records as columns: the record's own in order of first appearance, then `source`, `line`, `byte_offset` and
 * `absent` (the fields that this record lacks, those of structs dotted; NULL when it lacks none). Batches close
 * at 50,000 rows or about 16 MB, of the source or of the text in the columns.
 */
export class Shredder {
	/** rows written so far */
	rows = 0;
	private readonly options: ShredderOptions;
	private readonly members: Member[];
	private readonly whole: boolean;
	private readonly builder: BatchBuilder;
	private readonly values: JsonValues;
	private fast: FastRows | null = null;
	private done: Batch[] = [];
	private readonly source: Uint8Array;
	private pendingBytes = 0;
	private uncheckedBytes = 0;

	constructor(options: ShredderOptions) {
		this.options = options;
		this.source = new TextEncoder().encode(options.source);
		const { whole, members } = columnsOf(options.root, options.sparse === true, options.notes);
		this.whole = whole;
		this.members = members;
		const fields: Field[] = this.members.map(({ name, plan }) => ({ name, type: plan.type }));
		fields.push({ name: "source", type: TEXT }, { name: "line", type: INT64 }, { name: "byte_offset", type: INT64 }, { name: "absent", type: TEXT_LIST });
		this.builder = new BatchBuilder(options.table, fields);
		this.values = new JsonValues(options.source);
		this.refresh();
	}

	/** Takes note that the shape has widened in a way that `differs` in no column. */
	refresh(): void {
		const { fast, root } = this.options;
		this.fast = fast && !this.whole ? new FastRows(root, this.members, fast.guard) : null;
	}

	/**
	 * Writes the line at `at` if it looks as the columns expect, and returns the offset of the next line; else -1, and nothing
	 * has happened. A newline must stand at `limit`.
	 */
	line(bytes: Uint8Array, at: number, limit: number, line: number, byteOffset: number): number {
		const { fast, builder } = this;
		if (fast === null) return -1;
		const next = fast.read(builder, bytes, at, limit);
		if (next < 0) return -1;
		const own = this.members.length;
		const names = builder.column(own + 3);
		const held = names.textBytes;
		if (fast.absent(names.child(0))) names.closeList();
		else names.appendNull();
		fast.eachJson((field, tape) => this.values.add(field, "", tape, 0, line));
		this.endRow(line, byteOffset, next - at, names.textBytes - held);
		return next;
	}

	/** Different keys of the line that was written last. */
	get seen(): number {
		return this.fast?.seen ?? 0;
	}

	/** Whether another shredder of these options would write other columns. Collects the notes that it would make. */
	differs(notes: string[] = []): boolean {
		const { whole, members } = columnsOf(this.options.root, this.options.sparse === true, notes);
		return whole !== this.whole || !samePlans(members, this.members);
	}

	/** Writes one record. A record that is no object is the field `value`. */
	row(tape: Tape, token: number, line: number | null, byteOffset: number): void {
		const { root } = this.options;
		const absent: string[] = [];
		if (!this.whole) openRecord(root, tape, token, this.options.arrange, false);
		for (let i = 0; i < this.members.length; i++) {
			const { at, name, plan } = this.members[i]!;
			const value = this.whole ? token : root.slot(at);
			const column = this.builder.column(i);
			if (value < 0) {
				column.appendNull();
				absent.push(name);
				continue;
			}
			this.append(column, plan, tape, value, { field: name, path: "", line, absent, dotted: name });
		}
		this.builder.column(this.members.length + 3).append(absent.length === 0 ? null : absent);
		this.endRow(line, byteOffset, tape.end(token) - tape.start(token), absent.reduce((sum, name) => sum + name.length, 0));
	}

	/** The batches that are full. */
	take(): Batch[] {
		const full = [...this.done, ...this.values.take()];
		this.done = [];
		return full;
	}

	/** All batches that are left, `json_values` last. */
	finish(notes = this.options.notes): Batch[] {
		if (this.builder.numRows > 0) this.close();
		const values = this.values.finish();
		if (this.values.cut > 0) notes.push(`json_values leaves out what nests deeper than 1,000 levels in ${this.values.cut} value${this.values.cut === 1 ? "" : "s"}; the columns hold it whole`);
		return [...this.done, ...values];
	}

	/** The columns after the record's own but `absent`, and the end of the row, which took `size` bytes of the source. */
	private endRow(line: number | null, byteOffset: number, size: number, absentBytes: number): void {
		const own = this.members.length;
		this.builder.column(own).appendUtf8(this.source, 0, this.source.length);
		this.builder.column(own + 1).append(line);
		this.builder.column(own + 2).append(byteOffset);
		this.builder.endRow();
		this.rows++;
		this.pendingBytes += size;
		this.uncheckedBytes += size + this.source.length + absentBytes;
		if (this.builder.numRows >= ROWS || this.pendingBytes >= BYTES || this.holdsTooMuch()) this.close();
	}

	private close(): void {
		this.done.push(this.builder.finish());
		this.pendingBytes = 0;
		this.uncheckedBytes = 0;
	}

	private holdsTooMuch(): boolean {
		if (this.uncheckedBytes < CHECK_EVERY) return false;
		this.uncheckedBytes = 0;
		return this.builder.columns.reduce((sum, column) => sum + column.textBytes, 0) >= BYTES;
	}

	private append(column: ColumnBuilder, plan: Plan, tape: Tape, token: number, place: Place): void {
		if (tape.kind(token) === NULL) {
			column.appendNull();
			return;
		}
		const start = tape.start(token);
		const end = tape.end(token);
		switch (plan.kind) {
			case "text":
				appendText(column, tape, token);
				return;
			case "json":
				column.appendUtf8(tape.bytes, start, end);
				this.values.add(place.field, place.path, tape, token, place.line);
				return;
			case "int64":
				column.append(integerOf(tape.bytes, start, end));
				return;
			case "double":
				column.append(doubleOf(tape.bytes, start, end));
				return;
			case "boolean":
				column.append(tape.kind(token) === TRUE);
				return;
			case "time":
				column.append(timeOfBytes(tape.bytes, start + 1, end - 1));
				return;
			case "map":
				(this.options.appendMap ?? appendNumbers)(column, tape, token);
				return;
			case "list": {
				const child = column.child(0);
				let index = 0;
				// Fields that an element lacks are not listed: `absent` is about the record.
				for (let item = token + 1; item < tape.next(token); item = tape.next(item)) {
					const path = plan.hasJson ? `${place.path}/${index++}` : place.path;
					this.append(child, plan.of, tape, item, { ...place, path, absent: null });
				}
				column.closeList();
				return;
			}
			case "struct":
				this.appendStruct(column, plan, tape, token, place);
		}
	}

	private appendStruct(column: ColumnBuilder, plan: Plan & { kind: "struct" }, tape: Tape, token: number, place: Place): void {
		const { shape, members } = plan;
		shape.open(tape, token, false);
		// A struct cannot hold itself, so its slots stay as they are while its fields are written.
		members.forEach((member, i) => {
			const value = shape.slot(member.at);
			const dotted = place.absent === null ? "" : `${place.dotted}.${member.name}`;
			if (value < 0) {
				column.child(i).appendNull();
				place.absent?.push(dotted);
				return;
			}
			const path = holdsJson(member.plan) ? `${place.path}/${escapePointer(member.key)}` : place.path;
			this.append(column.child(i), member.plan, tape, value, { ...place, path, dotted });
		});
		column.closeStruct();
	}
}

/** Where a value stands: its column, the pointer inside it, and what collects missing fields (null inside lists). */
interface Place {
	field: string;
	path: string;
	line: number | null;
	absent: string[] | null;
	dotted: string;
}

/**
 * The columns of a file's records. `whole` says that every record is one JSON text, `value`, because there are too many
 * keys or (`sparse`) too few of them in each record.
 */
function columnsOf(root: Shape, sparse: boolean, notes: string[]): { whole: boolean; members: Member[] } {
	const tooMany = (root.flags & TOO_MUCH) !== 0;
	if (!tooMany && !sparse) return { whole: false, members: membersOf(root, OWN_COLUMNS, "", notes) };
	notes.push(`every record is kept as one JSON text, because ${tooMany ? "the file has too many different keys" : "most records lack most of the file's many keys"} (see json_values)`);
	return { whole: true, members: [{ at: -1, key: "value", name: "value", plan: { kind: "json", type: TEXT } }] };
}

/**
 * Takes a record apart into the root's slots. False when it has more keys than a table may have. `counts` as in
 * `Shape.open`.
 */
export function openRecord(root: Shape, tape: Tape, token: number, arrange?: ShredderOptions["arrange"], counts = true): boolean {
	if (tape.kind(token) !== OBJECT) {
		root.fresh();
		root.put(root.field("value"), token);
		return true;
	}
	const fits = root.open(tape, token, counts);
	if (fits) arrange?.(tape, token, root);
	return fits;
}

function appendText(column: ColumnBuilder, tape: Tape, token: number): void {
	if (tape.kind(token) !== STRING) {
		column.appendUtf8(tape.bytes, tape.start(token), tape.end(token));
		return;
	}
	const { bytes, start, end } = stringBytes(tape, token);
	column.appendUtf8(bytes, start, end);
}

/** Writes an object of numbers as a map; a repeated key keeps its last value. */
export function appendNumbers(column: ColumnBuilder, tape: Tape, token: number): void {
	const numbers = new Map<string, number | null>();
	for (let key = token + 1; key < tape.next(token); key = tape.next(key + 1)) numbers.set(stringOf(tape, key), numberAt(tape, key + 1));
	writeNumbers(column, numbers);
}

export function writeNumbers(column: ColumnBuilder, numbers: ReadonlyMap<string, number | null>): void {
	for (const [key, value] of numbers) {
		column.child(0).append(key);
		column.child(1).append(value);
	}
	column.closeList();
}

export function numberAt(tape: Tape, token: number): number | null {
	return tape.kind(token) === NUMBER ? doubleOf(tape.bytes, tape.start(token), tape.end(token)) : null;
}
