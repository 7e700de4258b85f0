import type { Batch } from "@/lib/model";
import type { Workspace } from "@/lib/workspace/types";
import type { PairRule } from "@/lib/parity/casebook-pairs";
import { checkpointRuns } from "./compare-checkpoints";
import { handRuns } from "./compare-hand";
import { RawInputs } from "./compare-input";
import type { ProbeRules } from "./compare-rules";
import { tensorRuns } from "./compare-tensors";
import { type RecordedFactors, traceRuns } from "./compare-traces";
import { type Writing, writeRun } from "./compare-write";

export interface Comparing extends Omit<Writing, "probeOf"> {
	workspace: Workspace;
	rules: ProbeRules;
	/** the file's own time, RFC 3339, or null */
	modifiedAt(path: string): string | null;
	bytesOf(path: string): number;
	/** recorded comparisons of factors whose file lies in a folder */
	recordedIn(folder: string): readonly RecordedFactors[];
	/** times that recorded runs of a folder's files state, nanoseconds UTC */
	timesIn(folder: string): readonly { path: string; ranAt: bigint }[];
	/** of every file of the workspace */
	paths: readonly string[];
	/** takes what a pair of `casebook.json` names and cannot be compared */
	onPairProblem(rule: PairRule, words: string): void;
	signal: AbortSignal | undefined;
}

/** The raw outputs of both sides, gathered while files are read, and compared into runs and cases when all were. */
export class RawCompare {
	private readonly inputs = new RawInputs();

	/** Takes what a comparison may need of a batch, as a copy. */
	take(path: string, batch: Batch): void {
		this.inputs.take(path, batch);
	}

	forget(path: string): void {
		this.inputs.forget(path);
	}

	/** Compares all that belongs together, and writes it. Arrays are read once more from the workspace; where the signal aborts they are left, and said to be. */
	async compare({ workspace, rules, modifiedAt, bytesOf, recordedIn, timesIn, paths, onPairProblem, signal, ...writing }: Comparing): Promise<void> {
		const target: Writing = { ...writing, probeOf: (declared, path) => rules.probeOf(declared, path) };
		const tensors = { modifiedAt, timesIn, bytesOf, signal };
		for await (const run of handRuns(this.inputs, rules.pairs, { ...tensors, workspace, paths, problem: onPairProblem })) await writeRun(run, target);
		for (const run of checkpointRuns(this.inputs.checkpoints.values(), modifiedAt, (path) => rules.referenceOf(path))) await writeRun(run, target);
		this.inputs.checkpoints.clear();
		for (const run of traceRuns(this.inputs, modifiedAt, recordedIn)) await writeRun(run, target);
		this.inputs.traces.clear();
		for await (const run of tensorRuns(this.inputs, workspace, tensors)) await writeRun(run, target);
	}
}
