import { GzipStream, isGzip } from "@/lib/formats/gzip";
import { CasebookError, joinBytes } from "@/lib/model";
import { byHand, type PairedPaths, type PairRule } from "@/lib/parity/casebook-pairs";
import { counted } from "@/lib/parity/delta";
import { compareWire } from "@/lib/parity/wire";
import type { HandReading } from "./compare-hand";
import type { ComputedCase, ComputedRun } from "./compare-write";

/** Larger files are left where they are. */
const MAX_BODY_BYTES = 8 * 1024 * 1024;
/** Bodies of a run that are kept as the sides of its cases, in characters; those of later cases are in their files. */
const MAX_KEPT = 4_000_000;
/** Rows of two logs beyond these are counted and not listed, where they pass. */
const MAX_ROWS = 100_000;

type Side = { text: string } | { why: string } | null;

/** The run of JSON bodies that a person paired: a case a file, or a line of two JSONL files, the n-th with the n-th. */
export async function wireRun(rule: PairRule, files: readonly PairedPaths["files"][number][], names: { run: string; probe: string }, reading: HandReading): Promise<ComputedRun> {
	const first = files.find((file) => file.candidate !== null) ?? files[0]!;
	const source = (first.candidate ?? first.reference)!;
	const cases: ComputedCase[] = [];
	const unused = new Set(rule.ignore);
	let kept = 0;
	let passed = 0;
	let position = 0;
	const add = (item: Omit<ComputedCase, "position" | "value">) => {
		const size = (item.reference?.length ?? 0) + (item.candidate?.length ?? 0);
		const fits = kept + size <= MAX_KEPT;
		if (fits) kept += size;
		const place = position++;
		if (cases.length >= MAX_ROWS && item.verdict === "pass") passed++;
		else cases.push({ ...item, ...(fits ? {} : { reference: null, candidate: null, note: [item.note, "its bodies are in the files"].filter(Boolean).join("; ") }), position: place, value: null });
	};
	const compare = (caseName: string, reference: string | null, candidate: string | null, at: { source: string; line: number | null }, note: string) => {
		const result = compareWire(reference, candidate, { normalise: { ignore: rule.ignore }, limit: 500 });
		for (const one of result.ignored) unused.delete(one.rule);
		add({ caseName, reference, candidate, verdict: result.verdict, reason: result.reason, note: [...result.notes, note].join("; "), ...at });
	};
	for (const { name, reference, candidate } of files) {
		const path = (candidate ?? reference)!;
		const caseName = name === "" ? path.slice(path.lastIndexOf("/") + 1) : name;
		const sides = [await sideOf(reference, reading), await sideOf(candidate, reading)] as const;
		const left = sides.find((side) => side !== null && "why" in side);
		if (left !== undefined && left !== null && "why" in left) {
			add({ caseName, reference: null, candidate: null, verdict: "skipped", reason: `it was not compared: ${left.why}`, note: null, source: path, line: null });
			continue;
		}
		const [r, c] = sides.map((side) => (side !== null && "text" in side ? side.text : null)) as [string | null, string | null];
		if (r === null || c === null) {
			add({ caseName, reference: r, candidate: c, verdict: "unmatched", reason: `the ${r === null ? "reference" : "candidate"} has no such file`, note: null, source: path, line: null });
		} else if (isLines(reference!) && isLines(candidate!)) {
			const [left, right] = [rowsOf(r), rowsOf(c)];
			for (let i = 0; i < Math.max(left.length, right.length); i++) {
				const [one, other] = [left[i], right[i]];
				const rowName = `${name === "" ? "" : `${name} `}row ${i + 1}`;
				if (one === undefined || other === undefined) add({ caseName: rowName, reference: one?.text ?? null, candidate: other?.text ?? null, verdict: "unmatched", reason: `the ${one === undefined ? "reference" : "candidate"} has no such row`, note: null, source: one === undefined ? candidate! : reference!, line: (one ?? other)!.line });
				else compare(rowName, one.text, other.text, { source: candidate!, line: other.line }, `reference: ${reference}:${one.line}`);
			}
			if (left.length === 0 && right.length === 0) compare(caseName, null, null, { source: candidate!, line: null }, `reference: ${reference}`);
		} else compare(caseName, r, c, { source: candidate!, line: null }, `reference: ${reference}`);
	}
	return {
		...names,
		title: `JSON of ${first.reference ?? "nothing"} and ${first.candidate ?? "nothing"}${files.length === 1 ? "" : ` and ${counted(files.length - 1, "more file")}`}`,
		beside: source,
		ranAt: null,
		modifiedAt: reading.modifiedAt(source),
		reference: rule.reference,
		candidate: rule.candidate,
		measure: "json",
		tolerance: null,
		inferred: false,
		notes: [
			byHand(rule),
			...(rule.ignore.length === 0 ? [] : [`casebook.json ignores ${JSON.stringify(rule.ignore)}`]),
			...(unused.size === 0 ? [] : [`${[...unused].map((name) => JSON.stringify(name)).join(" and ")} met nothing to ignore`]),
			...(rule.tolerance === null ? [] : ["a tolerance says nothing about JSON, whose numbers are compared exactly"]),
			...(passed === 0 ? [] : [`${counted(passed, "row")} that pass are counted and not listed`]),
		],
		source,
		line: null,
		cases,
		...(passed === 0 ? {} : { unlisted: { pass: passed } }),
	};
}

function isLines(path: string): boolean {
	return /\.(jsonl|ndjson)(\.gz)?$/i.test(path);
}

/** Lines that hold something, with their numbers. */
function rowsOf(text: string): { text: string; line: number }[] {
	return text.split("\n").map((line, i) => ({ text: line.replace(/\r$/, ""), line: i + 1 })).filter((row) => row.text.trim() !== "");
}

/** A file's text, or why it is not read; null where the side has no file. */
async function sideOf(path: string | null, { workspace, bytesOf, signal }: HandReading): Promise<Side> {
	if (path === null) return null;
	const limit = `${path} is larger than ${MAX_BODY_BYTES / 1024 / 1024} MB`;
	if (bytesOf(path) > MAX_BODY_BYTES) return { why: limit };
	const chunks: Uint8Array[] = [];
	let fault: string | null = null;
	try {
		for await (const event of workspace.stream([path], signal)) {
			if (event.type === "data") {
				chunks.push(event.chunk.slice());
				event.release?.();
			} else if (event.type === "error") fault = event.message;
		}
	} catch (error) {
		if (error instanceof CasebookError && error.failure.kind === "cancelled") return { why: "loading was cancelled before it came to this file" };
		throw error;
	}
	if (fault !== null) return { why: `${path} could not be read again: ${fault}` };
	const bytes = joinBytes(chunks);
	if (!isGzip(bytes)) return { text: new TextDecoder().decode(bytes) };
	const pieces: Uint8Array[] = [];
	const gzip = new GzipStream((piece) => pieces.push(piece.slice()), { maxBytes: MAX_BODY_BYTES });
	gzip.push(bytes);
	gzip.end();
	if (gzip.fault !== null) return { why: gzip.fault.limit ? limit : `${path}: ${gzip.fault.reason}` };
	return { text: new TextDecoder().decode(joinBytes(pieces)) };
}
