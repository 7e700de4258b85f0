import { byHand, type PairedPaths, type PairRule, pairPaths } from "@/lib/parity/casebook-pairs";
import { counted } from "@/lib/parity/delta";
import { DEFAULT_TOLERANCE } from "@/lib/parity/judge";
import { probeId } from "@/lib/parity/identity";
import type { Workspace } from "@/lib/workspace/types";
import { checkpointPairRun } from "./compare-checkpoints";
import { wireRun } from "./compare-hand-wire";
import type { RawInputs } from "./compare-input";
import { loneCase, type TensorPlan, type TensorReading, tensorPlanRuns } from "./compare-tensors";
import { tracePairRun } from "./compare-traces";
import type { ComputedRun } from "./compare-write";
import { FACT_FILES } from "./run-facts";

export interface HandReading extends TensorReading {
	workspace: Workspace;
	/** of every file of the workspace */
	paths: readonly string[];
	/** takes what a rule names and cannot be compared */
	problem(rule: PairRule, words: string): void;
}

/** What a file is compared as. A body is JSON, or what is said to be none. */
type Kind = "array" | "checkpoint log" | "trace" | "body";

type HandFile = PairedPaths["files"][number];

/** Files of a folder that are compared as JSON bodies: those that say so by their names, and do not describe the run. */
const BODY = /\.(json|jsonl|ndjson)(\.gz)?$/i;

/**
 * The runs of pairs that a person named in `casebook.json`. Their files are taken out of `inputs` at the end, so that nothing else pairs
 * them. Arrays and bodies of a folder are one run each, with a case a file; logs are a run each.
 */
export async function* handRuns(inputs: RawInputs, rules: readonly PairRule[], reading: HandReading): AsyncGenerator<ComputedRun> {
	const claimed = new Set<string>();
	const lines = new Map<string, number>();
	for (const rule of rules) {
		const { found, missing } = pairPaths(rule, reading.paths);
		for (const words of missing) reading.problem(rule, words);
		for (const group of found) {
			const key = JSON.stringify([group.reference, group.candidate, rule.probe]);
			const earlier = lines.get(key);
			if (earlier !== undefined) {
				reading.problem(rule, `${JSON.stringify(group.candidate)} is compared with ${JSON.stringify(group.reference)} by line ${earlier} already; give this pair another "probe" to compare them twice`);
				continue;
			}
			lines.set(key, rule.line);
			yield* groupRuns(inputs, rule, group, reading);
			for (const { reference, candidate } of group.files) for (const path of [reference, candidate]) if (path !== null) claimed.add(path);
		}
	}
	for (const path of claimed) {
		inputs.tensors.delete(path);
		inputs.checkpoints.delete(path);
		inputs.traces.delete(path);
	}
}

async function* groupRuns(inputs: RawInputs, rule: PairRule, group: PairedPaths, reading: HandReading): AsyncGenerator<ComputedRun> {
	const kindOf = (path: string): Kind => (inputs.tensors.has(path) ? "array" : inputs.checkpoints.has(path) ? "checkpoint log" : inputs.traces.has(path) ? "trace" : "body");
	const arrays: HandFile[] = [];
	const bodies: HandFile[] = [];
	for (const file of group.files) {
		const kinds = [file.reference, file.candidate].filter((path) => path !== null).map(kindOf);
		const kind = kinds[0]!;
		if (kinds.some((other) => other !== kind)) reading.problem(rule, `${JSON.stringify(file.reference)} is ${aKind(kinds[0]!)} and ${JSON.stringify(file.candidate)} is ${aKind(kinds[1]!)}, which cannot be compared`);
		else if (kind === "array") arrays.push(file);
		else if (kind === "body") {
			if (!group.isFolder || isBody(file)) bodies.push(file);
		} else yield* logRuns(inputs, rule, group, file, kind, reading);
	}
	if (arrays.length > 0) yield* tensorPlanRuns([arrayPlan(inputs, rule, group, arrays)], reading.workspace, reading);
	if (bodies.length > 0) yield await wireRun(rule, bodies, named(rule, group, group.isFolder ? "json" : ""), reading);
}

function isBody({ reference, candidate }: HandFile): boolean {
	const path = (candidate ?? reference)!;
	return BODY.test(path) && !FACT_FILES.includes(path.slice(path.lastIndexOf("/") + 1));
}

function aKind(kind: Kind): string {
	return kind === "array" ? "an array" : kind === "body" ? "neither an array, a checkpoint log nor a trace" : `a ${kind}`;
}

