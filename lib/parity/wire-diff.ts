import { type JsonNode, type JsonTree, pointerOf } from "./json-tree";
import { alignArrays } from "./wire-arrays";
import { classOfAbsent, classOfScalars, isTrivial, type WireClass } from "./wire-classes";
import { envelopeOf, plainKey } from "./wire-envelope";
import { type Normaliser, unorderedRule } from "./wire-normalise";

/** One difference of two JSON texts. */
export interface WireDifference {
	class: WireClass;
	/** JSON Pointer into the reference; null where it has no such value */
	referencePointer: string | null;
	candidatePointer: string | null;
	/** as written, every byte of it; null where the side has no such value */
	reference: string | null;
	candidate: string | null;
	/** UTF-16 offsets of the two texts */
	referenceAt: number | null;
	candidateAt: number | null;
	detail: string;
}

/** What is spelled in two ways and is the same JSON: it is no difference, and it is said. */
export interface Spelling {
	what: "key order" | "number spelling" | "string escapes" | "array order";
	count: number;
	/** the first place, in the reference */
	pointer: string;
	/** the rule that made an array's order not matter; null for the others, which JSON itself gives no meaning */
	rule: string | null;
}

export interface TreeDifferences {
	differences: WireDifference[];
	/** differences beyond the limit, which are counted and not listed */
	more: number;
	spellings: Spelling[];
	/** pairs of scalars (or empty containers) that were compared */
	compared: number;
}

interface Task {
	reference: JsonNode;
	candidate: JsonNode;
}

/** Compares two trees whose forms are set in one `Forms`. Without recursion, in document order of the reference. */
export function diffTrees(reference: JsonTree, candidate: JsonTree, unordered: NonNullable<Normaliser["unordered"]>, limit: number): TreeDifferences {
	return new Differ(reference, candidate, unordered, limit).run();
}

class Differ {
	private readonly out: TreeDifferences = { differences: [], more: 0, spellings: [], compared: 0 };
	private readonly stack: Task[] = [];
	private next: Task[] = [];

	constructor(
		private readonly reference: JsonTree,
		private readonly candidate: JsonTree,
		private readonly unordered: readonly string[],
		private readonly limit: number,
	) {}

	run(): TreeDifferences {
		this.stack.push({ reference: this.reference.root, candidate: this.candidate.root });
		for (let task = this.stack.pop(); task !== undefined; task = this.stack.pop()) {
			this.next = [];
			this.compare(task.reference, task.candidate);
			for (let i = this.next.length - 1; i >= 0; i--) this.stack.push(this.next[i]!);
		}
		const at = (difference: WireDifference) => difference.referenceAt ?? Number.POSITIVE_INFINITY;
		this.out.differences.sort((a, b) => (at(a) === at(b) ? (a.candidateAt ?? 0) - (b.candidateAt ?? 0) : at(a) < at(b) ? -1 : 1));
		return this.out;
	}

	private compare(r: JsonNode, c: JsonNode): void {
		if (r.kind === "array" && c.kind === "array") this.compareArrays(r, c);
		else if (r.form !== c.form && this.compareEnvelopes(r, c)) return;
		else if (r.kind === "object" && c.kind === "object") {
			if (this.isEmpty(r, c)) this.out.compared++;
			this.compareMembers(r.children, c.children, false);
		} else this.compareScalars(r, c);
	}

	/** Empty as written: a container that the normaliser emptied compares nothing. */
	private isEmpty(r: JsonNode, c: JsonNode): boolean {
		if (r.children.length > 0 || c.children.length > 0) return false;
		return this.reference.text.slice(r.start + 1, r.end - 1).trim() === "" && this.candidate.text.slice(c.start + 1, c.end - 1).trim() === "";
	}

	private compareScalars(r: JsonNode, c: JsonNode): void {
		this.out.compared++;
		const [rt, ct] = [this.reference.text.slice(r.start, r.end), this.candidate.text.slice(c.start, c.end)];
		if (r.form === c.form) {
			if (rt !== ct && (r.kind === "number" || r.kind === "string")) this.spell(r.kind === "number" ? "number spelling" : "string escapes", r, null);
			return;
		}
		const { class: name, detail } = classOfScalars(r, c, rt, ct);
		this.emit(name, r, c, detail);
	}

	private compareEnvelopes(r: JsonNode, c: JsonNode): boolean {
		const envelope = envelopeOf(r, c);
		if (envelope === null) return false;
		this.emit("envelope", r, c, envelope.detail);
		this.out.compared++;
		if (envelope.tags !== null) this.emit("value", envelope.tags[0], envelope.tags[1], "another variant");
		this.compareMembers(envelope.reference, envelope.candidate, true);
		return true;
	}

