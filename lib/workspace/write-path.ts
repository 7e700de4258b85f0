import { badPath } from "./archive-zip";

/** Where a notebook may be saved. Pure; `write.ts` looks at the disk, `write-rules.ts` at what the folder leaves out. */

/** The largest notebook that is saved, in bytes; what a link unpacks to at most. */
export const MAX_NOTEBOOK_BYTES = 5 * 1024 * 1024;

/** Why nothing is saved under a path, as a sentence, or null. Only names one below another, none hidden, that end in `.md`. */
export function savePathProblem(path: string): string | null {
	const quoted = JSON.stringify(path);
	const why = path.isWellFormed() ? badPath(path) : "is no text";
	if (why !== null) return `${quoted} ${why}. Name a file inside the folder, such as notebooks/status.md.`;
	if (path.split("/").some((name) => name.startsWith("."))) return `${quoted} is hidden: a name in it starts with a dot. Nothing is saved there.`;
	if (!/[^/]\.md$/.test(path)) return `${quoted} does not end in .md, and only notebooks are saved.`;
	return null;
}

/** What the file has to be for a save to take place. */
export type Expected = { kind: "new" } | { kind: "version"; sha256: string };

/**
 * What the headers of a save expect: `If-None-Match: *` a file that is not there yet, `If-Match: "<sha256>"` the version
 * that was opened. Null where neither is given; a word where they make no sense.
 */
export function expectedOf(headers: { get(name: string): string | null }): Expected | "unclear" | null {
	const match = headers.get("if-match");
	const none = headers.get("if-none-match");
	if (match === null && none === null) return null;
	if (match !== null && none !== null) return "unclear";
	if (none !== null) return none.trim() === "*" ? { kind: "new" } : "unclear";
	const [, sha256] = /^\s*"([0-9a-f]{64})"\s*$/.exec(match!) ?? [];
	return sha256 === undefined ? "unclear" : { kind: "version", sha256 };
}

/** One task after another under each key; tasks of different keys run side by side. */
export class Turns {
	private readonly last = new Map<string, Promise<unknown>>();

	/** Runs a task once those that were given before it under the same key have ended, well or not. */
	run<T>(key: string, task: () => Promise<T>): Promise<T> {
		const turn = (this.last.get(key) ?? Promise.resolve()).then(task, task);
		this.last.set(key, turn);
		const done = () => {
			if (this.last.get(key) === turn) this.last.delete(key);
		};
		turn.then(done, done);
		return turn;
	}

	/** how many keys have a task under way or waiting */
	get size(): number {
		return this.last.size;
	}
}
