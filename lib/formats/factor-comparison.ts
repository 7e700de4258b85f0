import type { Parser } from "@/lib/model";
import { wrong } from "./json/check";
import { documentParser, type DocumentRead, documentRows, type JsonDocument, membersByName } from "./json/document";
import { membersIn } from "./json/members";
import { numberOf, sourceOf, stringOf } from "./json/strings";
import { NULL, NUMBER, OBJECT, STRING, type Tape } from "./json/tape";
import { type RecordedCase, runBatches, runCommit, runTime } from "./runs";

const SIDE = /^(.+)_value$/;

/**
 * A factor comparison: `factors` by name, each with the two sides' values, and the recorded `first_divergence`. One run with
 * the measure max-rel and a case a factor, in file order; values keep the file's digits. The document itself is also the
 * table `json`.
 */
export function factorComparison(path: string): Parser {
	return documentParser((document) => read(document, path));
}

function read(document: JsonDocument, path: string): DocumentRead {
	const { tape } = document;
	const root = membersByName(tape, 0);
	const factors = root.get("factors");
	const fault = faultOf(tape, root);
	if (fault) return { batches: [], notes: [], reject: document.reject(tape.start(fault.token), `${fault.reason} in line ${document.lineOf(fault.token)}`) };

	const sides = sidesOf(tape, factors!);
	const cases: RecordedCase[] = [];
	for (const [key, factor] of lastMembers(tape, factors!)) cases.push(caseOf(document, key, factor, sides, cases.length));
	const tolerance = root.get("tolerance_rel");
	const run = {
		run_no: 0,
		ran_at: runTime(tape, 0),
		git_commit: runCommit(tape, 0),
		reference: sides[0] ?? null,
		candidate: sides[1] ?? null,
		measure: "max-rel",
		tolerance: tolerance === undefined ? null : numberOf(tape, tolerance),
		recorded_first_divergence: textOf(tape, root.get("first_divergence")),
		line: document.lineOf(0),
	};
	const rows = documentRows(document, path);
	return { batches: [...runBatches([run], cases), ...rows.batches], notes: rows.notes };
}

function faultOf(tape: Tape, root: Map<string, number>): { token: number; reason: string } | null {
	const factors = root.get("factors");
	if (factors === undefined) return { token: 0, reason: '"factors" is missing: a factor comparison lists its factors' };
	if (tape.kind(factors) !== OBJECT) return { token: factors, reason: wrong("factors", tape, factors, "an object") };
	const wanted = (name: string, kind: number, what: string, members: Map<string, number>, path: string) => {
		const token = members.get(name);
		return token === undefined || tape.kind(token) === NULL || tape.kind(token) === kind ? null : { token, reason: wrong(path, tape, token, what) };
	};
	const top = wanted("tolerance_rel", NUMBER, "a number", root, "tolerance_rel") ?? wanted("first_divergence", STRING, "text", root, "first_divergence");
	if (top) return top;
	for (const [key, factor] of membersIn(tape, factors)) {
		const path = `factors.${stringOf(tape, key)}`;
		if (tape.kind(factor) !== OBJECT) return { token: factor, reason: wrong(path, tape, factor, "an object") };
		const members = membersByName(tape, factor);
		const inside = wanted("rel_delta", NUMBER, "a number", members, `${path}.rel_delta`) ?? wanted("status", STRING, "text", members, `${path}.status`) ?? wanted("description", STRING, "text", members, `${path}.description`);
		if (inside) return inside;
	}
	return null;
}

/** Members of an object whose repeated keys count once, with their last value. */
function lastMembers(tape: Tape, token: number): [number, number][] {
	const last = new Map<string, [number, number]>();
	for (const [key, value] of membersIn(tape, token)) last.set(stringOf(tape, key), [key, value]);
	return [...last.values()];
}

/** The two sides, as the first factor that has both names them. */
function sidesOf(tape: Tape, factors: number): string[] {
	let best: string[] = [];
	for (const [, factor] of membersIn(tape, factors)) {
		const names = [...membersByName(tape, factor).keys()].flatMap((key) => SIDE.exec(key)?.[1] ?? []);
		if (names.length > best.length) best = names.slice(0, 2);
		if (best.length === 2) break;
	}
	return best;
}

function caseOf(document: JsonDocument, key: number, factor: number, sides: readonly string[], position: number): RecordedCase {
	const { tape } = document;
	const members = membersByName(tape, factor);
	const tokens = [members.get(`${sides[0]}_value`), members.get(`${sides[1]}_value`)] as const;
	const isNull = (token: number | undefined) => token !== undefined && tape.kind(token) === NULL;
	// null is no value: a factor that a side could not compute is missing there.
	const value = (token: number | undefined) => (token === undefined || isNull(token) ? null : sourceOf(tape, token));
	const [reference, candidate] = [value(tokens[0]), value(tokens[1])];
	const delta = members.get("rel_delta");
	const distance = delta === undefined ? null : numberOf(tape, delta);
	return {
		run_no: 0,
		position,
		case_name: stringOf(tape, key),
		reference,
		candidate,
		reference_missing: reference === null && (candidate !== null || isNull(tokens[0])),
		candidate_missing: candidate === null && (reference !== null || isNull(tokens[1])),
		value: distance === null ? null : Math.abs(distance),
		recorded_verdict: textOf(tape, members.get("status")),
		note: textOf(tape, members.get("description")),
		line: document.lineOf(key),
	};
}

function textOf(tape: Tape, token: number | undefined): string | null {
	return token !== undefined && tape.kind(token) === STRING ? stringOf(tape, token) : null;
}
