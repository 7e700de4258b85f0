import { addsUp, type Batch, type Column, type Parser, type ParserEnd } from "@/lib/model";
import { detect, HEAD_BYTES } from "./detect";
import { mutate, type Random, randomOf } from "./fuzz/mutate";
import { GzipStream, innerPath, isGzip } from "./gzip";

/** A file to be broken. */
export interface FuzzFile {
	path: string;
	bytes: Uint8Array;
}

export interface FuzzFailure {
	/** makes the same mutant again: `mutantOf(files, seed)` */
	seed: number;
	path: string;
	what: string;
}

export interface FuzzResult {
	runs: number;
	failures: FuzzFailure[];
	/** mutants by the format that they were read as, `unrecognised` among them */
	formats: Record<string, number>;
	/** the mutant that took longest */
	slowest: { seed: number; path: string; ms: number };
}

/** A mutant of a small file is read in milliseconds; one that takes this long hangs, or may. */
const BUDGET_MS = 5000;
/** Unpacking a mutant stops here, as it would at the reader's own limit. */
const GZIP_LIMIT = { maxBytes: 64 * 1024 * 1024 };

/**
 * Reads `count` mutants of files as the loader does (detection, unpacking, parsing in random divisions, a restart where a log asks for
 * one) and collects what must never be: a parser that throws or takes long, lines that are not accounted for, batches
 * that are not well-formed. The same seed makes the same mutants. `files` must not be empty.
 */
export async function fuzz(count: number, seed: number, files: readonly FuzzFile[]): Promise<FuzzResult> {
	const result: FuzzResult = { runs: 0, failures: [], formats: {}, slowest: { seed, path: "", ms: 0 } };
	for (let run = 0; run < count; run++) {
		const own = (seed + run * 0x9e3779b1) >>> 0;
		const mutant = mutantOf(files, own);
		const start = performance.now();
		const { format, problems } = await tryFile(mutant, randomOf(own ^ 0x5bd1e995));
		const ms = performance.now() - start;
		if (ms > BUDGET_MS) problems.push(`it took ${Math.round(ms)} ms`);
		if (ms > result.slowest.ms) result.slowest = { seed: own, path: mutant.path, ms };
		for (const what of problems) result.failures.push({ seed: own, path: mutant.path, what });
		result.formats[format] = (result.formats[format] ?? 0) + 1;
		result.runs++;
	}
	return result;
}

/** The mutant of a seed. */
export function mutantOf(files: readonly FuzzFile[], seed: number): FuzzFile {
	const random = randomOf(seed);
	const file = files[random.below(files.length)]!;
	const other = files[random.below(files.length)]!;
	return { path: file.path, bytes: mutate(file.bytes, other.bytes, random) };
}

/** Reads one file in random divisions; what it was read as, and all that is wrong with what came out. */
export async function tryFile(file: FuzzFile, random: Random): Promise<{ format: string; problems: string[] }> {
	const pieces: Uint8Array[] = [];
	let path = file.path;
	if (isGzip(file.bytes)) {
		const stream = new GzipStream((bytes) => pieces.push(bytes), GZIP_LIMIT);
		for (const piece of divide(file.bytes, random)) stream.push(piece);
		stream.end();
		path = innerPath(path);
	} else pieces.push(...divide(file.bytes, random));
	const head = new Uint8Array(HEAD_BYTES);
	let size = 0;
	for (const piece of pieces) {
		if (size >= HEAD_BYTES) break;
		const part = piece.subarray(0, HEAD_BYTES - size);
		head.set(part, size);
		size += part.length;
	}
	try {
		const detection = detect(path, head.subarray(0, size));
		if (detection.kind !== "read") return { format: detection.kind === "known" ? `known: ${detection.name}` : detection.kind, problems: [] };
		return { format: detection.format, problems: await checkParser(detection.parser(file.path), pieces) };
	} catch (error) {
		return { format: "detection", problems: [`detection stopped: ${words(error)}`] };
	}
}

/** All that is wrong with what a parser makes of a file in pieces; the pieces stay as they are. */
export async function checkParser(parser: Parser, pieces: readonly Uint8Array[]): Promise<string[]> {
	const problems: string[] = [];
	try {
		await readAll(parser, pieces, problems);
	} catch (error) {
		problems.push(`it stopped: ${words(error)}`);
	}
	return problems;
}

