import type { Verdict } from "@/lib/model";

const WORDS: Record<string, Verdict> = {
	pass: "pass", passed: "pass", match: "pass", matched: "pass", ok: "pass", "✅": "pass", "✓": "pass",
	fail: "fail", failed: "fail", diff: "fail", differs: "fail", divergent: "fail", critical: "fail", error: "fail", xpass: "fail", xpassed: "fail", "❌": "fail",
	missing: "unmatched", unmatched: "unmatched",
	minor: "incomparable", incomparable: "incomparable", "⚠️": "incomparable", "⚠": "incomparable",
	skip: "skipped", skipped: "skipped", xfail: "skipped", xfailed: "skipped",
};

/**
 * What a recorded word means as a verdict; null for a word that is not known. A phrase counts by its only known
 * word, so `✅ PASS` and `PASS (0.0)` are pass; two that disagree are null.
 */
export function verdictOfWord(word: string): Verdict | null {
	const whole = WORDS[word.trim().toLowerCase()];
	if (whole) return whole;
	const found = new Set<Verdict>();
	for (const part of word.toLowerCase().split(/[\s,;:()[\]/|]+/)) {
		const verdict = WORDS[part];
		if (verdict) found.add(verdict);
	}
	return found.size === 1 ? [...found][0]! : null;
}
