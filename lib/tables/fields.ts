import { BOOLEAN, DOUBLE, type Field, INT64, TEXT, TEXT_LIST, TIMESTAMP_NS } from "@/lib/model";

/** A table of the SQL surface: its columns with what they mean. Shown in the SQL page's schema list. */
export interface TableSpec {
	name: string;
	describe: string;
	columns: (Field & { describe: string })[];
}

const col = (name: string, type: Field["type"], describe: string) => ({ name, type, describe });
const SOURCE = col("source", TEXT, "path inside the workspace");
const LINE = col("line", INT64, "1-based line of the source");

/** Tables with the same columns in every workspace. Sessions, baselines and tabular files bring columns of their own (see `dynamic.ts`). */
export const FIXED_TABLES: TableSpec[] = [
	{
		name: "sources",
		describe: "a file of the workspace",
		columns: [
			col("path", TEXT, "path inside the workspace"),
			col("format", TEXT, "what it was recognised as"),
			col("bytes", INT64, "size"),
			col("sha256", TEXT, "of the bytes that were read; NULL where they were not"),
			col("modified_at", TIMESTAMP_NS, "the file's own time, UTC"),
			col("lines", INT64, "records + rejects + blanks + comments + other + pending"),
			col("records", INT64, "lines that became records"),
			col("rejects", INT64, "lines that could not be read"),
			col("blanks", INT64, "empty lines"),
			col("comments", INT64, "comment lines"),
			col("other", INT64, "lines read as something else, such as a header"),
			col("pending", INT64, "a last line that is not complete yet"),
			col("rows", INT64, "table rows that came of it"),
			col("state", TEXT, "ready, partial, known, not yet read, left out, unrecognised or failed"),
			col("note", TEXT, "what a reader should know of it"),
		],
	},
	{
		name: "rejects",
		describe: "a line or document that could not be read",
		columns: [SOURCE, LINE, col("byte_offset", INT64, "of the line's first byte"), col("reason", TEXT, "what is wrong and where"), col("raw", TEXT, "the text as it stands in the file")],
	},
	{
		name: "runs",
		describe: "one run of a probe",
		columns: [
			col("probe", TEXT, "the probe's id"),
			col("run", TEXT, "the run's id: its source, with a number where a source holds several"),
			col("title", TEXT, "as the report calls it"),
			col("ran_at", TIMESTAMP_NS, "UTC"),
			col("ran_at_from", TEXT, "where the time was found: content, sibling, folder or file"),
			col("git_commit", TEXT, "as recorded"),
			col("reference", TEXT, "the side that is taken as right"),
			col("candidate", TEXT, "the side that is compared with it"),
			col("measure", TEXT, "how cases are compared"),
			col("tolerance", DOUBLE, "in the measure's unit"),
			col("passed", INT64, "cases within tolerance"),
			col("failed", INT64, "cases outside it"),
			col("unmatched", INT64, "cases that only one side has"),
			col("incomparable", INT64, "cases that cannot be compared"),
			col("skipped", INT64, "cases that the run says it did not compare"),
			col("first_divergence", TEXT, "the failing case of the lowest position"),
			col("first_divergence_position", INT64, "its position, from 0"),
			col("disagreements", INT64, "cases whose recorded verdict differs from the computed one"),
			col("recorded_verdict", TEXT, "the run's own word"),
			col("recorded_first_divergence", TEXT, "the run's own word"),
			col("note", TEXT, "what the judging had to assume"),
			SOURCE,
			LINE,
		],
	},
	{
		name: "cases",
		describe: "one comparison of a run",
		columns: [
			col("probe", TEXT, "the probe's id"),
			col("run", TEXT, "the run's id"),
			col("position", INT64, "in the probe's own order, from 0"),
			col("case_name", TEXT, "fixture, token, factor or test"),
			col("measure", TEXT, "how it is compared"),
			col("tolerance", DOUBLE, "in the measure's unit"),
			col("reference", TEXT, "the reference's value, as the file writes it"),
			col("candidate", TEXT, "the candidate's value, as the file writes it"),
			col("value", DOUBLE, "the distance, in the measure's unit"),
			col("verdict", TEXT, "pass, fail, unmatched, incomparable or skipped"),
			col("recorded_verdict", TEXT, "the word as it was written"),
			col("reason", TEXT, "why it got its verdict"),
			col("note", TEXT, "what the report adds"),
			SOURCE,
			LINE,
		],
	},
	{
		name: "json_values",
		describe: "one scalar inside a value whose shape varies from line to line",
		columns: [col("field", TEXT, "the column that holds the value"), col("path", TEXT, "JSON Pointer inside it"), col("type", TEXT, "string, number, true, false, null, empty object or empty array"), col("text", TEXT, "the scalar as written"), SOURCE, LINE],
	},
	{ name: "text_lines", describe: "one line of a plain text file", columns: [col("text", TEXT, "the line without its end"), SOURCE, LINE, col("byte_offset", INT64, "of the line's first byte")] },
	{
		name: "docs",
		describe: "a Markdown document",
		columns: [
			col("title", TEXT, "its first heading"),
			col("kind", TEXT, "status page, resolution, commit log, work order, plan, parity report or other"),
			col("doc_date", TIMESTAMP_NS, "the date in its head, UTC"),
			col("status", TEXT, "the status words in its head"),
			col("team", TEXT, "the team it names"),
			col("words", INT64, "words of text"),
			col("repaired", BOOLEAN, "whether mis-decoded text was repaired"),
			SOURCE,
			LINE,
		],
	},
	{ name: "doc_sections", describe: "a heading of a document", columns: [col("level", INT64, "1 to 6"), col("title", TEXT, "its text"), SOURCE, LINE] },
	{
		name: "doc_items",
		describe: "a list item or task of a document",
		columns: [col("section", TEXT, "the heading above it"), col("state", TEXT, "done, open, blocked, failed, partial or unknown"), col("text", TEXT, "its text"), SOURCE, LINE],
	},
	{
		name: "doc_tables",
		describe: "a cell of a document's table",
		columns: [
			col("table_no", INT64, "from 0, in the document"),
			col("row_no", INT64, "0 is the header"),
			col("column_no", INT64, "from 0"),
			col("column_name", TEXT, "the header's text"),
			col("text", TEXT, "the cell's text"),
			col("number", DOUBLE, "its number, where it is one"),
			col("unit", TEXT, "the number's unit"),
			SOURCE,
			LINE,
		],
	},
	{
		name: "team_pages",
		describe: "a team's status page",
		columns: [
			col("team", TEXT, "the team"),
			col("state", TEXT, "blocked, active, clear, resolved or unknown"),
			col("state_words", TEXT, "the page's own words"),
			col("since", TIMESTAMP_NS, "the page's date, UTC"),
			col("blocker", TEXT, "what blocks it"),
			col("next_step", TEXT, "the first of its next steps"),
			col("done", INT64, "items done"),
			col("open", INT64, "items open"),
			col("blocked", INT64, "items blocked"),
			col("last_activity", TIMESTAMP_NS, "the latest date the page names, UTC"),
			SOURCE,
			LINE,
		],
	},
	{ name: "blockers", describe: "what blocks a team", columns: [col("team", TEXT, "the team"), col("title", TEXT, "the blocker"), col("problem", TEXT, "what happens"), col("root_cause", TEXT, "why"), col("fix", TEXT, "what is required"), SOURCE, LINE] },
	{ name: "artifacts", describe: "a file that a team's page names", columns: [col("team", TEXT, "the team"), col("path", TEXT, "as the page writes it"), col("said", TEXT, "ready, pending or missing, as the page says"), SOURCE, LINE] },
	{ name: "criteria", describe: "a success criterion of a team's page", columns: [col("team", TEXT, "the team"), col("text", TEXT, "the criterion"), col("said", TEXT, "its state, as the page says"), SOURCE, LINE] },
	{
		name: "next_steps",
		describe: "a next step of a team's page",
		columns: [col("team", TEXT, "the team"), col("position", INT64, "from 1"), col("title", TEXT, "what to do"), col("duration", TEXT, "as the page says"), col("command", TEXT, "shown, never run"), SOURCE, LINE],
	},
];

