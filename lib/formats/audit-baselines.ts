import type { ColumnBuilder, Parser } from "@/lib/model";
import { checkTime, checkValue, kindWord } from "./json/check";
import { jsonLog } from "./json/log";
import { firstMember, membersIn } from "./json/members";
import type { Shape } from "./json/schema";
import { appendNumbers, numberAt, writeNumbers } from "./json/shred";
import { excerptOf, stringOf } from "./json/strings";
import { NULL, NUMBER, OBJECT, STRING, type Tape } from "./json/tape";

/** What logs call the two fields; the first that a record has is taken, others stay fields of their own. */
export const TIME_NAMES: readonly string[] = ["recorded_at", "ts", "timestamp"];
export const COMMIT_NAMES: readonly string[] = ["git_commit", "git_sha", "commit"];

/**
 * Audit baselines: a time, a commit and named metrics a line, into the table `baselines`. The metrics are the object
 * `metrics`, or without one every number at the top of the record.
 */
export function auditBaselines(path: string): Parser {
	return jsonLog(path, { table: "baselines", declare, check, arrange, appendMap });
}

function declare(root: Shape): void {
	root.declare("recorded_at", "time");
	root.declare("git_commit", "text");
	root.declare("runtime", "text");
	root.declare("metrics", "numbers by name");
}

function check(tape: Tape, root: Shape): string | null {
	if (tape.kind(0) !== OBJECT) return `the line is ${kindWord(tape.kind(0))}, not a baseline (${excerptOf(tape, 0)})`;
	const time = firstMember(tape, 0, TIME_NAMES);
	if (time && tape.kind(time.token) !== NULL) {
		const reason = checkTime(tape, time.token, time.name);
		if (reason !== null) return reason;
	}
	const commit = firstMember(tape, 0, COMMIT_NAMES);
	if (commit && tape.kind(commit.token) !== NULL && tape.kind(commit.token) !== STRING) return `"${commit.name}" is ${kindWord(tape.kind(commit.token))}, not text (${excerptOf(tape, commit.token)})`;
	for (const name of ["runtime", "metrics"]) {
		const member = firstMember(tape, 0, [name]);
		const reason = member ? checkValue(root.fields[root.keys.find(name)]!, tape, member.token, name) : null;
		if (reason !== null) return reason;
	}
	return null;
}

function arrange(tape: Tape, token: number, root: Shape): void {
	adopt(root, TIME_NAMES);
	adopt(root, COMMIT_NAMES);
	const metrics = root.keys.find("metrics");
	if (root.slot(metrics) >= 0) return;
	let flat = false;
	for (let at = 0; at < root.keys.size; at++) {
		const value = root.slot(at);
		if (value < 0 || tape.kind(value) !== NUMBER) continue;
		root.clear(at);
		flat = true;
	}
	// The record itself stands for its metrics; `appendMap` knows it by being the root.
	if (flat) root.put(metrics, token);
}

function adopt(root: Shape, names: readonly string[]): void {
	const own = root.keys.find(names[0]!);
	if (root.slot(own) >= 0) return;
	for (const name of names.slice(1)) {
		const at = root.keys.find(name);
		const value = at < 0 ? -1 : root.slot(at);
		if (value < 0) continue;
		root.put(own, value);
		root.clear(at);
		return;
	}
}

function appendMap(column: ColumnBuilder, tape: Tape, token: number): void {
	if (token !== 0) {
		appendNumbers(column, tape, token);
		return;
	}
	const numbers = new Map<string, number | null>();
	for (const [key, value] of membersIn(tape, token)) {
		if (tape.kind(value) === NUMBER) numbers.set(stringOf(tape, key), numberAt(tape, value));
		else numbers.delete(stringOf(tape, key));
	}
	writeNumbers(column, numbers);
}
