import { PAIR_KEYS, type PairRule, readPair } from "./casebook-pairs";
import { type JsonFault, type JsonNode, type JsonTree, parseJson, pointerOf } from "./json-tree";

/**
 * `casebook.json` at the root of a workspace, all of it optional:
 *
 *     { "casebook": 1,
 *       "probes": {
 *         "split":  [{ "probe": "scaling/metrics.json", "path": "**spec**", "into": "scaling (spec)" }],
 *         "merge":  [{ "probes": ["old/metrics.json", "new-metrics*.json"], "into": "metrics" }],
 *         "rename": [{ "from": "metrics", "to": "Scaling factors" }],
 *         "reference": [{ "probe": "hidden-states*", "producer": "PICASSO-LLAMA" }] },
 *       "pairs": [{ "reference": "logs/rust/run1.jsonl", "candidate": "logs/go/run1.jsonl", "probe": "run 1", "tolerance": "rel:1e-6" }] }
 *
 * In `probe`, `probes`, `from` and `path` a `*` stands for any part of a name and `**` also for `/`.
 */
export interface CasebookFile {
	split: SplitRule[];
	merge: MergeRule[];
	rename: RenameRule[];
	reference: ReferenceRule[];
	pairs: PairRule[];
}

/** Runs of a probe whose path fits become a probe of their own. */
export interface SplitRule {
	probe: string;
	path: string;
	into: string;
}

/** Several probes become one. */
export interface MergeRule {
	probes: string[];
	into: string;
}

export interface RenameRule {
	from: string;
	to: string;
}

/** Which producer is the reference of a probe, where several wrote logs. */
export interface ReferenceRule {
	probe: string;
	producer: string;
}

export const NO_RULES: CasebookFile = { split: [], merge: [], rename: [], reference: [], pairs: [] };

/** What is wrong with the file, as `casebook.json:4: …`; a rule with a fault is left out and the others hold. */
export interface CasebookRead {
	file: CasebookFile;
	problems: string[];
}

const FILE = "casebook.json";
const LISTS = ["split", "merge", "rename", "reference"] as const;
const FIELDS: Record<(typeof LISTS)[number], readonly string[]> = { split: ["probe", "path", "into"], merge: ["probes", "into"], rename: ["from", "to"], reference: ["probe", "producer"] };

/** Reads and checks the file's text. Never throws: a text that is not JSON, or of another version, has no rules and one problem. */
export function readCasebookFile(text: string): CasebookRead {
	const tree = parseJson(text.replace(/^\uFEFF/, ""));
	if ("fault" in tree) return { file: NO_RULES, problems: [`${FILE}:${tree.line}:${(tree satisfies JsonFault).column}: ${tree.fault}. The file is not used.`] };
	return new Reader(tree).read();
}

class Reader {
	private readonly problems: string[] = [];

	constructor(private readonly tree: JsonTree) {}

	read(): CasebookRead {
		const { root } = this.tree;
		for (const pointer of this.tree.duplicates) this.problems.push(`${FILE}: the key ${pointer} is there more than once. The last one counts.`);
		if (root.kind !== "object") return this.refuse(root, `the file is ${aKind(root)}, not an object`);
		const version = memberOf(root, "casebook");
		if (version === null) return this.refuse(root, '"casebook": 1 is missing, which says what version of the file this is');
		if (version.kind !== "number" || version.text !== "1e0") return this.refuse(version, `"casebook" is ${this.raw(version)}; only version 1 is known`);
		this.checkKeys(root, ["casebook", "probes", "pairs"]);
		const file: CasebookFile = { split: [], merge: [], rename: [], reference: [], pairs: [] };
		file.pairs = this.pairsIn(root);
		const probes = memberOf(root, "probes");
		if (probes === null) return { file, problems: this.problems };
		if (probes.kind !== "object") {
			this.say(probes, `"probes" is ${aKind(probes)}, not an object`, "It is not used.");
			return { file, problems: this.problems };
		}
		this.checkKeys(probes, LISTS);
		for (const name of LISTS) {
			for (const item of this.rulesIn(probes, name)) {
				const text = (key: string) => memberOf(item, key)!.text;
				if (name === "split") file.split.push({ probe: text("probe"), path: text("path"), into: text("into") });
				else if (name === "merge") file.merge.push({ probes: memberOf(item, "probes")!.children.map((child) => child.text), into: text("into") });
				else if (name === "rename") file.rename.push({ from: text("from"), to: text("to") });
				else file.reference.push({ probe: text("probe"), producer: text("producer") });
			}
		}
		return { file: this.withoutConflicts(file), problems: this.problems };
	}

	private pairsIn(root: JsonNode): PairRule[] {
		const list = memberOf(root, "pairs");
		if (list === null) return [];
		if (list.kind !== "array") {
			this.say(list, `"pairs" is ${aKind(list)}, not a list of pairs`, "It is not used.");
			return [];
		}
		const rules: PairRule[] = [];
		for (const item of list.children) {
			if (!this.isPair(item)) continue;
			const read = readPair(item, this.lineOf(item));
			if ("words" in read) this.leaveOut(read.at, read.words, "pair");
			else rules.push(read);
		}
		return rules;
	}

