import type { JsonNode } from "./json-tree";
import { parseTolerance } from "./tolerance";

/** Which file, or folder of files, is compared with which, as a person says. */
export interface PairRule {
	/** paths inside the workspace; a `*` of `candidate` stands for any part of a name, and the same `*` of `reference` for the same text */
	reference: string;
	candidate: string;
	/** the probe's name; null where the two paths make one */
	probe: string | null;
	/** null where the measure's default counts */
	tolerance: { kind: "abs" | "rel"; value: number } | null;
	/** what is not compared in JSON: key names, or JSON Pointers */
	ignore: string[];
	/** of the rule, 1-based */
	line: number;
}

/** How a pair's run came to be, for its note. */
export function byHand({ line, tolerance }: PairRule): string {
	return `paired by hand in casebook.json, line ${line}${tolerance === null ? "" : ", which states the tolerance"}`;
}

export const PAIR_KEYS = ["reference", "candidate", "probe", "tolerance", "ignore"] as const;

/** More would make one name fit in many ways. */
const MOST_STARS = 3;

/**
 * A rule of `pairs` whose keys are known to be text; `tolerance`, `ignore` and both paths are read and checked.
 *
 * @returns what is wrong and where, instead, as the file's problems say it
 */
export function readPair(item: JsonNode, line: number): PairRule | { at: JsonNode; words: string } {
	const member = (key: string) => item.children.find((child) => child.name === key) ?? null;
	const paths: string[] = [];
	for (const key of ["reference", "candidate"] as const) {
		const node = member(key)!;
		const path = node.text.trim().replace(/^(?:\.\/)+/, "").replace(/\/+$/, "");
		if (node.text.includes("\\") || path.startsWith("/") || /^[A-Za-z]:/.test(path) || path.split("/").some((part) => part === ".." || part === "." || part === "")) return { at: node, words: `"${key}" is ${JSON.stringify(node.text)}, not a path inside the workspace, such as "logs/run1.jsonl"` };
		if (path.includes("**")) return { at: node, words: `"${key}" has "**"; in a pair only "*" stands for a part of a name` };
		paths.push(path);
	}
	const [reference, candidate] = paths as [string, string];
	const [inReference, inCandidate] = [reference, candidate].map((path) => path.split("*").length - 1) as [number, number];
	if (reference === candidate) return { at: item, words: `"reference" and "candidate" are both ${JSON.stringify(reference)}, which compares nothing` };
	if (inCandidate > MOST_STARS) return { at: member("candidate")!, words: `"candidate" has ${inCandidate} "*", and at most ${MOST_STARS} are read` };
	if (inReference !== 0 && inReference !== inCandidate) return { at: member("reference")!, words: `"reference" has ${inReference} "*" and "candidate" ${inCandidate}; each stands for the same text in both, so there must be equally many, or none in "reference"` };
	const tolerance = toleranceOf(member("tolerance"));
	if (tolerance !== null && "problem" in tolerance) return { at: member("tolerance")!, words: tolerance.problem };
	const ignore = member("ignore");
	if (ignore !== null) {
		if (ignore.kind !== "array") return { at: ignore, words: '"ignore" is not a list of key names or JSON Pointers' };
		const wrong = ignore.children.find((child) => child.kind !== "string" || child.text === "");
		if (wrong !== undefined) return { at: wrong, words: '"ignore" holds something that is no key name and no JSON Pointer' };
	}
	return { reference, candidate, probe: member("probe")?.text.trim() ?? null, tolerance, ignore: ignore?.children.map((child) => child.text) ?? [], line };
}

function toleranceOf(node: JsonNode | null): PairRule["tolerance"] | { problem: string } {
	if (node === null) return null;
	const read = parseTolerance(node.text);
	if ("problem" in read) return { problem: `"tolerance": ${read.problem.replace(", rel:1e-6 or ulp:4", " or rel:1e-6")}` };
	return read.kind === "ulp" ? { problem: '"tolerance" is in ULP, which raw files are not compared in; write abs:0.01 or rel:1e-6' } : { kind: read.kind, value: read.value };
}

