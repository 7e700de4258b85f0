import type { Parser } from "@/lib/model";
import { wrong } from "./json/check";
import { documentParser, type DocumentRead, documentRows, type JsonDocument, membersByName } from "./json/document";
import { numberOf, sourceOf, stringOf } from "./json/strings";
import { FALSE, NULL, NUMBER, OBJECT, STRING, type Tape, TRUE } from "./json/tape";
import { type RecordedCase, runBatches, runCommit } from "./runs";
import { orderSides, statedTime } from "./sides";
import { checkRatio } from "./sum-ratio";

/** Members that only wrap what is inside, and give a case no name. */
const WRAPPERS = new Set(["comparison", "comparisons", "cases", "metrics", "results", "result", "summary"]);
const CORRELATION = /^(?:(.*)_)?correlation$/;
const THRESHOLDS = ["correlation_threshold", "min_correlation", "threshold_correlation", "threshold"];
const VERDICTS = ["verdict", "status", "result"];
const DEPTH = 4;
const NOTE_FIGURES = 40;

/** One comparison inside a document: its figures by their names without prefix. */
interface Found {
	name: string | null;
	figures: Map<string, number>;
	/** the objects it lies in, innermost first */
	around: Map<string, number>[];
	token: number;
}

/**
 * A comparison of images: `correlation` and `sum_ratio` at the top, under the name of a case, in a `comparison` one level down, or
 * with a prefix. One run with the measure correlation and a case a comparison, in file order; the other figures are in the case's note, and
 * the document itself is also the table `json`. The recorded `sum_ratio` is checked against the recorded sums.
 */
export function imageComparison(path: string): Parser {
	return documentParser((document) => read(document, path));
}

/** Whether an object, or one inside it, holds a comparison of images. */
export function hasImageComparison(tape: Tape, token: number): boolean {
	return comparisonsIn(tape, token).length > 0;
}

function comparisonsIn(tape: Tape, root: number): Found[] {
	const found: Found[] = [];
	const visit = (token: number, name: string | null, around: Map<string, number>[], depth: number) => {
		const members = membersByName(tape, token);
		const inside = [members, ...around];
		for (const [prefix, figures] of groupsOf(members)) found.push({ name: joined(name, prefix), figures, around: inside, token: figures.get("correlation")! });
		if (depth < DEPTH) for (const [key, member] of members) if (tape.kind(member) === OBJECT) visit(member, WRAPPERS.has(key) ? name : joined(name, key), inside, depth + 1);
	};
	visit(root, null, [], 1);
	return found;
}

function joined(outer: string | null, inner: string): string | null {
	if (inner === "") return outer;
	return outer === null ? inner : `${outer} ${inner}`;
}

/** The comparisons that lie flat in one object, by prefix (`tc_d1` of `tc_d1_correlation`); "" has none. */
function groupsOf(members: Map<string, number>): Map<string, Map<string, number>> {
	const groups = new Map<string, Map<string, number>>();
	const prefixes = [...members.keys()].flatMap((key) => CORRELATION.exec(key)?.[1] ?? (key === "correlation" ? "" : []));
	for (const prefix of prefixes) if (members.has(prefix === "" ? "sum_ratio" : `${prefix}_sum_ratio`)) groups.set(prefix, new Map());
	const longest = [...groups.keys()].sort((a, b) => b.length - a.length);
	for (const [key, token] of members) {
		const prefix = longest.find((one) => one === "" || key.startsWith(`${one}_`));
		if (prefix !== undefined) groups.get(prefix)!.set(prefix === "" ? key : key.slice(prefix.length + 1), token);
	}
	return groups;
}

function read(document: JsonDocument, path: string): DocumentRead {
	const { tape } = document;
	const comparisons = comparisonsIn(tape, 0);
	for (const { figures } of comparisons) {
		const fault = faultOf(tape, figures);
		if (fault) return { batches: [], notes: [], reject: document.reject(tape.start(fault.token), `${fault.reason} in line ${document.lineOf(fault.token)}`) };
	}
	const rows = documentRows(document, path);
	if (comparisons.length === 0) return { ...rows, notes: [...rows.notes, 'no object has both a "correlation" and a "sum_ratio": there is no run'] };

	const root = membersByName(tape, 0);
	const names = [textOf(tape, root.get("case_id")), textOf(tape, root.get("run_name"))].filter((name) => name !== null);
	const sides = comparisons.map(({ figures }) => sidesOf(figures)).find((pair) => pair !== null) ?? null;
	const problems: string[] = [];
	const cases = comparisons.map((found, position) => {
		const one = caseOf(document, found, position, names.join(" "));
		if (one.problem !== null) problems.push(comparisons.length === 1 ? one.problem : `${one.case.case_name}: ${one.problem}`);
		return one.case;
	});
	const time = statedTime(tape, 0);
	const run = {
		run_no: 0,
		title: textOf(tape, root.get("title")) ?? (names.join(" ") || null),
		ran_at: time?.ns ?? null,
		git_commit: runCommit(tape, 0),
		reference: sides?.[0] ?? null,
		candidate: sides?.[1] ?? null,
		measure: "correlation",
		tolerance: thresholdOf(tape, [root]),
		note: [...problems, time?.note].filter(Boolean).join("; ") || null,
		line: document.lineOf(0),
	};
	return { batches: [...runBatches([run], cases), ...rows.batches], notes: [...rows.notes, ...problems] };
}

