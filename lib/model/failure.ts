/** Why something did not work. Pages and the command line switch over `kind` exhaustively. */
export type Failure =
	/** A file could not be read or a part of it makes no sense. `line` is 1-based, `offset` in bytes. */
	| { kind: "source"; path: string; line?: number; offset?: number; message: string }
	/** The engine refused or failed a statement. `position` is a 0-based character offset into `sql`. */
	| { kind: "query"; sql: string; message: string; position?: number; candidates: string[] }
	/** The engine died or was stopped; it has to be opened and filled again. */
	| { kind: "engine-lost"; message: string }
	/** A stated limit was reached; nothing that was loaded is lost. */
	| { kind: "limit"; what: string; limit: string; message: string }
	/** A rule forbids it: the statement guard, a path outside the workspace, a foreign origin. */
	| { kind: "refused"; rule: string; message: string }
	/** The reader stopped it. */
	| { kind: "cancelled"; message: string };

/** The only error class that rooms throw on purpose. `cause` keeps what was caught. */
export class CasebookError extends Error {
	readonly failure: Failure;
	constructor(failure: Failure, cause?: unknown) {
		super(failure.message, cause === undefined ? undefined : { cause });
		this.name = "CasebookError";
		this.failure = failure;
	}
}

/** The failure behind anything that was thrown; an unknown error becomes a source-less query failure with its text. */
export function failureOf(error: unknown): Failure {
	if (error instanceof CasebookError) return error.failure;
	if (error instanceof Error && error.name === "AbortError") return { kind: "cancelled", message: "Cancelled." };
	const message = error instanceof Error ? error.message : String(error);
	return { kind: "query", sql: "", message, candidates: [] };
}
