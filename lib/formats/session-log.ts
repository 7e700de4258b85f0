import type { Parser } from "@/lib/model";
import { checkRecord, kindWord } from "./json/check";
import { jsonLog, type LogFormat } from "./json/log";
import { memberOf } from "./json/members";
import type { Declared, Shape } from "./json/schema";
import { excerptOf, stringOf } from "./json/strings";
import { OBJECT, STRING, type Tape } from "./json/tape";

export const SESSION_SCHEMA = "session.iterate.";

/** The known fields, in the order of the table; `attempts` stands between `final_verdict` and `artifact`. */
const FIELDS: readonly (readonly [string, Declared])[] = [
	["schema", "text"],
	["session_id", "text"],
	["trace_id", "text"],
	["timestamp", "time"],
	["daemon", "text"],
	["kind", "text"],
	["provider", "text"],
	["model", "text"],
	["prompt", "text"],
	["iterations", "int64"],
	["max_iterations", "int64"],
	["final_verdict", "text"],
	["attempts", "list"],
	["artifact", "json"],
	["validation", "json"],
	["grounded_in_roster", "boolean"],
	["duration_ms", "number"],
];

const ATTEMPT_FIELDS: readonly (readonly [string, Declared])[] = [
	["iteration", "int64"],
	["verdict", "text"],
	["error", "text"],
	["raw", "text"],
	["span_id", "text"],
];

/** The format as `json/log.ts` reads it. */
export const SESSIONS: LogFormat = { table: "sessions", declare, check, guard: { field: "schema", prefix: SESSION_SCHEMA } };

/**
 * A session log: one `session.iterate.*` object a line, into the table `sessions`. The known columns are always there;
 * unknown fields follow under their own names. A known field of a wrong type makes the line a reject.
 */
export function sessionLog(path: string): Parser {
	return jsonLog(path, SESSIONS);
}

function declare(root: Shape): void {
	for (const [name, type] of FIELDS) root.declare(name, type);
	const attempt = root.fields[root.keys.find("attempts")]!.element;
	attempt.declared = "struct";
	for (const [name, type] of ATTEMPT_FIELDS) attempt.declare(name, type);
}

function check(tape: Tape, root: Shape): string | null {
	if (tape.kind(0) !== OBJECT) return `the line is ${kindWord(tape.kind(0))}, not a session (${excerptOf(tape, 0)})`;
	const schema = memberOf(tape, 0, "schema");
	if (schema < 0) return `"schema" is missing: a session log's lines are ${SESSION_SCHEMA}* objects`;
	if (tape.kind(schema) !== STRING || !stringOf(tape, schema).startsWith(SESSION_SCHEMA)) return `"schema" is not ${SESSION_SCHEMA}* (${excerptOf(tape, schema)})`;
	return checkRecord(root, tape, 0);
}
