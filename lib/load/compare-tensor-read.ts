import { cOrder, compareTypes } from "@/lib/parity/tensor-shape";
import { type Numbers, TensorComparer, type TensorFigures } from "@/lib/parity/tensors";
import { CasebookError } from "@/lib/model";
import type { Workspace } from "@/lib/workspace/types";
import { chunksOf, joinNumbers, TensorDecoder, valuesOfChunks } from "./compare-tensor-bytes";
import type { TensorFile } from "./compare-input";

/** Larger arrays are left where they are. */
export const MAX_SIDE_BYTES = 512 * 1024 * 1024;
/** Arrays up to this size come whole, many in one request; larger ones in ranges, side by side. */
const WHOLE_BYTES = 8 * 1024 * 1024;
const REQUEST_BYTES = 64 * 1024 * 1024;
const REQUEST_FILES = 500;

export interface PairOfArrays {
	reference: TensorFile;
	candidate: TensorFile;
	/** on the largest difference */
	tolerance: number;
	/** the tolerance is relative to the reference; default absolute */
	relative?: boolean;
}

export type ComparedArrays =
	/** `isFortran`: flat indices count in Fortran order · `worst`: the two values at the largest difference, as text; null where a double cannot hold them */
	| { kind: "compared"; figures: TensorFigures; isFortran: boolean; worst: readonly [string, string] | null }
	| { kind: "left"; reason: string };

interface Answer {
	pair: PairOfArrays;
	result: ComparedArrays;
}

/** Compares pairs of arrays, in some order; each pair is answered once, whatever happens to its files. */
export async function* readPairs(pairs: readonly PairOfArrays[], workspace: Workspace, bytesOf: (path: string) => number, signal?: AbortSignal): AsyncGenerator<Answer> {
	const small: PairOfArrays[] = [];
	const large: PairOfArrays[] = [];
	for (const pair of pairs) {
		const size = Math.max(bytesOf(pair.reference.path), bytesOf(pair.candidate.path));
		if (!compareTypes(pair.reference, pair.candidate).comparable) yield { pair, result: { kind: "left", reason: "" } };
		else if (size > MAX_SIDE_BYTES) yield { pair, result: { kind: "left", reason: `it was not compared: a side is ${(size / 1024 / 1024).toFixed(0)} MB, and arrays above ${MAX_SIDE_BYTES / 1024 / 1024} MB a side are left` } };
		else (size <= WHOLE_BYTES ? small : large).push(pair);
	}
	for (const request of requestsOf(small, bytesOf)) yield* readWhole(request, workspace, signal);
	for (const pair of large) yield { pair, result: await readSideBySide(pair, workspace, signal) };
}

/** Pairs by request: no file twice in one, since a stream names its files by path. */
function requestsOf(pairs: readonly PairOfArrays[], bytesOf: (path: string) => number): PairOfArrays[][] {
	const requests: PairOfArrays[][] = [];
	let paths = new Set<string>();
	let bytes = 0;
	for (const pair of pairs) {
		const own = [pair.reference.path, pair.candidate.path];
		const size = bytesOf(own[0]!) + bytesOf(own[1]!);
		if (requests.length === 0 || paths.size + 2 > REQUEST_FILES || bytes + size > REQUEST_BYTES || own.some((path) => paths.has(path))) {
			requests.push([]);
			paths = new Set();
			bytes = 0;
		}
		requests.at(-1)!.push(pair);
		for (const path of own) paths.add(path);
		bytes += size;
	}
	return requests;
}

async function* readWhole(pairs: readonly PairOfArrays[], workspace: Workspace, signal?: AbortSignal): AsyncGenerator<Answer> {
	const waiting = new Map(pairs.map((pair) => [pair.candidate.path, pair]));
	const arrays = new Map<string, Numbers | string>();
	let decoder = new TensorDecoder();
	let fault: string | null = null;
	try {
		for await (const event of workspace.stream(pairs.flatMap(({ reference, candidate }) => [reference.path, candidate.path]), signal)) {
			if (event.type === "start") {
				decoder = new TensorDecoder();
				fault = null;
			} else if (event.type === "data") {
				try {
					if (fault === null) decoder.push(event.chunk);
				} catch (error) {
					fault = wordsOf(error);
				}
				event.release?.();
			} else {
				arrays.set(event.path, event.type === "error" ? event.message : endOf(decoder, fault));
				const pair = waiting.get(event.path);
				if (pair === undefined) continue;
				waiting.delete(event.path);
				yield { pair, result: compareWhole(pair, arrays.get(pair.reference.path), arrays.get(event.path)) };
				arrays.clear();
			}
		}
	} catch (error) {
		if (!isCancelled(error)) throw error;
	}
	for (const pair of waiting.values()) yield { pair, result: left("loading was cancelled before it came to these arrays") };
}

