import type { Batch } from "@/lib/model";
import type { JsonDocument } from "./json/document";
import { membersByName } from "./json/document";
import { numberOf, sourceOf, stringOf } from "./json/strings";
import { ARRAY, NULL, NUMBER, OBJECT, STRING, type Tape } from "./json/tape";
import { findPairs, type Pair } from "./paired/find";
import { mayHoldPairs } from "./paired/sides";
import { type RecordedCase, runBatches, runCommit } from "./runs";
import { statedTime } from "./sides";
import { showBytes } from "./text/utf8";

/** Configuration and descriptions of a run, whose pairs are no results. */
const CONFIGURATION = /^(package(-lock)?|tsconfig.*|jsconfig.*|composer|manifest|settings|launch|env|environment|run_metadata|trace_env|.*\.config|.*\.schema|.*rc)\.json$/;
const ABSOLUTE = ["tolerance", "tol", "atol", "abs_tol", "tolerance_abs", "abs_tolerance"];
const RELATIVE = ["rtol", "rel_tol", "tolerance_rel", "rel_tolerance"];
const VERDICTS = ["verdict", "status", "result", "outcome"];

/**
 * What a JSON document that no format claims compares, as far as its key names tell: one inferred run with a case for every pair of siblings
 * that differ only in a side. Null where there is none. Numbers that differ have a verdict only where the file records a tolerance.
 */
export function pairedFields(document: JsonDocument, path: string): Batch[] | null {
	const { tape } = document;
	const file = path.slice(path.lastIndexOf("/") + 1).toLowerCase();
	// a person's own rules for the workspace, which name references and candidates
	if (path === "casebook.json") return null;
	if (CONFIGURATION.test(file) || !mayHoldPairs(showBytes(document.text.bytes))) return null;
	const root = membersByName(tape, 0);
	if (root.has("$schema")) return null;
	const { pairs, kinds, large, beyond } = findPairs(document);
	if (pairs.length === 0) return null;

	const given = new Map<string, number>();
	const cases = pairs.map((pair, position) => {
		const count = (given.get(pair.name) ?? 0) + 1;
		given.set(pair.name, count);
		return caseOf(document, pair, root, position, count === 1 ? pair.name : `${pair.name} (${count})`);
	});
	const words = [...new Set(pairs.map(({ sides }) => `${sides.reference}/${sides.candidate}`))];
	const time = statedTime(tape, 0);
	const left = [kinds > 0 ? `${kinds} of different kinds` : null, large > 0 ? `${large} too large` : null, beyond > 0 ? `${beyond} beyond the first ${cases.length.toLocaleString("en-US")}` : null].filter((part) => part !== null);
	const run = {
		run_no: 0,
		ran_at: time?.ns ?? null,
		git_commit: runCommit(tape, 0),
		reference: words.length === 1 ? pairs[0]!.sides.reference : null,
		candidate: words.length === 1 ? pairs[0]!.sides.candidate : null,
		inferred: true,
		note: [`its pairs are inferred from key names (${words.join(", ")})`, left.length > 0 ? `pairs left out: ${left.join(", ")}` : null, time?.note].filter(Boolean).join("; "),
		line: document.lineOf(0),
	};
	return runBatches([run], cases);
}

function caseOf(document: JsonDocument, pair: Pair, root: Map<string, number>, position: number, name: string): RecordedCase {
	const { tape } = document;
	const [reference, candidate] = [sideOf(tape, pair.reference), sideOf(tape, pair.candidate)];
	const numbers = tape.kind(pair.reference) === NUMBER && tape.kind(pair.candidate) === NUMBER;
	const tolerance = numbers ? toleranceOf(tape, [pair.members, root]) : null;
	const word = pair.alone ? VERDICTS.map((key) => pair.members.get(key)).find((token) => token !== undefined && tape.kind(token) === STRING) : undefined;
	return {
		run_no: 0,
		position,
		case_name: name,
		measure: tolerance?.measure ?? measureOf(tape, pair),
		tolerance: tolerance?.value ?? null,
		reference,
		candidate,
		reference_missing: reference === null,
		candidate_missing: candidate === null,
		value: numbers ? distance(reference!, candidate!) : null,
		recorded_verdict: word === undefined ? null : stringOf(tape, word),
		note: tolerance?.note ?? null,
		line: document.lineOf(pair.reference),
	};
}

function sideOf(tape: Tape, token: number): string | null {
	if (tape.kind(token) === NULL) return null;
	return tape.kind(token) === STRING ? stringOf(tape, token) : sourceOf(tape, token);
}

/** Text and truth values of sides that demand something are equal or wrong; anything else only has no verdict where it differs. */
function measureOf(tape: Tape, { reference, candidate, sides }: Pair): string | null {
	if (!sides.demands) return null;
	const kinds = [tape.kind(reference), tape.kind(candidate)];
	if (kinds.some((kind) => kind === OBJECT || kind === ARRAY)) return [reference, candidate].some((token) => holdsNumber(tape, token)) ? null : "json";
	return kinds.includes(NUMBER) ? null : "exact";
}

function holdsNumber(tape: Tape, token: number): boolean {
	for (let at = token; at < tape.next(token); at++) if (tape.kind(at) === NUMBER) return true;
	return false;
}

/** The tolerance recorded beside a pair, or at the top. Where both kinds are, how they go together is not said, and neither counts. */
function toleranceOf(tape: Tape, places: readonly Map<string, number>[]): { measure: string | null; value: number | null; note: string | null } | null {
	for (const members of places) {
		const of = (names: readonly string[]) => names.map((name) => members.get(name)).find((token) => token !== undefined && tape.kind(token) === NUMBER);
		const [absolute, relative] = [of(ABSOLUTE), of(RELATIVE)];
		if (absolute !== undefined && relative !== undefined) return { measure: null, value: null, note: `the file records an absolute (${sourceOf(tape, absolute)}) and a relative tolerance (${sourceOf(tape, relative)}), and not how they go together` };
		if (absolute !== undefined) return { measure: "max-abs", value: numberOf(tape, absolute), note: null };
		if (relative !== undefined) return { measure: "max-rel", value: numberOf(tape, relative), note: null };
	}
	return null;
}

/** |candidate − reference|; whole numbers exactly. */
function distance(reference: string, candidate: string): number {
	const whole = /^-?\d+$/;
	if (whole.test(reference) && whole.test(candidate)) {
		const difference = BigInt(candidate) - BigInt(reference);
		return Number(difference < 0n ? -difference : difference);
	}
	return Math.abs(Number(candidate) - Number(reference));
}
