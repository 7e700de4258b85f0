import type { Verdict } from "@/lib/model";
import { brief, counted } from "./delta";
import { oneSidedFaults, TensorComparer, type TensorFigures } from "./tensors";

/** A record of a checkpoint log. */
export interface CheckpointRecord {
	checkpoint: string;
	producer: string | null;
	tokenIdx: number | null;
	dtype: string | null;
	/** null where the record states none */
	shape: readonly number[] | null;
	values: Float64Array;
	/** 1 where a value is null; null where none is. The value at such a place is not read. */
	nulls: Uint8Array | null;
	line: number;
}

/** One checkpoint and token that both logs have. */
export interface CheckpointPair {
	checkpoint: string;
	tokenIdx: number | null;
	/** 0 for the first record of this checkpoint and token in its log */
	occurrence: number;
	reference: CheckpointRecord;
	candidate: CheckpointRecord;
	figures: TensorFigures;
	/** index into the records' values of the largest difference, absolute or relative as the tolerance is */
	worstIndex: number | null;
	/** the first place where one side only has a finite value; no difference is the distance of such a pair, and no tolerance lets it pass */
	faultIndex: number | null;
	/** values that were compared; those that are NaN or infinite were looked at and are counted in `figures` */
	compared: number;
	/** how many values the shapes say there are; null where neither record states a shape */
	promised: number | null;
	/** places where a side, or both, hold null */
	nulls: number;
	verdict: Verdict;
	reason: string;
	/** what a reader should know besides the verdict: "10 of 151,936 values" */
	notes: string[];
}

export interface CheckpointComparison {
	referenceEntries: number;
	candidateEntries: number;
	/** in the order of the reference */
	pairs: CheckpointPair[];
	onlyReference: CheckpointRecord[];
	onlyCandidate: CheckpointRecord[];
	/** the first pair that fails, in the order of the reference */
	firstDivergence: CheckpointPair | null;
}

/**
 * Aligns two logs by checkpoint and token (the n-th record of such a name with the n-th) and compares them value by value: max |c − r|,
 * mean |c − r|, max |c − r| ÷ |r|. Records without a token align among themselves. What only one side has is unmatched and listed.
 *
 * @param tolerance on max |c − r| or its relative; default `abs` 1e-4, Casebook's own for a report that states none
 */
export function compareCheckpoints(reference: readonly CheckpointRecord[], candidate: readonly CheckpointRecord[], tolerance: { kind: "abs" | "rel"; value: number } = { kind: "abs", value: 1e-4 }): CheckpointComparison {
	const waiting = new Map<string, CheckpointRecord[]>();
	for (const record of candidate) {
		const list = waiting.get(nameOf(record));
		if (list) list.push(record);
		else waiting.set(nameOf(record), [record]);
	}
	const taken = new Map<string, number>();
	const pairs: CheckpointPair[] = [];
	const onlyReference: CheckpointRecord[] = [];
	for (const record of reference) {
		const name = nameOf(record);
		const occurrence = taken.get(name) ?? 0;
		taken.set(name, occurrence + 1);
		const other = waiting.get(name)?.[occurrence];
		if (other === undefined) onlyReference.push(record);
		else pairs.push(comparePair(record, other, occurrence, tolerance));
	}
	const seen = new Map<string, number>();
	const onlyCandidate = candidate.filter((record) => {
		const name = nameOf(record);
		const occurrence = seen.get(name) ?? 0;
		seen.set(name, occurrence + 1);
		return occurrence >= (taken.get(name) ?? 0);
	});
	return { referenceEntries: reference.length, candidateEntries: candidate.length, pairs, onlyReference, onlyCandidate, firstDivergence: pairs.find((pair) => pair.verdict === "fail") ?? null };
}

function nameOf(record: CheckpointRecord): string {
	return `${record.tokenIdx ?? ""}\0${record.checkpoint}`;
}

