import { type FileRecords, noiseWords, RepeatedRecords, splitRepeats } from "@/lib/parity/checkpoint-repeats";
import type { CheckpointPair, CheckpointRecord } from "@/lib/parity/checkpoints";
import { compareCheckpoints } from "@/lib/parity/checkpoints";
import { chooseReference, type Producer } from "@/lib/parity/choose-reference";
import { brief, counted, scientific } from "@/lib/parity/delta";
import { timeFromPath } from "@/lib/parity/identity";
import { DEFAULT_TOLERANCE } from "@/lib/parity/judge";
import type { CheckpointFile } from "./compare-input";
import { type ComputedCase, type ComputedRun, folderOf, grouped, inFolder, nameOf } from "./compare-write";

/** A producer's records in a folder. */
interface Log extends Producer {
	/** of the files that are the log; those of its repeats are apart */
	records: CheckpointRecord[];
	files: CheckpointFile[];
	repeats: FileRecords[];
}

type CheckpointTolerance = { kind: "abs" | "rel"; value: number };

const TOLERANCE = DEFAULT_TOLERANCE["max-abs"]!;

/**
 * The runs of checkpoint logs: in each folder every other producer is compared with the reference. Logs whose file names say different times are
 * different runs; one without a time belongs to each of them.
 *
 * @param chosenFor the producer that a person chose as the reference of a run, or null
 */
export function* checkpointRuns(files: Iterable<CheckpointFile>, modifiedAt: (path: string) => string | null, chosenFor: (run: string) => string | null): Generator<ComputedRun> {
	for (const [folder, inside] of grouped(files, ({ path }) => folderOf(path))) {
		for (const { time, list } of byTime(inside)) {
			const pathOf = new Map<CheckpointRecord, string>();
			const logs = logsOf(list, pathOf);
			if (logs.length < 2) continue;
			const run = `${inFolder(folder, "checkpoints")}${time}`;
			const { name, why } = chooseReference(logs, chosenFor(run))!;
			const reference = logs.find((log) => log.name === name)!;
			for (const candidate of logs) {
				if (candidate === reference) continue;
				// A producer's name in the probe only where there are several, so that two logs stay one probe.
				const id = logs.length === 2 ? run : `${run}/${candidate.name.replaceAll("/", "_")}`;
				yield runOf(id, reference, candidate, `${reference.name} is the reference: ${why}`, pathOf, modifiedAt);
			}
		}
	}
}

/**
 * The run of two logs that a person paired.
 *
 * @param tolerance null for Casebook's default
 * @param why how they came to be a pair, for the note
 */
export function checkpointPairRun(run: string, reference: CheckpointFile, candidate: CheckpointFile, tolerance: CheckpointTolerance | null, why: string, modifiedAt: (path: string) => string | null): ComputedRun {
	const pathOf = new Map<CheckpointRecord, string>();
	const log = (file: CheckpointFile, other: CheckpointFile): Log => {
		const [own, theirs] = [producersOf(file), producersOf(other)].map((names) => [...names].join(" and ")) as [string, string];
		for (const record of file.records) pathOf.set(record, file.path);
		return { name: own === theirs || own === "" ? file.path : own, paths: [file.path], entries: file.records.length, records: [...file.records], files: [file], repeats: [] };
	};
	return runOf(run, log(reference, candidate), log(candidate, reference), why, pathOf, modifiedAt, tolerance);
}

/** The files of each time that names say; all together where no time has two producers. */
function byTime(files: readonly CheckpointFile[]): { time: string; list: CheckpointFile[] }[] {
	const all = [{ time: "", list: [...files] }];
	const timed = grouped(files, ({ path }) => timeFromPath(nameOf(path)));
	const plain = timed.get(null) ?? [];
	timed.delete(null);
	if (timed.size < 2) return all;
	const groups = [...timed].map(([time, list]) => {
		const own = new Set(list.flatMap((file) => [...producersOf(file)]));
		const stamp = new Date(Number(time! / 1_000_000n)).toISOString().replace(/\.\d+Z$/, "Z");
		return { time: ` ${stamp}`, list: [...list, ...plain.filter((file) => ![...producersOf(file)].some((name) => own.has(name)))] };
	});
	return groups.some(({ list }) => new Set(list.flatMap((file) => [...producersOf(file)])).size > 1) ? groups : all;
}

