import { BOOLEAN, DOUBLE, type Field, INT64, TEXT, TIMESTAMP_NS } from "@/lib/model";

const text = (name: string): Field => ({ name, type: TEXT });
const int64 = (name: string): Field => ({ name, type: INT64 });
const time = (name: string): Field => ({ name, type: TIMESTAMP_NS });
const PLACE: Field[] = [text("source"), int64("line")];

/** The tables that documents fill, with their columns in order. `table_no`, `row_no` and `column_no` count from 0, `position` from 1. */
export const DOCUMENT_FIELDS = {
	docs: [text("title"), text("kind"), time("doc_date"), text("status"), text("team"), int64("words"), { name: "repaired", type: BOOLEAN }, ...PLACE],
	doc_sections: [int64("level"), text("title"), ...PLACE],
	doc_items: [text("section"), text("state"), text("text"), ...PLACE],
	doc_tables: [int64("table_no"), int64("row_no"), int64("column_no"), text("column_name"), text("text"), { name: "number", type: DOUBLE }, text("unit"), ...PLACE],
	team_pages: [
		text("team"),
		text("state"),
		text("state_words"),
		time("since"),
		text("blocker"),
		text("next_step"),
		int64("done"),
		int64("open"),
		int64("blocked"),
		time("last_activity"),
		...PLACE,
	],
	blockers: [text("team"), text("title"), text("problem"), text("root_cause"), text("fix"), ...PLACE],
	artifacts: [text("team"), text("path"), text("said"), ...PLACE],
	criteria: [text("team"), text("text"), text("said"), ...PLACE],
	next_steps: [text("team"), int64("position"), text("title"), text("duration"), text("command"), ...PLACE],
} satisfies Record<string, Field[]>;

export type DocumentTable = keyof typeof DOCUMENT_FIELDS;
