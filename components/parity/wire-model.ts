import { compareWire, type WireComparison } from "@/lib/parity/wire";

/** Both bodies together, in characters, up to which the difference is worked out while the page is drawn. */
export const WIRE_LIMIT = 200_000;

/** The structural difference of two recorded bodies, or in words why there is none to show. */
export type WireAnswer = { comparison: WireComparison } | { why: string };

/** Null where a side is missing: one body has no difference. */
export function wireOf(reference: string | null, candidate: string | null): WireAnswer | null {
	if (reference === null || candidate === null) return null;
	const size = reference.length + candidate.length;
	if (size > WIRE_LIMIT) return { why: `The two bodies have about ${Math.round(size / 1000).toLocaleString("en-US")},000 characters together; the differences of more than ${(WIRE_LIMIT / 1000).toLocaleString("en-US")},000 are not worked out here.` };
	return { comparison: compareWire(reference, candidate, { limit: 500 }) };
}

/** A place in a body as people name it: the pointer, or the whole body. */
export function placeText(referencePointer: string | null, candidatePointer: string | null): string {
	const name = (pointer: string) => (pointer === "" ? "the whole body" : pointer);
	if (referencePointer === null) return name(candidatePointer ?? "");
	if (candidatePointer === null || candidatePointer === referencePointer) return name(referencePointer);
	return `${name(referencePointer)} → ${name(candidatePointer)}`;
}
