import { COMMIT_NAMES } from "../audit-baselines";
import { membersByName } from "../json/document";
import { itemsIn } from "../json/members";
import { stringOf } from "../json/strings";
import { ARRAY, NUMBER, OBJECT, STRING, Tape } from "../json/tape";
import { PARITY_SCHEMA } from "../parity-json";
import { SESSION_SCHEMA } from "../session-log";
import { type Head, jsonLines } from "./head";

/** What a JSONL log is: a format that is read, or the name of one that is known. */
export type LogKind = "session log" | "audit baselines" | "jsonl" | { known: string };

/** What a JSON document is. */
export type DocumentKind = "parity report (json)" | "factor comparison" | "json" | { known: string };

const LOOK_AT = 50;

/** Names a log by what at least half of its first lines of JSON are. */
export function logKind(path: string, head: Head): LogKind {
	const { tapes } = jsonLines(head, LOOK_AT);
	const records = tapes.filter((tape) => tape.kind(0) === OBJECT).map((tape) => ({ tape, members: membersByName(tape, 0) }));
	const mostly = (test: (record: JsonRecord) => boolean) => records.length > 0 && records.filter(test).length * 2 >= records.length;
	const schema = (test: (text: string) => boolean) => mostly((record) => test(textOf(record, "schema") ?? ""));

	if (schema((text) => text.startsWith(SESSION_SCHEMA))) return "session log";
	if (schema((text) => text === "subject_audit.v1")) return { known: "subject audit log" };
	if (schema((text) => text.startsWith("replay_run."))) return { known: "replay runs" };
	if (path.includes("audit_baselines")) return "audit baselines";
	if (mostly(({ members }) => members.has("checkpoint") && members.has("values"))) return { known: "checkpoint log" };
	if (mostly(hasMetricsAndCommit)) return "audit baselines";
	if (mostly(({ members }) => members.has("provenance"))) return { known: "evidence rows" };
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
	if (members.has("traceEvents")) return { known: "Chrome trace" };
	if (isImageComparison(tape, members)) return { known: "image comparison" };
	if (isBenchmark(tape, tape.kind(0) === ARRAY ? 0 : members.get("results"))) return { known: "benchmark results" };
	return "json";
}

function isImageComparison(tape: Tape, members: Map<string, number>): boolean {
	const has = (names: Iterable<string>) => {
		const all = [...names];
		return all.some((name) => /(^|_)correlation$/.test(name)) && all.some((name) => /(^|_)sum_ratio$/.test(name));
	};
	if (has(members.keys())) return true;
	return [...members.values()].some((token) => {
		const inside = membersByName(tape, token);
		return has(inside.keys()) || has(membersByName(tape, inside.get("comparison") ?? -1).keys());
	});
}

function isBenchmark(tape: Tape, list: number | undefined): boolean {
	if (list === undefined || tape.kind(list) !== ARRAY) return false;
	for (const item of itemsIn(tape, list)) {
		const names = [...membersByName(tape, item).keys()];
		return names.some((name) => /^(size|n|pixels|batch|batch_size|length)$/.test(name)) && names.some((name) => /(^|_)time(_|$)|_(ms|us|ns|seconds)$/.test(name));
	}
	return false;
}
