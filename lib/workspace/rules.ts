import ignore, { type Ignore } from "ignore";

/** Git matches case where the file system does; Linux file systems do. A browser is asked in its own way. */
const system = typeof navigator === "undefined" ? process.platform : navigator.platform;
const options = { ignorecase: /^(mac|iph|ipad|darwin|win)/i.test(system) };

/** One `.gitignore`: its folder (`""` or ending with `/`) and its rules. */
export interface IgnoreFile {
	folder: string;
	rules: Ignore;
}

export function parseIgnoreFile(folder: string, text: string): IgnoreFile {
	return { folder, rules: ignore(options).add(text) };
}

/**
 * The `.gitignore` that leaves `path` out, or null. Deeper files overrule shallower ones, as in git. A folder's
 * path ends with `/`; its parents are known not to be left out, because a walk does not enter such folders.
 */
export function ignoredBy(stack: readonly IgnoreFile[], path: string): string | null {
	for (let i = stack.length - 1; i >= 0; i--) {
		const { folder, rules } = stack[i]!;
		const verdict = rules.test(path.slice(folder.length));
		if (verdict.unignored) return null;
		if (verdict.ignored) return `${folder}.gitignore`;
	}
	return null;
}

/** What `--include` brings back. Globs are written as lines of a `.gitignore` are: `*.log`, `build/`, `out/**\/x.csv`. */
export class Includes {
	private readonly rules: Ignore;
	private readonly globs: readonly string[];

	constructor(globs: readonly string[]) {
		this.globs = globs;
		this.rules = ignore(options).add([...globs]);
	}

	/** Whether a path (a folder's ends with `/`) is named, itself or by a folder above it. */
	names(path: string): boolean {
		return this.globs.length > 0 && this.rules.ignores(path);
	}

	/** Whether a walk should look inside a folder that is left out. `.git` and `node_modules` are large, `.casebook` is no data: only globs that spell them reach into them. */
	mayReachInto(folderName: string): boolean {
		if ([".git", "node_modules", ".casebook"].includes(folderName)) return this.globs.some((glob) => glob.split("/").includes(folderName));
		return this.globs.length > 0;
	}
}
