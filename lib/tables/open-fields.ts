import { BOOLEAN, DOUBLE, type Field, INT64, TEXT, TEXT_LIST, TIMESTAMP_NS } from "@/lib/model";
import { col, LINE, SOURCE } from "./fields";

type Described = Field & { describe: string };

const WHERE: Described[] = [SOURCE, LINE, col("byte_offset", INT64, "of the line's first byte"), col("absent", TEXT_LIST, "known fields that this record lacks")];
const LIST_OF_DOUBLES: Field["type"] = { kind: "list", of: DOUBLE };

/** Columns that every sessions table has, in this order, before fields of its own. */
export const SESSION_COLUMNS: Described[] = [
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
	...WHERE,
];

/** Columns that every baselines table has. */
export const BASELINE_COLUMNS: Described[] = [
	col("recorded_at", TIMESTAMP_NS, "UTC"),
	col("git_commit", TEXT, "as recorded"),
	col("runtime", TEXT, "the implementation that was measured"),
	col("metrics", { kind: "map", of: DOUBLE }, "name to number"),
	...WHERE,
];

/** Columns that every checkpoints table has. */
export const CHECKPOINT_COLUMNS: Described[] = [
	col("checkpoint", TEXT, "where in the program the values were taken"),
	col("producer", TEXT, "the program that wrote the log (its `team`)"),
	col("token_idx", INT64, "the token"),
	col("dtype", TEXT, "as recorded"),
	col("shape", { kind: "list", of: INT64 }, "sizes of the axes; its product may be more than the values that were recorded"),
	col("values", LIST_OF_DOUBLES, "often the first few of many; NaN and infinities stay what they are"),
	col("ts", TIMESTAMP_NS, "UTC"),
	...WHERE,
];

/** Columns that every audit_log table has; `chain_state` is added by the view. */
export const AUDIT_LOG_COLUMNS: Described[] = [
	col("schema", TEXT, "subject_audit.v1"),
	col("subject_id", TEXT, "whose chain it is"),
	col("seq", INT64, "the row's number in the chain"),
	col("ts", TIMESTAMP_NS, "UTC"),
	col("action", TEXT, "what was done"),
	col("accessor", { kind: "struct", fields: [{ name: "id", type: TEXT }, { name: "role", type: TEXT }, { name: "trace_id", type: TEXT }] }, "who did it; trace_id is there even when it is empty"),
	col("prev_hmac", TEXT, "the hmac of the row before; 64 zeros in the first"),
	col("hmac", TEXT, "hex HMAC-SHA256 of the row's own bytes without this member"),
	...WHERE,
];

/** Columns that every replay_runs table has. */
export const REPLAY_COLUMNS: Described[] = [
	col("schema", TEXT, "replay_run.*"),
	col("run_id", TEXT, "the run"),
	col("ran_at", TIMESTAMP_NS, "UTC"),
	col("task", TEXT, "what was replayed"),
	col("model", TEXT, "the model"),
	col("retrieved", TEXT_LIST, "what was retrieved, in order"),
	col("verdict", TEXT, "the run's own word"),
	col("error", TEXT, "what went wrong"),
	col("duration_ms", DOUBLE, "milliseconds"),
	...WHERE,
];

/** Columns that every evidence_rows table has. */
export const EVIDENCE_COLUMNS: Described[] = [
	col("evidence_id", TEXT, "the row"),
	col("source_file", TEXT, "the file that it came from, as recorded"),
	col("provenance", { kind: "struct", fields: [{ name: "source", type: TEXT }, { name: "line_offset", type: INT64 }, { name: "recorded_at", type: TIMESTAMP_NS }] }, "where it came from; a line_offset of 0 is a value"),
	col("prompt_tokens", INT64, "tokens of the prompt"),
	col("completion_tokens", INT64, "tokens of the answer"),
	col("metadata", TEXT, "as JSON text"),
	...WHERE,
];

/** Columns that every trace_events table has. */
export const EVENT_COLUMNS: Described[] = [
	col("name", TEXT, "the event"),
	col("cat", TEXT, "its categories"),
	col("ph", TEXT, "its phase: X complete, B begin, E end, i instant, M metadata …"),
	col("ts", DOUBLE, "microseconds"),
	col("dur", DOUBLE, "microseconds"),
	col("pid", INT64, "process"),
	col("tid", INT64, "thread"),
	...WHERE,
];

/** Tables whose files may bring columns of their own: known columns first, then the file's. Each is a view over the stored tables `_<name>_<n>`. */
export const OPEN_TABLES: Record<string, Described[]> = {
	sessions: SESSION_COLUMNS,
	baselines: BASELINE_COLUMNS,
	checkpoints: CHECKPOINT_COLUMNS,
	audit_log: AUDIT_LOG_COLUMNS,
	replay_runs: REPLAY_COLUMNS,
	evidence_rows: EVIDENCE_COLUMNS,
	trace_events: EVENT_COLUMNS,
};
