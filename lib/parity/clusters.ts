/** A failure of a case in a run. */
export interface FailureMessage {
	case: string;
	run: string;
	message: string;
}

/** Failures whose messages are the same once ids and numbers are masked. */
export interface Cluster {
	/** the masked message */
	pattern: string;
	/** the first message of it, as it was written */
	example: string;
	/** failures in all */
	failures: number;
	/** cases that failed with it, in the order in which they came */
	cases: string[];
	/** failures in each run, in the order of `Clusters.runs`; 0 where it has none */
	perRun: Uint32Array;
}

export interface Clusters {
	runs: string[];
	/** most failures first; equal ones by pattern */
	clusters: Cluster[];
}

/** Messages are looked at up to here: a payload in a message makes it no other failure. */
const LONGEST = 2000;

const MASKS: readonly [RegExp, string][] = [
	[/\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/gi, "<id>"],
	[/\b\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?)?/g, "<time>"],
	[/\b0x[0-9a-f]+\b/gi, "<hex>"],
	// A hash has both digits and letters; a word of a to f has no digit and a number no letter.
	[/\b(?=[0-9a-f]*\d)(?=[0-9a-f]*[a-f])(?!\d+e\d+\b)[0-9a-f]{7,128}\b/gi, "<hash>"],
	// Not inside a name: float32 and sha256 stay, worker_17 and W-17 do not.
	[/(?<![A-Za-z0-9.])[-+]?(?:\d[\d,_]*\.?\d*|\.\d+)(?:e[-+]?\d+)?(?![A-Za-z0-9]*[A-Za-z])/gi, "<n>"],
	[/(?<![A-Za-z0-9])[-+]?(?:inf(?:inity)?|nan)(?![A-Za-z0-9])/gi, "<n>"],
];

/** A message with its ids, hashes, times and numbers masked and its blanks made single. */
export function maskMessage(message: string): string {
	let text = message.slice(0, LONGEST);
	for (const [pattern, mask] of MASKS) text = text.replace(pattern, mask);
	return text.replace(/\s+/g, " ").trim();
}

/**
 * Groups failures by their masked messages, as clusters × runs. Failures without a message are one cluster with an empty pattern, never left out.
 *
 * @param runs the order of the columns; runs that only failures name come after them
 */
export function clusterFailures(failures: readonly FailureMessage[], runs: readonly string[] = []): Clusters {
	const columns = new Map<string, number>();
	for (const run of [...runs, ...failures.map((failure) => failure.run)]) if (!columns.has(run)) columns.set(run, columns.size);
	const clusters = new Map<string, Cluster & { seen: Set<string> }>();
	for (const { case: name, run, message } of failures) {
		const pattern = maskMessage(message);
		const cluster = clusters.get(pattern) ?? { pattern, example: message, failures: 0, cases: [], perRun: new Uint32Array(columns.size), seen: new Set<string>() };
		clusters.set(pattern, cluster);
		cluster.failures++;
		cluster.perRun[columns.get(run)!]!++;
		if (!cluster.seen.has(name)) {
			cluster.seen.add(name);
			cluster.cases.push(name);
		}
	}
	const list = [...clusters.values()].map(({ seen: _, ...cluster }) => cluster);
	return { runs: [...columns.keys()], clusters: list.sort((a, b) => b.failures - a.failures || (a.pattern < b.pattern ? -1 : 1)) };
}
