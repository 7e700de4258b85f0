import { againstNoise, type NoiseFloor, noiseFloor } from "./error-spread";
import { distance, type ToleranceKind } from "./tolerance";

/** A run with what tells whether it repeats another one. */
export interface RepeatRun {
	run: string;
	commit: string | null;
	reference: string | null;
	candidate: string | null;
	/** what is recorded of its environment */
	environment: ReadonlyMap<string, string | null>;
}

/** The runs that repeat one, itself among them, with the rule that chose them. */
export interface Repeats {
	runs: string[];
	rule: string;
	/** why there are none besides itself; null where there are some */
	none: string | null;
}

export const REPEAT_RULE = "a run repeats another one when both are of one commit and of the same two sides, and record the same environment but for times, commands and paths";

/** Fields that differ between two runs of one thing. */
const VOLATILE = /time|date|stamp|duration|elapsed|host|user|pid|command|cmd|path|file|trace|log|folder|dir|seed_time|run_id/i;

/** The runs of a probe that repeat one of them. */
export function repeatsOf(runs: readonly RepeatRun[], run: string): Repeats {
	const own = runs.find((one) => one.run === run);
	if (own === undefined) return { runs: [], rule: REPEAT_RULE, none: "the run is not one of the probe" };
	if (own.commit === null || own.commit === "") return { runs: [run], rule: REPEAT_RULE, none: "the run names no commit, so no other run is known to repeat it" };
	const same = runs.filter((one) => one.commit === own.commit && one.reference === own.reference && one.candidate === own.candidate);
	const repeats = same.filter((one) => sameEnvironment(one.environment, own.environment));
	const none = repeats.length > 1 ? null : same.length > 1 ? `${same.length - 1} other ${same.length === 2 ? "run is" : "runs are"} of its commit and sides, with another environment` : "no other run is of its commit and sides";
	return { runs: repeats.map((one) => one.run), rule: REPEAT_RULE, none };
}

function sameEnvironment(a: RepeatRun["environment"], b: RepeatRun["environment"]): boolean {
	const fields = new Set([...a.keys(), ...b.keys()].filter((field) => !VOLATILE.test(field)));
	return [...fields].every((field) => a.get(field) === b.get(field));
}

/** A case's values in one run. */
export interface RepeatCase {
	run: string;
	case: string;
	reference: readonly number[];
	candidate: readonly number[];
}

/** A case beside the noise of its sides. */
export interface CaseNoise {
	case: string;
	/** the largest distance of the two sides in the run looked at; null where it cannot be told */
	difference: number | null;
	reference: NoiseFloor;
	candidate: NoiseFloor;
	/** against the larger of the two floors */
	place: "inside" | "outside" | "unknown";
}

/**
 * What repeats of the same side differ by, beside what the two sides differ by. A difference is inside the noise when it is no larger
 * than the noise of the noisier side. A case that is in fewer than two of the repeats is not listed.
 *
 * @param cases of all repeats, that of the run looked at among them; the first case of a name in a run counts
 */
export function caseNoise(cases: readonly RepeatCase[], run: string, kind: ToleranceKind): CaseNoise[] {
	const byName = new Map<string, Map<string, RepeatCase>>();
	for (const one of cases) {
		const list = byName.get(one.case) ?? new Map<string, RepeatCase>();
		byName.set(one.case, list);
		if (!list.has(one.run)) list.set(one.run, one);
	}
	const answers: CaseNoise[] = [];
	for (const [name, list] of byName) {
		const own = list.get(run);
		if (own === undefined || list.size < 2) continue;
		const all = [...list.values()];
		const reference = noiseFloor(all.map((one) => one.reference), kind);
		const candidate = noiseFloor(all.map((one) => one.candidate), kind);
		const difference = largest(own, kind);
		const floors = [reference, candidate].filter(({ floor }) => floor !== null);
		const noisier = floors.length < 2 ? null : reference.floor! >= candidate.floor! ? reference : candidate;
		answers.push({ case: name, difference, reference, candidate, place: noisier === null ? "unknown" : againstNoise(difference, noisier) });
	}
	return answers;
}

function largest({ reference, candidate }: RepeatCase, kind: ToleranceKind): number | null {
	if (reference.length !== candidate.length || reference.length === 0) return null;
	let most = 0;
	for (let i = 0; i < reference.length; i++) {
		const error = distance(reference[i]!, candidate[i]!, kind);
		if (Number.isNaN(error)) return null;
		most = Math.max(most, error);
	}
	return most;
}
