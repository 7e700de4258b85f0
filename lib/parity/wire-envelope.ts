import type { JsonNode } from "./json-tree";

/** A key without what spellings differ in: `trace_id`, `traceId` and `TraceID` are one. */
export function plainKey(key: string): string {
	return key.replace(/[-_\s.]/g, "").toLowerCase();
}

const TAGS = new Set(["kind", "type", "tag", "variant", "$type", "@type"]);

/** Two objects that hold the same facts in two envelopes. */
export interface Envelope {
	/** the members that lie under the envelope, to be compared as those of one object */
	reference: readonly JsonNode[];
	candidate: readonly JsonNode[];
	/** the nodes that name the variant, where they say different things */
	tags: [reference: JsonNode, candidate: JsonNode] | null;
	detail: string;
}

/**
 * How two values are one in two envelopes; null when they are not. One side has a single key over an object (`{"Schema": {"field": "x"}}`,
 * externally tagged), the other has the same facts flat beside a tag (`{"Kind": "schema", "Field": "x"}`, internally tagged), beside a tag and
 * under a content key (adjacently tagged), or flat without a tag (a wrapper). At least half of the inner keys must be there, whatever their case.
 */
export function envelopeOf(reference: JsonNode, candidate: JsonNode): Envelope | null {
	const found = oneWay(reference, candidate, "reference", "candidate");
	if (found !== null) return found;
	const back = oneWay(candidate, reference, "candidate", "reference");
	return back === null ? null : { ...back, reference: back.candidate, candidate: back.reference, tags: back.tags === null ? null : [back.tags[1], back.tags[0]] };
}

function oneWay(nested: JsonNode, flat: JsonNode, nestedSide: string, flatSide: string): Envelope | null {
	if (flat.kind !== "object") return null;
	if (nested.kind === "string") {
		const [only] = flat.children;
		if (flat.children.length !== 1 || only!.kind !== "string" || plainKey(only!.text) !== plainKey(nested.text)) return null;
		return { reference: [], candidate: [], tags: null, detail: `the ${nestedSide} names the variant ${JSON.stringify(nested.text)} as plain text, the ${flatSide} under the key ${JSON.stringify(only!.name)}` };
	}
	const [outer] = nested.children;
	if (nested.kind !== "object" || nested.children.length !== 1 || outer!.kind !== "object" || flat.children.some((child) => plainKey(child.name) === plainKey(outer!.name) && child.kind === "object")) return null;
	const inner = outer!.children;
	const variant = JSON.stringify(outer!.name);
	const named = flat.children.find((child) => child.kind === "string" && plainKey(child.text) === plainKey(outer!.name));
	const tag = named ?? flat.children.find((child) => child.kind === "string" && TAGS.has(child.name.toLowerCase()) && inner.length > 0 && shared(inner, flat.children.filter((other) => other !== child)) === inner.length);
	if (tag !== undefined) {
		const rest = flat.children.filter((child) => child !== tag);
		const tags: Envelope["tags"] = named === undefined ? [outer!, tag] : null;
		const words = `the ${nestedSide} nests under its variant ${variant}, the ${flatSide} names it in ${JSON.stringify(tag.name)}`;
		if (enough(inner, rest)) return { reference: inner, candidate: rest, tags, detail: `${words} and lies flat` };
		const content = rest.length === 1 && rest[0]!.kind === "object" ? rest[0]!.children : null;
		if (content !== null && enough(inner, content)) return { reference: inner, candidate: content, tags, detail: `${words} beside ${JSON.stringify(rest[0]!.name)}` };
		return null;
	}
	return inner.length > 0 && enough(inner, flat.children) ? { reference: inner, candidate: flat.children, tags: null, detail: `the ${nestedSide} wraps everything in ${variant}, the ${flatSide} lies flat` } : null;
}

function shared(inner: readonly JsonNode[], other: readonly JsonNode[]): number {
	const keys = new Set(other.map((child) => plainKey(child.name)));
	return inner.filter((child) => keys.has(plainKey(child.name))).length;
}

function enough(inner: readonly JsonNode[], other: readonly JsonNode[]): boolean {
	return inner.length === 0 ? other.length === 0 : shared(inner, other) * 2 >= inner.length && shared(inner, other) > 0;
}
