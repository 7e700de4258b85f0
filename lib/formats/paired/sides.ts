/** Two words that name the sides of one comparison. */
export interface SidePair {
	reference: string;
	candidate: string;
	/** whether the reference states what the candidate has to be: then other text is a failure, and not just another text */
	demands: boolean;
}

/** The partner of a key, and what both are of; the base of `c_sum` and `py_sum` is `sum`, that of `expected` is empty. */
export interface Partner {
	key: string;
	base: string;
	pair: SidePair;
}

const DEMANDING: readonly (readonly [string, readonly string[]])[] = [
	["expected", ["actual", "got", "output", "observed", "received"]],
	["reference", ["candidate", "actual", "output"]],
	["ref", ["candidate", "cand"]],
	["golden", ["pytorch", "actual", "candidate", "output"]],
];
const TELLING: readonly (readonly [string, readonly string[]])[] = [
	["c", ["py", "python", "pytorch", "torch"]],
	["cpp", ["py", "python"]],
	["baseline", ["candidate"]],
];

const pairsOf = (lists: typeof DEMANDING, demands: boolean) => lists.flatMap(([reference, candidates]) => candidates.map((candidate) => ({ reference, candidate, demands })));

/** Before and after are no sides: they are two times of one. */
export const SIDE_PAIRS: readonly SidePair[] = [...pairsOf(DEMANDING, true), ...pairsOf(TELLING, false)];

/** Whether text can hold a pair at all; most JSON does not, and is not looked at further. */
export function mayHoldPairs(text: string): boolean {
	return /["_\-.](?:py|python|pytorch|torch|cand|candidate|actual|got|output|observed|received|Actual|Candidate|Output)["_\-.A-Z]|[a-z](?:Actual|Candidate|Output)"|"implementations"|"candidate"/.test(text);
}

/** The keys that a key of the reference's side can be paired with. */
export function partnersOf(key: string, pairs: readonly SidePair[]): Partner[] {
	const partners: Partner[] = [];
	for (const pair of pairs) {
		const { reference, candidate } = pair;
		if (key === reference) partners.push({ key: candidate, base: "", pair });
		const prefix = new RegExp(`^${escaped(reference)}([_.-].+|(?<=[a-z]{2})[A-Z].*)$`).exec(key);
		if (prefix) partners.push({ key: `${candidate}${prefix[1]}`, base: lowerFirst(prefix[1]!.replace(/^[_.-]/, "")), pair });
		const suffix = new RegExp(`^(.+[_.-])${escaped(reference)}$`).exec(key);
		if (suffix) partners.push({ key: `${suffix[1]}${candidate}`, base: suffix[1]!.slice(0, -1), pair });
		const camel = reference.length > 2 && key.length > reference.length && key.endsWith(capital(reference)) ? key.slice(0, -reference.length) : null;
		if (camel !== null) partners.push({ key: `${camel}${capital(candidate)}`, base: camel, pair });
	}
	return partners;
}

const RESOURCE = new Set(["time", "times", "timing", "timings", "duration", "durations", "elapsed", "runtime", "runtimes", "latency", "latencies", "wall", "mem", "memory", "rss", "speed", "speedup", "throughput", "fps", "performance", "perf", "benchmark", "benchmarks"]);
const CIRCUMSTANCE = new Set(["path", "paths", "file", "files", "filename", "dir", "directory", "folder", "binary", "bin", "exe", "executable", "cmd", "command", "commands", "cli", "args", "argv", "version", "versions", "commit", "git", "branch", "url", "uri", "host", "hostname", "pid", "timestamp", "date", "started", "finished", "created", "updated", "log", "trace", "stdout", "stderr", "script"]);
const UNIT = new Set(["ms", "us", "ns", "s", "sec", "secs", "seconds", "min", "mins", "minutes", "h", "hours", "kb", "mb", "gb", "kib", "mib", "gib"]);
/** What two implementations rightly differ in. */
const IDENTITY = new Set(["name", "label", "title", "description", "id", "impl", "implementation", "lang", "language", "backend", "engine", "compiler"]);

/** Whether a key speaks of time, memory or speed: nothing under it is a statement about parity. */
export function isResource(key: string): boolean {
	const words = wordsOf(key);
	return words.some((word) => RESOURCE.has(word)) || (words.length > 1 && UNIT.has(words.at(-1)!));
}

/** Whether a pair states nothing about parity: times, memory, paths, commands, versions; or the names of two sides. */
export function isNoStatement(base: string, pair: SidePair): boolean {
	const words = wordsOf(base);
	if (words.some((word) => RESOURCE.has(word) || CIRCUMSTANCE.has(word)) || UNIT.has(words.at(-1) ?? "")) return true;
	return !pair.demands && words.some((word) => IDENTITY.has(word));
}

function wordsOf(key: string): string[] {
	return key.replace(/([a-z0-9])([A-Z])/g, "$1_$2").toLowerCase().split(/[^a-z0-9]+/).filter(Boolean);
}

function escaped(word: string): string {
	return word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}

function capital(word: string): string {
	return word.charAt(0).toUpperCase() + word.slice(1);
}

function lowerFirst(word: string): string {
	return word.charAt(0).toLowerCase() + word.slice(1);
}
