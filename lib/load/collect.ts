import { encode } from "@/lib/engine/arrow";
import { type Batch, BatchBuilder, type Column, type Field, type RowInput } from "@/lib/model";
import { FIXED_TABLES } from "@/lib/tables/fields";
import type { Emit, LoadEvent } from "./events";
import { SpareMemory } from "./spare-memory";

const FLUSH_BYTES = 8 * 1024 * 1024;
/** below this a batch is copied into its table's builder, so that many small files share one batch */
const SMALL_ROWS = 512;
/** Pieces that are on their way: the next are made while the engine takes those before. Always two, and more where they are small. */
const WINDOW = 2;
const WINDOW_BYTES = 8 * 1024 * 1024;
const FIXED = new Map(FIXED_TABLES.map((table) => [table.name, table.columns as Field[]]));

/** Gathers rows of all files by table and hands them on in few large pieces. */
export class Collector {
	private readonly builders = new Map<string, BatchBuilder>();
	private readonly batches = new Map<string, Batch[]>();
	private readonly variants = new Map<string, string>();
	private readonly variantCounts = new Map<string, number>();
	private readonly rows = new Map<string, number>();
	/** rows of the file under way, by table */
	private readonly ofFile = new Map<string, number>();
	private readonly sent = new Set<Promise<void>>();
	private sentBytes = 0;
	private problem: { error: unknown } | null = null;
	private held = 0;
	private readonly spare = new SpareMemory();

	constructor(private readonly emit: Emit) {}

	/** Adds a parser's batch; returns the name of the table that stores it. */
	add(batch: Batch): string {
		const table = this.tableFor(batch);
		if (batch.numRows === 0) return table;
		this.rows.set(table, (this.rows.get(table) ?? 0) + batch.numRows);
		this.ofFile.set(table, (this.ofFile.get(table) ?? 0) + batch.numRows);
		this.held += bytesOf(batch);
		if (batch.numRows < SMALL_ROWS) {
			this.builder(table, batch.fields).addBatch(batch);
			batch.recycle?.();
		} else {
			const list = this.batches.get(table);
			if (list) list.push(batch);
			else this.batches.set(table, [batch]);
		}
		return table;
	}

	/** What is added from here on can be forgotten as this file's. */
	beginFile(): void {
		this.ofFile.clear();
	}

	/** Takes back all batches of the file under way, also what was handed on. Returns how many rows they had. */
	async forget(source: string): Promise<number> {
		const tables = [...this.ofFile];
		this.ofFile.clear();
		if (tables.length > 0) await this.flush();
		for (const [table, rows] of tables) {
			const left = this.rows.get(table)! - rows;
			this.rows.set(table, left);
			await this.send({ type: "forget", table, source, drop: left === 0 && !FIXED.has(table) });
		}
		return tables.reduce((sum, [, rows]) => sum + rows, 0);
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

	/** Waits until all that was handed on is dealt with. */
	async settle(): Promise<void> {
		await Promise.all(this.sent);
		if (this.problem) throw this.problem.error;
	}

	/**
	 * Hands everything on, in order; at most `WINDOW` pieces, or `WINDOW_BYTES`, are under way when it resolves. Rows of one table keep their
	 * order. `more` says that the file under way is not at its end.
	 */
	async flush(more = false): Promise<void> {
		this.held = 0;
		const tables = new Set([...this.batches.keys(), ...this.builders.keys()]);
		for (const table of tables) {
			const list = this.batches.get(table) ?? [];
			const builder = this.builders.get(table);
			if (builder && builder.numRows > 0) list.push(builder.finish());
			this.batches.delete(table);
			this.builders.delete(table);
			for (let at = 0; at < list.length; ) {
				const piece = pieceOf(list, at);
				at += piece.length;
				const stream = encode(piece, (bytes) => this.spare.take(bytes));
				const rows = piece.reduce((sum, batch) => sum + batch.numRows, 0);
				for (const batch of piece) batch.recycle?.();
				if (stream) await this.send({ type: "rows", table, fields: piece[0]!.fields, stream, rows, more: more || at < list.length });
			}
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

	private async send(event: LoadEvent): Promise<void> {
		const bytes = event.type === "rows" ? event.stream.byteLength : 0;
		this.sentBytes += bytes;
		const done = this.emit(event)
			.then((memory) => {
				if (memory) this.spare.give(memory);
			})
			.catch((error: unknown) => {
				this.problem ??= { error };
			})
			.finally(() => {
				this.sent.delete(done);
				this.sentBytes -= bytes;
			});
		this.sent.add(done);
		while (this.sent.size > WINDOW && this.sentBytes > WINDOW_BYTES) await Promise.race(this.sent);
		if (this.problem) throw this.problem.error;
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

/** Batches from `at` on that go together: as many as come to `FLUSH_BYTES`, so that the engine takes the first while the next are encoded. */
function pieceOf(list: readonly Batch[], at: number): Batch[] {
	let to = at;
	for (let bytes = 0; to < list.length && bytes < FLUSH_BYTES; to++) bytes += bytesOf(list[to]!);
	return list.slice(at, to);
}

function bytesOf(batch: Batch): number {
	return batch.columns.reduce((sum, column) => sum + sizeOf(column), 0);
}

function sizeOf(column: Column): number {
	return (column.values?.byteLength ?? 0) + (column.offsets?.byteLength ?? 0) + (column.bytes?.byteLength ?? 0) + column.children.reduce((sum, child) => sum + sizeOf(child), 0);
}
