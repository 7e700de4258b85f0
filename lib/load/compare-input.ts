import { type Batch, type Column, readValue } from "@/lib/model";
import type { CheckpointRecord } from "@/lib/parity/checkpoints";
import { TracePart } from "./compare-trace-part";

/** Values of checkpoint logs that are held for the comparison, of all files together, in bytes. */
const MAX_HELD = 256 * 1024 * 1024;

/** Values of traces that are held, of all files together: about 100 bytes each. */
export const MAX_TRACE_ROWS = 6_000_000;

/** names of a tolerance on the largest absolute difference */
const ABSOLUTE = new Set(["tolerance_abs", "abs_tolerance", "atol", "max_abs_tolerance", "tolerance_max_abs"]);

export interface CheckpointFile {
	path: string;
	records: CheckpointRecord[];
	/** the first time that a record says, nanoseconds UTC */
	ts: bigint | null;
	/** more values than are held, so none of them is */
	isCut: boolean;
}

export interface TensorFile {
	path: string;
	dtype: string;
	shape: number[];
	fortranOrder: boolean;
	elements: number;
}

/** What a JSON document says of traces: the paths that it names, and a tolerance. */
export interface TraceMention {
	/** the document */
	path: string;
	named: string[];
	toleranceRel: number | null;
}

/** A tolerance on the largest absolute difference that a document states. */
export interface StatedTolerance {
	/** the document */
	path: string;
	value: number;
}

/** Holds what comparisons need of the raw files, by file, until all of them were read. Numbers are copied; batches go back to their parsers. */
export class RawInputs {
	readonly checkpoints = new Map<string, CheckpointFile>();
	readonly traces = new Map<string, TracePart[]>();
	readonly tensors = new Map<string, TensorFile>();
	readonly mentions: TraceMention[] = [];
	readonly tolerances: StatedTolerance[] = [];
	/** traces of which only the beginning is held, because all traces together are too many values */
	readonly cutTraces = new Set<string>();
	private held = 0;
	private traceRows = 0;

	constructor(private readonly maxTraceRows = MAX_TRACE_ROWS) {}

	private readonly words = new Map<string, string>();

	take(path: string, batch: Batch): void {
		if (batch.table === "checkpoints") this.takeCheckpoints(path, batch);
		else if (batch.table === "trace_values") this.takeTrace(path, batch);
		else if (batch.table === "tensors") this.takeTensor(path, batch);
		else if (batch.table === "json" && batch.numRows === 1) this.takeDocument(path, batch);
	}

	/** Takes back what a file gave, because it is read once more or could not be read. */
	forget(path: string): void {
		for (const record of this.checkpoints.get(path)?.records ?? []) this.held -= record.values.byteLength;
		for (const part of this.traces.get(path) ?? []) this.traceRows -= part.rows;
		this.checkpoints.delete(path);
		this.traces.delete(path);
		this.cutTraces.delete(path);
		this.tensors.delete(path);
	}

	private takeCheckpoints(path: string, batch: Batch): void {
		const column = columnsOf(batch);
		const [checkpoint, producer, token, dtype, shape, values, ts, line] = ["checkpoint", "producer", "token_idx", "dtype", "shape", "values", "ts", "line"].map(column);
		const file = this.checkpoints.get(path) ?? { path, records: [], ts: null, isCut: false };
		this.checkpoints.set(path, file);
		for (let row = 0; row < batch.numRows && !file.isCut; row++) {
			const textOf = (from: Column | undefined) => {
				const value = from === undefined ? null : readValue(from, row);
				return value === null || value === undefined ? null : this.word(String(value));
			};
			const list = numbersAt(values, row);
			this.held += list.values.byteLength;
			const sizes = shape === undefined ? null : readValue(shape, row);
			const tokenIdx = token === undefined ? null : readValue(token, row);
			const at = ts === undefined ? null : readValue(ts, row);
			if (typeof at === "bigint") file.ts ??= at;
			file.records.push({
				checkpoint: textOf(checkpoint) ?? "",
				producer: textOf(producer),
				tokenIdx: tokenIdx === null || tokenIdx === undefined ? null : Number(tokenIdx),
				dtype: textOf(dtype),
				shape: Array.isArray(sizes) ? sizes.map(Number) : null,
				...list,
				line: line === undefined ? 0 : Number(readValue(line, row)),
			});
			if (this.held > MAX_HELD) this.cut(file);
		}
	}

