import { numberForm } from "@/lib/parity/canonical";
import { errorHistogram, type ErrorHistogram } from "@/lib/parity/error-spread";
import { askTolerance, type CaseAnswer, errorOf, parseTolerance, printTolerance, type QuestionCase, requiredTolerance, type RequiredTolerance, type Tolerance, type ToleranceAnswer, type ToleranceKind, wouldPass } from "@/lib/parity/tolerance";
import type { CaseRow, RunRow } from "@/lib/tables/parity";
import { isNumeric } from "./side-text";

export const KINDS: readonly ToleranceKind[] = ["abs", "rel", "ulp"];

const KIND_OF_MEASURE: { [measure: string]: ToleranceKind | undefined } = { "max-abs": "abs", "max-rel": "rel", ulp: "ulp" };

/** The numbers of a recorded side: one, or a flat JSON array of them. Null where it is anything else. */
export function numbersOf(text: string | null): number[] | null {
	if (text === null) return null;
	if (isNumeric(text)) return [numberOf(text.trim())];
	if (!/^\s*\[/.test(text)) return null;
	try {
		const list: unknown = JSON.parse(text);
		return Array.isArray(list) && list.length > 0 && list.every((one): one is number => typeof one === "number") ? list : null;
	} catch {
		// A text that only begins like an array has no numbers to ask about.
		return null;
	}
}

function numberOf(text: string): number {
	if (/nan/i.test(text)) return Number.NaN;
	if (/inf/i.test(text)) return text.startsWith("-") ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
	return Number(text);
}

/** The cases of a run as they are asked about. A status is a word and no measurement, even where it is written in digits. */
export function questionCases(rows: readonly CaseRow[], run: Pick<RunRow, "measure">): QuestionCase[] {
	return rows.map((row) => {
		const measure = row.measure ?? run.measure;
		const reference = measure === "status" ? null : numbersOf(row.reference);
		const candidate = measure === "status" ? null : numbersOf(row.candidate);
		const both = reference !== null && candidate !== null && !collapsed(row.reference!, row.candidate!);
		return { case: row.caseName, position: row.position, verdict: row.verdict, measure: measure as QuestionCase["measure"], value: row.value, reference: both ? reference : null, candidate: both ? candidate : null };
	});
}

/** Two numbers that differ as written and not as doubles: their error is not zero and cannot be told. */
function collapsed(reference: string, candidate: string): boolean {
	if (!isNumeric(reference) || !isNumeric(candidate)) return false;
	const [r, c] = [reference.trim().replace(/^\+/, ""), candidate.trim().replace(/^\+/, "")];
	return /\d/.test(r) && /\d/.test(c) && Number(r) === Number(c) && numberForm(r) !== numberForm(c);
}

/** What a run can be asked in one unit; worked out once for a run, so that a drag costs one comparison a case. */
export interface KindQuestion {
	kind: ToleranceKind;
	/** with their errors in this unit as recorded distances; those that cannot be asked as they were */
	cases: QuestionCase[];
	/** by index: the component with the largest error */
	worst: (number | null)[];
	/** errors of the compared cases that can be asked */
	errors: number[];
	/** why others cannot: each reason with its cases, most frequent first */
	unasked: { problem: string; cases: string[] }[];
	required: RequiredTolerance;
	start: { tolerance: Tolerance; from: "report" | "required" | "default" };
	histogram: ErrorHistogram;
	range: SliderRange;
}

export interface Question {
	/** kinds of which at least one compared case can be asked */
	kinds: KindQuestion[];
	/** the kind of the report's measure where it can be asked, else the first */
	first: ToleranceKind;
	wouldPass: string;
}

const MEASURES: { [kind in ToleranceKind]: QuestionCase["measure"] } = { abs: "max-abs", rel: "max-rel", ulp: "ulp" };

/** Everything about a run that does not depend on the tolerance asked; null where no compared case has two numbers or a distance. */
export function questionOf(rows: readonly CaseRow[], run: Pick<RunRow, "measure" | "tolerance">): Question | null {
	const cases = questionCases(rows, run);
	const kinds = KINDS.map((kind) => kindQuestion(kind, cases, rows, run)).filter(({ errors }) => errors.length > 0);
	if (kinds.length === 0) return null;
	const own = KIND_OF_MEASURE[onlyOne(rows.map((row) => row.measure ?? run.measure)) ?? ""];
	return { kinds, first: kinds.find(({ kind }) => kind === own)?.kind ?? kinds[0]!.kind, wouldPass: wouldPass(cases) };
}

function onlyOne<V>(values: readonly V[]): V | null {
	return values.length > 0 && values.every((value) => value === values[0]) ? values[0]! : null;
}

function kindQuestion(kind: ToleranceKind, cases: readonly QuestionCase[], rows: readonly CaseRow[], run: Pick<RunRow, "measure" | "tolerance">): KindQuestion {
	const errors: number[] = [];
	const worst: (number | null)[] = [];
	const problems = new Map<string, string[]>();
	const reduced = cases.map((item): QuestionCase => {
		const compared = item.verdict === "pass" || item.verdict === "fail";
		const found = compared ? errorOf(item, kind) : null;
		worst.push(found?.worst ?? null);
		if (found === null) return item;
		if (found.error === null) {
			const problem = found.problem ?? "it has no error";
			const known = problems.get(problem);
			if (known) known.push(item.case);
			else problems.set(problem, [item.case]);
			return item;
		}
		errors.push(found.error);
		return { ...item, measure: MEASURES[kind], value: found.error, reference: null, candidate: null };
	});
	const required = requiredTolerance(reduced, kind);
	const start = startOf(kind, rows, run, required);
	const range = sliderRange(kind, [...errors, start.tolerance.value]);
	return { kind, cases: reduced, worst, errors, required, start, range, histogram: errorHistogram(errors, range.high - range.low > 14 ? 1 : 3), unasked: [...problems].map(([problem, names]) => ({ problem, cases: names })).sort((a, b) => b.cases.length - a.cases.length) };
}

/** Where the control stands before anybody asks: at the report's own tolerance where it has one of this kind, else where all would pass. */
function startOf(kind: ToleranceKind, rows: readonly CaseRow[], run: Pick<RunRow, "measure" | "tolerance">, required: RequiredTolerance): KindQuestion["start"] {
	const compared = rows.filter(({ verdict }) => verdict === "pass" || verdict === "fail");
	const measured = compared.every((row) => KIND_OF_MEASURE[row.measure ?? run.measure ?? ""] === kind);
	const stated = onlyOne(compared.map((row) => row.tolerance ?? run.tolerance));
	if (measured && stated !== null && Number.isFinite(stated) && stated >= 0) return { tolerance: { kind, value: stated }, from: "report" };
	if (required.value !== null) return { tolerance: { kind, value: kind === "ulp" ? Math.ceil(required.value) : required.value }, from: "required" };
	return { tolerance: { kind, value: kind === "ulp" ? 4 : 1e-6 }, from: "default" };
}

/** Whole decades of a logarithmic axis. */
export interface SliderRange {
	low: number;
	high: number;
}

/** Steps of the slider in a decade. */
export const TICKS = 20;

/** A decade around everything that is finite and not zero, at least three. */
export function sliderRange(kind: ToleranceKind, values: readonly number[]): SliderRange {
	let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
	for (const value of values) {
		if (!Number.isFinite(value) || value <= 0) continue;
		low = Math.min(low, Math.floor(Math.log10(value)));
		high = Math.max(high, Math.ceil(Math.log10(value)));
	}
	if (low > high) [low, high] = kind === "ulp" ? [0, 3] : [-9, -3];
	low -= 1;
	high += 1;
	while (high - low < 3) high++;
	return kind === "ulp" ? { low: Math.max(0, low), high: Math.max(3, high) } : { low, high };
}

/** The tolerance at a tick, with two digits, or whole for steps between numbers. */
export function atTick(kind: ToleranceKind, tick: number): number {
	const value = Number((10 ** (tick / TICKS)).toPrecision(2));
	return kind === "ulp" ? Math.round(10 ** (tick / TICKS)) : value;
}

/** The tick next to a tolerance, inside the range; zero lies at its low end. */
export function tickOf(value: number, range: SliderRange): number {
	const tick = value > 0 ? Math.round(Math.log10(value) * TICKS) : range.low * TICKS;
	return Math.max(range.low * TICKS, Math.min(range.high * TICKS, tick));
}

/** What the address asks: nothing, something, or something that is no tolerance. */
export function askedOf(text: string | null): Tolerance | { problem: string } | null {
	return text === null || text === "" ? null : parseTolerance(text);
}

/** A number that was typed beside a chosen kind; `rel:1e-6` with its kind is understood too. */
export function typedTolerance(text: string, kind: ToleranceKind): Tolerance | { problem: string } {
	return parseTolerance(text.includes(":") ? text : `${kind}:${text}`);
}

/** The number of a tolerance without its kind. */
export function valueOnly(tolerance: Tolerance): string {
	return printTolerance(tolerance).slice(tolerance.kind.length + 1);
}

/** A case of the answer with the place of its largest error. */
export interface AnswerRow extends CaseAnswer {
	index: number;
}

export interface QuestionAnswer {
	answer: ToleranceAnswer;
	/** cases that could be asked: those that flip first, then the largest margin first; one that is not a number before all numbers */
	rows: AnswerRow[];
	flips: AnswerRow[];
	passing: AnswerRow[];
}

/** Asks a run at a tolerance. */
export function askRun(question: KindQuestion, tolerance: Tolerance): QuestionAnswer {
	const answer = askTolerance(question.cases, tolerance);
	const rows = answer.cases.map((item, index): AnswerRow => ({ ...item, worst: question.worst[index] ?? null, index })).filter(({ error }) => error !== null);
	const margin = (row: AnswerRow) => row.margin ?? Number.POSITIVE_INFINITY;
	rows.sort((a, b) => Number(b.flips) - Number(a.flips) || (margin(a) === margin(b) ? a.position - b.position : margin(a) < margin(b) ? 1 : -1));
	return { answer, rows, flips: rows.filter(({ flips }) => flips), passing: rows.filter(({ verdict }) => verdict === "pass") };
}