function producersOf(file: CheckpointFile): Set<string> {
	return new Set(file.records.map((record) => producerOf(record, file)));
}

/** A log that names no producer is known by its file. */
function producerOf(record: CheckpointRecord, file: CheckpointFile): string {
	return record.producer ?? nameOf(file.path).replace(/\.\w+(\.gz)?$/, "");
}

function logsOf(files: readonly CheckpointFile[], pathOf: Map<CheckpointRecord, string>): Log[] {
	const byProducer = new Map<string, { file: CheckpointFile; path: string; records: CheckpointRecord[] }[]>();
	for (const file of files) {
		for (const record of file.records) {
			const name = producerOf(record, file);
			const parts = byProducer.get(name) ?? [];
			byProducer.set(name, parts);
			if (parts.at(-1)?.file !== file) parts.push({ file, path: file.path, records: [] });
			parts.at(-1)!.records.push(record);
			pathOf.set(record, file.path);
		}
	}
	return [...byProducer].map(([name, parts]) => {
		const { log, repeats } = splitRepeats(parts);
		const records = log.flatMap((part) => [...part.records]);
		return { name, paths: log.map(({ path }) => path), entries: records.length, records, files: parts.map(({ file }) => file), repeats };
	});
}

function runOf(run: string, reference: Log, candidate: Log, why: string, pathOf: ReadonlyMap<CheckpointRecord, string>, modifiedAt: (path: string) => string | null, stated: CheckpointTolerance | null = null): ComputedRun {
	const tolerance = stated ?? { kind: "abs", value: TOLERANCE };
	const source = candidate.paths[0]!;
	const cut = [...reference.files, ...candidate.files].filter(({ isCut }) => isCut);
	const several = [reference, candidate].filter(({ paths }) => paths.length > 1).map(({ name, paths }) => `${paths.length} files of ${name} are read as one log, in the order of their paths`);
	const base = {
		run,
		title: `Checkpoints of ${reference.name} and ${candidate.name}`,
		beside: source,
		ranAt: candidate.files.find(({ ts }) => ts !== null)?.ts ?? null,
		modifiedAt: modifiedAt(source),
		reference: reference.name,
		candidate: candidate.name,
		measure: tolerance.kind === "abs" ? ("max-abs" as const) : ("max-rel" as const),
		tolerance: tolerance.value,
		inferred: false,
		source,
		line: candidate.records[0]?.line ?? null,
	};
	if (cut.length > 0) {
		const reason = `${cut.map(({ path }) => nameOf(path)).join(" and ")} hold${cut.length === 1 ? "s" : ""} more values than are kept in memory for a comparison (256 MB of all logs together)`;
		return { ...base, notes: [why, `${reason}; nothing was compared`], cases: [{ position: 0, caseName: "all checkpoints", reference: null, candidate: null, value: null, verdict: "skipped", reason, note: null, source, line: base.line }] };
	}
	const comparison = compareCheckpoints(reference.records, candidate.records, tolerance);
	const { pairs, onlyReference, onlyCandidate } = comparison;
	const compared = pairs.reduce((sum, pair) => sum + pair.compared, 0);
	const promised = pairs.reduce((sum, pair) => sum + (pair.promised ?? pair.compared), 0);
	const notes = [
		`compared here, value by value: ${counted(comparison.referenceEntries, "entry", "entries")} of ${reference.name}, ${comparison.candidateEntries.toLocaleString("en-US")} of ${candidate.name}, ${pairs.length.toLocaleString("en-US")} common, ${onlyReference.length + onlyCandidate.length} that only one side has`,
		promised > compared ? `${compared.toLocaleString("en-US")} of ${promised.toLocaleString("en-US")} values that the shapes say were compared; the logs hold no more` : null,
		why,
		...several,
		...[reference, candidate].filter(({ repeats }) => repeats.length > 0).map(({ name, paths, repeats }) => `${repeats.map(({ path }) => nameOf(path)).join(" and ")} repeat${repeats.length === 1 ? "s" : ""} the log of ${name} (every checkpoint and token is in ${paths.map(nameOf).join(" and ")} too), which gives its noise; ${nameOf(paths[0]!)} is compared`),
		stated === null ? `no tolerance is recorded; Casebook's default of ${brief(TOLERANCE)} is used` : null,
	];
	return { ...base, notes: notes.filter((note) => note !== null), cases: casesOf(reference, candidate, pairs, onlyCandidate, pathOf, tolerance.kind) };
}

