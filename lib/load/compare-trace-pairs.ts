import { chooseReference } from "@/lib/parity/choose-reference";
import type { TraceMention } from "./compare-input";
import { folderOf, grouped, inFolder, nameOf } from "./compare-write";

/** A trace file and one side that has values in it. */
export interface TraceEntry {
	path: string;
	side: string | null;
	/** how many values it has of this side */
	values: number;
	/** keyed rows of JSON, which complete a log of their side */
	isJson: boolean;
}

export interface TraceUnit {
	/** the side's name; of a side-less file its own */
	name: string;
	side: string | null;
	/** the log first, then keyed rows that complete it */
	paths: string[];
}

export interface TracePair {
	/** the path that names the run: `<folder>/traces` */
	run: string;
	reference: TraceUnit;
	candidate: TraceUnit;
	/** the document that names both; null where they only lie in one folder */
	namedBy: TraceMention | null;
	/** how they were found and why the reference is one, in words */
	notes: string[];
}

/** Traces of several sides in a folder that nothing says how to pair. */
export interface OpenTraces {
	run: string;
	entries: TraceEntry[];
	reason: string;
}

export interface FoundTraces {
	pairs: TracePair[];
	open: OpenTraces[];
}

/** A day in a path, as far as a copy of a folder keeps it. */
const DAY = /20\d{2}-?(?:0[1-9]|1[0-2])-?(?:0[1-9]|[12]\d|3[01])/g;

/**
 * Which traces belong together: those that a document names, wherever they lie; else two sides in one folder. Files of one folder that are
 * several of a side go by their names without the side's word.
 */
export function findTracePairs(entries: readonly TraceEntry[], mentions: readonly TraceMention[]): FoundTraces {
	const pairs: TracePair[] = [];
	const open: OpenTraces[] = [];
	const used = new Set<string>();
	const done = new Set<string>();
	for (const mention of [...mentions].sort((a, b) => (a.path < b.path ? -1 : 1))) {
		const named = new Set(mention.named.map((written) => resolveTrace(written, mention.path, entries)));
		const found = entries.filter(({ path }) => named.has(path));
		for (const pair of pairUp(unitsOf(found), folderOf(mention.path), mention, [`${nameOf(mention.path)} names both logs`])) {
			const key = `${pair.reference.paths.join("\0")}\0\0${pair.candidate.paths.join("\0")}`;
			// Two documents of one comparison (its metadata and its result) name it once.
			if (!done.has(key)) pairs.push(pair);
			done.add(key);
			for (const path of [...pair.reference.paths, ...pair.candidate.paths]) used.add(path);
		}
	}
	const folders = grouped(entries.filter(({ path, side }) => side !== null && !used.has(path)), ({ path }) => folderOf(path));
	for (const [folder, inside] of folders) {
		if (new Set(inside.map(({ side }) => side)).size < 2) continue;
		const groups = groupsOf(inside);
		const left: TraceEntry[] = [];
		for (const group of groups) {
			const made = pairUp(unitsOf(group), folder, null, [groups.length === 1 ? "the two logs are the sides that the folder has" : "the two logs go together by their names"]);
			if (made.length === 0) left.push(...group);
			pairs.push(...made);
		}
		if (new Set(left.map(({ side }) => side)).size > 1) open.push({ run: inFolder(folder, "traces"), entries: left, reason: `the folder has traces of ${sidesIn(left)}, and neither a document nor their names say which belong together` });
	}
	return { pairs: named(pairs), open };
}

/**
 * The trace that a document means by a path of another machine: the longest common tail of folders and file, of two parts at least; else the file of
 * that name beside the document, or in a folder of the day that the path names. Null where none or several fit.
 */
export function resolveTrace(written: string, document: string, entries: readonly { path: string }[]): string | null {
	const parts = written.replaceAll("\\", "/").split("/").filter((part) => part !== "" && part !== ".");
	const days = daysIn(written);
	const fitting = [...new Set(entries.map(({ path }) => path))].filter((path) => {
		if (nameOf(path) !== parts.at(-1)) return false;
		// A copy keeps its dated folder: a log of another day is another run's.
		const own = daysIn(path);
		return days.size === 0 || own.size === 0 || [...own].some((day) => days.has(day));
	});
	const tails = fitting.map((path) => ({ path, common: commonTail(parts, path.split("/")) }));
	const longest = Math.max(0, ...tails.map(({ common }) => common));
	const best = tails.filter(({ common }) => common === longest);
	if (best.length === 1 && (longest > 1 || parts.length === 1 || days.size > 0)) return best[0]!.path;
	const beside = fitting.find((path) => folderOf(path) === folderOf(document));
	return beside !== undefined && (longest < 2 || best.some(({ path }) => path === beside)) ? beside : null;
}

