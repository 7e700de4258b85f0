import type { ColumnType } from "./column";

/** The engine's name of a column type. */
export function sqlType(type: ColumnType): string {
	switch (type.kind) {
		case "text":
			return "VARCHAR";
		case "int64":
			return "BIGINT";
		case "double":
			return "DOUBLE";
		case "boolean":
			return "BOOLEAN";
		case "timestamp_ns":
			return "TIMESTAMP_NS";
		case "list":
			return `${sqlType(type.of)}[]`;
		case "struct":
			return `STRUCT(${type.fields.map((field) => `${quote(field.name)} ${sqlType(field.type)}`).join(", ")})`;
		case "map":
			return `MAP(VARCHAR, ${sqlType(type.of)})`;
	}
}

/** An identifier in quotes, whatever it contains. */
export function quote(name: string): string {
	return `"${name.replaceAll('"', '""')}"`;
}
