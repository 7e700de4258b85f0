import type { Parser } from "@/lib/model";
import { jsonLog } from "./json/log";
import { checkSchemaLog, declareFields, type LogFields } from "./log-fields";

export const REPLAY_SCHEMA = "replay_run.";

const FIELDS: LogFields = [
	["schema", "text"],
	["run_id", "text"],
	["ran_at", "time"],
	["task", "text"],
	["model", "text"],
	// What was retrieved is a list of whatever the program lists: ids, or objects with a score.
	["retrieved", "list"],
	["verdict", "text"],
	["error", "text"],
	["duration_ms", "number"],
];

/** Replay runs: one `replay_run.*` object a line, into the table `replay_runs`. A known field of a wrong type makes the line a reject. */
export function replayRuns(path: string): Parser {
	return jsonLog(path, {
		table: "replay_runs",
		declare: (root) => declareFields(root, FIELDS),
		check: (tape, root) => checkSchemaLog(tape, root, "a replay run", `${REPLAY_SCHEMA}*`, (schema) => schema.startsWith(REPLAY_SCHEMA)),
		guard: { field: "schema", prefix: REPLAY_SCHEMA },
	});
}
