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

/**
 * Judges a run's cases. The first divergence is the failing case of the lowest position; unmatched, incomparable
 * and skipped cases neither count nor stop the search.
 *
 * @param unlisted entries that only one side has and the report lists no case for; they count as unmatched
 */
export function judgeRun(cases: readonly RecordedCase[], run: { measure: string | null; tolerance: number | null }, unlisted: number): JudgedRun {
	const counts: Record<Verdict, number> = { pass: 0, fail: 0, unmatched: unlisted, incomparable: 0, skipped: 0 };
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
	if (unlisted > 0) notes.push(`${unlisted} entries that only one side has are counted as unmatched; the report lists no case for them`);
	if (judged.some((item) => item.judgement.reason.includes("Casebook's default"))) notes.push("the report states no tolerance; Casebook's default is used");
	return {
		cases: judged,
		counts,
		firstDivergence: judged.find((item) => item.judgement.verdict === "fail") ?? null,
		disagreements: judged.filter((item) => item.disagrees).length,
		note: notes.length > 0 ? notes.join("; ") : null,
	};
}
