import { type Measure, type RanAtFrom, VERDICTS, type Verdict } from "@/lib/model";
import { verdictOfWord } from "@/lib/parity/words";
import type { Collector } from "./collect";
import type { RunContexts } from "./run-context";
import { computedOf, type SameComparisons } from "./same-comparison";

/** A case that Casebook compared from raw files. */
export interface ComputedCase {
	/** in the run's own order, from 0, ascending; places may be left out where cases are only counted */
	position: number;
	caseName: string;
	/** the two sides as their files write them; null where they are more than one value */
	reference: string | null;
	candidate: string | null;
	/** where it is not the run's */
	tolerance?: number;
	/** the distance, in the run's measure; null where nothing was compared */
	value: number | null;
	verdict: Verdict;
	reason: string;
	note: string | null;
	source: string;
	line: number | null;
}

/** A run that Casebook computed. Its id is its path; without dates it is the probe's, by the rules for reports. */
export interface ComputedRun {
	/** `<folder>/traces` and the like: no file's path */
	run: string;
	/** the probe's name where a person gave it one; default what the run's path comes to */
	probe?: string;
	title: string;
	/** the file whose folder, and whose neighbours, say when the run was and on which commit */
	beside: string;
	/** nanoseconds UTC, from the files' own content; null where they say none */
	ranAt: bigint | null;
	/** where `ranAt` was found; default content */
	ranAtFrom?: RanAtFrom;
	modifiedAt: string | null;
	reference: string | null;
	candidate: string | null;
	measure: Measure;
	/** null where cases have different ones */
	tolerance: number | null;
	/** whether only names say what belongs together */
	inferred: boolean;
	notes: string[];
	source: string;
	line: number | null;
	/** in ascending position; read once */
	cases: Iterable<ComputedCase>;
	/** cases that are counted and not listed */
	unlisted?: Partial<Record<Verdict, number>>;
}

export interface Writing {
	contexts: RunContexts;
	collector: Collector;
	/** the evidence bundle that a file lies in, or null */
	bundleOf(path: string): string | null;
	/** the probe that a run of this name, or else of this path, belongs to */
	probeOf(declared: string | null, path: string): string;
	/** reports that are another answer of the same comparison */
	same: SameComparisons;
	/** called now and then while rows are written, so that they can be handed on */
	breathe(): Promise<void>;
}

const BREATH = 4096;

/** Writes a run into `runs` and its cases into `cases`. */
export async function writeRun(run: ComputedRun, { contexts, collector, bundleOf, probeOf, same, breathe }: Writing): Promise<void> {
	const bundle = bundleOf(run.beside);
	const when = contexts.resolve(run.beside, run.ranAt, null, run.modifiedAt, bundle);
	const probe = probeOf(run.probe ?? null, run.run);
	const counts = Object.fromEntries(VERDICTS.map((verdict) => [verdict, run.unlisted?.[verdict] ?? 0])) as Record<Verdict, number>;
	let first: ComputedCase | null = null;
	let written = 0;
	let disagreements = 0;
	const computed = computedOf(run);
	const cases = computed?.kind === "checkpoints" ? [...run.cases] : run.cases;
	const wordOf = computed === null ? () => null : same.wordsFor(computed, Array.isArray(cases) ? cases.map(({ caseName }) => caseName) : []);
	const compared: string[] = [];
	for (const item of cases) {
		counts[item.verdict]++;
		const isCompared = item.verdict === "pass" || item.verdict === "fail";
		if (isCompared && computed !== null) compared.push(item.caseName);
		const word = wordOf(item.caseName);
		const said = word === null ? null : verdictOfWord(word);
		const disagrees = isCompared && (said === "pass" || said === "fail") && said !== item.verdict;
		if (disagrees) disagreements++;
		if (item.verdict === "fail") first ??= item;
		collector.addRow("cases", {
			probe,
			run: run.run,
			position: item.position,
			case_name: item.caseName,
			measure: run.measure,
			tolerance: item.tolerance ?? run.tolerance,
			reference: item.reference,
			candidate: item.candidate,
			value: item.value,
			verdict: item.verdict,
			recorded_verdict: word,
			reason: disagrees ? `${item.reason}; the report beside it says ${word}` : item.reason,
			note: item.note,
			source: item.source,
			line: item.line,
		});
		if (++written % BREATH === 0) await breathe();
	}
	collector.addRow("runs", {
		probe,
		run: run.run,
		title: run.title,
		ran_at: when.ranAt,
		ran_at_from: run.ranAt === null ? when.from : (run.ranAtFrom ?? when.from),
		git_commit: when.commit,
		reference: run.reference,
		candidate: run.candidate,
		measure: run.measure,
		tolerance: run.tolerance,
		passed: counts.pass,
		failed: counts.fail,
		unmatched: counts.unmatched,
		incomparable: counts.incomparable,
		skipped: counts.skipped,
		first_divergence: first?.caseName ?? null,
		first_divergence_position: first?.position ?? null,
		disagreements,
		same_as: computed === null ? null : same.settle(computed, compared, counts),
		note: [...run.notes, when.note].filter(Boolean).join("; ") || null,
		inferred: run.inferred,
		bundle,
		source: run.source,
		line: run.line,
	});
	await breathe();
}

export function folderOf(path: string): string {
	return path.slice(0, Math.max(0, path.lastIndexOf("/")));
}

export function nameOf(path: string): string {
	return path.slice(path.lastIndexOf("/") + 1);
}

/** A name inside a folder; the folder of the workspace itself is empty. */
export function inFolder(folder: string, name: string): string {
	return folder === "" ? name : `${folder}/${name}`;
}

/** Items by what they have in common, in the order in which each first comes. */
export function grouped<T, K>(items: Iterable<T>, keyOf: (item: T) => K): Map<K, T[]> {
	const groups = new Map<K, T[]>();
	for (const item of items) {
		const key = keyOf(item);
		const group = groups.get(key);
		if (group) group.push(item);
		else groups.set(key, [item]);
	}
	return groups;
}
