import { COMMITS, short } from "./commits";
import { type SampleFile, textFile } from "./file";
import { Random } from "./random";

const PATH = "baselines/audit_baselines.jsonl";
const METRICS = ["p2_evidence_rows", "p3_accepted", "p3_rejected", "p4_sft_rows", "p4_pref_pairs", "p4_total_quarantined"] as const;
type Metric = (typeof METRICS)[number];

/** Oldest first; the Go runtime joins with the fourth and agrees to the digit until the last. */
const ROWS: readonly (readonly [at: string, runtime: "rust" | "go", values: readonly number[]])[] = [
	["2026-04-15T06:00:04Z", "rust", [12, 0, 0, 353, 83, 1325]],
	["2026-04-18T06:00:05Z", "rust", [82, 31, 6, 353, 83, 1325]],
	["2026-04-23T06:00:03Z", "rust", [1018, 371, 55, 353, 83, 1325]],
	["2026-04-28T06:12:41Z", "go", [1018, 371, 55, 353, 83, 1325]],
	["2026-05-01T06:00:04Z", "rust", [1055, 386, 57, 353, 83, 1325]],
	["2026-05-02T06:10:58Z", "go", [1055, 386, 57, 353, 83, 1325]],
	["2026-05-04T06:00:06Z", "rust", [1055, 386, 57, 353, 83, 1325]],
	["2026-05-05T09:04:22Z", "go", [1061, 386, 74, 353, 83, 1325]],
];

export interface BaselineAnswers {
	path: string;
	count: number;
	byRuntime: { rust: number; go: number };
	/** the last two, by metric */
	previous: Record<Metric, number>;
	last: Record<Metric, number>;
	/** the line whose p3_accepted is a text */
	brokenLine: number;
}

function metrics(values: readonly number[]): Record<Metric, number> {
	return Object.fromEntries(METRICS.map((name, i) => [name, values[i]!])) as Record<Metric, number>;
}

/** The audit baselines of both runtimes, with one line whose number is a text. */
export function baselines(): { file: SampleFile; answers: BaselineAnswers } {
	const random = new Random("baselines");
	const lines = ROWS.map(([recorded_at, runtime, values]) => {
		const deployed = COMMITS.filter((commit) => commit.at <= recorded_at).at(-1);
		const git_commit = runtime === "go" && deployed !== undefined ? short(deployed) : random.hex(10);
		return JSON.stringify({ recorded_at, git_commit, runtime, metrics: metrics(values) });
	});
	const broken = JSON.stringify({ recorded_at: "2026-05-03T06:00:05Z", git_commit: random.hex(10), runtime: "rust", metrics: { ...metrics(ROWS[5]![2]), p3_accepted: "386" } });
	const brokenLine = 7;
	lines.splice(brokenLine - 1, 0, broken);
	return {
		file: textFile(PATH, `${lines.join("\n")}\n`),
		answers: {
			path: PATH, count: ROWS.length,
			byRuntime: { rust: ROWS.filter((row) => row[1] === "rust").length, go: ROWS.filter((row) => row[1] === "go").length },
			previous: metrics(ROWS.at(-2)![2]), last: metrics(ROWS.at(-1)![2]), brokenLine,
		},
	};
}
