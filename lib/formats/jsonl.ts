import type { Parser } from "@/lib/model";
import { jsonLog } from "./json/log";

/** Any JSONL without a format of its own: a record a line, into the table `jsonl`. A line that is no object is the field `value`. */
export function jsonl(path: string): Parser {
	return jsonLog(path, { table: "jsonl" });
}
