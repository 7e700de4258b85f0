import type { NamedQuery, Params } from "@/lib/tables/query";

/** Any named query, whatever its parameters and rows are. */
export type AnyQuery = NamedQuery<Params, unknown>;

export interface ContextLine {
	line: number;
	text: string;
}

/** One line that a figure rests on, with its neighbours. */
export interface EvidenceLine {
	/** path inside the workspace */
	source: string;
	/** 1-based; null where the format has no lines */
	line: number | null;
	/** the raw line; null where it could not be fetched */
	text: string | null;
	before: ContextLine[];
	after: ContextLine[];
}

/** A file that the figure was read from. */
export interface EvidenceSource {
	path: string;
	sha256: string | null;
	bytes: number;
	/** ISO in UTC */
	loadedAt: string | null;
	rejects: number;
}

/** What a figure rests on. */
export interface EvidenceData {
	/** the query with its parameters written in, runnable as it stands */
	sql: string;
	elapsedMs: number;
	rows: number;
	/** the first lines, in the order of the query's `rows` twin */
	lines: EvidenceLine[];
	/** how many there are in all */
	linesTotal: number;
	sources: EvidenceSource[];
	/** what the run behind the figure compared and what it did not, in one sentence; null where no one run is behind it */
	note: string | null;
}

/** Fetches the evidence of a figure. Rejects with a CasebookError. */
export type LoadEvidence = (query: AnyQuery, params: Params, signal: AbortSignal) => Promise<EvidenceData>;

/** The figure whose evidence is open. */
export interface EvidenceRequest {
	/** what the figure is, in words; the query's own sentence when it is absent */
	label?: string;
	/** the figure as the page shows it */
	value: string;
	query: AnyQuery;
	params: Params;
	/** the ink of the figure in the drawer */
	tone?: FigureTone;
	/** the element that focus returns to and that stays in view; the focused one when it is absent */
	anchor?: HTMLElement | null;
}

export type FigureTone = "fail" | "warn" | "pass";
