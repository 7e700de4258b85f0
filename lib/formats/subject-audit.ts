import type { Parser } from "@/lib/model";
import { jsonLog } from "./json/log";
import { checkSchemaLog, declareFields, type LogFields } from "./log-fields";

export const AUDIT_SCHEMA = "subject_audit.v1";

const FIELDS: LogFields = [
	["schema", "text"],
	["subject_id", "text"],
	["seq", "int64"],
	["ts", "time"],
	["action", "text"],
	[
		"accessor",
		"struct",
		[
			["id", "text"],
			["role", "text"],
			["trace_id", "text"],
		],
	],
	["prev_hmac", "text"],
	["hmac", "text"],
];

/**
 * A subject audit log: one `subject_audit.v1` object a line, into the table `audit_log`. The rows say what the file says; whether
 * its chain holds is asked of the rows (their links) and of the source's own bytes (their hashes).
 */
export function subjectAudit(path: string): Parser {
	return jsonLog(path, {
		table: "audit_log",
		declare: (root) => declareFields(root, FIELDS),
		check: (tape, root) => checkSchemaLog(tape, root, "an audit row", AUDIT_SCHEMA, (schema) => schema === AUDIT_SCHEMA),
	});
}
