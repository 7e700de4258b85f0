import { defineQuery, type RowReader } from "./query";

export interface SessionRow {
	sessionId: string | null;
	timestamp: string | null;
	daemon: string | null;
	kind: string | null;
	model: string | null;
	provider: string | null;
	finalVerdict: string | null;
	iterations: number | null;
	durationMs: number | null;
	/** the verdict words of its attempts, in order */
	attemptVerdicts: (string | null)[];
	/** known fields that the record lacks */
	absent: string[];
	source: string;
	line: number;
}

const readSession = (row: RowReader): SessionRow => ({
	sessionId: row.textOrNull("session_id"),
	timestamp: row.textOrNull("timestamp"),
	daemon: row.textOrNull("daemon"),
	kind: row.textOrNull("kind"),
	model: row.textOrNull("model"),
	provider: row.textOrNull("provider"),
	finalVerdict: row.textOrNull("final_verdict"),
	iterations: row.numberOrNull("iterations"),
	durationMs: row.numberOrNull("duration_ms"),
	attemptVerdicts: row.list("attempt_verdicts") as (string | null)[],
	absent: row.list("absent") as string[],
	source: row.text("source"),
	line: row.number("line"),
});

/** Filters of the sessions page; null means any. Times are UTC text. */
export type SessionFilter = { daemon: string | null; verdict: string | null; kind: string | null; model: string | null; after: string | null; before: string | null; q: string | null };

const WHERE = `WHERE ($daemon IS NULL OR daemon = $daemon) AND ($verdict IS NULL OR final_verdict = $verdict)
  AND ($kind IS NULL OR kind = $kind) AND ($model IS NULL OR model = $model)
  AND ($after IS NULL OR timestamp >= $after::TIMESTAMP_NS) AND ($before IS NULL OR timestamp < $before::TIMESTAMP_NS)
  AND ($q IS NULL OR contains(lower(concat_ws(' ', session_id, prompt, model, kind, daemon)), lower($q)))`;

const LIST = `session_id, timestamp, daemon, kind, model, provider, final_verdict, iterations, duration_ms, list_transform(coalesce(attempts, []), a -> a.verdict) AS attempt_verdicts, coalesce(absent, []) AS absent, source, line`;

/** Sessions that match, newest first, at most 2,000. */
export const sessionList = defineQuery<SessionFilter, SessionRow>({
	name: "session-list",
	describe: "sessions that match the filters, newest first, at most 2,000",
	sql: `SELECT ${LIST} FROM sessions ${WHERE} ORDER BY timestamp DESC NULLS LAST, source, line DESC LIMIT 2000`,
	rows: `SELECT source, line, byte_offset FROM sessions ${WHERE} ORDER BY timestamp DESC NULLS LAST`,
	read: readSession,
});

/** The same, in another order; $sort is `newest`, `oldest`, `slowest` or `attempts`. */
export const sessionListSorted = defineQuery<SessionFilter & { sort: string }, SessionRow>({
	name: "session-list-sorted",
	describe: "sessions that match the filters, in the order that was asked for, at most 2,000",
	sql: `SELECT ${LIST} FROM sessions ${WHERE} ORDER BY CASE WHEN $sort = 'oldest' THEN timestamp END ASC NULLS LAST,
  CASE WHEN $sort = 'slowest' THEN duration_ms WHEN $sort = 'attempts' THEN len(attempts) END DESC NULLS LAST,
  timestamp DESC NULLS LAST, source, line DESC LIMIT 2000`,
	rows: `SELECT source, line, byte_offset FROM sessions ${WHERE} ORDER BY CASE WHEN $sort = 'oldest' THEN timestamp END ASC NULLS LAST, timestamp DESC NULLS LAST`,
	read: readSession,
});

/** How many sessions match, and how many of those were accepted. */
export const sessionCount = defineQuery<SessionFilter, { sessions: number; accepted: number; daemons: number; sources: number }>({
	name: "session-count",
	describe: "sessions that match the filters",
	sql: `SELECT count(*) AS sessions, count(*) FILTER (WHERE final_verdict = 'accepted') AS accepted, count(DISTINCT daemon) AS daemons, count(DISTINCT source) AS sources FROM sessions ${WHERE}`,
	rows: `SELECT source, line, byte_offset FROM sessions ${WHERE}`,
	read: (row) => ({ sessions: row.number("sessions"), accepted: row.number("accepted"), daemons: row.number("daemons"), sources: row.number("sources") }),
});

/** Accepted sessions, out of all. */
export const sessionsAccepted = defineQuery<Record<string, never>, { accepted: number; sessions: number }>({
	name: "sessions-accepted",
	describe: "sessions whose final verdict is accepted, out of all",
	sql: "SELECT count(*) FILTER (WHERE final_verdict = 'accepted') AS accepted, count(*) AS sessions FROM sessions",
	rows: "SELECT source, line, byte_offset FROM sessions WHERE final_verdict = 'accepted'",
	read: (row) => ({ accepted: row.number("accepted"), sessions: row.number("sessions") }),
});

