import { brief, counted } from "@/lib/parity/delta";
import type { RecordedCase } from "@/lib/parity/judge";
import { aliasesOfRecord, compareTraces, TRACE_TOLERANCE, type TraceComparison } from "@/lib/parity/traces";
import { MAX_TRACE_ROWS, type RawInputs } from "./compare-input";
import { findTracePairs, type OpenTraces, type TraceEntry, type TracePair, type TraceUnit } from "./compare-trace-pairs";
import { isJsonTrace, plainKey, TraceRowsOfSide } from "./compare-trace-part";
import { type ComputedCase, type ComputedRun, folderOf, nameOf } from "./compare-write";

/** A run lists at most so many cases; what passes beyond them is counted, and the note says so. */
export const MAX_LISTED = 100_000;

/** A recorded comparison of factors. */
export interface RecordedFactors {
	path: string;
	cases: readonly RecordedCase[];
	firstDivergence: string | null;
}

/**
 * The runs of all pairs of traces, one at a time, so that only one pair's columns are held.
 *
 * @param recordedIn recorded comparisons of factors in a folder
 */
export function* traceRuns(inputs: RawInputs, modifiedAt: (path: string) => string | null, recordedIn: (folder: string) => readonly RecordedFactors[]): Generator<ComputedRun> {
	const entries: TraceEntry[] = [];
	for (const [path, parts] of inputs.traces) {
		const counts = new Map<string | null, number>();
		for (const part of parts) for (const side of part.sides) counts.set(side, (counts.get(side) ?? 0) + 1);
		for (const [side, values] of counts) entries.push({ path, side, values, isJson: isJsonTrace(path) });
	}
	const { pairs, open } = findTracePairs(entries, inputs.mentions);
	const uses = new Map<string, number>();
	for (const { reference, candidate } of pairs) for (const path of [...reference.paths, ...candidate.paths]) uses.set(path, (uses.get(path) ?? 0) + 1);
	for (const pair of pairs) {
		const cut = [...pair.reference.paths, ...pair.candidate.paths].filter((path) => inputs.cutTraces.has(path));
		if (cut.length > 0) {
			yield cutRun(pair, cut, modifiedAt);
			continue;
		}
		const rows = (unit: TraceUnit) => new TraceRowsOfSide(unit.paths.map((path) => ({ path, parts: inputs.traces.get(path)! })), unit.side);
		yield pairRun(pair, rows(pair.reference), rows(pair.candidate), modifiedAt, recordedIn);
		for (const path of [...pair.reference.paths, ...pair.candidate.paths]) {
			uses.set(path, uses.get(path)! - 1);
			if (uses.get(path) === 0) inputs.traces.delete(path);
		}
	}
	for (const one of open) yield openRun(one, modifiedAt);
}

/** The run of two logs that a person paired. @param pair its `toleranceRel` is the person's, null for Casebook's default */
export function tracePairRun(pair: TracePair & { toleranceRel: number | null }, inputs: RawInputs, modifiedAt: (path: string) => string | null): ComputedRun {
	const cut = [...pair.reference.paths, ...pair.candidate.paths].filter((path) => inputs.cutTraces.has(path));
	if (cut.length > 0) return cutRun(pair, cut, modifiedAt);
	const [reference, candidate] = [pair.reference, pair.candidate].map((unit) => new TraceRowsOfSide(unit.paths.map((path) => ({ path, parts: inputs.traces.get(path)! })), unit.side)) as [TraceRowsOfSide, TraceRowsOfSide];
	return pairRun(pair, reference, candidate, modifiedAt, () => [], pair.toleranceRel);
}

