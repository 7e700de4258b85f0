import type { JsonNode } from "./json-tree";

/** How the elements of two arrays go together. Every element is in exactly one of the lists. */
export interface ArrayAlignment {
	pairs: [reference: JsonNode, candidate: JsonNode][];
	onlyReference: JsonNode[];
	onlyCandidate: JsonNode[];
	/** pairs whose elements stand in another order than their neighbours */
	moved: number;
	/** the key that named the elements, or null where their values did */
	by: string | null;
}

const ID_KEYS = ["id", "_id", "uuid", "key", "name", "case", "case_id", "slug", "code", "path"];
/** Cells of the table of a longest common subsequence; beyond it only elements that occur once on each side are anchors. */
const CELLS = 4_000_000;

/**
 * Aligns by a key that names each element on both sides where there is one (`id`, `name`, … or any `*_id`), else by the longest common subsequence of
 * equal elements; equal elements outside of it moved. Between two anchors the elements pair in their order. Two arrays of equally many numbers that
 * are no rearrangement of one another are vectors and pair by index.
 */
export function alignArrays(reference: readonly JsonNode[], candidate: readonly JsonNode[]): ArrayAlignment {
	const key = idKeyOf(reference, candidate);
	if (key !== null) return byKey(reference, candidate, key);
	const numbers = (items: readonly JsonNode[]) => items.every((item) => item.kind === "number");
	if (reference.length === candidate.length && numbers(reference) && numbers(candidate) && !isRearranged(reference, candidate)) {
		return { pairs: reference.map((item, i) => [item, candidate[i]!]), onlyReference: [], onlyCandidate: [], moved: 0, by: null };
	}
	return byValue(reference, candidate);
}

function isRearranged(reference: readonly JsonNode[], candidate: readonly JsonNode[]): boolean {
	const sorted = (items: readonly JsonNode[]) => Int32Array.from(items, (item) => item.form).sort();
	const other = sorted(candidate);
	return sorted(reference).every((form, i) => form === other[i]);
}

function idKeyOf(reference: readonly JsonNode[], candidate: readonly JsonNode[]): string | null {
	const [first] = reference;
	if (first === undefined || candidate.length === 0 || ![...reference, ...candidate].every((item) => item.kind === "object")) return null;
	const keys = first.children.map((child) => child.name);
	const tried = [...ID_KEYS.filter((key) => keys.includes(key)), ...keys.filter((key) => /(_id|Id|ID)$/.test(key) && !ID_KEYS.includes(key))];
	return tried.find((key) => isId(reference, key) && isId(candidate, key) && commonIds(reference, candidate, key) * 2 >= Math.min(reference.length, candidate.length)) ?? null;
}

function idOf(item: JsonNode, key: string): number | null {
	const child = item.children.find(({ name }) => name === key);
	return child !== undefined && (child.kind === "string" || child.kind === "number") ? child.form : null;
}

function isId(items: readonly JsonNode[], key: string): boolean {
	const seen = new Set<number>();
	for (const item of items) {
		const id = idOf(item, key);
		if (id === null || seen.has(id)) return false;
		seen.add(id);
	}
	return true;
}

function commonIds(reference: readonly JsonNode[], candidate: readonly JsonNode[], key: string): number {
	const ids = new Set(reference.map((item) => idOf(item, key)));
	return candidate.filter((item) => ids.has(idOf(item, key))).length;
}

function byKey(reference: readonly JsonNode[], candidate: readonly JsonNode[], key: string): ArrayAlignment {
	const places = new Map(candidate.map((item, i) => [idOf(item, key), i]));
	const pairs: ArrayAlignment["pairs"] = [];
	const order: number[] = [];
	const onlyReference: JsonNode[] = [];
	for (const item of reference) {
		const place = places.get(idOf(item, key));
		if (place === undefined) onlyReference.push(item);
		else {
			pairs.push([item, candidate[place]!]);
			order.push(place);
		}
	}
	const taken = new Set(order);
	return { pairs, onlyReference, onlyCandidate: candidate.filter((_, i) => !taken.has(i)), moved: order.length - longestRise(order).length, by: key };
}

