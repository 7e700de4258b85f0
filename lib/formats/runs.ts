import { type Batch, BatchBuilder, RECORDED_CASE, RECORDED_CASE_FIELDS, RECORDED_RUN, RECORDED_RUN_FIELDS } from "@/lib/model";
import { isTime } from "./json/check";
import { firstMember } from "./json/members";
import { stringOf } from "./json/strings";
import { STRING, type Tape } from "./json/tape";
import { timeOf } from "./times";

/** A run as a report records it; what is left out is NULL. */
export interface RecordedRun {
	run_no: number;
	probe?: string | null;
	title?: string | null;
	ran_at?: bigint | null;
	git_commit?: string | null;
	reference?: string | null;
	candidate?: string | null;
	measure?: string | null;
	tolerance?: number | null;
	recorded_verdict?: string | null;
	recorded_first_divergence?: string | null;
	unlisted_unmatched?: number | null;
	unlisted_passed?: number | null;
	unlisted_failed?: number | null;
	unlisted_skipped?: number | null;
	inferred?: boolean | null;
	note?: string | null;
	line: number;
}

/** A case as a report records it. The two `…_missing` say that the file has no such side, not that it left it unsaid. */
export interface RecordedCase {
	run_no: number;
	position: number;
	case_name: string;
	measure?: string | null;
	tolerance?: number | null;
	reference?: string | null;
	candidate?: string | null;
	reference_missing: boolean;
	candidate_missing: boolean;
	value?: number | null;
	recorded_verdict?: string | null;
	note?: string | null;
	line: number;
}

/** The two batches of a report; the one of cases is left out when there are none. */
export function runBatches(runs: readonly RecordedRun[], cases: readonly RecordedCase[]): Batch[] {
	const batches: Batch[] = [];
	const runRows = new BatchBuilder(RECORDED_RUN, RECORDED_RUN_FIELDS);
	for (const run of runs) runRows.add({ ...run });
	if (runs.length > 0) batches.push(runRows.finish());
	const caseRows = new BatchBuilder(RECORDED_CASE, RECORDED_CASE_FIELDS);
	for (const one of cases) caseRows.add({ ...one });
	if (cases.length > 0) batches.push(caseRows.finish());
	return batches;
}

/** Names of a run's time and of its commit inside a report, best first. */
export const RUN_TIME_NAMES: readonly string[] = ["ran_at", "timestamp", "timestamp_utc", "timestamp_iso", "date"];
export const RUN_COMMIT_NAMES: readonly string[] = ["git_commit", "git_sha", "git_head", "commit_sha", "commit", "git_short_sha"];

/** The time that a JSON report states for its run, or null; what is no RFC 3339 time with a zone does not count. */
export function runTime(tape: Tape, token: number): bigint | null {
	const member = firstMember(tape, token, RUN_TIME_NAMES);
	return member && isTime(tape, member.token) ? timeOf(stringOf(tape, member.token)) : null;
}

export function runCommit(tape: Tape, token: number): string | null {
	const member = firstMember(tape, token, RUN_COMMIT_NAMES);
	return member && tape.kind(member.token) === STRING ? stringOf(tape, member.token) : null;
}
