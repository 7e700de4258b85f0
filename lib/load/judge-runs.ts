import { type Batch, RECORDED_CASE, RECORDED_RUN, rowsOf, type Value } from "@/lib/model";
import type { RecordedCase } from "@/lib/parity/judge";
import { judgeRun } from "@/lib/parity/run";
import type { Collector } from "./collect";
import type { ProbeRules } from "./compare-rules";
import type { RecordedFactors } from "./compare-traces";
import { folderOf, grouped } from "./compare-write";
import type { RunContexts } from "./run-context";
import type { Report, SameComparisons } from "./same-comparison";
import { sameTests } from "./same-tests";

type Row = Record<string, Value>;

/** Recorded runs of all files, held until the files beside them were read too; then judged into `runs` and `cases`. */
export class RunJudge {
	private readonly files: { path: string; modifiedAt: string | null; format: string | null; runs: Row[]; cases: Map<string, RecordedCase[]> }[] = [];

	private byFolder: Map<string, typeof this.files> | null = null;

	static takes(batch: Batch): boolean {
		return batch.table === RECORDED_RUN || batch.table === RECORDED_CASE;
	}

	/** Whether a file is a report: its rows are its cases. A file whose pairs are only inferred is what it is without them. */
	static isReport(batches: readonly Batch[]): boolean {
		return batches.some((batch) => batch.table === RECORDED_RUN && [...rowsOf(batch)].some((run) => run.inferred !== true));
	}

	add(path: string, modifiedAt: string | null, format: string | null, batches: readonly Batch[]): void {
		const runs: Row[] = [];
		const cases = new Map<string, RecordedCase[]>();
		for (const batch of batches) {
			if (batch.table === RECORDED_RUN) runs.push(...rowsOf(batch));
			if (batch.table === RECORDED_CASE) {
				for (const row of rowsOf(batch)) {
					const key = String(row.run_no);
					const list = cases.get(key);
					if (list) list.push(recordedCase(row));
					else cases.set(key, [recordedCase(row)]);
				}
			}
		}
		if (runs.length > 0) this.files.push({ path, modifiedAt, format, runs, cases });
	}

	/** Recorded comparisons of factors whose file lies in a folder. */
	factorsIn(folder: string): RecordedFactors[] {
		const inside = this.filesIn(folder).filter(({ format }) => format === "factor comparison");
		return inside.map(({ path, runs, cases }) => ({ path, cases: [...cases.values()].flat(), firstDivergence: (runs[0]?.recorded_first_divergence as string | null) ?? null }));
	}

	/** Reports of one run each whose file lies in a folder. */
	reportsIn(folder: string): Report[] {
		return this.filesIn(folder).flatMap(({ path, format, runs, cases }) => {
			const [run] = runs;
			return runs.length !== 1 || run!.inferred === true ? [] : [{ path, format, measure: (run!.measure as string | null) ?? null, cases: [...cases.values()].flat(), unlistedUnmatched: Number(run!.unlisted_unmatched ?? 0) }];
		});
	}

	/** When the runs of a folder's files were, as their content says. */
	timesIn(folder: string): { path: string; ranAt: bigint }[] {
		return this.filesIn(folder).flatMap(({ path, runs }) => runs.flatMap((run) => (typeof run.ran_at === "bigint" ? [{ path, ranAt: run.ran_at }] : [])));
	}

	private filesIn(folder: string): typeof this.files {
		// Asked for once all files are there.
		this.byFolder ??= grouped(this.files, ({ path }) => folderOf(path));
		return this.byFolder.get(folder) ?? [];
	}

	/**
	 * Writes every run and its cases. A log of tests that a JUnit file beside it describes too is no run of its own.
	 *
	 * @param bundleOf the evidence bundle that a file lies in, or null
	 * @param rules which probe a run belongs to
	 * @param same the computed runs that are another answer of a report's comparison
	 */
	judge(contexts: RunContexts, collector: Collector, bundleOf: (path: string) => string | null, rules: ProbeRules, same: SameComparisons): void {
		const single = this.files.filter((file) => file.runs.length === 1);
		const tests = sameTests(single.map(({ path, format, runs, cases }) => ({ path, format, run: runs[0]!, cases: cases.get(String(runs[0]!.run_no)) ?? [] })));
		const dropped = new Set(tests.map(({ log }) => log));
		for (const file of this.files) {
			if (dropped.has(file.path)) continue;
			const beside = tests.filter(({ junit }) => junit === file.path).map(({ note }) => note);
			for (const run of file.runs) this.judgeOne(file, beside.length === 0 ? run : { ...run, note: [run.note, ...beside].filter(Boolean).join("; ") }, contexts, collector, bundleOf(file.path), rules, same);
		}
		this.files.length = 0;
	}

