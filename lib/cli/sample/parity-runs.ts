import { COMMITS } from "./commits";
import { folderOf } from "./time";

/** What the comparison of a case truly comes to, whatever the report says. */
export type Truth = "pass" | "fail" | "unmatched" | "incomparable" | "skipped";

/** A case of a report, with the truth that is kept for the answers and never written. */
export interface SampleCase {
	case: string;
	truth: Truth;
	/** the word in the report where it is not the usual one for the truth; null writes none */
	recorded?: string | null;
	value?: number;
	reference?: unknown;
	candidate?: unknown;
	status_reference?: number;
	status_candidate?: number;
	note?: string;
}

export interface SampleProbe {
	probe: string;
	reference: string;
	candidate: string;
	measure: "exact" | "json" | "cosine";
	tolerance?: number;
	/** the first run that has the probe, counted from 1 */
	since: number;
	/** the cases of one run, counted from 1 */
	cases: (run: number) => SampleCase[];
}

/** When the six probes were run; run n is on commit n. */
const STARTED = [
	"2026-04-22T04:43:00Z", "2026-04-24T05:12:10Z", "2026-04-26T22:04:05Z", "2026-04-28T06:15:30Z",
	"2026-04-29T04:33:55Z", "2026-04-30T05:01:22Z", "2026-05-01T04:28:10Z", "2026-05-02T04:49:28Z",
	"2026-05-02T10:29:24Z", "2026-05-03T09:17:15Z", "2026-05-04T05:27:14Z", "2026-05-05T08:27:47Z",
] as const;

export interface ParityRun {
	/** counted from 1 */
	no: number;
	startedAt: string;
	folder: string;
	commit: string;
}

export const PARITY_RUNS: readonly ParityRun[] = STARTED.map((startedAt, index) => ({
	no: index + 1,
	startedAt,
	folder: folderOf(startedAt),
	// The harness printed short hashes until the fourth run.
	commit: index < 4 ? COMMITS[index]!.sha.slice(0, 10) : COMMITS[index]!.sha,
}));

/** One run of a probe by its truth, not by what its report recorded. */
export interface RunAnswer {
	path: string;
	ranAt: string;
	commit: string;
	passed: number;
	failed: number;
	unmatched: number;
	incomparable: number;
	skipped: number;
	compared: number;
	total: number;
	firstDivergence: string | null;
	status: "pass" | "fail" | "incomplete" | "not compared";
}

/** Whether a run passes, from how many cases came to what. */
export function statusOf(run: Pick<RunAnswer, "failed" | "compared" | "total">): RunAnswer["status"] {
	if (run.failed > 0) return "fail";
	if (run.compared === 0) return "not compared";
	return run.compared < run.total ? "incomplete" : "pass";
}

/** When the failing streak that ends with the last run began. */
export function brokenSince(runs: readonly RunAnswer[]): string | null {
	let since: string | null = null;
	for (const run of runs) since = run.status !== "fail" ? null : (since ?? run.ranAt);
	return since;
}