/** The values that the filters offer, with counts. */
export const sessionFacets = defineQuery<Record<string, never>, { facet: "daemon" | "verdict" | "kind" | "model"; value: string; sessions: number }>({
	name: "session-facets",
	describe: "the daemons, verdicts, kinds and models that occur",
	sql: `SELECT * FROM (
  SELECT 'daemon' AS facet, daemon AS value, count(*) AS sessions FROM sessions GROUP BY ALL
  UNION ALL SELECT 'verdict', final_verdict, count(*) FROM sessions GROUP BY ALL
  UNION ALL SELECT 'kind', kind, count(*) FROM sessions GROUP BY ALL
  UNION ALL SELECT 'model', model, count(*) FROM sessions GROUP BY ALL) WHERE value IS NOT NULL ORDER BY facet, sessions DESC, value`,
	rows: "SELECT source, line, byte_offset FROM sessions",
	read: (row) => ({ facet: row.text("facet") as "daemon" | "verdict" | "kind" | "model", value: row.text("value"), sessions: row.number("sessions") }),
});

/** Sessions a UTC day, by daemon and final verdict. */
export const sessionsByDay = defineQuery<Record<string, never>, { day: string; daemon: string | null; verdict: string | null; sessions: number }>({
	name: "sessions-by-day",
	describe: "sessions a day (UTC), by daemon and final verdict",
	sql: "SELECT timestamp::DATE AS day, daemon, final_verdict AS verdict, count(*) AS sessions FROM sessions WHERE timestamp IS NOT NULL GROUP BY ALL ORDER BY day, daemon, verdict",
	rows: "SELECT source, line, byte_offset FROM sessions WHERE timestamp IS NOT NULL",
	read: (row) => ({ day: row.text("day"), daemon: row.textOrNull("daemon"), verdict: row.textOrNull("verdict"), sessions: row.number("sessions") }),
});

export interface Attempt {
	iteration: number | null;
	verdict: string | null;
	error: string | null;
	raw: string | null;
	spanId: string | null;
}

export interface SessionDetail extends SessionRow {
	schema: string | null;
	traceId: string | null;
	prompt: string | null;
	maxIterations: number | null;
	artifact: string | null;
	validation: string | null;
	grounded: boolean | null;
	attempts: Attempt[];
}

const DETAIL = `${LIST}, schema, trace_id, prompt, max_iterations, artifact, validation, grounded_in_roster, coalesce(attempts, []) AS attempts`;

function readDetail(row: RowReader): SessionDetail {
	return {
		...readSession(row),
		schema: row.textOrNull("schema"),
		traceId: row.textOrNull("trace_id"),
		prompt: row.textOrNull("prompt"),
		maxIterations: row.numberOrNull("max_iterations"),
		artifact: row.textOrNull("artifact"),
		validation: row.textOrNull("validation"),
		grounded: row.textOrNull("grounded_in_roster") === null ? null : row.boolean("grounded_in_roster"),
		attempts: row.list("attempts").map((item) => {
			const attempt = item as { [key: string]: unknown };
			const text = (key: string) => (attempt[key] === null || attempt[key] === undefined ? null : String(attempt[key]));
			return { iteration: text("iteration") === null ? null : Number(attempt.iteration), verdict: text("verdict"), error: text("error"), raw: text("raw"), spanId: text("span_id") };
		}),
	};
}

/** The sessions of an id, oldest first: an id can be logged by several programs. */
export const sessionById = defineQuery<{ id: string }, SessionDetail>({
	name: "session",
	describe: "the session rows of this id",
	sql: `SELECT ${DETAIL}
FROM sessions WHERE session_id = $id ORDER BY timestamp NULLS LAST, source, line`,
	rows: "SELECT source, line, byte_offset FROM sessions WHERE session_id = $id ORDER BY timestamp NULLS LAST, source, line",
	read: readDetail,
});

/** The session of one line, for rows that carry no id. */
export const sessionOfLine = defineQuery<{ source: string; line: number }, SessionDetail>({
	name: "session-of-line",
	describe: "the session row of this line",
	sql: `SELECT ${DETAIL}
FROM sessions WHERE source = $source AND line = $line`,
	rows: "SELECT source, line, byte_offset FROM sessions WHERE source = $source AND line = $line",
	read: readDetail,
});

/** One session row, by where it stands. */
export const sessionAt = defineQuery<{ source: string; line: number }, { durationMs: number | null; iterations: number | null }>({
	name: "session-row",
	describe: "this session's row",
	sql: "SELECT duration_ms, iterations FROM sessions WHERE source = $source AND line = $line",
	rows: "SELECT source, line, byte_offset FROM sessions WHERE source = $source AND line = $line",
	read: (row) => ({ durationMs: row.numberOrNull("duration_ms"), iterations: row.numberOrNull("iterations") }),
});

/** Lines of session logs that could not be read, and are missing from every count of sessions. */
export const sessionRejects = defineQuery<Record<string, never>, { rejects: number; files: number; first: string | null }>({
	name: "session-rejects",
	describe: "lines of session logs that could not be read",
	sql: "SELECT count(*) AS rejects, count(DISTINCT r.source) AS files, min(r.source) AS first FROM rejects r JOIN sources s ON s.path = r.source WHERE s.format = 'session log'",
	rows: "SELECT r.source, r.line, r.byte_offset FROM rejects r JOIN sources s ON s.path = r.source WHERE s.format = 'session log' ORDER BY r.source, r.line",
	read: (row) => ({ rejects: row.number("rejects"), files: row.number("files"), first: row.textOrNull("first") }),
});
