/** A notebook's pins name every file that its cells read, a line each. */
const LONGEST = 100_000;

/** The index after the YAML block that a document begins with; 0 where it begins with none. A mere rule (`---`) is none. */
export function frontMatterEnd(lines: readonly string[]): number {
	if (lines[0]?.trimEnd() !== "---") return 0;
	let keys = 0;
	for (let i = 1; i < Math.min(lines.length, LONGEST); i++) {
		const line = lines[i]!;
		if (/^(?:---|\.\.\.)\s*$/.test(line)) return keys > 0 ? i + 1 : 0;
		if (/^[A-Za-z_][\w.-]*\s*:(?:\s|$)/.test(line)) keys++;
		else if (!/^(?:\s|$|-\s|#)/.test(line)) return 0;
	}
	return 0;
}

/** What makes a document a notebook of Casebook, and the title that it gives itself there; null where it is none. */
export function notebookHead(lines: readonly string[]): { title: string | null } | null {
	if (!lines.some((line) => /^casebook\s*:\s*\d+\s*$/.test(line))) return null;
	const title = lines.map((line) => /^title\s*:\s*(.*?)\s*$/.exec(line)?.[1]).find((text) => text !== undefined && text !== "");
	return { title: title?.replace(/^(["'])(.*)\1(?:\s+#.*)?$/, "$2") ?? null };
}
