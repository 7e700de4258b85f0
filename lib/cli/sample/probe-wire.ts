import type { SampleCase } from "./parity-runs";
import { worker } from "./staffing";

type Variant = "Schema" | "Completeness" | "Consistency" | "Policy";

const ASKS: readonly (readonly [name: string, variant: Variant, field: string | undefined, reason: string])[] = [
	["fill_missing_field", "Schema", "fills", "missing"],
	["fill_wrong_city", "Consistency", undefined, "city 'Louisville' doesn't match contract city 'Toledo'"],
	["email_no_subject", "Completeness", undefined, "subject is empty"],
	["playbook_policy", "Policy", undefined, "worker W-1204 is on the exclusion list of C-2417"],
	["kind_unknown", "Schema", "kind", "'sms' is not one of fill, email, playbook"],
];

/** Six requests to /v1/validate: status codes always agreed, the bodies of errors only since the third run. */
export function validatorCases(run: number): SampleCase[] {
	const report = { ok: true, report: { findings: [], elapsed_ms: 0 } };
	const cases: SampleCase[] = [{ case: "fill_valid", truth: "pass", status_reference: 200, status_candidate: 200, reference: report, candidate: report }];
	for (const [name, variant, field, reason] of ASKS) {
		const tagged = { ok: false, error: { [variant]: field === undefined ? { reason } : { field, reason } } };
		const flat = { ok: false, error: { Kind: variant.toLowerCase(), Field: field ?? "", Reason: reason } };
		const isFlat = run === 1 || (run === 2 && (variant === "Consistency" || variant === "Policy"));
		cases.push({ case: name, truth: isFlat ? "fail" : "pass", status_reference: 422, status_candidate: 422, reference: tagged, candidate: isFlat ? flat : tagged });
	}
	return cases;
}

const one = worker(1043);
const two = worker(1217);
/** Model outputs and the object that is to be found in each; null where there is none. */
const OUTPUTS: readonly (readonly [name: string, input: string, found: unknown])[] = [
	["fenced_json", "a block marked json", { fills: [one] }],
	["fenced_plain", "a block without a language", { fills: [one, two] }],
	["bare_braces", "prose, an object, prose", { fills: [two] }],
	["first_of_many", "three objects in a row", { candidate_id: "W-1043" }],
	["nested_object", "an object three levels deep", { contract: { site: { city: "Toledo", state: "OH" } } }],
	["unicode_strings", "letters of three scripts", { name: "Zoë Müller", note: "可以上夜班" }],
	["escaped_quotes", "a quote inside a string", { note: "asked for \"days only\"" }],
	["empty_object", "nothing inside", {}],
	["top_level_array", "a list of objects", { candidate_id: "W-1217" }],
	["no_json", "prose alone", null],
	["nested_fence", "a json block inside a plain block", { fills: [one], source: "inner" }],
	["trailing_garbage", "an object, then half of another", { fills: [two], complete: true }],
];

/** Twelve model outputs; the rewritten scanner of the eleventh run stops at the first fence it sees, the twelfth is worse. */
export function extractJsonCases(run: number): SampleCase[] {
	return OUTPUTS.map(([name, input, found]) => {
		const reference = { matched: found !== null, value: found };
		const lost = (name === "nested_fence" && run >= 11) || (name === "trailing_garbage" && run >= 12);
		const candidate = !lost ? reference : name === "nested_fence" ? { matched: false, value: null } : { matched: true, value: { fills: [] } };
		return { case: name, truth: lost ? "fail" : "pass", reference, candidate, note: `input: ${input}` };
	});
}

const ROWS: readonly (readonly [name: string, row: Record<string, unknown>])[] = [
	["accepted_grounded", { kind: "fill", prompt: "Fill 1 Welder in Toledo, OH", iterations: 1, final_verdict: "accepted", grounded_in_roster: true }],
	["max_iter_exhausted", { kind: "email", prompt: "Write to the client of C-2417", iterations: 3, final_verdict: "max_iter_exhausted", grounded_in_roster: null }],
	["infra_error", { kind: "fill", prompt: "Fill 2 Assemblers in Dayton, OH", iterations: 1, final_verdict: "infra_error", grounded_in_roster: null }],
	["unicode_in_prompt", { kind: "fill", prompt: "Café Zürich, résumé on file, 你好", iterations: 1, final_verdict: "accepted", grounded_in_roster: false }],
];

/**
 * Four rows through both log writers. The first run had no helper to run, one side crashed in the fourth, and the fifth
 * recorded a pass although the candidate had split every accented letter in two: the texts look alike and are not.
 */
export function sessionLogCases(run: number): SampleCase[] {
	return ROWS.map(([name, fields]) => {
		const reference = JSON.stringify({ schema: "session.iterate.v1", ...fields });
		if (run === 2) return { case: name, truth: "skipped", recorded: "skipped", note: "helper not built on this host" };
		if (run === 4 && name === "infra_error") return { case: name, truth: "unmatched", recorded: "MISSING", reference, note: "candidate wrote no row" };
		const split = run === 5 && name === "unicode_in_prompt";
		return { case: name, truth: split ? "fail" : "pass", recorded: split ? "pass" : undefined, reference, candidate: split ? reference.normalize("NFD") : reference };
	});
}

/** Two evidence rows of the two materializers; the first candidate dropped an offset of 0. */
export function materializerCases(run: number): SampleCase[] {
	return [["evidence_first_row", 0], ["evidence_day_partition", 0]].map(([name, line_offset], index) => {
		const row = (offset: Record<string, unknown>) => JSON.stringify({
			evidence_id: `ev-2026042${index + 5}-0001`, source_file: "sessions.jsonl",
			provenance: { source: `sessions/2026-04-2${index + 5}`, ...offset }, prompt_tokens: 412 + index * 37, completion_tokens: 96, metadata: {},
		});
		const reference = row({ line_offset });
		const candidate = run === 3 ? row({}) : reference;
		return { case: String(name), truth: run === 3 ? "fail" : "pass", reference, candidate };
	});
}
