/** What a comparison of one case came to. A thing that was not compared is never a pass. */
export type Verdict =
	/** compared, within tolerance */
	| "pass"
	/** compared, outside it */
	| "fail"
	/** one side is missing */
	| "unmatched"
	/** both exist; shape, type or unit forbids a comparison, or what a recorded word means is open */
	| "incomparable"
	/** the run says that it did not compare */
	| "skipped";

/** In the order in which a bin shows its worst verdict. */
export const VERDICTS: readonly Verdict[] = ["fail", "incomparable", "unmatched", "skipped", "pass"];

/** A probe's state: fail if any case fails; else not compared if none was compared; else incomplete if fewer were compared than there are; else pass. */
export type ProbeStatus = "fail" | "incomplete" | "pass" | "not compared";

/** How a case is compared. */
export type Measure = "exact" | "json" | "cosine" | "correlation" | "max-abs" | "max-rel" | "ulp" | "status";

/** Where a run's time was found, best first. */
export type RanAtFrom = "content" | "sibling" | "folder" | "file";

/** The state of a list item or a team, as a document says it. */
export type ItemState = "done" | "open" | "blocked" | "failed" | "partial" | "unknown";