function* casesOf(reference: Log, other: Log, pairs: readonly CheckpointPair[], onlyCandidate: readonly CheckpointRecord[], pathOf: ReadonlyMap<CheckpointRecord, string>, kind: CheckpointTolerance["kind"]): Generator<ComputedCase> {
	const names = new Map<string, number>();
	const caseName = (record: CheckpointRecord) => {
		const name = record.tokenIdx === null ? record.checkpoint : `${record.checkpoint} token ${record.tokenIdx}`;
		const count = (names.get(name) ?? 0) + 1;
		names.set(name, count);
		return count === 1 ? name : `${name} #${count}`;
	};
	const repeated = { reference: new RepeatedRecords(reference.repeats), candidate: new RepeatedRecords(other.repeats) };
	const paired = new Map(pairs.map((pair) => [pair.reference, pair]));
	let position = 0;
	const alone = (record: CheckpointRecord, lacks: "reference" | "candidate"): ComputedCase => ({ position: position++, caseName: caseName(record), reference: lacks === "reference" ? null : counted(record.values.length, "value"), candidate: lacks === "candidate" ? null : counted(record.values.length, "value"), value: null, verdict: "unmatched", reason: `the ${lacks} has no such entry`, note: null, source: pathOf.get(record)!, line: record.line });
	for (const record of reference.records) {
		const pair = paired.get(record);
		if (pair === undefined) {
			yield alone(record, "candidate");
			continue;
		}
		const { figures, candidate, worstIndex, faultIndex } = pair;
		const decides = faultIndex ?? worstIndex;
		const sideAt = ({ values, nulls }: CheckpointRecord) => (decides === null ? null : `${nulls?.[decides] === 1 ? "null" : values[decides]} at values[${decides}]`);
		const finite = faultIndex === null || figures.maxAbs === null ? null : `max-abs of the finite values ${scientific(figures.maxAbs)}`;
		const worst = worstIndex === null ? null : `worst at values[${worstIndex}]: ${record.values[worstIndex]} against ${candidate.values[worstIndex]}`;
		const mean = figures.meanAbs === null ? null : `mean-abs ${scientific(figures.meanAbs)}`;
		const noise = noiseWords(figures.maxAbs, [{ name: reference.name, noise: repeated.reference.noiseOf(record, pair.occurrence) }, { name: other.name, noise: repeated.candidate.noiseOf(candidate, pair.occurrence) }], scientific);
		const counts = pair.promised === null ? `${counted(pair.compared, "value")} compared; no shape says how many there are` : null;
		yield {
			position: position++,
			caseName: caseName(record),
			reference: sideAt(record),
			candidate: sideAt(candidate),
			value: faultIndex !== null ? null : kind === "abs" ? figures.maxAbs : figures.maxRel,
			verdict: pair.verdict,
			reason: pair.reason,
			note: [finite, mean, worst, ...noise, counts, ...pair.notes, `reference: ${pathOf.get(record)}:${record.line}`].filter(Boolean).join("; "),
			source: pathOf.get(candidate)!,
			line: candidate.line,
		};
	}
	for (const record of onlyCandidate) yield alone(record, "reference");
}
