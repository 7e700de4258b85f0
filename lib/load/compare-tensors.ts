import { brief, counted } from "@/lib/parity/delta";
import { DEFAULT_TOLERANCE } from "@/lib/parity/judge";
import { type NamedPair, pairNames } from "@/lib/parity/pair-names";
import { compareTypes, coordinatesOf, shapeText } from "@/lib/parity/tensor-shape";
import { judgeTensors, type TensorFigures } from "@/lib/parity/tensors";
import type { Workspace } from "@/lib/workspace/types";
import type { RawInputs, TensorFile } from "./compare-input";
import { type ComparedArrays, type PairOfArrays, readPairs } from "./compare-tensor-read";
import { type ComputedCase, type ComputedRun, folderOf, grouped, inFolder, nameOf } from "./compare-write";

type Compared = Extract<ComparedArrays, { kind: "compared" }>;

const TOLERANCE = DEFAULT_TOLERANCE["max-abs"]!;

export interface TensorReading {
	modifiedAt(path: string): string | null;
	/** when the recorded runs of a folder's files were, as their content says, nanoseconds UTC */
	timesIn(folder: string): readonly { path: string; ranAt: bigint }[];
	bytesOf(path: string): number;
	signal: AbortSignal | undefined;
}

/** A run of arrays before they are read. */
export interface TensorPlan {
	folder: string;
	cases: (PairCase | { kind: "other"; item: Omit<ComputedCase, "position"> })[];
	rules: Set<string>;
	/** the words of the two sides, where all pairs have the same */
	sides: Set<string>;
	documents: Set<string>;
	source: string;
	/** where a person paired the arrays */
	hand?: { run: string; probe: string; reference: string; candidate: string; why: string; relative: boolean; tolerance: number; isStated: boolean };
}

interface PairCase {
	kind: "pair";
	caseName: string;
	arrays: PairOfArrays;
}

/**
 * The runs of array files: a run a folder, a case a pair of names. Arrays are read once more, side by side; what names say is a side
 * and has no partner is unmatched.
 */
export async function* tensorRuns(inputs: RawInputs, workspace: Workspace, reading: TensorReading): AsyncGenerator<ComputedRun> {
	yield* tensorPlanRuns(plansOf([...inputs.tensors.values()], inputs), workspace, reading);
}

/** The runs of these plans, in their order. */
export async function* tensorPlanRuns(plans: readonly TensorPlan[], workspace: Workspace, reading: TensorReading): AsyncGenerator<ComputedRun> {
	const arrays = plans.flatMap(({ cases }) => cases.flatMap((item) => (item.kind === "pair" ? [item.arrays] : [])));
	const compared = new Map<PairOfArrays, ComparedArrays>();
	const results = readPairs(arrays, workspace, reading.bytesOf, reading.signal);
	try {
		for (const plan of plans) {
			const wanted = plan.cases.flatMap((item) => (item.kind === "pair" ? [item.arrays] : []));
			while (wanted.some((pair) => !compared.has(pair))) {
				const { value, done } = await results.next();
				if (done === true) break;
				compared.set(value.pair, value.result);
			}
			yield runOf(plan, compared, reading);
			for (const pair of wanted) compared.delete(pair);
		}
	} finally {
		// It holds a file open between two answers.
		await results.return(undefined);
	}
}

function plansOf(files: readonly TensorFile[], { tolerances }: RawInputs): TensorPlan[] {
	const byPath = new Map(files.map((file) => [file.path, file]));
	const plans: TensorPlan[] = [];
	for (const [folder, inside] of grouped(files, ({ path }) => folderOf(path))) {
		const { pairs, ambiguous } = pairNames(inside.map(({ path }) => path).sort());
		if (pairs.length === 0 && ambiguous.length === 0) continue;
		const plan: TensorPlan = { folder, cases: [], rules: new Set(pairs.map(({ rule }) => rule)), sides: new Set(pairs.map(({ rule }) => sidesOf(rule).join(" "))), documents: new Set(), source: (pairs[0]?.candidate ?? ambiguous[0]?.candidate)! };
		const several = grouped(pairs, ({ name }) => name);
		const stated = tolerances.filter(({ path }) => folderOf(path) === folder);
		const used = new Set<string>();
		for (const pair of pairs) {
			used.add(pair.reference).add(pair.candidate);
			const name = nameOf(pair.name);
			const recorded = toleranceFor(pair, stated);
			if (recorded !== null) plan.documents.add(nameOf(recorded.path));
			plan.cases.push({ kind: "pair", caseName: several.get(pair.name)!.length === 1 ? name : `${name} (${sidesOf(pair.rule)[1]})`, arrays: { reference: byPath.get(pair.reference)!, candidate: byPath.get(pair.candidate)!, tolerance: recorded?.value ?? TOLERANCE } });
		}
		for (const { candidate, references } of ambiguous) {
			used.add(candidate);
			for (const path of references) used.add(path);
			plan.cases.push({ kind: "other", item: { ...bareCase(candidate), verdict: "skipped", reason: `it was not compared: ${references.map(nameOf).join(" and ")} would both be its reference` } });
		}
		for (const { path } of inside) {
			const side = used.has(path) ? null : sideIn(path, plan.rules);
			if (side !== null) plan.cases.push({ kind: "other", item: loneCase(byPath.get(path)!, side) });
		}
		plans.push(plan);
	}
	return plans;
}