/** What a rule comes to in a workspace: one of these for each text that its `*` stand for. */
export interface PairedPaths {
	reference: string;
	candidate: string;
	/** both are folders; a file's name is then its path inside of them */
	isFolder: boolean;
	/** `name` is empty where the two are files; a side is null where it has no such file */
	files: { name: string; reference: string | null; candidate: string | null }[];
}

/**
 * The files that a rule pairs, in the order of their paths, and in words what it names and the workspace does not have.
 *
 * @param paths of every file of the workspace
 */
export function pairPaths(rule: PairRule, paths: readonly string[]): { found: PairedPaths[]; missing: string[] } {
	const there = new Set(paths);
	const sorted = [...paths].sort();
	const pattern = new RegExp(`^${rule.candidate.split("*").map((part) => part.replace(/[.+?^${}()|[\]\\]/g, "\\$&")).join("([^/]*)")}(?:/(.*))?$`, "s");
	const groups = new Map<string, PairedPaths>();
	for (const path of sorted) {
		const match = pattern.exec(path);
		if (match === null) continue;
		const parts = match.slice(1, -1);
		const inside = match.at(-1);
		const candidate = inside === undefined ? path : path.slice(0, path.length - inside.length - 1);
		let next = 0;
		const reference = rule.reference.replaceAll("*", () => parts[next++]!);
		const isFolder = inside !== undefined;
		// A reference that lies inside the candidate's folder is no part of the candidate.
		if (isFolder && lies(reference, candidate) && lies(path, reference)) continue;
		const group = groups.get(candidate) ?? { reference, candidate, isFolder, files: [] };
		groups.set(candidate, group);
		const other = isFolder ? `${reference}/${inside}` : reference;
		group.files.push({ name: inside ?? "", reference: there.has(other) ? other : null, candidate: path });
	}
	const missing: string[] = [];
	const found: PairedPaths[] = [];
	for (const group of groups.values()) {
		const { reference, candidate, isFolder } = group;
		if (reference === candidate) continue;
		const within = sorted.filter((path) => lies(path, reference) && !(lies(candidate, reference) && lies(path, candidate)));
		if (isFolder ? within.length === 0 : !there.has(reference)) {
			missing.push(`"reference" names ${JSON.stringify(reference)}, which ${isFolder && there.has(reference) ? `is a file, while ${JSON.stringify(candidate)} is a folder` : !isFolder && within.length > 0 ? `is a folder, while ${JSON.stringify(candidate)} is a file` : `is not in the workspace${likeIt(reference, sorted)}`}`);
			continue;
		}
		if (isFolder) {
			const known = new Set(group.files.map(({ name }) => name));
			for (const path of within) {
				const name = path.slice(reference.length + 1);
				if (!known.has(name)) group.files.push({ name, reference: path, candidate: null });
			}
			group.files.sort((a, b) => (a.name < b.name ? -1 : 1));
		}
		found.push(group);
	}
	if (groups.size === 0) missing.push(`"candidate" names ${JSON.stringify(rule.candidate)}, which ${rule.candidate.includes("*") ? "fits no file" : "is not"} in the workspace${likeIt(rule.candidate, sorted)}`);
	return { found, missing };
}

function lies(path: string, folder: string): boolean {
	return path.startsWith(`${folder}/`);
}

/** A file of the same name elsewhere, which may be meant. */
function likeIt(path: string, paths: readonly string[]): string {
	const name = path.slice(path.lastIndexOf("/") + 1).toLowerCase();
	const like = name.includes("*") ? undefined : paths.find((one) => one.slice(one.lastIndexOf("/") + 1).toLowerCase() === name);
	return like === undefined ? "" : ` (${JSON.stringify(like)} is)`;
}