	/** Whether a pair has its keys, and text in them. */
	private isPair(item: JsonNode): boolean {
		if (item.kind !== "object") return this.leaveOut(item, `a pair is ${aKind(item)}, not an object`, "pair");
		this.checkKeys(item, PAIR_KEYS);
		for (const key of ["reference", "candidate", "probe", "tolerance"]) {
			const value = memberOf(item, key);
			if (value === null && (key === "reference" || key === "candidate")) return this.leaveOut(item, `"${key}" is missing in a pair (it needs "reference" and "candidate")`, "pair");
			if (value !== null && (value.kind !== "string" || value.text.trim() === "")) return this.leaveOut(value, `"${key}" is ${value.kind === "string" ? "empty" : aKind(value)}, not ${key === "tolerance" ? "a tolerance such as \"rel:1e-6\"" : key === "probe" ? "a name" : "a path"}`, "pair");
		}
		return true;
	}

	private rulesIn(probes: JsonNode, name: (typeof LISTS)[number]): JsonNode[] {
		const list = memberOf(probes, name);
		if (list === null) return [];
		if (list.kind !== "array") {
			this.say(list, `"${name}" is ${aKind(list)}, not a list of rules`, "It is not used.");
			return [];
		}
		return list.children.filter((item) => this.isRule(item, name));
	}

	private isRule(item: JsonNode, name: (typeof LISTS)[number]): boolean {
		if (item.kind !== "object") return this.leaveOut(item, `a rule of "${name}" is ${aKind(item)}, not an object`);
		this.checkKeys(item, FIELDS[name]);
		for (const field of FIELDS[name]) {
			const value = memberOf(item, field);
			if (value === null) return this.leaveOut(item, `"${field}" is missing in a rule of "${name}" (it needs ${FIELDS[name].map((key) => `"${key}"`).join(", ")})`);
			if (field === "probes") {
				if (value.kind !== "array" || value.children.length === 0) return this.leaveOut(value, `"probes" is ${value.kind === "array" ? "an empty list" : aKind(value)}, not a list of probes`);
				const wrong = value.children.find((child) => child.kind !== "string" || child.text.trim() === "");
				if (wrong !== undefined) return this.leaveOut(wrong, `"probes" holds ${this.raw(wrong)}, which names no probe`);
			} else if (value.kind !== "string" || value.text.trim() === "") return this.leaveOut(value, `"${field}" is ${value.kind === "string" ? "empty" : `${aKind(value)}`}, not a name`);
		}
		return true;
	}

	/** A name that two merges, or two renames, claim goes with the first. */
	private withoutConflicts(file: CasebookFile): CasebookFile {
		const merged = new Map<string, string>();
		const merge = file.merge.map((rule) => ({
			...rule,
			probes: rule.probes.filter((probe) => {
				const before = merged.get(probe);
				if (before !== undefined && before !== rule.into) this.problems.push(`${FILE}: the probe ${JSON.stringify(probe)} is merged into ${JSON.stringify(before)} and into ${JSON.stringify(rule.into)}. The first rule holds.`);
				if (before === undefined) merged.set(probe, rule.into);
				return before === undefined;
			}),
		}));
		const from = new Map<string, string>();
		const to = new Map<string, string>();
		const rename = file.rename.filter((rule) => {
			const [before, same] = [from.get(rule.from), to.get(rule.to)];
			if (before !== undefined) this.problems.push(`${FILE}: ${JSON.stringify(rule.from)} is renamed twice, to ${JSON.stringify(before)} and to ${JSON.stringify(rule.to)}. The first rule holds.`);
			else if (same !== undefined || /\*/.test(rule.from)) this.problems.push(`${FILE}: ${same === undefined ? `${JSON.stringify(rule.from)} may fit several probes, and renaming them` : `renaming both ${JSON.stringify(same)} and ${JSON.stringify(rule.from)}`} to ${JSON.stringify(rule.to)} would merge them; write a rule under "merge" for that. The rule is left out.`);
			else {
				from.set(rule.from, rule.to);
				to.set(rule.to, rule.from);
				return true;
			}
			return false;
		});
		return { ...file, merge, rename };
	}

	private checkKeys(node: JsonNode, known: readonly string[]): void {
		for (const child of node.children) if (!known.includes(child.name)) this.say(child, `the key ${JSON.stringify(child.name)} is not known${node.parent === null ? "" : ` at ${pointerOf(node)}`} (${known.join(", ")} are)`, "It is not used.");
	}

	private leaveOut(node: JsonNode, words: string, what = "rule"): false {
		this.say(node, words, `The ${what} is left out.`);
		return false;
	}

	private refuse(node: JsonNode, words: string): CasebookRead {
		this.say(node, words, "The file is not used.");
		return { file: NO_RULES, problems: this.problems };
	}

	private say(node: JsonNode, words: string, outcome: string): void {
		this.problems.push(`${FILE}:${this.lineOf(node)}: ${words}. ${outcome}`);
	}

	private lineOf(node: JsonNode): number {
		return this.tree.text.slice(0, node.start).split("\n").length;
	}

	private raw(node: JsonNode): string {
		const text = this.tree.text.slice(node.start, node.end);
		return text.length > 60 ? `${text.slice(0, 60)}…` : text;
	}
}

function memberOf(node: JsonNode, key: string): JsonNode | null {
	return node.children.find((child) => child.name === key) ?? null;
}

function aKind(node: JsonNode): string {
	const names: Record<JsonNode["kind"], string> = { object: "an object", array: "a list", string: "text", number: "a number", true: "true", false: "false", null: "null" };
	return names[node.kind];
}