	/** @param enveloped keys under an envelope whose case differs belong to it */
	private compareMembers(reference: readonly JsonNode[], candidate: readonly JsonNode[], enveloped: boolean): void {
		const byName = new Map(candidate.map((child) => [child.name, child]));
		const names = new Set(reference.map((child) => child.name));
		const places = new Map(candidate.map((child, i) => [child.name, i]));
		let last = -1;
		let ordered = true;
		const left: JsonNode[] = [];
		for (const child of reference) {
			const other = byName.get(child.name);
			if (other === undefined) left.push(child);
			else {
				this.next.push({ reference: child, candidate: other });
				if (places.get(child.name)! < last) ordered = false;
				last = places.get(child.name)!;
			}
		}
		if (!ordered) this.spell("key order", reference[0]!.parent!, null);
		const right = candidate.filter((child) => !names.has(child.name));
		const taken = new Set<JsonNode>();
		const pair = (r: JsonNode, c: JsonNode, name: WireClass, detail: string) => {
			taken.add(r).add(c);
			this.emit(name, r, c, detail);
			this.next.push({ reference: r, candidate: c });
		};
		for (const [r, c] of matches(left, right, (child) => plainKey(child.name))) pair(r, c, enveloped ? "envelope" : "key case", `the key is ${JSON.stringify(r.name)} in the reference and ${JSON.stringify(c.name)} in the candidate`);
		const open = (items: readonly JsonNode[]) => items.filter((child) => !taken.has(child));
		const alone = open(left).length === 1 && open(right).length === 1;
		for (const [r, c] of matches(open(left), open(right), (child) => (alone || !isTrivial(child) ? String(child.form) : null))) pair(r, c, "renamed key", `${JSON.stringify(r.name)} in the reference and ${JSON.stringify(c.name)} in the candidate have the same value`);
		for (const child of open(left)) this.emit(classOfAbsent(child), child, null, `the candidate has no ${JSON.stringify(child.name)}`);
		for (const child of open(right)) this.emit(classOfAbsent(child), null, child, `the reference has no ${JSON.stringify(child.name)}`);
	}

	private compareArrays(r: JsonNode, c: JsonNode): void {
		if (this.isEmpty(r, c)) this.out.compared++;
		const { pairs, onlyReference, onlyCandidate, moved, by } = alignArrays(r.children, c.children);
		if (moved > 0) {
			const rule = unorderedRule(r, this.unordered);
			if (rule === null) this.emit("order", r, c, `${moved} of ${r.children.length} elements stand in another order${by === null ? "" : `, by their ${JSON.stringify(by)}`}`);
			else this.spell("array order", r, rule);
		}
		for (const [reference, candidate] of pairs) this.next.push({ reference, candidate });
		for (const item of onlyReference) this.emit(classOfAbsent(item), item, null, "the candidate has no such element");
		for (const item of onlyCandidate) this.emit(classOfAbsent(item), null, item, "the reference has no such element");
	}

	private emit(name: WireClass, r: JsonNode | null, c: JsonNode | null, detail: string): void {
		if (this.out.differences.length >= this.limit) {
			this.out.more++;
			return;
		}
		const text = (tree: JsonTree, node: JsonNode | null) => (node === null ? null : tree.text.slice(node.start, node.end));
		this.out.differences.push({
			class: name,
			referencePointer: r === null ? null : pointerOf(r),
			candidatePointer: c === null ? null : pointerOf(c),
			reference: text(this.reference, r),
			candidate: text(this.candidate, c),
			referenceAt: r?.start ?? null,
			candidateAt: c?.start ?? null,
			detail,
		});
	}

	private spell(what: Spelling["what"], node: JsonNode, rule: string | null): void {
		const known = this.out.spellings.find((item) => item.what === what && item.rule === rule);
		if (known) known.count++;
		else this.out.spellings.push({ what, count: 1, pointer: pointerOf(node), rule });
	}
}

/** Pairs of nodes that have one key in common, where each side has it once. */
function matches(left: readonly JsonNode[], right: readonly JsonNode[], keyOf: (node: JsonNode) => string | null): [JsonNode, JsonNode][] {
	const group = (items: readonly JsonNode[]) => {
		const groups = new Map<string, JsonNode[]>();
		for (const item of items) {
			const key = keyOf(item);
			if (key !== null) groups.set(key, [...(groups.get(key) ?? []), item]);
		}
		return groups;
	};
	const [l, r] = [group(left), group(right)];
	return [...l].flatMap(([key, [first, ...more]]) => {
		const other = r.get(key);
		return more.length === 0 && other?.length === 1 ? [[first!, other[0]!] as [JsonNode, JsonNode]] : [];
	});
}
