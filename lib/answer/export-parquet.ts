import { ByteWriter, ParquetWriter } from "hyparquet-writer";
import { writeColumn } from "hyparquet-writer/src/column.js";
import { encodeNestedValues } from "hyparquet-writer/src/dremel.js";
import { schemaPathResolver } from "hyparquet-writer/src/schema.js";
import type { QueryResult } from "@/lib/engine/engine";
import { rowsAfter, uniqueNames } from "./export";
import { type ParquetValue, parquetColumn } from "./parquet-columns";

export interface ParquetOptions {
	/** rows of a complete result in this order instead of their own (the grid's sort) */
	order?: ArrayLike<number>;
	/** column names instead of the result's own, by position */
	names?: readonly string[];
	/** how many rows make one row group; 4,096 by default: one column of it is written in some milliseconds */
	groupRows?: number;
	/** awaited between slices of the work: where the page may draw */
	pause?: () => Promise<void> | null;
}

const GROUP_ROWS = 4096;
/** so many cells are decoded in one go */
const SLICE_ROWS = 1024;
const PAGE_BYTES = 1_048_576;

/** A piece of a Parquet file. */
export interface ParquetPiece {
	bytes: Uint8Array<ArrayBuffer>;
	/** rows written with it and before it */
	rows: number;
}

/**
 * A result as a Parquet file, in pieces: one for each row group and one for the end. Types are exact (see
 * `parquetColumn`), NULL stays NULL. Works while the result still streams: it waits for rows and ends with the last
 * one. Throws what the stream threw, and a CasebookError of kind `limit` for a value that Parquet cannot hold.
 */
export async function* parquetChunks(result: QueryResult, options: ParquetOptions = {}): AsyncGenerator<ParquetPiece, void, undefined> {
	const names = uniqueNames(options.names ?? result.columns.map((column) => column.name));
	const columns = result.columns.map((column, i) => parquetColumn(column, names[i]!));
	const schema = [{ name: "root", num_children: columns.length }, ...columns.map((column) => column.element)];
	const bytes = new ByteWriter(PAGE_BYTES);
	const writer = new ParquetWriter({ writer: bytes, schema, createdBy: "casebook" });
	const pathOf = schemaPathResolver(schema);
	const groupRows = options.groupRows ?? GROUP_ROWS;
	let written = 0;
	for (;;) {
		const total = await rowsOfGroup(result, written + groupRows, options.order?.length);
		const rows = Math.min(groupRows, total - written);
		if (rows <= 0) break;
		const start = bytes.offset;
		const chunks = [];
		for (const [index, column] of columns.entries()) {
			const values: ParquetValue[] = new Array(rows);
			for (let i = 0; i < rows; i++) {
				if (i % SLICE_ROWS === 0) await options.pause?.();
				const at = written + i;
				values[i] = column.value(result.cell(options.order?.[at] ?? at, index));
			}
			await options.pause?.();
			const path = pathOf([names[index]!]);
			const done = writeColumn({
				writer: bytes,
				column: {
					columnName: names[index]!,
					element: column.element,
					schemaPath: path.map((node) => node.element),
					codec: writer.codec,
					compressors: writer.compressors,
					stats: true,
					pageSize: PAGE_BYTES,
					// Measured values seldom repeat; looking for a dictionary takes most of the time of such a column.
					...(column.element.type === "DOUBLE" || column.element.type === "FLOAT" ? { encoding: "PLAIN" } : {}),
					columnIndex: false,
					offsetIndex: true,
				},
				pageData: encodeNestedValues(path, values),
			});
			chunks.push(done.chunk);
			writer.pendingIndexes.push(done);
		}
		writer.row_groups.push({
			columns: chunks,
			total_byte_size: chunks.reduce((sum, chunk) => sum + (chunk.meta_data?.total_uncompressed_size ?? 0n), 0n),
			num_rows: BigInt(rows),
			total_compressed_size: BigInt(bytes.offset - start),
		});
		writer.num_rows += BigInt(rows);
		written += rows;
		yield { bytes: taken(bytes), rows: written };
	}
	await result.complete;
	await writer.finish();
	yield { bytes: taken(bytes), rows: written };
}

/** What was written since the last piece; the buffer is used again. */
function taken(bytes: ByteWriter): Uint8Array<ArrayBuffer> {
	const piece = bytes.getBytes().slice();
	bytes.index = 0;
	return piece;
}

/** How many rows there are to write, once a whole group has come or there will be no more. */
async function rowsOfGroup(result: QueryResult, wanted: number, ordered: number | undefined): Promise<number> {
	if (ordered !== undefined) return ordered;
	while (result.numRows < wanted && !result.done) await rowsAfter(result, result.numRows);
	return result.numRows;
}

/** Which columns of a result a Parquet file holds as something else, in words: `attempts as JSON text`. Empty where every type is the same. */
export function parquetNotes(result: Pick<QueryResult, "columns">): string[] {
	return result.columns.flatMap((column) => {
		const { instead } = parquetColumn(column, column.name);
		return instead === null ? [] : [`${column.name} as ${instead}`];
	});
}
