import { Random } from "./random";

/** A commit of the Go port, as the reports and the pasted log name it. */
export interface SampleCommit {
	/** 40 hexadecimal digits */
	sha: string;
	at: string;
	subject: string;
	body: string;
}

const HISTORY: readonly (readonly [at: string, subject: string, body: string])[] = [
	["2026-04-22T04:31:40Z", "parity: first probes, validator and extract_json", "Six validate requests go to both gateways. All 6/6 status codes are equal, 5 of the 6 bodies are not: the Rust side tags an error with its variant, this side writes it flat. extract_json is fed twelve model outputs: 12/12 match."],
	["2026-04-24T04:58:02Z", "validator: tag Schema and Completeness errors", "Halfway to the shape that callers already parse. validator probe: 4/6 match. Consistency and Policy are still flat.\n\nsession_log probe added; its helper was not built on this host, so nothing was compared yet."],
	["2026-04-26T21:49:17Z", "validator: every error in the tagged shape", "Consistency and Policy follow. validator probe: 6/6 match, session_log 4/4. The new materializer probe finds a difference on its first run, 0/2 match: this side drops line_offset when it is 0, and 0 is the first line of a file."],
	["2026-04-28T05:57:44Z", "materializer: keep line_offset when it is zero", "omitempty is gone from Provenance.LineOffset. materializer probe: 2/2 match."],
	["2026-04-29T04:12:09Z", "parity: embed probe", "Eight texts, cosine of the two vectors, at least 0.99999. 7/7 compared match; the long text was left out, the model's context was set too short on this host."],
	["2026-04-30T04:40:31Z", "subject audit: reader, chain verification, probe", "Reads what the Rust catalogd writes and verifies the HMAC chain. First run of the probe: 3/6 match. Rows with an empty trace_id hash differently here."],
	["2026-05-01T04:09:56Z", "subject audit: write trace_id even when it is empty", "The other side always writes the member. 5/6 match. What is left is a row whose nanoseconds end in a zero."],
	["2026-05-02T04:33:20Z", "subject audit: hash the bytes of the line, not a copy of it", "Parsing a time and printing it again strips the zero at its end, and the hash with it. The canonical bytes are now cut out of the line as it stands. subject_audit probe: 6/6 match."],
	["2026-05-02T10:14:05Z", "validatord: a trace id of its own when no trace header comes", "Rows had an empty trace_id whenever tracing was off. Now it is the session id, which is made from the clock. session_log probe re-run: 4/4 match."],
	["2026-05-03T09:02:48Z", "parity: reports regenerated", "All six probes on the restarted stack: validator 6/6, extract_json 12/12, session_log 4/4, materializer 2/2, embed 8/8, subject_audit 6/6. That is 38/38 assertions byte-equal or within tolerance."],
	["2026-05-04T05:11:33Z", "extract_json: one pass instead of three", "The fence scanner reads the text once. Twice as fast on long outputs. Unit tests pass; the probe was started and not waited for."],
	["2026-05-05T08:13:59Z", "stack script starts validatord, extract_json tidied", "A cold start left /v1/iterate unreachable because the script never started validatord. Leftovers of the fence scanner are removed."],
];

const shas = new Random("commits");

/** Oldest first; run n of the parity history is on commit n. */
export const COMMITS: readonly SampleCommit[] = HISTORY.map(([at, subject, body]) => ({ sha: shas.hex(40), at, subject, body }));

/** The first ten digits of a commit, as logs print it. */
export function short(commit: SampleCommit): string {
	return commit.sha.slice(0, 10);
}

/** The commit that was deployed at a time (RFC 3339, UTC); undefined before the first. */
export function deployedAt(iso: string): SampleCommit | undefined {
	return COMMITS.filter((commit) => commit.at <= iso).at(-1);
}