	/** Gives the memory of a file's values back; that it is there, and whose it is, stays known. */
	private cut(file: CheckpointFile): void {
		for (const record of file.records) this.held -= record.values.byteLength;
		const producers = new Map(file.records.map((record) => [record.producer, record]));
		file.records = [...producers.values()].map((record) => ({ ...record, values: new Float64Array(0), nulls: null }));
		file.isCut = true;
	}

	private takeTrace(path: string, batch: Batch): void {
		this.traceRows += batch.numRows;
		// The first part stays, so that its side is known.
		if (this.traceRows > this.maxTraceRows && this.traces.has(path)) this.cutTraces.add(path);
		if (this.cutTraces.has(path)) {
			this.traceRows -= batch.numRows;
			return;
		}
		const part = TracePart.of(batch, (word) => this.word(word));
		const parts = this.traces.get(path);
		if (parts) parts.push(part);
		else this.traces.set(path, [part]);
	}

	private takeTensor(path: string, batch: Batch): void {
		const column = columnsOf(batch);
		const value = (name: string) => readValue(column(name)!, 0);
		this.tensors.set(path, { path, dtype: String(value("dtype")), shape: (value("shape") as readonly bigint[]).map(Number), fortranOrder: value("fortran_order") === true, elements: Number(value("elements")) });
	}

	/** A document names a trace in a field that says so (`c_trace`, `inputs.py_log`). */
	private takeDocument(path: string, batch: Batch): void {
		const named: string[] = [];
		let toleranceRel: number | null = null;
		const visit = (name: string, column: Column, depth: number) => {
			const number = column.type.kind === "double" || column.type.kind === "int64" ? readValue(column, 0) : null;
			if (number !== null && number !== undefined) {
				if (name === "tolerance_rel") toleranceRel = Number(number);
				else if (ABSOLUTE.has(name)) this.tolerances.push({ path, value: Number(number) });
			} else if (column.type.kind === "text" && /trace|log/i.test(name)) {
				const text = readValue(column, 0);
				if (typeof text === "string" && text.length < 4096 && !/\s/.test(text) && /\.\w+$/.test(text)) named.push(text);
			} else if (column.type.kind === "struct" && depth === 0) {
				column.type.fields.forEach((field, i) => {
					visit(field.name, column.children[i]!, 1);
				});
			}
		};
		batch.fields.forEach((field, i) => {
			visit(field.name, batch.columns[i]!, 0);
		});
		if (named.length > 1) this.mentions.push({ path, named, toleranceRel });
	}

	/** One string for equal ones. */
	private word(text: string): string {
		const known = this.words.get(text);
		if (known !== undefined) return known;
		this.words.set(text, text);
		return text;
	}
}

function columnsOf(batch: Batch): (name: string) => Column | undefined {
	return (name) => batch.columns[batch.fields.findIndex((field) => field.name === name)];
}

/** A copy of a list's numbers; a null among them is marked. */
function numbersAt(column: Column | undefined, row: number): { values: Float64Array; nulls: Uint8Array | null } {
	const list = column === undefined ? null : column.children[0]!.type.kind === "double" ? column : null;
	if (list === null || readsNull(list, row)) return { values: new Float64Array(0), nulls: null };
	const [from, to] = [list.offsets![row]!, list.offsets![row + 1]!];
	const child = list.children[0]!;
	const values = (child.values as Float64Array).slice(from, to);
	if (child.validity === null) return { values, nulls: null };
	const nulls = Uint8Array.from(values, (_, i) => (readsNull(child, from + i) ? 1 : 0));
	return { values, nulls: nulls.includes(1) ? nulls : null };
}

function readsNull({ validity }: Column, row: number): boolean {
	return validity !== null && !((validity[row >> 3] ?? 0) & (1 << (row & 7)));
}
