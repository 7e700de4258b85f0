import type { Column } from "./column";
import type { ColumnBuilder } from "./column-builder";

/** Appends all rows of a column of the builder's own type, without making a value of any. */
export function appendColumn(builder: ColumnBuilder, column: Column): void {
	for (let row = 0; row < column.length; row++) appendAt(builder, column, row);
}

function appendAt(builder: ColumnBuilder, column: Column, row: number): void {
	if (column.validity !== null && !((column.validity[row >> 3] ?? 0) & (1 << (row & 7)))) {
		builder.appendNull();
		return;
	}
	switch (column.type.kind) {
		case "text":
			builder.appendUtf8(column.bytes!, column.offsets![row]!, column.offsets![row + 1]!);
			return;
		case "int64":
		case "timestamp_ns":
			builder.append((column.values as BigInt64Array)[row]);
			return;
		case "double":
			builder.appendDouble((column.values as Float64Array)[row]!);
			return;
		case "boolean":
			builder.appendBoolean((((column.values as Uint8Array)[row >> 3] ?? 0) & (1 << (row & 7))) !== 0);
			return;
		case "list":
		case "map":
			for (let i = column.offsets![row]!; i < column.offsets![row + 1]!; i++) appendChildren(builder, column, i);
			builder.closeList();
			return;
		case "struct":
			appendChildren(builder, column, row);
			builder.closeStruct();
	}
}

function appendChildren(builder: ColumnBuilder, column: Column, row: number): void {
	for (let at = 0; at < column.children.length; at++) appendAt(builder.child(at), column.children[at]!, row);
}
