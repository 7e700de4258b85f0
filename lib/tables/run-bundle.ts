import { defineQuery } from "./query";

/** The evidence bundle that a run lies in; none where it lies in no bundle. */
export const runBundle = defineQuery<{ probe: string; run: string }, { bundle: string }>({
	name: "run-bundle",
	describe: "the evidence bundle that this run lies in",
	sql: "SELECT bundle FROM runs WHERE probe = $probe AND run = $run AND bundle IS NOT NULL",
	rows: "SELECT source, line FROM runs WHERE probe = $probe AND run = $run AND bundle IS NOT NULL",
	read: (row) => ({ bundle: row.text("bundle") }),
});