function pairRun(pair: TracePair, reference: TraceRowsOfSide, candidate: TraceRowsOfSide, modifiedAt: (path: string) => string | null, recordedIn: (folder: string) => readonly RecordedFactors[], stated: number | null = null): ComputedRun {
	const { namedBy } = pair;
	const source = pair.candidate.paths[0]!;
	const beside = namedBy?.path ?? source;
	const tolerance = stated ?? namedBy?.toleranceRel ?? TRACE_TOLERANCE;
	const records = recordedIn(folderOf(beside));
	const factors = records.flatMap(({ cases }) => cases.map((item) => ({ key: item.caseName, reference: numberOf(item.reference), candidate: numberOf(item.candidate) })));
	const aliases = factors.length === 0 ? new Map<string, string>() : aliasesOfRecord(reference.side, candidate.side, factors);
	const comparison = compareTraces(reference.side, candidate.side, { tolerance, aliases });
	const notes = [
		`compared here, value by value: ${reference.side.keys.length.toLocaleString("en-US")} values of ${pair.reference.paths.map(nameOf).join(" and ")} with ${candidate.side.keys.length.toLocaleString("en-US")} of ${pair.candidate.paths.map(nameOf).join(" and ")}`,
		...pair.notes,
		stated !== null ? "" : namedBy?.toleranceRel === null || namedBy === null ? `no tolerance is recorded; Casebook's default of ${brief(TRACE_TOLERANCE)} relative is used` : `the tolerance is tolerance_rel of ${nameOf(namedBy.path)}`,
		...records.map((record) => besideRecord(record, reference, candidate, tolerance, aliases)),
	];
	const total = comparison.length + comparison.onlyReference.length + comparison.onlyCandidate.length;
	const listed = chooseListed(comparison, total);
	if (listed.unlisted !== undefined) {
		const counts = comparison.counts();
		notes.push(`${total.toLocaleString("en-US")} cases, of which the ${listed.size.toLocaleString("en-US")} that matter most are listed (at most ${MAX_LISTED.toLocaleString("en-US")}); all are counted: ${Object.entries(counts).filter(([, count]) => count > 0).map(([verdict, count]) => `${count.toLocaleString("en-US")} ${verdict}`).join(", ")}`);
	}
	return {
		run: pair.run,
		title: `Traces of ${pair.reference.name} and ${pair.candidate.name}, whole`,
		beside,
		ranAt: null,
		modifiedAt: modifiedAt(source),
		reference: pair.reference.name,
		candidate: pair.candidate.name,
		measure: "max-rel",
		tolerance,
		inferred: namedBy === null,
		notes,
		source,
		line: candidate.side.lines.length === 0 ? null : candidate.where(0).line,
		cases: casesOf(comparison, reference, candidate, listed.isListed),
		unlisted: listed.unlisted,
	};
}

/** What a recorded comparison of some of the factors comes to over these traces: named, and not mixed with the answer of the whole. */
function besideRecord(record: RecordedFactors, reference: TraceRowsOfSide, candidate: TraceRowsOfSide, tolerance: number, aliases: ReadonlyMap<string, string>): string {
	const only = record.cases.map(({ caseName }) => caseName);
	const some = compareTraces(reference.side, candidate.side, { tolerance, aliases, only });
	const at = some.firstDivergence();
	const found = at < 0 ? null : reference.side.keys[some.referenceRows[at]!]!;
	const same = found === record.firstDivergence;
	const words = found === null ? "none diverges" : `the first that diverges is ${found}`;
	const recorded = record.firstDivergence === null ? "records none" : `records ${record.firstDivergence}`;
	return `of the ${counted(only.length, "factor")} that ${nameOf(record.path)} compares ${words}, ${same ? "as it records" : `while it ${recorded}`}: that is its own probe, and this one is the whole trace`;
}

/** Beyond the limit what does not pass is listed first, in order, and the rest is counted. */
function chooseListed(comparison: TraceComparison, total: number): { isListed: (i: number | null) => boolean; size: number; unlisted?: ComputedRun["unlisted"] } {
	if (total <= MAX_LISTED) return { isListed: () => true, size: total };
	const unlisted = { ...comparison.counts() };
	const flags = new Uint8Array(comparison.length);
	let room = MAX_LISTED;
	// One that fails first, whatever follows.
	for (const wanted of ["fail", "incomparable"] as const) {
		for (let i = 0; i < comparison.length && room > 0; i++) {
			if (comparison.verdict(i) !== wanted) continue;
			flags[i] = 1;
			unlisted[wanted]--;
			room--;
		}
	}
	const single = Math.min(room, comparison.onlyReference.length + comparison.onlyCandidate.length);
	unlisted.unmatched -= single;
	let left = single;
	return { isListed: (i) => (i === null ? left-- > 0 : flags[i] === 1), size: MAX_LISTED - room + single, unlisted };
}

