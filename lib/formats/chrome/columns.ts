import { type Batch, BatchBuilder, type ColumnBuilder, type ColumnType, DOUBLE, type Field, INT64, TEXT, TEXT_LIST } from "@/lib/model";
import { membersIn } from "../json/members";
import { type Plan, planOf } from "../json/plan";
import { Shape } from "../json/schema";
import { numberOf, sourceOf, stringBytes, stringOf } from "../json/strings";
import { ARRAY, NULL, OBJECT, STRING, type Tape, TRUE } from "../json/tape";
import { columnNames, OWN_COLUMNS } from "../names";
import { timeOf } from "../times";

const ROWS = 50_000;
const BYTES = 16 * 1024 * 1024;
/** Events of more different keys keep the rest as one JSON text. */
const MAX_KEYS = 200;
const REST = "more";

type Kind = "text" | "number" | "integer";
const KNOWN: readonly (readonly [name: string, kind: Kind])[] = [
	["name", "text"],
	["cat", "text"],
	["ph", "text"],
	["ts", "number"],
	["dur", "number"],
	["pid", "integer"],
	["tid", "integer"],
];

interface EventColumn {
	key: string;
	name: string;
	plan: Plan["kind"];
	type: ColumnType;
}

/**
 * Columns of trace events, in two passes: `see` each event, then `add` each. An object or list, such as `args`, is its JSON text:
 * its keys differ from event to event, so a column of its own for each would be mostly gaps.
 */
export class EventColumns {
	readonly notes: string[] = [];
	private readonly shapes = new Map<string, Shape>(KNOWN.map(([name]) => [name, new Shape()]));
	private readonly done: Batch[] = [];
	private columns: EventColumn[] | null = null;
	private byKey = new Map<string, number>();
	private builder: BatchBuilder | null = null;
	private overflow = false;
	private held = 0;

	constructor(private readonly path: string) {}

	/** First pass: widens the columns by an event (an object on the tape). */
	see(tape: Tape): void {
		for (const [key, value] of membersIn(tape, 0)) {
			const name = stringOf(tape, key);
			let shape = this.shapes.get(name);
			if (!shape) {
				if (this.shapes.size >= MAX_KEYS) {
					this.overflow = true;
					continue;
				}
				shape = new Shape();
				this.shapes.set(name, shape);
			}
			const kind = tape.kind(value);
			if (kind === OBJECT || kind === ARRAY) shape.declared = "json";
			shape.merge(tape, value);
		}
	}

	/** Second pass: writes an event. */
	add(tape: Tape, line: number, byteOffset: number): void {
		this.columns ??= this.plan();
		this.builder ??= new BatchBuilder("trace_events", this.fields());
		const { columns, builder } = this;
		const values = new Int32Array(columns.length).fill(-1);
		let rest = "";
		for (const [key, value] of membersIn(tape, 0)) {
			const at = this.byKey.get(stringOf(tape, key));
			if (at !== undefined) values[at] = value;
			else rest += `${rest === "" ? "{" : ","}${sourceOf(tape, key)}:${sourceOf(tape, value)}`;
		}
		const absent: string[] = [];
		for (let i = 0; i < columns.length; i++) {
			const value = values[i]!;
			if (value < 0) {
				builder.column(i).appendNull();
				if (i < KNOWN.length) absent.push(columns[i]!.name);
			} else append(builder.column(i), columns[i]!, tape, value);
		}
		let at = columns.length;
		if (this.overflow) builder.column(at++).append(rest === "" ? null : `${rest}}`);
		builder.column(at).append(this.path);
		builder.column(at + 1).append(line);
		builder.column(at + 2).append(byteOffset);
		builder.column(at + 3).append(absent.length === 0 ? null : absent);
		builder.endRow();
		this.held += tape.end(0) - tape.start(0);
		if (builder.numRows >= ROWS || this.held >= BYTES) this.close();
	}

	finish(): Batch[] {
		if (this.builder !== null && this.builder.numRows > 0) this.close();
		return this.done;
	}

	private close(): void {
		this.done.push(this.builder!.finish());
		this.builder = null;
		this.held = 0;
	}

	private plan(): EventColumn[] {
		const keys = [...this.shapes.keys()];
		const { names, notes } = columnNames(keys, this.overflow ? [...OWN_COLUMNS, REST] : OWN_COLUMNS);
		this.notes.push(...notes);
		if (this.overflow) this.notes.push(`the events have more than ${MAX_KEYS} different keys; those beyond are JSON text in the column "${REST}"`);
		this.byKey = new Map(keys.map((key, i) => [key, i]));
		return keys.map((key, i) => {
			const known = i < KNOWN.length ? KNOWN[i]![1] : null;
			const inferred = planOf(this.shapes.get(key)!, names[i]!, this.notes);
			return { key, name: names[i]!, ...columnOf(known, this.shapes.get(key)!, inferred, names[i]!, this.notes) };
		});
	}

	private fields(): Field[] {
		const own = this.columns!.map(({ name, type }) => ({ name, type }));
		if (this.overflow) own.push({ name: REST, type: TEXT });
		return [...own, { name: "source", type: TEXT }, { name: "line", type: INT64 }, { name: "byte_offset", type: INT64 }, { name: "absent", type: TEXT_LIST }];
	}
}

/** A known column keeps its type where the file's values allow; writers put names where the format has numbers (`"tid": "stream 7"`). */
function columnOf(known: Kind | null, shape: Shape, inferred: Plan, name: string, notes: string[]): { plan: Plan["kind"]; type: ColumnType } {
	const empty = shape.flags === 0;
	if (known === "number" && (empty || inferred.kind === "int64" || inferred.kind === "double")) return { plan: "double", type: DOUBLE };
	if (known === "integer" && (empty || inferred.kind === "int64")) return { plan: "int64", type: INT64 };
	if (known === "text" || known === null) return known === "text" && inferred.kind !== "json" ? { plan: "text", type: TEXT } : { plan: inferred.kind, type: inferred.type };
	if (inferred.kind !== "text") return { plan: inferred.kind, type: inferred.type };
	notes.push(`"${name}" is text in this file, because some events do not have a number there that fits`);
	return { plan: "text", type: TEXT };
}

function append(column: ColumnBuilder, { plan }: EventColumn, tape: Tape, token: number): void {
	if (tape.kind(token) === NULL) {
		column.appendNull();
		return;
	}
	switch (plan) {
		case "int64":
			column.append(BigInt(sourceOf(tape, token)));
			return;
		case "double":
			column.append(numberOf(tape, token));
			return;
		case "boolean":
			column.append(tape.kind(token) === TRUE);
			return;
		case "time":
			column.append(timeOf(stringOf(tape, token)));
			return;
		case "text":
			if (tape.kind(token) === STRING) {
				const { bytes, start, end } = stringBytes(tape, token);
				column.appendUtf8(bytes, start, end);
				return;
			}
			column.appendUtf8(tape.bytes, tape.start(token), tape.end(token));
			return;
		default:
			column.appendUtf8(tape.bytes, tape.start(token), tape.end(token));
	}
}
