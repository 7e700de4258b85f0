import type { Parser } from "@/lib/model";
import { checkValue, kindWord, wrong } from "./json/check";
import { documentParser, type DocumentRead, documentRows, type JsonDocument, membersByName } from "./json/document";
import { itemsIn } from "./json/members";
import { type Declared, Shape } from "./json/schema";
import { numberOf, sourceOf, stringOf } from "./json/strings";
import { ARRAY, NULL, NUMBER, OBJECT, STRING, type Tape } from "./json/tape";
import { RUN_COMMIT_NAMES, type RecordedCase, type RecordedRun, runBatches } from "./runs";
import { timeOf } from "./times";

export const PARITY_SCHEMA = "parity.report.v1";

const RUN_FIELDS: readonly (readonly [string, Declared])[] = [
	["schema", "text"],
	["probe", "text"],
	["title", "text"],
	["ran_at", "time"],
	["measure", "text"],
	["tolerance", "number"],
	["verdict", "text"],
	["first_divergence", "text"],
	...RUN_COMMIT_NAMES.map((name) => [name, "text"] as const),
];

const CASE_FIELDS: readonly (readonly [string, Declared])[] = [
	["case", "text"],
	["measure", "text"],
	["tolerance", "number"],
	["verdict", "text"],
	["value", "number"],
	["note", "text"],
];

/** An exit word, or an HTTP status below 400. */
const GOOD_STATUS = /^(ok|pass|passed|success|succeeded|accepted|[123]\d\d)$/i;
/** Measures of numbers. */
const NUMERIC = /^(max-abs|max-rel|cosine|correlation|ulp)$/;
/** A status is a word or a number; anything else is no status. */
const STATUS_FIELDS = ["status_reference", "status_candidate"];

/**
 * A parity report in JSON (`parity.report.v1`): one run and its cases, payloads as their JSON text; the document itself is also
 * the table `json`. A known field of a wrong type makes the document a reject that names field and line.
 */
export function parityJson(path: string): Parser {
	return documentParser((document) => read(document, path));
}

function read(document: JsonDocument, path: string): DocumentRead {
	const fault = faultOf(document);
	if (fault) return { batches: [], notes: [], reject: document.reject(document.tape.start(fault.token), `${fault.reason} in line ${document.lineOf(fault.token)}`) };
	const { tape } = document;
	const root = membersByName(tape, 0);
	const cases: RecordedCase[] = [];
	for (const item of itemsIn(tape, root.get("cases")!)) cases.push(caseOf(document, item, cases.length, textOf(tape, root.get("measure"))));
	const rows = documentRows(document, path);
	return { batches: [...runBatches([runOf(document, root)], cases), ...rows.batches], notes: rows.notes };
}

interface Fault {
	token: number;
	reason: string;
}

function faultOf(document: JsonDocument): Fault | null {
	const { tape } = document;
	if (tape.kind(0) !== OBJECT) return { token: 0, reason: `the document is ${kindWord(tape.kind(0))}, not an object` };
	const root = membersByName(tape, 0);
	const cases = root.get("cases");
	const fault = wrongField(tape, root, RUN_FIELDS, "") ?? wrongSide(tape, root, "reference") ?? wrongSide(tape, root, "candidate");
	if (fault) return fault;
	if (cases === undefined) return { token: 0, reason: '"cases" is missing: a parity report lists its cases' };
	if (tape.kind(cases) !== ARRAY) return { token: cases, reason: wrong("cases", tape, cases, "a list") };
	let index = 0;
	for (const item of itemsIn(tape, cases)) {
		const path = `cases[${index++}]`;
		if (tape.kind(item) !== OBJECT) return { token: item, reason: wrong(path, tape, item, "an object") };
		const members = membersByName(tape, item);
		if ((members.get("case") ?? -1) < 0 || tape.kind(members.get("case")!) === NULL) return { token: item, reason: `${path}.case is missing: a case needs its name` };
		const inside = wrongField(tape, members, CASE_FIELDS, `${path}.`);
		if (inside) return inside;
		for (const name of STATUS_FIELDS) {
			const status = members.get(name);
			if (status !== undefined && ![NULL, STRING, NUMBER].includes(tape.kind(status))) return { token: status, reason: wrong(`${path}.${name}`, tape, status, "a word or a number") };
		}
	}
	return null;
}

function wrongField(tape: Tape, members: Map<string, number>, fields: readonly (readonly [string, Declared])[], prefix: string): Fault | null {
	for (const [name, type] of fields) {
		const token = members.get(name);
		const reason = token === undefined ? null : checkValue(new Shape(type), tape, token, `${prefix}${name}`);
		if (reason !== null) return { token: token!, reason };
	}
	return null;
}