function faultOf(tape: Tape, figures: Map<string, number>): { token: number; reason: string } | null {
	for (const name of ["correlation", "sum_ratio"]) {
		const token = figures.get(name);
		if (token !== undefined && ![NUMBER, NULL].includes(tape.kind(token)) && !isNaNText(tape, token)) return { token, reason: wrong(name, tape, token, "a number") };
	}
	return null;
}

/** JSON has no NaN; writers that have one quote it. */
function isNaNText(tape: Tape, token: number): boolean {
	return tape.kind(token) === STRING && /^[+-]?nan$/i.test(stringOf(tape, token));
}

/** The names of the two sums of a comparison, as reference and candidate; null where it has not exactly two. */
function sidesOf(figures: Map<string, number>): [string, string] | null {
	const names = [...figures.keys()].flatMap((key) => /^(.+)_sum$/.exec(key)?.[1] ?? /^sum_(?!ratio)(.+)$/.exec(key)?.[1] ?? []);
	return names.length === 2 ? orderSides(names[0]!, names[1]!) : null;
}

function caseOf(document: JsonDocument, found: Found, position: number, named: string): { case: RecordedCase; problem: string | null } {
	const { tape } = document;
	const { figures, around } = found;
	const correlation = figures.get("correlation")!;
	const own = [textOf(tape, figures.get("case_id")), textOf(tape, figures.get("run_name"))].filter((name) => name !== null).join(" ");
	const sides = sidesOf(figures);
	const sum = (side: string | undefined) => {
		const token = side === undefined ? undefined : (figures.get(`${side}_sum`) ?? figures.get(`sum_${side}`));
		return token === undefined || tape.kind(token) !== NUMBER ? null : sourceOf(tape, token);
	};
	const ratio = figures.get("sum_ratio");
	const problem = ratio === undefined || tape.kind(ratio) !== NUMBER ? null : checkRatio(sourceOf(tape, ratio), sides, [sum(sides?.[0]), sum(sides?.[1])]);
	return {
		case: {
			run_no: 0,
			position,
			case_name: found.name ?? (own || named || "image"),
			tolerance: thresholdOf(tape, [figures, ...around]),
			reference_missing: false,
			candidate_missing: false,
			value: isNaNText(tape, correlation) ? Number.NaN : numberOf(tape, correlation),
			recorded_verdict: VERDICTS.map((name) => textOf(tape, figures.get(name))).find((word) => word !== null) ?? null,
			note: [problem, figuresText(tape, figures)].filter(Boolean).join("; ") || null,
			line: document.lineOf(found.token),
		},
		problem,
	};
}

/** Every number and truth value beside the correlation, with the file's digits. */
function figuresText(tape: Tape, figures: Map<string, number>): string {
	const shown: string[] = [];
	for (const [name, token] of figures) if (name !== "correlation" && [NUMBER, TRUE, FALSE].includes(tape.kind(token))) shown.push(`${name} ${sourceOf(tape, token)}`);
	const more = shown.length - NOTE_FIGURES;
	return more > 0 ? `${shown.slice(0, NOTE_FIGURES).join("; ")}; ${more} more in the file` : shown.join("; ");
}

function thresholdOf(tape: Tape, places: readonly Map<string, number>[]): number | null {
	for (const members of places)
		for (const name of THRESHOLDS) {
			const token = members.get(name);
			if (token !== undefined && tape.kind(token) === NUMBER) return numberOf(tape, token);
		}
	return null;
}

function textOf(tape: Tape, token: number | undefined): string | null {
	if (token === undefined || tape.kind(token) !== STRING) return null;
	return stringOf(tape, token).trim() || null;
}
