/** What is known of a producer before a comparison. */
export interface Producer {
	name: string;
	/** the sources that hold its records */
	paths: readonly string[];
	entries: number;
}

/** Words that name the side which is taken as right, and the one that is compared with it, in a producer's or a file's name. */
const REFERENCE = new Set(["reference", "ref", "golden", "gold", "expected", "truth", "groundtruth", "baseline", "oracle", "upstream", "original", "c", "cpp", "fortran"]);
const CANDIDATE = new Set(["our", "ours", "my", "candidate", "actual", "output", "port", "new", "py", "python", "pytorch", "torch", "test"]);

/**
 * Which of several producers is the reference, and why in words a page can show. In this order: the one that a person chose; the only one whose
 * name (then: whose files' names) has a word for a reference; the only one left without a word for a candidate; the one with the fewest
 * entries, because a reference is run for the part that matters; the first by name. Null when there is none.
 */
export function chooseReference(producers: readonly Producer[], chosen: string | null = null): { name: string; why: string } | null {
	if (producers.length === 0) return null;
	if (chosen !== null && producers.some(({ name }) => name === chosen)) return { name: chosen, why: "chosen by hand" };
	const sorted = [...producers].sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
	if (sorted.length === 1) return { name: sorted[0]!.name, why: "the only producer" };
	const lost = chosen === null ? "" : `; "${chosen}", which was chosen by hand, is not among the producers`;
	for (const [what, textsOf] of [["name", ({ name }: Producer) => [name]], ["file name", ({ paths }: Producer) => paths.map((path) => path.slice(path.lastIndexOf("/") + 1))]] as const) {
		const named = sorted.filter((producer) => hasWord(textsOf(producer), REFERENCE));
		if (named.length === 1) return { name: named[0]!.name, why: `its ${what} says that it is the reference${lost}` };
		const others = sorted.filter((producer) => !hasWord(textsOf(producer), CANDIDATE));
		if (others.length === 1) return { name: others[0]!.name, why: `the ${what} of ${sorted.length === 2 ? "the other" : "each other"} says that it is a candidate${lost}` };
	}
	const fewest = Math.min(...sorted.map(({ entries }) => entries));
	const short = sorted.filter(({ entries }) => entries === fewest);
	if (short.length === 1) return { name: short[0]!.name, why: `it has the fewest entries (${fewest.toLocaleString("en-US")}); no name says which is the reference${lost}` };
	return { name: sorted[0]!.name, why: `it is the first by name; nothing says which is the reference${lost}` };
}

function hasWord(texts: readonly string[], words: ReadonlySet<string>): boolean {
	return texts.some((text) => text.toLowerCase().split(/[^a-z0-9]+/).some((word) => words.has(word)));
}