/** Names of a pair's run and probe: the rule's own, else both paths. @param part what a folder's run is of */
function named(rule: PairRule, { reference, candidate }: PairedPaths, part: string): { run: string; probe: string } {
	const tail = part === "" ? "" : `/${part}`;
	return { run: `${candidate}${tail} against ${reference}${tail}`, probe: rule.probe === null ? `${probeId(null, `${candidate}${tail}`)} against ${probeId(null, `${reference}${tail}`)}` : `${rule.probe}${tail}` };
}

function arrayPlan(inputs: RawInputs, rule: PairRule, group: PairedPaths, files: readonly HandFile[]): TensorPlan {
	const { kind, value } = rule.tolerance ?? { kind: "abs", value: DEFAULT_TOLERANCE["max-abs"]! };
	const first = files.find((file) => file.candidate !== null) ?? files[0]!;
	const plan: TensorPlan = { folder: "", cases: [], rules: new Set(), sides: new Set(), documents: new Set(), source: (first.candidate ?? first.reference)!, hand: { ...named(rule, group, group.isFolder ? "tensors" : ""), reference: group.reference, candidate: group.candidate, why: byHand(rule), relative: kind === "rel", tolerance: value, isStated: rule.tolerance !== null } };
	for (const { name, reference, candidate } of files) {
		const caseName = name === "" ? candidate!.slice(candidate!.lastIndexOf("/") + 1) : name;
		if (reference === null || candidate === null) plan.cases.push({ kind: "other", item: { ...loneCase(inputs.tensors.get((candidate ?? reference)!)!, reference === null ? "candidate" : "reference"), caseName } });
		else plan.cases.push({ kind: "pair", caseName, arrays: { reference: inputs.tensors.get(reference)!, candidate: inputs.tensors.get(candidate)!, tolerance: value, relative: kind === "rel" } });
	}
	return plan;
}

function* logRuns(inputs: RawInputs, rule: PairRule, group: PairedPaths, { name, reference, candidate }: HandFile, kind: "checkpoint log" | "trace", reading: HandReading): Generator<ComputedRun> {
	const names = named(rule, group, name);
	const title = `${kind === "trace" ? "Traces" : "Checkpoints"} of ${group.reference} and ${group.candidate}`;
	if (reference === null || candidate === null) {
		const source = (candidate ?? reference)!;
		const reason = `the ${reference === null ? "reference" : "candidate"} has no such ${kind}`;
		yield {
			...names, title, beside: source, ranAt: null, modifiedAt: reading.modifiedAt(source), reference: group.reference, candidate: group.candidate, measure: kind === "trace" ? "max-rel" : "max-abs", tolerance: rule.tolerance?.value ?? null, inferred: false, notes: [byHand(rule)], source, line: null,
			cases: [{ position: 0, caseName: name, reference: null, candidate: null, value: null, verdict: "unmatched", reason, note: null, source, line: null }],
		};
	} else if (kind === "checkpoint log") yield { ...checkpointPairRun(names.run, inputs.checkpoints.get(reference)!, inputs.checkpoints.get(candidate)!, rule.tolerance, byHand(rule), reading.modifiedAt), probe: names.probe };
	else {
		const sides = [reference, candidate].map((path) => ({ path, sides: [...new Set(inputs.traces.get(path)!.flatMap((part) => part.sides))] }));
		const mixed = sides.find((one) => one.sides.length > 1);
		if (rule.tolerance?.kind === "abs") reading.problem(rule, `"tolerance" is absolute, and ${JSON.stringify(candidate)} is a trace, which is compared relative to the reference; write rel:${rule.tolerance.value}`);
		else if (mixed !== undefined) reading.problem(rule, `${JSON.stringify(mixed.path)} has values of ${counted(mixed.sides.length, "side")} (${mixed.sides.map((side) => side ?? "none named").join(", ")}), and a pair is two files of one side each`);
		else {
			const unit = ({ path, sides: [side = null] }: (typeof sides)[number]) => ({ name: side === null || sides[0]!.sides[0] === sides[1]!.sides[0] ? path : side, side, paths: [path] });
			const pair = { run: names.run, reference: unit(sides[0]!), candidate: unit(sides[1]!), namedBy: null, notes: [byHand(rule)], toleranceRel: rule.tolerance?.value ?? null };
			yield { ...tracePairRun(pair, inputs, reading.modifiedAt), title: `Traces of ${pair.reference.name} and ${pair.candidate.name}`, inferred: false, probe: names.probe };
		}
	}
}