function words(error: unknown): string {
	return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

async function readAll(first: Parser, pieces: readonly Uint8Array[], problems: string[]): Promise<void> {
	let parser: Parser | undefined = first;
	for (let reading = 0; parser !== undefined; reading++) {
		const batches: Batch[] = [];
		for (const piece of pieces) batches.push(...parser.push(piece.slice()));
		await parser.prepare?.();
		const end: ParserEnd = parser.end();
		batches.push(...end.batches);
		parser = end.restart;
		for (const batch of batches) checkBatch(batch, problems);
		if (parser === undefined) checkEnd(end, pieces, problems);
		else if (reading === 3) {
			problems.push("it asks to be read again and again");
			return;
		}
	}
}

function checkEnd({ account, rejects }: ParserEnd, pieces: readonly Uint8Array[], problems: string[]): void {
	if (!addsUp(account) || Object.values(account).some((count) => !(count >= 0))) problems.push(`the lines do not add up: ${JSON.stringify(account)}`);
	if (account.rejects > 0 && rejects.length === 0) problems.push("lines are rejected without a reason");
	const size = pieces.reduce((sum, piece) => sum + piece.length, 0);
	for (const { line, byteOffset, reason } of rejects) {
		if (reason.trim() === "") problems.push("a reject without a reason");
		if (line !== null && account.lines > 0 && !(line >= 1 && line <= account.lines)) problems.push(`a reject in line ${line} of ${account.lines}: ${reason}`);
		if (byteOffset !== null && !(byteOffset >= 0 && byteOffset <= size)) problems.push(`a reject at byte ${byteOffset} of ${size}: ${reason}`);
	}
}

function checkBatch(batch: Batch, problems: string[]): void {
	if (batch.columns.length !== batch.fields.length) problems.push(`${batch.table}: ${batch.columns.length} columns for ${batch.fields.length} fields`);
	const names = batch.fields.map((field) => field.name.toLowerCase());
	if (new Set(names).size !== names.length) problems.push(`${batch.table}: two columns of one name (${names.join(", ")})`);
	if (names.includes("")) problems.push(`${batch.table}: a column without a name`);
	batch.columns.forEach((column, i) => {
		const field = batch.fields[i];
		if (column.length !== batch.numRows) problems.push(`${batch.table}.${field?.name}: ${column.length} values in ${batch.numRows} rows`);
		const problem = columnProblem(column);
		if (problem !== null) problems.push(`${batch.table}.${field?.name}: ${problem}`);
	});
}

/** What makes a column no Arrow column, or null. */
function columnProblem(column: Column): string | null {
	const { length, offsets, values, bytes, children, type, validity } = column;
	if (validity !== null && validity.length * 8 < length) return "its validity is too short";
	if (values !== null && (type.kind === "boolean" ? values.length * 8 : values.length) < length) return "its values are too few";
	if (offsets !== null) {
		if (offsets.length < length + 1) return "its offsets are too few";
		for (let i = 0; i < length; i++) if (offsets[i]! > offsets[i + 1]!) return `its offsets fall at ${i}`;
		const end = offsets[length]!;
		if (type.kind === "text" && (bytes?.length ?? 0) < end) return "its bytes are too few";
		if (type.kind === "text" && bytes !== null && !isUtf8(bytes.subarray(0, end))) return "its text is not UTF-8";
		if (type.kind !== "text" && children.some((child) => child.length < end)) return "its elements are too few";
	}
	if (type.kind === "struct" && children.some((child) => child.length !== length)) return "its fields are of different lengths";
	for (const child of children) {
		const problem = columnProblem(child);
		if (problem !== null) return problem;
	}
	return null;
}

const strict = new TextDecoder("utf-8", { fatal: true });

function isUtf8(bytes: Uint8Array): boolean {
	try {
		strict.decode(bytes);
		return true;
	} catch {
		return false;
	}
}

/** A file in pieces of random sizes, some of them empty. */
function divide(bytes: Uint8Array, random: Random): Uint8Array[] {
	const most = [1, 7, 100, 4096, 65_536, bytes.length + 1][random.below(6)]!;
	// A large file in single bytes would only test patience.
	const limit = Math.max(most, Math.ceil(bytes.length / 2000));
	const pieces: Uint8Array[] = [];
	for (let at = 0; at < bytes.length; ) {
		const size = random.below(limit + 1);
		pieces.push(bytes.slice(at, at + size));
		at += size;
	}
	return pieces;
}
