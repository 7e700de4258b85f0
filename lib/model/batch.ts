import { appendColumn } from "./append-column";
import { type Column, type Field, readValue, type Value } from "./column";
import { ColumnBuilder } from "./column-builder";

/** Rows of one table as columns. Parsers put out nothing else (but rejects). */
export interface Batch {
	/** the table of TABLES (such as `docs`), or of `records.ts` for what is judged before it becomes a table */
	table: string;
	fields: Field[];
	columns: Column[];
	numRows: number;
	/** Gives the columns' memory back to the parser, which fills it again: their contents are void afterwards. Never called, it is garbage. */
	recycle?: () => void;
}

/** A row on its way into a batch: missing keys become null; a key that is no field is an error of the caller. */
export type RowInput = { readonly [column: string]: Value };

/** Collects rows of one table, batch after batch. */
export class BatchBuilder {
	readonly table: string;
	readonly fields: Field[];
	private builders: ColumnBuilder[] | null = null;
	/** builders of a batch that was recycled */
	private free: ColumnBuilder[] | null = null;
	numRows = 0;

	constructor(table: string, fields: Field[]) {
		this.table = table;
		this.fields = fields;
	}

	/** The builder of a column, for callers that write values without a row object. They call `endRow` after one value per column. */
	column(index: number): ColumnBuilder {
		return (this.builders ?? this.begin())[index]!;
	}

	get columns(): readonly ColumnBuilder[] {
		return this.builders ?? this.begin();
	}

	endRow(): void {
		this.numRows++;
	}

	add(row: RowInput): void {
		const { columns } = this;
		for (let i = 0; i < this.fields.length; i++) {
			const name = this.fields[i]!.name;
			columns[i]!.append(Object.hasOwn(row, name) ? row[name] : null);
		}
		this.numRows++;
	}

	/** Copies all rows of a batch with the same fields. */
	addBatch(batch: Batch): void {
		const { columns } = this;
		for (const [i, column] of batch.columns.entries()) appendColumn(columns[i]!, column);
		this.numRows += batch.numRows;
	}

	/** Takes back the rows from `numRows` on, and what was appended for a row that never ended. */
	truncate(numRows: number): void {
		for (const builder of this.columns) builder.truncate(numRows);
		this.numRows = numRows;
	}

	/** The batch so far (empty rows allowed: check `numRows`), and a fresh start: the builders of `column` are others afterwards. */
	finish(): Batch {
		const used = this.columns;
		let spent = false;
		const recycle = () => {
			if (!spent) this.free = [...used];
			spent = true;
		};
		const batch: Batch = { table: this.table, fields: this.fields, columns: used.map((builder) => builder.finish()), numRows: this.numRows, recycle };
		this.numRows = 0;
		this.builders = null;
		return batch;
	}

	private begin(): ColumnBuilder[] {
		const builders = this.free ?? this.fields.map((field) => new ColumnBuilder(field.type));
		this.free = null;
		for (const builder of builders) builder.reset();
		this.builders = builders;
		return builders;
	}
}

/** The rows of a batch as objects, for rooms that judge and for tests. */
export function* rowsOf(batch: Batch): Generator<Record<string, Value>> {
	for (let row = 0; row < batch.numRows; row++) {
		const out: Record<string, Value> = Object.create(null);
		batch.fields.forEach((field, i) => {
			out[field.name] = readValue(batch.columns[i]!, row);
		});
		yield out;
	}
}