/** A case of one file, before its verdict. */
function bareCase(path: string): Omit<ComputedCase, "position" | "verdict" | "reason"> {
	return { caseName: nameOf(path), reference: null, candidate: null, value: null, note: null, source: path, line: null };
}

/** A case of an array that only one side has. */
export function loneCase({ path, dtype, shape }: TensorFile, side: "reference" | "candidate"): Omit<ComputedCase, "position"> {
	return { ...bareCase(path), [side]: `${dtype} ${shapeText(shape)}`, verdict: "unmatched", reason: `the ${side === "reference" ? "candidate" : "reference"} has no such array` };
}

/** What a document of the pair's own name states, else the one of its folder. */
function toleranceFor(pair: NamedPair, stated: RawInputs["tolerances"]): RawInputs["tolerances"][number] | null {
	const stem = nameOf(pair.name).replace(/\.npy(\.gz)?$/i, "");
	return stated.find(({ path }) => nameOf(path).startsWith(stem)) ?? (stated.length === 1 ? stated[0]! : null);
}

/** `*_c with *_py` → `c`, `py`. */
function sidesOf(rule: string): string[] {
	return rule.split(" with ").map((pattern) => pattern.replace(/[^A-Za-z]/g, ""));
}

/** The side that a file is by the rules that pair others of its folder; null where none says. */
function sideIn(path: string, rules: ReadonlySet<string>): "reference" | "candidate" | null {
	const stem = nameOf(path).toLowerCase().replace(/(\.[a-z]\w{0,7})(\.gz)?$/, "");
	const fits = (pattern: string) => (pattern.startsWith("*") ? stem.length > pattern.length - 1 && stem.endsWith(pattern.slice(1)) : stem.length > pattern.length - 1 && stem.startsWith(pattern.slice(0, -1)));
	for (const rule of rules) {
		const [reference, candidate] = rule.split(" with ") as [string, string];
		if (fits(reference)) return "reference";
		if (fits(candidate)) return "candidate";
	}
	return null;
}

function runOf(plan: TensorPlan, compared: ReadonlyMap<PairOfArrays, ComparedArrays>, { modifiedAt, timesIn }: TensorReading): ComputedRun {
	const [reference = null, candidate = null] = plan.sides.size === 1 ? [...plan.sides][0]!.split(" ") : [];
	const cases = plan.cases.map((item, position): ComputedCase => (item.kind === "other" ? { position, ...item.item } : caseOf(item, position, compared.get(item.arrays)!)));
	const tolerances = new Set(plan.cases.flatMap((item) => (item.kind === "pair" ? [item.arrays.tolerance] : [])));
	const pairs = plan.cases.filter(({ kind }) => kind === "pair").length;
	// A report that is named as one of the pairs is of the same run; the last of them says when it was over.
	const stems = plan.cases.flatMap((item) => (item.kind === "pair" ? [item.caseName.replace(/\.npy.*$/i, "")] : []));
	const times = timesIn(plan.folder).filter(({ path }) => stems.some((stem) => nameOf(path).startsWith(stem))).map(({ ranAt }) => ranAt);
	const ranAt = times.reduce<bigint | null>((last, time) => (last === null || time > last ? time : last), null);
	const { hand } = plan;
	if (hand !== undefined) {
		return {
			run: hand.run,
			probe: hand.probe,
			title: `Arrays of ${hand.reference} and ${hand.candidate}`,
			beside: plan.source,
			ranAt: null,
			modifiedAt: modifiedAt(plan.source),
			reference: hand.reference,
			candidate: hand.candidate,
			measure: hand.relative ? "max-rel" : "max-abs",
			tolerance: hand.tolerance,
			inferred: false,
			notes: [`compared here, value by value: ${counted(pairs, "pair")} of arrays`, hand.why, ...(hand.isStated ? [] : [`no tolerance is recorded; Casebook's default of ${brief(TOLERANCE)} is used`])],
			source: plan.source,
			line: null,
			cases,
		};
	}
	return {
		run: inFolder(plan.folder, "tensors"),
		title: `Arrays${reference === null ? "" : ` of ${reference} and ${candidate}`}`,
		beside: plan.source,
		ranAt,
		ranAtFrom: "sibling",
		modifiedAt: modifiedAt(plan.source),
		reference,
		candidate,
		measure: "max-abs",
		tolerance: tolerances.size === 1 ? [...tolerances][0]! : tolerances.size === 0 ? TOLERANCE : null,
		inferred: true,
		notes: [
			`compared here, value by value: ${counted(pairs, "pair")} of arrays, paired by their names${plan.rules.size > 0 ? ` (${[...plan.rules].join(", ")})` : ""}`,
			plan.documents.size > 0 ? `the tolerance is that of ${[...plan.documents].join(" and ")}` : `no tolerance is recorded; Casebook's default of ${brief(TOLERANCE)} is used`,
		],
		source: plan.source,
		line: null,
		cases,
	};
}

