import type { Measure, Verdict } from "@/lib/model";
import type { RecordedCase } from "@/lib/parity/judge";
import { folderOf, nameOf } from "./compare-write";

type ComputedKind = "checkpoints" | "traces" | "tensors";

/** A report of one run, as it was read. */
export interface Report {
	path: string;
	format: string | null;
	measure: string | null;
	cases: readonly RecordedCase[];
	/** entries that it counts as of one side only, and lists no case for */
	unlistedUnmatched: number;
}

/** A run that Casebook computed of everything of its kind in a folder. */
export interface Computed {
	kind: ComputedKind;
	run: string;
	folder: string;
	measure: Measure;
}

/** What a run's name says that it compares; null where a folder has several such runs, or a person named the pair, so that no report is looked for. */
export function computedOf({ run, probe, measure }: { run: string; probe?: string; measure: Measure }): Computed | null {
	const [, folder = "", kind] = /^(?:(.*)\/)?(checkpoints|traces|tensors)$/s.exec(run) ?? [];
	return kind === undefined || probe !== undefined ? null : { kind: kind as ComputedKind, run, folder, measure };
}

const FORMATS: Record<ComputedKind, string> = { checkpoints: "parity report", traces: "factor comparison", tensors: "image comparison" };

/**
 * Which recorded report and which computed run are two answers of one comparison, so that counts over probes take one of them. A report of the folder is
 * of a computed run where each of its cases is one that the run compared: a factor by its name, a token by its number (and as many entries of one side
 * only as the run has), an array by the report's file name, which begins with the pair's. Counted is the computed run; but arrays are counted as their
 * reports judge them where each pair has one, because an image report has a measure and a tolerance of its own.
 */
export class SameComparisons {
	/** the computed runs that a report is another answer of, by the report's path */
	private readonly answers = new Map<string, Set<string>>();

	/** @param reportsIn reports of one run in a folder */
	constructor(private readonly reportsIn: (folder: string) => readonly Report[]) {}

	/**
	 * The word that the only report of the same measure beside the run has for a case of this name; null where none, or where several could be meant.
	 *
	 * @param names of all cases of a checkpoint run, which has tokens of several checkpoints; else not looked at
	 */
	wordsFor(computed: Computed, names: readonly string[] = []): (caseName: string) => string | null {
		const fitting = this.candidates(computed).filter(({ measure }) => measure === computed.measure);
		if (fitting.length !== 1) return () => null;
		const words = new Map<string, string>();
		for (const { caseName, recordedVerdict } of fitting[0]!.cases) if (recordedVerdict !== null) words.set(keyOf(computed.kind, caseName), recordedVerdict);
		if (words.size === 0) return () => null;
		const uses = countsOf(names.map((name) => keyOf(computed.kind, name)));
		return (caseName) => {
			const key = keyOf(computed.kind, caseName);
			return (uses.get(key) ?? 1) === 1 ? (words.get(key) ?? null) : null;
		};
	}

	/**
	 * Takes note of what a run compared.
	 *
	 * @param compared names of its cases that passed or failed
	 * @param counts its cases by verdict
	 * @returns the report that is counted in the run's place; null where the run counts
	 */
	settle(computed: Computed, compared: readonly string[], counts: Readonly<Record<Verdict, number>>): string | null {
		if (compared.length === 0) return null;
		const candidates = this.candidates(computed);
		if (computed.kind === "tensors") {
			const stems = compared.map((name) => name.replace(/\.npy(\.gz)?( \(.*\))?$/i, "")).sort((a, b) => b.length - a.length);
			const stemOf = ({ path }: Report) => stems.find((stem) => nameOf(path).startsWith(stem) && !/^[A-Za-z0-9]/.test(nameOf(path).slice(stem.length))) ?? null;
			const named = candidates.filter((report) => report.cases.length === 1 && stemOf(report) !== null);
			if (new Set(named.map(stemOf)).size === new Set(stems).size) return named[0]!.path;
			for (const { path } of named) this.note(path, computed.run);
			return null;
		}
		const names = countsOf(compared.map((name) => keyOf(computed.kind, name)));
		for (const { path, cases, unlistedUnmatched } of candidates) {
			const alone = cases.filter((one) => one.referenceMissing || one.candidateMissing);
			if (cases.length === alone.length || !cases.every((one) => alone.includes(one) || names.get(keyOf(computed.kind, one.caseName)) === 1)) continue;
			if (computed.kind === "checkpoints" && (cases.length - alone.length !== compared.length || alone.length + unlistedUnmatched !== counts.unmatched)) continue;
			this.note(path, computed.run);
		}
		return null;
	}

	/** The computed run that is counted in a report's place; null where none, or where it could be several. */
	countedFor(path: string): string | null {
		const runs = this.answers.get(path);
		return runs?.size === 1 ? [...runs][0]! : null;
	}

	private candidates({ kind, folder }: Computed): readonly Report[] {
		return this.reportsIn(folder).filter(({ format, path }) => (format ?? "").startsWith(FORMATS[kind]) && folderOf(path) === folder);
	}

	private note(path: string, run: string): void {
		const runs = this.answers.get(path) ?? new Set();
		this.answers.set(path, runs.add(run));
	}
}

function countsOf(keys: readonly string[]): Map<string, number> {
	const counts = new Map<string, number>();
	for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
	return counts;
}

/** `logits token 7` of a log is `token 7` of a report. */
function keyOf(kind: ComputedKind, name: string): string {
	return kind === "checkpoints" ? (/\btoken \d+(?: #\d+)?$/.exec(name)?.[0] ?? name) : name;
}
