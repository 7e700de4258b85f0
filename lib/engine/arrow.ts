import {
	Bool,
	type Data,
	type DataType,
	Field as ArrowField,
	Float64,
	Int64,
	List,
	Map_,
	makeData,
	RecordBatch,
	RecordBatchStreamWriter,
	Schema,
	Struct,
	TimestampNanosecond,
	Utf8,
} from "apache-arrow";
import type { Batch, Column, ColumnType, Field } from "@/lib/model";

function arrowType(type: ColumnType): DataType {
	switch (type.kind) {
		case "text":
			return new Utf8();
		case "int64":
			return new Int64();
		case "double":
			return new Float64();
		case "boolean":
			return new Bool();
		case "timestamp_ns":
			return new TimestampNanosecond();
		case "list":
			return new List(new ArrowField("item", arrowType(type.of), true));
		case "struct":
			return new Struct(type.fields.map((field) => new ArrowField(field.name, arrowType(field.type), true)));
		case "map":
			return new Map_(entriesField(type.of));
	}
}

function entriesField(of: ColumnType): ArrowField<Struct<{ key: Utf8; value: DataType }>> {
	return new ArrowField("entries", new Struct<{ key: Utf8; value: DataType }>([new ArrowField("key", new Utf8(), false), new ArrowField("value", arrowType(of), true)] as never), false);
}

/** A column's buffers as Arrow data, without copying them. */
function arrowData(column: Column): Data {
	const base = { length: column.length, nullCount: column.nulls, nullBitmap: column.validity ?? undefined };
	const type = arrowType(column.type);
	switch (column.type.kind) {
		case "text":
			return makeData({ ...base, type: type as Utf8, valueOffsets: column.offsets as Int32Array, data: column.bytes as Uint8Array });
		case "int64":
			return makeData({ ...base, type: type as Int64, data: column.values as BigInt64Array });
		case "timestamp_ns":
			return makeData({ ...base, type: type as TimestampNanosecond, data: column.values as BigInt64Array });
		case "double":
			return makeData({ ...base, type: type as Float64, data: column.values as Float64Array });
		case "boolean":
			return makeData({ ...base, type: type as Bool, data: column.values as Uint8Array });
		case "list":
			return makeData({ ...base, type: type as List, valueOffsets: column.offsets as Int32Array, child: arrowData(column.children[0]!) });
		case "struct":
			return makeData({ ...base, type: type as Struct, children: column.children.map(arrowData) });
		case "map": {
			const [keys, values] = column.children as [Column, Column];
			const entries = makeData({ type: entriesField(column.type.of).type, length: keys.length, nullCount: 0, children: [arrowData(keys), arrowData(values)] });
			return makeData({ ...base, type: type as Map_, valueOffsets: column.offsets as Int32Array, child: entries });
		}
	}
}

/** Gathers what is written without copying it, so that it is copied once, to where it is wanted. */
class GatheringWriter extends RecordBatchStreamWriter {
	private readonly pieces: Uint8Array[] = [];
	private size = 0;

	protected override _write(chunk: ArrayBufferView): this {
		if (!this._started || chunk.byteLength === 0) return this;
		this.pieces.push(new Uint8Array(chunk.buffer, chunk.byteOffset, chunk.byteLength));
		this.size += chunk.byteLength;
		return this;
	}

	/** All that was written, at the beginning of a buffer of at least its size. */
	into(memory: (bytes: number) => ArrayBuffer): Uint8Array {
		const all = new Uint8Array(memory(this.size), 0, this.size);
		let at = 0;
		for (const piece of this.pieces) {
			all.set(piece, at);
			at += piece.length;
		}
		return all;
	}
}

/**
 * Batches of one table as one Arrow IPC stream, ready for `Engine.insertEncoded`, in a buffer of its own that `memory` gives (of at least so
 * many bytes; what it holds is written over). All must have the same fields; null when there is no row in any (the engine
 * refuses empty batches).
 */
export function encode(batches: readonly Batch[], memory = (bytes: number) => new ArrayBuffer(bytes)): Uint8Array | null {
	const full = batches.filter((batch) => batch.numRows > 0);
	if (full.length === 0) return null;
	const schema = arrowSchema(full[0]!.fields);
	const writer = new GatheringWriter();
	for (const batch of full) {
		const struct = makeData({ type: new Struct(schema.fields), length: batch.numRows, nullCount: 0, children: batch.columns.map(arrowData) });
		writer.write(new RecordBatch(schema, struct));
	}
	writer.finish();
	return writer.into(memory);
}

function arrowSchema(fields: readonly Field[]): Schema {
	return new Schema(fields.map((field) => new ArrowField(field.name, arrowType(field.type), true)));
}
