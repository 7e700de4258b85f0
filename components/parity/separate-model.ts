import type { Configured, FieldValue } from "@/lib/parity/separate";
import type { RunRow } from "@/lib/tables/parity";
import type { History } from "./history-rows";

/** Fields of an environment that the run itself says, or that are another one every time by their nature. */
const REPEATED = new Set(["git_sha", "git_commit", "commit", "timestamp"]);

/** Runs as they are set beside their configuration. Without a case a run fails where any case of it does, and passes where all that were compared do. */
export function configuredRuns(runs: readonly RunRow[], environments: ReadonlyMap<string, ReadonlyMap<string, string | null>>, history: History | null, caseName: string | null): Configured[] {
	return runs.flatMap((run) => {
		const cell = caseName === null ? undefined : history?.cell(run.run, caseName);
		if (caseName !== null && cell === undefined) return [];
		const verdict = cell !== undefined ? cell.verdict : run.failed > 0 ? "fail" : run.passed > 0 ? "pass" : run.unmatched > 0 ? "unmatched" : "skipped";
		return [{ verdict, fields: fieldsOf(run, environments.get(run.run) ?? new Map()) } satisfies Configured];
	});
}

function fieldsOf(run: RunRow, environment: ReadonlyMap<string, string | null>): Map<string, string | null> {
	const fields = new Map<string, string | null>();
	const put = (field: string, value: string | number | null) => {
		if (value !== null && value !== "") fields.set(field, String(value));
	};
	put("commit", run.gitCommit);
	put("reference", run.reference);
	put("candidate", run.candidate);
	put("measure", run.measure);
	put("tolerance", run.tolerance);
	for (const [field, value] of environment) if (!REPEATED.has(field)) fields.set(`env ${field}`, value);
	return fields;
}

/** A field's value in words; absent, null and empty are three. */
export function fieldText(value: FieldValue): { text: string; isWord: boolean } {
	if (value === undefined) return { text: "absent", isWord: true };
	if (value === null) return { text: "null", isWord: true };
	return value === "" ? { text: "empty", isWord: true } : { text: value.length > 80 ? `${value.slice(0, 79)}…` : value, isWord: false };
}

/** Fields that explain nothing, together by why. */
export function byWhy(leftOut: readonly { field: string; why: string }[]): { why: string; fields: string[] }[] {
	const groups = new Map<string, string[]>();
	for (const { field, why } of leftOut) groups.set(why, [...(groups.get(why) ?? []), field]);
	return [...groups].map(([why, fields]) => ({ why, fields }));
}
