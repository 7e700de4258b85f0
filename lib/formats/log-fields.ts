import { checkRecord, kindWord } from "./json/check";
import { memberOf } from "./json/members";
import type { Declared, Shape } from "./json/schema";
import { excerptOf, stringOf } from "./json/strings";
import { OBJECT, STRING, type Tape } from "./json/tape";

/** A log's known fields in the order of its table; those of a struct stand behind it. */
export type LogFields = readonly (readonly [name: string, type: Declared, inside?: LogFields])[];

/** Promises the fields of a log. */
export function declareFields(place: Shape, fields: LogFields): void {
	for (const [name, type, inside] of fields) {
		const field = place.declare(name, type);
		if (inside) declareFields(field, inside);
	}
}

/** What is wrong with a line of a log whose lines name their schema; `what` is one of them, in words (`an audit row`). */
export function checkSchemaLog(tape: Tape, root: Shape, what: string, wanted: string, fits: (schema: string) => boolean): string | null {
	const reason = notAnObject(tape, what);
	if (reason !== null) return reason;
	const schema = memberOf(tape, 0, "schema");
	if (schema < 0) return `"schema" is missing: ${what} is a ${wanted} object`;
	if (tape.kind(schema) !== STRING || !fits(stringOf(tape, schema))) return `"schema" is not ${wanted} (${excerptOf(tape, schema)})`;
	return checkRecord(root, tape, 0);
}

export function notAnObject(tape: Tape, what: string): string | null {
	return tape.kind(0) === OBJECT ? null : `the line is ${kindWord(tape.kind(0))}, not ${what} (${excerptOf(tape, 0)})`;
}
