import type { Attempt, SessionDetail } from "@/lib/tables/sessions";

/** A word of a log as a reader reads it: `validation_failed` is `validation failed`. The word itself stays in titles and filters. */
export function plainWord(word: string): string {
	return word.replaceAll("_", " ");
}

type Outcome = Pick<SessionDetail, "finalVerdict" | "iterations" | "maxIterations"> & { attempts: readonly Pick<Attempt, "verdict">[] };

/** What a session came to, in one sentence. Attempts are counted from 1, in the order of the record. */
export function sessionTitle(session: Outcome): string {
	const { finalVerdict, maxIterations, attempts } = session;
	const made = attempts.length > 0 ? attempts.length : session.iterations;
	switch (finalVerdict) {
		case "accepted": {
			const at = attempts.findIndex((attempt) => attempt.verdict === "accepted");
			const on = at >= 0 ? at + 1 : made;
			return on === null ? "Accepted" : `Accepted on attempt ${on}`;
		}
		case "max_iter_exhausted":
			if (made === null) return "Gave up: no attempt was left";
			return maxIterations === null ? `Gave up after ${made} ${made === 1 ? "attempt" : "attempts"}` : `Gave up after ${made} of ${maxIterations} attempts`;
		case "infra_error": {
			const judged = attempts.some((attempt) => attempt.verdict !== null && attempt.verdict !== "infra_error");
			if (!judged) return "Infrastructure error: nothing was judged";
			const at = attempts.findIndex((attempt) => attempt.verdict === "infra_error");
			return at < 0 ? "Infrastructure error" : `Infrastructure error on attempt ${at + 1}`;
		}
		case null:
			return "No final verdict is recorded";
		default:
			return `Ended as ${plainWord(finalVerdict)}`;
	}
}

/** How a session ended, said after its last attempt; null where the last attempt says it itself. */
export function sessionEnd(session: Outcome & Pick<SessionDetail, "artifact" | "absent">): string | null {
	if (session.finalVerdict !== "max_iter_exhausted") return null;
	const artifact = session.artifact !== null ? "" : session.absent.includes("artifact") ? " The record has no artifact." : " The artifact is null.";
	return session.maxIterations === null ? `No attempt was left.${artifact}` : `Limit of ${session.maxIterations} ${session.maxIterations === 1 ? "attempt" : "attempts"} reached.${artifact}`;
}

/** The earlier attempt (from 1) whose output is byte for byte this one; null where there is none or nothing came out. */
export function repeatOf(attempts: readonly Pick<Attempt, "raw">[], index: number): number | null {
	const raw = attempts[index]?.raw;
	if (raw === null || raw === undefined || raw === "") return null;
	const at = attempts.findIndex((attempt, i) => i < index && attempt.raw === raw);
	return at < 0 ? null : at + 1;
}

/** A validator's error: its variant (`Consistency`) and the rest. A text without a variant is all rest. */
export function errorParts(error: string): { variant: string | null; text: string } {
	const match = /^([A-Z][A-Za-z]{2,30}):\s+(?=\S)/.exec(error);
	return match === null ? { variant: null, text: error } : { variant: match[1]!, text: error.slice(match[0].length) };
}

/** Bytes of a text in UTF-8. */
export function utf8Bytes(text: string): number {
	return new TextEncoder().encode(text).length;
}

/** A time filter of the address (a UTC day or an RFC 3339 time) as the engine takes it; null where it is no time. */
export function timeFilter(value: string | null): string | null {
	if (value === null || value === "") return null;
	const text = value.trim();
	if (!/^\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:\d{2})?)?$/.test(text)) return null;
	const at = Date.parse(text.length === 10 ? `${text}T00:00:00Z` : /(?:Z|[+-]\d{2}:\d{2})$/.test(text) ? text.replace(" ", "T") : `${text.replace(" ", "T")}Z`);
	if (Number.isNaN(at)) return null;
	const iso = new Date(at).toISOString();
	const fraction = /\.(\d{1,9})/.exec(text)?.[1] ?? "";
	return `${iso.slice(0, 10)} ${iso.slice(11, 19)}${fraction === "" ? "" : `.${fraction}`}`;
}
