import { jsonFile, type SampleFile } from "./file";
import { brokenSince, PARITY_RUNS, type ParityRun, type RunAnswer, type SampleCase, type SampleProbe, statusOf, type Truth } from "./parity-runs";
import { embedCases, subjectAuditCases } from "./probe-vectors";
import { extractJsonCases, materializerCases, sessionLogCases, validatorCases } from "./probe-wire";
import { formatNanos, nanosOf } from "./time";

const GATEWAYS = { reference: "gateway Rust", candidate: "gateway Go" };

const PROBES: readonly SampleProbe[] = [
	{ probe: "validator", ...GATEWAYS, measure: "json", since: 1, cases: validatorCases },
	{ probe: "extract_json", ...GATEWAYS, measure: "json", since: 1, cases: extractJsonCases },
	{ probe: "session_log", ...GATEWAYS, measure: "exact", since: 2, cases: sessionLogCases },
	{ probe: "materializer", reference: "Bun", candidate: "Go", measure: "exact", since: 3, cases: materializerCases },
	{ probe: "embed", ...GATEWAYS, measure: "cosine", tolerance: 0.99999, since: 5, cases: embedCases },
	{ probe: "subject_audit", reference: "catalogd Rust", candidate: "catalogd Go", measure: "exact", since: 6, cases: subjectAuditCases },
];

export interface ProbeAnswer {
	probe: string;
	reference: string;
	candidate: string;
	measure: string;
	tolerance: number | null;
	/** oldest first */
	runs: RunAnswer[];
	last: RunAnswer;
	/** the first run of the failing streak that the last run ends; null where the last run does not fail */
	brokenSince: string | null;
	/** cases whose recorded word says something else than their payloads */
	disagreements: { path: string; case: string; recorded: string; truth: Truth }[];
}

/** Older runs of the harness wrote other words. */
function word(run: ParityRun, entry: SampleCase): string | undefined {
	if (entry.recorded !== undefined) return entry.recorded ?? undefined;
	if (run.no <= 3) return { pass: "MATCH", fail: "DIFF", unmatched: "MISSING", incomparable: "incomparable", skipped: "skipped" }[entry.truth];
	return entry.truth;
}

/** The reports of all runs, oldest first, and what every probe comes to. */
export function parityReports(): { files: SampleFile[]; probes: ProbeAnswer[] } {
	const files: SampleFile[] = [];
	const probes = PROBES.map((probe, index): ProbeAnswer => {
		const runs: RunAnswer[] = [];
		const disagreements: ProbeAnswer["disagreements"] = [];
		for (const run of PARITY_RUNS.slice(probe.since - 1)) {
			const path = `reports/parity/${run.folder}/${probe.probe}.json`;
			const ranAt = formatNanos(nanosOf(run.startedAt) + BigInt(index * 7 + 3) * 1_000_000_000n, "stripped");
			const cases = probe.cases(run.no);
			files.push(jsonFile(path, {
				schema: "parity.report.v1",
				probe: probe.probe,
				reference: { name: probe.reference, version: probe.reference === "Bun" ? "1.2.11" : `0.14.${Math.min(run.no, 9)}` },
				candidate: { name: probe.candidate, version: `0.5.${run.no}` },
				ran_at: ranAt,
				commit: run.commit,
				measure: probe.measure,
				tolerance: probe.tolerance,
				cases: cases.map((entry) => ({
					case: entry.case, verdict: word(run, entry), value: entry.value,
					status_reference: entry.status_reference, status_candidate: entry.status_candidate,
					reference: entry.reference, candidate: entry.candidate, note: entry.note,
				})),
			}));
			const number = (truth: Truth) => cases.filter((entry) => entry.truth === truth).length;
			const answer: RunAnswer = {
				path, ranAt, commit: run.commit,
				passed: number("pass"), failed: number("fail"), unmatched: number("unmatched"), incomparable: number("incomparable"), skipped: number("skipped"),
				compared: number("pass") + number("fail"), total: cases.length,
				firstDivergence: cases.find((entry) => entry.truth === "fail")?.case ?? null,
				status: "pass",
			};
			answer.status = statusOf(answer);
			runs.push(answer);
			for (const entry of cases) {
				if (entry.truth === "fail" && entry.recorded === "pass") disagreements.push({ path, case: entry.case, recorded: "pass", truth: entry.truth });
			}
		}
		return {
			probe: probe.probe, reference: probe.reference, candidate: probe.candidate, measure: probe.measure, tolerance: probe.tolerance ?? null,
			runs, last: runs.at(-1)!, brokenSince: brokenSince(runs), disagreements,
		};
	});
	return { files: files.sort((a, b) => (a.path < b.path ? -1 : 1)), probes };
}
