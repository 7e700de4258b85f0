import type { FileMetaData } from "hyparquet";
import { type Batch, ColumnBuilder, emptyAccount, type Field, INT64, joinBytes, type Parser, type ParserEnd, type Reject, TEXT } from "@/lib/model";
import { columnNames } from "./names";
import { ParquetColumns } from "./parquet/columns";
import { look, needsLook, type Node, nodeOf, notesOf, typeOf, columnValue } from "./parquet/tree";
import { rejectOf } from "./reject";

/**
 * A Parquet file, into the table `parquet`: its own columns in their order, then `source` and `line` (NULL: it has no lines). Rows keep
 * their order, integers, decimals and times their digits. It is decoded in `prepare`, where the library that reads it is
 * loaded. A row group that cannot be read is a reject that says where it stands; the others are kept.
 */
export function parquet(path: string): Parser {
	return new ParquetFile(path);
}

interface Place {
	key: string;
	name: string;
	node: Node;
}

class ParquetFile implements Parser {
	private chunks: Uint8Array[] = [];
	private readonly batches: Batch[] = [];
	private readonly rejects: Reject[] = [];
	private readonly notes: string[] = [];

	constructor(private readonly path: string) {}

	push(bytes: Uint8Array): Batch[] {
		this.chunks.push(bytes);
		return [];
	}

	async prepare(): Promise<void> {
		const bytes = joinBytes(this.chunks);
		this.chunks = [];
		const columns = await ParquetColumns.open(bytes);
		if (!(columns instanceof ParquetColumns)) {
			this.reject(columns.at, columns.reason);
			return;
		}
		const { names, notes } = columnNames(columns.tree.children.map((child) => child.element.name), ["source", "line"]);
		this.notes.push(...notes);
		const places = columns.tree.children.map((child, i) => ({ key: child.element.name, name: names[i]!, node: nodeOf(child) }));
		const bad = await this.lookAtValues(columns, places);
		const { row_groups: groups } = columns.metadata;
		for (let group = 0; group < groups.length; group++) if (!bad.has(group)) await this.readGroup(columns, places, group);
		if (this.batches.length > 0) this.notes.push(...places.flatMap((place) => notesOf(place.node, place.name)));
		if (groups.length === 0 || places.length === 0) this.notes.push("the file has no rows");
		this.noteMetadata(columns.metadata);
	}

	end(): ParserEnd {
		return { batches: this.batches, rejects: this.rejects, account: emptyAccount(), notes: this.notes };
	}

	/** Decides the types that depend on values. Returns the row groups that could not be read. */
	private async lookAtValues(columns: ParquetColumns, places: readonly Place[]): Promise<Set<number>> {
		const bad = new Set<number>();
		const open = places.filter((place) => needsLook(place.node));
		for (let group = 0; group < columns.metadata.row_groups.length; group++) {
			for (const place of open) {
				const values = await columns.read(group, place.key);
				if (!("fault" in values)) {
					for (let row = 0; row < values.length; row++) look(place.node, values[row]);
					continue;
				}
				this.reject(values.at, values.fault);
				bad.add(group);
				break;
			}
		}
		return bad;
	}

	private async readGroup(columns: ParquetColumns, places: readonly Place[], group: number): Promise<void> {
		const fields: Field[] = places.map(({ name, node }) => ({ name, type: typeOf(node) }));
		const builders: ColumnBuilder[] = [];
		const rows = columns.rowsOf(group);
		for (let i = 0; i < places.length; i++) {
			const values = await columns.read(group, places[i]!.key);
			if ("fault" in values) {
				this.reject(values.at, values.fault);
				return;
			}
			const builder = new ColumnBuilder(fields[i]!.type);
			try {
				for (let row = 0; row < rows; row++) builder.append(columnValue(places[i]!.node, values[row]));
			} catch (error) {
				this.reject(null, `${columns.describe(group, places[i]!.key)} holds a value that does not fit its type (${error instanceof Error ? error.message : String(error)})`);
				return;
			}
			builders.push(builder);
		}
		if (rows === 0 || places.length === 0) return;
		const source = new ColumnBuilder(TEXT);
		const line = new ColumnBuilder(INT64);
		for (let row = 0; row < rows; row++) {
			source.append(this.path);
			line.appendNull();
		}
		this.batches.push({ table: "parquet", fields: [...fields, { name: "source", type: TEXT }, { name: "line", type: INT64 }], columns: [...builders, source, line].map((builder) => builder.finish()), numRows: rows });
	}

	private noteMetadata(metadata: FileMetaData): void {
		const rows = Number(metadata.num_rows);
		const held = metadata.row_groups.reduce((sum, group) => sum + Number(group.num_rows), 0);
		if (rows !== held) this.notes.push(`the footer says ${rows.toLocaleString("en-US")} rows, its row groups hold ${held.toLocaleString("en-US")}`);
	}

	private reject(at: number | null, reason: string): void {
		this.rejects.push(rejectOf(null, at, reason, ""));
	}
}
