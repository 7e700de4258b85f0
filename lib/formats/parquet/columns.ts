import type { AsyncBuffer, ColumnMetaData, FileMetaData, ParquetScan, SchemaTree } from "hyparquet";

const MAGIC = 0x31524150;
/** Rows of one row group. A damaged count must not become an array of that length. */
const MAX_ROWS = 200_000_000;
/** A row takes at least a bit; where a column says that it holds far more values than its bytes could, its count is damaged. */
const VALUES_PER_BYTE = 1_000_000;

/** Column chunks of a Parquet file, by row group and top-level name. */
export class ParquetColumns {
	private scan: ParquetScan | null = null;
	private readonly starts: number[] = [];

	private constructor(
		readonly metadata: FileMetaData,
		/** the schema; annotations that are taken off its leaves before the first read are not acted on */
		readonly tree: SchemaTree,
		private readonly startScan: () => Promise<ParquetScan>,
	) {
		let before = 0;
		for (const group of metadata.row_groups) {
			this.starts.push(before);
			before += Number(group.num_rows);
		}
	}

	/** Reads the footer; or says why there is none. */
	static async open(bytes: Uint8Array): Promise<ParquetColumns | { at: number; reason: string }> {
		const size = bytes.length;
		const view = new DataView(bytes.buffer, bytes.byteOffset, size);
		if (size < 12 || view.getUint32(size - 4, true) !== MAGIC) return { at: Math.max(0, size - 4), reason: `the file does not end as a Parquet file does (PAR1 in its last four bytes): it is cut off after ${size.toLocaleString("en-US")} bytes, or not one` };
		const length = view.getUint32(size - 8, true);
		if (length > size - 12) return { at: size - 8, reason: `the footer should be ${length.toLocaleString("en-US")} bytes long, as byte ${size - 8} says, which is more than the file holds` };
		const at = size - 8 - length;
		const [library, { compressors }] = await Promise.all([import("hyparquet"), import("hyparquet-compressors")]);
		try {
			const metadata = library.parquetMetadata(bytes.subarray(at), { geoparquet: false });
			const fault = faultOf(metadata, at);
			if (fault !== null) return { at, reason: `the footer (bytes ${at} to ${size - 8}) makes no sense: ${fault}` };
			const file: AsyncBuffer = { byteLength: size, slice: (start, end) => bytes.slice(start, end).buffer };
			return new ParquetColumns(metadata, library.parquetSchema(metadata), () => library.parquetScan({ file, metadata, compressors, utf8: false, geoparquet: false, useOffsetIndex: false, parsers: { timestampFromNanoseconds: (nanoseconds) => nanoseconds } }));
		} catch (error) {
			return { at, reason: `the footer (bytes ${at} to ${size - 8}) cannot be read: ${words(error)}` };
		}
	}

	rowsOf(group: number): number {
		return Number(this.metadata.row_groups[group]!.num_rows);
	}

	/** The raw values of a column in a row group, one a row; or why they cannot be read. */
	async read(group: number, key: string): Promise<ArrayLike<unknown> | { at: number | null; fault: string }> {
		const before = this.starts[group]!;
		const rows = this.rowsOf(group);
		const { at } = this.range(group, key);
		if (rows === 0) return [];
		try {
			this.scan ??= await this.startScan();
			const values: ArrayLike<unknown> = await this.scan.readColumn({ column: key, rowStart: before, rowEnd: before + rows });
			if (values.length !== rows) return { at, fault: `${this.describe(group, key)} holds ${values.length.toLocaleString("en-US")} values instead of ${rows.toLocaleString("en-US")}` };
			return values;
		} catch (error) {
			return { at, fault: `${this.describe(group, key)} cannot be read: ${words(error)}. The row group is left out.` };
		}
	}

	/** `row group 2 of 5 (rows 1,000 to 1,999), column "x" (bytes 4 to 812)`. */
	describe(group: number, key: string): string {
		const before = this.starts[group]!;
		const { at, end } = this.range(group, key);
		const count = (value: number) => value.toLocaleString("en-US");
		return `row group ${group + 1} of ${this.metadata.row_groups.length} (rows ${count(before)} to ${count(before + this.rowsOf(group) - 1)}), column "${key}"${at === null ? "" : ` (bytes ${at} to ${end})`}`;
	}

	private range(group: number, key: string): { at: number | null; end: number } {
		const chunks = this.metadata.row_groups[group]!.columns.flatMap(({ meta_data: chunk }) => (chunk?.path_in_schema[0] === key ? [chunk] : []));
		if (chunks.length === 0) return { at: null, end: 0 };
		return { at: Math.min(...chunks.map(startOf)), end: Math.max(...chunks.map((chunk) => startOf(chunk) + Number(chunk.total_compressed_size))) };
	}
}

function startOf(chunk: ColumnMetaData): number {
	return Number(chunk.dictionary_page_offset || chunk.data_page_offset);
}

/** What in a footer cannot be: counts that a file of this size does not hold, places outside it. */
function faultOf(metadata: FileMetaData, size: number): string | null {
	if (metadata.schema.length === 0) return "it has no schema";
	if (metadata.schema.some(({ name }) => typeof name !== "string")) return "a column of its schema has no name";
	for (const [number, group] of metadata.row_groups.entries()) {
		const rows = Number(group.num_rows);
		if (!(rows >= 0 && rows <= MAX_ROWS)) return `row group ${number + 1} claims ${rows} rows`;
		for (const { file_path: elsewhere, meta_data: chunk } of group.columns) {
			if (elsewhere) return `the values of row group ${number + 1} are in another file (${elsewhere})`;
			if (!chunk) return `row group ${number + 1} has an encrypted column, or one without a place`;
			const name = chunk.path_in_schema.join(".");
			const start = startOf(chunk);
			const length = Number(chunk.total_compressed_size);
			if (!(start >= 4 && length >= 0 && start + length <= size)) return `column "${name}" of row group ${number + 1} lies outside the file (bytes ${start} to ${start + length})`;
			const values = Number(chunk.num_values);
			if (!(values >= 0 && values <= (length + 1) * VALUES_PER_BYTE)) return `column "${name}" of row group ${number + 1} claims ${values} values in ${length} bytes`;
		}
	}
	return null;
}

function words(error: unknown): string {
	return error instanceof Error ? error.message : String(error);
}