/** A side is an object with a name, or just the name. */
function wrongSide(tape: Tape, root: Map<string, number>, side: string): Fault | null {
	const token = root.get(side);
	if (token === undefined || tape.kind(token) === NULL || tape.kind(token) === STRING) return null;
	if (tape.kind(token) !== OBJECT) return { token, reason: wrong(side, tape, token, "an object with a name") };
	return wrongField(
		tape,
		membersByName(tape, token),
		[
			["name", "text"],
			["version", "text"],
		],
		`${side}.`,
	);
}

function runOf(document: JsonDocument, root: Map<string, number>): RecordedRun {
	const { tape } = document;
	const text = (name: string) => textOf(tape, root.get(name));
	const ranAt = text("ran_at");
	const commit = RUN_COMMIT_NAMES.map(text).find((value) => value !== null);
	const tolerance = root.get("tolerance");
	return {
		run_no: 0,
		probe: text("probe"),
		title: text("title"),
		ran_at: ranAt === null ? null : timeOf(ranAt),
		git_commit: commit ?? null,
		reference: sideOf(tape, root.get("reference")),
		candidate: sideOf(tape, root.get("candidate")),
		measure: text("measure"),
		tolerance: tolerance === undefined ? null : numberOf(tape, tolerance),
		recorded_verdict: text("verdict"),
		recorded_first_divergence: text("first_divergence"),
		line: document.lineOf(0),
	};
}

function caseOf(document: JsonDocument, token: number, position: number, runMeasure: string | null): RecordedCase {
	const { tape } = document;
	const members = membersByName(tape, token);
	const text = (name: string) => textOf(tape, members.get(name));
	const number = (name: string) => (members.has(name) ? numberOf(tape, members.get(name)!) : null);
	const payload = (name: string) => (members.has(name) ? sourceOf(tape, members.get(name)!) : null);
	const statuses = [statusOf(tape, members.get("status_reference")), statusOf(tape, members.get("status_candidate"))] as const;
	const hasPayload = members.has("reference") || members.has("candidate");
	// Without payloads the two status words are what there is to compare.
	const byStatus = !hasPayload && (statuses[0] !== null || statuses[1] !== null);
	const bothFailed = statuses.every(isFailure);
	const measure = text("measure") ?? (byStatus ? "status" : null);
	const numeric = NUMERIC.test(measure ?? runMeasure ?? "");
	// A null where a number is measured is no value; as JSON it is one.
	const side = (name: string, status: string) => {
		if (byStatus) return bothFailed ? null : payload(status);
		return numeric && members.has(name) && tape.kind(members.get(name)!) === NULL ? null : payload(name);
	};
	const reference = side("reference", "status_reference");
	const candidate = side("candidate", "status_candidate");
	const isMissing = (name: string, own: string | null, other: string | null) => own === null && (other !== null || (numeric && members.has(name)));
	return {
		run_no: 0,
		position,
		case_name: text("case") ?? "",
		measure,
		tolerance: number("tolerance"),
		reference,
		candidate,
		reference_missing: isMissing("reference", reference, candidate),
		candidate_missing: isMissing("candidate", candidate, reference),
		value: number("value"),
		recorded_verdict: text("verdict"),
		note: noteOf(text("note"), statuses),
		line: document.lineOf(token),
	};
}

function statusOf(tape: Tape, token: number | undefined): string | null {
	return textOf(tape, token) ?? (token !== undefined && tape.kind(token) === NUMBER ? sourceOf(tape, token) : null);
}

function isFailure(status: string | null): boolean {
	return status !== null && !GOOD_STATUS.test(status);
}

function noteOf(note: string | null, [reference, candidate]: readonly [string | null, string | null]): string | null {
	let status: string | null = null;
	if (isFailure(reference) && isFailure(candidate)) status = reference === candidate ? "both sides failed" : `both sides failed (${reference}, ${candidate})`;
	else if (reference !== candidate) status = `status: ${reference ?? "not recorded"} against ${candidate ?? "not recorded"}`;
	if (status === null || note === null) return status ?? note;
	return `${note}; ${status}`;
}

function sideOf(tape: Tape, token: number | undefined): string | null {
	if (token === undefined || tape.kind(token) !== OBJECT) return textOf(tape, token);
	const members = membersByName(tape, token);
	const name = textOf(tape, members.get("name"));
	const version = textOf(tape, members.get("version"));
	return name !== null && version !== null ? `${name} ${version}` : (name ?? version);
}

function textOf(tape: Tape, token: number | undefined): string | null {
	if (token === undefined) return null;
	if (tape.kind(token) === NUMBER) return sourceOf(tape, token);
	return tape.kind(token) === STRING ? stringOf(tape, token) : null;
}