function daysIn(path: string): Set<string> {
	return new Set((path.match(DAY) ?? []).map((day) => day.replaceAll("-", "")));
}

function commonTail(a: readonly string[], b: readonly string[]): number {
	let count = 0;
	while (count < a.length && count < b.length && a[a.length - 1 - count] === b[b.length - 1 - count]) count++;
	return count;
}

/** Entries of one side as one unit: a log, and the keyed rows that complete it. Null where a side has several logs. */
function unitsOf(entries: readonly TraceEntry[]): TraceUnit[] | null {
	const units: TraceUnit[] = [];
	for (const [side, list] of grouped(entries, ({ side, path }) => side ?? `\0${path}`)) {
		const logs = list.filter(({ isJson }) => !isJson);
		if (logs.length > 1 || (logs.length === 0 && list.length > 1)) return null;
		const own = list[0]!.side;
		const paths = [...logs, ...list.filter(({ isJson }) => isJson)].map(({ path }) => path);
		units.push({ name: own ?? stemOf(side.slice(1)), side: own, paths });
	}
	return units;
}

/** Each other unit with the reference. */
function pairUp(units: TraceUnit[] | null, folder: string, namedBy: TraceMention | null, notes: string[]): TracePair[] {
	if (units === null || units.length < 2) return [];
	const chosen = chooseReference(units.map(({ name, paths }) => ({ name, paths, entries: 0 })))!;
	const reference = units.find(({ name }) => name === chosen.name)!;
	return units.filter((unit) => unit !== reference).map((candidate) => ({ run: inFolder(folder, "traces"), reference, candidate, namedBy, notes: [...notes, `${reference.name} is the reference: ${chosen.why}`] }));
}

/** Files of one folder that belong together: all of them where each side has one log, else by their names without the side's word. */
function groupsOf(entries: readonly TraceEntry[]): TraceEntry[][] {
	const logs = entries.filter(({ isJson }) => !isJson);
	const perSide = grouped(logs, ({ side }) => side);
	const single = [...perSide.values()].every((list) => list.length === 1);
	if (single && unitsOf(entries) !== null) return [[...entries]];
	const nameless = ({ path, side }: TraceEntry) => wordsOf(path).filter((word) => word !== side).sort().join("_");
	const groups = [...grouped(logs.length > 0 ? logs : entries, nameless)];
	if (logs.length > 0) {
		// Keyed rows belong to the log whose words theirs begin with: the one with the most of them.
		for (const rows of entries.filter(({ isJson }) => isJson)) {
			const words = wordsOf(rows.path).filter((word) => word !== rows.side);
			const fitting = groups.filter(([name]) => name.split("_").every((word) => words.includes(word))).sort(([a], [b]) => b.length - a.length)[0];
			if (fitting) fitting[1].push(rows);
			else groups.push([nameless(rows), [rows]]);
		}
	}
	return groups.map(([, group]) => group);
}

/** Runs of one folder have names of their own where there are several. */
function named(pairs: readonly TracePair[]): TracePair[] {
	const names = new Map<string, number>();
	const counts = grouped(pairs, ({ run }) => run);
	return pairs.map((pair) => {
		if (counts.get(pair.run)!.length === 1) return pair;
		const words = wordsOf(pair.candidate.paths[0]!).filter((word) => word !== pair.candidate.side && word !== "trace").join("_");
		const base = `${pair.run}/${words === "" ? pair.candidate.name : words}`;
		const before = names.get(base) ?? 0;
		names.set(base, before + 1);
		return { ...pair, run: before === 0 ? base : `${base} ${pair.candidate.name}${before > 1 ? ` ${before}` : ""}` };
	});
}

function sidesIn(entries: readonly TraceEntry[]): string {
	return [...grouped(entries, ({ side }) => side)].map(([side, list]) => `${side} (${list.length})`).join(" and ");
}

function stemOf(path: string): string {
	return nameOf(path).replace(/(\.[A-Za-z]\w*)+$/, "");
}

function wordsOf(path: string): string[] {
	return stemOf(path).toLowerCase().split(/[^a-z0-9]+/).filter((word) => word !== "");
}
