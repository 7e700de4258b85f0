import { type Field, quote, sqlType } from "@/lib/model";

/** The DDL of a source table. */
export function createTableSql(table: string, fields: readonly Field[]): string {
	return `CREATE TABLE IF NOT EXISTS ws.main.${quote(table)} (${fields.map((field) => `${quote(field.name)} ${sqlType(field.type)}`).join(", ")})`;
}
