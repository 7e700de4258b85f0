import type { Parser } from "@/lib/model";
import { checkRecord } from "./json/check";
import { jsonLog } from "./json/log";
import { declareFields, type LogFields, notAnObject } from "./log-fields";

const FIELDS: LogFields = [
	["evidence_id", "text"],
	["source_file", "text"],
	[
		"provenance",
		"struct",
		[
			["source", "text"],
			["line_offset", "int64"],
			["recorded_at", "time"],
		],
	],
	["prompt_tokens", "int64"],
	["completion_tokens", "int64"],
	["metadata", "json"],
];

/**
 * Evidence rows: records with their provenance, a JSON object a line, into the table `evidence_rows`. A `line_offset` of 0 is
 * the first line, NULL is one that is not known, and a missing one is listed under `absent`.
 */
export function evidenceRows(path: string): Parser {
	return jsonLog(path, {
		table: "evidence_rows",
		declare: (root) => declareFields(root, FIELDS),
		check: (tape, root) => notAnObject(tape, "an evidence row") ?? checkRecord(root, tape, 0),
		guard: { field: "evidence_id", prefix: "" },
	});
}
