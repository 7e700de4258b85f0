import { type Forms, type JsonNode, type JsonTree, pointerOf } from "./json-tree";

/** What a comparison is told not to look at. */
export interface Normaliser {
	/** key names at any depth (`timestamp`), or JSON Pointers from the root (`/meta/host`), where a part `*` stands for any one key or index */
	ignore?: readonly string[];
	/** the same for arrays whose order does not matter */
	unordered?: readonly string[];
}

/** A value that was not compared, and by which rule. */
export interface Ignored {
	rule: string;
	pointer: string;
	/** as written; null where this side has no such value */
	reference: string | null;
	candidate: string | null;
	/** whether the two sides differ there: that the comparison passes rests on the rule */
	differs: boolean;
}

interface Rules {
	names: Set<string>;
	pointers: { rule: string; parts: string[] }[];
}

function rulesOf(rules: readonly string[]): Rules {
	const pointers = rules.filter((rule) => rule.startsWith("/")).map((rule) => ({ rule, parts: rule.slice(1).split("/").map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~")) }));
	return { names: new Set(rules.filter((rule) => !rule.startsWith("/"))), pointers };
}

/** Takes what the rules name out of both trees, and says what that was, pointer by pointer, and which rules met nothing. */
export function takeOut(reference: JsonTree, candidate: JsonTree, ignore: readonly string[], forms: Forms): { ignored: Ignored[]; unused: string[] } {
	const rules = rulesOf(ignore);
	const [left, right] = [cut(reference.root, rules), cut(candidate.root, rules)];
	for (const { node } of [...left.values(), ...right.values()]) forms.set(node);
	const ignored: Ignored[] = [];
	const used = new Set<string>();
	for (const pointer of new Set([...left.keys(), ...right.keys()])) {
		const [r, c] = [left.get(pointer), right.get(pointer)];
		const rule = (r ?? c)!.rule;
		used.add(rule);
		ignored.push({ rule, pointer, reference: r === undefined ? null : reference.text.slice(r.node.start, r.node.end), candidate: c === undefined ? null : candidate.text.slice(c.node.start, c.node.end), differs: r === undefined || c === undefined || r.node.form !== c.node.form });
	}
	return { ignored, unused: ignore.filter((rule) => !used.has(rule)) };
}

/** Walks a tree without recursion; each node knows which pointer rules fit its path so far. */
function cut(root: JsonNode, rules: Rules): Map<string, { node: JsonNode; rule: string }> {
	const removed = new Map<string, { node: JsonNode; rule: string }>();
	const stack: { node: JsonNode; depth: number; fitting: Rules["pointers"] }[] = [{ node: root, depth: 0, fitting: rules.pointers }];
	for (let item = stack.pop(); item !== undefined; item = stack.pop()) {
		const { node, depth, fitting } = item;
		if (node.children.length === 0) continue;
		node.children = node.children.filter((child) => {
			const next = fitting.filter(({ parts }) => parts[depth] === child.name || parts[depth] === "*");
			const ended = next.find(({ parts }) => parts.length === depth + 1);
			const rule = ended?.rule ?? (node.kind === "object" && rules.names.has(child.name) ? child.name : null);
			if (rule !== null) removed.set(pointerOf(child), { node: child, rule });
			else stack.push({ node: child, depth: depth + 1, fitting: next });
			return rule === null;
		});
	}
	return removed;
}

/** The rule by which the order of an array does not matter; null where none does. */
export function unorderedRule(node: JsonNode, rules: readonly string[]): string | null {
	if (rules.length === 0) return null;
	if (node.parent?.kind === "object" && rules.includes(node.name)) return node.name;
	const parts = pointerOf(node).slice(1).split("/");
	return rules.find((rule) => rule.startsWith("/") && rule.slice(1).split("/").length === parts.length && rule.slice(1).split("/").every((part, i) => part === "*" || part === parts[i])) ?? null;
}
