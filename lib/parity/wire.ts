import type { Verdict } from "@/lib/model";
import { counted } from "./delta";
import { Forms, type JsonFault, parseJson } from "./json-tree";
import { WIRE_MEANINGS, type WireClass } from "./wire-classes";
import { diffTrees, type Spelling, type WireDifference } from "./wire-diff";
import { type Ignored, type Normaliser, takeOut } from "./wire-normalise";

export interface WireOptions {
	/** HTTP status, or the word that a report has for how the side ended; null where none is known */
	referenceStatus?: string | null;
	candidateStatus?: string | null;
	normalise?: Normaliser;
	/** most differences that are listed; default 10,000 */
	limit?: number;
}

export interface WireComparison {
	verdict: Verdict;
	reason: string;
	/** in the order of the reference */
	differences: WireDifference[];
	/** differences that the limit keeps from the list */
	more: number;
	/** the classes that occur, most frequent first, with what they mean for a caller */
	classes: { class: WireClass; count: number; meaning: string }[];
	/** what the normaliser took out, value by value */
	ignored: Ignored[];
	/** rules of the normaliser that met nothing */
	unused: string[];
	/** spelled in two ways and the same JSON */
	spellings: Spelling[];
	/** scalar pairs that were compared */
	compared: number;
	/** null where no status is known on both sides */
	sameStatus: boolean | null;
	notes: string[];
}

/** Statuses with which a side says that it could not answer. A 4xx is an answer, and its body is compared. */
const BROKEN = /^(?:5\d\d|error|failed|failure|timeout|crash(?:ed)?|infra_error)$/i;

/**
 * The structural difference of two JSON bodies, each difference with its class. It passes only when nothing differs but what JSON gives no meaning (key
 * order, spelling of numbers by exact value, escapes) and what the normaliser names; both are listed and in the reason. Both sides failing the same
 * way is no match, and neither is a comparison that ignored everything.
 *
 * @param reference null where the side gave no body
 */
export function compareWire(reference: string | null, candidate: string | null, options: WireOptions = {}): WireComparison {
	const { referenceStatus = null, candidateStatus = null, normalise = {}, limit = 10_000 } = options;
	const sameStatus = referenceStatus === null || candidateStatus === null ? null : referenceStatus.trim().toLowerCase() === candidateStatus.trim().toLowerCase();
	const empty: WireComparison = { verdict: "incomparable", reason: "", differences: [], more: 0, classes: [], ignored: [], unused: [...(normalise.ignore ?? [])], spellings: [], compared: 0, sameStatus, notes: [] };
	const broken = [referenceStatus, candidateStatus].map((status) => status !== null && BROKEN.test(status.trim()));
	if (broken[0] && broken[1]) return { ...empty, reason: `both sides failed (${referenceStatus} and ${candidateStatus}), which is no match` };
	const [r, c] = [noBody(reference), noBody(candidate)];
	if (r && c) return { ...empty, reason: "neither side has a body, so there is nothing to compare" };
	if (sameStatus === false && (broken[0] || broken[1])) return { ...empty, verdict: "fail", reason: `the reference ended with ${referenceStatus}, the candidate with ${candidateStatus}` };
	if (r || c) return { ...empty, verdict: "unmatched", reason: `the ${r ? "reference" : "candidate"} has no body` };
	const [left, right] = [parseJson(reference!), parseJson(candidate!)];
	if ("fault" in left || "fault" in right) {
		if ("fault" in left && "fault" in right) return { ...empty, reason: `neither side is JSON (${faultText("reference", left)}; ${faultText("candidate", right)})` };
		return { ...empty, reason: "fault" in left ? `the reference is not JSON (${faultText("reference", left)})` : `the candidate is not JSON (${faultText("candidate", right as JsonFault)})` };
	}
	const forms = new Forms();
	const { ignored, unused } = takeOut(left, right, normalise.ignore ?? [], forms);
	forms.set(left.root);
	forms.set(right.root);
	const found = diffTrees(left, right, normalise.unordered ?? [], limit);
	const notes = [...left.duplicates.map((pointer) => `the reference has the key ${pointer} more than once; the last one counts`), ...right.duplicates.map((pointer) => `the candidate has the key ${pointer} more than once; the last one counts`)];
	if (found.more > 0) notes.push(`${found.more.toLocaleString("en-US")} more differences are counted and not listed`);
	const classes = classesOf(found.differences);
	const total = found.differences.length + found.more;
	const result = { ...empty, ...found, classes, ignored, unused, notes };
	const aside = asideOf(ignored, found.spellings);
	if (total > 0 || sameStatus === false) {
		const parts = total > 0 ? [`${counted(total, "difference")}: ${classes.map((item) => `${item.class}${item.count > 1 ? ` (${item.count})` : ""}`).join(", ")}`] : ["the bodies are the same JSON"];
		if (sameStatus === false) parts.unshift(`the reference ended with ${referenceStatus}, the candidate with ${candidateStatus}`);
		return { ...result, verdict: "fail", reason: [...parts, ...aside].join("; ") };
	}
	if (found.compared === 0 && ignored.length > 0) return { ...result, reason: ["everything is ignored, so nothing was compared", ...aside].join("; ") };
	return { ...result, verdict: "pass", reason: [`both sides are the same JSON in ${counted(found.compared, "value")}`, ...aside].join("; ") };
}

function noBody(body: string | null): boolean {
	return body === null || body.trim() === "";
}

function faultText(side: string, { fault, line, column }: JsonFault): string {
	return `${side}:${line}:${column}: ${fault}`;
}

function classesOf(differences: readonly WireDifference[]): WireComparison["classes"] {
	const counts = new Map<WireClass, number>();
	for (const difference of differences) counts.set(difference.class, (counts.get(difference.class) ?? 0) + 1);
	return [...counts].map(([name, count]) => ({ class: name, count, meaning: WIRE_MEANINGS[name] })).sort((a, b) => b.count - a.count);
}

/** What passed although it is not the same text. */
function asideOf(ignored: readonly Ignored[], spellings: readonly Spelling[]): string[] {
	const aside: string[] = [];
	if (ignored.length > 0) {
		const differing = ignored.filter(({ differs }) => differs).length;
		aside.push(`ignored ${counted(ignored.length, "value")} (${[...new Set(ignored.map(({ rule }) => rule))].join(", ")}), of which ${differing === 0 ? "none differs" : `${differing} ${differing === 1 ? "differs" : "differ"}`}`);
	}
	for (const { what, count, rule } of spellings) aside.push(rule === null ? `another ${what} in ${counted(count, "place")}` : `another order in ${counted(count, "array")} (${rule})`);
	return aside;
}