function caseOf({ caseName, arrays }: PairCase, position: number, result: ComparedArrays): ComputedCase {
	const { reference, candidate, tolerance } = arrays;
	const base = { position, caseName, reference: null, candidate: null, tolerance, source: candidate.path, line: null };
	const types = compareTypes(reference, candidate);
	const at = `reference: ${reference.path}`;
	if (!types.comparable) return { ...base, value: null, verdict: "incomparable", reason: types.said[0]!, note: [...types.said.slice(1), at].join("; ") };
	if (result.kind === "left") return { ...base, value: null, verdict: "skipped", reason: result.reason, note: [...types.said, at].join("; ") };
	const { figures } = result;
	const { verdict, reason } = judgeTensors(figures, { kind: arrays.relative === true ? "rel" : "abs", value: tolerance });
	// The largest finite difference is not the distance of arrays that a NaN sets apart: no tolerance would make them pass.
	const value = figures.brokenAt !== null ? null : arrays.relative === true ? figures.maxRel : figures.maxAbs;
	return { ...base, ...sidesAtWorst(figures, result, arrays), value, verdict, reason, note: [...figureWords(figures, result, arrays), ...types.said, at].join("; ") };
}

/**
 * The two values that decide, with their place: the first that are NaN or infinite on one side only, else those at the largest difference. No number
 * alone, which would be the whole of a side.
 */
function sidesAtWorst({ maxAbsAt, maxRelAt, brokenAt, brokenPair }: TensorFigures, { isFortran, worst: largest }: Compared, { reference: { shape }, relative }: PairOfArrays): { reference: string | null; candidate: string | null } {
	const worst = brokenPair ?? largest;
	const place = placeText(brokenAt ?? (relative === true ? maxRelAt : maxAbsAt), isFortran, shape);
	return worst === null || place === null ? { reference: null, candidate: null } : { reference: `${worst[0]} at ${place}`, candidate: `${worst[1]} at ${place}` };
}

function placeText(index: number | null, isFortran: boolean, shape: readonly number[]): string | null {
	if (index === null) return null;
	const coordinates = isFortran ? coordinatesOf(index, [...shape].reverse()).reverse() : coordinatesOf(index, shape);
	return `[${coordinates.join(", ")}]`;
}

/** The figures that a note has, as `name value`. */
function figureWords(figures: TensorFigures, { isFortran, worst }: Compared, { reference: { shape }, relative = false }: PairOfArrays): string[] {
	const named = (name: string, value: number | null) => (value === null ? null : `${name} ${value}`);
	const place = (index: number | null) => placeText(index, isFortran, shape);
	const [largest, largestAt] = relative ? [figures.maxRel, figures.maxRelAt] : [figures.maxAbs, figures.maxAbsAt];
	const both = (name: string, reference: number, candidate: number, common: number) => (reference + candidate + common === 0 ? null : `${name}: ${reference + common} in the reference, ${candidate + common} in the candidate, ${common} at the same place`);
	const words = [
		figures.brokenAt === null ? null : named(`${relative ? "max-rel" : "max-abs"} of the finite values`, largest),
		largest === null || largest === 0 ? null : `worst at ${place(largestAt)}${worst === null ? "" : `: ${worst[0]} against ${worst[1]}`}`,
		relative ? named("max-abs", figures.maxAbs) : figures.maxRel === null ? null : `max-rel ${Number.isFinite(figures.maxRel) ? figures.maxRel : `infinite (${counted(figures.zeroReference, "value")} where the reference is zero)`}${figures.maxRel === 0 ? "" : ` at ${place(figures.maxRelAt)}`}`,
		named("mean-abs", figures.meanAbs),
		named("RMSE", figures.rmse),
		figures.correlation === null && figures.compared > 0 ? "correlation undefined: a side is constant" : named("correlation", figures.correlation),
		figures.sumRatio === null && figures.compared > 0 ? `sum ratio undefined: the reference sums to ${brief(figures.sumReference ?? 0)}` : named("sum ratio", figures.sumRatio),
		named("sums", figures.sumReference) === null ? null : `sums ${figures.sumReference} and ${figures.sumCandidate}`,
		figures.above === null ? null : `${figures.above.toLocaleString("en-US")} of ${counted(figures.elements, "value")} above the tolerance`,
		both("NaN", figures.nanReference, figures.nanCandidate, figures.nanBoth),
		both("infinite", figures.infiniteReference, figures.infiniteCandidate, figures.infiniteBoth),
	];
	return words.filter((word) => word !== null);
}