function* casesOf(comparison: TraceComparison, reference: TraceRowsOfSide, candidate: TraceRowsOfSide, isListed: (pair: number | null) => boolean): Generator<ComputedCase> {
	const offers = new Map<string, string>();
	for (const { base, key, others, chosen, why } of comparison.offers) {
		if (chosen !== null) continue;
		offers.set(`${base}\0${key}`, `may be ${others.map(plainKey).join(" or ")} of the other side: ${why}`);
		const other = base === "reference" ? "candidate" : "reference";
		for (const one of others) offers.set(`${other}\0${one}`, `may be ${plainKey(key)} of the other side: ${why}`);
	}
	let pairAt = 0;
	let aloneAt = 0;
	const rows = comparison.length + comparison.onlyReference.length;
	for (let position = 0; position < rows; position++) {
		const isPair = pairAt < comparison.length && (aloneAt >= comparison.onlyReference.length || comparison.referenceRows[pairAt]! < comparison.onlyReference[aloneAt]!);
		if (!isPair) {
			const row = comparison.onlyReference[aloneAt++]!;
			if (isListed(null)) yield alone("reference", reference, row, position, offers);
			continue;
		}
		const i = pairAt++;
		if (!isListed(i)) continue;
		const left = reference.where(comparison.referenceRows[i]!);
		const right = candidate.where(comparison.candidateRows[i]!);
		const pair = comparison.pair(i);
		const notes = [
			pair.alias === null ? null : `the candidate calls it ${plainKey(pair.alias)}`,
			pair.absDelta === null || pair.absDelta === 0 ? null : `candidate − reference is ${pair.absDelta}${pair.component === null ? "" : ` in component ${pair.component}`}`,
			`reference: ${left.path}:${left.line}`,
		];
		yield {
			position,
			caseName: caseName(pair.key, pair.ordinal, pair.occurrence),
			reference: left.text,
			candidate: right.text,
			value: pair.relDelta === null ? null : Math.abs(pair.relDelta),
			verdict: pair.verdict,
			reason: pair.reason,
			note: notes.filter(Boolean).join("; "),
			source: right.path,
			line: right.line,
		};
	}
	for (let i = 0; i < comparison.onlyCandidate.length; i++) if (isListed(null)) yield alone("candidate", candidate, comparison.onlyCandidate[i]!, rows + i, offers);
}

function alone(side: "reference" | "candidate", rows: TraceRowsOfSide, row: number, position: number, offers: ReadonlyMap<string, string>): ComputedCase {
	const { path, line, text } = rows.where(row);
	const key = rows.side.keys[row]!;
	return {
		position,
		caseName: caseName(key, rows.side.ordinals[row]!, rows.side.occurrences[row]!),
		reference: side === "reference" ? text : null,
		candidate: side === "candidate" ? text : null,
		value: null,
		verdict: "unmatched",
		reason: `the ${side === "reference" ? "candidate" : "reference"} has no such value`,
		note: offers.get(`${side}\0${key}`) ?? null,
		source: path,
		line,
	};
}

function caseName(key: string, ordinal: string | null, occurrence: number): string {
	return `${plainKey(key)}${ordinal === null ? "" : ` [${ordinal}]`}${occurrence === 0 ? "" : ` #${occurrence + 1}`}`;
}

/** A pair that is too long to be held. */
function cutRun({ run, reference, candidate, namedBy }: TracePair, cut: readonly string[], modifiedAt: (path: string) => string | null): ComputedRun {
	const source = candidate.paths[0]!;
	const reason = `${cut.map(nameOf).join(" and ")} would bring the traces of the workspace above the ${MAX_TRACE_ROWS.toLocaleString("en-US")} values that are kept for comparisons`;
	return {
		run, title: `Traces of ${reference.name} and ${candidate.name}, whole`, beside: namedBy?.path ?? source, ranAt: null, modifiedAt: modifiedAt(source), reference: reference.name, candidate: candidate.name, measure: "max-rel", tolerance: namedBy?.toleranceRel ?? TRACE_TOLERANCE, inferred: namedBy === null,
		notes: [`${reason}; nothing was compared`], source, line: null,
		cases: [{ position: 0, caseName: "the whole traces", reference: null, candidate: null, value: null, verdict: "skipped", reason, note: null, source, line: null }],
	};
}

function openRun({ run, entries, reason }: OpenTraces, modifiedAt: (path: string) => string | null): ComputedRun {
	const source = entries[0]!.path;
	return {
		run, title: "Traces that nothing pairs", beside: source, ranAt: null, modifiedAt: modifiedAt(source), reference: null, candidate: null, measure: "max-rel", tolerance: TRACE_TOLERANCE, inferred: true,
		notes: [`${reason}; nothing was compared`], source, line: null,
		cases: entries.map(({ path, side, values }, position) => ({ position, caseName: nameOf(path), reference: null, candidate: null, value: null, verdict: "skipped" as const, reason: "it was not compared: what it belongs to is open", note: `${counted(values, "value")} of ${side}`, source: path, line: null })),
	};
}

function numberOf(text: string | null): number | null {
	return text === null || text.trim() === "" || Number.isNaN(Number(text)) ? null : Number(text);
}
