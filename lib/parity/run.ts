import type { Verdict } from "@/lib/model";
import { type Judgement, judgeCase, type RecordedCase } from "./judge";
import { verdictOfWord } from "./words";

export interface JudgedCase extends RecordedCase {
	judgement: Judgement;
	/** the recorded word says pass and the values fail, or the other way round */
	disagrees: boolean;
}

export interface JudgedRun {
	cases: JudgedCase[];
	counts: Record<Verdict, number>;
	firstDivergence: JudgedCase | null;
	disagreements: number;
	/** what the judging had to assume, in words; null where nothing */
	note: string | null;
}

/** Entries that a report counts and lists no case for. */
export interface Unlisted {
	/** only one side has them */
	unmatched: number;
	passed: number;
	failed: number;
	skipped: number;
}

export const NONE_UNLISTED: Unlisted = { unmatched: 0, passed: 0, failed: 0, skipped: 0 };

/**
 * Judges a run's cases. The first divergence is the failing case of the lowest position; unmatched, incomparable
 * and skipped cases neither count nor stop the search.
 *
 * @param unlisted what the report only counts; it is counted here as the report says, and said in the note
 */
export function judgeRun(cases: readonly RecordedCase[], run: { measure: string | null; tolerance: number | null }, unlisted: Unlisted): JudgedRun {
	const counts: Record<Verdict, number> = { pass: unlisted.passed, fail: unlisted.failed, unmatched: unlisted.unmatched, incomparable: 0, skipped: unlisted.skipped };
	const judged: JudgedCase[] = [...cases]
		.sort((a, b) => a.position - b.position)
		.map((recorded) => {
			const judgement = judgeCase(recorded, run);
			counts[judgement.verdict]++;
			const word = recorded.recordedVerdict === null ? null : verdictOfWord(recorded.recordedVerdict);
			const { verdict } = judgement;
			const disagrees = (word === "pass" || word === "fail") && (verdict === "pass" || verdict === "fail") && word !== verdict;
			return { ...recorded, judgement, disagrees };
		});
	const notes: string[] = [];
	if (unlisted.unmatched > 0) notes.push(`${unlisted.unmatched} entries that only one side has are counted as unmatched; the report lists no case for them`);
	const only = [counted(unlisted.passed, "passed"), counted(unlisted.failed, "failed"), counted(unlisted.skipped, "skipped")].filter(Boolean);
	if (only.length > 0) notes.push(`${only.join(", ")} as the report counts them; it lists no case for them`);
	if (judged.some((item) => item.judgement.reason.includes("Casebook's default"))) notes.push("the report states no tolerance; Casebook's default is used");
	return {
		cases: judged,
		counts,
		firstDivergence: judged.find((item) => item.judgement.verdict === "fail") ?? null,
		disagreements: judged.filter((item) => item.disagrees).length,
		note: notes.length > 0 ? notes.join("; ") : null,
	};
}

function counted(count: number, word: string): string | null {
	return count > 0 ? `${count} ${word}` : null;
}
