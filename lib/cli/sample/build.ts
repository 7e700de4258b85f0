import { type BaselineAnswers, baselines } from "./baselines";
import { type BenchmarkAnswers, benchmarkResults } from "./bundle";
import { type ExportAnswers, sessionExports } from "./exports";
import { markdownFile, type SampleFile } from "./file";
import { type HiddenStateAnswers, hiddenStates } from "./hidden-states";
import { type JunitAnswers, junit } from "./junit";
import { notebooks } from "./notebooks";
import { misdecoded, oddments } from "./oddments";
import { checkpointPage, resolutionReport } from "./page-checkpoint";
import { gatewayPage } from "./page-gateway";
import { hiddenStatesPage } from "./page-hidden";
import { commitLog, paritySummary, workOrder } from "./page-logs";
import { scalingPage } from "./page-scaling";
import { type ProbeAnswer, parityReports } from "./parity";
import { type ScalingAnswers, scalingReports } from "./scaling";
import { type SessionAnswers, sessions } from "./sessions";
import { type TensorAnswers, tensors } from "./tensors";

/** What a reader of the sample should find, by the generator's own bookkeeping and not by Casebook's parsers. */
export interface SampleAnswers {
	files: number;
	bytes: number;
	sessions: SessionAnswers;
	/** lines that cannot be read, by file, in order */
	rejects: { path: string; line: number; about: string }[];
	/** the six probes of `parity.report.v1`, in the order in which they were added */
	probes: ProbeAnswer[];
	/** cases over the last run of each of the six */
	lastRuns: { passed: number; compared: number; total: number; failing: string[] };
	scaling: ScalingAnswers;
	hiddenStates: HiddenStateAnswers;
	tensors: TensorAnswers;
	baselines: BaselineAnswers;
	junit: JunitAnswers;
	exports: ExportAnswers;
	benchmark: BenchmarkAnswers;
	/** the table of reports/parity/SUMMARY.md */
	summary: { path: string; title: string; passed: number; failed: number; unmatched: number };
	/** `teamLine` is what a `**Team:**` line says; null where only the heading names the team */
	teams: { path: string; teamLine: string | null; heading: string; state: "blocked" | "clear" | "resolved" }[];
	/** the document that was decoded wrongly */
	repaired: string;
	/** files that no parser reads */
	unrecognised: string[];
	/** left out because .gitignore names its folder */
	leftOut: string[];
}

export interface Sample {
	/** by path */
	files: SampleFile[];
	answers: SampleAnswers;
}

const TEAMS: SampleAnswers["teams"] = [
	{ path: "teams/hidden_states_status.md", teamLine: "Hidden states", heading: "Hidden states status", state: "blocked" },
	{ path: "teams/scaling_audit_status.md", teamLine: "Scaling audit", heading: "Scaling audit: reference simulator against the port", state: "blocked" },
	{ path: "teams/gateway_cutover_status.md", teamLine: "Gateway cutover", heading: "Gateway cutover: Rust to Go", state: "clear" },
	{ path: "teams/checkpoint_04_status.md", teamLine: null, heading: "Checkpoint 4 Status - TEAM WREN", state: "resolved" },
];

/** The whole sample workspace in memory. Pure: the same files and answers every time. */
export function buildSample(): Sample {
	const log = sessions();
	const parity = parityReports();
	const scaling = scalingReports();
	const hidden = hiddenStates();
	const images = tensors();
	const audit = baselines();
	const tests = junit();
	const tables = sessionExports(log.logged);
	const bench = benchmarkResults();
	const files = [
		log.file, ...parity.files, ...scaling.files, ...hidden.files, ...images.files, audit.file, tests.file, ...tables.files, bench.file, ...notebooks(), ...oddments(),
		misdecoded(markdownFile(TEAMS[0]!.path, hiddenStatesPage(hidden.answers))),
		markdownFile(TEAMS[1]!.path, scalingPage(scaling.answers)),
		markdownFile(TEAMS[2]!.path, gatewayPage(parity.probes)),
		markdownFile(TEAMS[3]!.path, checkpointPage()),
		markdownFile("docs/checkpoint_04_resolution.md", resolutionReport()),
		markdownFile("docs/commit_log.md", commitLog()),
		markdownFile("docs/work_order.md", workOrder(scaling.answers.runs.at(-1)!)),
		markdownFile("reports/parity/SUMMARY.md", paritySummary(parity.probes)),
	].sort((a, b) => (a.path < b.path ? -1 : 1));
	const last = parity.probes.map((probe) => probe.last);
	const sum = (pick: (run: (typeof last)[number]) => number) => last.reduce((total, run) => total + pick(run), 0);
	const failing = parity.probes.filter((probe) => probe.last.status === "fail").map((probe) => probe.probe);
	const answers: SampleAnswers = {
		files: files.length,
		bytes: files.reduce((total, file) => total + file.bytes.length, 0),
		sessions: log.answers,
		rejects: [
			{ path: audit.answers.path, line: audit.answers.brokenLine, about: "p3_accepted is a text" },
			{ path: tables.answers.costs.path, line: tables.answers.costs.tooManyCellsLine, about: "a cell too many" },
			{ path: log.answers.path, line: log.answers.yesterdayLine, about: "timestamp is \"yesterday\"" },
			{ path: log.answers.path, line: log.answers.collidedLine, about: "two writers on one line" },
		],
		probes: parity.probes,
		lastRuns: { passed: sum((run) => run.passed), compared: sum((run) => run.compared), total: sum((run) => run.total), failing },
		scaling: scaling.answers, hiddenStates: hidden.answers, tensors: images.answers, baselines: audit.answers, junit: tests.answers, exports: tables.answers, benchmark: bench.answers,
		summary: { path: "reports/parity/SUMMARY.md", title: "Cutover parity summary", passed: last.length - failing.length, failed: failing.length, unmatched: 1 },
		teams: TEAMS,
		repaired: TEAMS[0]!.path,
		unrecognised: ["heatmap.pkl", "notes.orig"],
		leftOut: ["scratch/ignored.log"],
	};
	return { files, answers };
}
