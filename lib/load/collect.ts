import { encode } from "@/lib/engine/arrow";
import { type Batch, BatchBuilder, type Column, type Field, type RowInput, rowsOf } from "@/lib/model";
import { FIXED_TABLES } from "@/lib/tables/fields";
import type { Emit } from "./events";

const FLUSH_BYTES = 8 * 1024 * 1024;
/** below this a batch is copied into its table's builder, so that many small files share one batch */
const SMALL_ROWS = 512;
const FIXED = new Map(FIXED_TABLES.map((table) => [table.name, table.columns as Field[]]));

/** Gathers rows of all files by table and hands them on in few large pieces. */
export class Collector {
	private readonly builders = new Map<string, BatchBuilder>();
	private readonly batches = new Map<string, Batch[]>();
	private readonly variants = new Map<string, string>();
	private readonly variantCounts = new Map<string, number>();
	private held = 0;

	constructor(private readonly emit: Emit) {}

	/** Adds a parser's batch; returns the name of the table that stores it. */
	add(batch: Batch): string {
		const table = this.tableFor(batch);
		if (batch.numRows === 0) return table;
		if (batch.numRows < SMALL_ROWS) {
			const builder = this.builder(table, batch.fields);
			for (const row of rowsOf(batch)) builder.add(row);
		} else {
			const list = this.batches.get(table);
			if (list) list.push(batch);
			else this.batches.set(table, [batch]);
		}
		this.held += batch.columns.reduce((sum, column) => sum + sizeOf(column), 0);
		return table;
	}

	/** Adds one row to a fixed table. */
	addRow(table: string, row: RowInput): void {
		const fields = FIXED.get(table);
		if (!fields) throw new RangeError(`${table} is no fixed table`);
		this.builder(table, fields).add(row);
		this.held += 200;
	}

	get full(): boolean {
		return this.held >= FLUSH_BYTES;
	}

	/** Hands everything on. Rows of one table keep their order. */
	async flush(): Promise<void> {
		this.held = 0;
		const tables = new Set([...this.batches.keys(), ...this.builders.keys()]);
		for (const table of tables) {
			const list = this.batches.get(table) ?? [];
			const builder = this.builders.get(table);
			if (builder && builder.numRows > 0) list.push(builder.finish());
			this.batches.delete(table);
			this.builders.delete(table);
			const stream = encode(list);
			if (stream) await this.emit({ type: "rows", table, fields: list[0]!.fields, stream, rows: list.reduce((sum, batch) => sum + batch.numRows, 0) });
		}
	}

	/**
	 * Fixed tables keep their name. Records with columns of their own go to a table per format and set of columns
	 * (`_sessions_1`, `_jsonl_3`): files that look alike share one.
	 */
	private tableFor(batch: Batch): string {
		const fixed = FIXED.get(batch.table);
		if (fixed) {
			const expected = fixed.map((field) => field.name).join();
			const given = batch.fields.map((field) => field.name).join();
			if (expected !== given) throw new RangeError(`a parser of ${batch.table} gives the columns ${given} instead of ${expected}`);
			return batch.table;
		}
		const signature = `${batch.table}:${JSON.stringify(batch.fields)}`;
		const known = this.variants.get(signature);
		if (known) return known;
		const count = (this.variantCounts.get(batch.table) ?? 0) + 1;
		this.variantCounts.set(batch.table, count);
		const name = `_${batch.table}_${count}`;
		this.variants.set(signature, name);
		return name;
	}

	private builder(table: string, fields: Field[]): BatchBuilder {
		let builder = this.builders.get(table);
		if (!builder) {
			builder = new BatchBuilder(table, fields);
			this.builders.set(table, builder);
		}
		return builder;
	}
}

function sizeOf(column: Column): number {
	return (column.values?.byteLength ?? 0) + (column.offsets?.byteLength ?? 0) + (column.bytes?.byteLength ?? 0) + column.children.reduce((sum, child) => sum + sizeOf(child), 0);
}
