import type { Verdict } from "@/lib/model";

const WORDS: Record<string, Verdict> = {
	pass: "pass", passed: "pass", match: "pass", matched: "pass", ok: "pass", "✅": "pass", "✓": "pass",
	fail: "fail", failed: "fail", diff: "fail", differs: "fail", divergent: "fail", critical: "fail", error: "fail", xpass: "fail", xpassed: "fail", "❌": "fail",
	missing: "unmatched", unmatched: "unmatched",
	minor: "incomparable", incomparable: "incomparable", "⚠️": "incomparable", "⚠": "incomparable",
	skip: "skipped", skipped: "skipped", ignored: "skipped", xfail: "skipped", xfailed: "skipped",
};

/**
 * What a recorded word means as a verdict; null for a word that is not known. In a phrase the written words decide and
 * marks support them: `✅ PASS` is pass and `⚠️ CRITICAL` is fail, while words that disagree, or a mark that says the
 * opposite of the word, are null.
 */
export function verdictOfWord(word: string): Verdict | null {
	const whole = WORDS[word.trim().toLowerCase()];
	if (whole) return whole;
	const words = new Set<Verdict>();
	const marks = new Set<Verdict>();
	for (const part of word.toLowerCase().split(/[\s,;:()[\]/|*]+/)) {
		const verdict = WORDS[part];
		if (verdict) (/[a-z]/.test(part) ? words : marks).add(verdict);
	}
	const [said] = words.size > 0 ? words : marks;
	if (said === undefined || (words.size > 0 ? words : marks).size > 1) return null;
	return [...marks].every((mark) => mark === said || mark === "incomparable") ? said : null;
}