function comparePair(reference: CheckpointRecord, candidate: CheckpointRecord, occurrence: number, tolerance: { kind: "abs" | "rel"; value: number }): CheckpointPair {
	const notes: string[] = [];
	const shapes = compareShapes(reference.shape, candidate.shape, notes);
	const length = shapes.comparable ? Math.min(reference.values.length, candidate.values.length) : 0;
	if (shapes.comparable && reference.values.length !== candidate.values.length) notes.push(`the reference logs ${counted(reference.values.length, "value")} and the candidate ${candidate.values.length.toLocaleString("en-US")}; the first ${length.toLocaleString("en-US")} are compared`);
	if (reference.dtype !== null && candidate.dtype !== null && reference.dtype !== candidate.dtype) notes.push(`the types differ: ${reference.dtype} in the reference, ${candidate.dtype} in the candidate`);

	const r = new Float64Array(length);
	const c = new Float64Array(length);
	const places = new Int32Array(length);
	let kept = 0;
	let oneSidedNulls = 0;
	let nulls = 0;
	let firstNull: number | null = null;
	for (let i = 0; i < length; i++) {
		const [noReference, noCandidate] = [reference.nulls?.[i] === 1, candidate.nulls?.[i] === 1];
		if (noReference || noCandidate) {
			nulls++;
			if (noReference !== noCandidate) {
				oneSidedNulls++;
				firstNull ??= i;
			}
			continue;
		}
		r[kept] = reference.values[i]!;
		c[kept] = candidate.values[i]!;
		places[kept++] = i;
	}
	const comparer = new TensorComparer(tolerance);
	comparer.push(r.subarray(0, kept), c.subarray(0, kept));
	const figures = comparer.finish();
	if (nulls > 0) notes.push(`${counted(nulls, "place")} with null, ${oneSidedNulls === nulls ? "each in one side only" : oneSidedNulls === 0 ? "each in both sides" : `${oneSidedNulls} in one side only`}`);
	if (shapes.promised !== null) notes.push(`${figures.compared.toLocaleString("en-US")} of ${counted(shapes.promised, "value")} compared`);
	const worstAt = tolerance.kind === "abs" ? figures.maxAbsAt : figures.maxRelAt;
	const worstIndex = worstAt === null ? null : places[worstAt]!;
	const faults = [firstNull, figures.brokenAt === null ? null : places[figures.brokenAt]!].filter((place) => place !== null);
	const faultIndex = faults.length === 0 ? null : Math.min(...faults);
	const judged = shapes.problem === null ? judge(figures, oneSidedNulls, worstIndex, tolerance) : { verdict: "incomparable" as const, reason: shapes.problem };
	return { checkpoint: reference.checkpoint, tokenIdx: reference.tokenIdx, occurrence, reference, candidate, figures, worstIndex, faultIndex, compared: figures.compared, promised: shapes.promised, nulls, ...judged, notes };
}

/** NaN, an infinity or a null on one side only fails; NaN in both at the same place, or nothing compared, is incomparable. */
function judge(figures: TensorFigures, oneSidedNulls: number, worstIndex: number | null, tolerance: { kind: "abs" | "rel"; value: number }): { verdict: Verdict; reason: string } {
	const broken = oneSidedFaults(figures);
	if (broken !== null) return { verdict: "fail", reason: broken };
	const largest = tolerance.kind === "abs" ? figures.maxAbs : figures.maxRel;
	const name = tolerance.kind === "abs" ? "max-abs" : "max-rel";
	const place = worstIndex !== null && largest !== 0 ? ` (values[${worstIndex}])` : "";
	if (largest !== null && largest > tolerance.value) return { verdict: "fail", reason: `${name} ${brief(largest)} is beyond ${brief(tolerance.value)}${place}` };
	if (oneSidedNulls > 0) return { verdict: "fail", reason: `${counted(oneSidedNulls, "value")} null in one side only` };
	if (figures.nanBoth > 0) return { verdict: "incomparable", reason: `${counted(figures.nanBoth, "value")} NaN in both sides at the same place` };
	if (largest === null) return { verdict: "incomparable", reason: "there are no finite values to compare" };
	return { verdict: "pass", reason: `${name} ${brief(largest)} is within ${brief(tolerance.value)}${place}` };
}

/** Shapes are the same when they are equal without axes of size 1: `[151936]` and `[1, 151936]` name the same values in the same order. */
function compareShapes(reference: readonly number[] | null, candidate: readonly number[] | null, notes: string[]): { comparable: boolean; promised: number | null; problem: string | null } {
	const size = (shape: readonly number[]) => shape.reduce((product, axis) => product * axis, 1);
	const text = (shape: readonly number[]) => `[${shape.join(", ")}]`;
	if (reference === null || candidate === null) {
		const known = reference ?? candidate;
		if (known !== null) notes.push(`only the ${reference === null ? "candidate" : "reference"} states a shape, ${text(known)}`);
		return { comparable: true, promised: known === null ? null : size(known), problem: null };
	}
	const inner = (shape: readonly number[]) => shape.filter((axis) => axis !== 1).join();
	const words = `the shapes differ: ${text(reference)} in the reference, ${text(candidate)} in the candidate`;
	if (inner(reference) !== inner(candidate)) return { comparable: false, promised: null, problem: words };
	if (reference.join() !== candidate.join()) notes.push(`${words}; only in axes of size 1`);
	return { comparable: true, promised: size(reference), problem: null };
}