	private judgeOne(file: (typeof this.files)[number], run: Row, contexts: RunContexts, collector: Collector, bundle: string | null, rules: ProbeRules, same: SameComparisons): void {
		const text = (name: string) => (run[name] === null || run[name] === undefined ? null : String(run[name]));
		const cases = file.cases.get(String(run.run_no)) ?? [];
		const judged = judgeRun(cases, { measure: text("measure"), tolerance: run.tolerance as number | null }, { unmatched: Number(run.unlisted_unmatched ?? 0), passed: Number(run.unlisted_passed ?? 0), failed: Number(run.unlisted_failed ?? 0), skipped: Number(run.unlisted_skipped ?? 0) });
		const when = contexts.resolve(file.path, run.ran_at as bigint | null, text("git_commit"), file.modifiedAt, bundle);
		const probe = rules.probeOf(text("probe"), file.path);
		const id = file.runs.length === 1 ? file.path : `${file.path}#${Number(run.run_no) + 1}`;
		const measures = new Set(judged.cases.map((item) => item.measure ?? text("measure")));
		const tolerances = new Set(judged.cases.map((item) => item.judgement.tolerance));
		const { counts } = judged;
		collector.addRow("runs", {
			probe,
			run: id,
			title: text("title"),
			ran_at: when.ranAt,
			ran_at_from: when.from,
			git_commit: when.commit,
			reference: text("reference"),
			candidate: text("candidate"),
			measure: text("measure") ?? (measures.size === 1 ? [...measures][0] : null),
			tolerance: (run.tolerance as number | null) ?? (tolerances.size === 1 ? [...tolerances][0] : null),
			passed: counts.pass,
			failed: counts.fail,
			unmatched: counts.unmatched,
			incomparable: counts.incomparable,
			skipped: counts.skipped,
			first_divergence: judged.firstDivergence?.caseName ?? null,
			first_divergence_position: judged.firstDivergence?.position ?? null,
			disagreements: judged.disagreements,
			recorded_verdict: text("recorded_verdict"),
			recorded_first_divergence: text("recorded_first_divergence"),
			note: [text("note"), judged.note, when.note].filter(Boolean).join("; ") || null,
			inferred: (run.inferred as boolean | null) ?? false,
			same_as: file.runs.length === 1 ? same.countedFor(file.path) : null,
			bundle,
			source: file.path,
			line: run.line,
		});
		for (const item of judged.cases) {
			collector.addRow("cases", {
				probe,
				run: id,
				position: item.position,
				case_name: item.caseName,
				measure: item.measure ?? text("measure"),
				tolerance: item.judgement.tolerance,
				reference: item.reference,
				candidate: item.candidate,
				value: item.judgement.value,
				verdict: item.judgement.verdict,
				recorded_verdict: item.recordedVerdict,
				reason: item.disagrees ? `${item.judgement.reason}; the report says ${item.recordedVerdict}` : item.judgement.reason,
				note: item.note,
				source: file.path,
				line: item.line,
			});
		}
	}
}

function recordedCase(row: Row): RecordedCase {
	const text = (name: string) => (row[name] === null || row[name] === undefined ? null : String(row[name]));
	return {
		position: Number(row.position),
		caseName: text("case_name") ?? `case ${Number(row.position) + 1}`,
		measure: text("measure"),
		tolerance: row.tolerance as number | null,
		reference: text("reference"),
		candidate: text("candidate"),
		referenceMissing: row.reference_missing === true,
		candidateMissing: row.candidate_missing === true,
		value: row.value as number | null,
		recordedVerdict: text("recorded_verdict"),
		note: text("note"),
		line: row.line === null || row.line === undefined ? null : Number(row.line),
	};
}