function byValue(reference: readonly JsonNode[], candidate: readonly JsonNode[]): ArrayAlignment {
	const anchors = commonSubsequence(reference, candidate);
	const pairs: ArrayAlignment["pairs"] = [];
	const [inReference, inCandidate] = [new Set(anchors.map(([i]) => i)), new Set(anchors.map(([, j]) => j))];
	// Equal elements outside of the subsequence moved.
	const waiting = new Map<number, number[]>();
	candidate.forEach((item, j) => {
		if (!inCandidate.has(j)) waiting.set(item.form, [...(waiting.get(item.form) ?? []), j]);
	});
	const partner = new Map<number, number>(anchors);
	let moved = 0;
	reference.forEach((item, i) => {
		if (inReference.has(i)) return;
		const j = waiting.get(item.form)?.shift();
		if (j === undefined) return;
		moved++;
		partner.set(i, j);
		inCandidate.add(j);
	});
	const onlyReference: JsonNode[] = [];
	const onlyCandidate: JsonNode[] = [];
	let [i, j] = [0, 0];
	for (const [nextI, nextJ] of [...anchors, [reference.length, candidate.length] as [number, number]]) {
		const left: JsonNode[] = [];
		const right: JsonNode[] = [];
		for (; i < nextI; i++) {
			const to = partner.get(i);
			if (to === undefined) left.push(reference[i]!);
			else pairs.push([reference[i]!, candidate[to]!]);
		}
		for (; j < nextJ; j++) if (!inCandidate.has(j)) right.push(candidate[j]!);
		const both = Math.min(left.length, right.length);
		for (let k = 0; k < both; k++) pairs.push([left[k]!, right[k]!]);
		onlyReference.push(...left.slice(both));
		onlyCandidate.push(...right.slice(both));
		if (nextI < reference.length) pairs.push([reference[nextI]!, candidate[nextJ]!]);
		[i, j] = [nextI + 1, nextJ + 1];
	}
	return { pairs, onlyReference, onlyCandidate, moved, by: null };
}

/** Index pairs of a longest common subsequence of equal forms, in order. */
function commonSubsequence(reference: readonly JsonNode[], candidate: readonly JsonNode[]): [number, number][] {
	let head = 0;
	const shorter = Math.min(reference.length, candidate.length);
	while (head < shorter && reference[head]!.form === candidate[head]!.form) head++;
	let tail = 0;
	while (tail < shorter - head && reference[reference.length - 1 - tail]!.form === candidate[candidate.length - 1 - tail]!.form) tail++;
	const pairs: [number, number][] = Array.from({ length: head }, (_, i) => [i, i]);
	const a = Int32Array.from(reference.slice(head, reference.length - tail), (item) => item.form);
	const b = Int32Array.from(candidate.slice(head, candidate.length - tail), (item) => item.form);
	const middle = (a.length + 1) * (b.length + 1) <= CELLS ? byTable(a, b) : byUnique(a, b);
	for (const [i, j] of middle) pairs.push([head + i, head + j]);
	for (let k = tail; k > 0; k--) pairs.push([reference.length - k, candidate.length - k]);
	return pairs;
}

function byTable(a: Int32Array, b: Int32Array): [number, number][] {
	const width = b.length + 1;
	const lengths = new Uint32Array((a.length + 1) * width);
	for (let i = a.length - 1; i >= 0; i--) {
		for (let j = b.length - 1; j >= 0; j--) lengths[i * width + j] = a[i] === b[j] ? lengths[(i + 1) * width + j + 1]! + 1 : Math.max(lengths[(i + 1) * width + j]!, lengths[i * width + j + 1]!);
	}
	const pairs: [number, number][] = [];
	for (let i = 0, j = 0; i < a.length && j < b.length; ) {
		if (a[i] === b[j]) pairs.push([i++, j++]);
		else if (lengths[(i + 1) * width + j]! >= lengths[i * width + j + 1]!) i++;
		else j++;
	}
	return pairs;
}

/** Patience: the longest rise among elements that occur once on each side. */
function byUnique(a: Int32Array, b: Int32Array): [number, number][] {
	const once = (forms: Int32Array) => {
		const places = new Map<number, number>();
		forms.forEach((form, i) => {
			places.set(form, places.has(form) ? -1 : i);
		});
		return places;
	};
	const [inA, inB] = [once(a), once(b)];
	const pairs: [number, number][] = [];
	for (const [form, i] of inA) {
		const j = inB.get(form) ?? -1;
		if (i >= 0 && j >= 0) pairs.push([i, j]);
	}
	pairs.sort((x, y) => x[0] - y[0]);
	return longestRise(pairs.map(([, j]) => j)).map((k) => pairs[k]!);
}

/** Indices of a longest rising subsequence of distinct numbers. */
function longestRise(values: readonly number[]): number[] {
	const ends: number[] = [];
	const before = new Int32Array(values.length).fill(-1);
	values.forEach((value, i) => {
		let low = 0;
		for (let high = ends.length; low < high; ) {
			const middle = (low + high) >>> 1;
			if (values[ends[middle]!]! < value) low = middle + 1;
			else high = middle;
		}
		before[i] = low > 0 ? ends[low - 1]! : -1;
		ends[low] = i;
	});
	const rise: number[] = [];
	for (let at = ends.at(-1) ?? -1; at >= 0; at = before[at]!) rise.push(at);
	return rise.reverse();
}