function endOf(decoder: TensorDecoder, fault: string | null): Numbers | string {
	if (fault !== null) return fault;
	try {
		decoder.end();
		return joinNumbers(decoder.take());
	} catch (error) {
		return wordsOf(error);
	}
}

function compareWhole(pair: PairOfArrays, reference: Numbers | string | undefined, candidate: Numbers | string | undefined): ComparedArrays {
	if (reference === undefined || typeof reference === "string") return left(`the reference could not be read again: ${reference ?? "it did not come"}`);
	if (candidate === undefined || typeof candidate === "string") return left(`the candidate could not be read again: ${candidate ?? "it did not come"}`);
	if (reference.length !== candidate.length) return left("a file changed while the workspace was read; reload to compare it");
	const isFortran = pair.reference.fortranOrder && pair.candidate.fortranOrder;
	const ordered = (values: Numbers, file: TensorFile) => (file.fortranOrder && !isFortran && file.shape.length > 1 ? cOrder(values, file.shape) : values);
	const [r, c] = [ordered(reference, pair.reference), ordered(candidate, pair.candidate)];
	const comparer = new TensorComparer({ kind: pair.relative === true ? "rel" : "abs", value: pair.tolerance });
	comparer.push(r, c);
	const figures = comparer.finish();
	const at = pair.relative === true ? figures.maxRelAt : figures.maxAbsAt;
	return { kind: "compared", figures, isFortran, worst: at === null ? null : [String(r[at]), String(c[at])] };
}

async function readSideBySide(pair: PairOfArrays, workspace: Workspace, signal?: AbortSignal): Promise<ComparedArrays> {
	const { reference, candidate } = pair;
	const isFortran = reference.fortranOrder && candidate.fortranOrder;
	if (reference.fortranOrder !== candidate.fortranOrder && reference.shape.length > 1) return left(`it was not compared: one side is in Fortran order and the other in C order, which is done up to ${WHOLE_BYTES / 1024 / 1024} MB a side`);
	const comparer = new TensorComparer({ kind: pair.relative === true ? "rel" : "abs", value: pair.tolerance });
	const [left0, right0] = [reference, candidate].map(({ path }) => valuesOfChunks(chunksOf(workspace, path, signal))) as [AsyncGenerator<Numbers>, AsyncGenerator<Numbers>];
	let r: Numbers = new Float64Array(0);
	let c: Numbers = new Float64Array(0);
	try {
		for (;;) {
			if (r.length === 0) r = (await left0.next()).value ?? r;
			if (c.length === 0) c = (await right0.next()).value ?? c;
			const count = Math.min(r.length, c.length);
			if (count === 0) break;
			comparer.push(r.subarray(0, count), c.subarray(0, count));
			r = r.subarray(count);
			c = c.subarray(count);
		}
	} catch (error) {
		if (isCancelled(error)) return left("loading was cancelled before it came to these arrays");
		return left(`it could not be read again: ${wordsOf(error)}`);
	} finally {
		await Promise.all([left0.return(undefined), right0.return(undefined)]);
	}
	const figures = comparer.finish();
	if (figures.elements !== reference.elements) return left("a file changed while the workspace was read; reload to compare it");
	const worst = pair.relative === true ? figures.maxRelPair : figures.maxAbsPair;
	// 64-bit integers beyond 2^53 were rounded.
	const isExact = worst !== null && (![reference, candidate].some(({ dtype }) => /int64$/.test(dtype)) || worst.every(Number.isSafeInteger));
	return { kind: "compared", figures, isFortran, worst: isExact ? [String(worst[0]), String(worst[1])] : null };
}

function left(reason: string): ComparedArrays {
	return { kind: "left", reason };
}

function isCancelled(error: unknown): boolean {
	return error instanceof CasebookError && error.failure.kind === "cancelled";
}

function wordsOf(error: unknown): string {
	return error instanceof Error ? error.message : String(error);
}