/** Columns that every sessions table has, in this order, before fields of its own. */
export const SESSION_COLUMNS: (Field & { describe: string })[] = [
	col("schema", TEXT, "session.iterate.*"),
	col("session_id", TEXT, "the trace id of the request"),
	col("trace_id", TEXT, "where it is logged"),
	col("timestamp", TIMESTAMP_NS, "UTC"),
	col("daemon", TEXT, "the program that wrote the row"),
	col("kind", TEXT, "what was asked for"),
	col("provider", TEXT, "who served the model"),
	col("model", TEXT, "the model"),
	col("prompt", TEXT, "the prompt"),
	col("iterations", INT64, "attempts made"),
	col("max_iterations", INT64, "attempts allowed"),
	col("final_verdict", TEXT, "accepted, max_iter_exhausted or infra_error"),
	col("attempts", { kind: "list", of: { kind: "struct", fields: [{ name: "iteration", type: INT64 }, { name: "verdict", type: TEXT }, { name: "error", type: TEXT }, { name: "raw", type: TEXT }, { name: "span_id", type: TEXT }] } }, "the tries, in order"),
	col("artifact", TEXT, "what came out, as JSON text"),
	col("validation", TEXT, "the validator's report, as JSON text"),
	col("grounded_in_roster", BOOLEAN, "whether every id is in the roster; null when it was not looked up"),
	col("duration_ms", INT64, "milliseconds"),
	SOURCE,
	LINE,
	col("byte_offset", INT64, "of the line's first byte"),
	col("absent", TEXT_LIST, "known fields that this record lacks"),
];

/** Columns that every baselines table has. */
export const BASELINE_COLUMNS: (Field & { describe: string })[] = [
	col("recorded_at", TIMESTAMP_NS, "UTC"),
	col("git_commit", TEXT, "as recorded"),
	col("runtime", TEXT, "the implementation that was measured"),
	col("metrics", { kind: "map", of: DOUBLE }, "name to number"),
	SOURCE,
	LINE,
	col("byte_offset", INT64, "of the line's first byte"),
	col("absent", TEXT_LIST, "known fields that this record lacks"),
];

/** Views over the tables, with what one row of them is. */
export const DESCRIBED_VIEWS: Record<string, string> = {
	sessions: "one session: a generate, validate, retry loop",
	attempts: "one try of a session",
	probes: "a probe, as of its last run",
	latest_runs: "each probe's last run",
	latest_cases: "the cases of each probe's last run",
	baselines: "an audit baseline",
	baseline_metrics: "a metric of a baseline",
	teams: "a team, by its latest status page",
};

/** Names that no file's view may take. */
export const RESERVED_NAMES: readonly string[] = [...FIXED_TABLES.map((table) => table.name), ...Object.keys(DESCRIBED_VIEWS)];
