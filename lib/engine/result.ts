import type { Data, RecordBatch, Schema } from "apache-arrow";
import { cellText, describeType, readCell } from "./cells";
import type { Cell, QueryResult, ResultColumn } from "./engine";

/** Record batches as they arrive, read cell by cell. */
export class StreamedResult implements QueryResult {
	readonly columns: readonly ResultColumn[];
	readonly complete: Promise<void>;
	numRows = 0;
	done = false;
	truncated = false;
	elapsedMs = 0;
	/** memory of the rows that have arrived, in bytes */
	byteLength = 0;
	private readonly batches: { start: number; data: Data[] }[] = [];
	private readonly listeners = new Set<() => void>();
	private settle: { resolve: () => void; reject: (error: unknown) => void } = { resolve: () => {}, reject: () => {} };

	constructor(schema: Schema) {
		this.columns = schema.fields.map((field) => ({ name: field.name, ...describeType(field.type) }));
		this.complete = new Promise((resolve, reject) => {
			this.settle = { resolve, reject };
		});
		// Callers that only read what has arrived must not see an unhandled rejection.
		this.complete.catch(() => {});
	}

	push(batch: RecordBatch): void {
		if (batch.numRows === 0) return;
		const data = batch.data.children as Data[];
		this.batches.push({ start: this.numRows, data });
		for (const column of data) this.byteLength += column.byteLength;
		this.numRows += batch.numRows;
		this.notify();
	}

	finish(elapsedMs: number, error?: unknown): void {
		this.elapsedMs = elapsedMs;
		this.done = true;
		if (error === undefined) this.settle.resolve();
		else this.settle.reject(error);
		this.notify();
	}

	cell(row: number, column: number): Cell {
		const batch = this.find(row);
		const data = batch?.data[column];
		if (!batch || !data) throw new RangeError(`no cell at row ${row}, column ${column}: ${this.numRows} rows of ${this.columns.length} columns have arrived`);
		return readCell(data, row - batch.start);
	}

	text(row: number, column: number): string | null {
		const type = this.columns[column]?.type;
		return cellText(this.cell(row, column), type === "DOUBLE" || type === "FLOAT");
	}

	onGrow(listener: () => void): () => void {
		this.listeners.add(listener);
		return () => this.listeners.delete(listener);
	}

	private notify(): void {
		for (const listener of this.listeners) listener();
	}

	private find(row: number): { start: number; data: Data[] } | undefined {
		let low = 0;
		let high = this.batches.length - 1;
		while (low < high) {
			const middle = (low + high + 1) >> 1;
			if (this.batches[middle]!.start <= row) low = middle;
			else high = middle - 1;
		}
		return row < this.numRows && row >= 0 ? this.batches[low] : undefined;
	}
}
