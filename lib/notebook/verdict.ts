import type { Pin } from "./types";

/** What the reader's own run says of one pinned cell. */
export type CellOutcome =
	/** same digest, same sources */
	| { state: "reproduced" }
	/** same digest although a source that it read differs */
	| { state: "reproduced on changed sources"; sources: readonly string[] }
	/** another digest; `sources` are the read ones that differ from the pin, and may be none */
	| { state: "changed"; before: string | null; after: string | null; sources: readonly string[] }
	| { state: "cannot be checked"; why: string };

/** What the reader's own run of one cell came to; `digest` is null where it failed or did not run. */
export interface OwnRun {
	digest: string | null;
	shown: string | null;
	/** why there is no digest */
	why: string | null;
	/** sha256 of the sources that were read, as the reader's own engine was filled from; null where a hash is not known */
	sources: { readonly [path: string]: string | null };
}

/**
 * Compares a pin with the reader's own run. The digest decides, the sources explain. Without a digest of the reader's own, or where a
 * pinned source is missing and the cell could not run, nothing is reproduced.
 */
export function outcomeOf(pin: Pin | null, own: OwnRun): CellOutcome {
	if (pin === null) return { state: "cannot be checked", why: "The cell has no pin to compare with." };
	if (own.digest === null) return { state: "cannot be checked", why: own.why ?? "The cell has not run." };
	const differing = differingSources(pin, own.sources);
	if (own.digest !== pin.digest) return { state: "changed", before: pin.shown, after: own.shown, sources: differing };
	return differing.length === 0 ? { state: "reproduced" } : { state: "reproduced on changed sources", sources: differing };
}

/** Paths that one side read and the other did not, or read with other bytes. */
export function differingSources(pin: Pin, own: { readonly [path: string]: string | null }): string[] {
	const paths = new Set([...Object.keys(pin.sources), ...Object.keys(own)]);
	return [...paths].filter((path) => !Object.hasOwn(pin.sources, path) || !Object.hasOwn(own, path) || pin.sources[path] !== own[path]).sort();
}

export interface Summary {
	cells: number;
	reproduced: number;
	onChangedSources: number;
	changed: number;
	unchecked: number;
}

export function summaryOf(outcomes: readonly CellOutcome[]): Summary {
	const count = (state: CellOutcome["state"]) => outcomes.filter((outcome) => outcome.state === state).length;
	return { cells: outcomes.length, reproduced: count("reproduced"), onChangedSources: count("reproduced on changed sources"), changed: count("changed"), unchecked: count("cannot be checked") };
}

/** `Reproduced 12 of 12`, and what else there is to say: changes first. */
export function summaryText(summary: Summary): string {
	const { cells, reproduced, onChangedSources, changed, unchecked } = summary;
	if (cells === 0) return "Nothing is pinned, so there is nothing to check.";
	const parts: string[] = [];
	if (changed > 0) parts.push(`Changed ${changed} of ${cells}`);
	if (unchecked > 0) parts.push(`${parts.length === 0 ? "Cannot be checked" : "cannot be checked"} ${unchecked} of ${cells}`);
	if (onChangedSources > 0) parts.push(`${parts.length === 0 ? "Reproduced" : "reproduced"} on changed sources ${onChangedSources} of ${cells}`);
	if (reproduced > 0 || parts.length === 0) parts.push(`${parts.length === 0 ? "Reproduced" : "reproduced"} ${reproduced} of ${cells}`);
	return parts.join(", ");
}
