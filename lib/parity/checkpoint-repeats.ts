import type { CheckpointRecord } from "./checkpoints";
import { againstNoise, type NoiseFloor, noiseFloor } from "./error-spread";

/** The records of one file. */
export interface FileRecords {
	path: string;
	records: readonly CheckpointRecord[];
}

export interface SplitLog {
	/** files that together are the log */
	log: FileRecords[];
	/** files that log the same once more */
	repeats: FileRecords[];
}

/**
 * Tells files that continue a log from files that repeat it: one repeats it when it holds records, and every checkpoint and token of it is in the
 * files before it at least as often.
 *
 * @param files of one producer, in the order of their paths
 */
export function splitRepeats(files: readonly FileRecords[]): SplitLog {
	const split: SplitLog = { log: [], repeats: [] };
	const known = new Map<string, number>();
	for (const file of files) {
		const own = new Map<string, number>();
		for (const record of file.records) own.set(keyOf(record), (own.get(keyOf(record)) ?? 0) + 1);
		const isRepeat = own.size > 0 && [...own].every(([key, count]) => (known.get(key) ?? 0) >= count);
		(isRepeat ? split.repeats : split.log).push(file);
		if (!isRepeat) for (const [key, count] of own) known.set(key, (known.get(key) ?? 0) + count);
	}
	return split;
}

function keyOf(record: CheckpointRecord): string {
	return `${record.tokenIdx ?? ""}\0${record.checkpoint}`;
}

/** Finds what the repeats of a log say where one record does. */
export class RepeatedRecords {
	private readonly files: Map<string, CheckpointRecord[]>[];

	constructor(repeats: readonly FileRecords[]) {
		this.files = repeats.map(({ records }) => {
			const byKey = new Map<string, CheckpointRecord[]>();
			for (const record of records) byKey.set(keyOf(record), [...(byKey.get(keyOf(record)) ?? []), record]);
			return byKey;
		});
	}

	/** The noise between a record and its repeats, on the absolute difference; null where nothing repeats it. Values that are null somewhere are left out of it. */
	noiseOf(record: CheckpointRecord, occurrence: number): NoiseFloor | null {
		const others = this.files.map((file) => file.get(keyOf(record))?.[occurrence]).filter((one) => one !== undefined);
		if (others.length === 0) return null;
		const all = [record, ...others];
		if (all.every(({ nulls }) => nulls === null)) return noiseFloor(all.map(({ values }) => values), "abs");
		if (all.some(({ values }) => values.length !== record.values.length)) return noiseFloor(all.map(({ values }) => values), "abs");
		const places = [...record.values.keys()].filter((i) => all.every(({ nulls }) => nulls?.[i] !== 1));
		return noiseFloor(all.map(({ values }) => places.map((i) => values[i]!)), "abs");
	}
}

/** What noise says of a difference, as parts of a note: how large it is on each side, and whether the difference is inside it. Empty without repeats. */
export function noiseWords(difference: number | null, sides: readonly { name: string; noise: NoiseFloor | null }[], text: (value: number) => string): string[] {
	const known = sides.flatMap(({ name, noise }) => (noise === null ? [] : [{ name, noise }]));
	if (known.length === 0) return [];
	const words = known.map(({ name, noise }) => (noise.floor === null ? `noise of ${name} not known: ${noise.reason}` : `noise of ${name} between its ${noise.repeats} logs ${text(noise.floor)}`));
	const noisiest = known.filter(({ noise }) => noise.floor !== null).sort((a, b) => b.noise.floor! - a.noise.floor!)[0];
	if (noisiest === undefined || difference === null || difference === 0) return words;
	return [...words, `the difference is ${againstNoise(difference, noisiest.noise) === "inside" ? "inside" : "outside"} the noise of ${noisiest.name}`];
}
