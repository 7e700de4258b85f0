import { parseJson } from "@/lib/parity/json-tree";
import { compareWire, type WireComparison } from "@/lib/parity/wire";

/** Both bodies together, in characters, up to which the difference is worked out while the page is drawn. */
export const WIRE_LIMIT = 200_000;

/** The structural difference of two recorded bodies, or in words why there is none to show. */
export type WireAnswer = { comparison: WireComparison } | { why: string };

/** Null where a side is missing: one body has no difference. @param ignore what is not compared: key names at any depth, or JSON Pointers */
export function wireOf(reference: string | null, candidate: string | null, ignore: readonly string[] = []): WireAnswer | null {
	if (reference === null || candidate === null) return null;
	const size = reference.length + candidate.length;
	if (size > WIRE_LIMIT) return { why: `The two bodies have about ${Math.round(size / 1000).toLocaleString("en-US")},000 characters together; the differences of more than ${(WIRE_LIMIT / 1000).toLocaleString("en-US")},000 are not worked out here.` };
	return { comparison: compareWire(reference, candidate, { limit: 500, normalise: { ignore } }) };
}

/** What the address says where nothing is ignored although the run ignores something. */
const NOTHING = "none";

/** The rules that the address names: `ignore=timestamp,/meta/host`. Null where it says nothing. A key that is called `none` is the pointer `/none`. */
export function ignoreOf(text: string | null): string[] | null {
	if (text === null || text.trim() === "") return null;
	if (text.trim() === NOTHING) return [];
	const rules = text.split(",").map((part) => part.trim().replace(/%2C/gi, ",").replace(/%25/g, "%")).filter((part) => part !== "");
	return [...new Set(rules)];
}

/** The text that `ignoreOf` reads as these rules; null, so that the address says nothing, where they are the run's own. */
export function ignoreText(rules: readonly string[], own: readonly string[]): string | null {
	if (rules.length === own.length && rules.every((rule) => own.includes(rule))) return null;
	return rules.length === 0 ? NOTHING : rules.map((rule) => (rule === NOTHING ? `/${NOTHING}` : rule.replaceAll("%", "%25").replaceAll(",", "%2C"))).join(",");
}

/** What a run that was paired by hand ignored, as its note says. */
export function ownIgnore(note: string | null): string[] {
	const list = /casebook\.json ignores (\[.*?\])(?:;|$)/.exec(note ?? "")?.[1];
	if (list === undefined) return [];
	try {
		const rules: unknown = JSON.parse(list);
		return Array.isArray(rules) ? rules.filter((rule): rule is string => typeof rule === "string") : [];
	} catch {
		// A key with such a bracket in its name cuts the list short; the case's own reason still names what was ignored.
		return [];
	}
}

/** Keys that are another time in every run, and say which program answered: offered where a body has them. */
const VOLATILE = ["timestamp", "ts", "time", "date", "created_at", "daemon", "host", "hostname", "pid", "trace_id", "span_id", "session_id", "request_id", "duration_ms", "elapsed_ms", "version"];
/** Keys that are offered because something differs there. */
const MOST = 8;

/** Keys that a person may want to ignore in these bodies: those that are of one run by their names, then those where most differs. */
export function ignorable(reference: string, candidate: string, differences: WireComparison["differences"]): string[] {
	const keys = new Set<string>();
	for (const text of [reference, candidate]) {
		const tree = parseJson(text);
		if ("fault" in tree) return [];
		const stack = [tree.root];
		for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
			if (node.parent?.kind === "object") keys.add(node.name);
			stack.push(...node.children);
		}
	}
	const counts = new Map<string, number>();
	for (const { class: kind, referencePointer, candidatePointer } of differences) {
		if (kind === "envelope" || kind === "order") continue;
		const part = (referencePointer ?? candidatePointer ?? "").split("/").at(-1)!.replaceAll("~1", "/").replaceAll("~0", "~");
		if (keys.has(part)) counts.set(part, (counts.get(part) ?? 0) + 1);
	}
	const differing = [...counts].sort((a, b) => b[1] - a[1]).map(([key]) => key);
	return [...new Set([...VOLATILE.filter((key) => keys.has(key)), ...differing.slice(0, MOST)])];
}

/** A place in a body as people name it: the pointer, or the whole body. */
export function placeText(referencePointer: string | null, candidatePointer: string | null): string {
	const name = (pointer: string) => (pointer === "" ? "the whole body" : pointer);
	if (referencePointer === null) return name(candidatePointer ?? "");
	if (candidatePointer === null || candidatePointer === referencePointer) return name(referencePointer);
	return `${name(referencePointer)} → ${name(candidatePointer)}`;
}
