import { type Column, ColumnBuilder, type Field, readValue, type Value } from "./column";

/** Rows of one table as columns. Parsers put out nothing else (but rejects). */
export interface Batch {
	/** the table of TABLES (such as `docs`), or of `records.ts` for what is judged before it becomes a table */
	table: string;
	fields: Field[];
	columns: Column[];
	numRows: number;
}

/** A row on its way into a batch: missing keys become null; a key that is no field is an error of the caller. */
export type RowInput = { readonly [column: string]: Value };

/** Collects rows of one table. */
export class BatchBuilder {
	readonly table: string;
	readonly fields: Field[];
	private builders: ColumnBuilder[];
	numRows = 0;

	constructor(table: string, fields: Field[]) {
		this.table = table;
		this.fields = fields;
		this.builders = fields.map((field) => new ColumnBuilder(field.type));
	}

	/** The builder of a column, for callers that write values without a row object. They call `endRow` after one value per column. */
	column(index: number): ColumnBuilder {
		return this.builders[index]!;
	}

	get columns(): readonly ColumnBuilder[] {
		return this.builders;
	}

	endRow(): void {
		this.numRows++;
	}

	add(row: RowInput): void {
		for (let i = 0; i < this.fields.length; i++) {
			const name = this.fields[i]!.name;
			this.builders[i]!.append(Object.hasOwn(row, name) ? row[name] : null);
		}
		this.numRows++;
	}

	/** The batch so far (empty rows allowed: check `numRows`), and a fresh start. */
	finish(): Batch {
		const batch = { table: this.table, fields: this.fields, columns: this.builders.map((builder) => builder.finish()), numRows: this.numRows };
		this.builders = this.fields.map((field) => new ColumnBuilder(field.type));
		this.numRows = 0;
		return batch;
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
