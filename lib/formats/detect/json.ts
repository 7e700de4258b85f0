import { COMMIT_NAMES } from "../audit-baselines";
import { isBenchmark } from "../benchmark";
import { hasImageComparison } from "../image-comparison";
import { membersByName } from "../json/document";
import { itemsIn } from "../json/members";
import { stringOf } from "../json/strings";
import { ARRAY, NUMBER, OBJECT, STRING, Tape } from "../json/tape";
import { keyedListOf } from "../keyed-rows";
import { PARITY_SCHEMA } from "../parity-json";
import { REPLAY_SCHEMA } from "../replay-runs";
import { SESSION_SCHEMA } from "../session-log";
import { AUDIT_SCHEMA } from "../subject-audit";
import { type Head, jsonLines } from "./head";

/** What a JSONL log is: a format that is read, or the name of one that is known. */
export type LogKind = "session log" | "audit baselines" | "checkpoint log" | "subject audit log" | "replay runs" | "evidence rows" | "test output (json)" | "jsonl" | { known: string };

/** What a JSON document is. */
export type DocumentKind = "parity report (json)" | "factor comparison" | "image comparison" | "benchmark results" | "chrome trace" | "keyed rows (json)" | "json" | { known: string };

const LOOK_AT = 50;

/** Names a log by what at least half of its first lines of JSON are. */
export function logKind(path: string, head: Head): LogKind {
	const { tapes } = jsonLines(head, LOOK_AT);
	const records = tapes.filter((tape) => tape.kind(0) === OBJECT).map((tape) => ({ tape, members: membersByName(tape, 0) }));
	const mostly = (test: (record: JsonRecord) => boolean) => records.length > 0 && records.filter(test).length * 2 >= records.length;
	const schema = (test: (text: string) => boolean) => mostly((record) => test(textOf(record, "schema") ?? ""));

	if (schema((text) => text.startsWith(SESSION_SCHEMA))) return "session log";
	if (schema((text) => text === AUDIT_SCHEMA)) return "subject audit log";
	if (schema((text) => text.startsWith(REPLAY_SCHEMA))) return "replay runs";
	if (path.includes("audit_baselines")) return "audit baselines";
	if (mostly(({ members }) => members.has("checkpoint") && members.has("values"))) return "checkpoint log";
	if (mostly(hasMetricsAndCommit)) return "audit baselines";
	if (mostly(({ members }) => members.has("provenance"))) return "evidence rows";
	if (mostly((record) => ["Time", "Action", "Package"].every((name) => textOf(record, name) !== null))) return "test output (json)";
	return "jsonl";
}

interface JsonRecord {
	tape: Tape;
	members: Map<string, number>;
}

function textOf({ tape, members }: JsonRecord, name: string): string | null {
	const token = members.get(name);
	return token !== undefined && tape.kind(token) === STRING ? stringOf(tape, token) : null;
}

function hasMetricsAndCommit({ tape, members }: JsonRecord): boolean {
	const metrics = members.get("metrics");
	if (metrics === undefined || !COMMIT_NAMES.some((name) => members.has(name))) return false;
	return [...membersByName(tape, metrics).values()].some((token) => tape.kind(token) === NUMBER);
}

/** Whether a file is a record a line: its first lines are JSON objects, `least` of them or more. */
export function looksLikeLog(head: Head, least: number): boolean {
	const { tapes, others } = jsonLines(head, 5);
	return others === 0 && tapes.length >= least && tapes.every((tape) => tape.kind(0) === OBJECT);
}

/** Whether the head is a JSON object or array, as far as it goes. */
export function looksLikeDocument(head: Head): boolean {
	if (!/^\s*[{[]/.test(head.text)) return false;
	const tape = new Tape();
	const problem = tape.parse(head.bytes, 0, head.bytes.length);
	return problem === null || (head.cut && problem.offset >= head.bytes.length - 1);
}

/** Names a document by the keys in its head; a later key than that is not looked for. */
export function documentKind(head: Head): DocumentKind {
	const tape = new Tape();
	tape.parse(head.bytes, 0, head.bytes.length);
	if (tape.size === 0) return "json";
	const record = { tape, members: membersByName(tape, 0) };
	const { members } = record;
	if (textOf(record, "schema") === PARITY_SCHEMA) return "parity report (json)";
	if (members.has("factors") && members.has("first_divergence")) return "factor comparison";
	if (members.has("traceEvents") || isEventList(tape)) return "chrome trace";
	if (hasImageComparison(tape, 0)) return "image comparison";
	if (isBenchmark(tape, tape.kind(0) === ARRAY ? 0 : members.get("results"))) return "benchmark results";
	if (keyedListOf(tape) !== null) return "keyed rows (json)";
	return "json";
}

/** Whether a list is one of trace events: objects with a phase of one letter, and a time unless they are metadata. */
function isEventList(tape: Tape): boolean {
	if (tape.kind(0) !== ARRAY || tape.count(0) === 0) return false;
	for (const item of [...itemsIn(tape, 0)].slice(0, 5)) {
		const record = { tape, members: membersByName(tape, item) };
		const phase = textOf(record, "ph");
		if (phase?.length !== 1 || (phase !== "M" && !record.members.has("ts"))) return false;
	}
	return true;
}
