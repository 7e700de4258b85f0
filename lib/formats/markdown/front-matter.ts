const LONGEST = 200;

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
