/** Words that name an implementation, also where they are rare in a log. */
const SIDES = /^(c|cpp|cxx|cu|cuda|gpu|cpu|py|python|torch|pytorch|jax|numpy|np|rust|rs|go|js|java|julia|fortran|ref|reference|cand|candidate|golden|expected|actual|old|new|before|after|worker|llama|ours|theirs)$/i;
/** Words of a tag that say what a line is about, never who wrote it. */
const NO_SIDES = /^(config|info|debug|warn|warning|error|note|begin|start|end|done|step|stage|summary|header|time|timing|phi|pixel|source|grid|param|params|setup|init)$/i;

/**
 * The words that are sides among the first words of a log's tags, with how often each comes: what names an implementation, and what
 * is not rare beside the most frequent of the others.
 */
export function sidesAmong(counts: ReadonlyMap<string, number>): { sides: Set<string>; main: string | null } {
	const words = [...counts].filter(([word]) => !NO_SIDES.test(word) && !/^\d+$/.test(word)).sort((a, b) => b[1] - a[1]);
	const most = words[0]?.[1] ?? 0;
	const sides = words.filter(([word, count]) => SIDES.test(word) || count * 10 >= most).map(([word]) => word);
	return { sides: new Set(sides), main: sides[0]?.toLowerCase() ?? null };
}

/** The side that a file's name says, as `trace_py_scaling.log` or `c_stdout.txt` do; null where it names none or two. */
export function sideOfPath(path: string): string | null {
	const name = path.slice(path.lastIndexOf("/") + 1).replace(/(\.\w+)+$/, "");
	const found = new Set(name.split(/[^A-Za-z0-9]+/).filter((word) => SIDES.test(word)).map((word) => word.toLowerCase()));
	return found.size === 1 ? [...found][0]! : null;
}
