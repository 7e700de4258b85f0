import { BOOLEAN, DOUBLE, type Field, INT64, TEXT, TIMESTAMP_NS } from "./column";

/**
 * What report parsers put out before it is judged: recorded runs and their recorded cases. `load/` judges
 * them with the parity room and writes the tables `runs` and `cases`.
 */
export const RECORDED_RUN = "recorded_runs";
export const RECORDED_CASE = "recorded_cases";

/** One row a run that a file records. */
export const RECORDED_RUN_FIELDS: Field[] = [
	/** counts the runs of one file from 0 */
	{ name: "run_no", type: INT64 },
	/** the probe's declared name; NULL where the path decides */
	{ name: "probe", type: TEXT },
	{ name: "title", type: TEXT },
	/** from the file's content */
	{ name: "ran_at", type: TIMESTAMP_NS },
	{ name: "git_commit", type: TEXT },
	{ name: "reference", type: TEXT },
	{ name: "candidate", type: TEXT },
	{ name: "measure", type: TEXT },
	{ name: "tolerance", type: DOUBLE },
	{ name: "recorded_verdict", type: TEXT },
	{ name: "recorded_first_divergence", type: TEXT },
	/** entries that the file says only one side has, and lists no case for */
	{ name: "unlisted_unmatched", type: INT64 },
	/** entries that the file counts with a verdict and lists no case for */
	{ name: "unlisted_passed", type: INT64 },
	{ name: "unlisted_failed", type: INT64 },
	{ name: "unlisted_skipped", type: INT64 },
	/** true where the pairs are a guess from key names; NULL where the file itself says what was compared */
	{ name: "inferred", type: BOOLEAN },
	/** what a reader should know of the run */
	{ name: "note", type: TEXT },
	{ name: "line", type: INT64 },
];

/** One row a case, in the probe's own order. */
export const RECORDED_CASE_FIELDS: Field[] = [
	{ name: "run_no", type: INT64 },
	/** from 0 */
	{ name: "position", type: INT64 },
	{ name: "case_name", type: TEXT },
	/** NULL: the run's */
	{ name: "measure", type: TEXT },
	{ name: "tolerance", type: DOUBLE },
	/** the two sides as the file writes them; NULL where it does not */
	{ name: "reference", type: TEXT },
	{ name: "candidate", type: TEXT },
	/** whether the file names the side at all (a missing side is unmatched, one that was not recorded is not) */
	{ name: "reference_missing", type: BOOLEAN },
	{ name: "candidate_missing", type: BOOLEAN },
	/** the distance, in the measure's unit */
	{ name: "value", type: DOUBLE },
	/** the word as it was written */
	{ name: "recorded_verdict", type: TEXT },
	{ name: "note", type: TEXT },
	{ name: "line", type: INT64 },
];
