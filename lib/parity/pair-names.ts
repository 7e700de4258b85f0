/** Words for two sides that name files of a pair: the reference first. */
const SIDES: readonly [reference: string, candidate: string][] = [
	["c", "py"], ["c", "python"], ["c", "pytorch"], ["c", "torch"], ["cpp", "py"], ["cpp", "python"],
	["reference", "candidate"], ["reference", "actual"], ["reference", "output"], ["ref", "cand"], ["ref", "out"], ["ref", "test"],
	["golden", "actual"], ["golden", "pytorch"], ["golden", "output"], ["golden", "candidate"],
	["expected", "output"], ["expected", "actual"], ["before", "after"],
];

export interface NamedPair {
	/** the paths without their side words, unique among the pairs unless one reference has several candidates */
	name: string;
	reference: string;
	candidate: string;
	/** such as `*_c with *_py` */
	rule: string;
}

export interface PairedNames {
	pairs: NamedPair[];
	/** candidates that more than one reference claims: a person chooses */
	ambiguous: { candidate: string; references: string[] }[];
}

/**
 * Pairs files by name, in the order of the references: in one folder, of one extension, equal but for a side word that is the prefix or the suffix
 * of both (`x_c.npy` with `x_py.npy`, `c_stdout.txt` with `py_stdout.txt`, `h_golden.npy` with `h_actual.npy`; `_`, `-` and `.` set words apart, case
 * does not count). A reference may have several candidates, each a pair; a candidate that several references claim is ambiguous and in no pair.
 */
export function pairNames(paths: readonly string[]): PairedNames {
	const bySide = new Map<string, string>();
	for (const path of paths) for (const key of keysOf(path)) if (!bySide.has(key.id)) bySide.set(key.id, path);
	const claims = new Map<string, NamedPair[]>();
	for (const path of paths) {
		for (const key of keysOf(path)) {
			for (const [reference, candidate] of SIDES) {
				if (key.word !== reference) continue;
				const other = bySide.get(key.with(candidate));
				if (other === undefined || other === path) continue;
				const list = claims.get(other) ?? [];
				if (!list.some((pair) => pair.reference === path)) list.push({ name: key.name, reference: path, candidate: other, rule: key.rule(reference, candidate) });
				claims.set(other, list);
			}
		}
	}
	const pairs: NamedPair[] = [];
	const ambiguous: PairedNames["ambiguous"] = [];
	for (const [candidate, list] of claims) {
		if (list.length === 1) pairs.push(list[0]!);
		else ambiguous.push({ candidate, references: list.map((pair) => pair.reference) });
	}
	const order = new Map(paths.map((path, index) => [path, index]));
	pairs.sort((a, b) => order.get(a.reference)! - order.get(b.reference)! || order.get(a.candidate)! - order.get(b.candidate)!);
	return { pairs, ambiguous };
}

interface SideKey {
	word: string;
	id: string;
	name: string;
	with: (word: string) => string;
	rule: (reference: string, candidate: string) => string;
}

/** A path's stem read as `<word><separator><rest>` and as `<rest><separator><word>`. */
function keysOf(path: string): SideKey[] {
	const slash = path.lastIndexOf("/") + 1;
	const folder = path.slice(0, slash);
	const file = path.slice(slash);
	const [, stem = file, extension = ""] = /^(.+?)(\.[A-Za-z][A-Za-z0-9]{0,7}(?:\.gz)?)$/.exec(file) ?? [];
	const keys: SideKey[] = [];
	const add = (place: "prefix" | "suffix", word: string, separator: string, rest: string) => {
		const idOf = (side: string) => [folder, place, side, separator, rest, extension.toLowerCase()].join("\0");
		const pattern = (side: string) => (place === "prefix" ? `${side}${separator}*` : `*${separator}${side}`);
		keys.push({ word, id: idOf(word), name: `${folder}${rest}${extension}`, with: idOf, rule: (reference, candidate) => `${pattern(reference)} with ${pattern(candidate)}` });
	};
	const first = /^([A-Za-z]+)([_.-])(.+)$/.exec(stem);
	if (first) add("prefix", first[1]!.toLowerCase(), first[2]!, first[3]!);
	const last = /^(.+)([_.-])([A-Za-z]+)$/.exec(stem);
	if (last) add("suffix", last[3]!.toLowerCase(), last[2]!, last[1]!);
	return keys;
}
