import { clusterFailures, type Cluster, type Clusters } from "@/lib/parity/clusters";
import type { FailureRow } from "@/lib/tables/probe-questions";

export interface FailureClusters extends Clusters {
	/** clusters with a message, most failures first */
	named: Cluster[];
	/** failures of which nothing is said; they are counted and never left out */
	silent: number;
	/** older failures that were not looked at */
	older: number;
}

/**
 * Failures of a probe by their masked message. Null where grouping says nothing: fewer than two failures say something, or all of them say the one
 * sentence that Casebook itself writes for a value beyond its tolerance.
 *
 * @param runs every run, oldest first, also those without a failure
 */
export function clustersOf(failures: readonly FailureRow[], runs: readonly string[]): FailureClusters | null {
	const clusters = clusterFailures(failures.map(({ run, caseName, message }) => ({ case: caseName, run, message: message ?? "" })), runs);
	const named = clusters.clusters.filter(({ pattern }) => pattern !== "");
	const said = named.reduce((sum, { failures: count }) => sum + count, 0);
	if (said < 2 || (named.length < 2 && !failures.some(({ recorded }) => recorded))) return null;
	return { ...clusters, named, silent: failures.length - said, older: (failures[0]?.total ?? 0) - failures.length };
}
