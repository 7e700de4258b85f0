import { type JsonDocument, membersByName } from "../json/document";
import { itemsIn } from "../json/members";
import { sourceOf, stringOf } from "../json/strings";
import { ARRAY, NULL, NUMBER, OBJECT, STRING, type Tape } from "../json/tape";
import { isNoStatement, isResource, type Partner, partnersOf, SIDE_PAIRS, type SidePair } from "./sides";

/** Two values that stand side by side, one for each side. */
export interface Pair {
	name: string;
	sides: SidePair;
	reference: number;
	candidate: number;
	/** the object that both stand in, by name */
	members: Map<string, number>;
	/** whether it is the only pair in its object, so that a word beside it is about it */
	alone: boolean;
}

export interface Pairs {
	pairs: Pair[];
	/** pairs that were not made, by why */
	kinds: number;
	large: number;
	beyond: number;
}

const MAX_PAIRS = 2_000;
const MAX_SIDE = 20_000;
const DEPTH = 32;
const NAMES = ["case", "case_id", "name", "test", "id", "key", "label"];

/**
 * Sibling keys of a document that differ only in a side. Both values are of one kind (a null beside a value counts); times, memory, paths,
 * commands and versions are no pairs.
 */
export function findPairs(document: JsonDocument): Pairs {
	const { tape } = document;
	const sides = [...SIDE_PAIRS, ...declaredSides(tape)];
	const known = new Map<string, Partner[]>();
	const found: Pairs = { pairs: [], kinds: 0, large: 0, beyond: 0 };
	const partners = (key: string) => {
		let list = known.get(key);
		if (!list) {
			list = partnersOf(key, sides);
			known.set(key, list);
		}
		return list;
	};
	const visit = (token: number, path: string, key: string, depth: number) => {
		if (depth > DEPTH) return;
		if (tape.kind(token) === ARRAY) {
			let index = 0;
			for (const item of itemsIn(tape, token)) visit(item, path === "" ? String(index++) : `${path}.${index++}`, key, depth + 1);
		} else if (tape.kind(token) === OBJECT) visitObject(token, path, key, depth);
	};
	const visitObject = (token: number, path: string, key: string, depth: number) => {
		const members = membersByName(tape, token);
		const used = new Set<number>();
		const here: Pair[] = [];
		for (const [name, reference] of members) {
			for (const partner of partners(name)) {
				const candidate = members.get(partner.key);
				if (candidate === undefined || used.has(reference) || used.has(candidate)) continue;
				if (depth === 0 && partner.base === "" && namesTheRun(tape, reference)) continue;
				if (isNoStatement(partner.base === "" ? key : partner.base, partner.pair) || (!partner.pair.demands && isPath(tape, reference) && isPath(tape, candidate))) continue;
				used.add(reference).add(candidate);
				const problem = problemOf(tape, reference, candidate);
				if (problem !== null) found[problem]++;
				else here.push({ name: nameOf(tape, members, path, partner.base), sides: partner.pair, reference, candidate, members, alone: false });
			}
		}
		if (here.length === 1) here[0]!.alone = true;
		const room = MAX_PAIRS - found.pairs.length;
		found.beyond += Math.max(0, here.length - room);
		found.pairs.push(...here.slice(0, room));
		for (const [name, member] of members) if (!used.has(member) && !isResource(name)) visit(member, path === "" ? name : `${path}.${name}`, name, depth + 1);
	};
	visit(0, "", "", 0);
	return found;
}

/** The names that a run gives its two implementations, as further words for sides. */
function declaredSides(tape: Tape): SidePair[] {
	const root = membersByName(tape, 0);
	const nameIn = (token: number | undefined): string | null => {
		if (token === undefined) return null;
		if (tape.kind(token) === STRING) return stringOf(tape, token);
		return nameIn(membersByName(tape, token).get("name"));
	};
	const list = root.get("implementations");
	const both = list !== undefined && tape.kind(list) === ARRAY ? [...itemsIn(tape, list)].map(nameIn) : [nameIn(root.get("reference")), nameIn(root.get("candidate"))];
	const [reference, candidate] = both.map((name) => name?.trim().toLowerCase() ?? "");
	const word = /^[a-z][a-z0-9]*(?:[_-][a-z0-9]+)*$/;
	if (both.length !== 2 || !word.test(reference ?? "") || !word.test(candidate ?? "") || reference === candidate) return [];
	return [{ reference: reference!, candidate: candidate!, demands: false }];
}

/** `reference` and `candidate` at the top of a document say who the sides are. */
function namesTheRun(tape: Tape, token: number): boolean {
	return tape.kind(token) === STRING || membersByName(tape, token).has("name");
}

function problemOf(tape: Tape, reference: number, candidate: number): "kinds" | "large" | null {
	const kinds = [tape.kind(reference), tape.kind(candidate)].map((kind) => (kind === NULL || kind === NUMBER || kind === STRING || kind === OBJECT || kind === ARRAY ? kind : -1));
	if (kinds[0] !== kinds[1] && !kinds.includes(NULL)) return "kinds";
	return [reference, candidate].some((token) => tape.end(token) - tape.start(token) > MAX_SIDE) ? "large" : null;
}

function isPath(tape: Tape, token: number): boolean {
	if (tape.kind(token) !== STRING) return false;
	const text = stringOf(tape, token);
	return /^(?:[A-Za-z]:)?[./~\\]|^[^\s/]+(?:\/[^\s/]+)+$|^\S+\.[A-Za-z][A-Za-z0-9]{0,5}$/.test(text);
}

function nameOf(tape: Tape, members: Map<string, number>, path: string, base: string): string {
	const own = NAMES.map((name) => members.get(name)).find((token) => token !== undefined && [STRING, NUMBER].includes(tape.kind(token)));
	const label = own === undefined ? path : tape.kind(own) === STRING ? stringOf(tape, own) : sourceOf(tape, own);
	return [label, base].filter(Boolean).join(".") || "value";
}
